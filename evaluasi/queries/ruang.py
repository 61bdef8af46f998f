"""The reading room: what an evaluator reads beside the sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluasi.models import LembarPenilaian
from evaluasi.rules.lembar import Butir
from evaluasi.rules.ukuran import measure, suggest_tingkat
from registrasi.models import Berkas, BuktiDukung, JawabanNarasi
from registrasi.queries.angka_resmi import Angka, figures_of, toleransi_of
from registrasi.queries.formulir import diminta_dari
from registrasi.rules.angka_resmi import periods_of
from registrasi.rules.berkas import can_read


@dataclass(frozen=True)
class Ruang:
    """Files, figures and answers of an entry, and the criteria by group."""

    kelompok: list[dict]
    berkas: list[dict]
    kinerja: list[dict]
    toleransi: Decimal
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
    figures, official = figures_of(entry)
    edisi = lembar.penugasan.tahap.edisi
    rules = edisi.aturan.get("kinerja") or {}
    own = {row.kriteria_id: row.berkas for row in bukti if row.kriteria_id}
    measures = _measures(lembar.penugasan.tahap.kode, rules, figures, official, butir)
    return Ruang(
        kelompok=_groups(butir, own, measures),
        berkas=[_file(row) for row in bukti],
        kinerja=periods_of(rules, figures, official, toleransi_of(edisi)),
        toleransi=toleransi_of(edisi),
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


def _measures(
    tahap: str,
    rules: dict,
    figures: Sequence[Angka],
    official: Sequence[Angka],
    butir: Sequence[Butir],
) -> dict[str, dict]:
    """Criterion -> its measure in the reference period as claimed and as official.

    With the level that each suggests; `resmi` is None without an official figure.
    """
    wanted = rules.get("periode_acuan")
    periode = next((p for p in rules.get("periode", []) if p["kode"] == wanted), None)
    if periode is None:
        return {}
    row, own = (_in_period(rows, periode) for rows in (figures, official))
    if row is None and own is None:
        return {}
    levels = {item.kode: [t["kode"] for t in item.tingkat] for item in butir}
    names = {t["kode"]: t["nama"] for t in [*rules["turunan"], *rules["kolom"]]}
    found = {}
    for limit in rules.get("ambang", []):
        if limit["tahap"] != tahap or limit["kriteria"] not in levels:
            continue
        value, resmi = (measure(r, rules, limit["ukuran"]) if r else None for r in (row, own))
        codes = levels[limit["kriteria"]]
        found[limit["kriteria"]] = {
            "nama": names.get(limit["ukuran"], ""),
            "nilai": value,
            "persen": limit["ukuran"].startswith("persen"),
            "saran": suggest_tingkat(limit, value, codes),
            "resmi": resmi,
            "saran_resmi": suggest_tingkat(limit, resmi, codes),
        }
    return found


def _in_period(rows: Sequence, periode: dict):
    return next((row for row in rows if row.periode_mulai.isoformat() == periode["mulai"]), None)
