"""Texts of messages with named places, filled without any template language.

A place is a lower-case name in braces, `{kode}`. Filling is one pass over the text: what is put in
is never read again, so neither an editor nor a name that somebody typed can reach anything beyond
the values given. Every other brace is refused when a text is saved.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
MAX_SUBJEK, MAX_ISI = 200, 8000


@dataclass(frozen=True)
class Isian:
    """A place in the text: what stands there, an example, and whether the text must have it."""

    uraian: str
    contoh: str
    wajib: bool = False


UMUM: Mapping[str, Isian] = MappingProxyType(
    {
        "nama": Isian("nama penerima", "Dewi Lestari"),
        "edisi": Isian("nama edisi", "Kompetisi Pengelolaan Pengaduan Pelayanan Publik Tahun 2019"),
    }
)


@dataclass(frozen=True)
class JenisPesan:
    """One kind of message: whom it is for, its places and the text it has unless edited.

    `harus` kinds (a receipt, a decision) are always sent; the others a person may refuse or have
    in the daily summary. `segera` kinds do not wait for the end of the quiet hours and may go by
    telephone as well. The link of a `sekali` kind is a secret of its reader: the outbox does not
    show it and forgets it once sent. What a `tertutup` kind was filled with is its reader's alone.
    `tombol` is written on the link.
    """

    kode: str
    nama: str
    untuk: str
    subjek: str
    isi: str
    isian: Mapping[str, Isian] = field(default_factory=dict)
    harus: bool = False
    segera: bool = False
    sekali: bool = False
    tertutup: bool = False
    tombol: str = "Buka halaman"

    @property
    def rahasia(self) -> bool:
        """Whether those who watch over the outbox may not read a message of this kind."""
        return self.sekali or self.tertutup

    @property
    def semua_isian(self) -> dict[str, Isian]:
        """The places of this kind and those that every kind has."""
        return {**self.isian, **UMUM}

    @property
    def contoh(self) -> dict[str, str]:
        """Values to show a text with."""
        return {name: isian.contoh for name, isian in self.semua_isian.items()}


def fill(text: str, values: Mapping[str, object]) -> str:
    """The text with its places filled; a place without a value stays as written."""

    def put(match: re.Match[str]) -> str:
        name = match.group(1)
        return str(values[name]) if name in values else match.group(0)

    return PLACE.sub(put, text)


def fill_subjek(text: str, values: Mapping[str, object]) -> str:
    """A subject: one line without control characters, cut where a subject ends."""
    filled = " ".join(fill(text, values).split())
    return "".join(c for c in filled if unicodedata.category(c) != "Cc")[:MAX_SUBJEK]


def fill_isi(text: str, values: Mapping[str, object]) -> str:
    """A body: a place that was left empty leaves no gap of more than one blank line."""
    lines = fill(text.replace("\r\n", "\n"), values).split("\n")
    filled = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", filled).strip()


def places(text: str) -> set[str]:
    """The names of the places in a text."""
    return set(PLACE.findall(text))


def faults_of(jenis: JenisPesan, *, subjek: str, isi: str) -> dict[str, list[str]]:
    """What forbids saving these texts, by field; {} when nothing does."""
    found: dict[str, list[str]] = {}
    for name, text in (("subjek", subjek), ("isi", isi)):
        faults = _unknown(text, jenis.semua_isian)
        if faults:
            found[name] = faults
    for name in missing_places(jenis, subjek=subjek, isi=isi, only_required=True):
        found.setdefault("isi", []).append(
            f"Isian {{{name}}} wajib ada: {jenis.semua_isian[name].uraian}."
        )
    return found


def missing_places(
    jenis: JenisPesan, *, subjek: str, isi: str, only_required: bool = False
) -> list[str]:
    """The places of this kind that the texts leave out."""
    used = places(subjek) | places(isi)
    return [
        name
        for name, isian in jenis.isian.items()
        if name not in used and (isian.wajib or not only_required)
    ]


def _unknown(text: str, known: Collection[str]) -> list[str]:
    faults = [
        f"Isian {{{name}}} tidak dikenal untuk pesan ini."
        for name in sorted(places(text) - set(known))
    ]
    if set("{}") & set(PLACE.sub("", text)):
        faults.append(
            "Kurung kurawal hanya untuk isian, misalnya {nama}, dengan huruf kecil tanpa spasi."
        )
    return faults
