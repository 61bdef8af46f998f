"""The emblem on certificates and minutes, which an admin may replace."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from PIL import Image, UnidentifiedImageError

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Edisi, Lambang, Pengguna
from kompetisi.queries.peran import peran_of
from kompetisi.rules.matriks import check_aksi
from kompetisi.storage import sha256_in

MAX_BYTES = 2 * 1024 * 1024
LEAST, MOST = 200, 4000  # pixels of the shorter and the longer side
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}


@transaction.atomic
def replace_lambang(*, edisi: Edisi, isi: UploadedFile, oleh: Pengguna) -> Lambang:
    """Take a PNG or JPEG as the emblem from now on; certificates issued before keep theirs.

    The picture is decoded and written anew, so that nothing but pixels is kept. Raises
    InvalidInputError when it is no such picture, too large, too small or too heavy.
    """
    check_aksi("lambang.ganti", peran_of(oleh, edisi)).require()
    content, tipe = _cleaned(isi)
    stored = default_storage.save("lambang", ContentFile(content))
    row = Lambang.objects.create(
        berkas=stored,
        sha256=sha256_in(stored),
        nama_asli=(isi.name or "lambang")[:200],
        tipe=tipe,
        diunggah_oleh=oleh,
        diunggah_pada=clock.now(),
    )
    record(tindakan="lambang.ganti", objek=row, oleh=oleh, rincian={"sha256": row.sha256})
    return row


def _cleaned(isi: UploadedFile) -> tuple[bytes, str]:
    if (isi.size or 0) > MAX_BYTES:
        raise _refusal("Gambar paling besar 2 MB. Kecilkan, lalu unggah lagi.")
    try:
        picture = Image.open(isi, formats=list(TYPES))
        tipe = picture.format or ""
        if min(picture.size) < LEAST or max(picture.size) > MOST:
            raise _refusal(f"Sisi gambar harus {LEAST} sampai {MOST} piksel.")
        picture.load()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise _refusal("Berkas ini bukan gambar PNG atau JPEG yang dapat dibuka.") from error
    out = BytesIO()
    wanted = "RGBA" if tipe == "PNG" else "RGB"
    picture.convert(wanted).save(out, tipe, optimize=True)
    return out.getvalue(), TYPES[tipe]


def _refusal(pesan: str) -> InvalidInputError:
    return InvalidInputError(pesan, rincian={"gambar": pesan})
