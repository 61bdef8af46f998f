"""SP4N-LAPOR! figures: which an edition asks for, whether they agree, what follows from them."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from kompetisi.templatetags.angka import desimal
from registrasi.models import KinerjaSP4N

HUNDRED = Decimal(100)
INTEGER_MAX = 2_147_483_647


def clean_angka(kolom: list[dict], angka: Mapping[str, object]) -> tuple[dict, dict[str, str]]:
    """What is kept of the figures typed, and a message for each column that cannot be kept.

    Empty columns are left out; names that are no column of the edition are an error.
    """
    known = {k["kode"]: k for k in kolom}
    kept: dict = {}
    mistakes = {name: "Kolom ini tidak diminta edisi ini." for name in angka if name not in known}
    for kode, rule in known.items():
        value = angka.get(kode)
        if value is None or str(value).strip() == "":
            continue
        try:
            kept[kode] = _READERS[rule["jenis"]](value)
        except (ValueError, InvalidOperation):
            mistakes[kode] = _WORDS[rule["jenis"]]
            continue
        most = rule.get("paling_besar")
        if most is not None and Decimal(str(kept[kode])) > Decimal(str(most)):
            mistakes[kode] = f"Paling besar {most}."
    return kept, mistakes


def plain_figure(jenis: str, text: str) -> str:
    """A figure as people or spreadsheets write it, brought to what `clean_angka` reads.

    Numbers as 1.250 and 4,25 or 4.25; days as YYYY-MM-DD, DD-MM-YYYY or DD/MM/YYYY. What cannot be
    understood is returned as it is, for `clean_angka` to refuse.
    """
    text = "".join(text.split())
    if jenis == "tanggal":
        found = re.fullmatch(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", text)
        return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else text
    return plain_number(text)


def plain_number(text: str) -> str:
    """A number without separators of thousands and with a decimal point: 1.250,5 gives 1250.5."""
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", text):
        text = text.replace(".", "")
    return text.replace(",", ".")


def _read_whole(value: object) -> int:
    number = int(str(value))
    if not 0 <= number <= INTEGER_MAX:
        raise ValueError
    return number


def _read_decimal(value: object) -> str:
    number = Decimal(str(value))
    if not number.is_finite() or number < 0 or number.as_tuple().exponent < -2:
        raise ValueError
    return f"{number:f}"


def _read_day(value: object) -> str:
    return date.fromisoformat(str(value)).isoformat()


_READERS = {"jumlah": _read_whole, "desimal": _read_decimal, "tanggal": _read_day}
_WORDS = {
    "jumlah": "Tulis bilangan bulat, misalnya 1250.",
    "desimal": "Tulis bilangan dengan paling banyak dua angka desimal, misalnya 4,25.",
    "tanggal": "Tulis tanggal yang benar.",
}


def find_selisih(pemeriksaan: list[dict], angka: Mapping[str, object]) -> dict[str, str]:
    """Figures that contradict each other: the first column of each broken check, with why.

    A check is made once all its columns are filled in.
    """
    found: dict[str, str] = {}
    for rule in pemeriksaan:
        if any(angka.get(name) is None for name in (*rule["kiri"], *rule["kanan"])):
            continue
        left, right = _sum(rule["kiri"], angka), _sum(rule["kanan"], angka)
        agrees = left == right if rule["hubungan"] == "sama_dengan" else left <= right
        if not agrees:
            words = "jumlahnya" if len(rule["kanan"]) > 1 else "pembandingnya"
            seen = f"Tertulis {_shown(left)}, sedangkan {words} {_shown(right)}."
            text = f"{rule['pesan']} {seen}"
            found.setdefault(rule["kiri"][0], text)
    return found


def missing_kolom(kolom: list[dict], angka: Mapping[str, object]) -> list[dict]:
    """The required columns that are not filled in."""
    return [k for k in kolom if k.get("wajib", True) and angka.get(k["kode"]) is None]


def turunan_of(turunan: list[dict], angka: Mapping[str, object]) -> list[dict]:
    """The derived percentages, exact: {kode, nama, nilai}; None where they cannot be known."""
    rows = []
    for rule in turunan:
        names = (*rule["pembilang"], *rule["penyebut"])
        value = None
        if all(angka.get(name) is not None for name in names):
            below = _sum(rule["penyebut"], angka)
            value = _sum(rule["pembilang"], angka) * HUNDRED / below if below else None
        rows.append({"kode": rule["kode"], "nama": rule["nama"], "nilai": value})
    return rows


def angka_text(kolom: list[dict], angka: Mapping[str, object]) -> str:
    """The figures as lines of text, for two versions beside each other."""
    filled = [(k["nama"], angka[k["kode"]]) for k in kolom if angka.get(k["kode"]) is not None]
    return "\n".join(f"{nama}: {value}" for nama, value in filled)


def describe_kinerja(row: KinerjaSP4N, kinerja: Mapping) -> dict:
    """A period for reading: {baris, nama, angka: [{nama, satuan, jenis, nilai}], turunan}."""
    dates = (row.periode_mulai.isoformat(), row.periode_selesai.isoformat())
    periods = kinerja.get("periode", [])
    return {
        "baris": row,
        "nama": next((p["nama"] for p in periods if (p["mulai"], p["sampai"]) == dates), ""),
        "angka": [
            {
                "kode": k["kode"],
                "nama": k["nama"],
                "satuan": k.get("satuan", ""),
                "jenis": k["jenis"],
                "nilai": stored_figure(k["jenis"], row.angka.get(k["kode"])),
            }
            for k in kinerja.get("kolom", [])
        ],
        "turunan": turunan_of(kinerja.get("turunan", []), row.angka),
    }


def stored_figure(jenis: str, value: object) -> object:
    """A stored figure as a Decimal or a date; None where it is not filled in."""
    if value is None:
        return None
    if jenis == "tanggal":
        return date.fromisoformat(str(value))
    return Decimal(str(value))


def _sum(names: list[str], angka: Mapping[str, object]) -> Decimal:
    return sum((Decimal(str(angka[name])) for name in names), Decimal(0))


def _shown(number: Decimal) -> str:
    """With as many decimals as were typed: "1.200" or "4,25"."""
    return desimal(number, max(0, -number.normalize().as_tuple().exponent))


def compare_periode(described: list[dict]) -> dict:
    """Periods beside each other: {periode: [names], baris: [{nama, satuan, jenis, nilai: […]}]}.

    The derived percentages follow the columns, with `jenis` "persen". Rows that no period fills
    in are left out.
    """
    rows = [
        {**first, "nilai": [item["angka"][place]["nilai"] for item in described]}
        for place, first in enumerate(described[0]["angka"] if described else [])
    ]
    rows += [
        {
            **first,
            "satuan": "",
            "jenis": "persen",
            "nilai": [item["turunan"][place]["nilai"] for item in described],
        }
        for place, first in enumerate(described[0]["turunan"] if described else [])
    ]
    return {
        "periode": [item["nama"] for item in described],
        "baris": [row for row in rows if any(value is not None for value in row["nilai"])],
    }
