"""Stored files of registration: which are in use, which the virus scanner holds back."""

from collections.abc import Iterator

from django.db.models import QuerySet

from kompetisi.queries.berkas import BerkasDipakai
from registrasi.models import ArsipDosir, Berkas, Pemindaian, SalinanTandaTerima


def files_of_berkas() -> Iterator[BerkasDipakai]:
    """Every upload whose time is not over, and the small picture of its first page."""
    columns = ("kunci", "ukuran", "nama_asli", "gambar_kecil")
    rows = Berkas.objects.filter(dimusnahkan_pada=None).values_list(*columns)
    for kunci, ukuran, nama, kecil in rows.iterator(chunk_size=2000):
        yield BerkasDipakai(kunci, ukuran, f"berkas {nama}")
        if kecil:
            yield BerkasDipakai(kecil, None, f"gambar kecil {nama}")


def files_of_tanda_terima() -> Iterator[BerkasDipakai]:
    """The receipts that were handed out as PDF."""
    rows = SalinanTandaTerima.objects.values_list("kunci", "pengiriman__nomor")
    for kunci, nomor in rows.iterator(chunk_size=2000):
        yield BerkasDipakai(kunci, None, f"tanda terima {nomor}")


def files_of_arsip() -> Iterator[BerkasDipakai]:
    """The large dossiers that are ready to be taken along."""
    rows = ArsipDosir.objects.exclude(kunci="").select_related("pendaftaran")
    for row in rows.iterator(chunk_size=2000):
        yield BerkasDipakai(row.kunci, row.ukuran, f"arsip dosir {row.pendaftaran.kode}")


def kunci_dimusnahkan() -> set[str]:
    """Where the contents lay whose time is over."""
    rows = Berkas.objects.exclude(dimusnahkan_pada=None).values_list("kunci", "gambar_kecil")
    return {name for pair in rows for name in pair if name}


def berkas_ditahan() -> QuerySet[Berkas]:
    """Files that are shown to nobody: waiting for the scanner, or infected; the oldest first."""
    rows = Berkas.objects.exclude(pemindaian__in=[Pemindaian.TIDAK, Pemindaian.BERSIH])
    return rows.select_related("diunggah_oleh").order_by("pk")
