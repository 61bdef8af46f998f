"""The committee's pages about plans: expertise and capacity, reasons, warnings, files."""

import pytest
from django.urls import reverse

from evaluasi.actions import rencana
from evaluasi.actions.rencana import carry_out_rencana, propose_rencana
from evaluasi.models import BenturanKepentingan, Penugasan
from evaluasi.queries.rencana import rencana_in_work
from evaluasi.tests import factories as f
from evaluasi.tests.hitung_pembagian import faults, read_csv
from kompetisi import clock
from kompetisi.models import Pekerjaan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_stage():
    with clock.travel(f.IN_STAGE):
        yield


@pytest.fixture
def edisi():
    return f.make_edisi()


@pytest.fixture
def ketua(client, edisi):
    user = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    client.force_login(user)
    return user


@pytest.mark.usefixtures("ketua")
def test_fields_and_capacity_per_stage_are_kept_where_the_evaluator_is_edited(client, edisi):
    home = f.make_instansi("Pemerintah Provinsi Rumah", "provinsi")
    row = f.make_evaluator(edisi, home)
    page = reverse("evaluasi_panitia:evaluator-rinci", args=[row.pk])
    change = {
        "instansi_asal": home.nama, "kapasitas": 12, "aktif": "on", "versi": 1,
        "kapasitas_tahap_dokumen": 7, "keahlian": ["jenis:kota", "jalur:instansi"],
    }  # fmt: skip
    assert client.post(page, change | {"keahlian": ["jenis:bukan"]}).status_code == 422
    assert client.post(page, change | {"kapasitas_tahap_dokumen": -1}).status_code == 422
    assert client.post(page, change).status_code == 302
    row.refresh_from_db()
    assert (row.kapasitas, row.kapasitas_tahap) == (12, {"dokumen": 7})
    assert row.keahlian == ["jalur:instansi", "jenis:kota"]
    assert 'value="7"' in client.get(page).content.decode()
    listed = client.get(reverse("evaluasi_panitia:evaluator")).content.decode()
    assert "Bidang: Pemerintah kota; Jalur" in listed
    assert (
        client.post(page, change | {"versi": 2, "kapasitas_tahap_dokumen": ""}).status_code == 302
    )
    row.refresh_from_db()
    assert row.kapasitas_tahap == {}


# --- a plan that anybody can check ---------------------------------------------------------------


@pytest.fixture
def negeri(edisi):
    """Thirty entries of five provinces and of BUMN; fourteen evaluators, some barred from some."""
    provinsi = [
        f.make_instansi(f"Pemerintah Provinsi {n}", "provinsi", kode_kemendagri=str(11 + n))
        for n in range(5)
    ]
    kota = [
        f.make_instansi(f"Pemerintah Kota {n}", "kota", provinsi=provinsi[n % 5]) for n in range(20)
    ]
    bumn = [f.make_instansi(f"PT Milik Negara {n}", "bumn") for n in range(5)]
    for row in (*provinsi, *kota, *bumn):
        f.make_pendaftaran(edisi, row, "lolos_administrasi")
    team = [f.make_evaluator(edisi, kota[n]) for n in range(5)]
    team += [f.make_evaluator(edisi, bumn[n]) for n in range(3)]
    team += [f.make_evaluator(edisi, asal_lain="Universitas Uji") for _ in range(2)]
    team += [f.make_evaluator(edisi) for _ in range(3)]
    team.append(f.make_evaluator(edisi, kapasitas_tahap={"dokumen": 2}))
    BenturanKepentingan.objects.create(
        evaluator=team[-2], instansi=bumn[4], alasan="Mantan komisaris.",
        dicatat_oleh=team[-2].pengguna, dicatat_pada=f.BEFORE,
    )  # fmt: skip
    return {"declared": {(team[-2].pengguna.email, bumn[4].nama)}, "team": team}


def take(client, name, *args):
    answer = client.get(reverse(f"evaluasi_panitia:{name}", args=args), {"bentuk": "csv"})
    return b"".join(answer.streaming_content)


def checked(client, negeri, pembaca=2):
    return faults(
        read_csv(take(client, "penugasan-ekspor", "dokumen")),
        read_csv(take(client, "evaluator-ekspor")),
        pembaca=pembaca,
        dinyatakan=negeri["declared"],
    )


@pytest.mark.usefixtures("ketua")
@pytest.mark.parametrize("pembaca", [2, 3])
def test_a_plan_is_right_by_the_files_alone(client, edisi, negeri, pembaca):
    edisi.aturan["penilai_per_pendaftaran"]["dokumen"] = pembaca
    edisi.save(update_fields=["aturan"])
    assert checked(client, negeri, pembaca)  # nobody reads anything yet
    client.post(reverse("evaluasi_panitia:penugasan-rencana", args=["dokumen"]), {"benih": 7})
    assert checked(client, negeri, pembaca) == []
    rows = read_csv(take(client, "penugasan-ekspor", "dokumen"))
    assert len(rows) == 30 * pembaca
    assert all(row["Pertimbangan"] for row in rows)
    assert {row["Keadaan"] for row in rows} == {"Rencana"}


def test_the_check_by_files_finds_what_is_wrong():
    row = {
        "Kode": "A", "Instansi": "Kota A", "Provinsi instansi": "P",
        "Surel evaluator": "a@uji.test",
        "Asal evaluator": "Universitas", "Provinsi evaluator": "Q",
    }  # fmt: skip
    one, two = row, row | {"Surel evaluator": "b@uji.test", "Asal evaluator": "Kampus"}
    team = [
        {"Surel": who, "Aktif": "Ya", "Evaluasi dokumen: kapasitas": "9"}
        for who in ("a@uji.test", "b@uji.test")
    ]
    assert faults([one, two], team, pembaca=2) == []
    assert faults([one], team, pembaca=2) == ["A: 1 pembaca"]
    assert faults([one, two | {"Asal evaluator": "Universitas"}], team, pembaca=2) == [
        "A: asal sama"
    ]
    assert "provinsi" in faults([one | {"Provinsi evaluator": "P"}, two], team, pembaca=2)[0]
    assert "sendiri" in faults([one | {"Asal evaluator": "Kota A"}, two], team, pembaca=2)[0]
    assert faults([one, two], team, pembaca=2, dinyatakan={("a@uji.test", "Kota A")}) == [
        "A: a@uji.test benturan dinyatakan"
    ]
    other = [one | {"Kode": "B", "Surel evaluator": f"{n}@uji.test", "Asal evaluator": n}
             for n in "cd"]  # fmt: skip
    assert "terpisah" in faults([one, two, *other], team, pembaca=2)[0]
    twice = [one | {"Kode": kode} for kode in "ABC"]
    assert "b@uji.test hanya 0 dari 3" in faults(twice, team, pembaca=1)


# --- what the page says --------------------------------------------------------------------------


def stage_page(client):
    return client.get(
        reverse("evaluasi_panitia:penugasan-tahap", args=["dokumen"])
    ).content.decode()


@pytest.mark.usefixtures("ketua", "negeri")
def test_the_page_shows_why_each_reader_was_chosen_and_what_stayed(client):
    plan = reverse("evaluasi_panitia:penugasan-rencana", args=["dokumen"])
    client.post(plan, {"benih": 7})
    page = stage_page(client)
    assert "instansi asal berbeda" in page
    assert "Susun dari awal" in page
    client.post(plan, {"benih": 8})
    assert "60 penugasan tetap dan 0 berubah" in stage_page(client)
    entry = Penugasan.objects.first().pendaftaran
    detail = client.get(
        reverse("evaluasi_panitia:penugasan-rinci", args=["dokumen", entry.kode])
    ).content.decode()
    assert "Dipilih karena: " in detail
    client.post(plan, {"benih": 8, "dari_awal": "on"})
    assert "penugasan tetap dan" not in stage_page(client)


def test_a_change_by_hand_that_separates_evaluators_is_said_at_once(client, edisi, ketua):
    tahap = f.tahap_dokumen(edisi)
    rows = [f.make_pendaftaran(edisi, status="lolos_administrasi") for _ in range(3)]
    team = [f.make_evaluator(edisi) for _ in range(4)]
    plan = propose_rencana(tahap=tahap, oleh=ketua)
    Penugasan.objects.all().delete()
    for entry, pair in zip(rows, [(0, 1), (2, 3), (1, 2)], strict=True):
        for n in pair:
            f.make_penugasan(team[n], entry, rencana=plan, dirilis_pada=None)
    assert "terbagi dalam" not in stage_page(client)
    link = Penugasan.objects.get(evaluator=team[2], pendaftaran=rows[2])
    out = reverse("evaluasi_panitia:penugasan-cabut", args=["dokumen", link.pk])
    page = client.post(out, follow=True).content.decode()
    assert "Evaluator terbagi dalam 2 kelompok" in page
    assert "Evaluator terbagi dalam 2 kelompok" in stage_page(client)


def test_a_plan_in_the_making_is_shown_and_the_page_comes_back_by_itself(
    client, edisi, ketua, monkeypatch
):
    monkeypatch.setattr(rencana, "AT_ONCE", 0)
    f.make_pendaftaran(edisi, status="lolos_administrasi")
    for _ in range(2):
        f.make_evaluator(edisi)
    plan = reverse("evaluasi_panitia:penugasan-rencana", args=["dokumen"])
    client.post(plan)
    state = reverse("evaluasi_panitia:penugasan-keadaan", args=["dokumen"])
    assert "Rencana sedang disusun" in stage_page(client)
    assert "Rencana sedang disusun" in client.get(state).content.decode()
    assert client.post(plan).status_code == 403
    carry_out_rencana(pk=rencana_in_work(f.tahap_dokumen(edisi)).pk)
    assert client.get(state).status_code == 302
    assert client.get(state, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "Rencana belum dirilis" in stage_page(client)
    client.post(plan)
    work = rencana_in_work(f.tahap_dokumen(edisi))
    Pekerjaan.objects.filter(pk=work.pk).update(status="gagal", galat="ValueError: rahasia")
    assert "kesalahan teknis" in stage_page(client)
    assert "rahasia" not in stage_page(client)
