"""Queueing work and messages as rows, and taking them up again when a process died."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from kompetisi import clock
from kompetisi.models import (
    Antrean,
    CaraPesan,
    Edisi,
    Pekerjaan,
    Pengguna,
    Pesan,
    PesanGerbang,
    PilihanPesan,
    StatusAntrean,
)
from kompetisi.queries.edisi import edisi_current
from kompetisi.queries.naskah import render_pesan
from kompetisi.queries.pilihan import pilihan_of
from kompetisi.rules.katalog import find_jenis, katalog
from kompetisi.rules.naskah import JenisPesan
from kompetisi.rules.waktu_tenang import after_quiet

Row = TypeVar("Row", bound=Antrean)
LEASE = timedelta(minutes=2)
MAX_TRIES = 6


def queue_pesan(
    *,
    kunci: str,
    jenis: str,
    isian: Mapping[str, object] | None = None,
    edisi: Edisi | None = None,
    kepada: Pengguna | None = None,
    alamat: str = "",
    tautan: str = "",
    segera: bool | None = None,
    syarat: str = "",
) -> Pesan:
    """Write down a message to be sent, in the caller's transaction.

    `kunci` names the occasion (for example `tanda_terima:<nomor>:<pengguna>`): the same key never
    sends twice. The text is that of the kind `jenis` in the edition (without one: the current),
    filled with `isian`, and stored as it is now. `tautan` is a path within the site. It leaves at
    once when `segera` (else: as its kind is), otherwise after the reader's quiet hours, and only
    while `syarat` holds. Raises ValueError for a kind that the catalogue does not know, and for
    values other than those the kind declares.
    """
    if known := Pesan.objects.filter(kunci=kunci).first():
        return known
    edisi = edisi or edisi_current(clock.now())
    naskah, subjek, isi = render_pesan(jenis, isian or {}, edisi, kepada)
    kind = katalog()[jenis]
    if segera is None:
        segera = kind.segera
    kept = {} if kind.tertutup else {name: str(value) for name, value in (isian or {}).items()}
    pesan, new = Pesan.objects.get_or_create(
        kunci=kunci,
        defaults={
            "jenis": jenis,
            "subjek": subjek,
            "isi": isi,
            "isian": kept,
            "naskah": naskah,
            "kepada": kepada,
            "alamat": alamat or (kepada.email if kepada else ""),
            "tautan": tautan,
            "syarat": syarat,
            "dibuat_pada": clock.now(),
            "status": _way_of_mail(kind, pilihan_of(kepada), segera=segera),
            "jalankan_setelah": _leaves_at(edisi, kepada, segera=segera),
        },
    )
    if segera and new:
        queue_gerbang(pesan, edisi)
    return pesan


def _leaves_at(edisi: Edisi | None, kepada: Pengguna | None, *, segera: bool) -> datetime:
    """When a message leaves, by the server's own clock (the competition's may have been moved)."""
    return clock.real_now() if segera else _after_quiet(edisi, kepada)


def _after_quiet(edisi: Edisi | None, kepada: Pengguna | None) -> datetime:
    """Now, or the end of the reader's night; on the server's own clock."""
    if not edisi or kepada is None:
        return clock.real_now()
    now = clock.now()
    morning = after_quiet(now, kepada.zona_waktu, edisi.aturan.get("waktu_tenang"))
    return clock.real_now() + (morning - now)


def _way_of_mail(jenis: JenisPesan, pilihan: PilihanPesan | None, *, segera: bool) -> StatusAntrean:
    """Whether a message is mailed by itself, in the daily summary, or not at all."""
    if jenis.harus or pilihan is None:
        return StatusAntrean.MENUNGGU
    if jenis.kode in pilihan.ditolak:
        return StatusAntrean.TANPA_SUREL
    daily = pilihan.cara == CaraPesan.HARIAN and not segera
    return StatusAntrean.DITAMPUNG if daily else StatusAntrean.MENUNGGU


def queue_gerbang(pesan: Pesan, edisi: Edisi | None) -> PesanGerbang | None:
    """Send a message by telephone too, in the caller's transaction, where its person agreed.

    Never within the quiet hours: a telephone rings. None without gateway, number or consent, and
    for kinds that the person refused.
    """
    jenis, pilihan = find_jenis(pesan.jenis), pilihan_of(pesan.kepada)
    if not settings.GERBANG_URL or pilihan is None or not pilihan.dapat_ditelepon:
        return None
    if jenis is None or (jenis.kode in pilihan.ditolak and not jenis.harus):
        return None
    row, _ = PesanGerbang.objects.get_or_create(
        pesan=pesan,
        defaults={
            "kunci": f"gerbang:{pesan.pk}",
            "dibuat_pada": clock.now(),
            "jalankan_setelah": _after_quiet(edisi, pesan.kepada),
        },
    )
    return row


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


def take_work(model: type[Row], pk: int) -> Row | None:
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


def extend_lease(row: Antrean) -> None:
    """Say that a long piece of work goes on, so that nobody takes it for dead."""
    row.sewa_sampai = clock.real_now() + LEASE
    row.save(update_fields=["sewa_sampai"])


def finish_work(row: Antrean) -> None:
    """Mark a row as done."""
    row.status, row.selesai_pada, row.galat = StatusAntrean.SELESAI, clock.now(), ""
    row.sewa_sampai = None
    row.save(update_fields=["status", "selesai_pada", "galat", "sewa_sampai"])


def cancel_work(row: Antrean, sebab: str) -> None:
    """Mark a row as needless, with the reason."""
    row.status, row.selesai_pada, row.galat = StatusAntrean.DIBATALKAN, clock.now(), sebab
    row.sewa_sampai = None
    row.save(update_fields=["status", "selesai_pada", "galat", "sewa_sampai"])


def give_up_work(row: Antrean, galat: str) -> None:
    """Note a fault that trying again does not mend."""
    row.percobaan = max(row.percobaan, MAX_TRIES)
    fail_work(row, galat)


def fail_work(row: Antrean, galat: str, *, tunda: timedelta | None = None) -> None:
    """Note a fault: tried again after 2, 4, 8 ... x 15 seconds, given up after MAX_TRIES.

    Not sooner than after `tunda`, where the other side asked for it.
    """
    given_up = row.percobaan >= MAX_TRIES
    row.status = StatusAntrean.GAGAL if given_up else StatusAntrean.MENUNGGU
    wait = max(timedelta(seconds=15 * 2**row.percobaan), tunda or timedelta(0))
    row.jalankan_setelah = clock.real_now() + wait
    row.sewa_sampai, row.galat = None, galat[:2000]
    row.save(update_fields=["status", "jalankan_setelah", "sewa_sampai", "galat"])


@transaction.atomic
def retry_work(row: Antrean) -> None:
    """Let a given-up or returned row be tried again from the start; asked for by a person."""
    ended = [StatusAntrean.GAGAL, StatusAntrean.TERPANTUL]
    type(row).objects.filter(pk=row.pk, status__in=ended).update(
        status=StatusAntrean.MENUNGGU, percobaan=0, jalankan_setelah=clock.real_now()
    )
