"""Interviews, site visits and stages, for the calendars of agencies and evaluators."""

from datetime import datetime, timedelta

from django.conf import settings

from evaluasi.models import KunjunganLapangan, SesiWawancara
from evaluasi.queries.lapangan import kunjungan_peserta, own_visits
from evaluasi.queries.penugasan import penugasan_own
from evaluasi.queries.wawancara import panel_rules, sesi_of_panel, sesi_peserta
from kompetisi.models import Edisi, Pengguna
from kompetisi.queries.edisi import tahap_list
from kompetisi.queries.kalender import stage_closing, uid
from kompetisi.rules.kalender import Acara


def acara_evaluasi(user: Pengguna, edisi: Edisi, at: datetime) -> list[Acara]:
    """What concerns this person: as an agency, as a member of a panel or team, as a reader."""
    site = settings.SITE_URL
    found = [
        acara_sesi(row, f"{site}/evaluasi/jadwal/{row.pendaftaran.kode}/")
        for row in sesi_peserta(user).filter(tahap__edisi=edisi)
    ]
    found += [acara_sesi(row, f"{site}/evaluasi/wawancara/") for row in sesi_of_panel(user, edisi)]
    found += [
        acara_kunjungan(row, f"{site}/evaluasi/kunjungan/{row.pk}/")
        for row in kunjungan_peserta(user).filter(tahap__edisi=edisi)
    ]
    found += [
        acara_kunjungan(row, f"{site}/evaluasi/lapangan/{row.pk}/")
        for row in own_visits(user, edisi)
    ]
    return found + _stages(user, edisi)


def _stages(user: Pengguna, edisi: Edisi) -> list[Acara]:
    """The closings of the stages in which this evaluator has sheets."""
    own = set(penugasan_own(user).filter(tahap__edisi=edisi).values_list("tahap", flat=True))
    stages = [tahap for tahap in tahap_list(edisi) if tahap.pk in own] if own else []
    return [stage_closing(tahap, alamat=f"{settings.SITE_URL}/evaluasi/") for tahap in stages]


def acara_sesi(sesi: SesiWawancara, alamat: str) -> Acara:
    """A session as an event; the same name on every device and for every reader."""
    rule = panel_rules(sesi.tahap.edisi)
    return Acara(
        kunci=uid("wawancara", sesi.pk),
        urutan=sesi.versi,
        mulai=sesi.mulai,
        selesai=sesi.selesai,
        judul=f"Wawancara {sesi.pendaftaran.peserta}",
        tempat=", ".join(part for part in (sesi.ruang, sesi.tautan) if part),
        uraian=(
            f"{sesi.tahap.edisi.nama}. Paparan {rule.paparan_menit} menit, tanya jawab "
            f"{rule.tanya_jawab_menit} menit."
        ),
        diubah=sesi.dijadwalkan_pada,
        alamat=alamat,
    )


def acara_kunjungan(row: KunjunganLapangan, alamat: str) -> Acara:
    """A site visit: a whole day, for its hour is agreed by telephone."""
    return Acara(
        kunci=uid("kunjungan", row.pk),
        urutan=row.versi,
        mulai=row.tanggal,
        selesai=row.tanggal + timedelta(days=1),
        judul=f"Kunjungan lapangan {row.pendaftaran.peserta}",
        tempat=row.tempat,
        uraian=f"{row.tahap.edisi.nama}. Verifikasi lapangan.",
        diubah=row.dijadwalkan_pada,
        alamat=alamat,
    )
