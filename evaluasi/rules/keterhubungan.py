"""Which readers are linked through entries that they share.

Where two groups have no entry in common, nobody can tell a strict reader from a weak entry: the
severity of readers can be estimated only within one linked group.
"""

from collections.abc import Collection, Iterable, Mapping

from evaluasi.rules.kecenderungan import components


def groups_of(pembaca: Mapping[int, Collection[int]]) -> list[list[int]]:
    """The groups of readers, given the readers of each entry: largest first, then by key."""
    return [list(group) for group in components(readers for readers in pembaca.values() if readers)]


def can_link(pembaca: Mapping[int, Collection[int]]) -> bool:
    """Whether there are enough shared readings to link all readers, whoever reads what.

    An entry with k readers makes k - 1 links; m readers need m - 1 of them.
    """
    links = sum(len(readers) - 1 for readers in pembaca.values() if readers)
    return links >= len({pk for readers in pembaca.values() for pk in readers}) - 1


def name_groups(kelompok: Iterable[Collection[int]], nama: Mapping[int, str]) -> str:
    """The groups in words, the largest only by its size: "12 evaluator | Ani, Budi"."""
    largest, *rest = kelompok
    parts = [f"{len(largest)} evaluator"]
    for group in rest:
        names = [nama.get(pk) or f"evaluator {pk}" for pk in group]
        more = f" dan {len(names) - 4} lainnya" if len(names) > 4 else ""
        parts.append(", ".join(names[:4]) + more)
    return " | ".join(parts)
