"""What all of an agency's pages share: how they are asked, and which entry."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from registrasi.queries.pendaftaran import pendaftaran_of

WRITE = require_http_methods(["GET", "HEAD", "POST"])


def get_entry(request: HttpRequest, kode: str):
    """The entry with this code if this person may see it, else 404."""
    return get_object_or_404(pendaftaran_of(request.user), kode=kode)
