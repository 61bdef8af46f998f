"""Who gets in: the plenary's circle and the committee; everybody else learns of no page."""

from functools import wraps

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import Http404

from kompetisi import clock
from kompetisi.rules.matriks import MATRIKS, PENGAMAT
from penghargaan.queries.pleno import pleno_visible_to


def for_circle(aksi: str):
    """Let those through whose role has to do with this action, and the observer; others get 404.

    Whether the act is allowed now is asked by the action, which answers 403 with its reason.
    """
    allowed = MATRIKS[aksi].peran | {PENGAMAT}

    def wrap(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.edisi or not allowed.intersection(request.peran):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return wrap


def get_pleno(request):
    """The plenary of the request's edition, or 404."""
    pleno = pleno_visible_to(request.user, request.edisi).first()
    if pleno is None:
        raise Http404
    return pleno


PER_MINUTE = 60  # questions about codes and files from one address


def too_many(request) -> bool:
    """Whether this address has asked more often in this minute than people do."""
    minute = int(clock.real_now().timestamp() // 60)
    key = f"verifikasi:{get_adapter().get_client_ip(request)}:{minute}"
    if cache.add(key, 1, 120):
        return False
    try:
        return cache.incr(key) > PER_MINUTE
    except ValueError:  # it ran out between the two questions
        return False
