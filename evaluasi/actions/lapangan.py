"""Site visits: set, staffed, and closed with their minutes."""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction

from evaluasi.actions.penugasan import add_penugasan
from evaluasi.models import Evaluator, KunjunganLapangan, Penugasan
from evaluasi.queries.jadwal import busy_members
from evaluasi.queries.lapangan import (
    LAPANGAN,
    as_anggota,
    count_locked,
    find_tahap_lapangan,
    keadaan_jadwal,
    team_of,
    visits_ready,
)
from evaluasi.rules.lapangan import can_join, can_number, can_schedule, minimal_tim
from evaluasi.rules.panel import home_of
from evaluasi.rules.tim import span_of
from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from kompetisi.models import Pengguna, Tahap
from kompetisi.queries.edisi import closing_instant
from kompetisi.queries.peran import peran_of
from kompetisi.rules.verdict import no
from kompetisi.templatetags.waktu import hari_tanggal
from registrasi.actions.status import change_status
from registrasi.models import Pendaftaran, StatusPendaftaran
from registrasi.queries.penerima import penerima_of

LOOK_BACK = timedelta(days=60)
SEED_BELOW = 2**31 - 1


# --- Schedule and team ----------------------------------------------------------------------------


@transaction.atomic
def schedule_kunjungan(
    *,
    pendaftaran: Pendaftaran,
    tanggal: date,
    tempat: str,
    oleh: Pengguna,
    versi: int | None = None,
) -> KunjunganLapangan:
    """Set the day (in WIB) and place of a visit, or change them; agency and team are told.

    The same content again does nothing. `versi` is the version the person saw, 0 when there was no
    visit; None leaves it unchecked. Raises NotAllowedError, InvalidInputError without a place, and
    StaleVersionError when somebody else changed the visit first.
    """
    tahap = _require_tahap(pendaftaran)
    entry = Pendaftaran.objects.select_for_update().get(pk=pendaftaran.pk)
    row = KunjunganLapangan.objects.select_for_update().filter(pendaftaran=entry).first()
    now = clock.db_now()
    keadaan = keadaan_jadwal(tahap, entry, peran_of(oleh, tahap.edisi), now)
    busy = busy_members(tahap, entry, span_of(tanggal))
    can_schedule(keadaan, tanggal, busy).require()
    tempat = " ".join(tempat.split())
    if not tempat:
        raise InvalidInputError(
            "Tuliskan tempat kunjungan.", rincian={"tempat": "Tuliskan tempat kunjungan."}
        )
    if row is not None and (row.tanggal, row.tempat) == (tanggal, tempat):
        return row
    if versi is not None and versi != (row.versi if row else 0):
        raise StaleVersionError(
            "Jadwal kunjungan ini telah diubah orang lain. Periksa jadwal yang kini berlaku.",
            rincian={"versi": row.versi if row else 0},
        )
    row = _write_schedule(row, tahap, entry, tanggal, tempat, now)
    if entry.status != StatusPendaftaran.TERJADWAL_VERIFIKASI:
        change_status(pendaftaran=entry, ke=StatusPendaftaran.TERJADWAL_VERIFIKASI, oleh=oleh)
    pendaftaran.status = entry.status
    record(
        tindakan="lapangan.jadwal",
        objek=row,
        oleh=oleh,
        rincian={
            "pendaftaran": entry.kode,
            "tanggal": tanggal,
            "tempat": tempat,
            "versi": row.versi,
        },
    )
    _tell_schedule(row)
    return row


def _require_tahap(pendaftaran: Pendaftaran) -> Tahap:
    tahap = find_tahap_lapangan(pendaftaran.edisi)
    if tahap is None:
        no("Edisi ini tidak memiliki tahap verifikasi lapangan.").require()
    return tahap


def _write_schedule(
    row: KunjunganLapangan | None,
    tahap: Tahap,
    entry: Pendaftaran,
    tanggal: date,
    tempat: str,
    now: datetime,
) -> KunjunganLapangan:
    if row is None:
        return KunjunganLapangan.objects.create(
            tahap=tahap,
            pendaftaran=entry,
            tanggal=tanggal,
            tempat=tempat,
            dijadwalkan_pada=now,
            benih_sampel=secrets.randbelow(SEED_BELOW),
        )
    row.tanggal, row.tempat, row.dijadwalkan_pada = tanggal, tempat, now
    row.versi += 1
    row.save(update_fields=["tanggal", "tempat", "dijadwalkan_pada", "versi"])
    return row


def _tell_schedule(row: KunjunganLapangan) -> None:
    """Tell the agency and the team of the day and place that hold now."""
    entry, changed = row.pendaftaran, row.versi > 1
    what = "Jadwal kunjungan lapangan berubah" if changed else "Jadwal kunjungan lapangan"
    isian = {
        "perihal": what,
        "peserta": entry.peserta,
        "hari": hari_tanggal(row.tanggal),
        "tempat": row.tempat,
    }
    for person in penerima_of([entry])[entry.pk]:
        queue_pesan(
            kunci=f"kunjungan:{row.pk}:{row.versi}:{person.pk}",
            jenis="kunjungan_lapangan",
            kepada=person,
            edisi=row.tahap.edisi,
            isian=isian,
            tautan=f"/evaluasi/kunjungan/{row.pk}/",
        )
    team = Penugasan.objects.filter(
        tahap=row.tahap_id, pendaftaran=entry, dirilis_pada__isnull=False, dicabut_pada=None
    ).select_related("evaluator__pengguna")
    for member in team:
        person = member.evaluator.pengguna
        queue_pesan(
            kunci=f"kunjungan_tim:{row.pk}:{row.versi}:{person.pk}",
            jenis="kunjungan_tim",
            kepada=person,
            edisi=row.tahap.edisi,
            isian=isian,
            tautan=f"/evaluasi/lapangan/{row.pk}/",
        )


@transaction.atomic
def add_anggota_lapangan(
    *, pendaftaran: Pendaftaran, evaluator: Evaluator, oleh: Pengguna
) -> Penugasan:
    """Take an evaluator into the team of a visit, released at once.

    Raises NotAllowedError for a conflict of interest, for a second member of the same home body,
    and for whatever forbids an assignment.
    """
    tahap = _require_tahap(pendaftaran)
    row = add_penugasan(tahap=tahap, pendaftaran=pendaftaran, evaluator=evaluator, oleh=oleh)
    # After the assignment, which holds the lock of the stage: no two may join at the same time.
    team = team_of(tahap, [pendaftaran.pk])[pendaftaran.pk]
    others = [as_anggota(member) for member in team if member["pk"] != row.pk]
    can_join(home_of(evaluator.instansi_asal_id, evaluator.asal_lain), others).require()
    return row


# --- Minutes and closing --------------------------------------------------------------------------


@transaction.atomic
def number_berita_acara(
    *, kunjungan: KunjunganLapangan, nomor: str, oleh: Pengguna
) -> KunjunganLapangan:
    """Enter the number of the minutes, as the office gave it; this closes the visit.

    A number can be corrected later. Raises NotAllowedError while too few sheets are locked, and
    for a number that other minutes bear.
    """
    row = (
        KunjunganLapangan.objects.select_for_update(of=("self",))
        .select_related("tahap__edisi", "pendaftaran")
        .get(pk=kunjungan.pk)
    )
    nomor = " ".join(nomor.split())
    used = KunjunganLapangan.objects.filter(nomor_berita_acara=nomor).exclude(pk=row.pk)
    can_number(
        peran=peran_of(oleh, row.tahap.edisi),
        terkunci=count_locked(row.tahap_id, row.pendaftaran_id),
        minimal=minimal_tim(row.tahap.edisi.aturan),
        nomor=nomor,
        dipakai=used.exists(),
    ).require()
    if nomor == row.nomor_berita_acara:
        return row
    row.nomor_berita_acara = nomor
    row.versi += 1
    if row.ditutup_pada is None:
        row.ditutup_pada, row.ditutup_oleh = clock.db_now(), oleh
    row.save(update_fields=["nomor_berita_acara", "versi", "ditutup_pada", "ditutup_oleh"])
    record(
        tindakan="lapangan.nomor",
        objek=row,
        oleh=oleh,
        rincian={"pendaftaran": row.pendaftaran.kode, "nomor": nomor},
    )
    return row


def enforce_lapangan(at: datetime) -> dict[str, int]:
    """Mark entries as verified once enough sheets are locked; close visits with their stage.

    Idempotent, right when run late or twice; `at` is UTC.
    """
    at = min(at, clock.db_now())
    counts = {"terverifikasi": 0, "kunjungan_ditutup": 0}
    stages = Tahap.objects.filter(
        jenis=LAPANGAN, mulai__lte=at, selesai__gt=at - LOOK_BACK
    ).select_related("edisi")
    for tahap in stages.order_by("mulai", "pk"):
        for row in visits_ready(tahap, [StatusPendaftaran.TERJADWAL_VERIFIKASI]):
            counts["terverifikasi"] += _verify(row)
        counts["kunjungan_ditutup"] += _close_due(tahap, at)
    return counts


@transaction.atomic
def _verify(row: KunjunganLapangan) -> int:
    """Mark one entry as verified and tell its agency that the minutes are there."""
    entry = row.pendaftaran
    try:
        change_status(
            pendaftaran=entry,
            ke=StatusPendaftaran.TERVERIFIKASI,
            oleh=None,
            dari=[StatusPendaftaran.TERJADWAL_VERIFIKASI],
        )
    except NotAllowedError:  # somebody else moved it meanwhile
        return 0
    for person in penerima_of([entry])[entry.pk]:
        queue_pesan(
            kunci=f"ba_lapangan:{row.pk}:{person.pk}",
            jenis="berita_acara_lapangan",
            kepada=person,
            edisi=row.tahap.edisi,
            isian={"kode": entry.kode},
            tautan=f"/evaluasi/kunjungan/{row.pk}/",
        )
    return 1


def _close_due(tahap: Tahap, at: datetime) -> int:
    """Close the visits whose stage has closed; their minutes stand from then on."""
    closed = 0
    rows = KunjunganLapangan.objects.filter(tahap=tahap, ditutup_pada=None, tahap__selesai__lte=at)
    for row in rows.select_related("pendaftaran").order_by("pk"):
        closing = closing_instant(tahap, row.pendaftaran.kode)
        if at >= closing:
            closed += KunjunganLapangan.objects.filter(pk=row.pk, ditutup_pada=None).update(
                ditutup_pada=closing
            )
    return closed
