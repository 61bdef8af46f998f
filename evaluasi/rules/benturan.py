"""Who must not judge whom, in words, and when an evaluator may begin.

Which pairs are in conflict is decided in one place, the database view `evaluasi_benturan_efektif`
(model BenturanEfektif); every query, the ranking and the trigger on assignments read it. Source:
domain.md 1.6 and the integrity pact of the edition.
"""

from collections.abc import Collection

from evaluasi.models import BenturanEfektif, Evaluator
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import YES, Verdict, all_of, no
from registrasi.models import Instansi, JenisInstansi

SEBAB_LABEL: dict[str, str] = dict(BenturanEfektif.Sebab.choices)


def describe_sebab(sebab: Collection[str]) -> str:
    """The causes of a conflict as one phrase: "instansi asal; berada di provinsi asal"."""
    return "; ".join(SEBAB_LABEL[kode] for kode in SEBAB_LABEL if kode in sebab)


SEBAB_SINGKAT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("instansi asal", (BenturanEfektif.Sebab.ASAL,)),
    ("instansi terkait", (BenturanEfektif.Sebab.INDUK, BenturanEfektif.Sebab.ANAK)),
    ("instansi yang diwakili", (BenturanEfektif.Sebab.MEWAKILI,)),
    ("pernyataan benturan", (BenturanEfektif.Sebab.DINYATAKAN,)),
    ("provinsi", (BenturanEfektif.Sebab.PROVINSI, BenturanEfektif.Sebab.WILAYAH)),
)


def short_sebab(sebab: Collection[str]) -> str:
    """The most telling cause of a conflict in a word or two, for counting."""
    return next((word for word, codes in SEBAB_SINGKAT if not set(codes).isdisjoint(sebab)), "")


def provinsi_of(instansi: Instansi | None) -> Instansi | None:
    """The provincial government on whose territory an agency lies; a province is its own."""
    if instansi is None:
        return None
    return instansi if instansi.jenis == JenisInstansi.PROVINSI else instansi.provinsi


def can_sign_pakta(peran: Collection[str], evaluator: Evaluator, *, sudah: bool) -> Verdict:
    """Whether the integrity pact can be agreed to: once, by an active evaluator."""
    return all_of(
        check_aksi("pakta.setujui", peran),
        _active(evaluator),
        no("Pakta integritas sudah Anda setujui.") if sudah else YES,
    )


def can_declare_benturan(peran: Collection[str], evaluator: Evaluator, *, pakta: bool) -> Verdict:
    """Whether conflicts can be declared: after the pact, and again at any time later."""
    return all_of(
        check_aksi("benturan.nyatakan", peran),
        _active(evaluator),
        YES if pakta else no("Setujui pakta integritas lebih dahulu."),
    )


def is_ready(evaluator: Evaluator, *, pakta: bool) -> Verdict:
    """Whether assignments may be shown: the pact is agreed to and the conflicts are declared."""
    return all_of(
        _active(evaluator),
        YES if pakta else no("Setujui pakta integritas lebih dahulu."),
        YES
        if evaluator.benturan_dinyatakan_pada
        else no("Nyatakan benturan kepentingan Anda lebih dahulu."),
    )


def _active(evaluator: Evaluator) -> Verdict:
    return YES if evaluator.aktif else no("Keanggotaan Anda dalam tim evaluasi tidak aktif.")
