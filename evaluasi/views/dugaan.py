"""Suggested conflicts that the committee confirms or sets aside."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from evaluasi.actions.dugaan import seek_all
from evaluasi.actions.putusan_dugaan import confirm_dugaan, ignore_dugaan
from evaluasi.queries.dugaan import dugaan_open
from evaluasi.views.doors import for_panitia

CATAT = "benturan.catat"


@require_POST
@for_panitia(CATAT)
def cari(request):
    """Look again at all active evaluators."""
    new = seek_all(edisi=request.edisi, oleh=request.user)
    messages.success(request, f"Pencarian selesai; {new} dugaan baru.")
    return redirect("evaluasi_panitia:evaluator")


@require_POST
@for_panitia(CATAT)
def benarkan(request, pk):
    """Make a suggestion a conflict."""
    row = get_object_or_404(dugaan_open(request.edisi), pk=pk)
    ended = confirm_dugaan(dugaan=row, alasan=request.POST.get("alasan", ""), oleh=request.user)
    messages.success(
        request,
        f"{row.evaluator.pengguna} kini berbenturan dengan {row.instansi}; "
        f"{len(ended)} penugasan berakhir.",
    )
    return redirect("evaluasi_panitia:evaluator")


@require_POST
@for_panitia(CATAT)
def abaikan(request, pk):
    """Set a suggestion aside."""
    row = get_object_or_404(dugaan_open(request.edisi), pk=pk)
    ignore_dugaan(dugaan=row, alasan=request.POST.get("alasan", ""), oleh=request.user)
    messages.success(request, f"Dugaan tentang {row.instansi} diabaikan; alasannya dicatat.")
    return redirect("evaluasi_panitia:evaluator")
