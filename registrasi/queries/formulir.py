"""The form of one entry's track, and what of it is asked given the answers so far."""

from collections.abc import Mapping
from functools import cached_property

from kompetisi.models import JenisDokumen, Kriteria, Pertanyaan
from kompetisi.rules.tampil import Diminta, describe_syarat
from registrasi.models import Pendaftaran
from registrasi.queries.pendaftaran import (
    dokumen_list,
    kriteria_in,
    pertanyaan_of,
    rubrik_mandiri,
)
from registrasi.rules.diminta import diminta_of


class Formulir:
    """All that the track's form holds, in order, and what of it is asked of this entry now.

    Read as far as it is looked at: a page without conditions costs no more than its own list.
    """

    def __init__(self, pendaftaran: Pendaftaran) -> None:
        self.pendaftaran = pendaftaran

    @cached_property
    def kriteria(self) -> list[Kriteria]:
        """The criteria the entry assesses itself on (three queries)."""
        return kriteria_in(rubrik_mandiri(self.pendaftaran))

    @cached_property
    def pertanyaan(self) -> list[Pertanyaan]:
        """The questions of the track."""
        return pertanyaan_of(self.pendaftaran)

    @cached_property
    def dokumen(self) -> list[JenisDokumen]:
        """The kinds of documents of the track."""
        return dokumen_list(self.pendaftaran)

    @cached_property
    def diminta(self) -> Diminta:
        """What is asked; the answers are read only where anything has a condition."""
        if not _conditional([*self.kriteria, *self.pertanyaan, *self.dokumen]):
            return Diminta(self.kriteria, self.pertanyaan, self.dokumen)
        row = self.pendaftaran
        chosen = row.jawaban.exclude(pertanyaan__pilihan=[])
        return diminta_of(
            row,
            kriteria=self.kriteria,
            pertanyaan=self.pertanyaan,
            dokumen=self.dokumen,
            tingkat=dict(row.penilaian_mandiri.values_list("kriteria_id", "tingkat")),
            jawaban=dict(chosen.values_list("pertanyaan_id", "isi")),
        )

    @cached_property
    def dokumen_diminta(self) -> list[JenisDokumen]:
        """The kinds of documents that are asked."""
        return self.diminta.dokumen if _conditional(self.dokumen) else self.dokumen

    def syarat(self, tampil_bila: Mapping) -> str:
        """The condition in words; empty without one."""
        names = {("kriteria", k.kode): f"{k.kode} {k.nama}" for k in self.kriteria}
        names |= {("pertanyaan", p.kode): p.teks for p in self.pertanyaan}
        return describe_syarat(tampil_bila, names)


def _conditional(items: list) -> bool:
    return any(item.tampil_bila for item in items)


def diminta_dari(pendaftaran: Pendaftaran) -> Diminta:
    """What of the form this entry is asked now."""
    return Formulir(pendaftaran).diminta


def dokumen_of(pendaftaran: Pendaftaran, kode: str) -> JenisDokumen | None:
    """A kind of document asked of this entry, or None."""
    return next((d for d in Formulir(pendaftaran).dokumen_diminta if d.kode == kode), None)
