"""The result as content that anyone can recompute.

Entries and evaluators appear under names drawn for this file; the agency's name stands only with
the winners, so that the file can be public without the scores of the others being known by name.
Reasons appear as their SHA-256: the minutes hold the words.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from evaluasi.models import LembarSah, Nilai, Penguncian
from evaluasi.queries import nilai as nilai_queries
from evaluasi.rules.lembar import decimal_text
from kompetisi.models import Edisi, Rubrik
from penghargaan import verify_hasil
from penghargaan.models import Peringkat, Pleno
from penghargaan.queries.peringkat import bobot_of, tahap_dinilai
from penghargaan.rules import peringkat as peringkat_rules
from penghargaan.rules.kanonik import hash_text
from penghargaan.rules.peringkat import Baris, as_decimal

RUMUS = "1"  # counts changes of the formula
FORMULA = (nilai_queries, peringkat_rules, verify_hasil)


@cache
def code_hash() -> str:
    """SHA-256 over the source of the modules that compute scores and ranks."""
    digest = hashlib.sha256()
    for module in FORMULA:
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()


def sheets_of(entries: Iterable[int]) -> list[dict]:
    """The sheets that count, each with its seal and its stored factors; three queries."""
    sheets = list(
        LembarSah.objects.filter(pendaftaran__in=list(entries))
        .order_by("pendaftaran", "tahap__urutan", "urutan", "lembar")
        .values("lembar_id", "pendaftaran_id", "tahap__kode", "evaluator_id")
    )
    keys = [row["lembar_id"] for row in sheets]
    seals = {row.lembar_id: row for row in Penguncian.objects.filter(lembar__in=keys, dibuka=False)}
    factors: dict[int, dict[str, str]] = {}
    rows = Nilai.objects.filter(lembar__in=keys).values_list("lembar", "kriteria__kode", "faktor")
    for lembar, kriteria, faktor in rows:
        factors.setdefault(lembar, {})[kriteria] = decimal_text(faktor)
    for row in sheets:
        row["segel"] = seals[row["lembar_id"]]
        row["nilai"] = factors.get(row["lembar_id"], {})
    return sheets


def draw_names(rows: Iterable[Peringkat], sheets: Iterable[Mapping]) -> dict[str, dict[str, int]]:
    """Names for entries and evaluators in an order that says nothing: {peserta, penilai}."""
    return {
        "peserta": _drawn("P", (row.pendaftaran_id for row in rows)),
        "penilai": _drawn("N", (row["evaluator_id"] for row in sheets)),
    }


def _drawn(letter: str, keys: Iterable[int]) -> dict[str, int]:
    drawn = sorted(set(keys))
    secrets.SystemRandom().shuffle(drawn)
    return {f"{letter}{number:03d}": key for number, key in enumerate(drawn, 1)}


def build_isi(
    pleno: Pleno,
    rows: list[Peringkat],
    baris: Mapping[str, list[Baris]],
    sheets: list[dict],
    samaran: Mapping[str, Mapping[str, int]],
) -> dict:
    """The whole content; `rows` come with jalur, agency and unit at hand."""
    edisi = pleno.edisi
    names = {key: name for name, key in samaran["peserta"].items()}
    readers = {key: name for name, key in samaran["penilai"].items()}
    kinds = bool(edisi.aturan.get("kuota_jenis_instansi"))
    by_entry: dict[int, list[dict]] = {}
    for sheet in sheets:
        by_entry.setdefault(sheet["pendaftaran_id"], []).append(
            {
                "tahap": sheet["tahap__kode"],
                "penilai": readers[sheet["evaluator_id"]],
                "segel": sheet["segel"].hash,
                "nilai": sheet["nilai"],
            }
        )
    return {
        **_rules_of(edisi),
        "format": verify_hasil.FORMAT,
        "rumus": {"versi": RUMUS, "sha256": code_hash()},
        "peserta": sorted(
            (
                {
                    "samaran": names[row.pendaftaran_id],
                    "jalur": row.jalur.kode,
                    "jenis": row.pendaftaran.instansi.jenis if kinds else "",
                    "suara": row.suara_pleno,
                    "lembar": by_entry.get(row.pendaftaran_id, []),
                }
                for row in rows
            ),
            key=lambda row: row["samaran"],
        ),
        "keputusan": sorted(
            (_decision(row, names) for row in rows if row.alasan), key=lambda row: row["peserta"]
        ),
        "alasan_jumlah_sha256": hash_text(pleno.alasan_jumlah) if pleno.alasan_jumlah else "",
        "hasil": build_hasil(edisi, rows, baris, names),
        "pemenang": {
            names[row.pendaftaran_id]: {
                "nama": row.pendaftaran.peserta,
                "predikat": row.predikat,
            }
            for row in rows
            if row.menang
        },
    }


def _decision(row: Peringkat, names: Mapping[int, str]) -> dict:
    return {
        "peserta": names[row.pendaftaran_id],
        "menang": row.menang,
        "aspek": row.aspek,
        "didiskualifikasi": row.didiskualifikasi,
        "alasan_sha256": hash_text(row.alasan),
    }


def build_hasil(
    edisi: Edisi,
    rows: Iterable[Peringkat],
    baris: Mapping[str, list[Baris]],
    names: Mapping[int, str],
) -> list[dict]:
    """The ranks and decisions, track by track, best first."""
    decided = {row.pendaftaran_id: row for row in rows}
    bobot = bobot_of(edisi)
    found = []
    for jalur in edisi.jalur.all():
        own = sorted(
            baris.get(jalur.kode, []), key=lambda row: (row.peringkat, names[row.entri.pk])
        )
        for line in own:
            row = decided[line.entri.pk]
            found.append(
                {
                    "peserta": names[line.entri.pk],
                    "jalur": jalur.kode,
                    "peringkat": line.peringkat,
                    "nilai_akhir": f"{as_decimal(line.nilai_akhir):f}",
                    "nilai_eksak": str(line.nilai_akhir),
                    "nilai_tahap": {t: f"{as_decimal(line.entri.poin[t]):f}" for t in bobot},
                    "pemecah_seri": list(line.pemecah),
                    "usulan_menang": line.usulan_menang,
                    "usulan_aspek": line.usulan_aspek,
                    "menang": row.menang,
                    "aspek": row.aspek,
                    "didiskualifikasi": row.didiskualifikasi,
                }
            )
    return found


def _rules_of(edisi: Edisi) -> dict:
    """The edition's part: rules, stages, tracks and rubrics."""
    aturan = edisi.aturan
    return {
        "edisi": {
            "kode": edisi.kode,
            "tahun": edisi.tahun,
            "nama": edisi.nama,
            "dasar_hukum": edisi.dasar_hukum,
            "jumlah_pemenang": edisi.jumlah_pemenang,
            "sumber_hash": edisi.sumber_hash,
        },
        "aturan": {
            "bobot_tahap": bobot_of(edisi),
            "urutan_seri": aturan["urutan_seri"],
            "penilai_ketiga": aturan.get("penilai_ketiga"),
            "kuota_jenis_instansi": aturan.get("kuota_jenis_instansi") or [],
            "aspek_penghargaan": aturan.get("aspek_penghargaan") or [],
        },
        "tahap": [{"kode": t.kode, "jenis": t.jenis, "nama": t.nama} for t in tahap_dinilai(edisi)],
        "jalur": [
            {"kode": j.kode, "nama": j.nama, "kuota_pemenang": j.kuota_pemenang}
            for j in edisi.jalur.all()
        ],
        "rubrik": _rubrics_of(edisi),
    }


def _rubrics_of(edisi: Edisi) -> list[dict]:
    rows = (
        Rubrik.objects.filter(edisi=edisi, tahap__kode__in=bobot_of(edisi))
        .select_related("tahap", "jalur")
        .prefetch_related("kelompok__kriteria")
        .order_by("tahap__urutan", "jalur__urutan", "pk")
    )
    return [
        {
            "tahap": rubrik.tahap.kode,
            "jalur": rubrik.jalur.kode if rubrik.jalur else "",
            "hash": rubrik.hash,
            "kelompok": [
                {
                    "kode": kelompok.kode,
                    "kriteria": [
                        {
                            "kode": kriteria.kode,
                            "bobot": decimal_text(kriteria.bobot),
                            "faktor": [
                                decimal_text(Decimal(level["faktor"])) for level in kriteria.tingkat
                            ],
                        }
                        for kriteria in kelompok.kriteria.all()
                    ],
                }
                for kelompok in rubrik.kelompok.all()
            ],
        }
        for rubrik in rows
    ]
