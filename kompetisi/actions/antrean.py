"""Queueing work and messages as rows, and taking them up again when a process died."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from kompetisi import clock
from kompetisi.models import Pekerjaan, Pengguna, Pesan, StatusAntrean

LEASE = timedelta(minutes=2)
MAX_TRIES = 6


def queue_pesan(
    *,
    kunci: str,
    jenis: str,
    subjek: str,
    isi: str,
    kepada: Pengguna | None = None,
    alamat: str = "",
    tautan: str = "",
) -> Pesan:
    """Write down a message to be sent, in the caller's transaction.

    `kunci` names the occasion (for example `tanda_terima:<nomor>:<pengguna>`): the same key never
    sends twice. `tautan` is a path within the site.
    """
    pesan, _ = Pesan.objects.get_or_create(
        kunci=kunci,
        defaults={
            "jenis": jenis,
            "subjek": subjek[:200],
            "isi": isi,
            "kepada": kepada,
            "alamat": alamat or (kepada.email if kepada else ""),
            "tautan": tautan,
            "dibuat_pada": clock.now(),
            "jalankan_setelah": clock.real_now(),
        },
    )
    return pesan


def queue_pekerjaan(*, kunci: str, tugas: str, argumen: dict | None = None) -> Pekerjaan:
    """Write down background work for the Celery task named `tugas`, in the caller's transaction.

    The task receives the row's id. The same key is never queued twice.
    """
    pekerjaan, _ = Pekerjaan.objects.get_or_create(
        kunci=kunci,
        defaults={
            "tugas": tugas,
            "argumen": argumen or {},
            "dibuat_pada": clock.now(),
            "jalankan_setelah": clock.real_now(),
        },
    )
    return pekerjaan


def take_work(model: type[Pesan] | type[Pekerjaan], pk: int) -> Pesan | Pekerjaan | None:
    """Take a lease on a due row, or None when it is done, given up, or in other hands.

    One conditional UPDATE, so that of two workers only one gets it.
    """
    now = clock.real_now()
    taken = (
        model.objects.filter(pk=pk, jalankan_setelah__lte=now)
        .filter(due_filter())
        .update(
            status=StatusAntrean.DIKERJAKAN, sewa_sampai=now + LEASE, percobaan=F("percobaan") + 1
        )
    )
    return model.objects.get(pk=pk) if taken else None


def due_filter() -> Q:
    """Rows waiting, or in work with a lease that has run out (their worker died)."""
    return Q(status=StatusAntrean.MENUNGGU) | Q(
        status=StatusAntrean.DIKERJAKAN, sewa_sampai__lt=clock.real_now()
    )


def finish_work(row: Pesan | Pekerjaan) -> None:
    """Mark a row as done."""
    row.status, row.selesai_pada, row.galat = StatusAntrean.SELESAI, clock.now(), ""
    row.sewa_sampai = None
    row.save(update_fields=["status", "selesai_pada", "galat", "sewa_sampai"])


def fail_work(row: Pesan | Pekerjaan, galat: str) -> None:
    """Note a fault: tried again after 2, 4, 8 ... x 15 seconds, given up after MAX_TRIES."""
    given_up = row.percobaan >= MAX_TRIES
    row.status = StatusAntrean.GAGAL if given_up else StatusAntrean.MENUNGGU
    row.jalankan_setelah = clock.real_now() + timedelta(seconds=15 * 2**row.percobaan)
    row.sewa_sampai, row.galat = None, galat[:2000]
    row.save(update_fields=["status", "jalankan_setelah", "sewa_sampai", "galat"])


@transaction.atomic
def retry_work(row: Pesan | Pekerjaan) -> None:
    """Let a given-up row be tried again from the start; asked for by a person."""
    type(row).objects.filter(pk=row.pk, status=StatusAntrean.GAGAL).update(
        status=StatusAntrean.MENUNGGU, percobaan=0, jalankan_setelah=clock.real_now()
    )
