"""How strict or lenient each evaluator is: an additive model of the totals of locked sheets.

    total = entry + evaluator + noise

fitted by least squares within one stage and one track (Kuhlisch et al. 2016, "Using scores of
biased reviewers"; docs/decisions). The evaluators' effects add up to zero: 0 is the average
evaluator, above it lenient, below it strict, in points of the 0-100 scale. The entries are
eliminated (each is its mean total less the mean effect of its readers), which leaves one symmetric
system of the size of the team; its pseudo-inverse gives the effects and their variances. The noise
has the variance RSS / (sheets - entries - evaluators + 1), and every interval is a t-interval of
95% with these degrees of freedom.

The model informs and never scores. It is refused, with what would help, where the sheets do not
carry it: too few sheets of an evaluator, too few entries shared with others, groups of evaluators
that share no entry, nothing left over to measure noise by.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from operator import mul

from evaluasi.rules.sebaran_t import t_quantile

MIN_LEMBAR = 5  # locked sheets of an evaluator
MIN_BERSAMA = 3  # of them on entries that somebody else has locked too
NAMES_SHOWN = 8

Baca = tuple[int, int, float]  # entry, evaluator, total


@dataclass(frozen=True)
class Taksiran:
    """An estimate with its standard error and interval, and on how many sheets it rests.

    For an evaluator `nilai` is the severity and `bersama` counts the shared entries; for an entry
    it is the calibrated score.
    """

    nilai: float
    galat: float
    bawah: float
    atas: float
    lembar: int
    bersama: int = 0


@dataclass(frozen=True)
class Model:
    """The fitted model: evaluators and entries by key, variance of the noise and its degrees."""

    penilai: Mapping[int, Taksiran]
    entri: Mapping[int, Taksiran]
    ragam: float
    derajat: int

    @property
    def kuantil(self) -> float:
        """Standard errors that an interval reaches to each side."""
        return t_quantile(self.derajat)

    @property
    def derau(self) -> float:
        """Standard deviation of the noise of one sheet, in points."""
        return sqrt(self.ragam)

    @property
    def ragam_penilai(self) -> float:
        """Variance among the evaluators' estimated severities."""
        found = [row.nilai for row in self.penilai.values()]
        return fsum(value * value for value in found) / (len(found) - 1)


@dataclass(frozen=True)
class Kendala:
    """Why the model is refused: groups of evaluators concerned, with a count for each."""

    sebab: str
    kelompok: tuple[tuple[int, ...], ...] = ()
    jumlah: Mapping[int, int] | None = None


def obstacles(lembar: Sequence[Baca]) -> list[Kendala]:
    """Everything that keeps these sheets from carrying the model; empty when they do."""
    readers = readers_by_entry(lembar)
    shared = {entry: people for entry, people in readers.items() if len(people) > 1}
    if not shared:
        return [Kendala("kosong")]
    sheets, together = _counts(readers.values()), _counts(shared.values())
    few = {pk: n for pk, n in sheets.items() if n < MIN_LEMBAR}
    alone = {pk: together.get(pk, 0) for pk in sheets if together.get(pk, 0) < MIN_BERSAMA}
    found = []
    if few:
        found.append(Kendala("lembar", (tuple(sorted(few)),), few))
    if alone:
        found.append(Kendala("bersama", (tuple(sorted(alone)),), alone))
    groups = components(shared.values())
    if len(groups) > 1:
        found.append(Kendala("terpisah", tuple(groups)))
    if _degrees(lembar, readers, sheets, len(groups)) < 1:
        found.append(Kendala("derajat"))
    return found


def readers_by_entry(lembar: Iterable[Baca]) -> dict[int, list[int]]:
    """Entry -> its evaluators."""
    found = defaultdict(list)
    for entry, person, _ in lembar:
        found[entry].append(person)
    return found


def components(groups: Iterable[Collection[int]]) -> list[tuple[int, ...]]:
    """The evaluators in sets that hang together by shared entries, the largest first."""
    root: dict[int, int] = {}

    def find(pk: int) -> int:
        root.setdefault(pk, pk)
        while root[pk] != pk:
            root[pk] = root[root[pk]]
            pk = root[pk]
        return pk

    for first, *others in groups:
        for other in [first, *others]:
            root[find(other)] = find(first)
    found = defaultdict(list)
    for pk in sorted(root):
        found[find(pk)].append(pk)
    return sorted(map(tuple, found.values()), key=lambda members: (-len(members), members))


def fit(lembar: Sequence[Baca]) -> Model:
    """The model of sheets that have no `obstacles`; raises ValueError where it has no solution."""
    people = sorted({person for _, person, _ in lembar})
    place = {pk: index for index, pk in enumerate(people)}
    rows: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for entry, person, total in lembar:
        rows[entry].append((place[person], float(total)))
    spread, load = _normal(rows.values(), len(people))
    inverse = _pseudo_inverse(spread)
    severity = [fsum(map(mul, line, load)) for line in inverse]
    values = {
        entry: fsum(total - severity[j] for j, total in given) / len(given)
        for entry, given in rows.items()
    }
    residual = fsum(
        (total - values[entry] - severity[j]) ** 2
        for entry, given in rows.items()
        for j, total in given
    )
    degrees = len(lembar) - len(rows) - len(people) + 1
    if degrees < 1:
        raise ValueError("no degrees of freedom")
    noise, reach = residual / degrees, t_quantile(degrees)
    sheets = _counts([j for j, _ in given] for given in rows.values())
    together = _counts([j for j, _ in given] for given in rows.values() if len(given) > 1)

    def estimate(value: float, share: float, count: int, shared: int = 0) -> Taksiran:
        error = sqrt(noise * max(share, 0.0))
        return Taksiran(value, error, value - reach * error, value + reach * error, count, shared)

    return Model(
        penilai={
            pk: estimate(severity[j], inverse[j][j], sheets[j], together.get(j, 0))
            for j, pk in enumerate(people)
        },
        entri={
            entry: estimate(values[entry], _share(given, inverse), len(given))
            for entry, given in rows.items()
        },
        ragam=noise,
        derajat=degrees,
    )


def _share(given: Sequence[tuple[int, float]], inverse: Sequence[Sequence[float]]) -> float:
    """Variance of an entry's estimate in units of the noise: its mean, and its readers' effects."""
    n = len(given)
    return 1 / n + fsum(inverse[j][k] for j, _ in given for k, _ in given) / (n * n)


def _normal(
    rows: Iterable[Sequence[tuple[int, float]]], size: int
) -> tuple[list[list[float]], list[float]]:
    """The evaluators' normal equations, the entries eliminated."""
    spread, load = [[0.0] * size for _ in range(size)], [0.0] * size
    for given in rows:
        n, mean = len(given), fsum(total for _, total in given) / len(given)
        if n < 2:
            continue
        for j, total in given:
            load[j] += total - mean
            spread[j][j] += 1
            for k, _ in given:
                spread[j][k] -= 1 / n
    return spread, load


def _pseudo_inverse(spread: list[list[float]]) -> list[list[float]]:
    """The inverse on the effects that add up to zero; raises ValueError when unconnected."""
    part = 1 / len(spread)
    inverse = invert([[value + part for value in line] for line in spread])
    return [[value - part for value in line] for line in inverse]


def invert(matrix: Sequence[Sequence[float]]) -> list[list[float]]:
    """The inverse of a symmetric positive definite matrix, by Cholesky's factor."""
    size = len(matrix)
    low = [[0.0] * size for _ in range(size)]
    for i, line in enumerate(low):
        for j in range(i):
            line[j] = (matrix[i][j] - sum(map(mul, line[:j], low[j]))) / low[j][j]
        rest = matrix[i][i] - sum(map(mul, line[:i], line))
        if rest <= 1e-9:
            raise ValueError("not positive definite")
        line[i] = sqrt(rest)
    columns = []  # of the inverse of the factor, each from its diagonal down
    for j in range(size):
        column = [1 / low[j][j]]
        for i in range(j + 1, size):
            column.append(-sum(map(mul, low[i][j:i], column)) / low[i][i])
        columns.append(column)
    found = [[0.0] * size for _ in range(size)]
    for a in range(size):
        for b in range(a, size):
            found[a][b] = found[b][a] = sum(map(mul, columns[a][b - a :], columns[b]))
    return found


def _counts(groups: Iterable[Collection[int]]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for people in groups:
        for pk in people:
            found[pk] += 1
    return found


def _degrees(lembar: Sequence[Baca], entries: Mapping, people: Mapping, groups: int) -> int:
    return len(lembar) - len(entries) - len(people) + groups


def describe(kendala: Kendala, nama: Mapping[int, str]) -> tuple[str, str]:
    """An obstacle in words: what is wrong with whom, and what would help."""
    if kendala.sebab == "kosong":
        return (
            "Belum ada pendaftaran dengan dua lembar terkunci.",
            "Tunggu sampai pembaca kedua mengunci lembarnya.",
        )
    if kendala.sebab == "lembar":
        return (
            f"Lembar terkunci kurang dari {MIN_LEMBAR}: {_named(kendala, nama)}.",
            "Tunggu sampai lembar mereka terkunci, atau tugaskan pendaftaran tambahan.",
        )
    if kendala.sebab == "bersama":
        return (
            f"Pendaftaran yang juga dinilai evaluator lain kurang dari {MIN_BERSAMA}: "
            f"{_named(kendala, nama)}.",
            "Tugaskan mereka pada pendaftaran yang sudah dibaca evaluator lain.",
        )
    if kendala.sebab == "terpisah":
        groups = [
            "kelompok " + str(number) + ": " + _listed([nama.get(pk, str(pk)) for pk in members])
            for number, members in enumerate(kendala.kelompok, 1)
        ]
        return (
            f"Evaluator terbagi dalam {len(groups)} kelompok yang tidak berbagi pendaftaran, "
            f"sehingga tidak dapat dibandingkan ({'; '.join(groups)}).",
            "Tugaskan seorang dari setiap kelompok pada sekurangnya "
            f"{MIN_BERSAMA} pendaftaran kelompok lain.",
        )
    return (
        "Lembar terlalu sedikit untuk mengukur derau: tidak ada derajat bebas tersisa.",
        "Tambah pendaftaran yang dibaca lebih dari satu evaluator.",
    )


def _named(kendala: Kendala, nama: Mapping[int, str]) -> str:
    counts = kendala.jumlah or {}
    people = sorted(kendala.kelompok[0], key=lambda pk: (nama.get(pk, ""), pk))
    return _listed([f"{nama.get(pk, pk)} ({counts[pk]})" for pk in people])


def _listed(texts: Sequence[str]) -> str:
    shown = ", ".join(texts[:NAMES_SHOWN])
    rest = len(texts) - NAMES_SHOWN
    return f"{shown}, dan {rest} lainnya" if rest > 0 else shown
