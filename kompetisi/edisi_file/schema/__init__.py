"""The shape of an edition file: every section and field it knows, and nothing else.

docs/edisi.md explains the same fields to those who write one.
"""

import re
from zoneinfo import ZoneInfo

from kompetisi.edisi_file import readers as r
from kompetisi.edisi_file.nodes import Node
from kompetisi.edisi_file.problems import Place, Problems
from kompetisi.edisi_file.schema.aturan import aturan
from kompetisi.edisi_file.schema.kinerja import kinerja
from kompetisi.edisi_file.schema.words import (
    ABOUT_DOCUMENT,
    AGENCIES,
    AUTOMATIC,
    BEFORE_SENDING,
    DEFAULT_ZONE,
    OWN_ANSWERS,
    PLACEHOLDERS,
    SCORED,
    STAGES,
)

__all__ = ["ABOUT_DOCUMENT", "AUTOMATIC", "OWN_ANSWERS", "PLACEHOLDERS", "SCORED", "STAGES"]
__all__ += ["read_sections"]

# A rubric serves all tracks under <tahap>, or one track under <tahap>/<jalur>.
RUBRIC_KEY = re.compile(rf"{r.CODE.pattern}(/{r.CODE.pattern})?")


def read_sections(root: Node, problems: Problems) -> r.Record:
    """All sections of the file as values; what is wrong is noted in `problems`."""
    zone = r.INVALID
    if "zona" in root.fields and not root.fields["zona"].is_null:
        # Noted by the full reading below; here only the zone itself is wanted.
        zone = r.zone(root.fields["zona"], Place(1, "zona"), Problems())
    chosen = ZoneInfo(DEFAULT_ZONE if zone is r.INVALID else zone)
    return _edisi(chosen)(root, Place(1, ""), problems)


def _edisi(zone: ZoneInfo) -> r.Reader:
    return r.record(
        {
            "kode": r.code,
            "tahun": r.integer(least=2000, most=2999),
            "nama": r.text(most=200),
            "dasar_hukum": r.text(most=300),
            "zona": r.optional(r.zone, DEFAULT_ZONE),
            "jumlah_pemenang": r.integer(least=1, most=1000),
            "sumber": r.optional(r.table(r.text(most=500)), {}),
            "jalur": r.listing(_jalur(), least=1),
            "tahap": r.listing(_tahap(zone), least=1),
            "aturan": aturan(),
            "kinerja": kinerja(),
            "pertanyaan": r.listing(_pertanyaan(), least=1),
            "dokumen": r.listing(_dokumen(), least=1),
            "administrasi": r.listing(_administrasi(), least=1),
            "skala": r.table(r.listing(_tingkat(), least=2), least=1),
            "rubrik": r.table(_rubrik(), key=RUBRIC_KEY, least=1),
        }
    )


def _jalur() -> r.Reader:
    return r.record(
        {
            "kode": r.code,
            "nama": r.text(most=120),
            "sasaran": r.choice("instansi", "unit"),
            "jenis_instansi": r.optional(r.listing(r.choice(*AGENCIES)), []),
            "kuota_pemenang": r.integer(),
            "kuota_daftar_pendek": r.integer(),
            "uraian": r.optional(r.text(most=4000), ""),
            "pemenang_terdahulu": r.optional(r.listing(r.text(most=80)), []),
        }
    )


def _tahap(zone: ZoneInfo) -> r.Reader:
    return r.record(
        {
            "kode": r.code,
            "jenis": r.choice(*STAGES),
            "nama": r.text(most=120),
            "mulai": r.instant(zone),
            "selesai": r.instant(zone),
            "asumsi": r.optional(r.boolean, default=False),
            "catatan": r.optional(r.text(most=2000), ""),
        }
    )


def _pertanyaan() -> r.Reader:
    return r.record(
        {
            "kode": r.code,
            "teks": r.text(),
            "petunjuk": r.optional(r.text(most=4000), ""),
            "pilihan": r.optional(r.listing(r.text(most=100), least=2), []),
            "batas_kata": r.optional(r.integer(least=10, most=5000), 0),
            "wajib": r.optional(r.boolean, default=True),
            "jalur": r.optional(r.code),
            "tampil_bila": r.optional(_tampil_bila(), {}),
        }
    )


def _dokumen() -> r.Reader:
    return r.record(
        {
            "kode": r.code,
            "nama": r.text(most=200),
            "petunjuk": r.optional(r.text(most=4000), ""),
            "wajib": r.optional(r.boolean, default=True),
            "maks_mb": r.optional(r.integer(least=1, most=500), 10),
            "masa_berlaku_bulan": r.optional(r.integer(least=1, most=600)),
            "memuat_aduan": r.optional(r.boolean, default=False),
            "jalur": r.optional(r.code),
            "tampil_bila": r.optional(_tampil_bila(), {}),
        }
    )


def _administrasi() -> r.Reader:
    return r.record(
        {
            "kode": r.code,
            "nama": r.text(),
            "petunjuk": r.optional(r.text(most=4000), ""),
            "otomatis": r.optional(r.choice(*AUTOMATIC), ""),
            "dokumen": r.optional(r.code, ""),
            "sebelum_kirim": r.optional(r.choice(*BEFORE_SENDING), "ingatkan"),
            "jalur": r.optional(r.code),
        }
    )


def _tingkat() -> r.Reader:
    return r.record(
        {
            "kode": r.code,
            "nama": r.text(most=120),
            "faktor": r.decimal(most="1", places=4),
        }
    )


def _rubrik() -> r.Reader:
    return r.record({"nama": r.text(most=150), "kelompok": r.listing(_kelompok(), least=1)})


def _kelompok() -> r.Reader:
    return r.record(
        {
            "kode": r.code,
            "nama": r.text(most=200),
            "bobot": r.decimal(least="0.01"),
            "kriteria": r.listing(_kriteria(), least=1),
        }
    )


def _kriteria() -> r.Reader:
    return r.record(
        {
            "kode": r.code,
            "nama": r.text(),
            "bobot": r.decimal(least="0.01"),
            "petunjuk": r.optional(r.text(most=4000), ""),
            "skala": r.code,
            "jangkar": r.table(r.text(most=1000)),
            "butuh_bukti": r.optional(r.boolean, default=False),
            "tampil_bila": r.optional(_tampil_bila(), {}),
        }
    )


def _tampil_bila() -> r.Reader:
    values = r.optional(r.listing(r.text(most=100), least=1))
    return r.record(
        {
            "isian": r.optional(r.choice(*OWN_ANSWERS)),
            "kriteria": r.optional(r.code),
            "pertanyaan": r.optional(r.code),
            "bernilai": values,
            "bukan": values,
        }
    )
