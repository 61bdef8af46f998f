"""The lists of the award as files, for those who see their pages."""

from django.views.decorators.http import require_safe

from kompetisi.views.unduhan import send_tabel
from penghargaan.queries.ekspor import tabel_piagam, tabel_pleno
from penghargaan.views.pintu import for_circle, get_pleno


@require_safe
@for_circle("pleno.lihat")
def pleno(request):
    """The plenary's list."""
    return send_tabel(request, "pleno", tabel_pleno(request.user, get_pleno(request)))


@require_safe
@for_circle("pleno.lihat")
def piagam(request):
    """The certificates."""
    return send_tabel(request, "piagam", tabel_piagam(request.peran, request.edisi))
