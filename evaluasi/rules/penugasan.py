"""When assignments may be planned, changed and released."""

from collections.abc import Collection, Mapping

from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.tahap import Keadaan
from kompetisi.rules.verdict import YES, Verdict, all_of, no
from registrasi.models import StatusPendaftaran as S

# The statuses in which an entry is ready to be judged in a stage of this kind.
SIAP: Mapping[str, tuple[str, ...]] = {
    "dokumen": (S.LOLOS_ADMINISTRASI,),
    "wawancara": (S.MASUK_DAFTAR_PENDEK, S.TERJADWAL_WAWANCARA),
    "lapangan": (S.MASUK_DAFTAR_PENDEK, S.DIWAWANCARAI, S.TERJADWAL_VERIFIKASI),
}
DINILAI = tuple(SIAP)  # the kinds of stages that have score sheets


def can_manage(peran: Collection[str], keadaan: Keadaan) -> Verdict:
    """Whether assignments of a stage may be planned and changed: until the stage has closed."""
    return all_of(
        check_aksi("penugasan.atur", peran),
        no("Tahap ini sudah ditutup; penugasan tidak dapat diubah lagi.")
        if keadaan == "selesai"
        else YES,
    )


def can_assign(*, sebab_benturan: str, sudah: bool, aktif: bool, siap: bool) -> Verdict:
    """Whether this evaluator may be given this entry, whoever asks."""
    return all_of(
        YES if siap else no("Pendaftaran ini tidak sedang menunggu penilaian pada tahap ini."),
        YES if aktif else no("Evaluator ini tidak aktif."),
        no(f"Evaluator ini berbenturan kepentingan dengan peserta: {sebab_benturan}.")
        if sebab_benturan
        else YES,
        no("Evaluator ini sudah ditugaskan untuk pendaftaran ini.") if sudah else YES,
    )


def can_withdraw(*, dirilis: bool, terkunci: bool, dicabut: bool, alasan: str) -> Verdict:
    """Whether an assignment may be ended. A released one needs a reason; a locked sheet stays."""
    return all_of(
        no("Penugasan ini sudah berakhir.") if dicabut else YES,
        no("Lembarnya sudah terkunci. Buka kembali lembar itu lebih dahulu.") if terkunci else YES,
        no("Tuliskan alasan mengakhiri penugasan ini.") if dirilis and not alasan.strip() else YES,
    )


def can_answer(peran: Collection[str], *, milik: bool, keadaan: Keadaan) -> Verdict:
    """Whether an assignment may be accepted or declined: one's own, until the stage has closed."""
    return all_of(
        check_aksi("penugasan.jawab", peran),
        YES if milik else no("Penugasan ini bukan milik Anda."),
        no("Tahap ini sudah ditutup; penugasan tidak dapat dijawab lagi.")
        if keadaan == "selesai"
        else YES,
    )


def can_release(
    *,
    jumlah: int,
    berbenturan: Collection[str],
    sudah: bool,
    asal_sama: Collection[str] = (),
    diragukan: Collection[str] = (),
) -> Verdict:
    """Whether a plan may be released: it has assignments, none of them now in conflict.

    `asal_sama` are the entries whose team comes from too few home bodies, `diragukan` the pairs
    under a suggested conflict that nobody decided and that the person does not say to know of.
    """
    return all_of(
        no("Rencana ini sudah dirilis.") if sudah else YES,
        YES if jumlah else no("Rencana ini tidak memuat penugasan."),
        no(
            "Keluarkan dahulu penugasan yang kini berbenturan kepentingan: "
            f"{', '.join(berbenturan)}."
        )
        if berbenturan
        else YES,
        no(
            "Lengkapi dahulu tim yang belum berasal dari cukup banyak instansi berbeda: "
            f"{', '.join(asal_sama)}."
        )
        if asal_sama
        else YES,
        no(
            f"{len(diragukan)} penugasan dalam rencana ini berdugaan benturan yang belum "
            f"diputuskan ({', '.join(list(diragukan)[:5])}). Putuskan dahulu, atau centang bahwa "
            "Anda mengetahuinya."
        )
        if diragukan
        else YES,
    )


def is_by_hand(pertimbangan: Collection[str]) -> bool:
    """Whether a person chose this pair, so that no new draw may undo it."""
    return not {"tangan", "impor"}.isdisjoint(pertimbangan)


def warnings_of(*, beban: int, kapasitas: int, asal_sama: bool) -> list[str]:
    """What the chair should know about a pairing that is allowed; `beban` counts it already."""
    warnings = []
    if beban > kapasitas:
        warnings.append(f"bebannya {beban} lembar, melebihi kapasitas {kapasitas}")
    if asal_sama:
        warnings.append("instansi asalnya sama dengan pembaca lain pendaftaran ini")
    return warnings
