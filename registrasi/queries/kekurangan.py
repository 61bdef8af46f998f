"""What an entry still lacks, for many entries in a constant number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, TextField, Value, When

from kompetisi.models import Edisi, Kriteria, Rubrik
from kompetisi.models.rubrik import SebelumKirim
from kompetisi.rules.tampil import Diminta
from kompetisi.templatetags.waktu import tanggal
from registrasi.models import (
    BuktiDukung,
    JawabanNarasi,
    KinerjaSP4N,
    Pemindaian,
    Pendaftaran,
    PenilaianMandiri,
)
from registrasi.rules.diminta import diminta_of
from registrasi.rules.kinerja import missing_kolom
from registrasi.rules.surat import expired_on, last_day
from registrasi.rules.temuan import add_months

OWN_FIELDS = (
    ("judul", "Nama program atau inovasi"),
    ("mulai_pemakaian", "Tanggal mulai pemakaian SP4N-LAPOR!"),
    ("narahubung_nama", "Nama narahubung"),
    ("narahubung_telepon", "Telepon narahubung"),
)


@dataclass(frozen=True)
class Kurang:
    """One thing that is missing: where in the form it is put right, and the sentence about it.

    `bagian` is identitas, kinerja, mandiri, narasi or dokumen; `kunci` the code of the period or
    the group of criteria when the part has several pages; `medan` the id of the field on it.
    """

    bagian: str
    pesan: str
    kunci: str = ""
    medan: str = ""


def kekurangan_of(rows: Sequence[Pendaftaran]) -> dict[int, list[str]]:
    """What each entry of one edition still lacks, in words, by primary key; nothing is []."""
    return {pk: [item.pesan for item in found] for pk, found in kurang_of(rows).items()}


def kurang_of(rows: Sequence[Pendaftaran]) -> dict[int, list[Kurang]]:
    """The same with where each is put right."""
    if not rows:
        return {}
    asked = Tuntutan(rows[0].edisi)
    filled = filled_of([row.pk for row in rows])
    return {row.pk: asked.missing(row, filled[row.pk]) for row in rows}


class Tuntutan:
    """What an edition asks of an entry of each track; five queries in all."""

    def __init__(self, edisi: Edisi) -> None:
        self.aturan = edisi.aturan
        self.pertanyaan = list(edisi.pertanyaan.all())
        self.dokumen = list(edisi.jenis_dokumen.all())
        self.rubrik = rubrik_dokumen(edisi)
        self.tahan = set(  # checks of the gate that hold an entry back
            edisi.butir_administrasi.filter(sebelum_kirim=SebelumKirim.TAHAN).values_list(
                "otomatis", flat=True
            )
        )
        kinerja = edisi.aturan.get("kinerja", {})
        self.kolom = kinerja.get("kolom", [])
        self.periode = [
            (date.fromisoformat(p["mulai"]), date.fromisoformat(p["sampai"]), p)
            for p in kinerja.get("periode", [])
        ]

    def kriteria(self, jalur_id: int) -> list[Kriteria]:
        """The criteria an entry of this track assesses itself by."""
        return self.rubrik.get(jalur_id) or self.rubrik.get(None) or []

    def own(self, rows: list, row: Pendaftaran) -> list:
        """Those of the questions or documents that are asked of this entry's track."""
        return [item for item in rows if item.jalur_id in (None, row.jalur_id)]

    def diminta(self, row: Pendaftaran, filled: dict) -> Diminta:
        """What this entry is asked of its track's criteria, questions and documents."""
        return diminta_of(
            row,
            kriteria=self.kriteria(row.jalur_id),
            pertanyaan=self.own(self.pertanyaan, row),
            dokumen=self.own(self.dokumen, row),
            tingkat=filled["tingkat"],
            jawaban=filled["jawaban"],
        )

    def unasked_dokumen(self, row: Pendaftaran, filled: dict) -> set[str]:
        """Codes of the documents of the entry's track that its answers leave unasked."""
        asked = {item.kode for item in self.diminta(row, filled).dokumen}
        return {item.kode for item in self.own(self.dokumen, row)} - asked

    def counts(self, row: Pendaftaran, filled: dict) -> dict[tuple[str, str], int]:
        """How many things are asked, by part of the form and its page; each once."""
        asked = self.diminta(row, filled)
        groups = Counter(k.kelompok.kode for k in asked.kriteria)
        needed = [p["kode"] for _, _, p in self.periode if p.get("wajib", True)]
        return {
            ("identitas", ""): len(OWN_FIELDS) + ("terhubung_lapor" in self.tahan),
            **{("kinerja", kode): 1 for kode in needed},
            **{("mandiri", kode): n for kode, n in groups.items()},
            ("narasi", ""): sum(p.wajib for p in asked.pertanyaan),
            ("dokumen", ""): sum(d.wajib for d in asked.dokumen),
        }

    def missing(self, row: Pendaftaran, filled: dict) -> list[Kurang]:
        """What this entry lacks, in the order of the form."""
        asked = self.diminta(row, filled)
        return [
            *self._identity(row),
            *self._figures(filled["angka"]),
            *self._levels(asked.kriteria, filled),
            *(
                Kurang("narasi", f"Jawaban: {p.teks}", p.kode, f"id_p{p.pk}")
                for p in asked.pertanyaan
                if p.wajib and p.pk not in filled["jawaban"]
            ),
            *(
                Kurang("dokumen", f"Dokumen: {d.nama}", d.kode, f"berkas-{d.kode}")
                for d in asked.dokumen
                if d.wajib and d.pk not in filled["dokumen"]
            ),
            *(
                Kurang(
                    "dokumen",
                    f"Dokumen: {d.nama}, hanya berlaku sampai {tanggal(filled['lewat'][d.pk])}",
                    d.kode,
                    f"berkas-{d.kode}",
                )
                for d in asked.dokumen
                if d.wajib and d.pk in filled["lewat"]
            ),
        ]

    def _identity(self, row: Pendaftaran) -> Iterable[Kurang]:
        for name, label in OWN_FIELDS:
            if not getattr(row, name):
                yield Kurang("identitas", f"Data: {label}", medan=f"id_{name}")
        reason = self._too_short(row.mulai_pemakaian)
        if reason:
            yield Kurang("identitas", f"Data: {reason}", medan="id_mulai_pemakaian")
        if "terhubung_lapor" in self.tahan and not row.terhubung_lapor:
            text = "Data: Terhubung dengan SP4N-LAPOR! belum dinyatakan"
            yield Kurang("identitas", text, medan="id_terhubung_lapor")

    def _too_short(self, since: date | None) -> str:
        """Why the system has not been in use long enough, by the gate's own rule."""
        acuan = self.aturan.get("tanggal_acuan_pemakaian")
        months = self.aturan.get("minimal_bulan_pemakaian") or 0
        if not ("lama_pemakaian" in self.tahan and since and acuan):
            return ""
        day = date.fromisoformat(acuan)
        if add_months(since, months) <= day:
            return ""
        return (
            f"SP4N-LAPOR! harus dipakai sekurangnya {months} bulan pada {tanggal(day)}; "
            "periksa tanggal mulai pemakaian"
        )

    def _levels(self, asked: list[Kriteria], filled: dict) -> Iterable[Kurang]:
        for kriteria in asked:
            group, level = kriteria.kelompok.kode, filled["tingkat"].get(kriteria.pk)
            if not level:
                text = f"Penilaian mandiri: {kriteria.kode} {kriteria.nama}"
                yield Kurang("mandiri", text, group, f"id_k{kriteria.pk}-tingkat")
            elif needs_bukti(kriteria, level) and kriteria.pk not in filled["bukti"]:
                text = f"Bukti: {kriteria.kode} {kriteria.nama}"
                yield Kurang("mandiri", text, group, f"id_k{kriteria.pk}-bukti")

    def _figures(self, angka: dict) -> Iterable[Kurang]:
        for mulai, sampai, periode in self.periode:
            stored = angka.get((mulai, sampai))
            if stored is None:
                if periode.get("wajib", True):
                    text, first = f"Angka kinerja: {periode['nama']}", self.kolom[:1]
                    medan = f"id_{first[0]['kode']}" if first else ""
                    yield Kurang("kinerja", text, periode["kode"], medan)
                continue
            lacking = missing_kolom(self.kolom, stored)
            if lacking:
                more = f" dan {len(lacking) - 1} lainnya" if lacking[1:] else ""
                text = f"Angka kinerja: {periode['nama']}, {lacking[0]['nama']}{more} belum diisi"
                yield Kurang("kinerja", text, periode["kode"], f"id_{lacking[0]['kode']}")


def needs_bukti(kriteria: Kriteria, tingkat: str) -> bool:
    """Whether a claim of this level must be proved; a level that earns nothing need not be."""
    faktor = next((t["faktor"] for t in kriteria.tingkat if t["kode"] == tingkat), "0")
    return kriteria.butuh_bukti and Decimal(str(faktor)) > 0


def berlaku_sampai_of(bukti: BuktiDukung) -> date | None:
    """The last day an attached letter holds; None where that is not asked or not known."""
    jenis = bukti.jenis_dokumen
    bulan = jenis.masa_berlaku_bulan if jenis else None
    return last_day(bukti.tanggal_surat, bukti.berlaku_sampai, bulan)


def kedaluwarsa_of(bukti: BuktiDukung) -> date | None:
    """The last day of a letter that no longer held when it was attached, else None."""
    return expired_on(berlaku_sampai_of(bukti), bukti.dilampirkan_pada)


def rubrik_dokumen(edisi: Edisi) -> dict[int | None, list[Kriteria]]:
    """The criteria of the document rubric by track; None holds those of all tracks."""
    result: dict[int | None, list[Kriteria]] = defaultdict(list)
    rows = Kriteria.objects.filter(
        kelompok__rubrik__in=Rubrik.objects.filter(edisi=edisi, tahap__jenis="dokumen")
    ).select_related("kelompok__rubrik")
    for row in rows.order_by("kelompok__urutan", "kelompok_id", "urutan", "pk"):
        result[row.kelompok.rubrik.jalur_id].append(row)
    return result


def filled_of(keys: list[int]) -> dict[int, dict]:
    """What is filled in, by entry: four queries for any number of entries.

    `jawaban` has each answered question with its choice, or "" for a narrative.
    """
    result: dict[int, dict] = defaultdict(
        lambda: {
            "tingkat": {},
            "jawaban": {},
            "dokumen": set(),
            "bukti": set(),
            "lewat": {},
            "angka": {},
        }
    )
    for pk, kriteria, tingkat in PenilaianMandiri.objects.filter(pendaftaran__in=keys).values_list(
        "pendaftaran_id", "kriteria_id", "tingkat"
    ):
        result[pk]["tingkat"][kriteria] = tingkat
    narrative = When(pertanyaan__pilihan=[], then=Value(""))
    chosen = Case(narrative, default="isi", output_field=TextField())
    for pk, pertanyaan, isi in (
        JawabanNarasi.objects.filter(pendaftaran__in=keys)
        .exclude(isi__regex=r"^\s*$")
        .values_list("pendaftaran_id", "pertanyaan_id", chosen)
    ):
        result[pk]["jawaban"][pertanyaan] = isi
    whole = BuktiDukung.objects.exclude(berkas__pemindaian=Pemindaian.TERINFEKSI)
    for row in whole.filter(pendaftaran__in=keys, dilepas_pada=None).select_related(
        "jenis_dokumen"
    ):
        found = result[row.pendaftaran_id]
        found["dokumen"].add(row.jenis_dokumen_id)
        found["bukti"].add(row.kriteria_id)
        if last := kedaluwarsa_of(row):
            found["lewat"][row.jenis_dokumen_id] = last
    for pk, mulai, selesai, angka in KinerjaSP4N.objects.filter(pendaftaran__in=keys).values_list(
        "pendaftaran_id", "periode_mulai", "periode_selesai", "angka"
    ):
        result[pk]["angka"][mulai, selesai] = angka
    return result
