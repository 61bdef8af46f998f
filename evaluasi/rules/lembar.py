"""When a score sheet may be filled, locked and reopened, and what a lock seals."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.tahap import Keadaan
from kompetisi.rules.tampil import find_diminta
from kompetisi.rules.verdict import YES, Verdict, all_of, no


@dataclass(frozen=True)
class Butir:
    """One criterion of a sheet: what is asked, what the agency claims, what has been given.

    `tingkat` lists the levels as {kode, nama, faktor, jangkar}; `dinilai` empty means not yet.
    `klaim` is the level the agency claims (document stage), empty where there is none. `versi` 0
    means that nothing is stored. `diminta` is False where the agency was not asked, given its
    other answers; it then claims nothing.
    """

    kriteria_id: int
    kode: str
    nama: str
    petunjuk: str
    bobot: Decimal
    tingkat: tuple[dict, ...]
    kelompok_id: int
    kelompok_kode: str
    kelompok_nama: str
    kelompok_bobot: Decimal
    dinilai: str = ""
    faktor: Decimal | None = None
    catatan: str = ""
    versi: int = 0
    nilai_id: int | None = None
    klaim: str = ""
    klaim_catatan: str = ""
    tampil_bila: dict = field(default_factory=dict)
    diminta: bool = True

    @property
    def poin(self) -> Decimal | None:
        """Weight times factor, exact; None while no level is given."""
        return None if self.faktor is None else self.bobot * self.faktor

    @property
    def berbeda(self) -> bool:
        """Whether the level given differs from the one the agency claims."""
        return bool(self.dinilai and self.klaim and self.dinilai != self.klaim)

    def faktor_of(self, kode: str) -> Decimal | None:
        """The factor of a level of this criterion; None when it has no such level."""
        found = (t["faktor"] for t in self.tingkat if t["kode"] == kode)
        return next((Decimal(str(faktor)) for faktor in found), None)


def drop_unasked(butir: list[Butir], *, terhubung: bool) -> list[Butir]:
    """The criteria without the claims that the agency was not asked (kompetisi.rules.tampil)."""
    if not any(item.tampil_bila for item in butir):
        return butir
    nilai = {
        "isian": {"terhubung_lapor": "ya" if terhubung else "tidak"},
        "kriteria": {item.kode: item.klaim for item in butir},
    }
    asked = find_diminta(kriteria=butir, pertanyaan=(), dokumen=(), nilai=nilai).kriteria
    kept = {item.kode for item in asked}
    return [
        item if item.kode in kept else replace(item, klaim="", klaim_catatan="", diminta=False)
        for item in butir
    ]


@dataclass(frozen=True)
class KeadaanLembar:
    """What a decision about a sheet rests on, read under its lock.

    `menunggu_sesi`: the interview it is about has a session that has not begun.
    """

    peran: frozenset[str]
    jenis: str
    tahap: Keadaan
    milik: bool
    dirilis: bool
    dicabut: bool
    berbenturan: bool
    terkunci: bool
    menunggu_sesi: bool = False


def can_fill(keadaan: KeadaanLembar) -> Verdict:
    """Whether the sheet may be written: own, in force, no conflict, stage open, not locked."""
    return all_of(
        check_aksi(f"lembar.isi_{keadaan.jenis}", keadaan.peran, keadaan.tahap),
        YES if keadaan.milik else no("Lembar ini milik evaluator lain."),
        no("Anda mempunyai benturan kepentingan dengan peserta ini.")
        if keadaan.berbenturan
        else YES,
        no("Penugasan ini sudah berakhir.") if keadaan.dicabut or not keadaan.dirilis else YES,
        no("Lembar ini sudah terkunci. Hanya ketua tim evaluasi yang dapat membukanya kembali.")
        if keadaan.terkunci
        else YES,
        no("Sesi wawancara peserta ini belum dimulai.") if keadaan.menunggu_sesi else YES,
    )


def can_reopen(keadaan: KeadaanLembar, alasan: str) -> Verdict:
    """Whether a locked sheet may be reopened: by the chair, with a reason, while it can be filled.

    After the stage has closed a reopened sheet could never be locked again and would fall out of
    the score; the stage must be extended first.
    """
    return all_of(
        check_aksi("lembar.buka", keadaan.peran),
        YES if keadaan.terkunci else no("Lembar ini tidak sedang terkunci."),
        YES
        if keadaan.tahap == "berjalan"
        else no("Tahap ini sudah ditutup. Perpanjang tahapnya sebelum membuka kembali lembar."),
        YES if alasan.strip() else no("Tuliskan alasan membuka kembali lembar ini."),
    )


def missing_for_lock(butir: Iterable[Butir]) -> list[str]:
    """What still has to be done before a sheet can be locked, in words; empty when complete.

    Every criterion needs a level, and a note where the level differs from the one claimed.
    """
    missing = []
    for item in butir:
        if not item.dinilai:
            missing.append(f"{item.kode}: pilih tingkat.")
        elif item.berbeda and not item.catatan.strip():
            missing.append(f"{item.kode}: tulis alasan, karena tingkat berbeda dari klaim peserta.")
    return missing


def can_lock(butir: Collection[Butir]) -> Verdict:
    """Whether a sheet is complete enough to be locked."""
    missing = missing_for_lock(butir)
    if not butir:
        return no("Rubrik tahap ini belum memiliki kriteria.")
    if missing:
        return no(f"Lembar belum lengkap. {' '.join(missing)}")
    return YES


def total_of(butir: Iterable[Butir]) -> Decimal:
    """The weighted total of what has been given so far, 0 to 100, exact."""
    return sum((item.poin for item in butir if item.poin is not None), Decimal(0))


def seal_lembar(
    kepala: Mapping[str, Any],
    butir: Iterable[Butir],
    catatan_umum: str,
    bukti: Mapping[str, list[dict]] | None = None,
) -> dict:
    """The content a lock keeps: all that is needed to recompute the sheet, decimals as text.

    `bukti` are the places in documents that a criterion points at, by its code.
    """
    items = list(butir)
    return {
        **kepala,
        "catatan_umum": catatan_umum,
        "total": decimal_text(total_of(items)),
        "nilai": [
            {
                "kelompok": item.kelompok_kode,
                "kriteria": item.kode,
                "bobot": decimal_text(item.bobot),
                "tingkat": item.dinilai,
                "faktor": decimal_text(item.faktor),
                "klaim": item.klaim,
                "catatan": item.catatan,
                **({"bukti": bukti[item.kode]} if bukti and item.kode in bukti else {}),
            }
            for item in items
        ],
    }


def hash_isi(isi: Mapping) -> str:
    """SHA-256 of the canonical JSON of a sealed sheet."""
    canonical = json.dumps(isi, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def decimal_text(number: Decimal | None) -> str:
    """A decimal without exponent and without idle zeros: 3.50 is "3.5", 10 is "10"."""
    if number is None:
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
