"""The section `aturan`: the rules of the edition that are single values or short lists."""

from kompetisi.edisi_file import readers as r
from kompetisi.edisi_file.schema.privasi import privasi, retensi
from kompetisi.edisi_file.schema.words import AGENCIES, REMINDED


def aturan() -> r.Reader:
    return r.record(
        {
            "bobot_tahap": r.table(r.decimal(), least=1),
            "penilai_per_pendaftaran": r.table(r.integer(least=1, most=50)),
            "entri_jangkar": r.optional(r.table(r.integer(least=1, most=20)), {}),
            "penilai_ketiga": r.optional(_penilai_ketiga()),
            "urutan_seri": r.listing(_rujukan(pleno=True), least=1),
            "maks_unit_per_instansi": r.optional(r.integer(least=1)),
            "minimal_bulan_pemakaian": r.integer(most=240),
            "tanggal_acuan_pemakaian": r.day,
            "masa_surat_tugas_bulan": r.optional(r.integer(least=1, most=120)),
            "surat_tugas_gambar": r.optional(r.boolean, default=False),
            "toleransi_angka_resmi": r.optional(r.decimal()),
            "benturan_riwayat_tahun": r.optional(r.integer(most=50)),
            "masa_perbaikan_hari": r.integer(most=60),
            "penolakan_dua_orang": r.optional(r.boolean, default=True),
            "samarkan_peserta": r.optional(r.boolean, default=False),
            "panel_wawancara": r.optional(_panel()),
            "tim_lapangan": r.optional(_tim()),
            "pengingat_hari": _hari(),
            "pengingat": r.optional(r.record({hal: r.optional(_hari()) for hal in REMINDED}), {}),
            "waktu_tenang": r.optional(_waktu_tenang()),
            "gangguan": r.optional(_gangguan()),
            "aspek_penghargaan": r.optional(r.listing(_aspek()), []),
            "kuota_jenis_instansi": r.optional(r.listing(_kuota_jenis()), []),
            "predikat": _predikat(),
            "pernyataan_kebenaran": r.text(most=4000),
            "pakta_integritas": r.text(most=8000),
            "privasi": r.optional(privasi()),
            "retensi": r.optional(retensi(), {}),
        }
    )


def _hari() -> r.Reader:
    return r.listing(r.integer(least=1, most=90))


def _waktu_tenang() -> r.Reader:
    return r.record({"mulai": r.integer(most=23), "selesai": r.integer(most=23)})


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


def _gangguan() -> r.Reader:
    return r.record(
        {
            "lebih_dari_menit": r.integer(most=240),
            "kelipatan_menit": r.integer(least=1, most=240),
        }
    )


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
            "jenis": r.listing(r.choice(*AGENCIES), least=1),
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
