"""The committee's lists of the evaluation as files: what its pages show, with their filters."""

from django.http import Http404
from django.views.decorators.http import require_safe

from evaluasi.queries.ekspor import (
    tabel_evaluator,
    tabel_lapangan,
    tabel_penugasan,
    tabel_wawancara,
)
from evaluasi.queries.rencana import find_tahap_dinilai
from evaluasi.views import lapangan as kunjungan
from evaluasi.views import wawancara as sesi
from evaluasi.views.doors import for_panitia
from kompetisi import clock
from kompetisi.views.unduhan import chosen, send_tabel

LIHAT = "penugasan.lihat"


@require_safe
@for_panitia(LIHAT)
def evaluator(request):
    """The evaluation team and how far each has come."""
    return send_tabel(request, "evaluator", tabel_evaluator(request.user, request.edisi))


@require_safe
@for_panitia(LIHAT)
def penugasan(request, kode):
    """The assignments of a stage."""
    tahap = find_tahap_dinilai(request.edisi, kode)
    if tahap is None:
        raise Http404
    saring = chosen(request, "cari", "evaluator", "kurang")
    tabel = tabel_penugasan(request.user, tahap, saring)
    return send_tabel(request, f"penugasan-{kode}", tabel, saring)


@require_safe
@sesi.for_stage
def wawancara(request):
    """The timetable of interviews."""
    saring = chosen(request, "cari", "saring")
    tabel = tabel_wawancara(request.user, request.tahap, request.aturan, saring, clock.now())
    return send_tabel(request, "wawancara", tabel, saring)


@require_safe
@kunjungan.for_stage
def lapangan(request):
    """The site visits."""
    saring = chosen(request, "cari", "saring")
    return send_tabel(
        request, "lapangan", tabel_lapangan(request.user, request.tahap, saring), saring
    )
