"""Uploads in pieces: begun, continued where they stopped, checked as a whole, attached.

In the spirit of tus 1.0 (https://tus.io/protocols/resumable-upload), with a place in an entry. A
piece is durable in the storage before the row says that it has come, so that after any crash the
row never says more than is there; a piece without its row is written over by the next.
"""

import hashlib
import secrets
import tempfile

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum

from kompetisi import clock
from kompetisi.errors import (
    InvalidInputError,
    NotAllowedError,
    StaleVersionError,
    StorageAwayError,
)
from kompetisi.models import JenisDokumen, Kriteria, Pengguna
from registrasi.actions.berkas import (
    attach_bukti,
    check_ukuran,
    shown_name,
    storage_away,
    store_berkas,
)
from registrasi.actions.status import lock_pendaftaran
from registrasi.models import KeadaanUnggahan, Pendaftaran, Unggahan
from registrasi.queries.izin import izin_of
from registrasi.rules.berkas import can_attach
from registrasi.rules.unggahan import KEPT, PIECE_MOST, can_begin, can_receive

FOLDER = "unggahan"
CHANGED = (
    "Isi berkas berubah atau rusak selama diunggah, sehingga tidak disimpan. Pilih berkasnya lagi "
    "untuk mengunggah ulang."
)
# Pieces leave no audit record of their own: attaching the whole does.


def begin_unggahan(
    *,
    pendaftaran: Pendaftaran,
    oleh: Pengguna,
    nama: str,
    ukuran: int,
    sha256: str,
    maks_mb: int,
    jenis_dokumen: JenisDokumen | None = None,
    kriteria: Kriteria | None = None,
) -> Unggahan:
    """Begin an upload to a place, or find the unfinished one of the same file again.

    The same file is known by name, size and SHA-256. Another file takes the place of an unfinished
    one of the same person. Raises NotAllowedError when the entry may not be changed now or too
    many are unfinished, InvalidInputError for the size.
    """
    check_ukuran(ukuran, maks_mb)
    nama = shown_name(nama)
    with transaction.atomic():
        row = lock_pendaftaran(pendaftaran)
        izin_of(oleh, row, clock.db_now())["isi"].require()
        can_attach(row, jenis_dokumen).require()
        running = Unggahan.objects.filter(keadaan=KeadaanUnggahan.BERJALAN)
        own = running.filter(
            pendaftaran=row, oleh=oleh, jenis_dokumen=jenis_dokumen, kriteria=kriteria
        ).first()
        if own and (own.nama, own.ukuran, own.sha256) == (nama, ukuran, sha256):
            own.kedaluwarsa_pada = clock.real_now() + KEPT
            own.save(update_fields=["kedaluwarsa_pada"])
            return own
        if own:
            forget_unggahan(own)
        _require_room(row, oleh, ukuran)
        return Unggahan.objects.create(
            kode=secrets.token_hex(16),
            pendaftaran=row,
            jenis_dokumen=jenis_dokumen,
            kriteria=kriteria,
            oleh=oleh,
            nama=nama,
            ukuran=ukuran,
            sha256=sha256,
            dibuat_pada=clock.now(),
            kedaluwarsa_pada=clock.real_now() + KEPT,
        )


def _require_room(row: Pendaftaran, oleh: Pengguna, ukuran: int) -> None:
    running = Unggahan.objects.filter(keadaan=KeadaanUnggahan.BERJALAN)
    entry = running.filter(pendaftaran=row)
    can_begin(
        of_entry=entry.count(),
        of_person=running.filter(oleh=oleh).count(),
        bytes_of_entry=entry.aggregate(n=Sum("ukuran"))["n"] or 0,
        ukuran=ukuran,
    ).require()


@transaction.atomic
def receive_potongan(
    *, unggahan: Unggahan, mulai: int, isi: bytes, sha256: bytes | None, oleh: Pengguna
) -> int:
    """Take a piece that begins at `mulai`; returns how many bytes have come now.

    `sha256` is the digest of the piece, None when the browser could not compute it. Raises
    StaleVersionError with `diterima` when the piece begins elsewhere (it came twice, or one is
    missing), InvalidInputError with `sidik` when it arrived damaged, StorageAwayError when it
    could not be stored, NotAllowedError when the entry may no longer be changed.
    """
    row = _locked(unggahan)
    can_receive(row, clock.real_now()).require()
    izin_of(oleh, row.pendaftaran, clock.db_now())["isi"].require()
    if mulai != row.diterima:
        raise StaleVersionError(
            "Potongan ini bukan lanjutan yang sudah diterima.", rincian={"diterima": row.diterima}
        )
    if not 0 < len(isi) <= min(PIECE_MOST, row.ukuran - mulai):
        raise InvalidInputError("Ukuran potongan ini tidak sesuai dengan berkasnya.")
    if sha256 is not None and hashlib.sha256(isi).digest() != sha256:
        raise InvalidInputError(
            "Potongan ini rusak di jalan; kirim ulang.", rincian={"sidik": "berbeda"}
        )
    try:
        default_storage.save_as(piece_name(row.kode, mulai), isi)
    except OSError as error:
        raise storage_away(error) from error
    row.diterima += len(isi)
    row.kedaluwarsa_pada = clock.real_now() + KEPT
    row.save(update_fields=["diterima", "kedaluwarsa_pada"])
    return row.diterima


def _locked(unggahan: Unggahan) -> Unggahan:
    """The upload, held until the transaction ends; NotAllowedError when it was given up."""
    row = Unggahan.objects.select_for_update().filter(pk=unggahan.pk).first()
    if row is None:
        raise NotAllowedError("Unggahan ini sudah dibatalkan. Muat ulang halaman.")
    return row


def piece_name(kode: str, mulai: int) -> str:
    """Where a piece lies in the storage."""
    return f"{FOLDER}/{kode}/{mulai:012d}"


def finish_unggahan(*, unggahan: Unggahan, maks_mb: int, oleh: Pengguna) -> Unggahan:
    """Put the pieces together, look into the whole and attach it; the answer is in the row.

    Asked again, it says the same again. Raises InvalidInputError while pieces are missing,
    NotAllowedError when the entry may no longer be changed, StorageAwayError when the storage
    refused: then all pieces are still there and it can be asked again.
    """
    row = Unggahan.objects.select_related("pendaftaran").get(pk=unggahan.pk)
    if row.keadaan != KeadaanUnggahan.BERJALAN:
        return row
    izin_of(oleh, row.pendaftaran, clock.db_now())["isi"].require()
    if row.diterima < row.ukuran:
        raise InvalidInputError("Unggahan ini belum lengkap.", rincian={"diterima": row.diterima})
    with tempfile.TemporaryFile() as whole:
        try:
            digest = _assemble(row, whole)
            if row.sha256 and digest != row.sha256:
                raise InvalidInputError(CHANGED)
            berkas = store_berkas(isi=File(whole, name=row.nama), oleh=oleh, maks_mb=maks_mb)
        except StorageAwayError:
            raise
        except InvalidInputError as error:
            return _refuse(row, error.alasan)
    return _attach(row, berkas, oleh)


def _assemble(row: Unggahan, whole) -> str:
    """Write all pieces one after another; returns the SHA-256 of the whole."""
    digest, at = hashlib.sha256(), 0
    while at < row.ukuran:
        try:
            with default_storage.open(piece_name(row.kode, at)) as stored:
                piece = stored.read()
        except OSError as error:
            raise storage_away(error) from error
        digest.update(piece)
        whole.write(piece)
        at += len(piece)
    whole.seek(0)
    return digest.hexdigest()


@transaction.atomic
def _attach(unggahan: Unggahan, berkas, oleh: Pengguna) -> Unggahan:
    row = _locked(unggahan)
    if row.keadaan != KeadaanUnggahan.BERJALAN:  # asked twice at once: the other was first
        return row
    row.bukti = attach_bukti(
        pendaftaran=row.pendaftaran,
        berkas=berkas,
        oleh=oleh,
        jenis_dokumen=row.jenis_dokumen,
        kriteria=row.kriteria,
    )
    row.keadaan = KeadaanUnggahan.SELESAI
    row.save(update_fields=["bukti", "keadaan"])
    _discard_later(row)
    return row


@transaction.atomic
def _refuse(row: Unggahan, alasan: str) -> Unggahan:
    Unggahan.objects.filter(pk=row.pk, keadaan=KeadaanUnggahan.BERJALAN).update(
        keadaan=KeadaanUnggahan.DITOLAK, alasan=alasan
    )
    row.refresh_from_db()
    _discard_later(row)
    return row


@transaction.atomic
def forget_unggahan(unggahan: Unggahan) -> bool:
    """Give an upload up, with its pieces; false when it went on meanwhile."""
    same = {"pk": unggahan.pk, "kedaluwarsa_pada": unggahan.kedaluwarsa_pada}
    gone, _ = Unggahan.objects.filter(**same).delete()
    if gone:
        _discard_later(unggahan)
    return bool(gone)


def _discard_later(row: Unggahan) -> None:
    """Forget the pieces once it is certain that the row no longer needs them."""
    transaction.on_commit(lambda: default_storage.discard(f"{FOLDER}/{row.kode}"), robust=True)


def sweep_unggahan() -> int:
    """Forget what was abandoned, and the rows of what ended; returns how many.

    Safe to run twice at once, and while somebody goes on with one of them.
    """
    old = Unggahan.objects.filter(kedaluwarsa_pada__lte=clock.real_now())
    return sum(forget_unggahan(row) for row in old.order_by("pk")[:1000])
