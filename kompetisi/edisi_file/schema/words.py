"""The fixed words of an edition file; the code knows what each of them means."""

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
# What people are reminded of before it closes (kompetisi.rules.tangga).
REMINDED = ("pendaftaran", "perbaikan", "evaluator", "konfirmasi")
SCORED = ("dokumen", "wawancara", "lapangan")
# The kinds of the directory of agencies; registrasi knows the same words.
AGENCIES = (
    "kementerian",
    "lembaga",
    "provinsi",
    "kabupaten",
    "kota",
    "bumn",
    "bumd",
    "ptn",
)
# The checks a machine makes at the administrative gate; registrasi knows how.
AUTOMATIC = (
    "akun_terverifikasi",
    "jalur_sesuai",
    "lama_pemakaian",
    "terhubung_lapor",
    "pemenang_terdahulu",
    "sk_berlaku",
    "rekomendasi_induk",
    "pernyataan_ada",
    "isian_lengkap",
    "bukan_ganda",
)
# Those of them that look at one document, which the item names.
ABOUT_DOCUMENT = ("sk_berlaku", "rekomendasi_induk")
# What a finding that is not met does before sending: it holds the entry back, or it warns.
BEFORE_SENDING = ("ingatkan", "tahan")
# The fields of every entry whose answer a condition (`tampil_bila`) may look at, with its values.
OWN_ANSWERS = {"terhubung_lapor": ("ya", "tidak")}
# What a title on a certificate may mention.
PLACEHOLDERS = ("tahun", "jumlah_pemenang", "jalur", "aspek", "peringkat", "edisi")
