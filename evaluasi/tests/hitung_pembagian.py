"""Whether a division is right, computed again from nothing but the files that were taken along.

Plain Python over the two exports (assignments, evaluators); none of our rules, queries or models.
"""

import csv
import io
from collections import Counter, defaultdict


def read_csv(content: bytes) -> list[dict[str, str]]:
    """The rows of an exported CSV file."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def faults(penugasan, evaluator, *, pembaca, tahap="Evaluasi dokumen", dinyatakan=()):
    """What is wrong with a division, in words; empty when nothing is.

    `dinyatakan` are (address of the evaluator, agency) pairs that were declared a conflict.
    """
    found, readers = [], defaultdict(list)
    for row in penugasan:
        readers[row["Kode"]] += [row] if row["Surel evaluator"] else []
    for kode, rows in readers.items():
        people = [row["Surel evaluator"] for row in rows]
        homes = [row["Asal evaluator"] or row["Surel evaluator"] for row in rows]
        if len(people) != pembaca or len(set(people)) != pembaca:
            found.append(f"{kode}: {len(set(people))} pembaca")
        if len(set(homes)) != len(homes):
            found.append(f"{kode}: asal sama")
        for row in rows:
            if reason := conflict(row, set(dinyatakan)):
                found.append(f"{kode}: {row['Surel evaluator']} {reason}")
    return found + uneven(readers, evaluator, tahap) + apart(readers)


def conflict(row, dinyatakan) -> str:
    """Nobody reads their own body, their own province, or what they declared."""
    if row["Asal evaluator"] == row["Instansi"]:
        return "instansi sendiri"
    if row["Provinsi evaluator"] and row["Provinsi evaluator"] == row["Provinsi instansi"]:
        return "provinsi sendiri"
    declared = (row["Surel evaluator"], row["Instansi"]) in dinyatakan
    return "benturan dinyatakan" if declared else ""


def uneven(readers, evaluator, tahap) -> list[str]:
    """Nobody above their capacity, and nobody two sheets below another without being full."""
    load = Counter(row["Surel evaluator"] for rows in readers.values() for row in rows)
    most = {e["Surel"]: int(e[f"{tahap}: kapasitas"]) for e in evaluator if e["Aktif"] == "Ya"}
    found = [f"{who} melebihi kapasitas" for who in most if load[who] > most[who]]
    high = max(load.values(), default=0)
    return found + [
        f"{who} hanya {load[who]} dari {high}"
        for who in most
        if load[who] < high - 1 and load[who] < most[who]
    ]


def apart(readers) -> list[str]:
    """Every evaluator can be reached from every other along entries they share."""
    teams = [{row["Surel evaluator"] for row in rows} for rows in readers.values() if rows]
    left = set().union(*teams) if teams else set()
    reached = set(teams[0]) if teams else set()
    while grown := {who for team in teams if team & reached for who in team} - reached:
        reached |= grown
    return [f"terpisah: {sorted(left - reached)}"] if left != reached else []
