"""Giving out a stored file to whom a query has let see it; each time is noted."""

from urllib.parse import urlsplit

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse

from kompetisi.ui import file_response, ranged
from registrasi.actions.akses import note_akses
from registrasi.queries.akses import noted_lately
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
    if request.method == "GET" and not goes_on(request, stored):
        cara = "kecil" if small else "unduh" if save else "lihat"
        note_akses(berkas=[stored], oleh=request.user, cara=cara, halaman=page_before(request))
    if not small:
        whole = file_response(content, stored.nama_asli, stored.tipe, unduh=save)
        return ranged(request, whole, content)
    response = file_response(content, "halaman-1.webp", "image/webp")
    response["Cache-Control"] = "private, max-age=86400"  # another file has another address
    return response


def goes_on(request: HttpRequest, stored) -> bool:
    """Whether this is a later part of a file whose reading has been noted lately."""
    header = request.headers.get("Range", "")
    return bool(header) and not header.startswith("bytes=0-") and noted_lately(stored, request.user)


def page_before(request: HttpRequest) -> str:
    """Path of the page that led here, as far as the browser says; else the address itself."""
    before = urlsplit(request.headers.get("Referer", ""))
    return before.path if before.netloc == request.get_host() else request.path
