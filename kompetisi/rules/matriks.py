"""The one permission matrix: action x role x stage. docs/permissions.md is checked against it.

A row says which roles may do an action, and in which state the stage it hangs on must be. Rows
without a stage hold at any time. The matrix is necessary, not sufficient: the rules of the apps
add what depends on the object (own agency, conflict, locked or not), and what a person may see is
decided by the queries.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kompetisi.rules.tahap import Keadaan
from kompetisi.rules.verdict import YES, Verdict, no

ADMIN_INSTANSI = "admin_instansi"
ADMIN_UNIT = "admin_unit"
EVALUATOR = "evaluator"
KETUA = "ketua"
SEKRETARIAT = "sekretariat"
ADMIN_PANRB = "admin_panrb"
PENGAMAT = "pengamat"

PERAN_LABEL: Mapping[str, str] = {
    ADMIN_INSTANSI: "admin instansi",
    ADMIN_UNIT: "admin unit",
    EVALUATOR: "evaluator",
    KETUA: "ketua tim evaluasi",
    SEKRETARIAT: "sekretariat",
    ADMIN_PANRB: "admin PANRB",
    PENGAMAT: "pengamat",
}
PANITIA = frozenset({KETUA, SEKRETARIAT, ADMIN_PANRB, PENGAMAT})
LINGKAR_PLENO = frozenset({KETUA, SEKRETARIAT, ADMIN_PANRB, PENGAMAT})


@dataclass(frozen=True)
class Izin:
    """Who may act, and the stage kind with the states in which it is allowed."""

    uraian: str
    peran: frozenset[str]
    tahap: str | None = None
    keadaan: frozenset[str] = frozenset({"berjalan"})


def _izin(uraian: str, *peran: str, tahap: str | None = None, keadaan: str = "berjalan") -> Izin:
    return Izin(uraian, frozenset(peran), tahap, frozenset(keadaan.split()))


AGENCY = (ADMIN_INSTANSI, ADMIN_UNIT)
SUDAH = "berjalan selesai"

MATRIKS: Mapping[str, Izin] = {
    # registrasi, by agencies
    "pendaftaran.buat": _izin("membuat pendaftaran", *AGENCY, tahap="pendaftaran"),
    "pendaftaran.isi": _izin("mengisi pendaftaran", *AGENCY, tahap="pendaftaran"),
    "pendaftaran.kirim": _izin("mengirim pendaftaran", ADMIN_INSTANSI, tahap="pendaftaran"),
    "pendaftaran.tarik": _izin("menarik kembali pendaftaran", ADMIN_INSTANSI, tahap="pendaftaran"),
    "pendaftaran.hapus": _izin("menghapus draf pendaftaran", ADMIN_INSTANSI, tahap="pendaftaran"),
    "perbaikan.isi": _izin("memperbaiki pendaftaran", *AGENCY, tahap="administrasi"),
    "perbaikan.kirim": _izin("mengirim perbaikan", ADMIN_INSTANSI, tahap="administrasi"),
    "anggota.atur": _izin("mengatur admin unit", ADMIN_INSTANSI),
    "undangan.kirim": _izin("mengundang orang untuk mewakili instansi", ADMIN_INSTANSI),
    "hak.serahkan": _izin("menyerahkan tugas admin instansi", ADMIN_INSTANSI),
    "hak.lepas": _izin("melepas hak mewakili instansi", *AGENCY),
    "unit.atur": _izin("mengatur unit pengelola", ADMIN_INSTANSI),
    "wawancara.konfirmasi": _izin("mengonfirmasi jadwal wawancara", ADMIN_INSTANSI),
    # registrasi, by the committee
    "akun.putuskan": _izin("memutuskan permohonan mewakili instansi", SEKRETARIAT, ADMIN_PANRB),
    "administrasi.periksa": _izin(
        "memeriksa kelengkapan administrasi", SEKRETARIAT, tahap="administrasi"
    ),
    "administrasi.konfirmasi": _izin(
        "memutuskan usulan tidak lolos sebagai orang kedua",
        SEKRETARIAT,
        ADMIN_PANRB,
        tahap="administrasi",
    ),
    "pengingat.kirim": _izin(
        "mengirim pengingat kepada peserta", SEKRETARIAT, ADMIN_PANRB, tahap="pendaftaran"
    ),
    "angka_resmi.catat": _izin(
        "mencatat angka resmi SP4N-LAPOR!",
        SEKRETARIAT,
        ADMIN_PANRB,
        tahap="dokumen",
        keadaan="belum berjalan",
    ),
    "instansi.impor": _izin("mengimpor direktori instansi", SEKRETARIAT, ADMIN_PANRB),
    "perpanjangan.ajukan": _izin("mengajukan perpanjangan", SEKRETARIAT, ADMIN_PANRB),
    "perpanjangan.putuskan": _izin("memutuskan perpanjangan", SEKRETARIAT, ADMIN_PANRB),
    "berkas.lihat": _izin("melihat keadaan berkas tersimpan", SEKRETARIAT, ADMIN_PANRB, PENGAMAT),
    "pendaftaran.lihat_semua": _izin("melihat semua pendaftaran", *PANITIA),
    # evaluasi
    "evaluator.atur": _izin("mengatur evaluator", KETUA, SEKRETARIAT),
    "pakta.setujui": _izin("menyetujui pakta integritas", EVALUATOR),
    "benturan.nyatakan": _izin("menyatakan benturan kepentingan", EVALUATOR),
    "benturan.catat": _izin("mencatat benturan kepentingan", KETUA, SEKRETARIAT),
    "penugasan.jawab": _izin("menerima atau menolak penugasannya", EVALUATOR),
    "penugasan.atur": _izin("menugaskan evaluator", KETUA, SEKRETARIAT),
    "penugasan.lihat": _izin("melihat penugasan", *PANITIA),
    "samaran.periksa": _izin("memeriksa salinan samaran berkas", SEKRETARIAT, ADMIN_PANRB),
    "pembaca_ketiga.putuskan": _izin("memutuskan pembaca tambahan", KETUA),
    "lembar.isi_dokumen": _izin("menilai dokumen", EVALUATOR, tahap="dokumen"),
    "lembar.isi_wawancara": _izin("menilai wawancara", EVALUATOR, tahap="wawancara"),
    "lembar.isi_lapangan": _izin("mengisi verifikasi lapangan", EVALUATOR, tahap="lapangan"),
    "lembar.buka": _izin("membuka kembali lembar terkunci", KETUA),
    "diskusi.tulis": _izin("menulis dalam diskusi pembaca", EVALUATOR, KETUA),
    "nilai.lihat": _izin("melihat nilai semua pendaftaran", *LINGKAR_PLENO),
    "daftar_pendek.putuskan": _izin("memutuskan daftar pendek", KETUA),
    "wawancara.jadwalkan": _izin("menjadwalkan wawancara", KETUA, SEKRETARIAT),
    "lapangan.jadwalkan": _izin("menjadwalkan verifikasi lapangan", KETUA, SEKRETARIAT),
    # penghargaan
    "pleno.lihat": _izin("melihat pleno", *LINGKAR_PLENO),
    "pleno.putuskan": _izin("memutuskan dalam pleno", KETUA, tahap="pleno", keadaan=SUDAH),
    "pleno.bekukan": _izin("membekukan hasil pleno", KETUA, tahap="pleno", keadaan=SUDAH),
    "keputusan.isi": _izin("mengisi nomor keputusan", SEKRETARIAT, ADMIN_PANRB),
    "penerbitan.ajukan": _izin("mengajukan penerbitan hasil", SEKRETARIAT, ADMIN_PANRB),
    "penerbitan.setujui": _izin("menyetujui penerbitan hasil", ADMIN_PANRB),
    "piagam.terbitkan": _izin("menerbitkan piagam", ADMIN_PANRB, SEKRETARIAT),
    "piagam.cabut": _izin("mencabut piagam", ADMIN_PANRB),
    # core
    "peran.atur": _izin("mengatur peran", ADMIN_PANRB),
    "lambang.ganti": _izin("mengganti lambang", ADMIN_PANRB),
    "pengumuman.buat": _izin("membuat pengumuman", SEKRETARIAT, ADMIN_PANRB),
    "naskah.ubah": _izin("mengubah naskah pesan", SEKRETARIAT, ADMIN_PANRB),
    "pesan.lihat": _izin("melihat kotak keluar", SEKRETARIAT, ADMIN_PANRB, PENGAMAT),
    "pesan.kirim_ulang": _izin("mengirim ulang pesan", SEKRETARIAT, ADMIN_PANRB),
    "alamat.pulihkan": _izin("memulihkan alamat surel yang diragukan", SEKRETARIAT, ADMIN_PANRB),
    "pribadi.hapus": _izin("menghapus data pribadi seseorang", ADMIN_PANRB),
    "retensi.lihat": _izin("melihat rencana pemusnahan data", ADMIN_PANRB, PENGAMAT),
    "akses.lihat": _izin("melihat siapa membuka berkas apa", ADMIN_PANRB, PENGAMAT),
    "jejak.lihat": _izin("melihat jejak audit", ADMIN_PANRB, PENGAMAT),
    "dasbor.lihat": _izin("melihat dasbor panitia", *PANITIA),
    "jam.geser": _izin("menggeser jam peragaan", ADMIN_PANRB),
}

_BECAUSE: Mapping[Keadaan, str] = {
    "belum": "belum dibuka",
    "berjalan": "sedang berjalan",
    "selesai": "sudah ditutup",
}


def check_aksi(aksi: str, peran: Collection[str], keadaan: Keadaan | None = None) -> Verdict:
    """Whether somebody with these roles may do the action, the stage standing as it does.

    `keadaan` is the state of the stage the action hangs on, None when the edition has no such
    stage (then refused). Raises KeyError for an action that is not in the matrix.
    """
    izin = MATRIKS[aksi]
    if not izin.peran.intersection(peran):
        who = ", ".join(sorted(PERAN_LABEL[p] for p in izin.peran))
        return no(f"Hanya {who} yang dapat {izin.uraian}.")
    if izin.tahap is None or keadaan in izin.keadaan:
        return YES
    if keadaan is None:
        return no(f"Edisi ini tidak memiliki tahap untuk {izin.uraian}.")
    return no(f"Tidak dapat {izin.uraian}: tahapnya {_BECAUSE[keadaan]}.")
