"""Agencies, their admins and entries for tests, in the real edition of 2019."""

import io
from datetime import date
from itertools import count
from pathlib import Path

import pikepdf
from django.conf import settings
from django.core.files.base import ContentFile

from kompetisi import clock
from kompetisi.actions.edisi import load_edisi
from kompetisi.models import Edisi, Pengguna
from kompetisi.tests.factories import make_pengguna, wib
from registrasi.actions.akses import confirm_perlindungan
from registrasi.actions.berkas import attach_bukti
from registrasi.actions.isian import save_jawaban, save_kinerja, save_mandiri
from registrasi.actions.pendaftaran import create_pendaftaran, save_identitas
from registrasi.models import Berkas, Instansi, Keanggotaan, Pendaftaran
from registrasi.queries.instansi import build_nama_cari
from registrasi.queries.pendaftaran import isian_of

_number = count(1)
BUKA = wib("2019-10-25 09:00")
TUTUP = wib("2019-11-02 00:00")


def make_edisi() -> Edisi:
    """The edition of 2019 from its file."""
    path = Path(settings.BASE_DIR) / "kompetisi" / "edisi" / "2019.yaml"
    return load_edisi(berkas=path, at=wib("2019-10-01 08:00")).edisi


def make_instansi(nama: str = "", **fields) -> Instansi:
    """A regency of its own name."""
    number = next(_number)
    fields = {"jenis": "kabupaten", "nama": nama or f"Pemerintah Kabupaten Uji {number}"} | fields
    fields.setdefault("nama_cari", build_nama_cari(nama=fields["nama"], jenis=fields["jenis"]))
    return Instansi.objects.create(kode=f"uji-{number}", **fields)


def make_admin(instansi: Instansi, **fields) -> Pengguna:
    """An approved admin of the agency."""
    return make_anggota(instansi, make_pengguna(nama=f"Admin {instansi.nama}"), **fields).pengguna


def make_anggota(instansi: Instansi, pengguna: Pengguna, **fields) -> Keanggotaan:
    """An approved right of this person to act for the agency."""
    return Keanggotaan.objects.create(
        pengguna=pengguna,
        instansi=instansi,
        status="disetujui",
        diajukan_pada=wib("2019-10-21 09:00"),
        **fields,
    )


def pdf_bytes(teks: str = "x", halaman: int = 1) -> bytes:
    """A real, small PDF with this text on each page; another text makes other bytes."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    line = teks.encode("ascii", "replace").translate(None, b"()\\")
    for _ in range(halaman):
        page = pdf.add_blank_page(page_size=(200, 200))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(b"BT /F1 14 Tf 20 100 Td (" + line + b") Tj ET")
    pdf.docinfo["/Title"] = teks
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def pdf_file(teks: str = "x") -> ContentFile:
    """An upload of such a PDF."""
    return ContentFile(pdf_bytes(teks), name=f"{teks}.pdf")


def make_berkas(oleh: Pengguna, teks: str = "") -> Berkas:
    """A stored file's row, without bytes behind it."""
    number = next(_number)
    return Berkas.objects.create(
        sha256=f"{number:064x}",
        kunci=f"uji/{number}",
        nama_asli=f"{teks or 'berkas'}-{number}.pdf",
        tipe="application/pdf",
        ukuran=1000,
        halaman=1,
        diunggah_oleh=oleh,
        diunggah_pada=BUKA,
    )


def make_pendaftaran(
    edisi: Edisi, oleh: Pengguna, *, lengkap: bool = False, instansi: Instansi | None = None
) -> Pendaftaran:
    """A draft of the person's agency in the track of agencies, complete if asked."""
    instansi = instansi or oleh.keanggotaan.get().instansi
    jalur = edisi.jalur.get(kode="instansi")
    with clock.travel(BUKA):
        row = create_pendaftaran(edisi=edisi, jalur=jalur, instansi=instansi, unit=None, oleh=oleh)
        confirm_perlindungan(pendaftaran=row, oleh=oleh)
        if lengkap:
            fill_pendaftaran(row, oleh)
    return row


def fill_pendaftaran(row: Pendaftaran, oleh: Pengguna) -> None:
    """Answer everything that is asked."""
    save_identitas(
        pendaftaran=row,
        versi=row.versi,
        oleh=oleh,
        judul="Lapor Cepat",
        mulai_pemakaian=date(2018, 1, 1),
        terhubung_lapor=True,
        narahubung_nama="Narahubung",
        narahubung_telepon="021-000",
    )
    isian = isian_of(row)
    for kriteria in isian.kriteria_list:
        best = kriteria.tingkat[0]["kode"]
        save_mandiri(
            pendaftaran=row, kriteria=kriteria, tingkat=best, catatan="", versi=0, oleh=oleh
        )
        attach_bukti(pendaftaran=row, berkas=make_berkas(oleh), kriteria=kriteria, oleh=oleh)
    for pertanyaan in isian.pertanyaan_list:
        save_jawaban(
            pendaftaran=row, pertanyaan=pertanyaan, isi="Jawaban kami.", versi=0, oleh=oleh
        )
    for jenis in isian.dokumen_list:
        attach_bukti(pendaftaran=row, berkas=make_berkas(oleh), jenis_dokumen=jenis, oleh=oleh)
    for periode in row.edisi.aturan["kinerja"]["periode"]:
        save_kinerja(pendaftaran=row, data=figures(periode), oleh=oleh)
    row.refresh_from_db()


def figures(periode: dict) -> dict:
    """Figures of a period that agree with each other."""
    return {
        "periode_mulai": date.fromisoformat(periode["mulai"]),
        "periode_selesai": date.fromisoformat(periode["sampai"]),
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
    }


def make_edisi_lain() -> Edisi:
    """A quite different edition: conditions, choices, three tracks, another zone."""
    path = Path(settings.BASE_DIR) / "tests" / "data" / "edisi-lain.yaml"
    return load_edisi(berkas=path, at=wib("2031-01-01 08:00")).edisi
