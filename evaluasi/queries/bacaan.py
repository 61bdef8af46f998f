"""Places in documents, questions for the site team, and what was read, beside a sheet."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import F, QuerySet

from evaluasi.models import KunjunganLapangan, LembarSah, PertanyaanLapangan, TitikBukti
from evaluasi.rules.samaran import nama_berkas
from registrasi.models import BuktiDukung

SAMPING_SQL = """
SELECT (SELECT json_agg(json_build_object(
            'pk', t.id, 'kriteria', t.kriteria_id, 'berkas_id', t.berkas_id, 'halaman', t.halaman,
            'kiri', t.kiri, 'atas', t.atas, 'lebar', t.lebar, 'tinggi', t.tinggi,
            'berkas', json_build_object('tipe', b.tipe, 'nama_asli', b.nama_asli)) ORDER BY t.id)
          FROM evaluasi_titikbukti t JOIN registrasi_berkas b ON b.id = t.berkas_id
         WHERE t.lembar_id = l.id)::text,
       (SELECT json_agg(json_build_object('kriteria', q.kriteria_id, 'teks', q.teks,
                                          'versi', q.versi))
          FROM evaluasi_pertanyaanlapangan q WHERE q.lembar_id = l.id)::text,
       (SELECT json_object_agg(r.berkas_id, r.halaman)
          FROM evaluasi_bacaan r WHERE r.lembar_id = l.id)::text,
       EXISTS (SELECT 1 FROM kompetisi_tahap s
                WHERE s.edisi_id = t.edisi_id AND s.jenis = 'lapangan'), c.pada, c.hash
  FROM evaluasi_lembarpenilaian l
  JOIN evaluasi_penugasan p ON p.id = l.penugasan_id
  JOIN kompetisi_tahap t ON t.id = p.tahap_id
  LEFT JOIN evaluasi_penguncian c ON c.lembar_id = l.id AND NOT c.dibuka
 WHERE l.id = %s
"""


@dataclass(frozen=True)
class Samping:
    """What stands beside the scores of a sheet.

    `titik` and `tanya` by criterion: places in documents, the question for the site team.
    `dibaca`: document -> pages that were in view. `ada_lapangan`: the edition has a site stage.
    `kunci`: instant and hash of the lock in force, None for a draft.
    """

    titik: dict[int, list[dict]]
    tanya: dict[int, dict]
    dibaca: dict[int, list[int]]
    ada_lapangan: bool
    kunci: dict | None


def samping_of(lembar_id: int, *, samar: bool = False) -> Samping:
    """All that stands beside the scores of a sheet; one query. `samar`: without names of files."""
    with connection.cursor() as cursor:
        cursor.execute(SAMPING_SQL, [lembar_id])
        titik, tanya, dibaca, lapangan, pada, hash_ = cursor.fetchone()
    places: dict[int, list[dict]] = defaultdict(list)
    for row in json.loads(titik or "[]"):
        if samar:
            row["berkas"]["nama_asli"] = nama_berkas(row["berkas_id"], row["berkas"]["nama_asli"])
        places[row["kriteria"]].append(row)
    return Samping(
        places,
        {row["kriteria"]: row for row in json.loads(tanya or "[]")},
        {int(pk): pages for pk, pages in json.loads(dibaca or "{}").items()},
        lapangan,
        {"pada": pada, "hash": hash_} if pada else None,
    )


def berkas_choices(pendaftaran_id: int, *, samar: bool = False) -> list[tuple[int, str]]:
    """The readable files of an entry, for the form without scripts; `samar`: unnamed."""
    rows = (
        BuktiDukung.objects.filter(pendaftaran=pendaftaran_id, dilepas_pada=None)
        .select_related("berkas", "jenis_dokumen", "kriteria")
        .order_by("jenis_dokumen__urutan", "pk")
    )
    return [(row.berkas_id, _label(row, samar=samar)) for row in rows]


def _label(row: BuktiDukung, *, samar: bool) -> str:
    place = row.jenis_dokumen.nama if row.jenis_dokumen else f"Bukti {row.kriteria.kode}"
    pages = f" ({row.berkas.halaman} halaman)" if row.berkas.halaman else ""
    return f"{place}{'' if samar else f': {row.berkas.nama_asli}'}{pages}"


def sealed_bukti(lembar_ids: Sequence[int]) -> dict[int, dict[str, list[dict]]]:
    """Sheet -> criterion's code -> its places as a lock keeps them; one query."""
    rows = (
        TitikBukti.objects.filter(lembar__in=lembar_ids)
        .order_by("pk")
        .values("lembar", "halaman", "kiri", "atas", "lebar", "tinggi",
                kode=F("kriteria__kode"), sha=F("berkas__sha256"))
    )  # fmt: skip
    found: dict[int, dict[str, list[dict]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        box = [row["kiri"], row["atas"], row["lebar"], row["tinggi"]]
        found[row["lembar"]][row["kode"]].append(
            {"berkas": row["sha"], "halaman": row["halaman"], "kotak": box}
        )
    return found


def pertanyaan_for(kunjungan: KunjunganLapangan) -> QuerySet[PertanyaanLapangan]:
    """What the readers of an entry's documents ask its site team, once their sheets are locked.

    Without the readers' names: the team need not know who doubted.
    """
    counted = LembarSah.objects.filter(pendaftaran=kunjungan.pendaftaran_id).values("lembar")
    return (
        PertanyaanLapangan.objects.filter(lembar__in=counted)
        .select_related("kriteria")
        .order_by("kriteria__kelompok__urutan", "kriteria__urutan", "pk")
    )
