"""An entry's dossier to take along, for everybody who may see the entry.

A small one is made while its reader waits, a large one in the background.
"""

import tempfile

from django.conf import settings
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kompetisi.rules.matriks import PANITIA
from kompetisi.ui import file_response, render_page
from registrasi.actions.akses import note_akses
from registrasi.actions.arsip import request_arsip
from registrasi.actions.dosir import write_dosir
from registrasi.actions.unduhan import record_unduhan_dosir
from registrasi.pdf import render_isian
from registrasi.queries.arsip import bytes_of, dosir_files, keadaan_arsip
from registrasi.views.doors import get_entry
from registrasi.views.penyajian import page_before

IN_MEMORY = 1024 * 1024  # bytes; a longer archive lies on the disk while it is sent
RINCI = "registrasi:rinci"
TIPE = {"zip": "application/zip", "pdf": "application/pdf"}


@require_safe
def dosir(request: HttpRequest, kode: str, bentuk: str) -> HttpResponse:
    """All files with their hashes as a ZIP, or the answers as one PDF; recorded.

    A ZIP that is too large to wait for has a page of its own.
    """
    row = get_entry(request, kode)
    if bentuk not in TIPE:
        raise Http404
    files = dosir_files(row) if bentuk == "zip" else []
    if is_large(bytes_of(files)):
        return redirect("registrasi:arsip", row.kode)
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    if request.method == "GET":
        record_taking(request, row, bentuk, files)
        if bentuk == "zip":
            write_dosir(pendaftaran=row, file=file)
        else:
            file.write(render_isian(row))
    file.seek(0)
    return file_response(file, f"{row.kode}.{bentuk}", TIPE[bentuk], unduh=True)


def is_large(total: int) -> bool:
    """Whether so many bytes of files are made in the background."""
    return total > settings.DOSSIER_NOW_BYTES


def record_taking(request: HttpRequest, row, bentuk: str, files: list) -> None:
    """Note who takes the dossier, and each file in it."""
    record_unduhan_dosir(pendaftaran=row, bentuk=bentuk, oleh=request.user)
    if files:
        note_akses(
            berkas=[bukti.berkas for _, bukti in files],
            oleh=request.user,
            cara="arsip",
            halaman=page_before(request),
        )


@require_http_methods(["GET", "HEAD", "POST"])
def arsip(request: HttpRequest, kode: str) -> HttpResponse:
    """A large dossier: ask for it, see how far it is, take it; htmx asks for its state alone."""
    row = get_entry(request, kode)
    keadaan = keadaan_arsip(row)
    if not is_large(keadaan.total):
        return redirect("registrasi:dosir", row.kode, "zip")
    if request.method == "POST":
        request_arsip(pendaftaran=row, oleh=request.user)
        return redirect("registrasi:arsip", row.kode)
    return render_page(
        request,
        "registrasi/arsip.html",
        {"pendaftaran": row, "keadaan": keadaan, "kembali": page_of_entry(request, row)},
        fragment="registrasi/_arsip.html",
    )


def page_of_entry(request: HttpRequest, row) -> str:
    """The page of the entry that this person comes from."""
    page = "registrasi_panitia:pendaftaran-rinci" if PANITIA.intersection(request.peran) else RINCI
    return reverse(page, args=[row.kode])


@require_safe
def arsip_unduh(request: HttpRequest, kode: str) -> HttpResponse:
    """The large dossier, once it is ready and while the entry is what it was made of."""
    row = get_entry(request, kode)
    keadaan = keadaan_arsip(row)
    if keadaan.keadaan != "siap":
        messages.info(request, "Arsip ini belum siap atau tidak disimpan lagi.")
        return redirect("registrasi:arsip", row.kode)
    try:
        content = default_storage.open(keadaan.arsip.kunci)
    except FileNotFoundError as error:
        raise Http404 from error
    if request.method == "GET":
        record_taking(request, row, "zip", dosir_files(row))
    return file_response(content, f"{row.kode}.zip", TIPE["zip"], unduh=True)
