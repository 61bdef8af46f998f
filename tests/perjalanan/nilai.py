"""Documents, shortlist, interviews, site visits."""

import re

from tests.perjalanan.masuk import KOTA, pdf
from tests.perjalanan.pelancong import Pelancong


def pledge(evaluator: Pelancong) -> None:
    """The integrity pact and the declaration of conflicts."""
    evaluator.menu("Evaluasi")
    evaluator.page.locator("[name=setuju]").check()
    evaluator.press("Setujui pakta integritas")
    evaluator.page.locator("[name=tidak_ada]").check()
    evaluator.press("Simpan pernyataan")


def assign(chair: Pelancong, tahap: str) -> None:
    """A plan drawn, looked at and released."""
    chair.menu("Penugasan")
    chair.follow(tahap)
    chair.press("Susun rencana otomatis")
    chair.unfold("Rilis rencana")
    chair.press("Rilis sekarang")


def judge(reader: Pelancong) -> None:
    """The sheet beside the documents: every criterion, then the lock."""
    reader.menu("Evaluasi")
    reader.follow(re.compile(KOTA))
    fill_sheet(reader)


def fill_sheet(reader: Pelancong) -> None:
    """A level and a note for each criterion; saved as typed; checked and locked."""
    page = reader.page
    for part in page.locator("fieldset.kriteria").all():
        part.locator("input[type=radio]").first.check()
        part.locator("textarea[name]").fill("Sesuai bukti yang diperiksa.")
    reader.press("Periksa dan kunci")
    reader.press(re.compile("^Kunci lembar"))
    reader.says("erkunci")


def add_third_reader(chair: Pelancong) -> None:
    """A third reader where two differ by more than the edition allows."""
    chair.menu("Penugasan")
    chair.follow("Evaluasi dokumen")
    chair.follow("Pembaca ketiga")
    chair.press("Tugaskan")


def shortlist(chair: Pelancong) -> None:
    """The shortlist of each track, as proposed; a task on the start page leads there."""
    for jalur in ("Instansi Pemerintah", "Unit Pelayanan Publik"):
        chair.menu("Beranda")
        chair.follow(f"Putuskan daftar pendek {jalur}")
        decide(chair)


def decide(chair: Pelancong) -> None:
    """Decide the shortlist of a track."""
    chair.type(catatan="Mengikuti usulan peringkat.")
    chair.press("Putuskan daftar pendek")
    chair.says("Diputuskan")


def schedule_interviews(secretariat: Pelancong) -> None:
    """A timetable for everybody, proposed, looked at and stored."""
    secretariat.menu("Wawancara")
    secretariat.follow("Susun usulan jadwal")
    secretariat.type(ruang="Ruang Sidang\nRuang Rapat Lantai 3")
    secretariat.press("Tampilkan usulan")
    secretariat.press(re.compile(r"Simpan \d+ sesi"))
    secretariat.says("diberi tahu")
    secretariat.follow("Jadwal untuk dicetak")


def confirm_interview(agency: Pelancong) -> None:
    """The agency says who presents, and hands in its slides."""
    agency.menu("Beranda")
    agency.follow(re.compile("Konfirmasi jadwal wawancara"))
    agency.type(penyaji_nama="Kepala Dinas Kominfo", penyaji_jabatan="Kepala Dinas")
    agency.page.set_input_files("[name=bahan]", pdf("paparan"))
    agency.press("Konfirmasi kehadiran")
    agency.says("Dikonfirmasi")


def hold_interview(member: Pelancong) -> None:
    """A member of the panel begins the session on the board and judges."""
    page = member.page
    member.menu("Sesi")
    member.press("Mulai sesi")
    page.wait_for_selector("[data-sisa]:visible")
    member.click(
        page.locator("article", has_text=KOTA).get_by_role("link", name="Lembar penilaian")
    )
    fill_sheet(member)


def schedule_visit(secretariat: Pelancong) -> None:
    """The day and place of the visit."""
    secretariat.menu("Lapangan")
    secretariat.follow(re.compile(KOTA))
    secretariat.type(tanggal="2019-11-26", tempat="Balai Kota Semarang")
    secretariat.press("Jadwalkan kunjungan")
    secretariat.says("Selasa, 26 November 2019")


def visit(member: Pelancong, foto: bytes) -> None:
    """On the spot with a phone: a finding with a photograph, who received the team, the sheet."""
    page = member.page
    member.menu("Kunjungan")
    member.follow(re.compile(KOTA))
    first = page.locator("form fieldset.kriteria").first
    first.locator("textarea").fill("Papan informasi terpasang di ruang pelayanan.")
    picture = {"name": "papan.jpg", "mimeType": "image/jpeg", "buffer": foto}
    first.locator("input[type=file]").set_input_files(picture)
    member.type(penerima_nama="Sekretaris Dinas Kominfo", penerima_jabatan="Sekretaris")
    member.press("Simpan catatan kunjungan")
    page.wait_for_selector(".foto-lapangan img")
    member.follow("Isi lembar Anda")
    fill_sheet(member)


def number_minutes(secretariat: Pelancong) -> None:
    """The minutes get their number."""
    secretariat.menu("Lapangan")
    secretariat.follow(re.compile(KOTA))
    secretariat.type(nomor="BA/26/XI/2019")
    secretariat.press("Simpan nomor")


def fetch_minutes(agency: Pelancong) -> bytes:
    """The agency downloads the minutes of the visit."""
    agency.menu("Beranda")
    agency.follow("Unduh berita acara verifikasi lapangan")
    with agency.page.expect_download() as told:
        agency.page.get_by_role("link", name="Unduh berita acara").click()
    return told.value.path().read_bytes()
