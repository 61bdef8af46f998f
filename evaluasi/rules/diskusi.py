"""When readers may talk about an entry, and what changed between two locks of a sheet."""

from collections.abc import Mapping
from dataclasses import dataclass

from kompetisi.rules.matriks import KETUA, check_aksi
from kompetisi.rules.tahap import Keadaan
from kompetisi.rules.verdict import YES, Verdict, all_of, no

TULIS = "diskusi.tulis"
MAX_TANGGAPAN = 4000  # characters
BELUM_LENGKAP = "Diskusi dibuka setelah semua pembaca mengunci lembar pendaftaran ini."
BELUM_KUNCI = "Diskusi terbuka bagi Anda setelah lembar Anda sendiri terkunci."


@dataclass(frozen=True)
class KeadaanDiskusi:
    """What a decision about a discussion rests on.

    `bebas`: no conflict with the entry. `pembaca`: an assignment of one's own is in force.
    `terkunci`: its sheet is locked now. `lengkap`: all sheets in force, two or more, have been
    locked once. `sudah`: somebody has written. `diminta`: an own request waits for the chair.
    """

    peran: frozenset[str]
    tahap: Keadaan
    bebas: bool
    pembaca: bool
    terkunci: bool
    lengkap: bool
    sudah: bool
    diminta: bool = False

    @property
    def ketua(self) -> bool:
        """Whether this is the chair, free of conflict."""
        return self.bebas and KETUA in self.peran


def can_write(keadaan: KeadaanDiskusi) -> Verdict:
    """Whether to write: readers while their sheet is locked, and the chair; nobody in conflict.

    It begins once all have locked. A reader who is added later stops nobody, and joins by locking.
    """
    return all_of(
        check_aksi(TULIS, keadaan.peran),
        YES
        if keadaan.ketua or (keadaan.bebas and keadaan.pembaca)
        else no("Hanya pembaca pendaftaran ini dan ketua tim yang dapat menulis di sini."),
        YES if keadaan.ketua or keadaan.terkunci else no(BELUM_KUNCI),
        YES if keadaan.lengkap or keadaan.sudah else no(BELUM_LENGKAP),
    )


def can_ask_reopen(keadaan: KeadaanDiskusi) -> Verdict:
    """Whether a reader may ask that the own sheet be opened: while it could be locked anew."""
    return all_of(
        can_write(keadaan),
        YES if keadaan.pembaca and keadaan.terkunci else no("Anda tidak mengunci lembar di sini."),
        YES
        if keadaan.tahap == "berjalan"
        else no("Tahap ini sudah ditutup, sehingga lembar tidak dapat dibuka kembali."),
        no("Permintaan Anda sudah menunggu ketua tim.") if keadaan.diminta else YES,
    )


def can_decline(keadaan: KeadaanDiskusi, *, menunggu: bool) -> Verdict:
    """Whether the chair may answer a request to reopen with no: while it waits."""
    return all_of(
        check_aksi("lembar.buka", keadaan.peran),
        YES if keadaan.bebas else no("Anda mempunyai benturan kepentingan dengan peserta ini."),
        YES if menunggu else no("Permintaan ini sudah dijawab."),
    )


@dataclass(frozen=True)
class Perubahan:
    """One criterion that differs between two locks of a sheet; empty level: it was not there."""

    kriteria: str
    dari: str
    ke: str
    catatan_dari: str
    catatan_ke: str

    @property
    def tingkat_berubah(self) -> bool:
        """Whether the level changed, and not only the note."""
        return self.dari != self.ke


def compare_isi(lama: Mapping, baru: Mapping) -> list[Perubahan]:
    """The criteria whose level or note differs between two sealed contents, in their order."""
    before = {row["kriteria"]: row for row in lama["nilai"]}
    after = {row["kriteria"]: row for row in baru["nilai"]}
    found = []
    for kode in [*after, *(k for k in before if k not in after)]:
        old, new = before.get(kode, {}), after.get(kode, {})
        change = Perubahan(
            kode,
            old.get("tingkat", ""),
            new.get("tingkat", ""),
            old.get("catatan", ""),
            new.get("catatan", ""),
        )
        if (change.dari, change.catatan_dari) != (change.ke, change.catatan_ke):
            found.append(change)
    return found
