#!/usr/bin/env python3
"""Hitung ulang hasil kompetisi dari berkas hasil, tanpa apa pun selain Python 3.

    python3 verify_hasil.py hasil-2019.json
    python3 verify_hasil.py hasil-2019.json --hash <hash pada halaman hasil>

Written on its own, without the application: from each evaluator's level on each criterion to the
ranks, ties and winners, in exact fractions. Prints the SHA-256 of the recomputed result, which
must be the one on the public result page. Exit 0 when it holds, 1 when anything differs, 2 when
the file or the call cannot be used.
"""

import argparse
import hashlib
import json
import sys
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from pathlib import Path

FORMAT = "kompetisi-hasil/1"


def canonical_hash(content):
    """SHA-256 of JSON with sorted keys and no spaces."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def name_of(rule):
    """`tahap`, `tahap.kelompok`, `tahap.kelompok.kriteria`, or `pleno.suara`."""
    if rule.get("pleno"):
        return "pleno." + rule["pleno"]
    parts = [rule.get(part) for part in ("tahap", "kelompok", "kriteria")]
    return ".".join(part for part in parts if part)


def rounded(value, places=8):
    """A fraction as decimal text, half up."""
    scaled = value * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return format(Decimal(whole).scaleb(-places), "f")


class Result:
    """Everything recomputed from the content of one file, with the faults found on the way."""

    def __init__(self, isi):
        self.isi = isi
        self.aturan = isi["aturan"]
        self.jenis_tahap = {row["kode"]: row["jenis"] for row in isi["tahap"]}
        self.rubrik = {(row["tahap"], row["jalur"]): row for row in isi["rubrik"]}
        self.keputusan = {row["peserta"]: row for row in isi["keputusan"]}
        self.faults = []

    def rubric(self, tahap, jalur):
        """The rubric of a stage for a track: its own, else the common one."""
        return self.rubrik.get((tahap, jalur)) or self.rubrik[(tahap, "")]

    def check_rubrics(self):
        """Weights sum to 100, and those of the stages too."""
        for row in self.isi["rubrik"]:
            total = sum(Fraction(k["bobot"]) for g in row["kelompok"] for k in g["kriteria"])
            if total != 100:
                self.faults.append(f"rubrik {row['tahap']}: jumlah bobot {total}, bukan 100")
        if sum(Fraction(w) for w in self.aturan["bobot_tahap"].values()) != 100:
            self.faults.append("jumlah bobot tahap bukan 100")

    def sheet_points(self, peserta, lembar):
        """Points of one sheet by `kelompok` and `kelompok.kriteria`, and its total."""
        left = dict(lembar["nilai"])
        points, total = {}, Fraction(0)
        for group in self.rubric(lembar["tahap"], peserta["jalur"])["kelompok"]:
            points[group["kode"]] = Fraction(0)
            for kriteria in group["kriteria"]:
                faktor = left.pop(kriteria["kode"], None)
                if faktor not in kriteria["faktor"]:
                    self.faults.append(
                        f"{peserta['samaran']} {lembar['tahap']} {lembar['penilai']}: nilai "
                        f"{kriteria['kode']} = {faktor} tidak ada pada rubrik"
                    )
                earned = Fraction(kriteria["bobot"]) * Fraction(faktor or 0)
                points[f"{group['kode']}.{kriteria['kode']}"] = earned
                points[group["kode"]] += earned
                total += earned
        if left:
            self.faults.append(f"{peserta['samaran']}: kriteria tidak dikenal {sorted(left)}")
        return points, total

    def counted(self, tahap, sheets):
        """The sheets that make a stage's score: all, or the pairs of nearest totals."""
        rule = self.aturan.get("penilai_ketiga") or {}
        nearest = rule.get("gabung") == "dua_terdekat" and self.jenis_tahap[tahap] == "dokumen"
        if len(sheets) < 3 or not nearest:
            return sheets
        ordered = sorted(sheets, key=lambda sheet: sheet[1])
        gaps = [after[1] - before[1] for before, after in zip(ordered, ordered[1:], strict=False)]
        least = min(gaps)
        kept = set()
        for place, gap in enumerate(gaps):
            if gap == least:
                kept |= {place, place + 1}
        return [ordered[place] for place in sorted(kept)]

    def scores(self, peserta):
        """Mean points of an entry by stage, group and criterion."""
        points = {}
        for tahap in self.aturan["bobot_tahap"]:
            sheets = [
                self.sheet_points(peserta, lembar)
                for lembar in peserta["lembar"]
                if lembar["tahap"] == tahap
            ]
            if not sheets:
                raise ValueError(f"{peserta['samaran']} tidak mempunyai lembar tahap {tahap}")
            sheets = self.counted(tahap, sheets)
            points[tahap] = sum(total for _, total in sheets) / len(sheets)
            for name in sheets[0][0]:
                points[f"{tahap}.{name}"] = sum(p[name] for p, _ in sheets) / len(sheets)
        return points

    def rank(self, jalur):
        """The rows of one track in order, with proposal and decision."""
        rules = [name_of(rule) for rule in self.aturan["urutan_seri"]]
        rows = []
        for peserta in self.isi["peserta"]:
            if peserta["jalur"] != jalur["kode"]:
                continue
            points = self.scores(peserta)
            weights = self.aturan["bobot_tahap"]
            final = sum(Fraction(weights[t]) * points[t] for t in weights) / 100
            votes = -1 if peserta["suara"] is None else peserta["suara"]
            broken = [votes if r == "pleno.suara" else points.get(r, Fraction(0)) for r in rules]
            rows.append({"p": peserta, "points": points, "key": (final, *broken)})
        rows.sort(key=lambda row: ([-part for part in row["key"]], row["p"]["samaran"]))
        for place, row in enumerate(rows):
            above = rows[place - 1] if place else None
            tied = above is not None and above["key"] == row["key"]
            row["rank"] = above["rank"] if tied else place + 1
            row["broken"] = self.separators(rows, place, rules)
        self.propose(jalur, rows)
        self.propose_aspects(jalur, rows)
        return [self.finished(jalur, row) for row in rows]

    @staticmethod
    def separators(rows, place, rules):
        """What decided between this row and a neighbour with the same final score."""
        found = []
        for other in (place - 1, place + 1):
            if other < 0 or other >= len(rows):
                continue
            mine, theirs = rows[place]["key"], rows[other]["key"]
            if mine[0] != theirs[0]:
                continue
            for name, a, b in zip(rules, mine[1:], theirs[1:], strict=True):
                if a != b:
                    if name not in found:
                        found.append(name)
                    break
        return found

    def propose(self, jalur, rows):
        """Mark the proposed winners within the track's quota and the quotas of kinds."""
        gone = {name for name, row in self.keputusan.items() if row["didiskualifikasi"]}
        free = [row for row in rows if row["p"]["samaran"] not in gone]
        limits = [
            (set(row["jenis"]), row["pemenang"])
            for row in self.aturan.get("kuota_jenis_instansi") or []
            if row["jalur"] == jalur["kode"] and row.get("pemenang")
        ]
        rest, chosen, named = jalur["kuota_pemenang"], [], set()
        for kinds, seats in limits:
            own = [row for row in free if row["p"]["jenis"] in kinds]
            chosen += best(own, seats)
            rest -= min(seats, len(own))
            named |= kinds
        unfilled = rest > jalur["kuota_pemenang"] - sum(seats for _, seats in limits)
        others = [
            row
            for row in free
            if not any(row is taken for taken in chosen)
            and (unfilled or row["p"]["jenis"] not in named)
        ]
        chosen += best(others, rest)
        for row in rows:
            row["win"] = any(row is taken for taken in chosen)

    def propose_aspects(self, jalur, rows):
        """Give each aspect of the track to its best proposed winners, one to each."""
        aspects = [
            a
            for a in self.aturan.get("aspek_penghargaan") or []
            if not a.get("jalur") or a["jalur"] == jalur["kode"]
        ]
        most = self.maximum(jalur["kode"])
        pairs = []
        for place, row in enumerate(rows):
            for order, aspect in enumerate(aspects if row["win"] else []):
                items = [name_of(item) for item in aspect["butir"]]
                top = sum(most.get(i, Fraction(0)) for i in items)
                got = sum(row["points"].get(i, Fraction(0)) for i in items)
                score = 100 * got / top if top else Fraction(0)
                pairs.append((-score, row["rank"], order, place))
        left = [aspect["kuota"] for aspect in aspects]
        for row in rows:
            row["aspect"] = ""
        for _, _, order, place in sorted(pairs):
            if not rows[place]["aspect"] and left[order]:
                rows[place]["aspect"] = aspects[order]["kode"]
                left[order] -= 1

    def maximum(self, jalur):
        """What can be earned on each stage, group and criterion."""
        most = {}
        for tahap in self.aturan["bobot_tahap"]:
            most[tahap] = Fraction(100)
            for group in self.rubric(tahap, jalur)["kelompok"]:
                name = f"{tahap}.{group['kode']}"
                most[name] = sum(Fraction(k["bobot"]) for k in group["kriteria"])
                for kriteria in group["kriteria"]:
                    most[f"{name}.{kriteria['kode']}"] = Fraction(kriteria["bobot"])
        return most

    def finished(self, jalur, row):
        """The row as the file states it: the plenary's decision counts where it deviates."""
        name = row["p"]["samaran"]
        decision = self.keputusan.get(name, {})
        if decision and not decision["alasan_sha256"]:
            self.faults.append(f"{name}: keputusan menyimpang tanpa alasan")
        return {
            "peserta": name,
            "jalur": jalur["kode"],
            "peringkat": row["rank"],
            "nilai_akhir": rounded(row["key"][0]),
            "nilai_eksak": str(row["key"][0]),
            "nilai_tahap": {t: rounded(row["points"][t]) for t in self.aturan["bobot_tahap"]},
            "pemecah_seri": row["broken"],
            "usulan_menang": row["win"],
            "usulan_aspek": row["aspect"],
            "menang": decision.get("menang", row["win"]),
            "aspek": decision.get("aspek", row["aspect"]),
            "didiskualifikasi": decision.get("didiskualifikasi", False),
        }

    def rows(self):
        """All tracks, in the edition's order."""
        self.check_rubrics()
        return [row for jalur in self.isi["jalur"] for row in self.rank(jalur)]


def best(rows, seats):
    """The first rows that fit into the seats; a shared rank that does not fit ends it."""
    chosen = []
    for _, group in groupby(rows, key=lambda row: row["key"]):
        same = list(group)
        if len(chosen) + len(same) > seats:
            break
        chosen += same
    return chosen


def recompute(isi):
    """The content with its result recomputed, and the faults found; raises on a broken file."""
    result = Result(isi)
    rows = result.rows()
    if not isi.get("alasan_jumlah_sha256"):
        winners = sum(row["menang"] for row in rows)
        if winners != isi["edisi"]["jumlah_pemenang"]:
            result.faults.append(
                f"pemenang {winners}, seharusnya {isi['edisi']['jumlah_pemenang']}, tanpa alasan"
            )
    return {**isi, "hasil": rows}, result.faults


def differences(stated, recomputed):
    """What the file states otherwise than it follows from its sheets, in words."""
    found = []
    before = {row["peserta"]: row for row in stated}
    for row in recomputed:
        other = before.pop(row["peserta"], None)
        if other is None:
            found.append(f"{row['peserta']}: tidak ada pada hasil yang dinyatakan")
            continue
        for key in sorted(set(row) | set(other)):
            if row.get(key) != other.get(key):
                found.append(
                    f"{row['peserta']}: {key} dinyatakan {other.get(key)}, "
                    f"hasil hitung {row.get(key)}"
                )
    found += [f"{name}: tidak mempunyai lembar" for name in before]
    return found


def verify(document, expected=""):
    """The recomputed hash and everything that does not hold."""
    isi = document["isi"]
    if isi["format"] != FORMAT:
        raise ValueError(f"bentuk berkas {isi['format']} tidak dikenal")
    recomputed, faults = recompute(isi)
    faults += differences(isi["hasil"], recomputed["hasil"])
    digest = canonical_hash(recomputed)
    if digest != document["hash"]:
        faults.append(f"hash pada berkas {document['hash']} tidak cocok dengan isinya")
    if expected and digest != expected.strip().lower():
        faults.append(f"hash yang diharapkan {expected} tidak sama")
    return digest, faults


def main(arguments=None):
    """Read, verify, print; the exit code."""
    parser = argparse.ArgumentParser(description="Menghitung ulang hasil dari berkas hasil.")
    parser.add_argument("berkas", type=Path)
    parser.add_argument("--hash", default="", help="hash yang tertulis pada halaman hasil")
    options = parser.parse_args(arguments)
    try:
        document = json.loads(options.berkas.read_text(encoding="utf-8"))
        digest, faults = verify(document, options.hash)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        sys.stderr.write(f"Berkas tidak dapat dipakai: {type(error).__name__}: {error}\n")
        return 2
    for fault in faults:
        sys.stderr.write(f"TIDAK COCOK  {fault}\n")
    rows = document["isi"]["hasil"]
    sys.stdout.write(f"{digest}\n")
    if faults:
        sys.stdout.write("Hasil tidak dapat dibenarkan dari berkas ini.\n")
        return 1
    winners = sum(row["menang"] for row in rows)
    sys.stdout.write(f"Cocok: {len(rows)} peserta, {winners} pemenang dihitung ulang.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
