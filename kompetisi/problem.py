"""Problem details of RFC 9457: how the API and our own scripts are told what went wrong."""

from typing import Any

from django.http import HttpRequest, JsonResponse

TYPE = "application/problem+json"


def problem(
    request: HttpRequest, status: int, title: str, detail: str, **more: Any
) -> JsonResponse:
    """A refusal or fault: `title` for its kind, `detail` a sentence for people, in Indonesian."""
    data = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": getattr(request, "rujukan", ""),
        **more,
    }
    return JsonResponse(data, status=status, content_type=TYPE)
