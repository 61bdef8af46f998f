"""The shape of an edition file: every section and field it knows, and nothing else.

docs/edisi.md explains the same fields to those who write one.
"""

from zoneinfo import ZoneInfo

from kompetisi.edisi_file import readers as r
from kompetisi.edisi_file.nodes import Node
from kompetisi.edisi_file.problems import Place, Problems

DEFAULT_ZONE = "Asia/Jakarta"
STAGES = (
    "pendaftaran",
    "administrasi",
    "dokumen",
    "wawancara",
    "lapangan",
    "pleno",
    "pengumuman",
)
SCORED = ("dokumen", "wawancara", "lapangan")
# The checks a machine makes at the administrative gate; registrasi knows how.
AUTOMATIC = (
    "akun_terverifikasi",
    "jalur_sesuai",
    "lama_pemakaian",
    "sk_berlaku",
    "rekomendasi_induk",
    "pernyataan_ada",
    "isian_lengkap",
    "bukan_ganda",
)
# What a title on a certificate may mention.
PLACEHOLDERS = ("tahun", "jumlah_pemenang", "jalur", "aspek", "peringkat", "edisi")


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
            "aturan": _aturan(),
            "kinerja": _kinerja(),
            "pertanyaan": r.listing(_pertanyaan(), least=1),
            "dokumen": r.listing(_dokumen(), least=1),
            "administrasi": r.listing(_administrasi(), least=1),
            "skala": r.table(r.listing(_tingkat(), least=2), least=1),
            "rubrik": r.table(_rubrik(), key=RUBRIC_KEY, least=1),
        }
    )


RUBRIC_KEY = r.re.compile(rf"{r.CODE.pattern}(/{r.CODE.pattern})?")


def _jalur() -> r.Reader:
    return r.record(
        {
            "kode": r.code,
            "nama": r.text(most=120),
            "sasaran": r.choice("instansi", "unit"),
            "jenis_instansi": r.optional(r.listing(r.code), []),
            "kuota_pemenang": r.integer(),
            "kuota_daftar_pendek": r.integer(),
            "uraian": r.optional(r.text(most=4000), ""),
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
            "asumsi": r.optional(r.boolean, False),
            "catatan": r.optional(r.text(most=2000), ""),
        }
    )


def _aturan() -> r.Reader:
    return r.record(
        {
            "bobot_tahap": r.table(r.decimal(), least=1),
            "penilai_per_pendaftaran": r.table(r.integer(least=1, most=50)),
            "penilai_ketiga": r.optional(_penilai_ketiga()),
            "urutan_seri": r.listing(_rujukan(pleno=True), least=1),
            "maks_unit_per_instansi": r.optional(r.integer(least=1)),
            "minimal_bulan_pemakaian": r.integer(most=240),
            "tanggal_acuan_pemakaian": r.day,
            "masa_perbaikan_hari": r.integer(most=60),
            "panel_wawancara": r.optional(_panel()),
            "tim_lapangan": r.optional(_tim()),
            "pengingat_hari": r.listing(r.integer(least=1, most=90)),
            "aspek_penghargaan": r.optional(r.listing(_aspek()), []),
            "kuota_jenis_instansi": r.optional(r.listing(_kuota_jenis()), []),
            "predikat": _predikat(),
            "pernyataan_kebenaran": r.text(most=4000),
            "pakta_integritas": r.text(most=8000),
        }
    )


def _penilai_ketiga() -> r.Reader:
    return r.record(
        {
            "selisih": r.decimal(),
            "garis_batas": r.boolean,
            "gabung": r.choice("dua_terdekat", "rata_rata"),
        }
    )


def _rujukan(*, pleno: bool = False) -> r.Reader:
    fields = {
        "tahap": r.optional(r.code),
        "kelompok": r.optional(r.code),
        "kriteria": r.optional(r.code),
    }
    return r.record({**fields, "pleno": r.optional(r.choice("suara"))} if pleno else fields)


def _panel() -> r.Reader:
    return r.record(
        {
            "anggota": r.integer(least=1, most=50),
            "minimal": r.integer(least=1, most=50),
            "paparan_menit": r.integer(least=1, most=240),
            "tanya_jawab_menit": r.integer(least=1, most=240),
            "konfirmasi_jam": r.integer(most=720),
        }
    )


def _tim() -> r.Reader:
    return r.record(
        {
            "minimal": r.integer(least=1, most=20),
            "sampel_laporan": r.integer(most=1000),
        }
    )


def _aspek() -> r.Reader:
    return r.record(
        {
            "kode": r.code,
            "nama": r.text(most=200),
            "jalur": r.optional(r.code),
            "kuota": r.integer(least=1),
            "butir": r.listing(_rujukan(), least=1),
        }
    )


def _kuota_jenis() -> r.Reader:
    return r.record(
        {
            "jalur": r.code,
            "nama": r.text(most=120),
            "jenis": r.listing(r.code, least=1),
            "daftar_pendek": r.optional(r.integer()),
            "pemenang": r.optional(r.integer()),
        }
    )


def _predikat() -> r.Reader:
    line = r.text(most=200)
    return r.record(
        {
            "pemenang": line,
            "daftar_pendek": line,
            "aspek": r.optional(line, ""),
            "piala": r.optional(line, ""),
        }
    )


def _kinerja() -> r.Reader:
    return r.record(
        {
            "petunjuk": r.optional(r.text(most=2000), ""),
            "periode_acuan": r.code,
            "periode": r.listing(
                r.record(
                    {
                        "kode": r.code,
                        "nama": r.text(most=120),
                        "mulai": r.day,
                        "sampai": r.day,
                        "wajib": r.optional(r.boolean, True),
                    }
                ),
                least=1,
            ),
            "kolom": r.listing(
                r.record(
                    {
                        "kode": r.code,
                        "nama": r.text(most=200),
                        "jenis": r.choice("jumlah", "desimal", "tanggal"),
                        "wajib": r.optional(r.boolean, True),
                        "satuan": r.optional(r.text(most=40), ""),
                        "paling_besar": r.optional(r.decimal(most="999999999")),
                        "petunjuk": r.optional(r.text(most=600), ""),
                    }
                ),
                least=1,
            ),
            "turunan": r.listing(
                r.record(
                    {
                        "kode": r.code,
                        "nama": r.text(most=200),
                        "pembilang": r.listing(r.code, least=1),
                        "penyebut": r.listing(r.code, least=1),
                    }
                )
            ),
            "pemeriksaan": r.listing(
                r.record(
                    {
                        "kiri": r.listing(r.code, least=1),
                        "hubungan": r.choice("sama_dengan", "paling_banyak"),
                        "kanan": r.listing(r.code, least=1),
                        "pesan": r.text(),
                    }
                )
            ),
            "ambang": r.listing(
                r.record(
                    {
                        "tahap": r.code,
                        "kriteria": r.code,
                        "ukuran": r.code,
                        "arah": r.choice("makin_besar", "makin_kecil"),
                        "batas": r.table(r.decimal(most="999999999"), least=1),
                    }
                )
            ),
        }
    )


def _pertanyaan() -> r.Reader:
    return r.record(
        {
            "kode": r.code,
            "teks": r.text(),
            "petunjuk": r.optional(r.text(most=4000), ""),
            "batas_kata": r.integer(least=10, most=5000),
            "wajib": r.optional(r.boolean, True),
            "jalur": r.optional(r.code),
        }
    )


def _dokumen() -> r.Reader:
    return r.record(
        {
            "kode": r.code,
            "nama": r.text(most=200),
            "petunjuk": r.optional(r.text(most=4000), ""),
            "wajib": r.optional(r.boolean, True),
            "maks_mb": r.optional(r.integer(least=1, most=500), 10),
            "jalur": r.optional(r.code),
        }
    )


def _administrasi() -> r.Reader:
    return r.record(
        {
            "kode": r.code,
            "nama": r.text(),
            "petunjuk": r.optional(r.text(most=4000), ""),
            "otomatis": r.optional(r.choice(*AUTOMATIC), ""),
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
            "butuh_bukti": r.optional(r.boolean, False),
        }
    )
