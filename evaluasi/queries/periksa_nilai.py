"""Whether any score was changed behind the application's back.

The triggers of the database refuse changes of locked sheets; whoever can switch them off can change
rows. Then what is stored no longer agrees with the content that was sealed, its hash, or the audit
log, whose chain `verify_jejak` checks. A difference names the sheet and holds up the freeze.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from evaluasi.models import LembarPenilaian, LembarSah, Nilai, Penguncian
from evaluasi.queries.bacaan import sealed_bukti
from evaluasi.queries.benturan import own_conflict
from evaluasi.queries.penugasan import edisi_where
from evaluasi.rules.lembar import decimal_text
from evaluasi.rules.periksa_nilai import BUKA, KUNCI, Jejak, Kini, differences
from kompetisi.models import Edisi, JejakAudit, Pengguna
from kompetisi.rules.jejak import compute_hash
from registrasi.models import Pendaftaran

CHUNK = 2000  # sheets held in memory at once
LEMBAR, PENUGASAN = "evaluasi.lembarpenilaian", "evaluasi.penugasan"


@dataclass(frozen=True)
class Beda:
    """A sheet that is not as it was locked, and in what. `lembar` is its number."""

    lembar: int
    tahap: str
    rincian: tuple[str, ...]

    @property
    def kalimat(self) -> str:
        """The sheet by its number and stage alone: a reader may be kept from its entry."""
        return f"Lembar nomor {self.lembar} ({self.tahap}) tidak sama dengan saat dikuncinya."


@dataclass(frozen=True)
class HasilPeriksa:
    """How many locked sheets were looked at, and the differences, by number."""

    terkunci: int
    beda: tuple[Beda, ...]


def check_nilai(edisi: Edisi) -> HasilPeriksa:
    """Compare every sheet of an edition with its lock; eight statements for each 2,000 sheets."""
    keys = list(
        LembarPenilaian.objects.filter(penugasan__tahap__edisi=edisi)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    locked, found = 0, []
    for start in range(0, len(keys), CHUNK):
        for lembar, isi, rincian in _compared(keys[start : start + CHUNK]):
            locked += isi is not None
            if rincian:
                found.append(Beda(lembar.pk, lembar.penugasan.tahap.nama, tuple(rincian)))
    found += [Beda(pk, tahap, ("lembar terkunci tidak ada lagi",)) for pk, tahap in _gone(edisi)]
    return HasilPeriksa(locked, tuple(sorted(found, key=lambda row: row.lembar)))


def _compared(keys: Sequence[int]) -> Iterator[tuple[LembarPenilaian, dict | None, list[str]]]:
    locks = {row.lembar_id: row for row in Penguncian.objects.filter(lembar__in=keys, dibuka=False)}
    scores = _scores_of(keys)
    totals = {
        pk: decimal_text(total)
        for pk, total in LembarSah.objects.filter(lembar__in=keys).values_list("lembar", "total")
    }
    rows = list(
        LembarPenilaian.objects.filter(pk__in=keys)
        .select_related("rubrik", "penugasan__tahap", "penugasan__pendaftaran")
        .order_by("pk")
    )
    audit, ended = _audit_of(keys), _ended_of(rows)
    for row in rows:
        tugas, lock = row.penugasan, locks.get(row.pk)
        last = audit.get(row.pk)
        kini = Kini(
            kepala={
                "pendaftaran": tugas.pendaftaran.kode,
                "tahap": tugas.tahap.kode,
                "evaluator": tugas.evaluator_id,
                "penugasan": tugas.pk,
                "rubrik_hash": row.rubrik.hash,
            },
            nilai=scores[row.pk],
            catatan_umum=row.catatan_umum,
            total=totals.get(row.pk),
            dicabut=tugas.dicabut_pada is not None,
        )
        jejak = Jejak(
            tindakan=last.tindakan if last else "",
            hash=last.rincian.get("hash", "") if last else "",
            utuh=last is None or compute_hash(last) == last.hash,
            dicabut=tugas.pk in ended,
        )
        isi, hash_ = (lock.isi, lock.hash) if lock else (None, "")
        yield row, isi, differences(isi, hash_, kini, jejak)


def _scores_of(keys: Sequence[int]) -> dict[int, dict[str, dict[str, Any]]]:
    found: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    bukti = sealed_bukti(keys)
    rows = Nilai.objects.filter(lembar__in=keys).values_list(
        "lembar", "kriteria__kode", "kriteria__bobot", "tingkat", "faktor", "catatan"
    )
    for lembar, kode, bobot, tingkat, faktor, catatan in rows:
        found[lembar][kode] = {
            "bobot": decimal_text(bobot),
            "tingkat": tingkat,
            "faktor": decimal_text(faktor),
            "catatan": catatan,
            "bukti": bukti[lembar][kode],
        }
    return found


def _audit_of(keys: Sequence[int]) -> dict[int, JejakAudit]:
    """Sheet -> the last record of its locking or reopening."""
    rows = JejakAudit.objects.filter(
        objek_jenis=LEMBAR, objek_kunci__in=map(str, keys), tindakan__in=(KUNCI, BUKA)
    )
    return {int(row.objek_kunci): row for row in rows.order_by("urutan")}


def _ended_of(rows: Sequence[LembarPenilaian]) -> set[int]:
    """The assignments of which the audit log knows that they ended."""
    ended = [str(r.penugasan_id) for r in rows if r.penugasan.dicabut_pada is not None]
    found = JejakAudit.objects.filter(
        objek_jenis=PENUGASAN, objek_kunci__in=ended, tindakan="penugasan.cabut"
    )
    return {int(key) for key in found.values_list("objek_kunci", flat=True)}


def _gone(edisi: Edisi) -> list[tuple[int, str]]:
    """Sheets that were locked and whose row has vanished: (number, code of the stage)."""
    there = LembarPenilaian.objects.annotate(teks=Cast("pk", CharField()))
    rows = (
        JejakAudit.objects.filter(objek_jenis=LEMBAR, tindakan=KUNCI)
        .annotate(kode=KeyTextTransform("pendaftaran", "rincian"))
        .annotate(stage=KeyTextTransform("tahap", "rincian"))
        .filter(
            ~Exists(there.filter(teks=OuterRef("objek_kunci"))),
            Exists(Pendaftaran.objects.filter(edisi=edisi, kode=OuterRef("kode"))),
        )
        .values_list("objek_kunci", "stage")
    )
    return [(int(key), stage) for key, stage in rows.order_by("objek_kunci").distinct()]


def lembar_named(user: Pengguna, edisi: Edisi, keys: Sequence[int]) -> QuerySet[LembarPenilaian]:
    """The sheets that differ, as far as this reader may know of their entries."""
    return LembarPenilaian.objects.filter(
        ~own_conflict(user, "penugasan__pendaftaran__instansi"),
        pk__in=keys,
        penugasan__tahap__edisi=edisi,
        penugasan__tahap__edisi__in=edisi_where(user, "nilai.lihat"),
    ).select_related(
        "penugasan__evaluator__pengguna",
        "penugasan__pendaftaran__instansi",
        "penugasan__pendaftaran__unit",
    )
