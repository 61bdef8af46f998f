"""The scores of a stage as files, for the circle of the plenary; each time is recorded."""

from io import BytesIO

from django.http import Http404
from django.views.decorators.http import require_safe

from evaluasi.pdf import render_lembar_nilai, render_matriks_nilai
from evaluasi.queries.ekspor_nilai import (
    PART_LEMBAR,
    PART_MATRIKS,
    bahan_of,
    parts_of,
    tables_of,
)
from evaluasi.queries.rencana import find_tahap_dinilai, tahap_dinilai
from evaluasi.views.doors import PDF, for_panitia
from kompetisi import clock
from kompetisi.ui import file_response, render_page
from kompetisi.views.unduhan import record_buku, send_buku

LIHAT = "nilai.lihat"
DOCUMENTS = {
    "matriks": (render_matriks_nilai, PART_MATRIKS),
    "lembar": (render_lembar_nilai, PART_LEMBAR),
}


def material(request, kode: str):
    """The stage and track asked for, as this reader may take them; 404 where there is none."""
    tahap = find_tahap_dinilai(request.edisi, kode)
    tracks = list(request.edisi.jalur.all())
    asked = request.GET.get("jalur")
    jalur = next((row for row in tracks if row.kode == asked), tracks[0] if tracks else None)
    if tahap is None or jalur is None or (asked and jalur.kode != asked):
        raise Http404
    return bahan_of(tahap, jalur, request.user)


@require_safe
@for_panitia(LIHAT)
def unduhan(request, kode):
    """What can be taken along of a stage and track."""
    bahan = material(request, kode)
    return render_page(
        request,
        "evaluasi/panitia/unduhan_nilai.html",
        {
            "tahap": bahan.tahap,
            "jalur": bahan.jalur,
            "semua_tahap": tahap_dinilai(request.edisi),
            "semua_jalur": request.edisi.jalur.all(),
            "tersembunyi": bahan.tersembunyi,
            "bahan": bahan,
            "bagian": [
                (name, [(1 + i * size, i * size + len(part)) for i, part in enumerate(parts)])
                for name, (_, size) in DOCUMENTS.items()
                for parts in [parts_of(bahan, size)]
            ],
        },
    )


@require_safe
@for_panitia(LIHAT)
def buku(request, kode):
    """Everything as one workbook."""
    bahan = material(request, kode)
    name = f"nilai-{bahan.tahap.kode}-{bahan.jalur.kode}"
    tables = tables_of(bahan, request.user, clock.now())
    return send_buku(request, name, tables, {"jalur": bahan.jalur.kode})


@require_safe
@for_panitia(LIHAT)
def pdf(request, kode, isi):
    """The matrix or the sheets as PDF: a part of the list, or with `pendaftaran` one entry."""
    if isi not in DOCUMENTS:
        raise Http404
    bahan = material(request, kode)
    render, size = DOCUMENTS[isi]
    part, entries = chosen_part(request, bahan, size)
    name = f"nilai-{isi}-{bahan.tahap.kode}-{bahan.jalur.kode}"
    record_buku(request, name, "pdf", {"jalur": bahan.jalur.kode, "bagian": part})
    content = render(bahan, entries, request.user, clock.now())
    return file_response(
        BytesIO(content), f"{name}-{part}-{request.edisi.kode}.pdf", PDF, unduh=True
    )


def chosen_part(request, bahan, size: int) -> tuple[str, list[int]]:
    """The entries asked for and what to call them; 404 for a part that is not there."""
    kode = request.GET.get("pendaftaran")
    if kode:
        found = [pk for pk, row in bahan.entri.items() if row.kode == kode]
        if not found:
            raise Http404
        return kode, found
    parts = parts_of(bahan, size)
    asked = request.GET.get("bagian", "1")
    if not asked.isdecimal() or not 0 < int(asked) <= max(len(parts), 1):
        raise Http404
    return asked, parts[int(asked) - 1] if parts else []
