"""The kinds of messages about the right to act for an agency: asked for, offered, ended."""

from kompetisi.rules.naskah import Isian, JenisPesan, wajib

TENGGAT = wajib("batas waktu dengan zonanya", "1 November 2019 23.59 WIB")
ALASAN = wajib("alasan yang ditulis pemutus", "Surat tugas tidak terbaca.")
MEMBER = {
    "instansi": Isian("nama instansi", "Pemerintah Kota Contoh"),
    "diwakili": wajib("instansi atau unit yang diwakili", "Pemerintah Kota Contoh"),
}
MASA = wajib("berapa lama hak berlaku", "berlaku sampai 31 Desember 2019")

AKUN = (
    JenisPesan(
        kode="akun_disetujui",
        nama="Permohonan mewakili instansi disetujui",
        untuk="pemohon",
        subjek="Permohonan mewakili {instansi} disetujui",
        isi=(
            "Permohonan Anda untuk mewakili {diwakili} telah disetujui, {masa}. Anda dapat membuat "
            "dan mengisi pendaftaran selama masa pendaftaran."
        ),
        isian={**MEMBER, "masa": MASA},
        harus=True,
    ),
    JenisPesan(
        kode="akun_ditolak",
        nama="Permohonan mewakili instansi ditolak",
        untuk="pemohon",
        subjek="Permohonan mewakili {instansi} belum dapat disetujui",
        isi=(
            "Permohonan Anda untuk mewakili {diwakili} ditolak.\n\nAlasan: {alasan}\n\nPerbaiki "
            "hal tersebut, kemudian ajukan permohonan baru."
        ),
        isian={**MEMBER, "alasan": ALASAN},
        harus=True,
    ),
    JenisPesan(
        kode="akun_dicabut",
        nama="Keanggotaan pada instansi dicabut",
        untuk="yang keanggotaannya dicabut",
        subjek="Keanggotaan Anda pada {instansi} dicabut",
        isi=(
            "Anda tidak lagi mewakili {diwakili}.\n\nAlasan: {alasan}\n\nBila hal ini keliru, "
            "hubungi sekretariat."
        ),
        isian={**MEMBER, "alasan": ALASAN},
        harus=True,
    ),
    JenisPesan(
        kode="admin_unit_dicabut",
        nama="Penunjukan admin unit dicabut",
        untuk="admin unit yang penunjukannya dicabut",
        subjek="Penunjukan Anda sebagai admin {unit} dicabut",
        isi="Anda tidak lagi menjadi admin {unit}.\n\nAlasan: {alasan}",
        isian={"unit": wajib("nama unit", "Dinas Kesehatan"), "alasan": ALASAN},
        harus=True,
    ),
)

PERSON = {
    "orang": wajib("nama yang menjawab", "Siti Aminah"),
    "alamat": Isian("alamat yang diundang", "siti@contoh.go.id"),
    "peran": wajib("peran yang ditawarkan", "Admin unit Dinas Kesehatan"),
}

HAK = (
    JenisPesan(
        kode="akun_berakhir",
        nama="Hak mewakili instansi diakhiri",
        untuk="yang haknya berakhir karena serah terima atau mengundurkan diri",
        subjek="Hak Anda mewakili {diwakili} berakhir",
        isi=(
            "Anda tidak lagi mewakili {diwakili}.\n\nAlasan: {alasan}\n\nPendaftaran dan berkas "
            "tetap pada instansi."
        ),
        isian={**MEMBER, "alasan": ALASAN},
        harus=True,
    ),
    JenisPesan(
        kode="akun_masa",
        nama="Masa berlaku hak diubah",
        untuk="yang masa berlaku haknya diubah sekretariat",
        subjek="Masa berlaku hak Anda mewakili {instansi} diubah",
        isi="Hak Anda mewakili {diwakili} kini {masa}.\n\nAlasan: {alasan}",
        isian={**MEMBER, "masa": MASA, "alasan": ALASAN},
        harus=True,
    ),
    JenisPesan(
        kode="pengingat_hak",
        nama="Pengingat hak segera berakhir",
        untuk="yang haknya segera berakhir",
        subjek="Hak Anda mewakili {diwakili} segera berakhir",
        isi=(
            "Hak Anda mewakili {diwakili} berakhir {tenggat}, seperti tertulis pada surat tugas."
            "\n\nBila Anda tetap bertugas, unggah surat tugas baru sebelum itu. Bila tidak, "
            "serahkan tugas kepada pengganti Anda. Isian dan berkas tetap pada instansi."
        ),
        isian={**MEMBER, "tenggat": TENGGAT},
        harus=True,
    ),
    JenisPesan(
        kode="hak_berakhir",
        nama="Hak telah berakhir",
        untuk="yang haknya telah berakhir",
        subjek="Hak Anda mewakili {diwakili} telah berakhir",
        isi=(
            "Hak Anda mewakili {diwakili} berakhir {tenggat}. Isian dan berkas tetap pada instansi."
            "\n\nBila Anda tetap bertugas, ajukan permohonan baru dengan surat tugas yang berlaku."
        ),
        isian={**MEMBER, "tenggat": TENGGAT},
        harus=True,
    ),
    JenisPesan(
        kode="undangan",
        nama="Undangan mewakili instansi",
        untuk="yang diundang, dengan atau tanpa akun",
        subjek="Undangan menjadi {peran}",
        isi=(
            "{pengundang} dari {instansi} mengundang Anda sebagai {peran}.\n\n{tugas}\n\nBuka "
            "tautan pada pesan ini, masuk atau buat akun dengan alamat {alamat}, kemudian terima "
            "atau tolak. Undangan berlaku sampai {tenggat}. Bila Anda tidak mengenal pengundang, "
            "abaikan pesan ini."
        ),
        isian={
            "pengundang": wajib("nama admin instansi yang mengundang", "Budi Santoso"),
            "instansi": wajib("nama instansi", "Pemerintah Kota Contoh"),
            "peran": wajib("peran yang ditawarkan", "Admin unit Dinas Kesehatan"),
            "tugas": Isian("apa yang dikerjakan", "Admin unit mengisi pendaftaran unitnya."),
            "alamat": wajib("alamat yang diundang", "siti@contoh.go.id"),
            "tenggat": TENGGAT,
        },
        harus=True,
        segera=True,
        sekali=True,
    ),
    JenisPesan(
        kode="undangan_diterima",
        nama="Undangan diterima",
        untuk="admin instansi yang mengundang",
        subjek="{orang} menerima undangan Anda",
        isi="{orang} ({alamat}) kini {peran}.",
        isian=PERSON,
    ),
    JenisPesan(
        kode="undangan_ditolak",
        nama="Undangan ditolak",
        untuk="admin instansi yang mengundang",
        subjek="{orang} menolak undangan Anda",
        isi="{orang} ({alamat}) tidak menjadi {peran}.",
        isian=PERSON,
    ),
)
