"""What an entry still lacks, for many entries in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from kompetisi.models import Edisi, Kriteria, Rubrik
from registrasi.models import (
    BuktiDukung,
    JawabanNarasi,
    KinerjaSP4N,
    Pendaftaran,
    PenilaianMandiri,
)

OWN_FIELDS = (
    ("judul", "Nama program atau inovasi"),
    ("mulai_pemakaian", "Tanggal mulai pemakaian SP4N-LAPOR!"),
    ("narahubung_nama", "Nama narahubung"),
    ("narahubung_telepon", "Telepon narahubung"),
)


def kekurangan_of(rows: Sequence[Pendaftaran]) -> dict[int, list[str]]:
    """What each entry of one edition still lacks, in words, by primary key; nothing is []."""
    if not rows:
        return {}
    asked = Tuntutan(rows[0].edisi)
    filled = _filled([row.pk for row in rows])
    return {row.pk: asked.missing(row, filled[row.pk]) for row in rows}


class Tuntutan:
    """What an edition asks of an entry of each track; four queries in all."""

    def __init__(self, edisi: Edisi) -> None:
        self.pertanyaan = list(edisi.pertanyaan.filter(wajib=True))
        self.dokumen = list(edisi.jenis_dokumen.filter(wajib=True))
        self.rubrik = rubrik_dokumen(edisi)
        self.periode = [
            (date.fromisoformat(p["mulai"]), date.fromisoformat(p["sampai"]), p["nama"])
            for p in edisi.aturan.get("kinerja", {}).get("periode", [])
            if p.get("wajib", True)
        ]

    def kriteria(self, jalur_id: int) -> list[Kriteria]:
        """The criteria an entry of this track assesses itself by."""
        return self.rubrik.get(jalur_id) or self.rubrik.get(None) or []

    def missing(self, row: Pendaftaran, filled: dict) -> list[str]:
        """What this entry lacks, in the order of the form."""
        own = [f"Data: {label}" for name, label in OWN_FIELDS if not getattr(row, name)]
        return [
            *own,
            *self._levels(row, filled),
            *(f"Angka kinerja: {n}" for m, s, n in self.periode if (m, s) not in filled["periode"]),
            *(
                f"Jawaban: {p.teks}"
                for p in self.pertanyaan
                if p.jalur_id in (None, row.jalur_id) and p.pk not in filled["jawaban"]
            ),
            *(
                f"Dokumen: {d.nama}"
                for d in self.dokumen
                if d.jalur_id in (None, row.jalur_id) and d.pk not in filled["dokumen"]
            ),
        ]

    def _levels(self, row: Pendaftaran, filled: dict) -> Iterable[str]:
        for kriteria in self.kriteria(row.jalur_id):
            level = filled["tingkat"].get(kriteria.pk)
            if not level:
                yield f"Penilaian mandiri: {kriteria.kode} {kriteria.nama}"
            elif needs_bukti(kriteria, level) and kriteria.pk not in filled["bukti"]:
                yield f"Bukti: {kriteria.kode} {kriteria.nama}"


def needs_bukti(kriteria: Kriteria, tingkat: str) -> bool:
    """Whether a claim of this level must be proved; a level that earns nothing need not be."""
    faktor = next((t["faktor"] for t in kriteria.tingkat if t["kode"] == tingkat), "0")
    return kriteria.butuh_bukti and Decimal(str(faktor)) > 0


def rubrik_dokumen(edisi: Edisi) -> dict[int | None, list[Kriteria]]:
    """The criteria of the document rubric by track; None holds those of all tracks."""
    result: dict[int | None, list[Kriteria]] = defaultdict(list)
    rows = Kriteria.objects.filter(
        kelompok__rubrik__in=Rubrik.objects.filter(edisi=edisi, tahap__jenis="dokumen")
    ).select_related("kelompok__rubrik")
    for row in rows.order_by("kelompok__urutan", "kelompok_id", "urutan", "pk"):
        result[row.kelompok.rubrik.jalur_id].append(row)
    return result


def _filled(keys: list[int]) -> dict[int, dict]:
    """What is filled in, by entry: four queries for any number of entries."""
    result: dict[int, dict] = defaultdict(
        lambda: {
            "tingkat": {},
            "jawaban": set(),
            "dokumen": set(),
            "bukti": set(),
            "periode": set(),
        }
    )
    for pk, kriteria, tingkat in PenilaianMandiri.objects.filter(
        pendaftaran__in=keys
    ).values_list("pendaftaran_id", "kriteria_id", "tingkat"):
        result[pk]["tingkat"][kriteria] = tingkat
    for pk, pertanyaan in (
        JawabanNarasi.objects.filter(pendaftaran__in=keys)
        .exclude(isi__regex=r"^\s*$")
        .values_list("pendaftaran_id", "pertanyaan_id")
    ):
        result[pk]["jawaban"].add(pertanyaan)
    for pk, dokumen, kriteria in BuktiDukung.objects.filter(
        pendaftaran__in=keys, dilepas_pada=None
    ).values_list("pendaftaran_id", "jenis_dokumen_id", "kriteria_id"):
        result[pk]["dokumen"].add(dokumen)
        result[pk]["bukti"].add(kriteria)
    for pk, mulai, selesai in KinerjaSP4N.objects.filter(pendaftaran__in=keys).values_list(
        "pendaftaran_id", "periode_mulai", "periode_selesai"
    ):
        result[pk]["periode"].add((mulai, selesai))
    return result
