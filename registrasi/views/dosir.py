"""An entry's dossier to take along, for everybody who may see the entry."""

import tempfile

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kompetisi.ui import file_response
from registrasi.actions.akses import note_akses
from registrasi.actions.dosir import dosir_files, write_dosir
from registrasi.actions.unduhan import record_unduhan_dosir
from registrasi.pdf import render_isian
from registrasi.views.doors import get_entry
from registrasi.views.penyajian import page_before

IN_MEMORY = 1024 * 1024  # bytes; a longer archive lies on the disk while it is sent
TIPE = {"zip": "application/zip", "pdf": "application/pdf"}


@require_safe
def dosir(request: HttpRequest, kode: str, bentuk: str) -> HttpResponse:
    """All files with their hashes as a ZIP, or the answers as one PDF; recorded."""
    row = get_entry(request, kode)
    if bentuk not in TIPE:
        raise Http404
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    if request.method == "GET":
        record_unduhan_dosir(pendaftaran=row, bentuk=bentuk, oleh=request.user)
        if bentuk == "zip":
            files = [bukti.berkas for _, bukti in dosir_files(row)]
            page = page_before(request)
            note_akses(berkas=files, oleh=request.user, cara="arsip", halaman=page)
        if bentuk == "zip":
            write_dosir(pendaftaran=row, file=file)
        else:
            file.write(render_isian(row))
    file.seek(0)
    return file_response(file, f"{row.kode}.{bentuk}", TIPE[bentuk], unduh=True)
