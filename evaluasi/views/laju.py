"""Progress of a stage day by day, and signs of sheets filled without reading; for the committee."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from evaluasi.queries.evaluator import evaluator_visible_to
from evaluasi.queries.kejujuran import bacaan_list, locks_by_day, tanda_visible_to
from evaluasi.queries.laju import days_of
from evaluasi.queries.lembar import lembar_visible_to
from evaluasi.queries.lembar_sah import reader_names
from evaluasi.queries.rencana import find_tahap_dinilai, tahap_dinilai
from evaluasi.rules.kejujuran import MIN_HURUF, MIN_SAMA, find_petunjuk
from evaluasi.rules.laju import chart
from evaluasi.views.doors import for_panitia
from kompetisi.ui import paginate, render_page

LIHAT = "nilai.lihat"


def get_tahap(request, kode: str):
    """A scored stage of the edition, or 404."""
    tahap = find_tahap_dinilai(request.edisi, kode)
    if tahap is None:
        raise Http404
    return tahap


@require_safe
@for_panitia(LIHAT)
def laju(request, kode):
    """Burn-down of a stage and of each evaluator, with the signs beside; a page of evaluators."""
    tahap = get_tahap(request, kode)
    locks, totals, first = locks_by_day(tahap, request.user)
    days = days_of(tahap, first)
    whole: dict = {}
    for found in locks.values():
        for day, n in found.items():
            whole[day] = whole.get(day, 0) + n
    names = reader_names(totals)
    page = paginate(request, sorted(totals, key=lambda pk: (names[pk].casefold(), pk)))
    rows = tanda_visible_to(request.user, tahap, list(page.object_list))
    signs = find_petunjuk(rows)
    copies = {row.lembar: row.evaluator for row in rows}
    page.object_list = [
        {
            "pk": pk,
            "nama": names[pk],
            "laju": chart(totals[pk], locks.get(pk, {}), days),
            "salinan": sum(copies[next(iter(row.lembar))] == pk for row in signs.salinan),
            **signs.of(pk),
        }
        for pk in page.object_list
    ]
    return render_page(
        request,
        "evaluasi/panitia/laju.html",
        {
            "tahap": tahap,
            "semua_tahap": tahap_dinilai(request.edisi),
            "semua": chart(sum(totals.values()), whole, days),
            "halaman": page,
            **LIMITS,
        },
    )


LIMITS = {"min_sama": MIN_SAMA, "min_huruf": MIN_HURUF}


@require_safe
@for_panitia(LIHAT)
def bacaan(request, kode, pk):
    """What one evaluator read for the sheets of a stage, and the signs; `lembar` opens one."""
    tahap = get_tahap(request, kode)
    row = get_object_or_404(evaluator_visible_to(request.user, request.edisi), pk=pk)
    rows = tanda_visible_to(request.user, tahap, [row.pk])
    asked = request.GET.get("lembar", "")
    chosen = next((r for r in rows if str(r.lembar) == asked), None)
    page = paginate(request, rows)
    return render_page(
        request,
        "evaluasi/panitia/bacaan.html",
        {
            "tahap": tahap,
            "evaluator": row,
            "petunjuk": find_petunjuk(rows),
            "halaman": page,
            "pilih": chosen,
            "dokumen": documents(request.user, chosen) if chosen else [],
            **LIMITS,
        },
    )


def documents(user, tanda) -> list[dict]:
    """The documents of a sheet that this reader may see."""
    row = get_object_or_404(lembar_visible_to(user), pk=tanda.lembar)
    return bacaan_list(row.pk)
