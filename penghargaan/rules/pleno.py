"""What the plenary may do, and if not, why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.tahap import Keadaan
from kompetisi.rules.verdict import YES, Verdict, all_of, no


@dataclass(frozen=True)
class Sidang:
    """Who asks, where the plenary's stage stands, and whether its list is frozen."""

    peran: frozenset[str]
    tahap: Keadaan | None
    beku: bool = False


def can_open(sidang: Sidang, hambatan: Sequence[str]) -> Verdict:
    """Whether the plenary may be opened: by the chair, in its stage, when scoring has ended."""
    return all_of(
        check_aksi("pleno.putuskan", sidang.peran, sidang.tahap),
        no(f"Pleno belum dapat dibuka. {' '.join(hambatan)}") if hambatan else YES,
    )


def can_decide(sidang: Sidang, *, berbenturan: bool = False) -> Verdict:
    """Whether the chair may still change decisions, votes and attendance."""
    return all_of(
        check_aksi("pleno.putuskan", sidang.peran, sidang.tahap),
        no("Hasil pleno sudah dibekukan dan tidak dapat diubah.") if sidang.beku else YES,
        no("Anda mempunyai benturan kepentingan dengan peserta ini. Putusan diambil ketua lain.")
        if berbenturan
        else YES,
    )


def can_freeze(sidang: Sidang, hambatan: Sequence[str]) -> Verdict:
    """Whether the list may be frozen: nothing may be open that would change it."""
    return all_of(
        check_aksi("pleno.bekukan", sidang.peran, sidang.tahap),
        no("Hasil pleno sudah dibekukan.") if sidang.beku else YES,
        no(f"Hasil belum dapat dibekukan. {' '.join(hambatan)}") if hambatan else YES,
    )


def check_putusan(
    *, menyimpang: bool, menang: bool, didiskualifikasi: bool, alasan: str
) -> Verdict:
    """Whether a decision is consistent: a deviation has a reason, nobody wins disqualified."""
    return all_of(
        no("Peserta yang didiskualifikasi tidak dapat menjadi pemenang.")
        if menang and didiskualifikasi
        else YES,
        no("Tuliskan alasan: keputusan ini menyimpang dari usulan.")
        if menyimpang and not alasan.strip()
        else YES,
    )


def check_suara(group: Collection[int], suara: Mapping[int, int]) -> Verdict:
    """Whether the votes are for exactly the entries that share a rank."""
    return all_of(
        YES if len(group) > 1 else no("Peserta ini tidak sedang seri."),
        YES if set(group) == set(suara) else no("Isi suara untuk setiap peserta yang seri."),
        no("Suara tidak boleh kurang dari nol.") if any(n < 0 for n in suara.values()) else YES,
    )


def what_if(
    *, menang: bool, sudah_menang: bool, jalur: int, kuota: int, semua: int, jumlah: int
) -> str:
    """How the counts would stand after a decision, in words."""
    change = int(menang) - int(sudah_menang)
    return (
        f"Pemenang jalur menjadi {jalur + change} dari kuota {kuota}, seluruhnya "
        f"{semua + change} dari {jumlah}."
    )
