"""The plenary's list and the certificates as files, for those who see their pages."""

import io
from datetime import datetime

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from evaluasi.models import BenturanKepentingan
from evaluasi.tests.factories import make_evaluator
from kompetisi import clock
from kompetisi.models import JejakAudit
from penghargaan.actions.piagam import issue_piagam
from penghargaan.tests.factories import AFTER, PLENO, Panggung
from registrasi.tests.factories_panitia import BEFORE, make_pengguna

pytestmark = pytest.mark.django_db
PAYLOAD = '=HYPERLINK("http://jahat.test","x")'


@pytest.fixture
def panggung():
    stage = Panggung()
    stage.kuota(1)
    stage.masuk(PAYLOAD)
    stage.masuk("Kota Beta", dokumen="0.5")
    return stage


def take(client, page, at=PLENO, **query):
    with clock.travel(at):
        answer = client.get(reverse(f"penghargaan_panitia:{page}"), query)
    return answer, b"".join(answer.streaming_content) if answer.streaming else b""


def rows_of(content: bytes) -> list[dict]:
    """The rows of an XLSX file by the heads of its columns; nothing in it is a formula."""
    sheet = load_workbook(io.BytesIO(content)).active
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_list_has_ranks_rounded_and_exact_scores_and_decisions(client, panggung):
    panggung.buka()
    client.force_login(panggung.sekretariat)
    first, second = rows_of(take(client, "pleno-ekspor")[1])
    assert [row["Peringkat"] for row in (first, second)] == [1, 2]
    assert (first["Instansi"], first["Nilai akhir"], first["Putusan"]) == (PAYLOAD, 100, "Pemenang")
    assert second["Putusan"] == "Tidak ditetapkan"
    assert second["Evaluasi dokumen"] < 100
    numerator, _, denominator = second["Nilai akhir (pecahan tepat)"].partition("/")
    exact = int(numerator) / int(denominator or 1)
    assert second["Nilai akhir"] == pytest.approx(exact, abs=0.005)
    taken = JejakAudit.objects.latest("urutan")
    assert (taken.tindakan, taken.rincian["daftar"]) == ("unduh.daftar", "pleno")


def test_who_is_in_conflict_takes_the_list_without_that_entry(client, panggung):
    panggung.buka()
    judge = make_evaluator(panggung.edisi, pengguna=panggung.ketua)
    other = panggung.edisi.pendaftaran.get(instansi__nama=PAYLOAD).instansi
    BenturanKepentingan.objects.create(
        evaluator=judge, instansi=other, alasan="Pernah bekerja di sana.",
        dicatat_oleh=panggung.ketua, dicatat_pada=BEFORE,
    )  # fmt: skip
    client.force_login(panggung.ketua)
    assert [row["Instansi"] for row in rows_of(take(client, "pleno-ekspor")[1])] == ["Kota Beta"]


def test_there_is_no_list_before_the_plenary_nor_outside_its_circle(client, panggung):
    client.force_login(panggung.ketua)
    assert take(client, "pleno-ekspor")[0].status_code == 404
    panggung.buka()
    for person in (make_pengguna(), panggung.evaluator[0].pengguna):
        client.force_login(person)
        assert take(client, "pleno-ekspor")[0].status_code == 404
        assert take(client, "piagam-ekspor")[0].status_code == 404
    assert not JejakAudit.objects.filter(tindakan="unduh.daftar").exists()


def test_certificates_go_as_both_with_their_numbers(client, panggung):
    panggung.umumkan()
    with clock.travel(AFTER):
        issue_piagam(
            edisi=panggung.edisi, pola="B/{urut}/2019", awal=1, tanggal=AFTER.date(),
            oleh=panggung.admin,
        )  # fmt: skip
    client.force_login(panggung.sekretariat)
    winner, other = rows_of(take(client, "piagam-ekspor", AFTER)[1])
    assert (winner["Nomor"], winner["Jenis"], other["Jenis"]) == (
        "B/1/2019", "Pemenang", "Masuk daftar pendek",
    )  # fmt: skip
    assert isinstance(winner["Tanggal"], datetime)
    assert winner["Keadaan"] == "Sedang dibuat"
    _, text = take(client, "piagam-ekspor", AFTER, bentuk="csv")
    assert "B/2/2019" in text.decode()
    assert ";=" not in text.decode()
    with clock.travel(AFTER):
        page = client.get(reverse("penghargaan_panitia:piagam")).text
    assert reverse("penghargaan_panitia:piagam-ekspor") in page
