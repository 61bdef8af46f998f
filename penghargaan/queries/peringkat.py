"""The ranking of an edition, computed from the sheets that count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from evaluasi.models import KeputusanDaftarPendek
from evaluasi.queries.nilai import NilaiTahap, nilai_by_pendaftaran
from kompetisi.models import Edisi, Kriteria, Tahap
from penghargaan.models import Peringkat
from penghargaan.rules.peringkat import (
    Baris,
    Entri,
    aspect_score,
    exact_mean,
    propose_aspects,
    propose_winners,
    rank_jalur,
)
from registrasi.models import Pendaftaran, StatusPendaftaran

GONE = (
    StatusPendaftaran.DRAF,
    StatusPendaftaran.PERLU_PERBAIKAN,
    StatusPendaftaran.TIDAK_LOLOS_ADMINISTRASI,
    StatusPendaftaran.TIDAK_MASUK,
    StatusPendaftaran.MENGUNDURKAN_DIRI,
    StatusPendaftaran.DIDISKUALIFIKASI,
)


@dataclass(frozen=True)
class Perhitungan:
    """The ranked entries of each track, and the entries that lack a score with the stages."""

    baris: Mapping[str, list[Baris]]
    tanpa_nilai: list[tuple[Pendaftaran, list[str]]]


def tahap_dinilai(edisi: Edisi) -> list[Tahap]:
    """The scored stages the edition has, in order."""
    bobot = edisi.aturan["bobot_tahap"]
    return [tahap for tahap in edisi.tahap.all() if tahap.kode in bobot]


def bobot_of(edisi: Edisi) -> dict[str, str]:
    """Weight of each scored stage the edition has, by its code, in the order of the stages."""
    return {tahap.kode: edisi.aturan["bobot_tahap"][tahap.kode] for tahap in tahap_dinilai(edisi)}


def entries_in_pleno(edisi: Edisi) -> QuerySet[Pendaftaran]:
    """The entries the plenary decides on: the shortlist, less those that left.

    An edition with one scored stage has no shortlist before its plenary: all scored entries count.
    """
    rows = Pendaftaran.objects.filter(edisi=edisi).exclude(status__in=GONE)
    if len(bobot_of(edisi)) > 1:
        rows = shortlisted(edisi)
    return rows.select_related("jalur", "instansi", "unit")


def shortlisted(edisi: Edisi) -> QuerySet[Pendaftaran]:
    """The entries on the shortlist, less those that left."""
    masuk = KeputusanDaftarPendek.objects.filter(masuk=True).values("pendaftaran")
    rows = Pendaftaran.objects.filter(edisi=edisi, pk__in=masuk).exclude(status__in=GONE)
    return rows.select_related("jalur", "instansi", "unit")


def compute_peringkat(edisi: Edisi) -> Perhitungan:
    """Rank every track anew; votes and disqualifications of the plenary are taken over.

    Six queries, however many entries.
    """
    bobot = bobot_of(edisi)
    scores = nilai_by_pendaftaran(edisi)
    decided = {
        row["pendaftaran_id"]: row
        for row in Peringkat.objects.filter(pleno__edisi=edisi).values(
            "pendaftaran_id", "suara_pleno", "didiskualifikasi"
        )
    }
    by_jalur: dict[str, list[Entri]] = {}
    without: list[tuple[Pendaftaran, list[str]]] = []
    names = {tahap.kode: tahap.nama for tahap in tahap_dinilai(edisi)}
    for row in entries_in_pleno(edisi):
        found = scores.get(row.pk, {})
        missing = [names[kode] for kode in bobot if kode not in found]
        if missing:
            without.append((row, missing))
            continue
        by_jalur.setdefault(row.jalur.kode, []).append(_entri(row, found, decided.get(row.pk, {})))
    return Perhitungan(_ranked(edisi, by_jalur, bobot), without)


def _entri(row: Pendaftaran, found: Mapping[str, NilaiTahap], decided: Mapping) -> Entri:
    poin: dict[str, Fraction] = {}
    for kode, score in found.items():
        poin[kode] = exact_mean(score.nilai, score.dipakai)
        for kelompok, value in score.kelompok.items():
            poin[f"{kode}.{kelompok}"] = exact_mean(value, score.dipakai)
            for kriteria, points in score.kriteria[kelompok].items():
                poin[f"{kode}.{kelompok}.{kriteria}"] = exact_mean(points, score.dipakai)
    return Entri(
        pk=row.pk,
        jalur=row.jalur.kode,
        jenis=row.instansi.jenis,
        poin=poin,
        suara=decided.get("suara_pleno"),
        didiskualifikasi=decided.get("didiskualifikasi", False),
    )


def _ranked(
    edisi: Edisi, by_jalur: Mapping[str, list[Entri]], bobot: Mapping[str, str]
) -> dict[str, list[Baris]]:
    aturan = edisi.aturan
    maksimum = maksimum_of(edisi)
    found = {}
    for jalur in edisi.jalur.all():
        rows = rank_jalur(by_jalur.get(jalur.kode, []), bobot, aturan["urutan_seri"])
        kinds = [k for k in aturan.get("kuota_jenis_instansi") or [] if k["jalur"] == jalur.kode]
        rows = propose_winners(rows, jalur.kuota_pemenang, kinds)
        found[jalur.kode] = propose_aspects(rows, aspek_of(edisi, jalur.kode), maksimum[jalur.kode])
    return found


def aspek_of(edisi: Edisi, jalur: str) -> list[dict]:
    """The aspect awards open to a track."""
    aspek = edisi.aturan.get("aspek_penghargaan") or []
    return [row for row in aspek if (row.get("jalur") or jalur) == jalur]


def maksimum_of(edisi: Edisi) -> dict[str, dict[str, Fraction]]:
    """Track -> what can be earned on each stage, group and criterion; one query.

    The track's own rubric of a stage counts before the common one.
    """
    rows = Kriteria.objects.filter(
        kelompok__rubrik__edisi=edisi,
        kelompok__rubrik__tahap__kode__in=bobot_of(edisi),
    ).values_list(
        "kelompok__rubrik__jalur__kode",
        "kelompok__rubrik__tahap__kode",
        "kelompok__kode",
        "kode",
        "bobot",
    )
    by_rubric: dict[tuple[str, str], list[tuple[str, str, Decimal]]] = {}
    for jalur, tahap, kelompok, kriteria, bobot in rows:
        by_rubric.setdefault((tahap, jalur or ""), []).append((kelompok, kriteria, bobot))
    found: dict[str, dict[str, Fraction]] = {}
    for jalur in edisi.jalur.all():
        most = found.setdefault(jalur.kode, {})
        for tahap in bobot_of(edisi):
            own = by_rubric.get((tahap, jalur.kode)) or by_rubric.get((tahap, ""), [])
            for kelompok, kriteria, bobot in own:
                for name in (tahap, f"{tahap}.{kelompok}", f"{tahap}.{kelompok}.{kriteria}"):
                    most[name] = most.get(name, Fraction(0)) + Fraction(bobot)
    return found


def urutan_aspek(edisi: Edisi, rows: Iterable[Peringkat], hitungan: Perhitungan) -> dict[int, int]:
    """Entry -> its place among the award winners of its aspect, by the score on its items."""
    poin = {line.entri.pk: line for lines in hitungan.baris.values() for line in lines}
    maksimum = maksimum_of(edisi)
    aspects = {a["kode"]: a for a in edisi.aturan.get("aspek_penghargaan") or []}
    groups: dict[str, list[tuple]] = {}
    for row in rows:
        if row.menang and row.aspek in aspects:
            most = maksimum[row.jalur.kode]
            score = aspect_score(poin[row.pendaftaran_id].entri.poin, aspects[row.aspek], most)
            groups.setdefault(row.aspek, []).append((-score, row.peringkat, row.pendaftaran_id))
    return {
        member[2]: place
        for members in groups.values()
        for place, member in enumerate(sorted(members), 1)
    }


def label_rujukan(edisi: Edisi) -> dict[str, str]:
    """What a tie rule is called by people: `lapangan` -> "nilai Verifikasi lapangan"."""
    labels = {"pleno.suara": "suara pleno"}
    for tahap in tahap_dinilai(edisi):
        labels[tahap.kode] = f"nilai {tahap.nama}"
    rows = Kriteria.objects.filter(kelompok__rubrik__edisi=edisi).values_list(
        "kelompok__rubrik__tahap__kode", "kelompok__kode", "kelompok__nama", "kode", "nama"
    )
    for tahap, kelompok, nama_kelompok, kriteria, nama in rows:
        labels[f"{tahap}.{kelompok}"] = f"nilai {nama_kelompok}"
        labels[f"{tahap}.{kelompok}.{kriteria}"] = f"nilai {nama}"
    return labels
