"""The evaluator's own pages: what is left to judge, the pact, the declaration of conflicts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html_join
from django.views.decorators.http import require_http_methods, require_safe

from evaluasi.actions.benturan import Pernyataan, declare_benturan, sign_pakta
from evaluasi.forms.evaluator import BenturanFormSet, PaktaForm, PernyataanForm, RiwayatFormSet
from evaluasi.queries.benturan import benturan_declared, benturan_derived, riwayat_list
from evaluasi.queries.dasbor import filter_board, next_penugasan, penugasan_board, stages_of
from evaluasi.queries.evaluator import suggest_instansi
from evaluasi.queries.laju import own_laju
from evaluasi.queries.lembar import lembar_own
from evaluasi.queries.samaran import mask_penugasan
from evaluasi.rules.benturan import riwayat_tahun
from evaluasi.rules.samaran import is_masked
from evaluasi.views.doors import for_evaluator, for_ready_evaluator
from kompetisi import clock
from kompetisi.ui import paginate, render_page


@require_safe
@for_ready_evaluator
def dasbor(request):
    """Assignments of one stage, with progress, time left and the next sheet."""
    now = clock.now()
    stages = stages_of(request.user, request.edisi, now)
    chosen = choose_stage(stages, request.GET.get("tahap", ""))
    context = {"tahap_saya": stages, "pilih": chosen, "saring": request.GET}
    if chosen:
        rows = penugasan_board(request.user, request.edisi).filter(tahap=chosen["tahap"])
        rows = filter_board(
            rows,
            status=request.GET.get("status", ""),
            cari=request.GET.get("cari", ""),
            samar=is_masked(request.edisi.aturan, chosen["tahap"].jenis),
        )
        page = paginate(request, rows)
        page.object_list = list(page.object_list)
        for row in page.object_list:
            row.url = sheet_url(row)
            mask_penugasan(row)
        context["halaman"] = page
        context["lanjut_url"] = next_url(request.user, chosen["tahap"].pk)
        if "HX-Request" not in request.headers:
            context["laju"] = own_laju(request.user, chosen["tahap"])
    return render_page(request, "evaluasi/dasbor.html", context, fragment="evaluasi/_tugas.html")


def sheet_url(penugasan) -> str:
    """Where the sheet of an assignment is filled; empty while it has none."""
    lembar = getattr(penugasan, "lembar", None)
    return reverse("evaluasi:lembar", args=[lembar.pk]) if lembar else ""


def next_url(user, tahap: int) -> str:
    """Where the next sheet of a stage is filled; empty when none is left."""
    found = next_penugasan(user, tahap)
    lembar = lembar_own(user).filter(penugasan=found).first() if found else None
    return reverse("evaluasi:lembar", args=[lembar.pk]) if lembar else ""


def choose_stage(stages: list[dict], kode: str) -> dict | None:
    """The stage asked for, else the one running, else the last."""
    for row in stages:
        if row["tahap"].kode == kode:
            return row
    running = [row for row in stages if row["keadaan"] == "berjalan"]
    return (running or stages or [None])[-1]


@require_http_methods(["GET", "HEAD", "POST"])
@for_evaluator
def pakta(request):
    """The integrity pact: read and agreed to once."""
    evaluator = request.evaluator
    form = PaktaForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sign_pakta(evaluator=evaluator, oleh=request.user)
        messages.success(request, "Pakta integritas telah Anda setujui.")
        return redirect("evaluasi:benturan")
    return render_page(
        request,
        "evaluasi/pakta.html",
        {
            "form": form,
            "evaluator": evaluator,
            "teks": request.edisi.aturan.get("pakta_integritas", ""),
            "pakta": getattr(evaluator, "pakta", None) if evaluator.pakta_ada else None,
        },
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_evaluator
def benturan(request):
    """Declare conflicts, the first time or later; those derived are shown too."""
    evaluator = request.evaluator
    if not evaluator.pakta_ada:
        return redirect("evaluasi:pakta")
    bound = request.POST if request.method == "POST" else None
    rows, form = BenturanFormSet(bound, prefix="b"), PernyataanForm(bound)
    # A page from before this part was asked for carries none of it.
    ties = RiwayatFormSet(bound if bound and "r-TOTAL_FORMS" in bound else None, prefix="r")
    valid = bound is not None and all(
        part.is_valid() for part in (rows, form, *([ties] if ties.is_bound else []))
    )
    if valid:
        given = [
            Pernyataan(row["instansi"], row["alasan"])
            for row in rows.cleaned_data
            if row.get("instansi")
        ]
        if bool(given) != form.cleaned_data["tidak_ada"]:
            return store_benturan(request, given, riwayat_given(ties))
        form.add_error(
            "tidak_ada",
            "Isi instansinya, atau centang bahwa tidak ada benturan kepentingan lain."
            if not given
            else "Hapus centang ini, karena Anda menyebut instansi.",
        )
    return render_page(
        request,
        "evaluasi/benturan.html",
        {
            "evaluator": evaluator,
            "form": form,
            "baris": rows,
            "baris_riwayat": ties,
            "riwayat": riwayat_list(evaluator),
            "riwayat_sejak": request.edisi.tahun - riwayat_tahun(request.edisi.aturan),
            "dinyatakan": benturan_declared(evaluator),
            "turunan": benturan_derived(evaluator),
        },
        status=422 if bound is not None else 200,
    )


def riwayat_given(ties) -> list:
    """The earlier ties of the rows that were filled in."""
    filled = ties.cleaned_data if ties.is_bound else []
    return [row["riwayat"] for row in filled if row.get("riwayat")]


def store_benturan(request, given: list[Pernyataan], riwayat: list):
    """Carry the declaration out and say what followed."""
    ended = declare_benturan(
        evaluator=request.evaluator, pernyataan=given, riwayat=riwayat, oleh=request.user
    )
    text = "Pernyataan Anda tersimpan."
    if ended:
        text += f" {len(ended)} penugasan Anda berakhir karenanya dan ketua tim diberi tahu."
    messages.success(request, text)
    return redirect("evaluasi:dasbor")


@require_safe
@for_evaluator
def instansi(request):
    """Names of public bodies as one types, for the list of suggestions of a field."""
    return suggestions(request)


def suggestions(request) -> HttpResponse:
    """The options of a datalist; the text is whatever field the request carries."""
    text = next((value for value in request.GET.values() if value.strip()), "")
    options = format_html_join(
        "", '<option value="{}"></option>', ((n,) for n in suggest_instansi(text))
    )
    return HttpResponse(options)
