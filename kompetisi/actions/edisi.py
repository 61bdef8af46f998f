"""Loading an edition file: all of it or nothing, and never what is frozen."""

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
    Content,
    EdisiFile,
    Path,
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
from kompetisi.queries.isi_edisi import Rows, isi_edisi, rows_of
from kompetisi.rules.pembekuan import can_load
from kompetisi.rules.verdict import YES, no

# In the order in which rows may point at each other.
MODELS: dict[str, type[models.Model]] = {
    "jalur": Jalur,
    "tahap": Tahap,
    "pertanyaan": Pertanyaan,
    "dokumen": JenisDokumen,
    "administrasi": ButirAdministrasi,
    "rubrik": Rubrik,
    "kelompok": Kelompok,
    "kriteria": Kriteria,
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
    _apply(edisi, file, stored)
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


def _apply(edisi: Edisi, file: EdisiFile, stored: Content) -> None:
    """Write what differs, parents before children and new rows of a kind at once.

    Tracks go last, when nothing of the file points at them any more.
    """
    rows = rows_of(edisi) if stored else {}
    gone = [path for path in reversed(stored) if path not in file.content]
    for path in gone:
        if path[0] != "jalur":
            _delete(rows, path)
    _write_edisi(edisi, file.content)
    differing = {
        path: row
        for path, row in file.content.items()
        if path not in (EDISI, ATURAN) and stored.get(path) != row
    }
    for kind, model in MODELS.items():
        _write(edisi, rows, model, {p: r for p, r in differing.items() if _kind(p) == kind})
    for path in gone:
        if path[0] == "jalur":
            _delete(rows, path)


def _write_edisi(edisi: Edisi, content: Content) -> None:
    for key, value in content[EDISI].items():
        setattr(edisi, key, value)
    edisi.aturan = content[ATURAN]
    edisi.save()


def _kind(path: Path) -> str:
    """What a path of the file names: a section, or a group or criterion of a rubric."""
    return path[0] if len(path) == 2 else path[-2]


def _write(edisi: Edisi, rows: Rows, model: type[models.Model], wanted: Content) -> None:
    fresh: dict[Path, models.Model] = {}
    for path, row in wanted.items():
        values: dict[str, Any] = dict(row)
        if values.get("jalur"):
            values["jalur"] = rows["jalur", values["jalur"]]
        if path not in rows:
            fresh[path] = model(**_names(edisi, rows, path), **values)
            continue
        for key, value in values.items():
            setattr(rows[path], key, value)
        rows[path].save(force_update=True)
    model._default_manager.bulk_create(fresh.values())
    rows.update(fresh)


def _names(edisi: Edisi, rows: Rows, path: Path) -> dict[str, Any]:
    """What places a new row: its parent, and its code within it."""
    if len(path) > 2:
        parent = "rubrik" if len(path) == 4 else "kelompok"
        return {parent: rows[path[:-2]], "kode": path[-1]}
    if path[0] != "rubrik":
        return {"edisi": edisi, "kode": path[1]}
    tahap, _, jalur = path[1].partition("/")
    return {
        "edisi": edisi,
        "tahap": rows["tahap", tahap],
        "jalur": rows["jalur", jalur] if jalur else None,
    }


def _delete(rows: Rows, path: Path) -> None:
    """Remove a row the file no longer has; refused when anything else points at it."""
    try:
        rows.pop(path).delete()
    except models.ProtectedError as error:
        users = sorted({str(item._meta.verbose_name) for item in error.protected_objects})
        raise NotAllowedError(
            f"{'.'.join(path)} tidak dapat dihapus karena masih dipakai: {', '.join(users)}. "
            "Tidak ada yang dimuat."
        ) from error
