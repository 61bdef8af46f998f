"""Large dossiers: asked for, made in the background, kept for a day, swept."""

import tempfile
from datetime import timedelta

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from kompetisi import clock
from kompetisi.actions.antrean import (
    cancel_work,
    extend_lease,
    fail_work,
    finish_work,
    queue_pekerjaan,
    take_work,
)
from kompetisi.actions.berkas import purge_berkas
from kompetisi.actions.jejak import record
from kompetisi.models import Pekerjaan, Pengguna
from registrasi.actions.dosir import write_dosir
from registrasi.models import ArsipDosir, Pendaftaran
from registrasi.queries.arsip import JOB, dosir_files, keadaan_arsip, sidik_dosir

TASK = "registrasi.susun_dosir"
PARTS = ("edisi", "jalur", "instansi", "unit")  # of an entry, which its answers name
KEPT = timedelta(days=1)
CHANGED = "Pendaftaran berubah selama arsip disusun."


@transaction.atomic
def request_arsip(*, pendaftaran: Pendaftaran, oleh: Pengguna) -> ArsipDosir:
    """Have the archive of an entry, as it stands now, made in the background.

    Asked twice, it is made once; what was given up, or ran out, is begun anew.
    """
    rows = Pendaftaran.objects.select_for_update(of=("self",)).select_related(*PARTS)
    pendaftaran = rows.get(pk=pendaftaran.pk)
    now = keadaan_arsip(pendaftaran)
    if now.arsip is not None and now.keadaan != "gagal":
        return now.arsip
    ArsipDosir.objects.filter(pendaftaran=pendaftaran, sidik=now.sidik).delete()
    arsip = ArsipDosir.objects.create(
        pendaftaran=pendaftaran,
        sidik=now.sidik,
        total=now.total,
        diminta_oleh=oleh,
        diminta_pada=clock.now(),
        kedaluwarsa_pada=clock.real_now() + KEPT,
    )
    queue_pekerjaan(kunci=JOB.format(arsip.pk), tugas=TASK, argumen={"arsip": arsip.pk})
    record(
        tindakan="dosir.siapkan",
        objek=pendaftaran,
        oleh=oleh,
        rincian={"pendaftaran": pendaftaran.kode, "bita": now.total},
    )
    return arsip


def carry_out_arsip(*, pk: int) -> bool:
    """Make the archive of a queued row; False when another has it, or it failed.

    A fault of any kind is noted at the row and tried again later. What was made of an entry that
    changed meanwhile is not kept.
    """
    work = take_work(Pekerjaan, pk)
    if work is None:
        return False
    arsip = (
        ArsipDosir.objects.filter(pk=work.argumen["arsip"])
        .select_related(*(f"pendaftaran__{part}" for part in PARTS))
        .first()
    )
    if arsip is None or arsip.kunci:
        cancel_work(work, "Tidak diperlukan lagi.") if arsip is None else finish_work(work)
        return arsip is not None
    try:
        kept = _make(arsip, work)
    except Exception as error:  # noqa: BLE001 - whatever it was, the row says so and waits
        fail_work(work, f"{type(error).__name__}: {error}")
        return False
    finish_work(work) if kept else cancel_work(work, CHANGED)
    return kept


def _make(arsip: ArsipDosir, work: Pekerjaan) -> bool:
    """Write and store the archive; False when the entry is no longer what was asked for."""

    def progress(ditulis: int) -> None:
        ArsipDosir.objects.filter(pk=arsip.pk).update(ditulis=ditulis)
        extend_lease(work)

    row = arsip.pendaftaran
    with tempfile.TemporaryFile() as file:
        write_dosir(pendaftaran=row, file=file, progress=progress)
        row.refresh_from_db()
        if sidik_dosir(row, dosir_files(row)) != arsip.sidik:
            return False
        size = file.seek(0, 2)
        file.seek(0)
        kunci = default_storage.save("dosir.zip", File(file, name="dosir.zip"))
    done = ArsipDosir.objects.filter(pk=arsip.pk).update(
        kunci=kunci,
        ukuran=size,
        ditulis=arsip.total,
        selesai_pada=clock.now(),
        kedaluwarsa_pada=clock.real_now() + KEPT,
    )
    return bool(done)


def sweep_arsip() -> int:
    """Forget the archives whose day is over, with their bytes; returns how many.

    Safe to run twice at once.
    """
    old = ArsipDosir.objects.filter(kedaluwarsa_pada__lte=clock.real_now())
    rows = list(old.order_by("pk").values_list("pk", "kunci")[:1000])
    ArsipDosir.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
    purge_berkas([kunci for _, kunci in rows if kunci])
    return len(rows)
