"""Plenary, decree, publication, certificates, and whether they are real."""

import re

import zxingcpp
from playwright.sync_api import expect

from tests.perjalanan.pelancong import Pelancong


def settle(chair: Pelancong) -> None:
    """The plenary: who is there, why the number of winners differs, freeze."""
    chair.menu("Pleno")
    chair.type(tempat="Jakarta")
    chair.press("Buka pleno")
    for orang, sebagai in (("Ketua Tim Evaluasi", "Ketua rapat"), ("Sekretariat", "Notulis")):
        options = chair.page.locator("select[name=pengguna] option", has_text=orang)
        chair.page.select_option(
            "select[name=pengguna]", value=options.first.get_attribute("value")
        )
        chair.type(sebagai=sebagai)
        chair.press("Catat hadir")
    for reason in chair.page.locator("form[action$='/jumlah/'] textarea").all():
        reason.fill("Peserta yang memenuhi syarat lebih sedikit daripada ketentuan.")
    chair.press("Simpan alasan")
    chair.follow("Periksa dan bekukan")
    chair.unfold("Bekukan hasil")
    chair.click(chair.page.get_by_role("button", name="Bekukan", exact=True))
    chair.says("Tidak dapat diubah lagi")


def publish(secretariat: Pelancong, admin: Pelancong, pukul: str) -> None:
    """Number of the minutes, decree and instant by one person, agreed to by another."""
    secretariat.menu("Pleno")
    secretariat.type(nomor="BA/12/XII/2019")
    secretariat.press("Simpan nomor")
    secretariat.menu("Penetapan")
    secretariat.type(
        nomor="412 Tahun 2019",
        tanggal="2019-12-05",
        tentang="Penetapan Top 12 Pengelola Pengaduan Pelayanan Publik Terbaik Tahun 2019",
        penandatangan_jabatan="Menteri",
    )
    secretariat.press("Simpan keputusan")
    form = secretariat.page.locator("form[action$='/penerbitan/']")
    form.locator("[name=tanggal]").fill("2019-12-06")
    form.locator("[name=pukul]").fill(pukul)
    secretariat.press("Ajukan penerbitan")
    admin.menu("Penetapan")
    admin.unfold("Setujui penerbitan")
    admin.press("Setujui")


def read_results(citizen: Pelancong) -> None:
    """Anybody finds the winners from the front page."""
    citizen.open("/")
    citizen.follow(re.compile("hasil", re.I))
    citizen.says("Keputusan Nomor 412 Tahun 2019")


def issue(admin: Pelancong, ring) -> None:
    """Certificates: numbers looked at, issued, rendered in the background with progress."""
    admin.menu("Piagam")
    admin.follow(re.compile(r"Terbitkan \d+ piagam"))
    admin.type(pola="B/{urut:3}/PP.02/2019", awal="1", tanggal="2019-12-06")
    admin.press("Periksa nomor")
    admin.press(re.compile(r"Terbitkan \d+ piagam"))
    ring()
    expect(admin.page.locator("main")).not_to_contain_text("Sedang dibuat", timeout=60_000)
    admin.look()


def fetch_piagam(agency: Pelancong) -> bytes:
    """The agency's certificate."""
    agency.menu("Pendaftaran")
    agency.click(agency.page.locator("main table a").first)
    agency.follow("Lihat hasil dan piagam")
    with agency.page.expect_download() as told:
        agency.page.get_by_role("link", name=re.compile("Unduh piagam")).click()
    return told.value.path().read_bytes()


def read_qr(picture) -> str:
    """What the code on a rendered page says."""
    return zxingcpp.read_barcodes(picture)[0].text


def check_piagam(citizen: Pelancong, alamat: str, berkas: bytes) -> None:
    """Anybody follows the code, then compares the file, then one with a changed bit."""
    citizen.open(alamat)
    citizen.says("Piagam sah")
    for content, text in ((berkas, "Berkas asli, piagam sah"), (berkas + b" ", "tidak dikenal")):
        citizen.follow("Periksa dokumen lain")
        citizen.page.set_input_files(
            "[name=berkas]", {"name": "p.pdf", "mimeType": "application/pdf", "buffer": content}
        )
        citizen.press("Periksa berkas")
        citizen.says(text)


def revoke(admin: Pelancong, penerima: str) -> None:
    """A certificate with a mistake is revoked and reissued."""
    admin.menu("Piagam")
    row = admin.page.locator("main tr", has_text=penerima)
    admin.click(row.get_by_role("link", name="Ganti").first)
    admin.type(nomor="B/099/PP.02/2019", alasan="Nama penerima salah ketik.")
    admin.press("Terbitkan pengganti")
