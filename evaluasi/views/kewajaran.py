"""Fairness of the scores of a stage, for the circle of the plenary: severity, ranks, agreement."""

from django.http import Http404
from django.views.decorators.http import require_safe

from evaluasi.queries.kewajaran import entries_named, kewajaran_of, sepakat_kriteria
from evaluasi.queries.lembar_sah import hidden_entries
from evaluasi.queries.rencana import find_tahap_dinilai, tahap_dinilai
from evaluasi.rules.kecenderungan import MIN_BERSAMA, MIN_LEMBAR
from evaluasi.rules.kesepakatan import ANDAL, MIN_ENTRI, SEMENTARA
from evaluasi.views.doors import for_panitia
from kompetisi import clock
from kompetisi.ui import paginate, render_page

LIHAT = "nilai.lihat"


def context_of(request, kode: str) -> dict:
    """The stage, the chosen track and what follows from its sheets; 404 where there is none."""
    tahap = find_tahap_dinilai(request.edisi, kode)
    tracks = list(request.edisi.jalur.all())
    if tahap is None or not tracks:
        raise Http404
    asked = request.GET.get("jalur")
    jalur = next((row for row in tracks if row.kode == asked), tracks[0])
    return {
        "tahap": tahap,
        "semua_tahap": tahap_dinilai(request.edisi),
        "jalur": jalur,
        "semua_jalur": tracks,
        "wajar": kewajaran_of(tahap, jalur, request.user),
        "tersembunyi": hidden_entries(request.user, tahap, jalur),
        "pada": clock.now(),
    }


@require_safe
@for_panitia(LIHAT)
def kecenderungan(request, kode):
    """Severity of each evaluator, and every entry's official and calibrated score and rank."""
    context = context_of(request, kode)
    rows = chosen(context["wajar"].banding, request.GET)
    page = paginate(request, rows)
    names = entries_named([row.pk for row in page.object_list])
    page.object_list = [(names[row.pk], row) for row in page.object_list]
    return render_page(
        request,
        "evaluasi/panitia/kecenderungan.html",
        context
        | {
            "halaman": page,
            "saring": request.GET,
            "dekat": sum(row.dekat for row in context["wajar"].banding),
            "min_lembar": MIN_LEMBAR,
            "min_bersama": MIN_BERSAMA,
        },
    )


def chosen(rows, asked) -> list:
    """The entries a filter leaves, in the order asked for."""
    if asked.get("saring") == "dekat":
        rows = [row for row in rows if row.dekat]
    if asked.get("urut") == "kalibrasi":
        rows = sorted(
            rows, key=lambda r: (r.rentang.peringkat if r.rentang else r.peringkat, r.peringkat)
        )
    return list(rows)


@require_safe
@for_panitia(LIHAT)
def kesepakatan(request, kode):
    """Agreement on totals and on each criterion, from the sheets locked now."""
    context = context_of(request, kode)
    return render_page(
        request,
        "evaluasi/panitia/kesepakatan.html",
        context
        | {
            "kriteria": sepakat_kriteria(context["wajar"]),
            "andal": ANDAL,
            "sementara": SEMENTARA,
            "min_entri": MIN_ENTRI,
        },
    )
