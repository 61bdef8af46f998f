"""Stopping one kind of mail from the mail itself, without signing in (RFC 2369, RFC 8058)."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kompetisi.actions.pilihan import refuse_jenis
from kompetisi.rules.berhenti import read_tanda
from kompetisi.ui import render_page


@csrf_exempt  # a mail program posts from nowhere; the token says that its reader asked for it
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def berhenti(request: HttpRequest, tanda: str) -> HttpResponse:
    """GET asks, since programs that look for viruses follow links; POST does it, twice as once."""
    found = read_tanda(tanda)
    if found is None:
        raise Http404
    pengguna, jenis = found
    done = request.method == "POST"
    if done:
        refuse_jenis(pengguna=pengguna, jenis=jenis)
    return render_page(request, "kompetisi/berhenti.html", {"jenis": jenis, "sudah": done})
