"""What pages ask first: whether this person may, and whether this address asks too often."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import Http404, HttpRequest

from kompetisi import clock
from kompetisi.rules.matriks import PANITIA, check_aksi


def require_aksi(request: HttpRequest, aksi: str) -> None:
    """404 for those outside the committee, a reasoned 403 for those within."""
    if not PANITIA.intersection(request.peran):
        raise Http404
    check_aksi(aksi, request.peran).require()


def asked_too_often(request: HttpRequest, tentang: str, per_menit: int) -> bool:
    """Whether this address has asked about this more often in this minute than it may.

    By the address alone: whatever else a request carries, its sender can vary.
    """
    minute = int(clock.real_now().timestamp() // 60)
    key = f"{tentang}:{get_adapter().get_client_ip(request)}:{minute}"
    if cache.add(key, 1, 120):
        return False
    try:
        return cache.incr(key) > per_menit
    except ValueError:  # it ran out between the two questions
        return False
