"""The kinds of messages of registration, each with the text it has unless the committee edits it.

docs/pesan.md says how the texts work.
"""

from kompetisi.rules.naskah import Isian, JenisPesan, wajib
from registrasi.rules.pesan_akun import AKUN, ALASAN, HAK, TENGGAT

AGENCY = "admin instansi dan admin unit"
ENTRY = {
    "kode": wajib("kode pendaftaran", "2019-0042"),
    "peserta": Isian("nama peserta", "Dinas Kesehatan, Pemerintah Kota Contoh"),
}

PENDAFTARAN = (
    JenisPesan(
        kode="tanda_terima",
        nama="Tanda terima pengiriman",
        untuk="admin instansi",
        subjek="Tanda terima {nomor}: pendaftaran {kode} telah diterima",
        isi=(
            "Pendaftaran {kode} atas nama {peserta} pada jalur {jalur} telah kami terima pada "
            "{waktu}.\n\nNomor tanda terima: {nomor}\nKode verifikasi: {kode_verifikasi}\n"
            "SHA-256 isian: {sidik}"
        ),
        isian={
            **ENTRY,
            "jalur": Isian("nama jalur", "Unit Pelayanan Publik"),
            "waktu": wajib("waktu diterima sampai detiknya", "01-11-2019 pukul 21.15.07 WIB"),
            "nomor": wajib("nomor tanda terima", "TT-2019-000042"),
            "kode_verifikasi": wajib("kode verifikasi", "0f" * 16),
            "sidik": wajib("SHA-256 isian", "ab" * 32),
        },
        harus=True,
        segera=True,
    ),
    JenisPesan(
        kode="pengingat",
        nama="Pengingat draf belum dikirim",
        untuk=AGENCY,
        subjek="Pendaftaran {kode} belum dikirim",
        isi=(
            "Pendaftaran {kode} ({peserta}) masih berupa draf dan belum dikirim.\n\nPendaftaran "
            "ditutup {tenggat}. Lengkapi isian, kemudian kirim sebelum batas itu. Draf yang tidak "
            "dikirim tidak ikut dinilai."
        ),
        isian={**ENTRY, "tenggat": TENGGAT},
    ),
    JenisPesan(
        kode="pengingat_panitia",
        nama="Pengingat yang dikirim panitia",
        untuk=AGENCY,
        subjek="Pendaftaran {kode} belum dikirim",
        isi=(
            "Pendaftaran {kode} ({peserta}) masih berupa draf dan belum dikirim. Kirim paling "
            "lambat {tenggat}.\n\n{kekurangan}\n\nDraf yang tidak dikirim sampai batas itu tidak "
            "ikut dinilai."
        ),
        isian={
            **ENTRY,
            "tenggat": TENGGAT,
            "kekurangan": Isian(
                "daftar yang masih kurang", "Yang masih kurang:\n- Surat pernyataan"
            ),
        },
    ),
    JenisPesan(
        kode="pengingat_instansi",
        nama="Pengingat panitia kepada instansi tanpa pendaftaran",
        untuk="admin instansi",
        subjek="{instansi} belum mempunyai pendaftaran",
        isi=(
            "Anda mewakili {instansi}, tetapi belum ada pendaftaran yang dibuat.\n\nPendaftaran "
            "ditutup {tenggat}. Buat, isi, dan kirim pendaftaran sebelum batas itu."
        ),
        isian={"instansi": wajib("nama instansi", "Pemerintah Kota Contoh"), "tenggat": TENGGAT},
    ),
    JenisPesan(
        kode="pengingat_akun",
        nama="Pengingat instansi belum mempunyai pendaftaran",
        untuk="admin instansi",
        subjek="{instansi} belum mempunyai pendaftaran",
        isi=(
            "Anda mewakili {instansi}, tetapi belum ada pendaftaran yang dibuat.\n\nPendaftaran "
            "ditutup {tenggat}. Buat, isi, dan kirim pendaftaran sebelum batas itu."
        ),
        isian={"instansi": wajib("nama instansi", "Pemerintah Kota Contoh"), "tenggat": TENGGAT},
    ),
    JenisPesan(
        kode="perpanjangan",
        nama="Batas waktu diperpanjang",
        untuk="admin dari pendaftaran yang belum dikirim",
        subjek="{tahap} diperpanjang sampai {tenggat}",
        isi=(
            "Batas waktu {tahap} diperpanjang sampai {tenggat}.\n\nAlasan: {alasan}\n\n"
            "Pendaftaran {kode} ({peserta}) masih berupa draf. Lengkapi isian, kemudian kirim "
            "sebelum batas itu."
        ),
        isian={
            **ENTRY,
            "tahap": Isian("nama tahap", "Pendaftaran"),
            "tenggat": TENGGAT,
            "alasan": ALASAN,
        },
        harus=True,
        segera=True,
    ),
    JenisPesan(
        kode="berkas",
        nama="Virus dalam berkas",
        untuk="yang mengunggah berkas",
        subjek="Berkas {berkas} memuat virus",
        isi=(
            "Pemindai menemukan {virus} dalam berkas {berkas} yang Anda unggah. Berkas itu tidak "
            "disajikan kepada siapa pun dan dihitung belum ada. Bersihkan komputer Anda, buat "
            "ulang berkasnya dari sumber aslinya, lalu unggah kembali."
        ),
        isian={
            "berkas": wajib("nama berkas", "surat-tugas.pdf"),
            "virus": Isian("nama virus", "Eicar-Test-Signature"),
        },
        harus=True,
        segera=True,
    ),
    JenisPesan(
        kode="tidak_terkirim",
        nama="Draf tidak terkirim sampai penutupan",
        untuk=AGENCY,
        subjek="Pendaftaran {kode} tidak terkirim",
        isi=(
            "Pendaftaran {kode} ({peserta}) tidak dikirim sampai pendaftaran ditutup pada "
            "{tenggat}, sehingga tidak ikut dinilai. Draf Anda tetap tersimpan dan dapat dibaca."
            "\n\nBila pengiriman gagal karena gangguan layanan, hubungi sekretariat dengan "
            "menyebut kode pendaftaran."
        ),
        isian={**ENTRY, "tenggat": TENGGAT},
        harus=True,
    ),
)

ADMINISTRASI = (
    JenisPesan(
        kode="administrasi_lolos",
        nama="Lolos seleksi administrasi",
        untuk=AGENCY,
        subjek="Pendaftaran {kode} lolos seleksi administrasi",
        isi=(
            "Pendaftaran {kode} ({peserta}) memenuhi seluruh syarat administrasi dan diteruskan "
            "ke tahap penilaian.\n\n{catatan}"
        ),
        isian={
            **ENTRY,
            "catatan": Isian("catatan pemeriksa; kosong bila tidak ada", "Catatan: berkas jelas."),
        },
        harus=True,
    ),
    JenisPesan(
        kode="administrasi_perbaikan",
        nama="Dikembalikan untuk diperbaiki",
        untuk=AGENCY,
        subjek="Pendaftaran {kode} perlu diperbaiki",
        isi=(
            "Pendaftaran {kode} ({peserta}) dikembalikan untuk diperbaiki satu kali.\n\nYang "
            "harus diperbaiki:\n{alasan}\n\nPerbaiki dan kirim kembali paling lambat {tenggat}. "
            "Bila tidak dikirim kembali sampai batas itu, pendaftaran dinyatakan tidak lolos "
            "seleksi administrasi."
        ),
        isian={**ENTRY, "alasan": ALASAN, "tenggat": TENGGAT},
        harus=True,
        segera=True,
    ),
    JenisPesan(
        kode="pengingat_perbaikan",
        nama="Pengingat perbaikan belum dikirim",
        untuk=AGENCY,
        subjek="Perbaikan pendaftaran {kode} belum dikirim",
        isi=(
            "Pendaftaran {kode} ({peserta}) masih menunggu perbaikan Anda. Kirim paling lambat "
            "{tenggat}; sesudah itu pendaftaran dinyatakan tidak lolos seleksi administrasi."
        ),
        isian={**ENTRY, "tenggat": TENGGAT},
    ),
    JenisPesan(
        kode="administrasi_tidak_lolos",
        nama="Tidak lolos seleksi administrasi",
        untuk=AGENCY,
        subjek="Pendaftaran {kode} tidak lolos seleksi administrasi",
        isi=(
            "Pendaftaran {kode} ({peserta}) tidak lolos seleksi administrasi.\n\nAlasan:\n{alasan}"
            "\n\nTerima kasih atas keikutsertaan Anda. Isian dan berkas tetap dapat dibaca."
        ),
        isian={**ENTRY, "alasan": ALASAN},
        harus=True,
    ),
    JenisPesan(
        kode="usulan_penolakan_kembali",
        nama="Usulan tidak lolos dikembalikan",
        untuk="pengusul",
        subjek="Usulan tidak lolos {kode} dikembalikan",
        isi=(
            "Usulan Anda agar pendaftaran {kode} ({peserta}) tidak lolos seleksi administrasi "
            "dikembalikan oleh {pemutus}.\n\nAlasan: {alasan}\n\nPeriksa kembali pendaftaran ini. "
            "Peserta belum diberi tahu apa pun."
        ),
        isian={
            **ENTRY,
            "pemutus": Isian("nama yang mengembalikan", "Budi Santoso"),
            "alasan": ALASAN,
        },
        harus=True,
    ),
    JenisPesan(
        kode="perbaikan_lewat",
        nama="Tidak lolos karena perbaikan tidak dikirim",
        untuk=AGENCY,
        subjek="Pendaftaran {kode} tidak lolos seleksi administrasi",
        isi=(
            "Pendaftaran {kode} ({peserta}) tidak lolos seleksi administrasi.\n\nAlasan: "
            "perbaikan tidak dikirim sampai {tenggat}. Isian dan berkas tetap dapat dibaca."
        ),
        isian={**ENTRY, "tenggat": TENGGAT},
        harus=True,
    ),
)

PESAN = (*AKUN, *HAK, *PENDAFTARAN, *ADMINISTRASI)
