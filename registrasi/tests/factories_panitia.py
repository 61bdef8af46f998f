"""What the tests of the committee's side need: the edition 2019, people, entries, receipts."""

import secrets
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

from kompetisi.actions.edisi import load_edisi
from kompetisi.clock import WIB
from kompetisi.models import Edisi, Pengguna, Peran, Perpanjangan
from registrasi.models import (
    Berkas,
    BuktiDukung,
    Instansi,
    JawabanNarasi,
    Keanggotaan,
    KinerjaSP4N,
    Pendaftaran,
    Pengiriman,
    PenilaianMandiri,
    UnitPengelola,
)
from registrasi.queries.instansi import build_nama_cari
from registrasi.queries.kekurangan import rubrik_dokumen

EDISI_2019 = Path(__file__).resolve().parents[2] / "kompetisi" / "edisi" / "2019.yaml"
BEFORE = datetime(2019, 10, 1, tzinfo=UTC)
number = count(1)


def wib(day: int, hour: int = 12, minute: int = 0, month: int = 11) -> datetime:
    """An instant of 2019, in WIB."""
    return datetime(2019, month, day, hour, minute, tzinfo=WIB)


def make_edisi() -> Edisi:
    return load_edisi(berkas=EDISI_2019, at=BEFORE).edisi


def make_pengguna(nama: str = "", *peran: str, edisi: Edisi | None = None) -> Pengguna:
    """A person with these roles of the committee in the edition."""
    n = next(number)
    nama = nama or f"Orang {n}"
    user = Pengguna.objects.create_user(f"orang{n}@uji.test", "sandi-uji", nama=nama)
    for jenis in peran:
        Peran.objects.create(pengguna=user, edisi=edisi, jenis=jenis, diberikan_pada=BEFORE)
    return user


def make_instansi(nama: str = "", jenis: str = "kota", **fields) -> Instansi:
    n = next(number)
    nama = nama or f"Pemerintah Kota Uji {n}"
    return Instansi.objects.create(
        kode=f"uji-{n}",
        nama=nama,
        jenis=jenis,
        nama_cari=build_nama_cari(nama=nama, jenis=jenis),
        **fields,
    )


def make_berkas(oleh: Pengguna, isi: str = "") -> Berkas:
    """A file's row; its bytes are not stored."""
    hash_ = sha256((isi or secrets.token_hex(8)).encode()).hexdigest()
    return Berkas.objects.create(
        sha256=hash_,
        kunci=f"{hash_[:2]}/{hash_[2:4]}/{hash_}",
        nama_asli="surat.pdf",
        tipe="application/pdf",
        ukuran=12345,
        halaman=2,
        diunggah_oleh=oleh,
        diunggah_pada=BEFORE,
    )


def make_anggota(
    instansi: Instansi, pengguna: Pengguna | None = None, status: str = "disetujui", **fields
) -> Keanggotaan:
    decided = None if status == "diajukan" else BEFORE
    return Keanggotaan.objects.create(
        **{
            "pengguna": pengguna or make_pengguna(),
            "instansi": instansi,
            "status": status,
            "diajukan_pada": BEFORE,
            "diputus_pada": decided,
        }
        | fields
    )


def make_pendaftaran(
    edisi: Edisi,
    instansi: Instansi | None = None,
    status: str = "draf",
    jalur: str = "instansi",
    **fields,
) -> Pendaftaran:
    """An entry with one approved admin; one that is not a draft has a receipt too."""
    instansi = instansi or make_instansi()
    admin = Keanggotaan.objects.filter(instansi=instansi, status="disetujui").first()
    admin = admin or make_anggota(instansi)
    unit = None
    if jalur == "unit":
        unit = UnitPengelola.objects.create(
            instansi=instansi, nama=f"Dinas Uji {next(number)}", jenis="pelayanan"
        )
    row = Pendaftaran.objects.create(
        **{
            "kode": f"UJI-{next(number):04}",
            "edisi": edisi,
            "jalur": edisi.jalur.get(kode=jalur),
            "instansi": instansi,
            "unit": unit,
            "status": status,
            "dibuat_oleh": admin.pengguna,
            "dibuat_pada": wib(22, month=10),
            "diubah_pada": wib(22, month=10),
            "perlindungan_pada": wib(22, month=10),
        }
        | fields
    )
    if status != "draf":
        make_pengiriman(row)
    return row


def make_pengiriman(row: Pendaftaran, pada: datetime | None = None, **fields) -> Pengiriman:
    return Pengiriman.objects.create(
        **{
            "pendaftaran": row,
            "nomor": f"TT-2019-{next(number):06d}",
            "kode_verifikasi": secrets.token_hex(16),
            "kunci": secrets.token_hex(16),
            "pada": pada or wib(30, month=10) + timedelta(minutes=next(number)),
            "oleh": row.dibuat_oleh,
            "pernyataan": "Benar.",
            "penandatangan_nama": "Sekretaris Daerah",
            "penandatangan_jabatan": "Sekretaris Daerah",
            "isi": {"berkas": []},
            "hash": "0" * 64,
        }
        | fields
    )


def fill_pendaftaran(row: Pendaftaran) -> Pendaftaran:
    """Fill in everything the edition asks for."""
    by, at = row.dibuat_oleh, wib(25, month=10)
    saved = {"disimpan_oleh": by, "disimpan_pada": at}
    row.judul, row.mulai_pemakaian = "Lapor Cepat", date(2018, 1, 1)
    row.terhubung_lapor = True
    row.narahubung_nama, row.narahubung_telepon = "Admin", "024-1234"
    row.save()
    rubrik = rubrik_dokumen(row.edisi)
    attached = {"berkas": make_berkas(by), "dilampirkan_oleh": by, "dilampirkan_pada": at}
    for kriteria in rubrik.get(row.jalur_id) or rubrik[None]:
        tingkat = kriteria.tingkat[0]["kode"]
        PenilaianMandiri.objects.create(
            pendaftaran=row, kriteria=kriteria, tingkat=tingkat, **saved
        )
        if kriteria.butuh_bukti:
            BuktiDukung.objects.create(pendaftaran=row, kriteria=kriteria, **attached)
    for asked in row.edisi.pertanyaan.all():
        if asked.jalur_id in (None, row.jalur_id):
            JawabanNarasi.objects.create(
                pendaftaran=row, pertanyaan=asked, isi="Sudah berjalan baik.", **saved
            )
    for jenis in row.edisi.jenis_dokumen.all():
        if jenis.jalur_id in (None, row.jalur_id):
            BuktiDukung.objects.create(pendaftaran=row, jenis_dokumen=jenis, **attached)
    for periode in row.edisi.aturan["kinerja"]["periode"]:
        KinerjaSP4N.objects.create(
            pendaftaran=row,
            periode_mulai=date.fromisoformat(periode["mulai"]),
            periode_selesai=date.fromisoformat(periode["sampai"]),
            angka={
                "diterima": 100,
                "berkadar_pengawasan": 10,
                "tidak_berkadar_pengawasan": 60,
                "permintaan_informasi": 20,
                "aspirasi": 10,
                "selesai": 80,
                "proses": 15,
                "belum": 5,
                "lainnya": 0,
                "hari_tindak_lanjut": "2.5",
                "hari_selesai": "9",
                "unit_terhubung": 30,
                "unit_seluruhnya": 40,
            },
            **saved,
        )
    return row


def approve_perpanjangan(
    edisi: Edisi, jenis: str, sampai: datetime, kode: str = ""
) -> Perpanjangan:
    """An extension in force."""
    return Perpanjangan.objects.create(
        tahap=edisi.tahap.get(jenis=jenis),
        kode_pendaftaran=kode,
        selesai_baru=sampai,
        alasan="Gangguan layanan.",
        diajukan_oleh=make_pengguna(),
        diajukan_pada=BEFORE,
        disetujui_oleh=make_pengguna(),
        disetujui_pada=BEFORE,
    )
