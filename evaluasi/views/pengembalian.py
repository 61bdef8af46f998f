"""An evaluator accepts assignments, gives one back, or steps back from it because of a conflict."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from evaluasi.actions.pengembalian import accept_penugasan, decline_penugasan, recuse_self
from evaluasi.forms.penugasan import PengembalianForm
from evaluasi.queries.penugasan import penugasan_own
from evaluasi.queries.rencana import find_tahap_dinilai
from evaluasi.queries.samaran import mask_penugasan
from evaluasi.views.doors import for_ready_evaluator
from kompetisi.errors import NotAllowedError
from kompetisi.ui import render_page


@require_POST
@for_ready_evaluator
def terima(request, kode):
    """Accept all own assignments of a stage."""
    tahap = find_tahap_dinilai(request.edisi, kode)
    if tahap is None or not penugasan_own(request.user).filter(tahap=tahap).exists():
        raise Http404
    count = accept_penugasan(tahap=tahap, oleh=request.user)
    messages.success(request, f"{count} penugasan Anda terima.")
    return redirect("evaluasi:dasbor")


@require_http_methods(["GET", "HEAD", "POST"])
@for_ready_evaluator
def pengembalian(request, pk):
    """Give one assignment back, or declare the conflict that was discovered while reading."""
    rows = penugasan_own(request.user).select_related(
        "tahap__edisi", "evaluator__edisi", "evaluator__pengguna",
        "pendaftaran__instansi", "pendaftaran__unit", "lembar",
    )  # fmt: skip
    row = get_object_or_404(rows, pk=pk)
    mask_penugasan(row)
    form = PengembalianForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return carry_out(request, row, **form.cleaned_data)
        except NotAllowedError as error:
            form.add_error(None, error.alasan)
    return render_page(
        request,
        "evaluasi/pengembalian.html",
        {"penugasan": row, "pendaftaran": row.pendaftaran, "form": form},
        status=422 if form.is_bound else 200,
    )


def carry_out(request, row, *, sebab: str, alasan: str):
    """Do what was chosen; from then on nothing of the entry is shown to this person."""
    if sebab == "benturan":
        ended = recuse_self(penugasan=row, alasan=alasan, oleh=request.user)
        text = f"Benturan kepentingan tercatat; {len(ended)} penugasan Anda berakhir karenanya."
    else:
        decline_penugasan(penugasan=row, alasan=alasan, oleh=request.user)
        text = "Penugasan Anda kembalikan."
    messages.success(request, f"{text} Ketua tim evaluasi diberi tahu dan mencari pengganti.")
    return redirect("evaluasi:dasbor")
