"""The word, tone and icon of every status, in one table.

Tones: `baik` (green), `perhatian` (amber), `kini` (blue, going on now), `biasa` (grey). Red is for
deadlines and never for a state, so a refusal is grey with a cross, and its word says the rest.
"""

STATUS: dict[str, tuple[str, str, str]] = {
    # An entry on its road.
    "draf": ("Draf", "biasa", "pena"),
    "dikirim": ("Terkirim", "kini", "kirim"),
    "perlu_perbaikan": ("Perlu perbaikan", "perhatian", "seru"),
    "lolos_administrasi": ("Lolos administrasi", "baik", "cek"),
    "tidak_lolos_administrasi": ("Tidak lolos administrasi", "biasa", "silang"),
    "dinilai_dokumen": ("Dokumen dinilai", "kini", "mata"),
    "masuk_daftar_pendek": ("Masuk daftar pendek", "baik", "cek"),
    "tidak_masuk": ("Tidak masuk daftar pendek", "biasa", "silang"),
    "terjadwal_wawancara": ("Wawancara terjadwal", "kini", "kalender"),
    "diwawancarai": ("Selesai diwawancarai", "baik", "cek"),
    "terjadwal_verifikasi": ("Verifikasi lapangan terjadwal", "kini", "kalender"),
    "terverifikasi": ("Terverifikasi di lapangan", "baik", "cek"),
    "diusulkan_pleno": ("Diusulkan ke pleno", "kini", "orang-banyak"),
    "ditetapkan": ("Ditetapkan sebagai pemenang", "baik", "piala"),
    "tidak_ditetapkan": ("Tidak ditetapkan", "biasa", "silang"),
    "mengundurkan_diri": ("Mengundurkan diri", "biasa", "keluar"),
    "didiskualifikasi": ("Didiskualifikasi", "biasa", "silang"),
    "ditarik": ("Ditarik kembali", "biasa", "ulang"),
    # Requests for an account, and roles.
    "diajukan": ("Menunggu pemeriksaan", "perhatian", "jam"),
    "disetujui": ("Disetujui", "baik", "cek"),
    "ditolak": ("Ditolak", "biasa", "silang"),
    "dicabut": ("Dicabut", "biasa", "silang"),
    "berakhir": ("Berakhir", "biasa", "jam"),
    "diterima": ("Diterima", "baik", "cek"),
    "kedaluwarsa": ("Kedaluwarsa", "biasa", "jam"),
    "aktif": ("Aktif", "baik", "cek"),
    "tidak_aktif": ("Tidak aktif", "biasa", "silang"),
    # Messages and work done in the background.
    "menunggu": ("Menunggu", "biasa", "jam"),
    "terkirim": ("Terkirim", "baik", "cek"),
    "dikerjakan": ("Sedang dikerjakan", "kini", "ulang"),
    "dibatalkan": ("Tidak perlu lagi", "biasa", "silang"),
    "ditampung": ("Menunggu ringkasan", "biasa", "jam"),
    "tanpa_surel": ("Hanya di aplikasi", "biasa", "lonceng"),
    "terpantul": ("Terpantul", "perhatian", "seru"),
    "gagal": ("Gagal", "perhatian", "seru"),
    "diproses": ("Sedang dikerjakan", "kini", "ulang"),
    # Score sheets, tasks and assignments.
    "belum_mulai": ("Belum dimulai", "biasa", "titik-isi"),
    "sebagian": ("Sebagian terisi", "kini", "pena"),
    "belum_bisa": ("Belum dapat diisi", "biasa", "kunci"),
    "terkunci": ("Terkunci", "baik", "kunci"),
    "dibuka_kembali": ("Dibuka kembali", "perhatian", "kunci-buka"),
    "lengkap": ("Lengkap", "baik", "cek"),
    "belum_lengkap": ("Belum lengkap", "perhatian", "seru"),
    "memenuhi": ("Memenuhi", "baik", "cek"),
    "tidak_memenuhi": ("Tidak memenuhi", "perhatian", "silang"),
    # Stages.
    "belum": ("Belum dibuka", "biasa", "jam"),
    "berjalan": ("Sedang berjalan", "kini", "titik"),
    "selesai": ("Selesai", "baik", "cek"),
    # Answers to a check of a document.
    "sah": ("Sah", "baik", "perisai"),
    "tidak_dikenal": ("Tidak dikenal", "perhatian", "seru"),
}


def describe(status: object) -> tuple[str, str, str]:
    """Word, tone and icon; a status that is not in the table is written as it is, in grey."""
    key = str(getattr(status, "value", status) or "")
    word = key.replace("_", " ").strip().capitalize()
    return STATUS.get(key, (word or "–", "biasa", "titik"))
