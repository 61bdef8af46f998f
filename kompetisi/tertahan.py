"""What somebody was typing when their session ran out, kept for them until they have signed in.

A session may end while somebody writes. Every form that is posted without one is held in the
visitor's new session, which signing in continues, and the page that shows the form offers the text
again to the person who wrote it: a view that builds its form with `typed` fills it, every other
form is filled field by field where the components draw it (`offered`). Files cannot be held.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict

from kompetisi.busy import wants_json
from kompetisi.forms.medan import is_read_only
from kompetisi.masuk import page_of

HELD = "tertahan"  # key of the session
HELD_MOST = 50_000  # characters
WRITER = f"{settings.SESSION_COOKIE_NAME}-penulis"  # cookie
WRITER_SECONDS = 7 * 24 * 3600
FRESH_SECONDS = 24 * 3600
SOMETIMES_SENT = (
    forms.CheckboxInput,
    forms.CheckboxSelectMultiple,
    forms.FileInput,
    forms.RadioSelect,
    forms.SelectMultiple,
)


def remember_writer(request: HttpRequest, response: HttpResponse) -> None:
    """Leave a signed cookie that says who reads the pages of this browser; it outlives the session.

    Only a browser in which somebody has signed in has it, so that strangers cannot fill the
    table of sessions, and what one person typed is never shown to the next.
    """
    if writer(request, FRESH_SECONDS) == request.user.pk:
        return
    response.set_signed_cookie(
        WRITER,
        request.user.pk,
        salt=WRITER,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )


def writer(request: HttpRequest, seconds: int = WRITER_SECONDS) -> int | None:
    """Who used this browser within the last week (or so many seconds), or None."""
    known = request.get_signed_cookie(WRITER, None, salt=WRITER, max_age=seconds)
    return int(known) if known else None


def hold(request: HttpRequest) -> None:
    """Keep the posted text for its writer and the page that shows the form.

    Not when the writer is unknown, when the text is larger than our forms, nor what a page sends
    by itself: it is in that page still.
    """
    if wants_json(request):
        return
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    text, oleh = fields.urlencode(), writer(request)
    if oleh is not None and len(text) <= HELD_MOST:
        request.session[HELD] = {
            "path": urlsplit(page_of(request)).path,
            "ke": request.path,
            "isian": text,
            "oleh": oleh,
        }


def held_for(request: HttpRequest) -> dict | None:
    """What is held for this reader and this page, or None; another person's is thrown away."""
    held = request.session.get(HELD) if request.user.is_authenticated else None
    if held and held.get("oleh") != request.user.pk:  # another person signed in
        del request.session[HELD]
        return None
    return held if held and held["path"] == request.path else None


@dataclass
class Tertahan:
    """A held text that the page being made offers again.

    `ke` is where it was posted, `bound` whether the view has filled its own form, `placed` the
    names of the fields that were filled else.
    """

    ke: str
    isian: QueryDict
    bound: bool = False
    placed: set[str] = field(default_factory=set)

    @property
    def left(self) -> list[str]:
        """Sentences that found no field on the page, to be copied by hand."""
        rows = [] if self.bound else self.isian.lists()
        return [
            t for name, all_ in rows if name not in self.placed for t in all_ if " " in t.strip()
        ]


def take(request: HttpRequest) -> Tertahan | None:
    """The text held for the page asked for, out of the session once and kept on the request."""
    if not hasattr(request, "tertahan"):
        whole_page = request.method == "GET" and "HX-Request" not in request.headers
        held = held_for(request) if whole_page else None
        request.tertahan = None
        if held:
            del request.session[HELD]
            request.tertahan = Tertahan(held.get("ke", ""), QueryDict(held["isian"]))
    return request.tertahan


def typed(request: HttpRequest, *ke: str) -> QueryDict | None:
    """What to fill a view's form with: the post, or what was held before signing in, or nothing.

    `ke` are the addresses that the form is posted to, where they are not the page's own.
    """
    if request.method == "POST":
        return request.POST
    found = take(request)
    if not found or found.ke not in (request.path, *ke):
        return None
    found.bound = True
    return found.isian


def place(request: HttpRequest | None, drawn: BoundField, ke: str | None = None) -> None:
    """Give a field that is about to be drawn what was held for it, if it was.

    `ke` is where its form is posted, when the one who draws it knows. Else the form is known by
    its fields: a browser sends all but unticked boxes and files. A form that can only be read
    meanwhile shows what is stored; what was typed is then offered to be copied.
    """
    found = take(request) if request else None
    form = drawn.form
    if not found or found.bound or form.is_bound or (ke is not None and ke != found.ke):
        return
    if is_read_only(drawn.field):
        return
    if not all(f.html_name in found.isian for f in form if _always_sent(f)):
        return
    if drawn.html_name not in found.isian and _always_sent(drawn):
        return
    widget = drawn.field.widget
    if not isinstance(widget, forms.FileInput) and not widget.is_hidden:
        drawn.initial = widget.value_from_datadict(found.isian, {}, drawn.html_name)
        found.placed.add(drawn.html_name)


def _always_sent(drawn: BoundField) -> bool:
    return not isinstance(drawn.field.widget, SOMETIMES_SENT)
