"""The text that holds for a kind of message in an edition, and how it came to be."""

from collections.abc import Mapping

from django.db.models import QuerySet

from kompetisi.models import Edisi, NaskahPesan, Pengguna, Pesan
from kompetisi.rules.katalog import find_jenis, katalog
from kompetisi.rules.naskah import JenisPesan, faults_of, fill_isi, fill_subjek

NAMELESS = "Bapak/Ibu"
RECENT = 20


def naskah_current(edisi: Edisi | None, kode: str) -> NaskahPesan | None:
    """The last version of this kind's text in the edition, also when it returned to the default."""
    if not edisi:
        return None
    return naskah_versions(edisi, kode).first()


def naskah_versions(edisi: Edisi, kode: str) -> QuerySet[NaskahPesan]:
    """All versions of one kind's text, newest first."""
    rows = NaskahPesan.objects.filter(edisi=edisi, jenis=kode).select_related("oleh")
    return rows.order_by("-versi")


def render_pesan(
    kode: str, isian: Mapping[str, object], edisi: Edisi | None, kepada: Pengguna | None
) -> tuple[NaskahPesan | None, str, str]:
    """The edited text used (None: the default), subject and body for these values.

    An edited text with places that the kind no longer has is passed over for the default: a
    message never leaves with a hole in it. Raises ValueError as `queue_pesan` says.
    """
    jenis = find_jenis(kode)
    if jenis is None:
        raise ValueError(f"Message kind {kode} is not in the catalogue.")
    if set(isian) != set(jenis.isian):
        raise ValueError(f"{kode} needs exactly {sorted(jenis.isian)}, given {sorted(isian)}.")
    values = {
        **isian,
        "nama": (kepada.nama if kepada else "") or NAMELESS,
        "edisi": edisi.nama if edisi else "",
    }
    naskah = naskah_current(edisi, jenis.kode)
    if naskah and (naskah.bawaan or faults_of(jenis, subjek=naskah.subjek, isi=naskah.isi)):
        naskah = None
    text = naskah or jenis
    return naskah, fill_subjek(text.subjek, values), fill_isi(text.isi, values)


def katalog_of(edisi: Edisi) -> list[tuple[JenisPesan, NaskahPesan | None]]:
    """Every kind with its last version in the edition; one query."""
    rows = NaskahPesan.objects.filter(edisi=edisi).select_related("oleh")
    last = {row.jenis: row for row in rows.order_by("jenis", "-versi").distinct("jenis")}
    return [(jenis, last.get(jenis.kode)) for jenis in katalog().values()]


def examples_of(kode: str) -> list[Pesan]:
    """The last messages of this kind that carry the values they were filled with."""
    rows = Pesan.objects.filter(jenis=kode).exclude(isian={}).select_related("kepada")
    return list(rows.order_by("-pk")[:RECENT])


def sample_values(jenis: JenisPesan, edisi: Edisi, pesan: Pesan | None) -> dict[str, str]:
    """Values to show a text with: examples, or those that this message was filled with."""
    values = {**jenis.contoh, "edisi": edisi.nama}
    if pesan:
        values |= pesan.isian
        values["nama"] = (pesan.kepada.nama if pesan.kepada else "") or NAMELESS
    return values
