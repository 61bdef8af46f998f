"""Score sheets: who may see which, and what is on them."""

import json
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from evaluasi.models import LembarPenilaian, Penguncian, Penugasan
from evaluasi.queries.benturan import in_conflict, own_conflict
from evaluasi.queries.penugasan import edisi_where, is_locked, penugasan_own
from evaluasi.rules.lembar import Butir, KeadaanLembar, drop_unasked
from kompetisi import clock
from kompetisi.models import Pengguna
from kompetisi.rules.tahap import keadaan_at

BUTIR_SQL = """
SELECT k.id, k.kode, k.nama, k.petunjuk, k.bobot, k.tingkat::text,
       g.id, g.kode, g.nama, g.bobot,
       coalesce(n.tingkat, ''), n.faktor, coalesce(n.catatan, ''), coalesce(n.versi, 0), n.id,
       coalesce(m.tingkat, ''), coalesce(m.catatan, ''), k.tampil_bila::text, d.terhubung_lapor
  FROM evaluasi_lembarpenilaian l
  JOIN evaluasi_penugasan p ON p.id = l.penugasan_id
  JOIN registrasi_pendaftaran d ON d.id = p.pendaftaran_id
  JOIN kompetisi_kelompok g ON g.rubrik_id = l.rubrik_id
  JOIN kompetisi_kriteria k ON k.kelompok_id = g.id
  LEFT JOIN evaluasi_nilai n ON n.lembar_id = l.id AND n.kriteria_id = k.id
  LEFT JOIN registrasi_penilaianmandiri m
    ON m.pendaftaran_id = p.pendaftaran_id AND m.kriteria_id = k.id
 WHERE l.id = %s
 ORDER BY g.urutan, g.id, k.urutan, k.id
"""
FACTS_SQL = """
SELECT t.mulai,
       greatest(t.selesai, (
           SELECT max(x.selesai_baru) FROM kompetisi_perpanjangan x
            WHERE x.tahap_id = t.id AND x.disetujui_pada IS NOT NULL
              AND x.kode_pendaftaran IN ('', d.kode))),
       t.jenis, e.pengguna_id, p.dirilis_pada IS NOT NULL, p.dicabut_pada IS NOT NULL,
       EXISTS (SELECT 1 FROM evaluasi_benturan_efektif b
                WHERE b.evaluator_id = e.id AND b.instansi_id = d.instansi_id),
       EXISTS (SELECT 1 FROM evaluasi_penguncian c WHERE c.lembar_id = l.id AND NOT c.dibuka),
       ARRAY(SELECT r.jenis FROM kompetisi_peran r
              WHERE r.pengguna_id = %s AND r.edisi_id = t.edisi_id AND r.dicabut_pada IS NULL),
       e.aktif, least(w.mulai, w.dimulai_pada)
  FROM evaluasi_lembarpenilaian l
  JOIN evaluasi_penugasan p ON p.id = l.penugasan_id
  JOIN evaluasi_evaluator e ON e.id = p.evaluator_id
  JOIN registrasi_pendaftaran d ON d.id = p.pendaftaran_id
  JOIN kompetisi_tahap t ON t.id = p.tahap_id
  LEFT JOIN evaluasi_sesiwawancara w ON w.pendaftaran_id = d.id AND w.tahap_id = t.id
 WHERE l.id = %s
"""


@dataclass(frozen=True)
class Fakta:
    """Facts about a sheet for one reader, without the time."""

    mulai: object
    selesai: object
    sesi: object
    keadaan: dict

    def at(self, instant) -> KeadaanLembar:
        """The state of the sheet at an instant (UTC)."""
        return KeadaanLembar(
            tahap=keadaan_at(self.mulai, self.selesai, instant),
            menunggu_sesi=self.sesi is not None and instant < self.sesi,
            **self.keadaan,
        )


def butir_of(lembar_id: int) -> list[Butir]:
    """The criteria of a sheet in order, with claim and score of each; one query."""
    with connection.cursor() as cursor:
        cursor.execute(BUTIR_SQL, [lembar_id])
        rows = cursor.fetchall()
    butir = [
        Butir(*row[:5], tuple(json.loads(row[5])), *row[6:-2], tampil_bila=json.loads(row[-2]))
        for row in rows
    ]
    return drop_unasked(butir, terhubung=bool(rows) and rows[0][-1])


def facts_of(lembar_id: int, user: Pengguna) -> Fakta:
    """What decides about this sheet, for this person; one query, of its own snapshot."""
    with connection.cursor() as cursor:
        cursor.execute(FACTS_SQL, [user.pk, lembar_id])
        mulai, selesai, jenis, owner, released, ended, conflict, locked, roles, active, sesi = (
            cursor.fetchone()
        )
    return Fakta(
        mulai,
        selesai,
        sesi,
        {
            "peran": frozenset(roles if user.is_active else ()),
            "jenis": jenis,
            "milik": owner == user.pk and active,
            "dirilis": released,
            "dicabut": ended,
            "berbenturan": conflict,
            "terkunci": locked,
        },
    )


def keadaan_lembar(lembar: LembarPenilaian, user: Pengguna) -> KeadaanLembar:
    """The state of a sheet now, for showing what can be done; writes ask again under lock."""
    return facts_of(lembar.pk, user).at(clock.now())


def lembar_visible_to(user: Pengguna) -> QuerySet[LembarPenilaian]:
    """Own sheets; those of peers once both are locked; all for the circle of the plenary.

    A sheet in conflict with the reader is never among them. `terkunci` tells whether it is locked.
    """
    this_counts = Exists(
        Penguncian.objects.filter(
            lembar=OuterRef(OuterRef("pk")),
            dibuka=False,
            lembar__penugasan__dicabut_pada=None,
        )
    )
    as_reader = Exists(
        penugasan_own(user).filter(
            Q(pk=OuterRef("penugasan")) | Q(is_locked("lembar__pk"), this_counts),
            tahap=OuterRef("penugasan__tahap"),
            pendaftaran=OuterRef("penugasan__pendaftaran"),
        )
    )
    circle = Q(penugasan__tahap__edisi__in=edisi_where(user, "nilai.lihat"))
    seen = circle & ~own_conflict(user, "penugasan__pendaftaran__instansi")
    return (
        LembarPenilaian.objects.filter(Q(as_reader) | seen)
        .annotate(terkunci=is_locked())
        .select_related(
            "rubrik",
            "penugasan__tahap__edisi",
            "penugasan__evaluator__pengguna",
            "penugasan__pendaftaran__instansi",
            "penugasan__pendaftaran__unit",
            "penugasan__pendaftaran__jalur",
        )
    )


def lembar_own(user: Pengguna) -> QuerySet[LembarPenilaian]:
    """The sheets this evaluator may fill, by their assignments in force."""
    return (
        LembarPenilaian.objects.filter(penugasan__in=penugasan_own(user).values("pk"))
        .annotate(terkunci=is_locked())
        .select_related(
            "rubrik",
            "penugasan__tahap__edisi",
            "penugasan__evaluator__pengguna",
            "penugasan__pendaftaran__instansi",
            "penugasan__pendaftaran__unit",
            "penugasan__pendaftaran__jalur",
        )
    )


def valid_lembar() -> QuerySet[LembarPenilaian]:
    """The sheets that count: locked, assignment in force, no conflict."""
    return LembarPenilaian.objects.filter(
        is_locked(),
        ~in_conflict("penugasan__evaluator", "penugasan__pendaftaran__instansi"),
        penugasan__dirilis_pada__isnull=False,
        penugasan__dicabut_pada=None,
    )


def peers_of(lembar: LembarPenilaian, user: Pengguna) -> list[LembarPenilaian]:
    """The other sheets of the same entry and stage that this person may see, in reading order."""
    return list(
        lembar_visible_to(user)
        .filter(
            penugasan__tahap=lembar.penugasan.tahap_id,
            penugasan__pendaftaran=lembar.penugasan.pendaftaran_id,
        )
        .exclude(pk=lembar.pk)
        .order_by("penugasan__urutan", "pk")
    )


def rubrik_for(penugasan: Penugasan) -> int | None:
    """Key of the rubric of an assignment: that of the entry's track, else that of all tracks."""
    jalur = penugasan.pendaftaran.jalur_id
    rubrics = penugasan.tahap.rubrik.filter(Q(jalur=jalur) | Q(jalur=None))
    return rubrics.order_by(F("jalur").asc(nulls_last=True)).values_list("pk", flat=True).first()
