"""The committee's lists as files, each taken with a record of who took it."""

import tempfile

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.views.decorators.http import require_safe

from kompetisi.queries.ekspor import CSV, XLSX, csv_lines, write_xlsx
from registrasi.actions.unduhan import record_unduhan_daftar
from registrasi.forms.akun import SaringAkunForm, clean_filter
from registrasi.forms.panitia import SaringPendaftaranForm
from registrasi.queries.ekspor_panitia import daftar_of
from registrasi.queries.panitia import pilihan_saring
from registrasi.views.panitia import for_panitia

IN_MEMORY = 1024 * 1024  # bytes; a longer file lies on the disk while it is sent


@require_safe
@for_panitia("pendaftaran.lihat_semua")
def ekspor(request, daftar="pendaftaran"):
    """A list with the filters of its page, as XLSX or with `?bentuk=csv` as CSV."""
    listed = daftar_of(daftar, request.peran)
    if listed is None:
        raise Http404
    bentuk = "csv" if request.GET.get("bentuk") == "csv" else "xlsx"
    saring = filter_of(request, daftar)
    if request.method == "GET":
        record_unduhan_daftar(
            edisi=request.edisi, daftar=daftar, bentuk=bentuk, saring=saring, oleh=request.user
        )
    rows = listed.baris(request.peran, request.edisi, saring)
    response = answer(bentuk, listed, rows)
    name = f"{daftar}-{request.edisi.kode}.{bentuk}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def answer(bentuk: str, listed, rows):
    """The file, written row by row."""
    if bentuk == "csv":
        return StreamingHttpResponse(csv_lines(kolom=listed.kolom, rows=rows), content_type=CSV)
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    write_xlsx(file, judul=listed.judul, kolom=listed.kolom, rows=rows)
    file.seek(0)
    return FileResponse(file, content_type=XLSX)


def filter_of(request, daftar: str) -> dict[str, str]:
    """The cleaned filter of the list's page; lists without one have none."""
    if daftar == "pendaftaran":
        form = SaringPendaftaranForm(request.GET, pilihan=pilihan_saring(request.edisi))
        return clean_filter(form)
    if daftar == "akun":
        return clean_filter(SaringAkunForm({"status": "diajukan"} | request.GET.dict()))
    return {}
