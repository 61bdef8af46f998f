"""An agency's own deadlines, for its people's calendars."""

from datetime import datetime

from django.conf import settings

from kompetisi.models import Edisi, Pengguna, Tahap
from kompetisi.queries.edisi import tahap_list
from kompetisi.queries.kalender import stage_closing, uid
from kompetisi.rules.kalender import Acara, deadline
from kompetisi.templatetags.waktu import batas
from registrasi.models import Keanggotaan, MasaPerbaikan, StatusPendaftaran
from registrasi.queries.administrasi import approved_of_stage
from registrasi.queries.pendaftaran import pendaftaran_visible_to
from registrasi.queries.penerima import tautan_pendaftaran
from registrasi.rules.administrasi import closing_perbaikan


def acara_peserta(user: Pengguna, edisi: Edisi, at: datetime) -> list[Acara]:
    """The closing of registration, own closings of single entries, and correction deadlines."""
    own = Keanggotaan.objects.berlaku(at).filter(pengguna=user)
    agencies = set(own.values_list("instansi", flat=True))
    tahap = next((row for row in tahap_list(edisi) if row.jenis == "pendaftaran"), None)
    if not agencies or tahap is None:
        return []
    tahap.edisi = edisi
    common = stage_closing(
        tahap, judul="Batas kirim pendaftaran", alamat=f"{settings.SITE_URL}/registrasi/"
    )
    entries = pendaftaran_visible_to(user, edisi).filter(instansi__in=agencies)
    return [common, *_own_closings(tahap, entries), *_corrections(edisi, entries)]


def _own_closings(tahap: Tahap, entries) -> list[Acara]:
    own = {p.kode_pendaftaran for p in tahap.perpanjangan_berlaku if p.kode_pendaftaran}
    rows = entries.filter(kode__in=own, status=StatusPendaftaran.DRAF) if own else []
    return [
        stage_closing(
            tahap,
            row.kode,
            judul=f"Batas kirim pendaftaran {row.kode}",
            alamat=f"{settings.SITE_URL}{tautan_pendaftaran(row.kode)}",
        )
        for row in rows
    ]


def _corrections(edisi: Edisi, entries) -> list[Acara]:
    rounds = MasaPerbaikan.objects.filter(
        pendaftaran__in=entries,
        pendaftaran__status=StatusPendaftaran.PERLU_PERBAIKAN,
        dikirim_pada=None,
    ).select_related("pendaftaran")
    rows = list(rounds.order_by("pk"))
    longer = approved_of_stage(edisi, [row.pendaftaran.kode for row in rows]) if rows else {}
    found = []
    for row in rows:
        kode = row.pendaftaran.kode
        own = longer.get(kode, [])
        closing = closing_perbaikan(row, own)
        found.append(
            deadline(
                kunci=uid("perbaikan", row.pk),
                batas=closing,
                judul=f"Batas kirim perbaikan {kode}",
                uraian=f"Perbaikan pendaftaran {kode} dikirim paling lambat {batas(closing)}.",
                diubah=max([row.dibuka_pada, *(p.disetujui_pada for p in own)]),
                alamat=f"{settings.SITE_URL}{tautan_pendaftaran(kode)}",
            )
        )
    return found
