"""The reading room: what an evaluator reads beside the sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluasi.models import LembarPenilaian
from evaluasi.rules.lembar import Butir
from evaluasi.rules.ukuran import measure, suggest_tingkat
from registrasi.models import Berkas, BuktiDukung, JawabanNarasi, KinerjaSP4N
from registrasi.queries.formulir import diminta_dari
from registrasi.rules.berkas import can_read


@dataclass(frozen=True)
class Ruang:
    """Files, figures and answers of an entry, and the criteria by group."""

    kelompok: list[dict]
    berkas: list[dict]
    kinerja: list[dict]
    jawaban: list[dict]

    @property
    def dibaca(self) -> int | None:
        """The file that lies open at first: the first that may be given out."""
        return next((row["pk"] for row in self.berkas if row["terbaca"]), None)


def ruang_of(lembar: LembarPenilaian, butir: Sequence[Butir]) -> Ruang:
    """Everything to judge an entry by, as far as it was asked; three queries without conditions."""
    entry = lembar.penugasan.pendaftaran
    bukti = list(
        BuktiDukung.objects.filter(pendaftaran=entry, dilepas_pada=None)
        .select_related("berkas", "jenis_dokumen", "kriteria")
        .order_by("jenis_dokumen__urutan", "pk")
    )
    jawaban = list(entry.jawaban.select_related("pertanyaan").order_by("pertanyaan__urutan", "pk"))
    if any(item.tampil_bila for item in _items(bukti, jawaban)):
        asked = diminta_dari(entry)
        bukti = [row for row in bukti if (row.jenis_dokumen or row.kriteria) in
                 asked.dokumen + asked.kriteria]  # fmt: skip
        jawaban = [row for row in jawaban if row.pertanyaan in asked.pertanyaan]
    figures = list(KinerjaSP4N.objects.filter(pendaftaran=entry).order_by("periode_mulai", "pk"))
    rules = lembar.penugasan.tahap.edisi.aturan.get("kinerja") or {}
    own = {row.kriteria_id: row.berkas for row in bukti if row.kriteria_id}
    measures = _measures(lembar.penugasan.tahap.kode, rules, figures, butir)
    return Ruang(
        kelompok=_groups(butir, own, measures),
        berkas=[_file(row) for row in bukti],
        kinerja=[_periode(row, rules) for row in figures],
        jawaban=[{"teks": row.pertanyaan.teks, "isi": row.isi} for row in jawaban],
    )


def _items(bukti: list[BuktiDukung], jawaban: list[JawabanNarasi]) -> list:
    """The documents, criteria and questions that the entry's files and answers belong to."""
    return [
        *(row.jenis_dokumen or row.kriteria for row in bukti),
        *(row.pertanyaan for row in jawaban),
    ]


def berkas_of_lembar(lembar: LembarPenilaian, pk: int) -> Berkas | None:
    """A file that belongs to the entry of a sheet; None for any other."""
    return Berkas.objects.filter(
        pk=pk,
        bukti__pendaftaran=lembar.penugasan.pendaftaran_id,
        bukti__dilepas_pada=None,
    ).first()


def _groups(butir: Sequence[Butir], own: dict, measures: dict) -> list[dict]:
    groups: list[dict] = []
    for item in butir:
        if not groups or groups[-1]["id"] != item.kelompok_id:
            groups.append(
                {
                    "id": item.kelompok_id,
                    "kode": item.kelompok_kode,
                    "nama": item.kelompok_nama,
                    "bobot": item.kelompok_bobot,
                    "butir": [],
                }
            )
        groups[-1]["butir"].append(
            {
                "b": item,
                "berkas": own.get(item.kriteria_id),
                "terbaca": item.kriteria_id in own and can_read(own[item.kriteria_id]).ok,
                "ukuran": measures.get(item.kode),
                "klaim": next((t for t in item.tingkat if t["kode"] == item.klaim), None),
            }
        )
    return groups


def _file(row: BuktiDukung) -> dict:
    place = row.jenis_dokumen.nama if row.jenis_dokumen else ""
    if row.kriteria:
        place = f"Bukti {row.kriteria.kode}"
    return {
        "pk": row.berkas_id,
        "untuk": place,
        "halaman": row.berkas.halaman,
        "berkas": row.berkas,
        "terbaca": can_read(row.berkas).ok,
    }


def _periode(row: KinerjaSP4N, rules: dict) -> dict:
    named = {(p["mulai"], p["sampai"]): p["nama"] for p in rules.get("periode", [])}
    key = (row.periode_mulai.isoformat(), row.periode_selesai.isoformat())
    columns = [
        {"nama": k["nama"], "satuan": k.get("satuan", ""), "nilai": measure(row, rules, k["kode"])}
        for k in rules.get("kolom", [])
        if k.get("jenis") != "tanggal"
    ]
    derived = [
        {"nama": t["nama"], "nilai": measure(row, rules, t["kode"]), "persen": True}
        for t in rules.get("turunan", [])
    ]
    return {"nama": named.get(key, ""), "baris": row, "angka": columns, "turunan": derived}


def _measures(
    tahap: str, rules: dict, figures: Sequence[KinerjaSP4N], butir: Sequence[Butir]
) -> dict[str, dict]:
    """Criterion -> its measure in the reference period and the level that suggests."""
    wanted = rules.get("periode_acuan")
    periode = next((p for p in rules.get("periode", []) if p["kode"] == wanted), None)
    row = next(
        (r for r in figures if periode and r.periode_mulai.isoformat() == periode["mulai"]), None
    )
    if row is None:
        return {}
    levels = {item.kode: [t["kode"] for t in item.tingkat] for item in butir}
    names = {t["kode"]: t["nama"] for t in [*rules["turunan"], *rules["kolom"]]}
    found = {}
    for limit in rules.get("ambang", []):
        if limit["tahap"] != tahap or limit["kriteria"] not in levels:
            continue
        value = measure(row, rules, limit["ukuran"])
        found[limit["kriteria"]] = {
            "nama": names.get(limit["ukuran"], ""),
            "nilai": value,
            "persen": limit["ukuran"].startswith("persen"),
            "saran": suggest_tingkat(limit, value, levels[limit["kriteria"]]),
        }
    return found
