"""Whether the stored scores are those that were locked, for the circle of the plenary."""

from django.views.decorators.http import require_safe

from evaluasi.queries.periksa_nilai import check_nilai, lembar_named
from evaluasi.views.doors import for_panitia
from kompetisi import clock
from kompetisi.ui import render_page


@require_safe
@for_panitia("nilai.lihat")
def periksa(request):
    """Compare every sheet of the edition with its seal and the audit log, and name what differs."""
    hasil = check_nilai(request.edisi)
    keys = [beda.lembar for beda in hasil.beda]
    known = {row.pk: row for row in lembar_named(request.user, request.edisi, keys)}
    return render_page(
        request,
        "evaluasi/panitia/periksa_nilai.html",
        {
            "hasil": hasil,
            "beda": [(beda, known.get(beda.lembar)) for beda in hasil.beda],
            "pada": clock.now(),
        },
    )
