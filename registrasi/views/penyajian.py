"""Giving out a stored file to whom a query has let see it; each time is noted."""

from urllib.parse import urlsplit

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse

from kompetisi.ui import file_response
from registrasi.actions.akses import note_akses
from registrasi.rules.berkas import can_read


def send_berkas(request: HttpRequest, stored) -> HttpResponse:
    """The file, shown in place; 404 when the storage has lost it, 403 while it is held back.

    Words behind the address: `?unduh` to save it, `?kecil` for the small picture of its first page.
    """
    can_read(stored).require()
    small, save = "kecil" in request.GET, "unduh" in request.GET
    if small and not stored.gambar_kecil:
        raise Http404
    try:
        content = default_storage.open(stored.gambar_kecil if small else stored.kunci)
    except FileNotFoundError as error:
        raise Http404 from error
    if request.method == "GET":
        cara = "kecil" if small else "unduh" if save else "lihat"
        note_akses(berkas=[stored], oleh=request.user, cara=cara, halaman=page_before(request))
    if not small:
        return file_response(content, stored.nama_asli, stored.tipe, unduh=save)
    response = file_response(content, "halaman-1.webp", "image/webp")
    response["Cache-Control"] = "private, max-age=86400"  # another file has another address
    return response


def page_before(request: HttpRequest) -> str:
    """Path of the page that led here, as far as the browser says; else the address itself."""
    before = urlsplit(request.headers.get("Referer", ""))
    return before.path if before.netloc == request.get_host() else request.path
