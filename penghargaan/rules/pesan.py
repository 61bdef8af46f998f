"""The kinds of messages of the award, each with the text it has unless the committee edits it."""

from kompetisi.rules.naskah import Isian, JenisPesan, wajib

AGENCY = "admin instansi dan admin unit"
OPENING = "Hasil {edisi} telah ditetapkan dengan {keputusan}.\n\n"
CLOSING = "\n\nDaftar pemenang: {halaman}"
SUBJEK = "Hasil {edisi}: {kode}"
ENTRY = {
    "kode": wajib("kode pendaftaran", "2019-0042"),
    "peserta": Isian("nama peserta", "Dinas Kesehatan, Pemerintah Kota Contoh"),
    "keputusan": wajib("nomor dan tanggal keputusan", "Keputusan Nomor 1 tanggal 9 Desember 2019"),
    "halaman": Isian("alamat halaman hasil", "/hasil/2019/"),
}
PIAGAM = {
    "kode": Isian("kode pendaftaran", "2019-0042"),
    "nomor": wajib("nomor piagam", "B/001/2019"),
    "penerima": wajib("penerima piagam", "Pemerintah Kota Contoh"),
}

PESAN = (
    JenisPesan(
        kode="hasil_pemenang",
        nama="Hasil: ditetapkan sebagai pemenang",
        untuk=AGENCY,
        subjek=SUBJEK,
        isi=(
            OPENING + "Pendaftaran {kode} atas nama {peserta} ditetapkan sebagai:\n\n{predikat}"
            "\n\nKami menyampaikan selamat dan terima kasih. Piagam dapat diunduh pada halaman "
            "pendaftaran setelah diterbitkan." + CLOSING
        ),
        isian={**ENTRY, "predikat": wajib("sebutan pemenang", "12 Terbaik Tahun 2019")},
        harus=True,
    ),
    JenisPesan(
        kode="hasil_daftar_pendek",
        nama="Hasil: masuk daftar pendek, belum ditetapkan",
        untuk=AGENCY,
        subjek=SUBJEK,
        isi=(
            OPENING + "Pendaftaran {kode} atas nama {peserta} masuk daftar pendek, tetapi belum "
            "ditetapkan sebagai pemenang. Kami menghargai upaya instansi Anda." + CLOSING
        ),
        isian=ENTRY,
        harus=True,
    ),
    JenisPesan(
        kode="hasil_belum",
        nama="Hasil: belum ditetapkan",
        untuk=AGENCY,
        subjek=SUBJEK,
        isi=(
            OPENING + "Pendaftaran {kode} atas nama {peserta} belum ditetapkan sebagai pemenang. "
            "Kami menghargai upaya instansi Anda." + CLOSING
        ),
        isian=ENTRY,
        harus=True,
    ),
    JenisPesan(
        kode="hasil_didiskualifikasi",
        nama="Hasil: didiskualifikasi",
        untuk=AGENCY,
        subjek=SUBJEK,
        isi=(
            OPENING + "Pendaftaran {kode} atas nama {peserta} didiskualifikasi dengan alasan:"
            "\n\n{alasan}" + CLOSING
        ),
        isian={**ENTRY, "alasan": wajib("alasan diskualifikasi", "Dokumen terbukti tidak benar.")},
        harus=True,
    ),
    JenisPesan(
        kode="piagam_siap",
        nama="Piagam dapat diunduh",
        untuk=AGENCY,
        subjek="Piagam penghargaan dapat diunduh: {kode}",
        isi=(
            "Piagam nomor {nomor} untuk {penerima} sudah dapat diunduh pada halaman hasil "
            "pendaftaran Anda."
        ),
        isian=PIAGAM,
        harus=True,
    ),
    JenisPesan(
        kode="piagam_dicabut",
        nama="Piagam dicabut",
        untuk=AGENCY,
        subjek="Piagam penghargaan dicabut: {kode}",
        isi="Piagam nomor {nomor} untuk {penerima} dicabut.\n\nAlasan: {alasan}",
        isian={**PIAGAM, "alasan": wajib("alasan pencabutan", "Data tidak benar.")},
        harus=True,
    ),
)
