"""Taking files in: looked into, stored by content, attached to an entry; nothing is overwritten."""

import logging
import unicodedata
from datetime import date

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError, StorageAwayError
from kompetisi.models import JenisDokumen, Kriteria, Pengguna
from kompetisi.storage import hash_of
from registrasi.actions.isi_berkas import IsiBerkas, inspect_isi
from registrasi.actions.pemindaian import scan_isi
from registrasi.actions.pendaftaran import lock_for_edit
from registrasi.models import Berkas, BuktiDukung, Pendaftaran
from registrasi.rules.berkas import can_attach

SAME = ("sha256", "nama_asli", "pemindaian")
logger = logging.getLogger(__name__)


def store_berkas(*, isi: File, oleh: Pengguna, maks_mb: int, gambar: bool = False) -> Berkas:
    """Look into a file and store it durably, before any row names it.

    A PDF, or with `gambar` also a JPEG or PNG picture; at most `maks_mb` megabytes. Raises
    InvalidInputError with the reason and what to do. Where a virus scanner is configured, an
    infected file is refused and recorded, and one that could not be scanned waits (Pemindaian).
    """
    found = check_isi(isi, maks_mb=maks_mb, gambar=gambar)
    sha256 = hash_of(isi)
    pemindaian = scan_isi(isi, sha256=sha256, oleh=oleh)
    kunci = _save(isi)
    kecil = _save(ContentFile(found.gambar_kecil)) if found.gambar_kecil else ""
    with transaction.atomic():
        berkas = Berkas.objects.create(
            sha256=sha256,
            kunci=kunci,
            nama_asli=shown_name(isi.name or "berkas"),
            tipe=found.tipe,
            ukuran=isi.size,
            halaman=found.halaman,
            halaman_kosong=found.kosong,
            berteks=found.berteks,
            gambar_kecil=kecil,
            pemindaian=pemindaian,
            diunggah_oleh=oleh,
            diunggah_pada=clock.now(),
        )
        record(tindakan="berkas.unggah", objek=berkas, oleh=oleh, rincian={"sha256": sha256})
    return berkas


def check_isi(isi: File, *, maks_mb: int, gambar: bool = False) -> IsiBerkas:
    """What a file holds, without keeping it; InvalidInputError for what would not be stored."""
    check_ukuran(isi.size, maks_mb)
    return inspect_isi(isi, gambar=gambar)


def check_ukuran(ukuran: int, maks_mb: int) -> None:
    """Raise InvalidInputError for nothing, or for more than `maks_mb` megabytes."""
    if ukuran <= 0:
        raise InvalidInputError("Berkas ini kosong. Pilih berkas yang berisi.")
    if ukuran > maks_mb * 1024**2:
        raise InvalidInputError(
            f"Berkas ini lebih besar dari {maks_mb} MB. Perkecil atau pindai dengan mutu lebih "
            "rendah, lalu unggah kembali."
        )


def storage_away(error: OSError) -> StorageAwayError:
    """What to tell when the storage refused; why goes to the log."""
    logger.error("Penyimpanan menolak berkas: %s", error.strerror)
    return StorageAwayError(
        "Berkas belum dapat disimpan karena gangguan penyimpanan. Isian Anda tidak berubah; "
        "coba lagi beberapa saat lagi."
    )


def _save(isi: File) -> str:
    try:
        return default_storage.save(isi.name or "berkas", isi)
    except OSError as error:
        raise storage_away(error) from error


def shown_name(nama: str) -> str:
    """The name to show: without path, control and direction characters, at most 150 long."""
    nama = nama.replace("\\", "/").rpartition("/")[2]
    nama = "".join(c for c in nama if unicodedata.category(c)[0] != "C").strip()
    return nama[-150:] or "berkas"


@transaction.atomic
def attach_bukti(
    *,
    pendaftaran: Pendaftaran,
    berkas: Berkas,
    oleh: Pengguna,
    jenis_dokumen: JenisDokumen | None = None,
    kriteria: Kriteria | None = None,
) -> BuktiDukung:
    """Attach a stored file as a document or as evidence; an earlier one is kept as a version.

    The same file again (content, name, and what the virus scanner said) changes nothing, so that
    an upload whose answer was lost may be sent again.
    """
    row = lock_for_edit(pendaftaran, oleh)
    can_attach(row, jenis_dokumen).require()
    now = clock.now()
    attached = BuktiDukung.objects.filter(
        pendaftaran=row, jenis_dokumen=jenis_dokumen, kriteria=kriteria, dilepas_pada=None
    )
    same = {f"berkas__{name}": getattr(berkas, name) for name in SAME}
    if known := attached.filter(**same).first():
        return known
    attached.update(dilepas_pada=now)
    bukti = BuktiDukung.objects.create(
        pendaftaran=row,
        berkas=berkas,
        jenis_dokumen=jenis_dokumen,
        kriteria=kriteria,
        dilampirkan_oleh=oleh,
        dilampirkan_pada=now,
    )
    record(
        tindakan="bukti.lampirkan",
        objek=bukti,
        oleh=oleh,
        rincian={"pendaftaran": row.kode, "sha256": berkas.sha256},
    )
    return bukti


@transaction.atomic
def save_tanggal_surat(
    *, bukti: BuktiDukung, tanggal_surat: date, berlaku_sampai: date | None, oleh: Pengguna
) -> BuktiDukung:
    """Keep the date of an attached letter, and the last day it holds when it says so.

    Raises NotAllowedError when the entry may not be changed now.
    """
    lock_for_edit(bukti.pendaftaran, oleh)
    row = BuktiDukung.objects.select_for_update().get(pk=bukti.pk, dilepas_pada=None)
    if (row.tanggal_surat, row.berlaku_sampai) == (tanggal_surat, berlaku_sampai):
        return row
    row.tanggal_surat, row.berlaku_sampai = tanggal_surat, berlaku_sampai
    row.save(update_fields=["tanggal_surat", "berlaku_sampai"])
    rincian = {"tanggal_surat": tanggal_surat, "berlaku_sampai": berlaku_sampai}
    record(tindakan="bukti.tanggal", objek=row, oleh=oleh, rincian=rincian)
    return row


@transaction.atomic
def detach_bukti(*, bukti: BuktiDukung, oleh: Pengguna) -> None:
    """Take a file off the draft; the file itself stays."""
    lock_for_edit(bukti.pendaftaran, oleh)
    now = clock.now()
    if BuktiDukung.objects.filter(pk=bukti.pk, dilepas_pada=None).update(dilepas_pada=now):
        record(tindakan="bukti.lepaskan", objek=bukti, oleh=oleh)
