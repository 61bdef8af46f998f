"""The kinds of messages of the evaluation, each with the text it has unless it is edited."""

from kompetisi.rules.naskah import Isian, JenisPesan, wajib

AGENCY = "admin instansi dan admin unit"
KODE = wajib("kode pendaftaran", "2019-0042")
PESERTA = Isian("nama peserta", "Dinas Kesehatan, Pemerintah Kota Contoh")
JUMLAH = wajib("jumlah", "7")
TAHAP = Isian("nama tahap", "Evaluasi dokumen")
TENGGAT = wajib("batas waktu dengan zonanya", "13 November 2019 23.59 WIB")
ALASAN = wajib("alasan yang ditulis pemutus", "Jaringan terputus selama penilaian.")
WAKTU = wajib("hari dan jam dalam zona penerima", "Senin, 18 November 2019 09.00 WIB")
TEMPAT = wajib("ruang atau alamat", "Ruang Sriwijaya, Kementerian PANRB")
UNDANGAN = {
    "kode": KODE,
    "peserta": PESERTA,
    "waktu": WAKTU,
    "sampai": Isian("jam selesai", "10.00 WIB"),
    "tempat": TEMPAT,
    "paparan": Isian("lama paparan dalam menit", "15"),
    "tanya_jawab": Isian("lama tanya jawab dalam menit", "30"),
    "tenggat": TENGGAT,
}
KUNJUNGAN = {
    "perihal": Isian("jadwal baru atau perubahannya", "Jadwal kunjungan lapangan"),
    "peserta": PESERTA,
    "hari": wajib("hari dan tanggal", "Senin, 25 November 2019"),
    "tempat": TEMPAT,
}

PENILAIAN = (
    JenisPesan(
        kode="evaluator_baru",
        nama="Penambahan evaluator",
        untuk="evaluator",
        subjek="Anda menjadi evaluator {edisi}",
        isi=(
            "Anda terdaftar sebagai anggota tim evaluasi {edisi}.\n\nMasuk dengan alamat surel "
            "ini; bila belum memiliki kata sandi, gunakan tautan lupa kata sandi pada halaman "
            "masuk. Sebelum menilai, Anda diminta menyetujui pakta integritas dan menyatakan "
            "benturan kepentingan."
        ),
        harus=True,
    ),
    JenisPesan(
        kode="penugasan_dirilis",
        nama="Penugasan dirilis",
        untuk="evaluator",
        subjek="{jumlah} lembar penilaian untuk tahap {tahap}",
        isi=(
            "Anda mendapat {jumlah} lembar penilaian pada tahap {tahap} {edisi}. Setujui pakta "
            "integritas dan nyatakan benturan kepentingan bila belum, lalu mulai menilai dari "
            "halaman Evaluasi."
        ),
        isian={"jumlah": JUMLAH, "tahap": TAHAP},
        harus=True,
    ),
    JenisPesan(
        kode="pengingat_lembar",
        nama="Pengingat lembar belum dikunci",
        untuk="evaluator",
        subjek="{jumlah} lembar belum Anda kunci",
        isi=(
            "Tahap {tahap} ditutup sesudah {tenggat}. {jumlah} lembar penilaian Anda belum "
            "terkunci; lembar yang tidak terkunci sampai penutupan tidak dihitung."
        ),
        isian={"jumlah": JUMLAH, "tahap": TAHAP, "tenggat": TENGGAT},
    ),
    JenisPesan(
        kode="lembar_kurang",
        nama="Lembar tidak terkunci sampai penutupan",
        untuk="ketua tim evaluasi",
        subjek="{jumlah} lembar tidak terkunci sampai penutupan {tahap}",
        isi=(
            "Tahap {tahap} telah ditutup dan {jumlah} lembar penilaian tidak terkunci. Lembar itu "
            "tidak dihitung. Bila masih diperlukan, usulkan perpanjangan tahap."
        ),
        isian={"jumlah": JUMLAH, "tahap": TAHAP},
        harus=True,
    ),
    JenisPesan(
        kode="lembar_dibuka",
        nama="Lembar dibuka kembali",
        untuk="evaluator",
        subjek="Lembar penilaian {kode} dibuka kembali",
        isi=(
            "Ketua tim evaluasi membuka kembali lembar Anda untuk pendaftaran {kode} pada tahap "
            "{tahap}.\n\nAlasan: {alasan}\n\nLembar ini tidak dihitung sampai Anda menguncinya "
            "lagi."
        ),
        isian={"kode": KODE, "tahap": TAHAP, "alasan": ALASAN},
        harus=True,
    ),
    JenisPesan(
        kode="benturan_baru",
        nama="Benturan kepentingan mengakhiri penugasan",
        untuk="ketua tim evaluasi",
        subjek="Benturan kepentingan: {jumlah} penugasan berakhir",
        isi=(
            "{evaluator} berbenturan kepentingan dengan peserta pendaftaran {kode}. Penugasannya "
            "berakhir dan lembarnya tidak dihitung. Tugaskan pembaca pengganti."
        ),
        isian={
            "jumlah": JUMLAH,
            "evaluator": wajib("nama evaluator", "Sari Wulandari"),
            "kode": wajib("kode pendaftaran, satu atau lebih", "2019-0042, 2019-0051"),
        },
        harus=True,
    ),
    JenisPesan(
        kode="daftar_pendek_masuk",
        nama="Masuk daftar pendek",
        untuk=AGENCY,
        subjek="Pendaftaran {kode} masuk daftar pendek",
        isi=(
            "Dengan hormat,\n\nPendaftaran {kode} atas nama {peserta} masuk daftar pendek {edisi}, "
            "jalur {jalur}.\n\nTahap berikutnya ialah {tahap}. Jadwalnya disampaikan melalui pesan "
            "tersendiri; mohon periksa halaman Jadwal secara berkala.\n\nTerima kasih atas kerja "
            "Anda melayani pengaduan masyarakat."
        ),
        isian={
            "kode": KODE,
            "peserta": PESERTA,
            "jalur": Isian("nama jalur", "Instansi Pemerintah"),
            "tahap": Isian("nama tahap berikutnya", "Presentasi dan wawancara"),
        },
        harus=True,
    ),
    JenisPesan(
        kode="daftar_pendek_tidak",
        nama="Belum masuk daftar pendek",
        untuk=AGENCY,
        subjek="Hasil evaluasi pendaftaran {kode}",
        isi=(
            "Dengan hormat,\n\nTerima kasih atas partisipasi {peserta} dalam {edisi}. Setelah "
            "seluruh dokumen dinilai, pendaftaran {kode} belum masuk daftar pendek pada edisi ini."
            "\n\nPenghargaan kami sampaikan atas upaya Anda mengelola pengaduan masyarakat. Semoga "
            "dapat terus ditingkatkan dan diikutkan kembali pada edisi berikutnya."
        ),
        isian={"kode": KODE, "peserta": PESERTA},
        harus=True,
    ),
)

WAWANCARA = (
    JenisPesan(
        kode="undangan_wawancara",
        nama="Undangan wawancara",
        untuk=AGENCY,
        subjek="Undangan wawancara {kode}",
        isi=(
            "Dengan hormat,\n\nKami mengundang {peserta} untuk presentasi dan wawancara {edisi}."
            "\n\nWaktu: {waktu}, sampai {sampai}\nTempat: {tempat}\nSusunan: paparan {paparan} "
            "menit, tanya jawab {tanya_jawab} menit\n\nMohon konfirmasi kehadiran beserta nama "
            "dan jabatan penyaji paling lambat {tenggat}. Bahan paparan (PDF) diunggah pada "
            "halaman yang sama."
        ),
        isian=UNDANGAN,
        harus=True,
    ),
    JenisPesan(
        kode="perubahan_wawancara",
        nama="Perubahan jadwal wawancara",
        untuk=AGENCY,
        subjek="Perubahan jadwal wawancara {kode}",
        isi=(
            "Dengan hormat,\n\nJadwal wawancara {peserta} berubah. Konfirmasi sebelumnya tidak "
            "berlaku lagi.\n\nWaktu: {waktu}, sampai {sampai}\nTempat: {tempat}\nSusunan: paparan "
            "{paparan} menit, tanya jawab {tanya_jawab} menit\n\nMohon konfirmasi kehadiran "
            "beserta nama dan jabatan penyaji paling lambat {tenggat}. Bahan paparan (PDF) "
            "diunggah pada halaman yang sama."
        ),
        isian=UNDANGAN,
        harus=True,
        segera=True,
    ),
    JenisPesan(
        kode="panel_wawancara",
        nama="Perubahan jadwal wawancara untuk panel",
        untuk="anggota panel",
        subjek="Jadwal wawancara {kode} berubah",
        isi="Sesi {peserta} kini pada {waktu}, {tempat}.",
        isian={"kode": KODE, "peserta": PESERTA, "waktu": WAKTU, "tempat": TEMPAT},
        harus=True,
        segera=True,
    ),
    JenisPesan(
        kode="pembatalan_wawancara",
        nama="Pembatalan sesi wawancara",
        untuk="admin instansi, admin unit, dan anggota panel",
        subjek="Sesi wawancara {kode} dibatalkan",
        isi=(
            "Sesi wawancara {peserta} pada {waktu} dibatalkan.\n\nAlasan: {alasan}\n\nJadwal "
            "pengganti, bila ada, disampaikan melalui pesan tersendiri."
        ),
        isian={"kode": KODE, "peserta": PESERTA, "waktu": WAKTU, "alasan": ALASAN},
        harus=True,
        segera=True,
    ),
    JenisPesan(
        kode="ingat_konfirmasi",
        nama="Pengingat konfirmasi wawancara",
        untuk=AGENCY,
        subjek="Konfirmasi wawancara {kode} belum kami terima",
        isi=(
            "Sesi wawancara {peserta} berlangsung {waktu}. Mohon konfirmasi paling lambat "
            "{tenggat}."
        ),
        isian={"kode": KODE, "peserta": PESERTA, "waktu": WAKTU, "tenggat": TENGGAT},
    ),
    JenisPesan(
        kode="konfirmasi_lewat",
        nama="Konfirmasi wawancara tidak diterima",
        untuk="sekretariat",
        subjek="Wawancara {kode} belum dikonfirmasi",
        isi=(
            "{peserta} belum mengonfirmasi sesi {waktu} sampai batasnya. Hubungi peserta, atau "
            "ubah jadwalnya."
        ),
        isian={"kode": KODE, "peserta": PESERTA, "waktu": WAKTU},
    ),
    JenisPesan(
        kode="ingat_panel",
        nama="Daftar sesi untuk panel sehari sebelumnya",
        untuk="anggota panel",
        subjek="{jumlah} sesi wawancara pada {hari}",
        isi="Sesi Anda:\n\n{daftar}",
        isian={
            "jumlah": JUMLAH,
            "hari": Isian("hari dan tanggal", "Senin, 18 November 2019"),
            "daftar": wajib(
                "daftar sesi, satu baris satu sesi",
                "- Senin, 18 November 2019 09.00 WIB, Ruang Sriwijaya: Pemerintah Kota Contoh",
            ),
        },
    ),
    JenisPesan(
        kode="sesi_tidak_sah",
        nama="Sesi wawancara dengan lembar kurang",
        untuk="ketua tim evaluasi",
        subjek="{jumlah} sesi wawancara tidak sah",
        isi=(
            "Sesi berikut memiliki kurang dari {minimal} lembar terkunci: {kode}. Bila masih "
            "diperlukan, usulkan perpanjangan tahap."
        ),
        isian={
            "jumlah": JUMLAH,
            "minimal": Isian("jumlah lembar yang diperlukan", "3"),
            "kode": wajib("kode pendaftaran, satu atau lebih", "2019-0042, 2019-0051"),
        },
        harus=True,
    ),
)

LAPANGAN = (
    JenisPesan(
        kode="kunjungan_lapangan",
        nama="Jadwal kunjungan lapangan",
        untuk=AGENCY,
        subjek="{perihal}: {hari}",
        isi=(
            "Tim evaluasi mengunjungi {peserta} pada {hari} di {tempat} untuk verifikasi lapangan. "
            "Mohon siapkan petugas, dokumen, dan tempat pengelolaan pengaduan."
        ),
        isian=KUNJUNGAN,
        harus=True,
    ),
    JenisPesan(
        kode="kunjungan_tim",
        nama="Jadwal kunjungan lapangan untuk tim",
        untuk="anggota tim kunjungan",
        subjek="{perihal}: {peserta}",
        isi="Anda mengunjungi {peserta} pada {hari} di {tempat}.",
        isian=KUNJUNGAN,
        harus=True,
    ),
    JenisPesan(
        kode="berita_acara_lapangan",
        nama="Berita acara verifikasi lapangan tersedia",
        untuk=AGENCY,
        subjek="Berita acara verifikasi lapangan {kode} tersedia",
        isi="Verifikasi lapangan selesai. Berita acaranya dapat Anda unduh.",
        isian={"kode": KODE},
    ),
)

PESAN = (*PENILAIAN, *WAWANCARA, *LAPANGAN)
