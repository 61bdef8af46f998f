"""Confirming a session by the agency, and beginning it by the panel."""

from datetime import datetime

from django.db import transaction

from evaluasi.models import SesiWawancara
from evaluasi.queries.penugasan import penugasan_own
from evaluasi.queries.wawancara import panel_rules
from evaluasi.rules.wawancara import can_confirm, can_start, confirmation_due
from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.models import Pengguna
from kompetisi.queries.edisi import keadaan_of
from kompetisi.queries.peran import peran_of
from kompetisi.rules.verdict import Verdict, no
from registrasi.models import Berkas, StatusPendaftaran
from registrasi.queries.keanggotaan import peran_di


@transaction.atomic
def confirm_wawancara(
    *,
    sesi: SesiWawancara,
    penyaji_nama: str,
    penyaji_jabatan: str,
    oleh: Pengguna,
    versi: int | None = None,
    bahan: Berkas | None = None,
) -> SesiWawancara:
    """Confirm that the agency comes, and who presents; again to change either, until the limit.

    `bahan` are the slides, a stored PDF; None keeps those given before. `versi` is that of the
    schedule that was seen (None: whatever stands). Raises NotAllowedError after the limit,
    StaleVersionError when the schedule changed meanwhile: it must be seen first.
    """
    row = (
        SesiWawancara.objects.select_for_update(of=("self",))
        .select_related("tahap__edisi", "pendaftaran__instansi", "pendaftaran__unit")
        .get(pk=sesi.pk)
    )
    now = clock.db_now()
    may_confirm(row, oleh, now).require()
    if versi is not None and row.versi != versi:
        raise StaleVersionError(
            "Jadwal atau konfirmasi ini berubah sejak halaman dibuka. Periksa lagi, lalu kirim.",
            rincian={"versi": row.versi},
        )
    if not (penyaji_nama.strip() and penyaji_jabatan.strip()):
        raise InvalidInputError(
            "Isi nama dan jabatan penyaji.", rincian={"penyaji_nama": "Isi nama penyaji."}
        )
    row.penyaji_nama, row.penyaji_jabatan = penyaji_nama.strip(), penyaji_jabatan.strip()
    row.dikonfirmasi_oleh, row.dikonfirmasi_pada = oleh, now
    row.bahan_paparan = bahan or row.bahan_paparan
    row.versi += 1
    row.save()
    record(
        tindakan="wawancara.konfirmasi",
        objek=row,
        oleh=oleh,
        rincian={
            "pendaftaran": row.pendaftaran.kode,
            "mulai": row.mulai,
            "bahan": row.bahan_paparan.sha256 if row.bahan_paparan else "",
        },
    )
    return row


def may_confirm(sesi: SesiWawancara, oleh: Pengguna, at: datetime) -> Verdict:
    """Whether this person may confirm the session at an instant; the page asks the same."""
    rule = panel_rules(sesi.tahap.edisi)
    entry = sesi.pendaftaran
    if entry.status != StatusPendaftaran.TERJADWAL_WAWANCARA:
        return no("Pendaftaran ini tidak sedang menunggu wawancara.")
    due = confirmation_due(sesi.mulai, sesi.dijadwalkan_pada, rule.konfirmasi_jam)
    return can_confirm(peran_di(oleh, entry.instansi, entry.unit), at, due)


@transaction.atomic
def start_wawancara(*, sesi: SesiWawancara, oleh: Pengguna) -> SesiWawancara:
    """Begin a session, by a member of its panel; everybody's timer runs from this instant.

    Begun once: a second press, also by another member, changes nothing.
    """
    row = (
        SesiWawancara.objects.select_for_update(of=("self",))
        .select_related("tahap__edisi", "pendaftaran")
        .get(pk=sesi.pk)
    )
    if row.dimulai_pada is not None:
        return row
    now = clock.db_now()
    own = penugasan_own(oleh).filter(tahap=row.tahap, pendaftaran=row.pendaftaran)
    if not own.exists():
        no("Sesi ini dipandu panel lain.").require()
    keadaan = keadaan_of(row.tahap.edisi, row.tahap.jenis, now, row.pendaftaran.kode)
    can_start(peran_of(oleh, row.tahap.edisi), keadaan, now, row).require()
    row.dimulai_pada = now
    row.save(update_fields=["dimulai_pada"])
    record(
        tindakan="wawancara.mulai",
        objek=row,
        oleh=oleh,
        rincian={"pendaftaran": row.pendaftaran.kode},
    )
    return row
