"""Whether a PDF asks a reader's program to do something: scripts, attachments, forms, links out.

Actions are held to a list of what is allowed; what else may be in a document is refused by name.
Everything is found by walking the objects, so that what hides in compressed streams is seen too
(ISO 32000-2, 12.5 and 12.6).
"""

import pikepdf

KEYS = {
    "/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings", "/EmbeddedFiles",
    "/AF", "/Collection",
}  # fmt: skip
TYPES = {"/EmbeddedFile", "/Filespec"}
SUBTYPES = {
    "/FileAttachment", "/RichMedia", "/3D", "/Movie", "/Sound", "/Screen", "/PS", "/Projection",
}  # fmt: skip
# The known actions that do something, wherever they stand.
ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/RichMedia"}
# Where an action may stand, what may stand there: moving within the document, a link to the web.
PLACES = ("/A", "/PA", "/OpenAction", "/Next")
ALLOWED = {"/GoTo", "/URI", "/Named", "/Thread", "/Trans", "/Hide", "/SetOCGState", "/ResetForm"}
SCHEMES = ("javascript:", "vbscript:", "file:", "data:", "\\\\")
DEEPEST = 8


def is_active(item: pikepdf.Object, depth: int = 0) -> bool:
    """Whether this object, or what is written directly inside it, asks for something to be done."""
    if depth > DEEPEST:
        return False
    if isinstance(item, pikepdf.Array):
        return any(is_active(child, depth + 1) for child in item if _direct(child))
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return False
    return _marks(item) or any(
        is_active(item[key], depth + 1)
        for key in item.keys()  # noqa: SIM118
        if _direct(item[key])
    )


def _marks(item: pikepdf.Object) -> bool:
    if any(key in item for key in KEYS) or _is_outside(item):
        return True
    named = (("/S", ACTIONS), ("/Type", TYPES), ("/Subtype", SUBTYPES))
    return any(str(item.get(key, "")) in words for key, words in named) or _acts(item)


def _is_outside(item: pikepdf.Object) -> bool:
    """A stream whose bytes lie in another file, or a link to what is not the web."""
    if isinstance(item, pikepdf.Stream) and "/F" in item:
        return True
    target = item.get("/URI")
    if not isinstance(target, pikepdf.String):
        return False
    return "".join(str(target).split()).lower().startswith(SCHEMES)


def _acts(item: pikepdf.Object) -> bool:
    """Whether an action stands where actions stand that is not among the allowed."""
    found = [item[key] for key in PLACES if key in item]
    more = item.get("/AA")
    if isinstance(more, pikepdf.Dictionary):
        found += [more[key] for key in more.keys()]  # noqa: SIM118
    listed = [child for one in found if isinstance(one, pikepdf.Array) for child in one]
    return any(
        isinstance(one, pikepdf.Dictionary)
        and isinstance(one.get("/S"), pikepdf.Name)
        and str(one["/S"]) not in ALLOWED
        for one in (*found, *listed)
    )


def _direct(child: object) -> bool:
    """Children that are objects of their own are looked at in their own turn."""
    return isinstance(child, pikepdf.Object) and not child.is_indirect
