"""Official SP4N-LAPOR! figures beside the claims: with their source, compared, never nought."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from kompetisi.models import JejakAudit
from registrasi.actions.angka_resmi import save_angka_resmi
from registrasi.models import AngkaResmi
from registrasi.rules.angka_resmi import compare_periode, exceeds
from registrasi.tests import factories_panitia as f

NOW = f.wib(5)  # in the document stage
DAY = date(2019, 11, 4)
SOURCE = "Dasbor nasional SP4N-LAPOR!"
RULES = {
    "kolom": [
        {"kode": "diterima", "nama": "Laporan diterima", "jenis": "jumlah", "satuan": "laporan"},
        {"kode": "selesai", "nama": "Laporan selesai", "jenis": "jumlah"},
    ],
    "turunan": [
        {"kode": "p", "nama": "Selesai", "pembilang": ["selesai"], "penyebut": ["diterima"]}
    ],
}


@pytest.mark.fast
@pytest.mark.parametrize(
    ("klaim", "resmi", "jenis", "lewat"),
    [
        ("105", "100", "jumlah", False),
        ("105.01", "100", "desimal", True),
        ("95", "100", "jumlah", False),
        ("94", "100", "jumlah", True),
        ("0", "0", "jumlah", False),
        ("1", "0", "jumlah", True),
        ("85", "80", "persen", False),
        ("85.01", "80", "persen", True),
    ],
)
def test_too_far_is_beyond_the_tolerance_and_not_at_it(klaim, resmi, jenis, lewat):
    assert exceeds(Decimal(klaim), Decimal(resmi), Decimal(5), jenis) is lewat


@pytest.mark.fast
def test_what_the_records_do_not_give_is_not_held_against_anybody():
    klaim, resmi = {"diterima": 100, "selesai": 90}, {"diterima": 100}
    persen, diterima, selesai = compare_periode(RULES, klaim, resmi, Decimal(5))
    assert (persen.klaim, persen.resmi, persen.selisih, persen.lewat) == (90, None, None, False)
    assert (diterima.selisih, diterima.lewat) == (0, False)
    assert (selesai.klaim, selesai.resmi, selesai.lewat) == (90, None, False)
    assert compare_periode(RULES, {}, {}, Decimal(5)) == []


@pytest.fixture
def edisi(db):
    return f.make_edisi()


@pytest.fixture
def entry(edisi):
    return f.fill_pendaftaran(f.make_pendaftaran(edisi, status="lolos_administrasi"))


@pytest.fixture
def petugas(client, edisi):
    user = f.make_pengguna("Petugas", "sekretariat", edisi=edisi)
    client.force_login(user)
    return user


def keep(entry, oleh, at=NOW, **changes):
    with clock.travel(at):
        return save_angka_resmi(
            **{
                "pendaftaran": entry, "periode": "periode_2", "angka": {"diterima": 1000},
                "sumber": SOURCE, "per_tanggal": DAY, "oleh": oleh, "versi": 0,
            }
            | changes
        )  # fmt: skip


def test_kept_with_its_source_and_in_the_audit_log(entry, petugas):
    row = keep(entry, petugas)
    assert (row.angka, row.sumber, row.per_tanggal, row.versi) == (
        {"diterima": 1000}, SOURCE, DAY, 1,
    )  # fmt: skip
    trace = JejakAudit.objects.get(tindakan="angka_resmi.catat")
    assert trace.rincian["sesudah"] == {"diterima": 1000}
    keep(entry, petugas, versi=None)
    assert JejakAudit.objects.filter(tindakan="angka_resmi.catat").count() == 1


def test_another_who_saved_first_is_not_overwritten(entry, petugas):
    keep(entry, petugas)
    with pytest.raises(StaleVersionError):
        keep(entry, petugas, angka={"diterima": 7})
    assert AngkaResmi.objects.get().angka == {"diterima": 1000}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"sumber": " "}, "sumber"),
        ({"per_tanggal": None}, "per_tanggal"),
        ({"per_tanggal": date(2019, 11, 6)}, "per_tanggal"),
        ({"angka": {"diterima": "banyak"}}, "diterima"),
        ({"angka": {"rahasia": 1}}, "rahasia"),
    ],
)
def test_what_cannot_be_kept_is_told_by_field(entry, petugas, change, field):
    with pytest.raises(InvalidInputError) as caught:
        keep(entry, petugas, **change)
    assert field in caught.value.rincian
    assert not AngkaResmi.objects.exists()


@pytest.mark.parametrize("peran", ["ketua", "pengamat", "evaluator"])
def test_only_the_secretariat_and_the_ministry_keep_them(entry, edisi, peran):
    with pytest.raises(NotAllowedError):
        keep(entry, f.make_pengguna("Lain", peran, edisi=edisi))


def test_once_the_documents_are_judged_they_stand(entry, petugas):
    with pytest.raises(NotAllowedError, match="Evaluasi dokumen|selesai|berakhir|ditutup"):
        keep(entry, petugas, at=f.wib(20))


def test_by_hand_the_claim_stands_beside_and_a_mistake_keeps_what_was_typed(client, entry, petugas):
    url = reverse("registrasi_panitia:angka-resmi-isi", args=[entry.kode, "periode_2"])
    with clock.travel(NOW):
        assert "Klaim peserta" in client.get(url).text
        bad = client.post(url, {"diterima": "1.000", "_sumber": "", "_versi": "0"})
        assert bad.status_code == 422
        assert 'value="1.000"' in bad.text
        data = {"diterima": "1.000", "_sumber": SOURCE, "_per_tanggal": "2019-11-04"}
        assert client.post(url, data | {"_versi": "0"}).status_code == 302
        assert client.post(url, data | {"diterima": "5", "_versi": "0"}).status_code == 409
        page = client.get(reverse("registrasi_panitia:pendaftaran-rinci", args=[entry.kode])).text
    assert AngkaResmi.objects.get().angka == {"diterima": 1000}
    assert SOURCE in page
    assert "Ubah angka resmi" in page
    assert "Belum ada angka resmi untuk periode ini" in page  # of the other period


def table_of(client) -> list[dict]:
    address = reverse("registrasi_panitia:angka-resmi-contoh")
    text = b"".join(client.get(address, {"bentuk": "csv"}).streaming_content).decode("utf-8-sig")
    separator = ";" if ";" in text.splitlines()[0] else ","
    return list(csv.DictReader(io.StringIO(text), delimiter=separator))


def upload(client, rows: list[dict]):
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    file = SimpleUploadedFile("resmi.csv", out.getvalue().encode())
    return client.post(reverse("registrasi_panitia:angka-resmi"), {"berkas": file})


def test_the_sample_filled_in_is_looked_at_and_then_kept_as_a_whole(client, entry, petugas):
    with clock.travel(NOW):
        rows = table_of(client)
        assert {row["kode"] for row in rows} == {entry.kode}
        rows[1] |= {
            "sumber": SOURCE,
            "per_tanggal": "4-11-2019",
            "diterima": "1.000",
            "hari_selesai": "4,5",
        }
        shown = upload(client, rows)
        assert not AngkaResmi.objects.exists()
        sealed = {"muatan": shown.context["muatan"]}
        assert client.post(reverse("registrasi_panitia:angka-resmi"), sealed).status_code == 302
        row = AngkaResmi.objects.get()
        again = upload(client, table_of(client))
    assert row.angka == {"diterima": 1000, "hari_selesai": "4.5"}
    assert "tidak ada yang perlu diterapkan" in again.text
    trace = JejakAudit.objects.get(tindakan="angka_resmi.impor")
    assert [b["sesudah"] for b in trace.rincian["baris"]] == [row.angka]


def test_every_mistake_of_a_table_is_told_by_line_and_nothing_is_kept(client, entry, petugas):
    with clock.travel(NOW):
        first, second = table_of(client)
        first |= {"sumber": SOURCE, "per_tanggal": "2019-11-04", "diterima": "1000"}
        rows = [
            first,
            first | {"kode": "P19-TIDAKA"},
            first,
            first | {"periode": "x"},
            second | {"diterima": "-1"},
        ]
        answer = upload(client, rows)
    assert answer.status_code == 422
    for text in (
        "tidak ada pendaftaran terkirim", "sudah ada di baris 2", "harus salah satu dari",
        "Tulis bilangan bulat", "Isi sumber angkanya",
    ):  # fmt: skip
        assert text in answer.text
    assert not AngkaResmi.objects.exists()


def test_a_draft_has_none_and_the_agency_does_not_see_them(client, entry, petugas, edisi):
    keep(entry, petugas)
    client.force_login(entry.dibuat_oleh)
    with clock.travel(NOW):
        for name in ("rinci", "periksa"):
            assert SOURCE not in client.get(reverse(f"registrasi:{name}", args=[entry.kode])).text
        address = reverse("registrasi_panitia:angka-resmi-isi", args=[entry.kode, "periode_2"])
        assert client.get(address).status_code == 404
    draft = f.make_pendaftaran(edisi, status="draf")
    with pytest.raises(InvalidInputError, match="belum dikirim"):
        keep(draft, petugas)


def test_the_list_tells_claim_official_and_difference(client, entry, petugas):
    claimed = entry.kinerja.get(periode_mulai=date(2019, 4, 1)).angka["diterima"]
    keep(entry, petugas, angka={"diterima": claimed + 1000})
    with clock.travel(NOW):
        answer = client.get(
            reverse("registrasi_panitia:ekspor", args=["angka-resmi"]), {"bentuk": "csv"}
        )
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
    line = next(r for r in text.splitlines() if "Laporan diterima" in r and "April" in r)
    assert "-1000" in line
    assert SOURCE in line


def test_a_table_is_kept_by_few_statements_however_many_lines(
    client, edisi, entry, petugas, django_assert_max_num_queries
):
    for _ in range(8):
        f.make_pendaftaran(edisi, status="lolos_administrasi")
    with clock.travel(NOW):
        rows = table_of(client)
        assert len(rows) == 18
        for row in rows:
            row |= {"sumber": SOURCE, "per_tanggal": "2019-11-04", "diterima": "7"}
        sealed = {"muatan": upload(client, rows).context["muatan"]}
        with django_assert_max_num_queries(40):
            client.post(reverse("registrasi_panitia:angka-resmi"), sealed)
        assert AngkaResmi.objects.count() == 18
        rows[0]["diterima"] = "8"
        sealed = {"muatan": upload(client, rows).context["muatan"]}
        client.post(reverse("registrasi_panitia:angka-resmi"), sealed)
    changed = AngkaResmi.objects.get(angka__diterima=8)
    assert changed.versi == 2
    assert JejakAudit.objects.filter(tindakan="angka_resmi.impor").count() == 2
