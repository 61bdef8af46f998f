"""Liveness and readiness, for the service manager and the load balancer."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kompetisi.queries.layanan import layanan_state


@login_not_required
@never_cache
@require_safe
def sehat(request: HttpRequest) -> JsonResponse:
    """The process lives and answers; nothing else is asked."""
    return JsonResponse({"status": "sehat"})


@login_not_required
@never_cache
@require_safe
def siap(request: HttpRequest) -> JsonResponse:
    """Whether database, broker and storage serve: 200, or 503 with which one does not."""
    state = layanan_state()
    ready = all(value == "siap" for value in state.values())
    status = "siap" if ready else "belum siap"
    return JsonResponse({"status": status, "layanan": state}, status=200 if ready else 503)
