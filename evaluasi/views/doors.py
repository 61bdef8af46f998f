"""Who comes through which door of the evaluation, and files sent to readers."""

from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from evaluasi.queries.penugasan import evaluator_of
from evaluasi.rules.benturan import is_ready
from kompetisi.rules.matriks import EVALUATOR, MATRIKS
from registrasi.views.penyajian import send_berkas as give_out

PDF = "application/pdf"
# The browser's PDF viewer does not start in a sandboxed frame; a PDF gets the rest of the rules.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def for_evaluator(view):
    """Let evaluators of the edition through; everybody else gets 404."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.edisi or EVALUATOR not in request.peran:
            raise Http404
        request.evaluator = evaluator_of(request.user, request.edisi)
        if request.evaluator is None:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def for_ready_evaluator(view):
    """Send an evaluator to the pact and the declaration until both are made."""

    @wraps(view)
    @for_evaluator
    def guarded(request, *args, **kwargs):
        evaluator = request.evaluator
        if not is_ready(evaluator, pakta=evaluator.pakta_ada):
            if evaluator.pakta_ada:
                return redirect("evaluasi:benturan")
            return redirect("evaluasi:pakta")
        return view(request, *args, **kwargs)

    return guarded


def for_panitia(aksi: str):
    """Let those through whose role has to do with this action; everybody else gets 404."""
    allowed = MATRIKS[aksi].peran

    def wrap(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.edisi or not allowed.intersection(request.peran):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return wrap


def send_berkas(request, stored) -> HttpResponse:
    """A stored file, shown in place beside its sheet; as registrasi gives it out."""
    response = give_out(request, stored)
    if stored.tipe == PDF:
        response["Content-Security-Policy"] = PDF_POLICY
    return response
