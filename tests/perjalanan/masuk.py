"""Sign-up, the form, the receipt, the administrative check."""

import re

from celery import current_app
from playwright.sync_api import expect

from registrasi.tests.factories import pdf_bytes
from tests.perjalanan.pelancong import Pelancong

KOTA = "Kota Semarang"
EMAIL, SANDI = "admin.semarang@demo.test", "Pengaduan-tuntas-2019"
ANSWER = "Setiap laporan diverifikasi pada hari yang sama lalu diteruskan ke pejabat penghubung."


def pdf(nama: str) -> dict:
    """A file for an upload field."""
    return {"name": f"{nama}.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes(nama)}


def mailed_link(reader: Pelancong, kepada: str, wait_for) -> str:
    """Where the newest mail to somebody leads, read in the outbox of the demonstration."""
    page = reader.page
    current_app.send_task("kompetisi.sweep_antrean")  # what beat does every quarter minute
    reader.menu("Kotak keluar")

    def sent() -> bool:
        page.goto(f"/panitia/pesan/?teks={kepada}")
        return page.locator("main table").get_by_text("Selesai").count() > 0

    wait_for(sent)
    reader.click(page.locator("main table a").first)
    return page.locator("main .naskah a").last.get_attribute("href")


def sign_up(agency: Pelancong, admin: Pelancong, wait_for) -> None:
    """An account whose address is verified."""
    agency.open("/")
    agency.follow(re.compile("^Daftar"))
    agency.type(email=EMAIL, password1=SANDI, password2=SANDI)
    agency.press("Buat akun")
    agency.open(mailed_link(admin, EMAIL, wait_for))
    agency.press("Konfirmasi")
    agency.says("Yang perlu Anda kerjakan")


def represent(agency: Pelancong) -> None:
    """Ask to represent the city, with its surat tugas."""
    agency.menu("Pendaftaran")
    agency.type(teks="pemkot semarang")
    agency.press("Cari")
    agency.follow(re.compile(KOTA))
    agency.type(nama="Admin Kota Semarang", jabatan="Kepala Bidang", nomor_surat_tugas="ST/12/2019")
    agency.page.fill("[name=tanggal_surat]", "2019-10-14")
    agency.page.set_input_files("[name=surat_tugas]", pdf("surat-tugas"))
    agency.press("Kirim permohonan")


def approve(secretariat: Pelancong) -> None:
    """The account queue: the surat tugas is read, then the account approved."""
    secretariat.menu("Akun")
    secretariat.follow(re.compile(KOTA))
    secretariat.press("Setujui")
    secretariat.says("kini mewakili")


def begin(agency: Pelancong) -> None:
    """An entry for the agency as a whole."""
    agency.menu("Pendaftaran")
    agency.follow("Buat pendaftaran")
    agency.page.locator("[name=jalur]").first.check()
    agency.press("Buat draf")


FIGURES = {
    "diterima": "1200", "berkadar_pengawasan": "100", "tidak_berkadar_pengawasan": "800",
    "permintaan_informasi": "200", "aspirasi": "100", "selesai": "1100", "proses": "60",
    "belum": "20", "lainnya": "20", "hari_tindak_lanjut": "1,5", "hari_selesai": "4,2",
    "unit_terhubung": "48", "unit_seluruhnya": "50",
}  # fmt: skip


def fill(agency: Pelancong) -> None:
    """Everything the form asks for, page by page, each led to by what is still missing."""
    for name in steps(agency):
        agency.follow(name)
        FILLERS[address_of(agency.page)](agency)
    agency.says("Sudah lengkap")


def steps(agency: Pelancong) -> list[str]:
    """The names of the parts of the form that are not begun, in order."""
    rows = agency.page.locator("ul.langkah li", has_text="Belum").locator(".langkah-nama a")
    return [name.strip() for name in rows.all_inner_texts()]


def address_of(page) -> str:
    """Which part of the form a page is: the word after the entry's code."""
    return page.url.split("/registrasi/")[1].split("/")[1]


def fill_identity(agency: Pelancong) -> None:
    """What the entry is called, since when, who is to be asked."""
    agency.type(judul="Semarang Tanggap", mulai_pemakaian="2016-03-01")
    agency.page.locator("[name=terhubung_lapor]").check()
    agency.type(narahubung_nama="Admin Kota Semarang", narahubung_telepon="024 3513366")
    agency.press("Simpan dan kembali")


def fill_figures(agency: Pelancong) -> None:
    """Figures of a period; a sum that does not add up is refused and everything typed kept."""
    agency.type(**FIGURES | {"selesai": "1.000"})
    agency.press("Simpan dan kembali")
    agency.says("Tertulis 1.200, sedangkan jumlahnya 1.100")
    expect(agency.page.locator("[name=proses]")).to_have_value("60")
    agency.type(selesai="1100")
    agency.press("Simpan dan kembali")


def fill_levels(agency: Pelancong) -> None:
    """A level, a note and a piece of evidence for each criterion."""
    page = agency.page
    if page.locator("#perlindungan").count():  # once for an entry
        page.locator("#setuju-perlindungan").check()
        agency.press("Simpan pernyataan")
    for part in page.locator("section.kriteria").all():
        part.locator("input[type=radio]").first.check()
        evidence = part.locator("input[type=file]")
        if evidence.count():
            evidence.set_input_files(pdf(f"bukti-{part.get_attribute('id')}"))
            expect(part.locator(".terlampir")).to_be_visible()
    agency.press("Simpan dan kembali")


def fill_answers(agency: Pelancong) -> None:
    """An answer to each question; each says that it is saved."""
    for field in agency.page.locator("main textarea").all():
        field.fill(ANSWER)
        field.blur()
    expect(agency.page.locator("main")).to_contain_text("tersimpan")
    agency.press("Simpan dan kembali")


def upload(agency: Pelancong) -> None:
    """The documents; a program under another name is refused in words."""
    page = agency.page
    names = [p.get_attribute("id") for p in page.locator("main section.panel").all()]
    first = page.locator(f"#{names[0]}")
    first.locator("input[type=file]").set_input_files(
        {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + bytes(900)}
    )
    expect(first).to_contain_text("bukan PDF")
    for name in names:
        part = page.locator(f"#{name}")
        part.locator("input[type=file]").set_input_files(pdf(name))
        expect(part.locator(".terlampir")).to_be_visible()
    agency.look()
    agency.follow("Kembali")


FILLERS = {
    "identitas": fill_identity,
    "kinerja": fill_figures,
    "mandiri": fill_levels,
    "narasi": fill_answers,
    "dokumen": upload,
}


def send(agency: Pelancong) -> str:
    """Check the answers, state the truth, send; returns the number of the receipt."""
    agency.follow("Periksa jawaban")
    agency.follow("Lanjut ke pernyataan")
    agency.page.locator("[name=pernyataan]").check()
    agency.type(penandatangan_nama="Wali Kota Semarang", penandatangan_jabatan="Wali Kota")
    agency.press("Kirim pendaftaran")
    agency.says("Pendaftaran Anda sudah kami terima")
    return agency.page.locator("h1 .kode-pendaftaran").inner_text()


def check(secretariat: Pelancong) -> None:
    """The administrative check item by item, then the decision."""
    page = secretariat.page
    secretariat.menu("Administrasi")
    secretariat.follow(re.compile(KOTA))
    for part in page.locator("form.pemeriksaan section").all():
        part.locator("input[value=memenuhi]").check()
        part.locator("textarea").fill("Telah diperiksa pada dokumen.")
    secretariat.press("Simpan dan lanjut ke putusan")
    page.locator("input[name=putusan][value=lolos]").check()
    secretariat.press("Simpan putusan")


def withdraw(agency: Pelancong) -> None:
    """Take the entry back while there is time."""
    agency.follow("Kembali ke pendaftaran")
    agency.unfold("Tarik kembali")
    agency.type(alasan="Ada berkas yang perlu diganti.")
    agency.click(agency.page.locator(".konfirmasi-isi button[type=submit]"))


def too_late(agency: Pelancong) -> None:
    """After the closing nothing can be taken back, and the page says what comes next."""
    agency.menu("Pendaftaran")
    agency.click(agency.page.locator("main table a").first)
    agency.says("seleksi administrasi")
    expect(agency.page.locator(".konfirmasi-isi")).to_have_count(0)
