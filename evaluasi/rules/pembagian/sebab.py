"""Why an entry has too few readers: the rule to blame, in numbers, and what would help."""

from collections import Counter

from evaluasi.rules.pembagian.bahan import Kekurangan
from evaluasi.rules.pembagian.soal import Soal

MOST_NAMES = 4


def explain(soal: Soal, entri: int) -> Kekurangan:
    """What an entry lacks: "2 dari 3 pembaca; 5 evaluator terbentur provinsi, 3 penuh. …"."""
    have, lack = len(soal.pada[entri]), soal.kurang(entri)
    barred = [pk for pk in soal.penilai if pk not in soal.boleh[entri]]
    others = sorted(soal.boleh[entri] - set(soal.pada[entri]))
    full = [pk for pk in others if not soal.sisa(pk)]
    causes = Counter(soal.sebab_larangan(pk, entri) for pk in barred)
    parts = [f"{n} evaluator terbentur {cause}" for cause, n in sorted(causes.items())]
    if full:
        parts.append(f"{len(full)} penuh" if parts else f"{len(full)} evaluator penuh")
    counted = "; ".join([f"{have} dari {have + lack} pembaca", ", ".join(parts)]).rstrip("; ")
    aturan = _blame(soal, entri)
    return Kekurangan(entri, lack, aturan, f"{counted}. {_help(soal, aturan, full, lack)}")


def _blame(soal: Soal, entri: int) -> str:
    """The rule without which the entry would have its readers."""
    wanted = soal.aturan.per_entri
    if len(soal.penilai) < wanted:
        return "evaluator"
    if len(soal.boleh[entri] | set(soal.pada[entri])) < wanted:
        return "benturan"
    return "kapasitas"


def _help(soal: Soal, aturan: str, full: list[int], lack: int) -> str:
    if aturan == "evaluator":
        return (
            f"Hanya ada {len(soal.penilai)} evaluator aktif; tambah paling sedikit "
            f"{soal.aturan.per_entri - len(soal.penilai)}."
        )
    if aturan == "benturan":
        return "Tambah evaluator yang tidak berbenturan dengan peserta ini."
    names = [soal.penilai[pk].nama or f"evaluator {pk}" for pk in full[:MOST_NAMES]]
    more = f", atau {len(full) - MOST_NAMES} lainnya" if len(full) > MOST_NAMES else ""
    return f"Naikkan kapasitas {lack} dari: {', '.join(names)}{more}; atau tambah evaluator."
