"""Erasing what registration keeps of a person, and what an edition keeps no longer.

Rows that receipts and the audit log point at stay; their personal content goes. The bytes of files
go for good with `purge_berkas`, after the transaction (penghargaan.actions.retensi).
"""

from datetime import datetime

from django.db.models import QuerySet

from kompetisi import clock
from kompetisi.actions.pribadi import erased_address
from kompetisi.models import Pengguna
from registrasi.models import (
    Berkas,
    JawabanNarasi,
    Keanggotaan,
    KinerjaSP4N,
    Pendaftaran,
    PenilaianMandiri,
    StatusKeanggotaan,
    Undangan,
)
from registrasi.models.undangan import StatusUndangan

OPEN = (StatusKeanggotaan.DIAJUKAN, StatusKeanggotaan.DISETUJUI)
GONE = "berkas-dimusnahkan"


def destroy_berkas(rows: QuerySet[Berkas], at: datetime) -> int:
    """Mark files whose bytes are to go; names may tell of people and go at once. How many."""
    return rows.filter(dimusnahkan_pada=None).update(dimusnahkan_pada=at, nama_asli=GONE)


def clear_kontak(rows: QuerySet[Pendaftaran]) -> int:
    """Forget the contact people of entries."""
    return rows.exclude(narahubung_nama="", narahubung_telepon="").update(
        narahubung_nama="", narahubung_telepon=""
    )


def clear_draf(rows: QuerySet[Pendaftaran], at: datetime) -> int:
    """Forget the content of drafts that were never sent; that they were there stays known."""
    keys = list(rows.values_list("pk", flat=True))
    for model in (JawabanNarasi, PenilaianMandiri, KinerjaSP4N):
        model.objects.filter(pendaftaran__in=keys).delete()
    destroy_berkas(Berkas.objects.filter(bukti__pendaftaran__in=keys), at)
    Pendaftaran.objects.filter(pk__in=keys).update(
        judul="", mulai_pemakaian=None, narahubung_nama="", narahubung_telepon=""
    )
    return len(keys)


def erase_registrasi(orang: Pengguna) -> None:
    """A person's memberships end, the letters of assignment and the contact data go."""
    own = Keanggotaan.objects.filter(pengguna=orang)
    letters = Berkas.objects.filter(pk__in=own.exclude(surat_tugas=None).values("surat_tugas"))
    destroy_berkas(letters, clock.now())
    own.filter(status__in=OPEN).update(status=StatusKeanggotaan.DICABUT)
    own.update(nomor_surat_tugas="")
    Undangan.objects.filter(alamat=orang.email, status=StatusUndangan.MENUNGGU).update(
        status=StatusUndangan.DIBATALKAN
    )
    Undangan.objects.filter(alamat=orang.email).update(alamat=erased_address(orang))
    if orang.nama:
        clear_kontak(Pendaftaran.objects.filter(narahubung_nama=orang.nama))
