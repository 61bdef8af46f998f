"""Forms of pages as a browser sees them, and what becomes of a text when a session ends."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client
from django.urls import resolve

TEXT = "Tulisan panjang nomor {} yang tidak boleh hilang."


@dataclass
class Form:
    """A form of a page: where it is sent, what a browser would send, its text areas."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    areas: list[str] = field(default_factory=list)


class Forms(HTMLParser):
    """All forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._form, self._area, self._select = None, None, ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self._form = Form(given.get("action") or "", (given.get("method") or "").lower())
            self.found.append(self._form)
        elif self._form is None or not name and tag != "option":
            return
        elif tag == "textarea" and "readonly" not in given:
            self._form.areas.append(name)
            self._form.values[name] = ""
        elif tag == "select":
            self._select = name
            self._form.values[name] = ""
        elif tag == "option" and self._select and "selected" in given:
            self._form.values[self._select] = given.get("value") or ""
        elif tag == "input" and given.get("type") not in ("file", "checkbox", "radio"):
            self._form.values[name] = given.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""


def lose_and_return(client, user, page: str, form: Form, number: int) -> str:
    """Send a form without a session, sign in again; the page that one is led to."""
    for place, name in enumerate(form.areas):
        form.values[name] = TEXT.format(f"{number}-{place}")
    target = form.action or page
    client.cookies.pop("sessionid", None)
    answer = client.post(target, form.values, headers={"Referer": f"http://testserver{page}"})
    assert answer.status_code == 302, f"{target}: {answer.status_code}"
    assert "next=" in answer.url, f"{target} menjawab orang tanpa sesi"
    client.force_login(user)
    return client.get(page).text


def lost_on(user, page: str) -> tuple[list[str], set[str]]:
    """What the forms of a page lose, and where they are sent; each kind of form asked once."""
    client = Client()
    client.force_login(user)
    answer = client.get(page)
    assert answer.status_code == 200, f"{page}: {answer.status_code}"
    lost, seen = [], set()
    for form in Forms(answer.text).found:
        name = resolve((form.action or page).partition("?")[0]).view_name
        if form.method != "post" or not form.areas or name in seen:
            continue
        seen.add(name)
        shown = lose_and_return(client, user, page, form, len(seen))
        lost += [
            f"{name} pada {page}: {area}"
            for area in form.areas
            if f"{form.values[area]}</textarea>" not in shown
        ]
    return lost, seen
