"""The form of one entry's track, and what of it is asked given the answers so far."""

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Formulir:
    """All that the track's form holds, in order, and `diminta`, what of it is asked."""

    kriteria: list[Kriteria]
    pertanyaan: list[Pertanyaan]
    dokumen: list[JenisDokumen]
    diminta: Diminta

    def syarat(self, tampil_bila: Mapping) -> str:
        """The condition in words; empty without one."""
        names = {("kriteria", k.kode): f"{k.kode} {k.nama}" for k in self.kriteria}
        names |= {("pertanyaan", p.kode): p.teks for p in self.pertanyaan}
        return describe_syarat(tampil_bila, names)


def formulir_of(pendaftaran: Pendaftaran) -> Formulir:
    """The form as it stands for this entry now: seven queries."""
    kriteria = kriteria_in(rubrik_mandiri(pendaftaran))
    pertanyaan, dokumen = pertanyaan_of(pendaftaran), dokumen_list(pendaftaran)
    chosen = pendaftaran.jawaban.exclude(pertanyaan__pilihan=[])
    diminta = diminta_of(
        pendaftaran,
        kriteria=kriteria,
        pertanyaan=pertanyaan,
        dokumen=dokumen,
        tingkat=dict(pendaftaran.penilaian_mandiri.values_list("kriteria_id", "tingkat")),
        jawaban=dict(chosen.values_list("pertanyaan_id", "isi")),
    )
    return Formulir(kriteria, pertanyaan, dokumen, diminta)


def diminta_dari(pendaftaran: Pendaftaran) -> Diminta:
    """What of the form this entry is asked now."""
    return formulir_of(pendaftaran).diminta


def dokumen_of(pendaftaran: Pendaftaran, kode: str) -> JenisDokumen | None:
    """A kind of document asked of this entry, or None."""
    return next((d for d in diminta_dari(pendaftaran).dokumen if d.kode == kode), None)
