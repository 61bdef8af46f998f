"""Deleting a draft that was never sent."""

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.models import Pengguna
from registrasi.actions.pemusnahan import destroy_berkas
from registrasi.actions.status import lock_pendaftaran
from registrasi.actions.unggahan import forget_unggahan
from registrasi.models import Berkas, Keanggotaan, Pendaftaran, Unggahan
from registrasi.queries.izin import boleh_hapus
from registrasi.queries.penerima import penerima_of

HOME = "/registrasi/"


@transaction.atomic
def delete_draf(*, pendaftaran: Pendaftaran, oleh: Pengguna) -> None:
    """Delete a draft for good: its row, answers, figures, road and places of files.

    The row itself goes, unlike one that withdrew or was erased with its edition
    (docs/decisions/0007-draf-dihapus.md): so no list, count, reminder or export can forget to leave
    it out, and the same entrant can enter the track anew. The audit log keeps that it was there,
    what it held and the SHA-256 of its files. Their contents are erased by the daily round of
    `purge_berkas`, save those that any other upload has too. The others who fill it in are told.

    Raises NotAllowedError when it has a receipt, when registration is closed by the database's
    clock, without the right, or when it is deleted already.
    """
    # Before the entry: whoever finishes an upload holds them in this order.
    list(Unggahan.objects.select_for_update().filter(pendaftaran=pendaftaran.pk).values("pk"))
    row = lock_pendaftaran(pendaftaran)
    at = clock.db_now()
    boleh_hapus(oleh, row, at).require()
    files = list(row.bukti.values_list("berkas", "berkas__sha256").distinct())
    record(
        tindakan="pendaftaran.hapus",
        objek=row,
        oleh=oleh,
        rincian={
            "kode": row.kode,
            "instansi": row.instansi.kode,
            "unit": row.unit_id,
            "jalur": row.jalur.kode,
            "berkas": sorted({sha256 for _, sha256 in files}),
            "jawaban": row.jawaban.count(),
            "penilaian_mandiri": row.penilaian_mandiri.count(),
            "kinerja": row.kinerja.count(),
        },
    )
    _tell(row, oleh)
    for upload in row.unggahan.all():
        forget_unggahan(upload)
    for rows in (row.bukti, row.jawaban, row.penilaian_mandiri, row.kinerja, row.riwayat):
        rows.all().delete()
    row.delete()  # anything else that hangs on it would raise ProtectedError
    letters = Keanggotaan.objects.exclude(surat_tugas=None).values("surat_tugas")
    unused = Berkas.objects.filter(pk__in=[pk for pk, _ in files], bukti=None)
    destroy_berkas(unused.exclude(pk__in=letters), at)


def _tell(row: Pendaftaran, oleh: Pengguna) -> None:
    for orang in penerima_of([row])[row.pk]:
        if orang == oleh:
            continue
        queue_pesan(
            kunci=f"draf_dihapus:{row.pk}:{orang.pk}",
            jenis="draf_dihapus",
            edisi=row.edisi,
            isian={
                "kode": row.kode,
                "peserta": row.peserta,
                "jalur": row.jalur,
                "penghapus": oleh,
            },
            kepada=orang,
            tautan=HOME,
        )
