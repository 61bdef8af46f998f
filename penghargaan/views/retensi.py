"""What is going to be erased, and when."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kompetisi import clock
from kompetisi.rules.matriks import PANITIA, check_aksi
from kompetisi.ui import render_page
from penghargaan.queries.retensi import retensi_visible_to


@require_safe
def retensi(request: HttpRequest) -> HttpResponse:
    """The preview; beat carries it out."""
    if not request.edisi or not PANITIA.intersection(request.peran):
        raise Http404
    check_aksi("retensi.lihat", request.peran).require()
    now = clock.now()
    context = {"baris": retensi_visible_to(request.peran, request.edisi, now), "kini": now}
    return render_page(request, "penghargaan/panitia/retensi.html", context)
