"""Recompute scores, severity, ranks and agreement from an exported workbook alone.

    python3 evaluasi/tests/hitung_ulang.py nilai-dokumen-instansi-2019.xlsx

Standard library and openpyxl only; nothing of the application is read. Each number is found in
another way than the application finds it: one bordered system over entries and evaluators together
solved by elimination, the t distribution by its finite series (Abramowitz and Stegun 26.7.3-4),
alpha pair by pair. Prints every difference above 1e-9 and exits with 1 when there is any.
"""

import sys
from collections import defaultdict
from itertools import permutations
from math import atan, cos, pi, sin, sqrt

LIMIT = 1e-9


def read(path) -> dict[str, list[dict]]:
    """Sheet -> its rows, each by the heads of its columns."""
    from openpyxl import load_workbook  # noqa: PLC0415 - the numbers alone need nothing installed

    found = {}
    for sheet in load_workbook(path, read_only=True).worksheets:
        heads, *rows = [list(row) for row in sheet.iter_rows(values_only=True)] or [[]]
        found[sheet.title] = [dict(zip(heads, row, strict=False)) for row in rows]
    return found


def invert(matrix: list[list[float]]) -> list[list[float]]:
    """The inverse by Gauss-Jordan elimination with pivots."""
    size = len(matrix)
    work = [[*row, *(float(i == j) for j in range(size))] for i, row in enumerate(matrix)]
    for column in range(size):
        best = max(range(column, size), key=lambda row: abs(work[row][column]))
        work[column], work[best] = work[best], work[column]
        pivot = work[column][column]
        work[column] = [value / pivot for value in work[column]]
        for row in range(size):
            if row != column and work[row][column]:
                factor = work[row][column]
                lead = work[column]
                work[row] = [a - factor * b for a, b in zip(work[row], lead, strict=True)]
    return [row[size:] for row in work]


def t_central(x: float, degrees: int) -> float:
    """P(|T| <= x), by the finite series."""
    angle = atan(x / sqrt(degrees))
    c, term, total = cos(angle), 1.0, 0.0
    if degrees % 2:
        term = c
        for k in range(1, (degrees - 1) // 2 + 1):
            total += term
            term *= c * c * (2 * k) / (2 * k + 1)
        return 2 / pi * (angle + sin(angle) * total)
    for k in range(1, degrees // 2 + 1):
        total += term
        term *= c * c * (2 * k - 1) / (2 * k)
    return sin(angle) * total


def t_reach(degrees: int, sure: float = 0.95) -> float:
    """How many standard errors an interval reaches to each side."""
    low, high = 0.0, 1000.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if t_central(middle, degrees) < sure else (low, middle)
    return high


def severity(readings: list[tuple[str, str, float]]) -> dict:
    """The additive model: {"penilai"|"entri": {key: (value, error, low, high)}, ragam, derajat}."""
    entries = sorted({entry for entry, _, _ in readings})
    people = sorted({person for _, person, _ in readings})
    place = {("e", key): i for i, key in enumerate(entries)}
    place |= {("p", key): len(entries) + i for i, key in enumerate(people)}
    size = len(place)
    normal, load = [[0.0] * (size + 1) for _ in range(size + 1)], [0.0] * (size + 1)
    for entry, person, total in readings:
        pair = (place["e", entry], place["p", person])
        for a in pair:
            load[a] += total
            for b in pair:
                normal[a][b] += 1
    for key in people:  # their effects add up to zero
        normal[size][place["p", key]] = normal[place["p", key]][size] = 1
    inverse = invert(normal)
    found = [sum(a * b for a, b in zip(row, load, strict=True)) for row in inverse]
    residual = sum(
        (total - found[place["e", entry]] - found[place["p", person]]) ** 2
        for entry, person, total in readings
    )
    degrees = len(readings) - len(entries) - len(people) + 1
    noise, reach = residual / degrees, t_reach(degrees)

    def line(at: int) -> tuple[float, float, float, float]:
        error = sqrt(noise * inverse[at][at])
        return found[at], error, found[at] - reach * error, found[at] + reach * error

    return {
        "penilai": {key: line(place["p", key]) for key in people},
        "entri": {key: line(place["e", key]) for key in entries},
        "ragam": noise,
        "derajat": degrees,
    }


def rank_ranges(entries: dict, reach: float) -> dict[str, tuple[int, int, int]]:
    """Entry -> (rank, best, worst): told apart where the comparison intervals do not touch."""
    half = reach / sqrt(2)
    found = {}
    for key, (value, error, *_) in entries.items():
        others = [row for name, row in entries.items() if name != key]
        above = sum(v - half * e > value + half * error for v, e, *_ in others)
        below = sum(v + half * e < value - half * error for v, e, *_ in others)
        rank = 1 + sum(v - value > LIMIT for v, *_ in others)
        found[key] = (rank, 1 + above, len(entries) - below)
    return found


def alpha(units: list[list[float]]) -> float | None:
    """Krippendorff's alpha, interval metric, pair by pair."""
    units = [values for values in units if len(values) > 1]
    values = [value for unit in units for value in unit]
    n = len(values)
    seen = sum((a - b) ** 2 / (len(unit) - 1) for unit in units for a, b in permutations(unit, 2))
    chance = sum((a - b) ** 2 for a, b in permutations(values, 2))
    return None if not chance else 1 - (seen / n) / (chance / (n * (n - 1)))


def joined(totals: list[float], nearest: bool) -> float:  # noqa: FBT001 - as the rule reads
    """The score of these totals: their mean, or with three or more that of the nearest two."""
    if not nearest or len(totals) < 3:
        return sum(totals) / len(totals)
    values = sorted(totals)
    gaps = [round(b - a, 9) for a, b in zip(values, values[1:], strict=False)]
    near = [i for i, gap in enumerate(gaps) if gap == min(gaps)]
    used = {i for place in near for i in (place, place + 1)}
    return sum(values[i] for i in used) / len(used)


def check(book: dict[str, list[dict]]) -> list[str]:
    """Every difference between what the workbook says and what its sheets give."""
    told = {row["Isian"]: row["Nilai"] for row in book["Keterangan"]}
    points = defaultdict(float)
    for row in book["Nilai kriteria"]:
        points[row["Kode"], row["Evaluator"]] += row["Bobot"] * row["Faktor"]
    found: list[str] = []

    def same(what: str, said, computed) -> None:
        if said in (None, "") and computed is None:
            return
        if said in (None, "") or computed is None or abs(float(said) - computed) > LIMIT:
            found.append(f"{what}: tertulis {said}, terhitung {computed}")

    check_scores(book, points, told, same)
    check_matrix(book["Matriks"], points, same)
    check_alpha(book, points, told, same)
    if told["Model kecenderungan"] == "dihitung":
        check_model(book, points, told, same)
    return found


def check_scores(book: dict, points: dict, told: dict, same) -> None:
    """Totals of sheets, and the official scores made of them."""
    by_entry = defaultdict(list)
    for (entry, _), total in points.items():
        by_entry[entry].append(total)
    for row in book["Lembar"]:
        key = (row["Kode"], row["Evaluator"])
        same(f"lembar {key}", row["Total"], points.get(key))
    nearest = told["Tiga lembar digabung"] == "dua_terdekat"
    for row in book["Nilai tahap"]:
        same(f"nilai {row['Kode']}", row["Nilai resmi"], joined(by_entry[row["Kode"]], nearest))


def check_alpha(book: dict, points: dict, told: dict, same) -> None:
    """Agreement on totals and on each criterion."""
    units: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (entry, _), total in points.items():
        units["Nilai lembar"][entry].append(total)
    for row in book["Nilai kriteria"]:
        units[row["Kriteria"]][row["Kode"]].append(row["Faktor"])
    enough = int(told["Pendaftaran paling sedikit untuk alfa"])
    for row in book["Kesepakatan"]:
        own = list(units[row["Ukuran"]].values())
        pairs = sum(len(values) > 1 for values in own)
        same(f"alfa {row['Ukuran']}", row["Alfa"], alpha(own) if pairs >= enough else None)


def check_matrix(rows: list[dict], points: dict, same) -> None:
    """The matrix holds the same totals, a column for each evaluator, and nothing else."""
    for row in rows:
        for head, value in row.items():
            if head.startswith("E") and (row["Kode"], head.partition(" ")[0]) in points:
                same(f"matriks {row['Kode']}", value, points[row["Kode"], head.partition(" ")[0]])
            elif head.startswith("E") and head[1:2].isdigit() and value not in (None, ""):
                same(f"matriks {row['Kode']} {head}", value, None)


def check_model(book: dict, points: dict, told: dict, same) -> None:
    """Severity, calibrated scores and ranks."""
    model = severity([(entry, person, total) for (entry, person), total in points.items()])
    same("ragam derau", told["Ragam derau"], model["ragam"])
    same("derajat bebas", told["Derajat bebas"], model["derajat"])
    heads = ("Kecenderungan", "Galat baku", "Bawah", "Atas")
    for row in book["Kecenderungan"]:
        for head, value in zip(heads, model["penilai"][row["Evaluator"]], strict=True):
            same(f"{head} {row['Evaluator']}", row[head], value)
    ranges = rank_ranges(model["entri"], t_reach(model["derajat"]))
    for row in book["Nilai tahap"]:
        for head, value in zip(
            ("Terkalibrasi", "Galat baku", "Bawah", "Atas"),
            model["entri"][row["Kode"]],
            strict=True,
        ):
            same(f"{head} {row['Kode']}", row[head], value)
        for head, value in zip(
            ("Peringkat terkalibrasi", "Terbaik", "Terburuk"), ranges[row["Kode"]], strict=True
        ):
            same(f"{head} {row['Kode']}", row[head], value)


def main() -> int:
    """Check one workbook; 0 when everything agrees."""
    found = check(read(sys.argv[1]))
    for line in found:
        print(line)  # noqa: T201 - a program for people
    if not found:
        print("Semua angka sama.")  # noqa: T201
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
