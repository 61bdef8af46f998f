"""Who gets in: the plenary's circle and the committee; everybody else learns of no page."""

from functools import wraps

from django.http import Http404

from kompetisi.rules.matriks import MATRIKS, PENGAMAT
from kompetisi.views.doors import asked_too_often
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


PER_MINUTE = 60  # questions about codes and files from one address, by page and API together


def too_many(request) -> bool:
    """Whether this address asks about documents more often than people do."""
    return asked_too_often(request, "verifikasi", PER_MINUTE)
