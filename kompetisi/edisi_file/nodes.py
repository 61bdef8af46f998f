"""Reads YAML into plain nodes that remember their line, and refuses what an edition never needs.

Only text, lists and mappings come out: every scalar stays the text that was typed, so that
a weight of 0.67 is never a float and the code `no` is never a boolean; the schema decides.
Aliases, anchors, tags and several documents are refused: they are the way to blow a small
file up to gigabytes or to run code, and an edition has no use for them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from kompetisi.edisi_file.problems import EdisiFileError, Place, Problem, Problems, suggest

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_NODES = 50_000
NULLS = ("", "~", "null", "Null", "NULL")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Characters YAML itself refuses, named before its reader does so in English.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass
class Node:
    """One value of the file with the line on which it begins."""

    line: int
    text: str | None = None
    items: list["Node"] | None = None
    fields: dict[str, "Node"] | None = None
    key_lines: dict[str, int] = field(default_factory=dict)

    @property
    def is_null(self) -> bool:
        return self.text is None and self.items is None and self.fields is None

    @property
    def kind(self) -> str:
        """What was found, in the reader's words."""
        if self.fields is not None:
            return "kelompok isian"
        if self.items is not None:
            return "daftar"
        return "kosong" if self.text is None else f"teks '{shorten(self.text)}'"


def shorten(text: str, width: int = 40) -> str:
    """The text on one line, cut to a readable length."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


def read_node(source: bytes) -> Node:
    """The tree of the file. Raises EdisiFileError for anything that is not one plain document."""
    text = _decode(source)
    problems = Problems()
    try:
        root = _Builder(_plain_events(text), problems).document()
    except yaml.YAMLError as error:
        place = _place_of(error)
        problems.add(place, _explain(error, text.split("\n")[place.line - 1]))
        root = None
    problems.require_none()
    if root is None or root.fields is None:
        raise EdisiFileError((Problem(Place(1, ""), "berkas kosong atau bukan kelompok isian"),))
    return root


def _decode(source: bytes) -> str:
    start = Place(1, "")
    if len(source) > MAX_BYTES:
        text = f"berkas {len(source)} bita, paling besar {MAX_BYTES} bita"
        raise EdisiFileError((Problem(start, text),))
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        problem = Problem(Place(line, ""), "berkas bukan UTF-8; simpan ulang sebagai UTF-8")
        raise EdisiFileError((problem,)) from error
    bad = UNREADABLE.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        raise EdisiFileError((Problem(Place(line, ""), "ada karakter kendali; hapus"),))
    return text


def _plain_events(text: str) -> Iterator[yaml.Event]:
    """The parser's events, stopping at what an edition file may not contain."""
    depth = nodes = documents = 0
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        nodes += isinstance(event, yaml.NodeEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        reason = _refusal(event, depth, nodes, documents)
        if reason:
            line = event.start_mark.line + 1
            raise EdisiFileError((Problem(Place(line, ""), reason),))
        yield event


def _refusal(event: yaml.Event, depth: int, nodes: int, documents: int) -> str:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "tanda & dan * (acuan YAML) tidak dipakai; tulis isinya lengkap"
    if getattr(event, "tag", None) and event.tag != "!":
        return f"tanda tipe '{event.tag}' tidak dipakai; hapus"
    if depth > MAX_DEPTH:
        return f"susunan terlalu dalam, paling banyak {MAX_DEPTH} tingkat"
    if nodes > MAX_NODES:
        return f"isian terlalu banyak, paling banyak {MAX_NODES}"
    return "hanya satu dokumen dalam satu berkas; hapus baris '---'" if documents > 1 else ""


class _Builder:
    """Turns the events of one document into nodes; nested no deeper than MAX_DEPTH."""

    def __init__(self, events: Iterator[yaml.Event], problems: Problems) -> None:
        self.events = events
        self.problems = problems

    def document(self) -> Node | None:
        root = None
        for event in self.events:
            if isinstance(event, yaml.NodeEvent):
                root = self.node(event, Place(1, ""))
        return root

    def node(self, event: yaml.Event, place: Place) -> Node:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(line, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(line, place)
        plain = event.style in (None, "")
        return Node(line, None if plain and event.value in NULLS else event.value)

    def sequence(self, line: int, place: Place) -> Node:
        items: list[Node] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.node(event, place.item(len(items))))
        return Node(line, items=items)

    def mapping(self, line: int, place: Place) -> Node:
        node = Node(line, fields={})
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            self.entry(node, event, place)
        return node

    def entry(self, node: Node, event: yaml.Event, place: Place) -> None:
        line = event.start_mark.line + 1
        key = event.value if isinstance(event, yaml.ScalarEvent) else None
        inner = place.under(key or "?", line)
        if key is None:
            self.node(event, inner)
            self.problems.add(inner, "nama isian harus berupa teks")
        value = self.node(next(self.events), inner)
        if key is None:
            return
        if key in node.fields:
            first = node.key_lines[key]
            self.problems.add(inner, f"isian ditulis dua kali, yang pertama di baris {first}")
            return
        node.fields[key] = value
        node.key_lines[key] = line


def _place_of(error: yaml.YAMLError) -> Place:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return Place(mark.line + 1 if mark else 1, "")


EXPLAINED = {
    "mapping values are not allowed": "titik dua di tempat yang salah; apit teks dengan kutip",
    "could not find expected ':'": "titik dua sesudah nama isian tidak ada",
    "found character that cannot start": "karakter di awal teks harus diapit tanda kutip",
    "did not find expected key": "indentasi tidak sejajar dengan baris di atasnya",
    "did not find expected '-' indicator": "indentasi daftar tidak sejajar",
    "expected <block end>": "indentasi tidak sejajar dengan baris di atasnya",
    "unexpected end of stream": "tanda kutip atau kurung belum ditutup",
    "did not find expected ',' or": "kurung belum ditutup atau koma tidak ada",
    "while scanning a quoted scalar": "tanda kutip belum ditutup",
}


def _explain(error: yaml.YAMLError, line: str) -> str:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "susunan YAML tidak sah: indentasi memakai tab; ganti dengan spasi"
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '') or error}"
    for english, indonesian in EXPLAINED.items():
        if english in said:
            return f"susunan YAML tidak sah: {indonesian}"
    return "susunan YAML tidak sah; periksa indentasi, titik dua, dan tanda kutip di sekitarnya"


def unknown_key(name: str, known: list[str]) -> str:
    """The sentence for a key the schema does not know."""
    return f"isian '{shorten(name)}' tidak dikenal{suggest(name, known)}"
