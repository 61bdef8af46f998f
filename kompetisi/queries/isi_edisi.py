"""What is stored of an edition, in the same flat form as an edition file."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Model, QuerySet

from kompetisi.edisi_file import ATURAN, EDISI, Content, Row
from kompetisi.models import Edisi, Kelompok, Kriteria, Rubrik

Rows = dict[tuple[str, ...], Model]

# Section of the file -> related name of the edition and the columns that the file sets.
SECTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "jalur": (
        "jalur",
        (
            "nama",
            "sasaran",
            "jenis_instansi",
            "kuota_pemenang",
            "kuota_daftar_pendek",
            "uraian",
            "pemenang_terdahulu",
        ),
    ),
    "tahap": ("tahap", ("jenis", "nama", "mulai", "selesai", "asumsi", "catatan")),
    "pertanyaan": (
        "pertanyaan",
        ("teks", "petunjuk", "pilihan", "batas_kata", "wajib", "jalur", "tampil_bila"),
    ),
    "dokumen": (
        "jenis_dokumen",
        (
            "nama",
            "petunjuk",
            "wajib",
            "maks_mb",
            "masa_berlaku_bulan",
            "memuat_aduan",
            "jalur",
            "tampil_bila",
        ),
    ),
    "administrasi": (
        "butir_administrasi",
        ("nama", "petunjuk", "otomatis", "dokumen", "sebelum_kirim", "jalur"),
    ),
}


def isi_edisi(edisi: Edisi) -> Content:
    """The edition's rows as a file would say them (eight queries)."""
    rows: Content = {
        EDISI: {
            key: getattr(edisi, key)
            for key in ("tahun", "nama", "dasar_hukum", "jumlah_pemenang", "sumber_hash")
        },
        ATURAN: dict(edisi.aturan),
    }
    for section, (related, columns) in SECTIONS.items():
        listed = getattr(edisi, related).order_by("urutan", "pk")
        for kode, row in _rows(listed, columns):
            rows[section, kode] = row
    return rows | _rubrik_rows(edisi)


def rows_of(edisi: Edisi) -> Rows:
    """The edition's rows by their paths in a file (eight queries)."""
    found: Rows = {}
    for section, (related, _) in SECTIONS.items():
        for item in getattr(edisi, related).all():
            found[section, item.kode] = item
    paths: dict[int, tuple[str, ...]] = {}
    for rubrik in Rubrik.objects.filter(edisi=edisi).select_related("tahap", "jalur"):
        found["rubrik", rubrik_key(rubrik)] = rubrik
    groups = Kelompok.objects.filter(rubrik__edisi=edisi)
    for group in groups.select_related("rubrik__tahap", "rubrik__jalur"):
        path = paths[group.pk] = ("rubrik", rubrik_key(group.rubrik), "kelompok", group.kode)
        found[path] = group
    for item in Kriteria.objects.filter(kelompok__rubrik__edisi=edisi):
        found[(*paths[item.kelompok_id], "kriteria", item.kode)] = item
    return found


def _rows(listed: QuerySet, columns: tuple[str, ...]) -> list[tuple[str, Row]]:
    if "jalur" in columns:
        listed = listed.select_related("jalur")
    return [
        (item.kode, {**{key: _plain(getattr(item, key)) for key in columns}, "urutan": item.urutan})
        for item in listed
    ]


def _plain(value: Any) -> Any:
    """A track by its code, an instant in UTC, anything else as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return getattr(value, "kode", value)


def _rubrik_rows(edisi: Edisi) -> Content:
    rows: Content = {}
    paths: dict[int, tuple[str, ...]] = {}
    rubrics = Rubrik.objects.filter(edisi=edisi).select_related("tahap", "jalur")
    for rubrik in rubrics.order_by("pk"):
        rows["rubrik", rubrik_key(rubrik)] = {"nama": rubrik.nama, "hash": rubrik.hash}
    groups = Kelompok.objects.filter(rubrik__edisi=edisi)
    for group in groups.select_related("rubrik__tahap", "rubrik__jalur"):
        path = paths[group.pk] = ("rubrik", rubrik_key(group.rubrik), "kelompok", group.kode)
        rows[path] = {key: getattr(group, key) for key in ("nama", "bobot", "urutan")}
    for item in Kriteria.objects.filter(kelompok__rubrik__edisi=edisi):
        columns = (
            "nama", "petunjuk", "bobot", "tingkat", "butuh_bukti", "tampil_bila", "urutan",
        )  # fmt: skip
        path = (*paths[item.kelompok_id], "kriteria", item.kode)
        rows[path] = {key: getattr(item, key) for key in columns}
    return rows


def rubrik_key(rubrik: Rubrik) -> str:
    """The rubric's key in the file: <tahap> for all tracks, <tahap>/<jalur> for one."""
    return f"{rubrik.tahap.kode}/{rubrik.jalur.kode}" if rubrik.jalur else rubrik.tahap.kode
