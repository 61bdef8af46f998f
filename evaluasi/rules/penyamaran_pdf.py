"""What of a PDF is not drawn and could name its author: taken out, and looked for once more.

Drawing needs strings almost nowhere outside the content of a page: whatever a dictionary says in
words goes, save where ISO 32000-1 has a picture or a font depend on it. What a machine cannot take
out safely (names of fonts and resources, notes in pictures inside a page's content) is told.
"""

import base64
import re
import zlib
from collections.abc import Callable, Iterable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

KEPT_IN_ROOT = {"/Type", "/Pages", "/OCProperties", "/Version"}
KEPT_IN_PAGE = {
    "/Type", "/Parent", "/Kids", "/Count", "/Resources", "/Contents", "/Annots", "/MediaBox",
    "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit", "/Group",
}  # fmt: skip
KEPT_IN_LAYERS = {"/OCGs", "/D"}
DRAWN = {"/Stamp", "/FreeText", "/Ink", "/Highlight", "/Square", "/Circle", "/Line"}
LOOKS = {"/AP", "/Type", "/Subtype", "/Rect", "/F", "/AS", "/BS", "/Border", "/C", "/OC"}
TRACES = {"/Metadata", "/PieceInfo", "/LastModified", "/Alternates", "/Thumb", "/AA", "/AF"}
TRACES |= {"/StructParent", "/StructParents", "/Usage"}
WORDS = {"/Registry", "/Ordering", "/Panose", "/HalftoneName"}  # that fonts and screens go by
LOOKUP = {"/Indexed", "/I"}  # a palette: colours written as a string
JPEG = {"/DCTDecode", "/DCT"}
NOTED_BOXES = {b"xml ", b"uuid", b"uinf", b"asoc", b"lbl ", b"nlst", b"free"}
TAGGED = re.compile(rb"(?:BDC|DP)\b|%")
DEEP = 100  # levels of one object within another


def strip_document(pdf: pikepdf.Pdf) -> None:
    """Take out all that is not drawn. Raises ValueError for a picture that cannot be cleaned."""
    _forget(pdf.Root, set(pdf.Root.keys()) - KEPT_IN_ROOT)
    for key in ("/Info", "/ID"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    _draw_notes(pdf)
    _strip_layers(pdf)
    for page in pdf.pages:
        page.contents_coalesce()
        if "/Contents" in page.obj:
            _strip_content(pdf, page.obj.Contents)
    for item in pdf.objects:
        _strip_object(item)
        if isinstance(item, Stream):
            _strip_stream(pdf, item)
    layers = pdf.Root.get("/OCProperties", Dictionary()).get("/OCGs", [])
    for number, layer in enumerate(layers, start=1):
        layer.Name = String(f"Lapis {number}")  # it must have one


def strip_jpeg(data: bytes) -> bytes:
    """A JPEG without its notes: EXIF, XMP, comments (ITU-T T.81, annex B); its picture as it was.

    JFIF and Adobe's mark stay, which say how colours are meant. What is not understood stays too.
    """
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        mark = data[at + 1]
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end > len(data):
            return data
        noted = 0xE1 <= mark <= 0xED or mark in (0xEF, 0xFE)
        if not noted:
            kept.append(data[at:end])
        at = end
    return b"".join([*kept, data[at:]])


def strip_jpx(data: bytes) -> bytes:
    """A JPEG 2000 file without boxes of notes (ISO 15444-1, annex I); bare code as it is."""
    if data[4:8] != b"jP  ":
        return data
    kept, at = [], 0
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        end = at + size if size else len(data)
        if size and size < 8 or end > len(data):
            return b"".join([*kept, data[at:]])
        if kind not in NOTED_BOXES:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)


def hidden_words(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What a document still says outside the text of its pages: names, strings, raw content."""
    for item in pdf.objects:
        yield from _words_in(item, 0)
        if isinstance(item, Stream) and str(item.get("/Subtype", "")) != "/Image":
            try:
                yield item.read_bytes().decode("latin-1")
            except pikepdf.PdfError:
                continue


def _words_in(item: pikepdf.Object, depth: int) -> Iterator[str]:
    if isinstance(item, Name | String):
        yield str(item)
    if not isinstance(item, Array | Dictionary | Stream) or depth > DEEP:
        return
    inside = list(item) if isinstance(item, Array) else [v for _, v in item.items()]
    if not isinstance(item, Array):
        yield from item.keys()
    for value in inside:
        if not _apart(value):
            yield from _words_in(value, depth + 1)


def _apart(value) -> bool:
    """Whether it is an object of its own, met by itself."""
    return isinstance(value, pikepdf.Object) and value.is_indirect


def _forget(item: pikepdf.Object, keys: Iterable[str]) -> None:
    for key in keys:
        if key in item:
            del item[key]


def _draw_notes(pdf: pikepdf.Pdf) -> None:
    """Make stamps and drawings part of their page, so that their words are found with its text."""
    for page in pdf.pages:
        notes = [n for n in page.obj.get("/Annots", []) if n.get("/Subtype") in DRAWN]
        _forget(page.obj, ("/Annots",))
        if notes:
            page.obj["/Annots"] = Array(notes)
    pdf.flatten_annotations("all")
    for page in pdf.pages:
        for note in page.obj.get("/Annots", []):
            _forget(note, set(note.keys()) - LOOKS)


def _strip_layers(pdf: pikepdf.Pdf) -> None:
    """Layers stay on and off as they are and lose what they are called."""
    layers = pdf.Root.get("/OCProperties")
    if layers is None:
        return
    _forget(layers, set(layers.keys()) - KEPT_IN_LAYERS)
    if "/D" in layers:
        _forget(layers.D, ("/Order", "/Name", "/Creator", "/RBGroups"))


def _strip_object(item: pikepdf.Object, depth: int = 0) -> None:
    """Forget traces and strings in an object and in what stands inside it."""
    if depth > DEEP:
        raise ValueError("too deep")
    if isinstance(item, Array):
        _strip_array(item, depth)
    elif isinstance(item, Dictionary | Stream):
        if item.get("/Type") in ("/Page", "/Pages"):
            _forget(item, set(item.keys()) - KEPT_IN_PAGE)
        for key, value in list(item.items()):
            if key in TRACES or key.startswith("/PTEX.") or _says(key, value):
                del item[key]
            elif isinstance(value, Array | Dictionary) and not _apart(value):
                _strip_object(value, depth + 1)


def _says(key: str, value) -> bool:
    return isinstance(value, String) and key not in WORDS


def _strip_array(item: Array, depth: int) -> None:
    if len(item) and isinstance(item[0], Name) and str(item[0]) in LOOKUP:
        return
    for at in reversed(range(len(item))):
        value = item[at]
        if isinstance(value, String):
            del item[at]
        elif isinstance(value, Array | Dictionary) and not _apart(value):
            _strip_object(value, depth + 1)


def _strip_stream(pdf: pikepdf.Pdf, item: Stream) -> None:
    filters = _filters(item)
    if filters and filters[-1] in JPEG:
        _rewrite(item, filters, strip_jpeg, Name.DCTDecode)
    elif filters and filters[-1] == "/JPXDecode":
        _rewrite(item, filters, strip_jpx, Name.JPXDecode)
    elif item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1:
        _strip_content(pdf, item)


def _filters(item: Stream) -> list[str]:
    named = item.get("/Filter", Array())
    return [str(name) for name in (named if isinstance(named, Array) else [named])]


def _rewrite(item: Stream, filters: list[str], clean: Callable, last: Name) -> None:
    """Clean a picture that other filters may wrap; ValueError for wrappings that nobody uses."""
    data = item.read_raw_bytes()
    for name in filters[:-1]:
        data = _unwrap(data, name)
    parms = item.get("/DecodeParms")
    own = parms[len(parms) - 1] if isinstance(parms, Array) and len(parms) else parms
    item.write(clean(data), filter=last, decode_parms=own if isinstance(own, Dictionary) else None)


def _unwrap(data: bytes, name: str) -> bytes:
    if name in ("/FlateDecode", "/Fl"):
        return zlib.decompressobj().decompress(data)
    if name in ("/ASCII85Decode", "/A85"):
        return base64.a85decode(data.strip().removesuffix(b"~>").removeprefix(b"<~"))
    if name in ("/ASCIIHexDecode", "/AHx"):
        return bytes.fromhex(data.decode("ascii").split(">")[0])
    raise ValueError(f"filter {name}")


def _strip_content(pdf: pikepdf.Pdf, content: Stream) -> None:
    """Drawing instructions without comments and without the words that stand for what is drawn."""
    if not TAGGED.search(content.read_bytes()):
        return
    made = []
    for step in pikepdf.parse_content_stream(content):
        if str(step.operator) in ("BDC", "DP") and isinstance(step.operands[-1], Dictionary):
            _strip_object(step.operands[-1])
        made.append(step)
    content.write(pikepdf.unparse_content_stream(made))
