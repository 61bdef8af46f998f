"""The chair decides about one more reading, sees what it may change, and it is recorded."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluasi.actions.pembaca_ketiga import give_pembaca, skip_pembaca
from evaluasi.models import BenturanKepentingan, DaftarPendek, KeputusanPembaca, Penugasan
from evaluasi.queries.kemajuan import third_reader_proposals
from evaluasi.queries.pembaca_ketiga import weigh_readings
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.errors import NotAllowedError
from kompetisi.models import JejakAudit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_stage():
    with clock.travel(f.IN_STAGE):
        yield


@pytest.fixture
def edisi():
    edisi = f.make_edisi()
    edisi.jalur.filter(kode="instansi").update(kuota_daftar_pendek=2)
    return edisi


@pytest.fixture
def tahap(edisi):
    return f.tahap_dokumen(edisi)


@pytest.fixture
def ketua(edisi):
    return f.make_pengguna("Ketua", "ketua", edisi=edisi)


@pytest.fixture
def readers(edisi):
    return [f.make_evaluator(edisi) for _ in range(3)]


def entry_of(edisi, readers, *faktor):
    entry = f.make_pendaftaran(edisi, status="lolos_administrasi")
    for reader, value in zip(readers, faktor, strict=False):
        f.quick_lembar(reader, entry, value)
    return entry


@pytest.fixture
def field(edisi, readers):
    """Two inside (one far above with a wide gap), two outside; the line lies near 70."""
    return {
        "atas": entry_of(edisi, readers, 1.0, 0.8),
        "garis": entry_of(edisi, readers, 0.8, 0.6),
        "dekat": entry_of(edisi, readers, 0.62, 0.58),
        "bawah": entry_of(edisi, readers, 0.2, 0.1),
    }


def test_the_rule_names_entries_and_only_some_of_them_can_change_who_is_in(tahap, ketua, field):
    weighed = weigh_readings(tahap, ketua)
    assert [row.pendaftaran for row in weighed.usul] == [field["garis"]]
    assert weighed.usul[0].sebab == ["selisih", "garis_batas"]
    assert [row.pendaftaran for row in weighed.aturan] == [field["atas"]]
    assert {row.pendaftaran for row in third_reader_proposals(tahap, ketua)} == {
        field["atas"], field["garis"],
    }  # fmt: skip


def test_where_the_model_is_refused_it_is_said_plainly(client, tahap, ketua, field):
    weighed = weigh_readings(tahap, ketua)
    assert weighed.usul[0].manfaat.peluang is None
    client.force_login(ketua)
    page = client.get(reverse("evaluasi_panitia:pembaca-ketiga", args=["dokumen"])).text
    assert "tidak dapat dihitung" in page
    assert "Lembar terkunci kurang dari 5" in page


def test_an_entry_that_no_rule_names_is_proposed_for_its_chance(client, edisi, tahap, ketua):
    f.fill_kisi(edisi, beda=0.01)
    edisi.jalur.filter(kode="instansi").update(kuota_daftar_pendek=6)
    weighed = weigh_readings(tahap, ketua)
    assert weighed.usul
    assert all(row.manfaat.peluang is not None for row in weighed.usul)
    chances = [row.manfaat.peluang for row in weighed.usul]
    assert chances == sorted(chances, reverse=True)
    assert all(row.sebab or row.manfaat.diusulkan for row in weighed.usul)
    client.force_login(ketua)
    page = client.get(reverse("evaluasi_panitia:pembaca-ketiga", args=["dokumen"])).text
    assert f"{100 * chances[0]:.1f}%".replace(".", ",") in page


def test_a_given_reading_is_kept_with_its_reasons(tahap, ketua, readers, field):
    row = give_pembaca(tahap=tahap, pendaftaran=field["garis"], oleh=ketua)
    assert (row.evaluator, row.urutan) == (readers[2], 3)
    kept = KeputusanPembaca.objects.get()
    assert (kept.putusan, kept.penugasan, kept.mungkin) == ("tugaskan", row, True)
    assert len(kept.total) == 2
    log = JejakAudit.objects.get(tindakan="pembaca_ketiga.tugaskan")
    assert log.rincian["pendaftaran"] == field["garis"].kode
    assert log.rincian["sebab"] == ["selisih", "garis_batas"]
    with pytest.raises(NotAllowedError, match="menunggu putusan"):
        give_pembaca(tahap=tahap, pendaftaran=field["garis"], oleh=ketua)
    assert Penugasan.objects.filter(pendaftaran=field["garis"]).count() == 3


def test_a_reading_left_out_needs_a_reason_and_comes_back_when_a_total_changes(
    tahap, ketua, readers, field
):
    entry = field["atas"]
    with pytest.raises(NotAllowedError, match="alasan"):
        skip_pembaca(tahap=tahap, pendaftaran=entry, alasan=" ", oleh=ketua)
    skip_pembaca(tahap=tahap, pendaftaran=entry, alasan="Tetap masuk.", oleh=ketua)
    assert entry not in {row.pendaftaran for row in third_reader_proposals(tahap, ketua)}
    with pytest.raises(NotAllowedError, match="menunggu putusan"):
        skip_pembaca(tahap=tahap, pendaftaran=entry, alasan="Lagi.", oleh=ketua)
    kept = KeputusanPembaca.objects.get()
    KeputusanPembaca.objects.filter(pk=kept.pk).update(total=["1", "2"])
    assert entry in {row.pendaftaran for row in third_reader_proposals(tahap, ketua)}
    with pytest.raises(IntegrityError), transaction.atomic():
        KeputusanPembaca.objects.filter(pk=kept.pk).update(alasan="")


def test_only_the_chair_decides_and_never_in_conflict(client, edisi, tahap, ketua, field):
    entry = field["garis"]
    sekretariat = f.make_pengguna("Sekretariat", "sekretariat", edisi=edisi)
    for act in (give_pembaca, skip_pembaca):
        more = {"alasan": "x"} if act is skip_pembaca else {}
        with pytest.raises(NotAllowedError, match="ketua"):
            act(tahap=tahap, pendaftaran=entry, oleh=sekretariat, **more)
    BenturanKepentingan.objects.create(
        evaluator=f.make_evaluator(edisi, pengguna=ketua), instansi=entry.instansi,
        alasan="Saudara.", dicatat_oleh=ketua, dicatat_pada=f.BEFORE,
    )  # fmt: skip
    with pytest.raises(NotAllowedError):
        give_pembaca(tahap=tahap, pendaftaran=entry, oleh=ketua)
    client.force_login(ketua)
    for name in ("pembaca-ketiga-tambah", "pembaca-ketiga-lewati"):
        address = reverse(f"evaluasi_panitia:{name}", args=["dokumen", entry.kode])
        assert client.post(address, {"alasan": "x"}).status_code == 404
    page = client.get(reverse("evaluasi_panitia:pembaca-ketiga", args=["dokumen"])).text
    assert entry.kode not in page
    assert not KeputusanPembaca.objects.exists()


def test_after_the_shortlist_nothing_is_left_out_any_more(edisi, tahap, ketua, field):
    jalur = field["garis"].jalur
    DaftarPendek.objects.create(
        edisi=edisi, jalur=jalur, diputus_oleh=ketua, diputus_pada=f.IN_STAGE
    )
    with pytest.raises(NotAllowedError, match="sudah diputuskan"):
        skip_pembaca(tahap=tahap, pendaftaran=field["garis"], alasan="x", oleh=ketua)


def test_the_page_leads_through_a_decision_and_shows_it(client, ketua, field):
    client.force_login(ketua)
    page = reverse("evaluasi_panitia:pembaca-ketiga", args=["dokumen"])
    rule_only = client.get(page, {"kelompok": "aturan"}).text
    assert field["atas"].kode in rule_only
    assert "tidak mungkin" in rule_only
    address = reverse(
        "evaluasi_panitia:pembaca-ketiga-lewati", args=["dokumen", field["atas"].kode]
    )
    client.post(address, {"alasan": "Tetap masuk apa pun nilainya."})
    decided = client.get(page, {"kelompok": "putusan"}).text
    assert "Tetap masuk apa pun nilainya." in decided
    assert field["atas"].kode not in client.get(page, {"kelompok": "aturan"}).text


def test_the_page_asks_the_same_at_n_and_4n(client, edisi, ketua):
    client.force_login(ketua)
    page = reverse("evaluasi_panitia:pembaca-ketiga", args=["dokumen"])
    costs = []
    for entries in (6, 18):
        f.fill_kisi(edisi, entries=entries)
        with CaptureQueriesContext(connection) as seen:
            client.get(page)
        costs.append(len(seen))
    assert costs[0] == costs[1]
