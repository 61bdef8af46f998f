"""When a site visit may be scheduled, recorded and closed, and what its team must be like."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from evaluasi.rules.penugasan import SIAP
from kompetisi.clock import WIB
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.tahap import Keadaan
from kompetisi.rules.verdict import YES, Verdict, all_of, no
from kompetisi.templatetags.waktu import tanggal as shown_date
from registrasi.models import StatusPendaftaran as S

JADWALKAN = "lapangan.jadwalkan"
ISI = "lembar.isi_lapangan"


@dataclass(frozen=True)
class KeadaanJadwal:
    """What a decision about the date of a visit rests on.

    `wawancara` is the state of the interview stage, None when the edition has none. `dari` and
    `hingga` are the first and the last day of the visits, in WIB.
    """

    peran: frozenset[str]
    tahap: Keadaan | None
    wawancara: Keadaan | None
    status: str
    dari: date
    hingga: date
    ditutup: bool = False


@dataclass(frozen=True)
class Anggota:
    """A member of a team: home body as a key that can be compared, and how far the sheet is."""

    nama: str
    asal: str
    terkunci: bool = False
    berbenturan: bool = False
    dirilis: bool = True


def minimal_tim(aturan: Mapping) -> int:
    """How many members a team needs at least, by the edition file."""
    return int((aturan.get("tim_lapangan") or {}).get("minimal") or 1)


def jumlah_sampel(aturan: Mapping) -> int:
    """How many reports are checked on site, by the edition file; 0 when it asks for none."""
    return int((aturan.get("tim_lapangan") or {}).get("sampel_laporan") or 0)


def days_of(mulai: datetime, penutupan: datetime) -> tuple[date, date]:
    """First and last day of a half-open window of instants, in WIB."""
    last = penutupan - timedelta(microseconds=1)
    return mulai.astimezone(WIB).date(), last.astimezone(WIB).date()


def can_manage_visit(keadaan: KeadaanJadwal) -> Verdict:
    """Whether the visit to this entry may be set or changed at all, the date aside.

    An entry that still waits for its interview is not visited before the interviews have closed.
    """
    waiting = keadaan.status == S.MASUK_DAFTAR_PENDEK and keadaan.wawancara in (
        "belum",
        "berjalan",
    )
    return all_of(
        check_aksi(JADWALKAN, keadaan.peran),
        no("Tahap verifikasi lapangan sudah ditutup; kunjungan tidak dapat diatur lagi.")
        if keadaan.tahap == "selesai"
        else YES,
        no("Kunjungan ini sudah ditutup; jadwalnya tidak dapat diubah lagi.")
        if keadaan.ditutup
        else YES,
        YES
        if keadaan.status in SIAP["lapangan"]
        else no("Pendaftaran ini tidak sedang menunggu verifikasi lapangan."),
        no("Peserta ini belum diwawancarai.") if waiting else YES,
    )


def can_schedule(keadaan: KeadaanJadwal, tanggal: date, berhalangan: Collection[str]) -> Verdict:
    """Whether a visit may be set for this day: within the stage, after the interview.

    `berhalangan` are members of the team who are expected elsewhere on that day.
    """
    inside = keadaan.dari <= tanggal <= keadaan.hingga
    return all_of(
        can_manage_visit(keadaan),
        YES
        if inside
        else no(
            f"Pilih tanggal antara {shown_date(keadaan.dari)} dan {shown_date(keadaan.hingga)}, "
            "yaitu dalam masa verifikasi lapangan."
        ),
        no(f"Pada hari itu anggota tim ini bertugas di tempat lain: {', '.join(berhalangan)}.")
        if berhalangan
        else YES,
    )


def can_join(asal: str, tim: Iterable[Anggota]) -> Verdict:
    """Whether somebody may join a team: every member comes from another home body."""
    if asal and any(anggota.asal == asal for anggota in tim):
        return no("Anggota tim harus dari instansi asal yang berbeda-beda.")
    return YES


def warnings_of_team(tim: Collection[Anggota], minimal: int) -> list[str]:
    """What is wrong with a team, in words; empty when it can go."""
    warnings = []
    ready = [anggota for anggota in tim if anggota.dirilis and not anggota.berbenturan]
    if len(ready) < minimal:
        warnings.append(f"Tim baru {len(ready)} dari sedikitnya {minimal} anggota.")
    homes = Counter(anggota.asal for anggota in ready if anggota.asal)
    if any(count > 1 for count in homes.values()):
        warnings.append("Ada anggota dari instansi asal yang sama.")
    warnings += [
        f"{anggota.nama} berbenturan kepentingan dengan peserta."
        for anggota in tim
        if anggota.berbenturan
    ]
    return warnings


def can_record(
    *, peran: Collection[str], tahap: Keadaan | None, anggota: bool, ditutup: bool
) -> Verdict:
    """Whether somebody may write findings and add photographs: the team, until it is closed."""
    return all_of(
        YES if anggota else no("Hanya anggota tim kunjungan ini yang dapat mencatat temuan."),
        check_aksi(ISI, peran, tahap),
        no("Kunjungan ini sudah ditutup; berita acaranya tidak berubah lagi.") if ditutup else YES,
    )


def can_draw(
    *, mencatat: Verdict, banyak: int, jumlah: int, tanggal: date, hari_ini: date, sudah: bool
) -> Verdict:
    """Whether the sample of reports may be drawn: by the team, once, from the day of the visit.

    Earlier the agency could prepare exactly these reports. `banyak` are asked for by the edition,
    `jumlah` are claimed by the agency; both days are in WIB.
    """
    return all_of(
        mencatat,
        YES if banyak else no("Edisi ini tidak memakai uji petik laporan."),
        no("Sampel laporan sudah diambil dan tidak dapat diambil ulang.") if sudah else YES,
        no("Peserta tidak menyatakan jumlah laporan yang diterima pada periode acuan.")
        if banyak and not jumlah
        else YES,
        no(f"Sampel laporan diambil pada hari kunjungan, {shown_date(tanggal)}.")
        if hari_ini < tanggal
        else YES,
    )


def can_draw_up(*, terkunci: int, minimal: int) -> Verdict:
    """Whether the minutes exist: the least number of sheets is locked."""
    if terkunci >= minimal:
        return YES
    return no(
        f"Berita acara tersedia setelah sedikitnya {minimal} lembar tim terkunci; kini {terkunci}."
    )


def can_number(
    *, peran: Collection[str], terkunci: int, minimal: int, nomor: str, dipakai: bool
) -> Verdict:
    """Whether the minutes may be given this number, which the secretariat has from its office."""
    return all_of(
        check_aksi(JADWALKAN, peran),
        can_draw_up(terkunci=terkunci, minimal=minimal),
        YES if nomor.strip() else no("Tuliskan nomor berita acara."),
        no("Nomor ini sudah dipakai berita acara lain.") if dipakai else YES,
    )


def draw_sample(benih: int, jumlah: int, banyak: int) -> list[int]:
    """Which reports of a period are looked at: ordinals 1 to `jumlah` by date, drawn evenly.

    The same seed gives the same draw; each ordinal comes once.
    """
    if jumlah <= banyak:
        return list(range(1, jumlah + 1))
    found: set[int] = set()
    turn = 0
    while len(found) < banyak:
        digest = hashlib.sha256(f"{benih}:{turn}".encode()).digest()
        found.add(int.from_bytes(digest[:8], "big") % jumlah + 1)
        turn += 1
    return sorted(found)
