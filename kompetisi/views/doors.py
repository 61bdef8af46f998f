"""What the committee's pages of the core ask first."""

from django.http import Http404, HttpRequest

from kompetisi.rules.matriks import PANITIA, check_aksi


def require_aksi(request: HttpRequest, aksi: str) -> None:
    """404 for those outside the committee, a reasoned 403 for those within."""
    if not PANITIA.intersection(request.peran):
        raise Http404
    check_aksi(aksi, request.peran).require()
