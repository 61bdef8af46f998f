"""Drawings that draw one another: a few lines that keep a reader busy for hours.

A drawing (form XObject) that draws another ten times, which draws another ten times, comes to more
than any map needs after a few steps. Counted from what the drawings say, without drawing.
"""

import pikepdf
from pikepdf import Dictionary, Name, Stream

MOST = 1_000_000  # drawings on one page
WORTH = 1_000  # a drawing that comes to fewer is no reason to read the pages too
Key = tuple[int, int]


def is_echo(pdf: pikepdf.Pdf) -> bool:
    """Whether a page comes to more drawings than any document has."""
    known: dict[Key, int] = {}
    for item in pdf.objects:
        if _is_form(item) and _drawn_in(item):
            _count(item, known, frozenset())
    if max(known.values(), default=0) < WORTH:
        return False
    return any(
        _total(page.obj, _drawings(page.resources), known, frozenset()) > MOST for page in pdf.pages
    )


def _is_form(item: object) -> bool:
    return isinstance(item, Stream) and item.get("/Subtype") == Name.Form


def _drawn_in(form: Stream) -> dict[str, Stream]:
    return _drawings(form.get("/Resources"))


def _drawings(resources: object) -> dict[str, Stream]:
    """The drawings that may be drawn with these resources, by name."""
    found = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    if not isinstance(found, Dictionary):
        return {}
    return {name: found[name] for name in found.keys() if _is_form(found[name])}  # noqa: SIM118


def _count(form: Stream, known: dict[Key, int], above: frozenset[Key]) -> int:
    """How many drawings one comes to; a reader stops at one that would draw itself."""
    key = form.objgen
    if key in above:
        return 1
    if key not in known:
        inside = _drawn_in(form)
        known[key] = _total(form, inside, known, above | {key}) if inside else 1
    return known[key]


def _total(
    content: pikepdf.Object, inside: dict[str, Stream], known: dict[Key, int], above: frozenset[Key]
) -> int:
    total = 1
    if not inside:
        return total
    try:
        drawn = pikepdf.parse_content_stream(content, "Do")
    except pikepdf.PdfError:  # what cannot be read is not drawn
        return total
    for step in drawn:
        name = str(step.operands[0]) if step.operands else ""
        if name in inside:
            total += _count(inside[name], known, above)
        if total > MOST:
            break
    return total
