"""The directory of public bodies, found as one types.

`Instansi.nama_cari` holds the phrases a body is known by, plain lower-case words between bars:
``| pemerintah kota semarang | pemkot semarang | kota semarang | semarang |``. Every word thus
begins after a space, and a whole phrase stands between bars: ranking needs no extension.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from registrasi.models import Instansi

MAX_WORDS = 8
MIN_FUZZY_LETTERS = 4  # a shorter word is near to too many others
MIN_SUBSTRING_LETTERS = 3
FUZZY_CUTOFF = 0.75
NEAR_MOST = 20  # bodies offered for misspelt words
NOISE = frozenset({"dan", "ri", "di"})  # typed often, missing from the name as often
SYNONYMS = {"kotamadya": "kota", "kodya": "kota", "propinsi": "provinsi"}
KIND_WORDS = {
    "provinsi": ("provinsi", "prov", "pemprov", "pemda"),
    "kabupaten": ("kabupaten", "kab", "pemkab", "pemda"),
    "kota": ("kota", "pemkot", "pemda"),
}
_GOVERNMENT = re.compile(r"^Pemerintah (Provinsi |Kabupaten |Kota |Daerah (?=Daerah ))?")
FIELDS = ("id", "kode", "nama", "singkatan", "jenis", "kode_kemendagri", "zona_waktu")


def search_instansi(
    teks: str, *, jenis: str | None = None, pada: date | None = None, batas: int = 20
) -> list[dict]:
    """At most `batas` bodies whose names hold every word of `teks`, the nearest first.

    Whole names and short names come before beginnings of words, and those before parts of words.
    Only when nothing matches, a second query looks for misspelt words. `jenis` narrows to one
    kind, `pada` to the bodies in force on that day. Each dict has id, kode, nama, singkatan,
    jenis, kode_kemendagri, zona_waktu and `provinsi_nama` ("Jawa Tengah", or "").
    """
    words = _split_words(teks)
    if not words:
        return []
    base = _instansi_in_force(jenis=jenis, pada=pada)
    found = _as_dicts(_by_rank(base, normalize_cari(teks), words)[:batas])
    return found or _by_likeness(base, words, batas)


def instansi_named(teks: str, *, jenis: str | None = None) -> QuerySet[Instansi]:
    """The same search as a query without a limit, the nearest first; no words leave all."""
    base, words = _instansi_in_force(jenis=jenis, pada=None), _split_words(teks)
    if not words:
        return base.order_by("nama", "pk")
    found = _by_rank(base, normalize_cari(teks), words)
    if found.exists():
        return found
    near = [row["id"] for row in _by_likeness(base, words, NEAR_MOST)]
    return base.filter(pk__in=near).order_by("nama", "pk")


def named_by(teks: str, *lain: str, instansi: str = "instansi") -> Q:
    """Rows whose agency is known by every word of `teks`, or that hold the word elsewhere.

    `instansi` is the lookup of the agency, "" for none, `lain` those of further texts such as a
    code or a unit's name. No words leave all rows.
    """
    found = Q()
    for word in _split_words(teks):
        part = Q(**{f"{instansi}__nama_cari__contains": _part(word)}) if instansi else Q()
        for name in lain:
            part |= Q(**{f"{name}__icontains": word})
        found &= part
    return found


def normalize_cari(teks: str) -> str:
    """Lower-case words of letters and digits without accents, one space apart."""
    plain = unicodedata.normalize("NFKD", teks.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.sub(r"[^a-z0-9]+", " ", plain).split()
    return " ".join(SYNONYMS.get(word, word) for word in words)


def build_nama_cari(
    *, nama: str, jenis: str, singkatan: str = "", alias: Iterable[str] = ()
) -> str:
    """The phrases a body is looked up by, for `Instansi.nama_cari`.

    A local government is also found by its bare name, with each usual word for its kind before
    it, and with the parts of its name written as one word ("fak fak", "fakfak").
    """
    phrases = [nama, singkatan, *alias]
    if jenis in KIND_WORDS:
        wilayah = name_wilayah(nama)
        phrases += [wilayah, *(f"{word} {wilayah}" for word in KIND_WORDS[jenis])]
        phrases.append(normalize_cari(wilayah).replace(" ", ""))
    unique = dict.fromkeys(filter(None, map(normalize_cari, phrases)))
    return f"| {' | '.join(unique)} |"


def alias_of(instansi: Instansi) -> list[str]:
    """The further names a body is looked up by that its own name and kind do not give."""
    given = build_nama_cari(nama=instansi.nama, jenis=instansi.jenis, singkatan=instansi.singkatan)
    known = set(_phrases(given))
    return [phrase for phrase in _phrases(instansi.nama_cari) if phrase not in known]


def _phrases(nama_cari: str) -> list[str]:
    return [phrase.strip() for phrase in nama_cari.split("|") if phrase.strip()]


def name_wilayah(nama: str) -> str:
    """The bare name of a region: "Pemerintah Provinsi Jawa Tengah" gives "Jawa Tengah"."""
    return _GOVERNMENT.sub("", nama)


def _split_words(teks: str) -> list[str]:
    words = list(dict.fromkeys(normalize_cari(teks[:200]).split()))[:MAX_WORDS]
    return [word for word in words if word not in NOISE] or words


def _instansi_in_force(*, jenis: str | None, pada: date | None) -> QuerySet[Instansi]:
    instansi = Instansi.objects.all()
    if jenis:
        instansi = instansi.filter(jenis=jenis)
    if pada:
        instansi = instansi.filter(
            Q(berlaku_mulai__isnull=True) | Q(berlaku_mulai__lte=pada),
            Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gt=pada),
        )
    return instansi


def _contains(*parts: str) -> Q:
    # `contains` escapes % and _, and the words hold letters and digits only.
    return Q(*(Q(nama_cari__contains=part) for part in parts))


def _by_rank(base: QuerySet[Instansi], phrase: str, words: list[str]) -> QuerySet[Instansi]:
    steps = (
        _contains(f"| {phrase} |"),
        _contains(f"| {phrase} "),
        _contains(*(f" {word} " for word in words)),
        _contains(f"| {phrase}"),
        _contains(*(f" {word}" for word in words)),
    )
    rank = Case(
        *(When(step, then=Value(place)) for place, step in enumerate(steps)),
        default=Value(len(steps)),
        output_field=IntegerField(),
    )
    matching = base.filter(_contains(*map(_part, words))).annotate(rank=rank)
    return matching.order_by("rank", Length("nama"), "nama", "pk")


def _part(word: str) -> str:
    """A part of a word counts only when it is long enough to mean something."""
    return word if len(word) >= MIN_SUBSTRING_LETTERS else f" {word}"


def _by_likeness(base: QuerySet[Instansi], words: list[str], batas: int) -> list[dict]:
    rows = list(base.values(*FIELDS, "nama_cari", provinsi_nama=F("provinsi__nama")))
    vocabulary = {word for row in rows for word in row["nama_cari"].split()} - {"|"}
    near = [_near_words(word, vocabulary) for word in words]
    scored = []
    for row in rows:
        own = row.pop("nama_cari").split()
        best = [max((likeness.get(word, 0.0) for word in own), default=0.0) for likeness in near]
        if all(best):
            scored.append((-sum(best), len(row["nama"]), row["nama"], row))
    scored.sort(key=lambda entry: entry[:3])
    return [_with_bare_province(entry[3]) for entry in scored[:batas]]


def _near_words(typed: str, vocabulary: set[str]) -> dict[str, float]:
    """Known words like `typed` (1.0 the same), or beginning with it, with their likeness."""
    near = {known: len(typed) / len(known) for known in vocabulary if known.startswith(typed)}
    if len(typed) < MIN_FUZZY_LETTERS:
        return near
    matcher = SequenceMatcher(b=typed, autojunk=False)
    for known in vocabulary:
        matcher.set_seq1(known)
        if matcher.real_quick_ratio() < FUZZY_CUTOFF or matcher.quick_ratio() < FUZZY_CUTOFF:
            continue
        ratio = matcher.ratio()
        if ratio >= FUZZY_CUTOFF:
            near[known] = max(ratio, near.get(known, 0.0))
    return near


def _as_dicts(instansi: QuerySet[Instansi]) -> list[dict]:
    rows = instansi.values(*FIELDS, provinsi_nama=F("provinsi__nama"))
    return [_with_bare_province(row) for row in rows]


def _with_bare_province(row: dict) -> dict:
    row["provinsi_nama"] = name_wilayah(row["provinsi_nama"] or "")
    return row
