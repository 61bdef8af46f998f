"""A guard in every test: what no request does itself, because it may take long or fail.

Mail, calls to other servers and background tasks leave from rows, by the worker; a PDF is drawn
where nobody waits for an act to be done. The guard listens to what Python, Celery and WeasyPrint
themselves tell of, and changes nothing; conftest.py fails the test in which something was heard.
"""

import logging
import sys
import threading
from functools import cache

import weasyprint  # noqa: F401 - parses its own style sheets when it is first imported
from celery.signals import before_task_publish
from django.core.mail.backends.locmem import EmailBackend

CALLS = {"smtplib.connect", "http.client.connect"}  # Python's audit events
ASKS = ("/akun/oidc/",)  # signing in through a provider means asking it
READING = ("GET", "HEAD")
found: list[str] = []  # what was heard, by test
_here = threading.local()  # the request that this thread is answering


def guard(get_response):
    """The outermost middleware of the tests: between here and the answer nothing may be heard."""

    def middleware(request):
        _here.method, _here.path = request.method, request.path
        try:
            return get_response(request)
        finally:
            _here.method = _here.path = ""

    return middleware


def note(what: str) -> None:
    """Something was heard; it counts while this thread answers a request."""
    path = getattr(_here, "path", "")
    if path:
        found.append(f"{_here.method} {path}: {what}")


class Drawing(logging.Handler):
    """Hears WeasyPrint's own account of its work; reading a document may draw it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Note one step."""
        if getattr(_here, "method", "") not in READING:
            note(f"PDF {record.getMessage()}")


def _called(event: str, args: tuple) -> None:
    if event in CALLS and not getattr(_here, "path", "").startswith(ASKS):
        note(f"{event} {args[1:]}")


def _hear_mail() -> None:
    """The mail server of the tests tells when it is given a mail."""
    deliver = EmailBackend.send_messages

    def send_messages(self, messages) -> int:
        messages = list(messages)
        for message in messages:
            note(f"surel {message.subject}")
        return deliver(self, messages)

    EmailBackend.send_messages = send_messages


def _published(sender: str, **_kwargs) -> None:
    note(f"tugas {sender}")


@cache
def listen() -> None:
    """Begin to listen, once in a process."""
    sys.addaudithook(_called)
    before_task_publish.connect(_published, weak=False)
    steps = logging.getLogger("weasyprint.progress")
    steps.setLevel(logging.INFO)
    steps.propagate = False
    steps.addHandler(Drawing())
    _hear_mail()
