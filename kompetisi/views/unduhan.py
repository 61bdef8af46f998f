"""Handing out a list as a file, for the committee's pages of every app; each time is recorded."""

import tempfile
from collections.abc import Iterable, Mapping

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse

from kompetisi.actions.unduhan import record_unduhan_daftar
from kompetisi.queries.ekspor import CSV, XLSX, Tabel, csv_lines, write_book

IN_MEMORY = 1024 * 1024  # bytes; a longer file lies on the disk while it is sent


def send_tabel(
    request: HttpRequest, nama: str, tabel: Tabel, saring: Mapping[str, str] | None = None
) -> HttpResponse:
    """The list as XLSX, or with `?bentuk=csv` as CSV.

    `nama` is its name in the audit log and in the name of the file, `saring` the filter in force.
    Whether this person may have it is asked before.
    """
    bentuk = "csv" if request.GET.get("bentuk") == "csv" else "xlsx"
    record_buku(request, nama, bentuk, saring or {})
    return _named(request, _write(bentuk, tabel), nama, bentuk)


def send_buku(
    request: HttpRequest, nama: str, tables: Iterable[Tabel], saring: Mapping[str, str]
) -> HttpResponse:
    """Several lists as the sheets of one XLSX file, recorded as `send_tabel` does."""
    record_buku(request, nama, "xlsx", saring)
    return _named(request, _book(tables), nama, "xlsx")


def record_buku(request: HttpRequest, nama: str, bentuk: str, saring: Mapping[str, str]) -> None:
    """Record that a file of this kind is being taken, unless only its head is asked for."""
    if request.method == "GET":
        record_unduhan_daftar(
            edisi=request.edisi, daftar=nama, bentuk=bentuk, saring=saring, oleh=request.user
        )


def _named(request: HttpRequest, response: HttpResponse, nama: str, bentuk: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{nama}-{request.edisi.kode}.{bentuk}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _write(bentuk: str, tabel: Tabel) -> HttpResponse:
    """The file, written row by row."""
    if bentuk == "csv":
        lines = csv_lines(kolom=tabel.kolom, rows=tabel.baris)
        return StreamingHttpResponse(lines, content_type=CSV)
    return _book([tabel])


def _book(tables: Iterable[Tabel]) -> HttpResponse:
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    write_book(file, tables)
    file.seek(0)
    return FileResponse(file, content_type=XLSX)


def chosen(request: HttpRequest, *names: str) -> dict[str, str]:
    """The words of a page's filter by these names, as the address carries them."""
    return {name: request.GET.get(name, "").strip()[:100] for name in names}
