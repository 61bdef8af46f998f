"""The engine of score sheets, the same for the document stage, interviews and site visits.

Every write takes the row of the sheet first and the row of its stage FOR SHARE, reads the facts in
a fresh snapshot, and only then asks the database's clock: whoever comes after the closing instant
or after a lock is refused, however long the write had to wait.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction

from evaluasi.models import LembarPenilaian, Nilai, Pembukaan, Penguncian, Penugasan
from evaluasi.queries.bacaan import sealed_bukti
from evaluasi.queries.lembar import butir_of, facts_of, rubrik_for
from evaluasi.rules.lembar import (
    Butir,
    KeadaanLembar,
    can_fill,
    can_lock,
    can_reopen,
    hash_isi,
    seal_lembar,
    total_of,
)
from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.models import Pengguna
from kompetisi.rules.verdict import no

MAX_CATATAN = 4000  # characters
TAKE_SQL = """
SELECT l.id FROM evaluasi_lembarpenilaian l
  JOIN evaluasi_penugasan p ON p.id = l.penugasan_id
  JOIN kompetisi_tahap t ON t.id = p.tahap_id
 WHERE l.id = %s FOR UPDATE OF l FOR SHARE OF t
"""


@dataclass(frozen=True)
class Isian:
    """What was typed for one criterion, and the version it was read at (0: nothing stored)."""

    tingkat: str
    catatan: str
    versi: int


@dataclass(frozen=True)
class HasilSimpan:
    """Outcome of a save: the stored row, the running total and how far the sheet is filled."""

    nilai: Nilai
    total: Decimal
    terisi: int
    jumlah: int
    pada: datetime


@transaction.atomic
def open_lembar(*, penugasan: Penugasan, oleh: Pengguna) -> LembarPenilaian:
    """The sheet of an assignment, made at the first call; the same sheet ever after.

    Raises NotAllowedError when the assignment is not the acting person's, not released, ended, or
    when the stage has no rubric. Needs no open window: an evaluator may read ahead.
    """
    if penugasan.evaluator.pengguna_id != oleh.pk:
        no("Penugasan ini milik evaluator lain.").require()
    if penugasan.dirilis_pada is None or penugasan.dicabut_pada is not None:
        no("Penugasan ini belum dirilis atau sudah berakhir.").require()
    return ensure_lembar([penugasan])[0]


def ensure_lembar(penugasan_list: list[Penugasan]) -> list[LembarPenilaian]:
    """The sheets of assignments, made where absent; part of the caller's transaction."""
    now = clock.now()
    rubrics: dict[tuple[int, int], int | None] = {}
    fresh = []
    for row in penugasan_list:
        key = (row.tahap_id, row.pendaftaran.jalur_id)
        if key not in rubrics:
            rubrics[key] = rubrik_for(row)
        if rubrics[key] is None:
            no(f"Tahap {row.tahap.nama} belum memiliki rubrik untuk jalur ini.").require()
        fresh.append(
            LembarPenilaian(penugasan=row, rubrik_id=rubrics[key], dibuat_pada=now, diubah_pada=now)
        )
    LembarPenilaian.objects.bulk_create(fresh, ignore_conflicts=True)
    keys = [row.pk for row in penugasan_list]
    rows = LembarPenilaian.objects.filter(penugasan__in=keys).select_related("penugasan__tahap")
    found = {row.penugasan_id: row for row in rows}
    return [found[pk] for pk in keys]


@transaction.atomic
def save_nilai(
    *,
    lembar: LembarPenilaian,
    kriteria: int,
    tingkat: str,
    catatan: str,
    versi: int,
    oleh: Pengguna,
) -> HasilSimpan:
    """Store level and note of one criterion (its primary key) in a draft.

    `versi` is the version the person saw, 0 when nothing was stored. The same content again is no
    conflict, so a save may be repeated after a lost answer. A draft leaves no audit line. Raises
    NotAllowedError (not own, locked, stage not open), StaleVersionError with what is stored, and
    InvalidInputError for an unknown criterion or level or a note that is too long.
    """
    now, _ = take_to_fill(lembar, oleh)
    butir = butir_of(lembar.pk)
    index = _find(butir, kriteria)
    item = butir[index]
    isian = Isian(tingkat, catatan.strip(), versi)
    if not _same(item, isian):
        _check_versi(item, isian)
        butir[index] = _write(lembar, [_checked(item, isian)], now)[0]
    return HasilSimpan(
        nilai=_as_nilai(lembar, butir[index]),
        total=total_of(butir),
        terisi=sum(1 for b in butir if b.dinilai),
        jumlah=len(butir),
        pada=now,
    )


@transaction.atomic
def save_catatan_umum(
    *, lembar: LembarPenilaian, catatan: str, versi: int, oleh: Pengguna
) -> LembarPenilaian:
    """Store the general note of a draft; `versi` is the sheet's version the person saw."""
    now, _ = take_to_fill(lembar, oleh)
    return _store_catatan(lembar, catatan, versi, now)


@transaction.atomic
def save_lembar(
    *,
    lembar: LembarPenilaian,
    isian: Mapping[int, Isian],
    catatan_umum: str,
    versi: int,
    oleh: Pengguna,
) -> list[Butir]:
    """Store a whole sheet at once, by primary key of the criteria: the form without scripts.

    All or nothing. Criteria left out, or without a level and a note, stay as they are. Raises
    StaleVersionError whose `rincian` has `butir`: criterion -> what is stored, for each that
    somebody changed meanwhile; nothing is saved then.
    """
    now, _ = take_to_fill(lembar, oleh)
    butir = butir_of(lembar.pk)
    changed, stale = [], {}
    for place, item in enumerate(butir):
        given = isian.get(item.kriteria_id)
        if given is None or _same(item, given) or not (given.tingkat or given.catatan.strip()):
            continue
        if given.versi != item.versi:
            stale[item.kriteria_id] = _stored(item)
        changed.append((place, item, given))
    if stale:
        raise StaleVersionError(
            "Sebagian nilai telah diubah di tempat lain. Belum ada yang disimpan.",
            rincian={"butir": stale},
        )
    for place, item, given in changed:
        butir[place] = _checked(item, given)
    _write(lembar, [butir[place] for place, _, _ in changed], now)
    _store_catatan(lembar, catatan_umum, versi, now)
    return butir_of(lembar.pk)


@transaction.atomic
def lock_lembar(*, lembar: LembarPenilaian, oleh: Pengguna) -> Penguncian:
    """Seal a complete sheet: its content and hash are kept, and it counts from now on.

    Raises NotAllowedError when the sheet may not be filled or is incomplete; the reason lists
    what is missing.
    """
    now, _ = take_to_fill(lembar, oleh)
    butir = butir_of(lembar.pk)
    can_lock(butir).require()
    row = LembarPenilaian.objects.select_related(
        "rubrik", "penugasan__tahap__edisi", "penugasan__pendaftaran"
    ).get(pk=lembar.pk)
    bukti = sealed_bukti([row.pk])[row.pk]
    isi = seal_lembar(_heading(row), butir, row.catatan_umum, bukti)
    penguncian = Penguncian.objects.create(
        lembar=row, pada=now, oleh=oleh, isi=isi, hash=hash_isi(isi)
    )
    _bump(lembar, row.versi, now)
    record(
        tindakan="lembar.kunci",
        objek=row,
        oleh=oleh,
        rincian={
            "tahap": row.penugasan.tahap.kode,
            "pendaftaran": row.penugasan.pendaftaran.kode,
            "hash": penguncian.hash,
        },
    )
    return penguncian


@transaction.atomic
def reopen_lembar(*, lembar: LembarPenilaian, alasan: str, oleh: Pengguna) -> Pembukaan:
    """Open a locked sheet again; the locked state is kept, the evaluator is told.

    Only the chair, with a reason, while the stage is open. Until it is locked anew the sheet does
    not count.
    """
    now, keadaan = _take(lembar, oleh)
    can_reopen(keadaan, alasan).require()
    penguncian = Penguncian.objects.get(lembar=lembar.pk, dibuka=False)
    penguncian.dibuka = True
    penguncian.save(update_fields=["dibuka"])
    pembukaan = Pembukaan.objects.create(
        penguncian=penguncian, pada=now, oleh=oleh, alasan=alasan.strip()
    )
    row = LembarPenilaian.objects.select_related(
        "penugasan__tahap", "penugasan__pendaftaran", "penugasan__evaluator__pengguna"
    ).get(pk=lembar.pk)
    _bump(lembar, row.versi, now)
    record(
        tindakan="lembar.buka",
        objek=row,
        oleh=oleh,
        rincian={
            "tahap": row.penugasan.tahap.kode,
            "pendaftaran": row.penugasan.pendaftaran.kode,
            "hash": penguncian.hash,
            "alasan": alasan.strip(),
        },
    )
    queue_pesan(
        kunci=f"lembar_dibuka:{pembukaan.pk}",
        jenis="lembar_dibuka",
        kepada=row.penugasan.evaluator.pengguna,
        edisi=row.penugasan.tahap.edisi,
        isian={
            "kode": row.penugasan.pendaftaran.kode,
            "tahap": row.penugasan.tahap.nama,
            "alasan": alasan.strip(),
        },
        tautan=f"/evaluasi/lembar/{row.pk}/",
    )
    return pembukaan


def _take(lembar: LembarPenilaian, oleh: Pengguna) -> tuple[datetime, KeadaanLembar]:
    """Lock the sheet, share its stage, read the facts, then ask the clock."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_SQL, [lembar.pk])
    facts = facts_of(lembar.pk, oleh)
    now = clock.db_now()
    return now, facts.at(now)


def take_to_fill(lembar: LembarPenilaian, oleh: Pengguna) -> tuple[datetime, KeadaanLembar]:
    """Lock the sheet and see that it may be filled now; the database's clock, and the facts."""
    now, keadaan = _take(lembar, oleh)
    can_fill(keadaan).require()
    return now, keadaan


def _find(butir: list[Butir], kriteria: int) -> int:
    for place, item in enumerate(butir):
        if item.kriteria_id == kriteria:
            return place
    raise InvalidInputError("Kriteria ini tidak ada pada rubrik lembar ini.")


def _same(item: Butir, isian: Isian) -> bool:
    """Whether what was typed is what is stored already."""
    return (item.dinilai, item.catatan) == (isian.tingkat, isian.catatan.strip())


def _check_versi(item: Butir, isian: Isian) -> None:
    if isian.versi != item.versi:
        raise StaleVersionError(
            f"Nilai {item.kode} telah diubah di tempat lain.", rincian=_stored(item)
        )


def _stored(item: Butir) -> dict:
    return {
        "tersimpan": {"tingkat": item.dinilai, "catatan": item.catatan},
        "versi": item.versi,
    }


def _checked(item: Butir, isian: Isian) -> Butir:
    """The criterion as it will stand; raises InvalidInputError for what cannot be stored."""
    catatan = isian.catatan.strip()
    faktor = item.faktor_of(isian.tingkat)
    if faktor is None:
        raise InvalidInputError(
            f"{item.kode}: pilih tingkat lebih dahulu.",
            rincian={f"tingkat-{item.kriteria_id}": "Pilih salah satu tingkat."},
        )
    if len(catatan) > MAX_CATATAN:
        raise InvalidInputError(
            f"{item.kode}: catatan terlalu panjang.",
            rincian={f"catatan-{item.kriteria_id}": f"Paling banyak {MAX_CATATAN} karakter."},
        )
    return replace(
        item, dinilai=isian.tingkat, faktor=faktor, catatan=catatan, versi=item.versi + 1
    )


def _write(lembar: LembarPenilaian, butir: list[Butir], now: datetime) -> list[Butir]:
    """Write criteria that changed; the sheet's row is locked, so the versions still hold.

    New rows go in one statement, the others in one each.
    """
    rows = [_as_nilai(lembar, item) for item in butir]
    for row in rows:
        row.disimpan_pada = now
    fresh = [row for row in rows if row.pk is None]
    Nilai.objects.bulk_create(fresh)
    new = {row.pk for row in fresh}
    for row in rows:
        if row.pk not in new:
            row.save(
                update_fields=["tingkat", "faktor", "catatan", "versi", "disimpan_pada"],
                force_update=True,
            )
    return [replace(item, nilai_id=row.pk) for item, row in zip(butir, rows, strict=True)]


def _as_nilai(lembar: LembarPenilaian, item: Butir) -> Nilai:
    return Nilai(
        pk=item.nilai_id,
        lembar=lembar,
        kriteria_id=item.kriteria_id,
        tingkat=item.dinilai,
        faktor=item.faktor,
        catatan=item.catatan,
        versi=item.versi,
    )


def _store_catatan(
    lembar: LembarPenilaian, catatan: str, versi: int, now: datetime
) -> LembarPenilaian:
    stored = LembarPenilaian.objects.values("catatan_umum", "versi").get(pk=lembar.pk)
    text = catatan.strip()
    if len(text) > MAX_CATATAN:
        raise InvalidInputError(
            "Catatan umum terlalu panjang.",
            rincian={"catatan_umum": f"Paling banyak {MAX_CATATAN} karakter."},
        )
    if text != stored["catatan_umum"]:
        if versi != stored["versi"]:
            raise StaleVersionError(
                "Catatan umum telah diubah di tempat lain.",
                rincian={"tersimpan": stored["catatan_umum"], "versi": stored["versi"]},
            )
        LembarPenilaian.objects.filter(pk=lembar.pk).update(catatan_umum=text)
        _bump(lembar, stored["versi"], now)
    lembar.catatan_umum = text
    return lembar


def _bump(lembar: LembarPenilaian, versi: int, now: datetime) -> None:
    LembarPenilaian.objects.filter(pk=lembar.pk).update(versi=versi + 1, diubah_pada=now)
    lembar.versi, lembar.diubah_pada = versi + 1, now


def _heading(row: LembarPenilaian) -> dict:
    """Who judged what by which rubric, for the sealed content."""
    tugas = row.penugasan
    return {
        "edisi": tugas.tahap.edisi.kode,
        "tahap": tugas.tahap.kode,
        "pendaftaran": tugas.pendaftaran.kode,
        "evaluator": tugas.evaluator_id,
        "penugasan": tugas.pk,
        "rubrik": row.rubrik.nama,
        "rubrik_hash": row.rubrik.hash,
    }
