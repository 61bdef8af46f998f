"""The chair's matrix of scores, and reopening of sheets."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from evaluasi.actions.lembar import reopen_lembar
from evaluasi.forms.penugasan import AlasanForm
from evaluasi.queries.diskusi import diskusi_by_entry, request_for
from evaluasi.queries.kemajuan import progress_of
from evaluasi.queries.lembar import keadaan_lembar, lembar_visible_to
from evaluasi.queries.matriks_nilai import entries_scored, filter_scored, sheets_of
from evaluasi.queries.nilai import nilai_tahap
from evaluasi.queries.rencana import find_tahap_dinilai, loads_of, readers_wanted, tahap_dinilai
from evaluasi.rules.lembar import can_reopen
from evaluasi.rules.pembaca_ketiga import aturan_ketiga
from evaluasi.views.doors import for_panitia
from kompetisi import clock
from kompetisi.queries.edisi import closing_instant, keadaan_of
from kompetisi.ui import paginate, render_page

LIHAT = "nilai.lihat"


@require_safe
@for_panitia(LIHAT)
def awal(request):
    """Go to the matrix of the stage that is running, else of the first."""
    stages = tahap_dinilai(request.edisi)
    if not stages:
        raise Http404
    now = clock.now()
    begun = [t for t in stages if t.mulai <= now]
    return redirect("evaluasi_panitia:nilai-tahap", (begun or stages[:1])[-1].kode)


@require_safe
@for_panitia(LIHAT)
def matriks(request, kode):
    """Entries x readers of a stage: totals of locked sheets, gaps, what is missing."""
    tahap = find_tahap_dinilai(request.edisi, kode)
    if tahap is None:
        raise Http404
    rule = aturan_ketiga(request.edisi.aturan)
    asked = request.GET
    rows = filter_scored(
        entries_scored(request.user, tahap),
        cari=asked.get("cari", ""),
        saring=asked.get("saring", ""),
        jalur=asked.get("jalur", ""),
        urut=asked.get("urut", ""),
        ambang=rule.selisih if rule else None,
    )
    page = paginate(request, rows)
    page.object_list = list(page.object_list)
    fill_rows(page.object_list, request.edisi, tahap, rule)
    talks = diskusi_by_entry(request.user, tahap, [row.pk for row in page.object_list])
    for row in page.object_list:
        row.bicara = talks.get(row.pk)
    loads = [row for row in loads_of(tahap) if row["dirilis"]]
    return render_page(
        request,
        "evaluasi/panitia/nilai.html",
        {
            "tahap": tahap,
            "semua_tahap": tahap_dinilai(request.edisi),
            "keadaan": keadaan_of(request.edisi, tahap.jenis, clock.now()),
            "penutupan": closing_instant(tahap),
            "halaman": page,
            "kolom": range(1, columns_of(page.object_list, readers_wanted(tahap)) + 1),
            "maju": progress_of(tahap, request.user),
            "beban": loads,
            "saring": asked,
            "jalur": request.edisi.jalur.all(),
            "aturan": rule if tahap.jenis == "dokumen" else None,
        },
        fragment="evaluasi/panitia/_matriks.html",
    )


def fill_rows(rows: list, edisi, tahap, rule) -> None:
    """Put the sheets and the official score of a page's entries on them."""
    keys = [row.pk for row in rows]
    sheets = sheets_of(tahap, keys)
    scores = {row.pendaftaran_id: row for row in nilai_tahap(edisi, tahap, keys)}
    for row in rows:
        row.lembar = sheets.get(row.pk, [])
        row.skor = scores.get(row.pk)
        row.lebar = bool(rule and row.selisih is not None and row.selisih > rule.selisih)


def columns_of(rows: list, wanted: int) -> int:
    """How many readers the widest row of a page has."""
    return max([wanted, *(len(row.lembar) for row in rows)])


@require_http_methods(["GET", "HEAD", "POST"])
@for_panitia("lembar.buka")
def pembukaan(request, pk):
    """Reopen a locked sheet, with the reason; by the chair."""
    row = get_object_or_404(lembar_visible_to(request.user), pk=pk)
    form = AlasanForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reopen_lembar(lembar=row, alasan=form.cleaned_data["alasan"], oleh=request.user)
        messages.success(request, "Lembar dibuka kembali dan evaluatornya diberi tahu.")
        return redirect("evaluasi_panitia:nilai-tahap", row.penugasan.tahap.kode)
    return render_page(
        request,
        "evaluasi/panitia/pembukaan.html",
        {
            "lembar": row,
            "pendaftaran": row.penugasan.pendaftaran,
            "form": form,
            "verdict": can_reopen(keadaan_lembar(row, request.user), "alasan"),
            "permintaan": request_for(row),
        },
        status=422 if form.is_bound else 200,
    )
