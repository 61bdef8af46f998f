"""What the calendar asks of registration: reminders, unsent drafts, expired corrections.

Each part may run late, twice or from two hosts at once with the outcome of once: messages carry
the occasion in their key, statuses change by conditional update, rows in other hands are passed.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.models import Perpanjangan, Tahap
from registrasi.actions.pengingat import (
    notify_unsent,
    remind_akun,
    remind_drafts,
    remind_perbaikan,
    send_letters,
    tell_perpanjangan,
)
from registrasi.actions.status import change_status
from registrasi.models import MasaPerbaikan, StatusPendaftaran
from registrasi.queries.administrasi import approved_of_stage
from registrasi.rules.administrasi import closing_perbaikan

TELAT_PERBAIKAN = "Perbaikan tidak dikirim sampai batas waktu masa perbaikan."


def enforce_registrasi(at: datetime) -> dict[str, int]:
    """Carry out all consequences of registration due at `at` (UTC); returns counts by name.

    A host whose clock runs ahead does nothing early: the database's clock is the limit.
    """
    at = min(at, clock.db_now())
    counts = {
        "tidak_lolos_karena_telat": fail_expired_perbaikan(at=at),
        "pengingat perbaikan": remind_perbaikan(at=at),
    }
    for tahap in _registration_stages():
        counts[f"perpanjangan {tahap.edisi.kode}"] = tell_perpanjangan(tahap=tahap, at=at)
        counts[f"pengingat {tahap.edisi.kode}"] = remind_drafts(tahap=tahap, at=at)
        counts[f"pengingat akun {tahap.edisi.kode}"] = remind_akun(tahap=tahap, at=at)
        counts[f"tidak terkirim {tahap.edisi.kode}"] = notify_unsent(tahap=tahap, at=at)
    return counts


def _registration_stages() -> list[Tahap]:
    """Those of all editions, each with `perpanjangan_berlaku` at hand."""
    approved = Perpanjangan.objects.filter(disetujui_pada__isnull=False)
    in_force = Prefetch("perpanjangan", queryset=approved, to_attr="perpanjangan_berlaku")
    rows = Tahap.objects.filter(jenis="pendaftaran").select_related("edisi")
    return list(rows.prefetch_related(in_force).order_by("mulai", "pk"))


def fail_expired_perbaikan(*, at: datetime) -> int:
    """Entries whose correction round ended without a new submission do not pass."""
    expired = MasaPerbaikan.objects.filter(
        tenggat__lte=at,
        dikirim_pada=None,
        pendaftaran__status=StatusPendaftaran.PERLU_PERBAIKAN,
    ).order_by("tenggat", "pk")
    return sum(_fail_expired(pk, at) for pk in list(expired.values_list("pk", flat=True)))


@transaction.atomic
def _fail_expired(masa_pk: int, at: datetime) -> bool:
    """One entry; false when somebody holds it, it was sent meanwhile, or it was extended."""
    masa = (
        MasaPerbaikan.objects.select_for_update(of=("self", "pendaftaran"), skip_locked=True)
        .filter(
            pk=masa_pk,
            dikirim_pada=None,
            pendaftaran__status=StatusPendaftaran.PERLU_PERBAIKAN,
        )
        .select_related("pendaftaran__edisi", "pendaftaran__instansi")
        .first()
    )
    if masa is None:
        return False
    row = masa.pendaftaran
    tenggat = closing_perbaikan(masa, approved_of_stage(row.edisi, [row.kode]).get(row.kode, []))
    if tenggat > at:
        return False
    change_status(
        pendaftaran=row,
        ke=StatusPendaftaran.TIDAK_LOLOS_ADMINISTRASI,
        oleh=None,
        alasan=TELAT_PERBAIKAN,
        dari=[StatusPendaftaran.PERLU_PERBAIKAN],
    )
    record(
        tindakan="administrasi.perbaikan_lewat",
        objek=row,
        oleh=None,
        rincian={"tenggat": tenggat},
    )
    send_letters(
        [row],
        kunci="perbaikan_lewat:{row.pk}:{orang.pk}",
        jenis="perbaikan_lewat",
        tenggat=tenggat,
    )
    return True
