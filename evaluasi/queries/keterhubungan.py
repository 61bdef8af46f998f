"""Whether the readers of a stage, planned and released, are linked through shared entries."""

from collections import defaultdict

from evaluasi.models import Evaluator, Penugasan
from evaluasi.queries.bahan import aturan_bagi
from evaluasi.rules.keterhubungan import groups_of, name_groups
from kompetisi.models import Tahap


def kelompok_pembaca(tahap: Tahap) -> list[list[int]]:
    """The groups of evaluators that share entries, largest first; one query."""
    readers: dict[int, list[int]] = defaultdict(list)
    rows = Penugasan.objects.filter(tahap=tahap, dicabut_pada=None)
    for entri, evaluator in rows.values_list("pendaftaran_id", "evaluator_id"):
        readers[entri].append(evaluator)
    return groups_of(readers)


def terpisah(tahap: Tahap) -> str:
    """The groups that share no entry, in words; empty when all are linked or it is not asked."""
    if not aturan_bagi(tahap).hubungkan:
        return ""
    groups = kelompok_pembaca(tahap)
    if len(groups) <= 1:
        return ""
    apart = [pk for group in groups[1:] for pk in group]
    people = Evaluator.objects.filter(pk__in=apart).select_related("pengguna")
    text = name_groups(groups, {row.pk: str(row.pengguna) for row in people})
    return (
        f"Evaluator terbagi dalam {len(groups)} kelompok yang tidak membaca pendaftaran yang sama "
        f"({text}); keketatan mereka tidak dapat dibandingkan."
    )
