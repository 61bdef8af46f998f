"""Suggested conflicts: what the profiles say, what was found, what waits for a person."""

from django.db.models import Exists, OuterRef, QuerySet

from evaluasi.models import (
    DugaanBenturan,
    Evaluator,
    Penugasan,
    RencanaPenugasan,
    SumberDugaan,
)
from evaluasi.rules.dugaan import Kecocokan, Nama, match_domain, match_text
from kompetisi.models import Edisi, Tahap
from registrasi.models import Instansi
from registrasi.queries.instansi import KIND_WORDS, normalize_cari

MOST_TEXT = 254


def directory() -> list[Nama]:
    """All agencies with the phrases they are known by; one query."""
    rows = Instansi.objects.order_by("pk").values_list("pk", "nama_cari", "jenis")
    return [
        Nama(pk, tuple(p.strip() for p in cari.split("|") if p.strip()), jenis in KIND_WORDS)
        for pk, cari, jenis in rows
    ]


def texts_of(evaluator: Evaluator) -> list[tuple[str, str]]:
    """The free texts of a profile as (source, text)."""
    found = [(SumberDugaan.ASAL.value, evaluator.asal_lain)]
    ties = evaluator.riwayat.filter(instansi=None).order_by("pk")
    found += [(SumberDugaan.RIWAYAT.value, n) for n in ties.values_list("nama_lain", flat=True)]
    declared = evaluator.benturan.order_by("pk").values_list("alasan", flat=True)
    found += [(SumberDugaan.PERNYATAAN.value, text) for text in declared]
    return [(source, text) for source, text in found if text.strip()]


def seek_matches(evaluator: Evaluator, nama: list[Nama]) -> dict[int, tuple[str, str, Kecocokan]]:
    """Agency -> (source, text, match), the nearest text of each; those barred already too."""
    found: dict[int, tuple[str, str, Kecocokan]] = {}
    surel = evaluator.pengguna.email
    hits = [(SumberDugaan.SUREL.value, surel, row) for row in match_domain(surel, nama)]
    for source, text in texts_of(evaluator):
        plain = normalize_cari(text[:MOST_TEXT])
        hits += [(source, text[:MOST_TEXT], row) for row in match_text(plain, nama)]
    for hit in hits:
        old = found.get(hit[2].instansi)
        if old is None or hit[2].kemiripan > old[2].kemiripan:
            found[hit[2].instansi] = hit
    return found


def dugaan_open(edisi: Edisi) -> QuerySet[DugaanBenturan]:
    """The suggestions of an edition's active evaluators that nobody decided, the nearest first."""
    return (
        DugaanBenturan.objects.filter(evaluator__edisi=edisi, evaluator__aktif=True, putusan="")
        .select_related("evaluator__pengguna", "evaluator__edisi", "instansi")
        .order_by("-kemiripan", "ditemukan_pada", "pk")
    )


def assigned_in_doubt(tahap: Tahap, rencana: RencanaPenugasan | None = None) -> list[str]:
    """ "Code: evaluator" of the assignments, planned or in force, under an undecided suggestion.

    With `rencana` those of that plan alone.
    """
    doubt = DugaanBenturan.objects.filter(
        evaluator=OuterRef("evaluator"), instansi=OuterRef("pendaftaran__instansi"), putusan=""
    )
    rows = (
        Penugasan.objects.filter(Exists(doubt), tahap=tahap, dicabut_pada=None)
        .select_related("pendaftaran", "evaluator__pengguna")
        .order_by("pendaftaran__kode", "pk")
    )
    if rencana:
        rows = rows.filter(rencana=rencana)
    return [f"{row.pendaftaran.kode}: {row.evaluator.pengguna}" for row in rows]
