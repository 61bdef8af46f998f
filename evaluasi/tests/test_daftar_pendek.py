"""The shortlist: the cut and its ties as a table, decided once, each deviation with a reason."""

import csv
import io
from decimal import Decimal

import pytest
from django.urls import reverse

from evaluasi.actions.daftar_pendek import decide_daftar_pendek
from evaluasi.models import DaftarPendek, KeputusanDaftarPendek
from evaluasi.queries.daftar_pendek import proposal_of, spread_of
from evaluasi.rules.daftar_pendek import Calon, problems_of, propose
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from kompetisi.models import JejakAudit, Pesan
from registrasi.models import Pendaftaran, RiwayatStatus

D = Decimal
CLOSED = f.wib(14, 9)


@pytest.mark.fast
@pytest.mark.parametrize(
    ("nilai", "kuota", "peringkat", "masuk", "seri"),
    [
        ([90, 80, 70], 2, [1, 2, 3], [0, 1], []),
        ([90, 80, 80], 2, [1, 2, 2], [0, 1, 2], [1, 2]),
        ([80, 80, 70], 2, [1, 1, 3], [0, 1], []),
        ([80, 80, 80], 2, [1, 1, 1], [0, 1, 2], [0, 1, 2]),
        ([90, 80], 5, [1, 2], [0, 1], []),
        ([90, None, 80], 1, [1, 3, 2], [0], []),
        ([None, None], 1, [1, 1], [], []),
        ([90, 80], 0, [1, 2], [], []),
        ([D("70.001"), D("70.002"), D("70.0019")], 1, [3, 1, 2], [1], []),
    ],
)
def test_the_cut_at_the_quota(nilai, kuota, peringkat, masuk, seri):
    calon = [Calon(pk, None if n is None else D(n)) for pk, n in enumerate(nilai)]
    found = {row.pk: row for row in propose(calon, kuota)}
    assert [found[pk].peringkat for pk in range(len(nilai))] == peringkat
    assert [pk for pk in sorted(found) if found[pk].masuk] == masuk
    assert [pk for pk in sorted(found) if found[pk].seri_di_garis] == seri


@pytest.mark.fast
@pytest.mark.parametrize(
    ("masuk", "alasan", "catatan", "kurang", "fields"),
    [
        ({1}, {}, "", [], []),
        ({1, 2}, {}, "", [], ["alasan-2"]),
        ({2}, {}, "", [], ["alasan-1", "alasan-2"]),
        ({2}, {1: "x", 2: " "}, "", [], ["alasan-2"]),
        ({1, 2}, {2: "Mewakili 3T."}, "", [], []),
        ({1, 3}, {3: "x"}, "", [], ["masuk-3"]),
        (set(), {1: "x"}, "", [], ["masuk"]),
        ({1}, {}, "", [2], ["catatan"]),
        ({1}, {}, "Sakit.", [2], []),
    ],
)
def test_what_a_decision_still_needs(masuk, alasan, catatan, kurang, fields):
    usulan = propose([Calon(1, D(90)), Calon(2, D(80)), Calon(3, None)], 1)
    found = problems_of(usulan, masuk=masuk, alasan=alasan, catatan=catatan, kurang=kurang)
    assert sorted(found) == fields


@pytest.fixture
def edisi(db):
    edisi = f.make_edisi()
    edisi.aturan["penilai_per_pendaftaran"]["dokumen"] = 1
    edisi.save()
    edisi.jalur.filter(kode="instansi").update(kuota_daftar_pendek=1)
    return edisi


@pytest.fixture
def jalur(edisi):
    return edisi.jalur.select_related("edisi").get(kode="instansi")


@pytest.fixture
def ketua(edisi):
    return f.make_pengguna("Ketua", "ketua", edisi=edisi)


def scored(edisi, level="A", instansi=None):
    entry = f.make_pendaftaran(edisi, instansi, status="lolos_administrasi")
    f.score_lembar(f.make_lembar(f.make_evaluator(edisi), entry), level)
    return entry


def test_a_decision_moves_every_entry_and_tells_each_agency(edisi, jalur, ketua):
    best, other = scored(edisi), scored(edisi, "D")
    with clock.travel(CLOSED):
        decide_daftar_pendek(jalur=jalur, masuk={best.pk}, oleh=ketua)
    status = dict(Pendaftaran.objects.values_list("pk", "status"))
    assert status == {best.pk: "masuk_daftar_pendek", other.pk: "tidak_masuk"}
    rows = KeputusanDaftarPendek.objects.values_list("peringkat", "nilai", "masuk", "usulan_masuk")
    assert list(rows) == [(1, D(100), True, True), (2, D(0), False, False)]
    assert Pesan.objects.filter(jenis__startswith="daftar_pendek_").count() == 2
    assert RiwayatStatus.objects.filter(ke="tidak_masuk").get().alasan == ""
    assert JejakAudit.objects.filter(tindakan="daftar_pendek.putuskan").count() == 1


def test_it_is_decided_once_by_the_chair_after_closing(edisi, jalur, ketua):
    best = scored(edisi)
    with clock.travel(f.IN_STAGE), pytest.raises(NotAllowedError, match="ditutup"):
        decide_daftar_pendek(jalur=jalur, masuk={best.pk}, oleh=ketua)
    other = f.make_pengguna("S", "sekretariat", edisi=edisi)
    with clock.travel(CLOSED):
        with pytest.raises(NotAllowedError, match="ketua"):
            decide_daftar_pendek(jalur=jalur, masuk={best.pk}, oleh=other)
        decide_daftar_pendek(jalur=jalur, masuk={best.pk}, oleh=ketua)
        with pytest.raises(NotAllowedError, match="sudah diputuskan"):
            decide_daftar_pendek(jalur=jalur, masuk={best.pk}, oleh=ketua)
    assert DaftarPendek.objects.count() == 1


def test_a_deviation_without_reason_changes_nothing(edisi, jalur, ketua):
    best, other = scored(edisi), scored(edisi, "D")
    with clock.travel(CLOSED):
        with pytest.raises(InvalidInputError) as caught:
            decide_daftar_pendek(jalur=jalur, masuk={other.pk}, oleh=ketua)
        assert set(caught.value.rincian) == {f"alasan-{best.pk}", f"alasan-{other.pk}"}
        assert not DaftarPendek.objects.exists()
        with pytest.raises(StaleVersionError):
            decide_daftar_pendek(jalur=jalur, masuk={best.pk}, oleh=ketua, sidik="lain")
        decide_daftar_pendek(
            jalur=jalur,
            masuk={best.pk, other.pk},
            alasan={other.pk: "Mewakili wilayah 3T."},
            oleh=ketua,
        )
    kept = KeputusanDaftarPendek.objects.get(pendaftaran=other)
    assert (kept.masuk, kept.usulan_masuk, kept.alasan) == (True, False, "Mewakili wilayah 3T.")


def test_a_chair_in_conflict_neither_sees_nor_decides(edisi, jalur, ketua):
    entry = scored(edisi)
    f.make_evaluator(edisi, entry.instansi, pengguna=ketua)
    assert proposal_of(jalur, jalur.edisi.tahap.get(jenis="dokumen"), ketua) == []
    scored(edisi, "D")
    with clock.travel(CLOSED), pytest.raises(NotAllowedError, match="berbenturan"):
        decide_daftar_pendek(jalur=jalur, masuk={entry.pk}, oleh=ketua)


def test_missing_sheets_are_flagged_and_need_a_note(edisi, jalur, ketua):
    best = scored(edisi)
    blank = f.make_pendaftaran(edisi, status="lolos_administrasi")
    rows = proposal_of(jalur, edisi.tahap.select_related("edisi").get(jenis="dokumen"), ketua)
    assert [(row.calon.pk, row.calon.kurang) for row in rows] == [(best.pk, 0), (blank.pk, 1)]
    with clock.travel(CLOSED):
        with pytest.raises(InvalidInputError) as caught:
            decide_daftar_pendek(jalur=jalur, masuk={best.pk}, oleh=ketua)
        assert list(caught.value.rincian) == ["catatan"]


def test_the_spread_counts_kinds_and_provinces_beside_the_quotas(edisi, jalur):
    province = f.make_instansi("Provinsi Uji", "provinsi")
    city = f.make_pendaftaran(edisi, f.make_instansi(provinsi=province), "lolos_administrasi")
    ministry = f.make_pendaftaran(
        edisi, f.make_instansi("Kementerian Uji", "kementerian"), "lolos_administrasi"
    )
    jalur.edisi.aturan["kuota_jenis_instansi"] = [
        {"jalur": "instansi", "nama": "Daerah", "jenis": ["kota", "kabupaten"], "daftar_pendek": 2}
    ]
    found = spread_of(jalur, [city, ministry], {city.pk})
    assert found["kuota"] == [{"nama": "Daerah", "masuk": 1, "calon": 1, "kuota": 2, "kurang": 1}]
    assert {(r["nama"], r["masuk"], r["calon"]) for r in found["provinsi"]} == {
        ("Provinsi Uji", 1, 1),
        ("Pusat", 0, 1),
    }


def test_the_page_keeps_what_was_typed_and_decides(client, edisi, jalur, ketua):
    best, other = scored(edisi), scored(edisi, "D")
    client.force_login(ketua)
    url = reverse("evaluasi_panitia:daftar-pendek-jalur", args=[jalur.kode])
    with clock.travel(CLOSED):
        assert client.get(reverse("evaluasi_panitia:daftar-pendek")).status_code == 200
        page = client.get(url)
        data = {
            "sidik": page.context["form"]["sidik"].value(),
            f"masuk-{other.pk}": "on",
            f"alasan-{other.pk}": "Mewakili wilayah 3T.",
        }
        counted = client.post(url, data | {"aksi": "hitung"})
        assert counted.context["jumlah_masuk"] == 1
        refused = client.post(url, data)
        assert refused.status_code == 422
        assert "Mewakili wilayah 3T." in refused.content.decode()
        stale = client.post(url, data | {"sidik": "x", f"alasan-{best.pk}": "Sudah juara."})
        assert stale.status_code == 409
        data[f"alasan-{best.pk}"] = "Juara edisi lalu."
        assert client.post(url, data).status_code == 302
        assert "Juara edisi lalu." in client.get(url).content.decode()


@pytest.mark.parametrize(("peran", "status"), [("pengamat", 200), ("evaluator", 404)])
def test_who_sees_the_shortlist(client, edisi, jalur, peran, status):
    client.force_login(f.make_pengguna("X", peran, edisi=edisi))
    url = reverse("evaluasi_panitia:daftar-pendek-jalur", args=[jalur.kode])
    with clock.travel(CLOSED):
        assert client.get(url).status_code == status


def test_the_proposal_asks_no_more_as_it_grows(
    client, edisi, jalur, ketua, django_assert_max_num_queries
):
    client.force_login(ketua)
    url = reverse("evaluasi_panitia:daftar-pendek-jalur", args=[jalur.kode])
    for _ in range(2):
        scored(edisi)
    with clock.travel(CLOSED), django_assert_max_num_queries(60) as few:
        client.get(url)
    for _ in range(6):
        scored(edisi)
    with clock.travel(CLOSED), django_assert_max_num_queries(len(few)):
        client.get(url)


def test_the_chair_is_led_to_what_waits_for_the_decision(client, edisi, jalur, ketua):
    scored(edisi)
    client.force_login(ketua)
    address = reverse("evaluasi_panitia:daftar-pendek-jalur", args=[jalur.kode])
    with clock.travel(f.IN_STAGE):
        page = client.get("/beranda/").content.decode()
        assert 'href="/panitia/daftar-pendek/"' in page and address not in page
    with clock.travel(CLOSED):
        assert address in client.get("/beranda/").content.decode()


def listed(client, jalur) -> list[dict]:
    """The list as it goes along, its rows by the heads of its columns."""
    url = reverse("evaluasi_panitia:daftar-pendek-ekspor", args=[jalur.kode])
    answer = client.get(url, {"bentuk": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    separator = ";" if ";" in text.splitlines()[0] else ","
    return list(csv.DictReader(io.StringIO(text), delimiter=separator))


def test_the_list_goes_along_as_proposal_and_then_as_decision(client, edisi, jalur, ketua):
    best, other = scored(edisi), scored(edisi, "D")
    client.force_login(ketua)
    with clock.travel(CLOSED):
        before = listed(client, jalur)
        decide_daftar_pendek(
            jalur=jalur,
            masuk={best.pk, other.pk},
            alasan={other.pk: "=Mewakili wilayah 3T."},
            oleh=ketua,
        )
        after = listed(client, jalur)
    assert [(r["Kode"], r["Usulan"], r["Putusan"]) for r in before] == [
        (best.kode, "Masuk", ""),
        (other.kode, "Tidak masuk", ""),
    ]
    assert [(r["Kode"], r["Putusan"]) for r in after] == [
        (best.kode, "Masuk"),
        (other.kode, "Masuk"),
    ]
    assert after[1]["Alasan menyimpang"].lstrip("'") == "=Mewakili wilayah 3T."
    assert not after[1]["Alasan menyimpang"].startswith("=")
    taken = JejakAudit.objects.filter(tindakan="unduh.daftar")
    assert {row.rincian["daftar"] for row in taken} == {"daftar-pendek-instansi"}


def test_what_is_in_conflict_with_the_reader_is_not_in_the_list(client, edisi, jalur, ketua):
    entry, other = scored(edisi), scored(edisi, "D")
    f.make_evaluator(edisi, entry.instansi, pengguna=ketua)
    client.force_login(ketua)
    with clock.travel(CLOSED):
        assert [row["Kode"] for row in listed(client, jalur)] == [other.kode]
