"""When an interview may be scheduled, confirmed and held, and when it counts."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.tahap import Keadaan
from kompetisi.rules.verdict import YES, Verdict, all_of, no
from kompetisi.templatetags.waktu import ZONE_NAMES, batas, hari_tanggal, jam, wib
from registrasi.models import StatusPendaftaran as S

JADWALKAN = "wawancara.jadwalkan"
DAPAT_DIJADWALKAN = (S.MASUK_DAFTAR_PENDEK, S.TERJADWAL_WAWANCARA)
PERSIAPAN = timedelta(minutes=30)  # how long before its time a session may be begun


@dataclass(frozen=True)
class AturanPanel:
    """The edition's rules of interviews; minutes and hours as numbers."""

    anggota: int
    minimal: int
    paparan_menit: int
    tanya_jawab_menit: int
    konfirmasi_jam: int

    @property
    def lama(self) -> timedelta:
        """The length of a session."""
        return timedelta(minutes=self.paparan_menit + self.tanya_jawab_menit)


def aturan_panel(aturan: Mapping) -> AturanPanel | None:
    """The rules in an edition's `aturan`; None when it has no interviews."""
    rule = aturan.get("panel_wawancara")
    if not rule:
        return None
    return AturanPanel(**{name: int(rule[name]) for name in AturanPanel.__dataclass_fields__})


def can_schedule(peran: Collection[str], tahap: Keadaan | None) -> Verdict:
    """Whether sessions may be set and changed: until the stage has closed."""
    return all_of(
        check_aksi(JADWALKAN, peran),
        no("Edisi ini tidak memiliki tahap wawancara.") if tahap is None else YES,
        no("Tahap wawancara sudah ditutup; jadwal tidak dapat diubah lagi.")
        if tahap == "selesai"
        else YES,
    )


def fits_stage(mulai: datetime, selesai: datetime, buka: datetime, tutup: datetime) -> Verdict:
    """Whether a session lies within the window of its stage."""
    if mulai >= selesai:
        return no("Waktu selesai harus sesudah waktu mulai.")
    if mulai < buka or selesai > tutup:
        return no(f"Sesi harus berada di antara {wib(buka)} dan {batas(tutup)}.")
    return YES


def no_clash(ruang: Collection[str], anggota: Collection[str]) -> Verdict:
    """Whether room and panel are free; `ruang` and `anggota` name what they meet."""
    return all_of(
        no(f"Ruang atau tautan itu sudah dipakai pada waktu yang sama: {', '.join(ruang)}.")
        if ruang
        else YES,
        no(f"Anggota panel ini bertugas di sesi lain pada waktu yang sama: {', '.join(anggota)}.")
        if anggota
        else YES,
    )


def confirmation_due(mulai: datetime, dijadwalkan: datetime, konfirmasi_jam: int) -> datetime:
    """Until when an agency confirms (exclusive): so many hours before the session.

    A schedule that was set later than that can be confirmed until the session begins.
    """
    due = mulai - timedelta(hours=konfirmasi_jam)
    return due if dijadwalkan < due else mulai


def can_confirm(peran: Collection[str], at: datetime, due: datetime) -> Verdict:
    """Whether the agency may confirm, or change who presents and what is shown."""
    return all_of(
        check_aksi("wawancara.konfirmasi", peran),
        YES
        if at < due
        else no(
            f"Batas konfirmasi sudah lewat ({batas(due)}). Hubungi sekretariat bila ada perubahan."
        ),
    )


def can_start(peran: Collection[str], tahap: Keadaan | None, at: datetime, sesi: object) -> Verdict:
    """Whether a member of the panel may begin the session."""
    return all_of(
        check_aksi("lembar.isi_wawancara", peran, tahap),
        YES
        if at >= sesi.mulai - PERSIAPAN
        else no(f"Sesi baru dapat dimulai menjelang waktunya, {wib(sesi.mulai)}."),
    )


def said_for(at: datetime, zona: str) -> str:
    """An instant in WIB with the weekday, and in the reader's own zone where that differs."""
    text = f"{hari_tanggal(at)}, pukul {jam(at)}"
    own = at.astimezone(ZoneInfo(zona))
    name = ZONE_NAMES.get(own.utcoffset() or timedelta(0), "")
    return f"{text} ({own:%H.%M} {name})" if name not in ("", "WIB") else text


def said_sessions(rows: Iterable[object], zona: str) -> str:
    """The list of a panel's sessions for a member in this zone, one a line."""
    return "\n".join(
        f"- {said_for(row.mulai, zona)}, {row.ruang or row.tautan}: {row.pendaftaran.peserta}"
        for row in rows
    )


def sidik_of(daftar: str) -> str:
    """A short fingerprint of such a list; another time, place or session makes another."""
    return hashlib.sha256(daftar.encode()).hexdigest()[:16]


def state_of(sesi: object, at: datetime, *, terkunci: int, minimal: int) -> str:
    """Where a session stands: "belum", "berjalan", "kurang_lembar" or "sah".

    `terkunci` are the sheets that count. While the session is not over it is never "sah".
    """
    if at < sesi.mulai and sesi.dimulai_pada is None:
        return "belum"
    if at < sesi.selesai:
        return "berjalan"
    return "sah" if terkunci >= minimal else "kurang_lembar"
