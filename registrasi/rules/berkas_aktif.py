"""Whether a PDF asks a reader's program to do something: scripts, attachments, forms, links out.

Actions are held to a list of what is allowed; what else may be in a document is refused by name.
Everything is found by walking the objects, so that what hides in compressed streams is seen too
(ISO 32000-2, 12.5 and 12.6). Resources, glyphs, destinations and entries about the document have
names of anybody's choosing: a word counts only with the kind of value that makes it what it is.
"""

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

PART = (Dictionary,)
# What is there for a program to act upon, with the kinds of value it has.
KEYS = {
    "/JS": (String, Stream),
    "/XFA": (Array, Stream),
    **dict.fromkeys(
        (
            "/JavaScript", "/EmbeddedFiles", "/Collection", "/RichMediaContent",
            "/RichMediaSettings", "/Renditions", "/AlternatePresentations", "/EF", "/RF",
        ),
        PART,
    ),
}  # fmt: skip
# Of a stream: its bytes, or what is drawn instead, lie in another file.
OUTSIDE = {"/F": (String, Dictionary), "/Ref": PART, "/OPI": PART}
TYPES = {"/EmbeddedFile", "/Filespec"}
SUBTYPES = {
    "/FileAttachment", "/RichMedia", "/3D", "/Movie", "/Sound", "/Screen", "/PS", "/Projection",
}  # fmt: skip
# The known actions that do something, wherever they stand.
ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/RichMedia"}
# What may stand where an action stands that happens by itself, and where a person asks for it.
BY_ITSELF = {"/GoTo", "/Named", "/Thread", "/Trans", "/Hide", "/SetOCGState"}
ASKED_FOR = BY_ITSELF | {"/URI", "/ResetForm"}
PLACES = ("/A", "/PA", "/Next")
SCHEMES = {
    "http", "https", "mailto", "tel", "sms", "ftp", "ftps", "geo", "callto", "whatsapp",
}  # fmt: skip
SCHEME = re.compile(r"([a-z][a-z0-9+-]*):", re.IGNORECASE)  # with a dot it is a host and its port
DEEPEST = 100  # of what is written directly inside an object
LONGEST = 50  # actions behind one another


class TooDeepError(Exception):
    """Nested deeper than any document needs."""


def is_active(item: pikepdf.Object, depth: int = 0) -> bool:
    """Whether this object, or what is written directly inside it, asks for something to be done.

    Raises TooDeepError for what cannot be looked at to its bottom.
    """
    if depth > DEEPEST:
        raise TooDeepError
    if isinstance(item, Array):
        return any(is_active(child, depth + 1) for child in item if _direct(child))
    if not isinstance(item, Dictionary | Stream):
        return False
    names = item.keys()
    if _marks(item, names):
        return True
    return any(is_active(child, depth + 1) for name in names if _direct(child := item[name]))


def _marks(item: pikepdf.Object, names: set[str]) -> bool:
    if any(isinstance(item[name], KEYS[name]) for name in names & KEYS.keys()):
        return True
    if isinstance(item, Stream) and any(
        isinstance(item[name], OUTSIDE[name]) for name in names & OUTSIDE.keys()
    ):
        return True
    if "/URI" in names and not leads_to_web(item["/URI"]):
        return True
    if "/Type" in names and _word(item, "/Type") in TYPES:
        return True
    if "/Subtype" in names and _word(item, "/Subtype") in SUBTYPES:
        return True
    return ("/S" in names and _word(item, "/S") in ACTIONS) or _acts(item, names)


def _word(item: pikepdf.Object, name: str) -> str:
    value = item.get(name)
    return str(value) if isinstance(value, Name) else ""


def leads_to_web(target: object) -> bool:
    """Whether a link's address is one that a program opens without doing anything else."""
    if not isinstance(target, String):
        return True  # the catalogue's base address is a dictionary, looked at by itself
    address = "".join(c for c in str(target) if c.isprintable() and not c.isspace())
    scheme = SCHEME.match(address)
    if address.startswith("\\\\"):
        return False
    return scheme is None or scheme[1].lower() in SCHEMES


def _acts(item: pikepdf.Object, names: set[str]) -> bool:
    """Whether an action stands where actions stand that is not among the allowed."""
    if "/OpenAction" in names and _refused(item["/OpenAction"], BY_ITSELF):
        return True
    more = item["/AA"] if "/AA" in names else None
    if isinstance(more, Dictionary) and any(
        _refused(more[name], BY_ITSELF)
        for name in more.keys()  # noqa: SIM118
    ):
        return True
    return any(name in names and _refused(item[name], ASKED_FOR) for name in PLACES)


def _refused(first: object, allowed: set[str]) -> bool:
    """Whether this action, or one that comes after it, is not allowed."""
    return any(
        isinstance(kind := action.get("/S"), Name) and str(kind) not in allowed
        for action in _chain(first)
    )


def _chain(first: object) -> Iterator[Dictionary]:
    """An action and those after it. Raises TooDeepError for a chain without end."""
    waiting, seen = [first], 0
    while waiting:
        action = waiting.pop()
        if isinstance(action, Array):
            waiting += [child for child in action if isinstance(child, Dictionary)]
        if not isinstance(action, Dictionary):
            continue
        seen += 1
        if seen > LONGEST:
            raise TooDeepError
        yield action
        if isinstance(action.get("/S"), Name) and "/Next" in action:
            waiting.append(action["/Next"])


def _direct(child: object) -> bool:
    """Children that are objects of their own are looked at in their own turn."""
    return isinstance(child, pikepdf.Object) and not child.is_indirect
