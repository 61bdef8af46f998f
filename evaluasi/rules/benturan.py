"""Who must not judge whom, in words, and when an evaluator may begin.

Which pairs are in conflict is decided in one place, the database view `evaluasi_benturan_efektif`
(model BenturanEfektif); every query, the ranking and the trigger on assignments read it. Source:
domain.md 1.6 and the integrity pact of the edition.
"""

from collections.abc import Collection, Mapping

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
    ("riwayat", (BenturanEfektif.Sebab.RIWAYAT, BenturanEfektif.Sebab.PENDAMPINGAN)),
    ("pernyataan benturan", (BenturanEfektif.Sebab.DINYATAKAN,)),
    ("provinsi", (BenturanEfektif.Sebab.PROVINSI, BenturanEfektif.Sebab.WILAYAH)),
)


def short_sebab(sebab: Collection[str]) -> str:
    """The most telling cause of a conflict in a word or two, for counting."""
    return next((word for word, codes in SEBAB_SINGKAT if not set(codes).isdisjoint(sebab)), "")


RIWAYAT_TAHUN = 5  # where the edition does not say; the view has the same number


def riwayat_tahun(aturan: Mapping) -> int:
    """How many calendar years before the edition's own an earlier tie is a conflict."""
    given = aturan.get("benturan_riwayat_tahun")
    return RIWAYAT_TAHUN if given is None else int(given)


def within_riwayat(tahun_selesai: int | None, *, tahun: int, aturan: Mapping) -> bool:
    """Whether an earlier tie that ended in this year (None: goes on) is a conflict in `tahun`."""
    return tahun_selesai is None or tahun_selesai >= tahun - riwayat_tahun(aturan)


EARLIEST = 1960


def can_note_riwayat(mulai: int, selesai: int | None, *, now: int) -> Verdict:
    """Whether these calendar years can be those of an earlier tie; `now` is the present year."""
    last = now if selesai is None else selesai
    return all_of(
        YES if EARLIEST <= mulai <= now else no(f"Tahun mulai antara {EARLIEST} dan {now}."),
        YES if mulai <= last else no("Tahun selesai tidak boleh sebelum tahun mulai."),
        YES if last <= now else no("Tahun selesai belum tiba; kosongkan bila masih berlangsung."),
    )


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
