"""Handing out a list as a file, for the committee's pages of every app; each time is recorded."""

import tempfile
from collections.abc import Mapping

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse

from kompetisi.actions.unduhan import record_unduhan_daftar
from kompetisi.queries.ekspor import CSV, XLSX, Tabel, csv_lines, write_xlsx

IN_MEMORY = 1024 * 1024  # bytes; a longer file lies on the disk while it is sent


def send_tabel(
    request: HttpRequest, nama: str, tabel: Tabel, saring: Mapping[str, str] | None = None
) -> HttpResponse:
    """The list as XLSX, or with `?bentuk=csv` as CSV.

    `nama` is its name in the audit log and in the name of the file, `saring` the filter in force.
    Whether this person may have it is asked before.
    """
    bentuk = "csv" if request.GET.get("bentuk") == "csv" else "xlsx"
    if request.method == "GET":
        record_unduhan_daftar(
            edisi=request.edisi, daftar=nama, bentuk=bentuk, saring=saring or {}, oleh=request.user
        )
    response = _write(bentuk, tabel)
    response["Content-Disposition"] = f'attachment; filename="{nama}-{request.edisi.kode}.{bentuk}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _write(bentuk: str, tabel: Tabel) -> HttpResponse:
    """The file, written row by row."""
    if bentuk == "csv":
        lines = csv_lines(kolom=tabel.kolom, rows=tabel.baris)
        return StreamingHttpResponse(lines, content_type=CSV)
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    write_xlsx(file, judul=tabel.judul, kolom=tabel.kolom, rows=tabel.baris)
    file.seek(0)
    return FileResponse(file, content_type=XLSX)


def chosen(request: HttpRequest, *names: str) -> dict[str, str]:
    """The words of a page's filter by these names, as the address carries them."""
    return {name: request.GET.get(name, "").strip()[:100] for name in names}
