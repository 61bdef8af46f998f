"""Reading a table of public bodies: every mistake found, with its line, column and remedy."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kompetisi.errors import InvalidInputError
from registrasi.models import Instansi
from registrasi.rules.rencana_impor import Kesalahan

COLUMNS = (
    "kode",
    "nama",
    "singkatan",
    "alias",
    "jenis",
    "kode_kemendagri",
    "provinsi",
    "zona_waktu",
    "berlaku_mulai",
    "berlaku_sampai",
)
CODE_FORMS = {
    "provinsi": (re.compile(r"\d\d"), "dua angka, misalnya 33"),
    # Kepmendagri: regencies are numbered 01-69 in their province, cities 71-99.
    "kabupaten": (re.compile(r"\d\d\.[0-6]\d"), "PP.KK dengan KK 01 sampai 69, misalnya 33.22"),
    "kota": (re.compile(r"\d\d\.[7-9]\d"), "PP.KK dengan KK 71 sampai 99, misalnya 33.74"),
}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_SHOWN = 20


@dataclass(frozen=True)
class BarisInstansi:
    """One line of the file; `provinsi` is a Kemendagri code of two digits or empty."""

    baris: int
    kode: str
    nama: str
    singkatan: str
    alias: tuple[str, ...]
    jenis: str
    kode_kemendagri: str
    provinsi: str
    zona_waktu: str
    berlaku_mulai: date | None
    berlaku_sampai: date | None


@dataclass
class _Checker:
    """Gathers mistakes over the whole file, so that the author sees all of them at once."""

    salah: list[Kesalahan] = field(default_factory=list)

    def add(self, baris: int, kolom: str, pesan: str) -> None:
        self.salah.append(Kesalahan(baris, kolom, pesan))

    @property
    def kesalahan(self) -> list[str]:
        """The mistakes as lines of text."""
        return [f"baris {s.baris}, kolom {s.kolom}: {s.pesan}" for s in self.salah]

    def require_none(self, path: Path) -> None:
        if not self.kesalahan:
            return
        shown = self.kesalahan[:MAX_SHOWN]
        if len(self.kesalahan) > MAX_SHOWN:
            shown.append(f"dan {len(self.kesalahan) - MAX_SHOWN} kesalahan lain")
        raise InvalidInputError(
            f"Berkas {path.name} tidak dapat dimuat; tidak ada yang diubah.\n" + "\n".join(shown),
            rincian={"berkas": self.kesalahan},
        )


def read_direktori(path: Path) -> list[BarisInstansi]:
    """All lines of a CSV file in UTF-8 with the columns of `COLUMNS`.

    Raises InvalidInputError naming line and column of each mistake, or what is wrong with the
    file as a whole; FileNotFoundError is left to the caller.
    """
    checker = _Checker()
    try:
        with path.open(encoding="utf-8-sig", newline="") as berkas:
            rows = list(_read_rows(csv.DictReader(berkas), checker))
    except UnicodeDecodeError as error:
        raise InvalidInputError(f"Berkas {path.name} bukan teks UTF-8.") from error
    _check_whole(rows, checker, frozenset())
    checker.require_none(path)
    return rows


def check_direktori(
    kolom: Sequence[str], baris: Iterable[tuple[int, dict[str, str]]], provinsi: frozenset[str]
) -> tuple[list[BarisInstansi], list[Kesalahan]]:
    """The same rules over a table that was read already: its rows and every mistake, by line.

    `provinsi` are the region codes of provinces the directory has; the table need not repeat them.
    """
    checker = _Checker()
    if set(kolom) != set(COLUMNS):
        for name in [name for name in COLUMNS if name not in kolom]:
            checker.add(1, name, "judul kolom ini tidak ada; gunakan berkas contoh")
        for name in [name for name in kolom if name not in COLUMNS]:
            checker.add(1, name, "judul kolom ini tidak dikenal; hapus kolomnya")
        return [], checker.salah
    rows = [_read_row(number, _with_point(texts), checker) for number, texts in baris]
    _check_whole(rows, checker, provinsi)
    return rows, sorted(checker.salah, key=lambda s: s.baris)


def _with_point(texts: dict[str, str]) -> dict[str, str]:
    """A region code that a spreadsheet took for a number, 33,74, written as it is: 33.74."""
    return {**texts, "kode_kemendagri": texts["kode_kemendagri"].replace(",", ".")}


def _read_rows(reader: csv.DictReader, checker: _Checker) -> Iterator[BarisInstansi]:
    if tuple(reader.fieldnames or ()) != COLUMNS:
        checker.add(1, "semua", f"judul kolom harus {','.join(COLUMNS)}")
        return
    for row in reader:
        baris = reader.line_num
        if None in row or None in row.values():
            checker.add(baris, "semua", f"jumlah kolom harus {len(COLUMNS)}")
            continue
        yield _read_row(baris, row, checker)


def _read_row(baris: int, row: dict[str, str], checker: _Checker) -> BarisInstansi:
    texts = {name: row[name].strip() for name in COLUMNS}
    _check_texts(baris, texts, checker)
    return BarisInstansi(
        baris=baris,
        **{
            **texts,
            "alias": tuple(filter(None, map(str.strip, texts["alias"].split(";")))),
            "berlaku_mulai": _read_date(baris, "berlaku_mulai", texts, checker),
            "berlaku_sampai": _read_date(baris, "berlaku_sampai", texts, checker),
        },
    )


def _read_date(baris: int, kolom: str, texts: dict[str, str], checker: _Checker) -> date | None:
    if not texts[kolom]:
        return None
    try:
        return date.fromisoformat(texts[kolom])
    except ValueError:
        checker.add(baris, kolom, "tanggal harus berbentuk TTTT-BB-HH, misalnya 2019-01-28")
        return None


def _check_texts(baris: int, texts: dict[str, str], checker: _Checker) -> None:
    if not SLUG.fullmatch(texts["kode"]):
        checker.add(baris, "kode", "hanya huruf kecil, angka, dan tanda hubung")
    for name in ("kode", "nama", "singkatan"):
        longest = Instansi._meta.get_field(name).max_length
        if longest and len(texts[name]) > longest:
            checker.add(baris, name, f"paling panjang {longest} huruf")
    if not texts["nama"]:
        checker.add(baris, "nama", "harus diisi")
    for name in ("jenis", "zona_waktu"):
        known = [value for value, _ in Instansi._meta.get_field(name).choices]
        if texts[name] not in known:
            checker.add(baris, name, f"harus salah satu dari {', '.join(known)}")
    _check_region(baris, texts, checker)


def _check_region(baris: int, texts: dict[str, str], checker: _Checker) -> None:
    jenis, code = texts["jenis"], texts["kode_kemendagri"]
    if jenis not in CODE_FORMS:
        if code:
            checker.add(baris, "kode_kemendagri", "hanya untuk pemerintah daerah")
        return
    form, example = CODE_FORMS[jenis]
    if not form.fullmatch(code):
        checker.add(baris, "kode_kemendagri", f"harus {example}")
    if jenis != "provinsi" and texts["provinsi"] != code[:2]:
        checker.add(baris, "provinsi", f"harus {code[:2]}, awal dari kode_kemendagri")


def _check_whole(rows: list[BarisInstansi], checker: _Checker, known: frozenset[str]) -> None:
    provinsi = known | {row.kode_kemendagri for row in rows if row.jenis == "provinsi"}
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        _check_unique(row, seen, checker)
        if row.provinsi and row.provinsi not in provinsi:
            checker.add(row.baris, "provinsi", f"provinsi {row.provinsi} tidak ada di berkas ini")
        mulai, sampai = row.berlaku_mulai, row.berlaku_sampai
        if mulai and sampai and sampai <= mulai:
            checker.add(row.baris, "berlaku_sampai", "harus setelah berlaku_mulai")


def _check_unique(row: BarisInstansi, seen: dict[tuple[str, str], int], checker: _Checker) -> None:
    # The same region code may return under a new name, but never twice from the same day.
    keys = {"kode": row.kode}
    if row.kode_kemendagri:
        keys["kode_kemendagri"] = f"{row.kode_kemendagri}/{row.berlaku_mulai or ''}"
    for kolom, value in keys.items():
        before = seen.setdefault((kolom, value), row.baris)
        if before != row.baris:
            checker.add(row.baris, kolom, f"sudah dipakai di baris {before}")
