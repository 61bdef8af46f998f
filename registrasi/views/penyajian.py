"""Giving out a stored file to whom a query has let see it."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, QueryDict

from kompetisi.ui import file_response
from registrasi.rules.berkas import can_read


def send_berkas(stored, asked: QueryDict | None = None) -> HttpResponse:
    """The file, shown in place; 404 when the storage has lost it, 403 while it is held back.

    `asked` are the words behind the address: `?unduh` to save it, `?kecil` for the small picture of
    its first page.
    """
    can_read(stored).require()
    asked = asked or {}
    small = "kecil" in asked
    if small and not stored.gambar_kecil:
        raise Http404
    try:
        content = default_storage.open(stored.gambar_kecil if small else stored.kunci)
    except FileNotFoundError as error:
        raise Http404 from error
    if not small:
        return file_response(content, stored.nama_asli, stored.tipe, unduh="unduh" in asked)
    response = file_response(content, "halaman-1.webp", "image/webp")
    response["Cache-Control"] = "private, max-age=86400"  # another file has another address
    return response
