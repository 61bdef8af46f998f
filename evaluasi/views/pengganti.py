"""The chair's page of places that became empty, with the reader proposed for each."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from evaluasi.actions.pengembalian import assign_pengganti
from evaluasi.forms.penugasan import PenggantiForm
from evaluasi.queries.evaluator import evaluator_visible_to
from evaluasi.queries.pengganti import propose_pengganti
from evaluasi.queries.rencana import places_to_fill
from evaluasi.views.doors import for_panitia
from evaluasi.views.penugasan import ATUR, LIHAT, get_penugasan, get_stage, stage_context, warn
from kompetisi.ui import paginate, render_page

A_PAGE = 10  # a proposal is worked out for each


@require_safe
@for_panitia(LIHAT)
def daftar(request, kode):
    """Places that were declined or ended by a conflict, with who would take each."""
    stage = get_stage(request, kode)
    page = paginate(request, places_to_fill(stage, request.user), A_PAGE)
    page.object_list = propose_pengganti(stage, list(page.object_list))
    return render_page(
        request,
        "evaluasi/panitia/pengganti.html",
        stage_context(request, stage) | {"halaman": page},
    )


@require_POST
@for_panitia(ATUR)
def tugaskan(request, kode, pk):
    """Give the place to the proposed reader, released at once."""
    stage, row = get_stage(request, kode), get_penugasan(request, kode, pk)
    form = PenggantiForm(request.POST)
    chosen = form.cleaned_data["evaluator"] if form.is_valid() else None
    people = evaluator_visible_to(request.user, request.edisi)
    new = assign_pengganti(
        penugasan=row,
        evaluator=get_object_or_404(people, pk=chosen) if chosen else None,
        oleh=request.user,
    )
    messages.success(
        request, f"{new.evaluator.pengguna} menjadi pembaca pengganti {row.pendaftaran.kode}."
    )
    warn(request, stage, row.pendaftaran, new.evaluator)
    return redirect("evaluasi_panitia:pengganti", kode)
