"""The chase list: every agency stands under its cause, and is reminded once a day at most."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompetisi import clock
from kompetisi.actions.pesan import deliver_due_pesan
from kompetisi.models import Edisi, Jalur, JejakAudit, Pesan
from registrasi.models import Keanggotaan
from registrasi.queries.sebab import SEBAB, draf_sebab, hitung_sebab, instansi_sebab
from registrasi.tests.factories_panitia import (
    fill_pendaftaran,
    make_anggota,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    make_pengguna,
    wib,
)

pytestmark = pytest.mark.django_db
ROLE = {"sekretariat"}
OCTOBER = wib(28, month=10)
LIST = "/panitia/pendaftaran/belum-dikirim/"


@pytest.fixture
def edisi():
    return make_edisi()


@pytest.fixture
def sekretariat(client, edisi):
    user = make_pengguna("Petugas", "sekretariat", edisi=edisi)
    client.force_login(user)
    return user


@pytest.fixture
def drafts(edisi):
    """One draft for each cause, and one that lacks two things."""
    made = {name: fill_pendaftaran(make_pendaftaran(edisi)) for name in
            ("dokumen", "angka", "isian", "lengkap", "dua")}  # fmt: skip
    made["kosong"] = make_pendaftaran(edisi)
    for name in ("dokumen", "dua"):
        made[name].bukti.filter(jenis_dokumen__kode="sk_tim").update(dilepas_pada=OCTOBER)
    for name in ("angka", "dua"):
        made[name].kinerja.update(angka={"diterima": 3})
    made["isian"].jawaban.update(isi="")
    return made


def of(edisi, sebab):
    return set(draf_sebab(ROLE, edisi, sebab).values_list("pk", flat=True))


def test_each_draft_stands_under_what_it_lacks(edisi, drafts):
    expected = {
        "kosong": {"kosong"}, "dokumen": {"dokumen", "dua"}, "angka": {"angka", "dua"},
        "isian": {"isian"}, "lengkap": {"lengkap"},
    }  # fmt: skip
    for sebab, names in expected.items():
        assert of(edisi, sebab) == {drafts[name].pk for name in names}, sebab
    counts = {row["kode"]: row["jumlah"] for row in hitung_sebab(ROLE, edisi)}
    assert counts == {"tanpa-akun": 0, "tanpa-draf": 0} | {k: len(v) for k, v in expected.items()}


@pytest.fixture
def agencies(edisi):
    """With an account but no entry; entered before and has no account; entered before and has."""
    before = Edisi.objects.create(
        kode="2018", tahun=2018, nama="2018", dasar_hukum="-", jumlah_pemenang=10
    )
    Jalur.objects.create(
        edisi=before, kode="instansi", nama="Instansi", sasaran="instansi",
        kuota_pemenang=1, kuota_daftar_pendek=1,
    )  # fmt: skip
    made = {name: make_instansi(name) for name in ("baru", "hilang", "lama")}
    for name in ("hilang", "lama"):
        make_pendaftaran(before, made[name], status="dikirim")
    made["hilang"].keanggotaan.update(status="dicabut")
    make_anggota(made["baru"])
    make_anggota(make_instansi("Ditolak"), status="ditolak")
    return made


def test_agencies_of_the_last_edition_and_those_without_a_draft(edisi, agencies):
    gone = instansi_sebab(ROLE, edisi, "tanpa-akun")
    assert [row.nama for row in gone] == ["hilang"]
    waiting = instansi_sebab(ROLE, edisi, "tanpa-draf")
    assert [(row.nama, row.ikut_lalu) for row in waiting] == [("lama", True), ("baru", False)]
    assert not instansi_sebab({"evaluator"}, edisi, "tanpa-draf")


@pytest.mark.parametrize("sebab", ["", *SEBAB])
def test_every_cause_has_its_list(client, edisi, sekretariat, drafts, agencies, sebab):
    with clock.travel(OCTOBER):
        answer = client.get(LIST, {"sebab": sebab} if sebab else {})
    assert answer.status_code == 200
    assert answer.context["halaman"].paginator.count


def test_message_is_seen_before_it_goes(client, edisi, sekretariat, drafts):
    address = "/panitia/pendaftaran/pengingat/dokumen/"
    with clock.travel(OCTOBER):
        page = client.get(address)
        assert (page.context["jumlah"], page.context["orang"]) == (2, 2)
        assert "Dokumen: " in page.context["contoh"]["isi"]
        assert not Pesan.objects.exists()
        client.post(address)
        assert Pesan.objects.count() == 2
        again = client.get(address)
        assert (again.context["jumlah"], again.context["dilewati"]) == (0, 2)
        assert client.post(address).status_code == 403
    assert Pesan.objects.count() == 2
    assert JejakAudit.objects.filter(tindakan="pengingat.kirim").count() == 2


def test_once_a_day_whatever_the_cause(client, edisi, sekretariat, drafts):
    with clock.travel(OCTOBER):
        client.post("/panitia/pendaftaran/pengingat/dokumen/")
        client.post("/panitia/pendaftaran/pengingat/angka/")  # "dua" was reminded a moment ago
    about = JejakAudit.objects.filter(tindakan="pengingat.kirim").values_list("objek_kunci")
    assert sorted(about) == sorted((str(drafts[name].pk),) for name in ("dokumen", "dua", "angka"))


def test_agencies_without_a_draft_are_reminded_once_a_day(client, edisi, sekretariat, agencies):
    one = f"/panitia/pendaftaran/pengingat/instansi/{agencies['baru'].kode}/"
    cause = "/panitia/pendaftaran/pengingat/tanpa-draf/"
    with clock.travel(OCTOBER):
        assert client.get(cause).context["jumlah"] == 2
        assert client.post(one).status_code == 302
        assert client.post(one).status_code == 403
        client.post(cause)
        assert client.post(cause).status_code == 403
    assert Pesan.objects.count() == 2
    with clock.travel(wib(29, month=10)):
        client.post(cause)
    assert Pesan.objects.count() == 4
    assert client.get("/panitia/pendaftaran/pengingat/tanpa-akun/").status_code == 404


@pytest.mark.parametrize("peran", ["ketua", "pengamat"])
def test_who_may_not_remind_sends_nothing(client, edisi, drafts, agencies, peran):
    client.force_login(make_pengguna("Lain", peran, edisi=edisi))
    with clock.travel(OCTOBER):
        assert client.get("/panitia/pendaftaran/pengingat/dokumen/").status_code == 200
        for sebab in ("dokumen", "tanpa-draf", "semua"):
            assert client.post(f"/panitia/pendaftaran/pengingat/{sebab}/").status_code == 403
    assert not Pesan.objects.exists()


def test_after_the_closing_nothing_goes(client, edisi, sekretariat, drafts):
    with clock.travel(wib(5)):
        assert client.post("/panitia/pendaftaran/pengingat/dokumen/").status_code == 403
        assert client.get("/panitia/pendaftaran/pengingat/dokumen/").context["jumlah"] == 0
    assert not Pesan.objects.exists()


def test_list_asks_the_same_at_any_size(client, edisi, sekretariat, drafts):
    def count():
        with clock.travel(OCTOBER), CaptureQueriesContext(connection) as asked:
            client.get(LIST, {"sebab": "isian"})
        return len(asked)

    count()
    first = count()
    for _ in range(4):
        row = fill_pendaftaran(make_pendaftaran(edisi))
        row.jawaban.update(isi="")
    assert count() == first


@pytest.mark.parametrize("done", ["draft", "revoked", ""])
def test_an_agency_that_began_meanwhile_is_not_reminded(client, edisi, sekretariat, agencies, done):
    instansi = agencies["baru"]
    with clock.travel(OCTOBER):
        client.post(f"/panitia/pendaftaran/pengingat/instansi/{instansi.kode}/")
    if done == "draft":
        make_pendaftaran(edisi, instansi)
    if done == "revoked":
        Keanggotaan.objects.filter(instansi=instansi).update(status="dicabut")
    Pesan.objects.update(jalankan_setelah=clock.real_now())
    with clock.travel(OCTOBER + timedelta(hours=1)):
        assert deliver_due_pesan() == (0 if done else 1)
