"""Loading an edition file: all of it or nothing, and never what is frozen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path as FilePath
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction

from kompetisi.actions.jejak import record
from kompetisi.edisi_file import (
    ATURAN,
    EDISI,
    MAX_BYTES,
    Change,
    Content,
    EdisiFile,
    Path,
    Row,
    diff,
    read_edisi,
)
from kompetisi.errors import NotAllowedError
from kompetisi.models import (
    ButirAdministrasi,
    Edisi,
    Jalur,
    JenisDokumen,
    Kelompok,
    Kriteria,
    Pengguna,
    Pertanyaan,
    Rubrik,
    Tahap,
)
from kompetisi.queries.isi_edisi import isi_edisi
from kompetisi.rules.pembekuan import can_load
from kompetisi.rules.verdict import YES, no

TABLES: dict[str, type[models.Model]] = {
    "jalur": Jalur,
    "tahap": Tahap,
    "pertanyaan": Pertanyaan,
    "dokumen": JenisDokumen,
    "administrasi": ButirAdministrasi,
}


@dataclass(frozen=True)
class HasilMuat:
    """What a load did: the edition, whether it is new, and one line for each change."""

    edisi: Edisi
    baru: bool
    perubahan: list[str]


@transaction.atomic
def load_edisi(*, berkas: str | FilePath, oleh: Pengguna | None = None, at: datetime) -> HasilMuat:
    """Create the edition of a file, or bring the stored one to what the file says.

    `at` (aware) decides which stages have begun. Loading the same file again changes nothing and
    leaves no record. Raises OSError when the file cannot be read, EdisiFileError when it has
    mistakes, NotAllowedError when it would change what is frozen or remove what is in use;
    then nothing is changed.
    """
    file = read_edisi(_read(FilePath(berkas)))
    edisi, baru = _lock_edisi(file)
    stored = {} if baru else isi_edisi(edisi)
    changes = diff(stored, file.content)
    if not changes:
        return HasilMuat(edisi, baru, [])
    stages = {path[1]: row["jenis"] for path, row in stored.items() if path[0] == "tahap"}
    begun = {
        row["jenis"] for path, row in stored.items() if path[0] == "tahap" and row["mulai"] <= at
    }
    can_load(changes, stages, begun).require()
    _apply(edisi, file, changes, stored)
    Edisi.objects.filter(pk=edisi.pk).update(dimuat_pada=at)
    edisi.refresh_from_db()
    zone = ZoneInfo(file.zona)
    perubahan = [change.describe(zone) for change in changes]
    record(
        tindakan="edisi.muat",
        objek=edisi,
        oleh=oleh,
        rincian={"baru": baru, "sumber_hash": file.sumber_hash, "perubahan": perubahan},
    )
    return HasilMuat(edisi, baru, perubahan)


def _read(path: FilePath) -> bytes:
    """The file's bytes, and no more of an endless file than is needed to refuse it."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _lock_edisi(file: EdisiFile) -> tuple[Edisi, bool]:
    """The edition's row, locked against a second load at the same time."""
    row = file.content[EDISI]
    other = Edisi.objects.filter(tahun=row["tahun"]).exclude(kode=file.kode).first()
    verdict = YES
    if other is not None:
        verdict = no(f"Tahun {row['tahun']} sudah dipakai edisi '{other.kode}'; periksa 'kode'.")
    verdict.require()
    edisi, baru = Edisi.objects.get_or_create(kode=file.kode, defaults=row)
    return Edisi.objects.select_for_update().get(pk=edisi.pk), baru


def _apply(edisi: Edisi, file: EdisiFile, changes: list[Change], stored: Content) -> None:
    """Write what differs. Tracks go last, when nothing of the file points at them any more."""
    gone = [path for path in reversed(stored) if path not in file.content]
    for path in gone:
        if path[0] != "jalur":
            _delete(edisi, path)
    _write_edisi(edisi, file.content)
    for path, row in file.content.items():
        if path not in (EDISI, ATURAN) and stored.get(path) != row:
            WRITERS[len(path)](edisi, path, row)
    for path in gone:
        if path[0] == "jalur":
            _delete(edisi, path)


def _write_edisi(edisi: Edisi, content: Content) -> None:
    for key, value in content[EDISI].items():
        setattr(edisi, key, value)
    edisi.aturan = content[ATURAN]
    edisi.save()


def _write_row(edisi: Edisi, path: Path, row: Row) -> None:
    section, kode = path
    if section == "rubrik":
        Rubrik.objects.update_or_create(**_rubrik_names(edisi, kode), defaults=row)
        return
    values: dict[str, Any] = dict(row)
    if values.get("jalur"):
        values["jalur"] = Jalur.objects.get(edisi=edisi, kode=values["jalur"])
    TABLES[section].objects.update_or_create(edisi=edisi, kode=kode, defaults=values)


def _write_kelompok(edisi: Edisi, path: Path, row: Row) -> None:
    rubrik = Rubrik.objects.get(**_rubrik_names(edisi, path[1]))
    Kelompok.objects.update_or_create(rubrik=rubrik, kode=path[3], defaults=row)


def _write_kriteria(edisi: Edisi, path: Path, row: Row) -> None:
    rubrik = Rubrik.objects.get(**_rubrik_names(edisi, path[1]))
    kelompok = Kelompok.objects.get(rubrik=rubrik, kode=path[3])
    Kriteria.objects.update_or_create(kelompok=kelompok, kode=path[5], defaults=row)


WRITERS: dict[int, Callable[[Edisi, Path, Row], None]] = {
    2: _write_row,
    4: _write_kelompok,
    6: _write_kriteria,
}


def _rubrik_names(edisi: Edisi, key: str) -> dict[str, Any]:
    """What finds the rubric of a key <tahap> or <tahap>/<jalur>."""
    tahap, _, jalur = key.partition("/")
    return {
        "edisi": edisi,
        "tahap": Tahap.objects.get(edisi=edisi, kode=tahap),
        "jalur": Jalur.objects.get(edisi=edisi, kode=jalur) if jalur else None,
    }


def _delete(edisi: Edisi, path: Path) -> None:
    """Remove a row the file no longer has; refused when anything else points at it."""
    rows = _find(edisi, path)
    try:
        rows.delete()
    except models.ProtectedError as error:
        users = sorted({str(item._meta.verbose_name) for item in error.protected_objects})
        raise NotAllowedError(
            f"{'.'.join(path)} tidak dapat dihapus karena masih dipakai: {', '.join(users)}. "
            "Tidak ada yang dimuat."
        ) from error


def _find(edisi: Edisi, path: Path) -> models.QuerySet:
    if path[0] != "rubrik":
        return TABLES[path[0]].objects.filter(edisi=edisi, kode=path[1])
    rubrik = Rubrik.objects.filter(**_rubrik_names(edisi, path[1]))
    if len(path) == 2:
        return rubrik
    kelompok = Kelompok.objects.filter(rubrik__in=rubrik, kode=path[3])
    if len(path) == 4:
        return kelompok
    return Kriteria.objects.filter(kelompok__in=kelompok, kode=path[5])
