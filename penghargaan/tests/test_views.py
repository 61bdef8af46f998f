"""The doors: who sees which page, what a mistake does, how many questions a page asks."""

from urllib.parse import urlencode

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluasi.models import BenturanKepentingan
from evaluasi.tests.factories import make_evaluator
from kompetisi import clock
from penghargaan.models import HadirPleno, Penerbitan, Peringkat, Piagam, Pleno
from penghargaan.queries.kuota import quota_differences
from penghargaan.queries.navigasi import navigasi
from penghargaan.queries.tugas import tugas
from penghargaan.tests.factories import AFTER, DECREED, PLENO, Panggung
from penghargaan.urls_panitia import urlpatterns
from registrasi.tests.factories_panitia import BEFORE, make_anggota, make_instansi

pytestmark = pytest.mark.django_db


@pytest.fixture
def panggung():
    stage = Panggung()
    stage.kuota(1, 0)
    stage.masuk("Kota A")
    stage.masuk("Kota B", lapangan="0.5")
    return stage


def url(name, *args):
    return reverse(f"penghargaan_panitia:{name}", args=args)


def addresses():
    """Every address of the module with arguments that fit its pattern."""
    fill = {"kode": "UJI-1", "pk": 1, "jalur": "instansi", "nomor": 1}
    return [url(p.name, *(fill[name] for name in p.pattern.converters)) for p in urlpatterns]


def test_visitor_is_asked_to_sign_in_and_outsiders_find_nothing(client, panggung):
    panggung.umumkan()
    outsiders = [panggung.orang("evaluator"), make_anggota(make_instansi()).pengguna]
    with clock.travel(AFTER):
        for address in addresses():
            assert client.get(address).status_code in (302, 405)
            assert client.post(address).status_code in (302, 405)
        for person in outsiders:
            client.force_login(person)
            for address in addresses():
                assert client.get(address).status_code in (404, 405)
                assert client.post(address).status_code in (404, 405)


def test_observer_reads_and_changes_nothing(client, panggung):
    pleno = panggung.buka()
    client.force_login(panggung.orang("pengamat"))
    before = Pleno.objects.get().versi, HadirPleno.objects.count()
    with clock.travel(PLENO):
        for name in ("pleno", "pleno-pembekuan", "penetapan", "piagam"):
            assert client.get(url(name)).status_code == 200
        code = Peringkat.objects.first().pendaftaran.kode
        assert client.get(url("pleno-putusan", code)).status_code == 200
        for name in ("pleno-usulan", "pleno-pembekuan", "penerbitan-persetujuan"):
            assert client.post(url(name)).status_code == 403
        answer = client.post(
            url("pleno-putusan", code), {"versi": pleno.versi, "putusan": "tidak", "alasan": "x"}
        )
        assert answer.status_code == 422
        assert "Hanya ketua" in answer.content.decode()
    assert (Pleno.objects.get().versi, HadirPleno.objects.count()) == before


def test_page_before_opening_says_what_is_missing(client, panggung):
    client.force_login(panggung.ketua)
    with clock.travel(panggung.tahap["lapangan"].mulai):
        text = client.get(url("pleno")).content.decode()
    assert "Tahap Verifikasi lapangan belum berakhir" in text


def test_the_chair_walks_from_opening_to_minutes(client, panggung):
    client.force_login(panggung.ketua)
    with clock.travel(PLENO):
        assert client.post(url("pleno-pembukaan"), {"tempat": "Jakarta"}).status_code == 302
        text = client.get(url("pleno")).content.decode()
        assert "100,00" in text
        assert "87,50" in text
        answer = client.post(
            url("pleno-hadir"), {"pengguna": panggung.ketua.pk, "sebagai": "Ketua rapat"}
        )
        assert answer.status_code == 302
        code = Peringkat.objects.get(menang=False).pendaftaran.kode
        page = client.get(url("pleno-putusan", code)).content.decode()
        assert "Pemenang jalur menjadi 2 dari kuota 1" in page
        versi = Pleno.objects.get().versi
        wrong = client.post(url("pleno-putusan", code), {"versi": versi, "putusan": "menang"})
        assert wrong.status_code == 422
        assert "menyimpang" in wrong.content.decode()
        right = {"versi": versi, "putusan": "menang", "alasan": "Pemerataan wilayah."}
        assert client.post(url("pleno-putusan", code), right).status_code == 302
        stale = client.post(url("pleno-putusan", code), right)
        assert stale.status_code == 409
        assert "Pemerataan wilayah." in stale.content.decode()
        assert client.post(url("pleno-pembekuan")).status_code == 403
        answer = explain_and_freeze(client)
    text = "".join(
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(b"".join(answer.streaming_content))
    )
    assert "dua ribu sembilan belas" in text
    assert "Pemerataan wilayah." in text
    assert "Dua layak." in text
    assert "Alasankuota0." in text
    assert "Alasankuota5." in text
    assert Pleno.objects.get().hash[:20] in text.replace("\r\n", "")


def explain_and_freeze(client):
    """The reasons for the number and each quota, the freeze, the minutes."""
    reason = {"alasan": "Dua layak."}
    assert client.post(url("pleno-jumlah"), reason).status_code == 302
    assert client.post(url("pleno-pembekuan")).status_code == 403  # the quotas differ too
    assert "Alasan jalur" in client.get(url("pleno")).content.decode()
    rows = quota_differences(Pleno.objects.get(), list(Peringkat.objects.all()))
    reason |= {f"kuota-{row.kunci}": f"Alasankuota{n}." for n, row in enumerate(rows)}
    assert client.post(url("pleno-jumlah"), reason).status_code == 302
    assert client.post(url("pleno-pembekuan")).status_code == 302
    return client.get(url("pleno-berita-acara"))


def test_aspect_chosen_with_the_proposal_is_kept_and_nothing_typed_is_dropped(client, panggung):
    client.force_login(panggung.ketua)
    pleno = panggung.buka()
    winner = Peringkat.objects.get(menang=True)
    other = next(k for k in ("dampak", "sistem") if k != winner.usulan_aspek)
    as_proposed = {"versi": pleno.versi, "putusan": "usulan", "aspek": other}
    address = url("pleno-putusan", winner.pendaftaran.kode)
    with clock.travel(PLENO):
        as_proposed["versi"] = Pleno.objects.get().versi
        assert client.post(address, as_proposed).status_code == 422
        assert client.post(address, as_proposed | {"alasan": "Dampaknya."}).status_code == 302
        winner.refresh_from_db()
        assert (winner.menang, winner.aspek, winner.alasan) == (True, other, "Dampaknya.")
        idle = Peringkat.objects.get(menang=False)
        address = url("pleno-putusan", idle.pendaftaran.kode)
        data = {"versi": Pleno.objects.get().versi, "putusan": "usulan", "aspek": "usulan"}
        dropped = client.post(address, data | {"alasan": "Catatan."})
        assert dropped.status_code == 422
        assert "alasan tidak disimpan" in dropped.content.decode()
        lost = client.post(address, data | {"aspek": "dampak"})
        assert lost.status_code == 422
        assert "hanya untuk pemenang" in lost.content.decode()


def test_votes_are_entered_on_their_page(client, panggung):
    panggung.masuk("Kota C")
    client.force_login(panggung.ketua)
    panggung.buka()
    ranks = list(Peringkat.objects.filter(seri_terbuka=True))
    with clock.travel(PLENO):
        address = url("pleno-suara", "instansi", 1)
        assert address in client.get(url("pleno")).content.decode()
        assert client.get(address).status_code == 200
        assert client.post(address, {"versi": 1}).status_code == 422
        versi = Pleno.objects.get().versi
        votes = {f"suara-{row.pk}": place for place, row in enumerate(ranks)}
        assert client.post(address, {"versi": versi, **votes}).status_code == 302
        assert client.get(url("pleno-suara", "instansi", 3)).status_code == 404
        assert "suara pleno" in client.get(url("pleno")).content.decode()


def test_before_the_plenary_the_page_of_the_decree_says_what_comes_first(client, panggung):
    client.force_login(panggung.sekretariat)
    assert "Pleno belum dibuka" in client.get(url("penetapan")).content.decode()


def test_decree_and_publication_on_their_page(client, panggung):
    panggung.bekukan()
    client.force_login(panggung.sekretariat)
    decree = {
        "nomor": "345 Tahun 2019", "tanggal": "2019-12-04", "tentang": "Penetapan",
        "tempat": "Jakarta", "penandatangan_jabatan": "Menteri",
    }  # fmt: skip
    with clock.travel(DECREED):
        bad = client.post(url("keputusan"), {**decree, "tanggal": "besok"})
        assert bad.status_code == 422
        assert "345 Tahun 2019" in bad.content.decode()
        late = client.post(url("keputusan"), {**decree, "tanggal": "2019-12-24"})
        assert late.status_code == 422
        assert client.post(url("keputusan"), decree).status_code == 302
        when = {"tanggal": "2019-12-09", "pukul": "19.00"}
        past = client.post(url("penerbitan"), {**when, "tanggal": "2019-12-01"})
        assert past.status_code == 422
        assert client.post(url("penerbitan"), when).status_code == 302
        assert client.post(url("penerbitan-persetujuan")).status_code == 404  # not an admin
        client.force_login(panggung.admin)
        assert "Setujui penerbitan" in client.get(url("penetapan")).content.decode()
        assert client.post(url("penerbitan-persetujuan")).status_code == 302
        assert client.post(url("penerbitan-pembatalan"), {"alasan": ""}).status_code == 422
    assert Penerbitan.objects.get().disetujui_oleh == panggung.admin


def test_certificates_are_previewed_then_issued(client, panggung):
    panggung.umumkan()
    client.force_login(panggung.sekretariat)
    typed = {"pola": "B/{urut}/2019", "awal": "5", "tanggal": "2019-12-09"}
    with clock.travel(AFTER):
        address = url("piagam-penerbitan")
        assert client.post(address, {**typed, "pola": "B/2019"}).status_code == 422
        preview = client.post(address, {**typed, "langkah": "periksa"})
        assert preview.status_code == 200
        assert "B/6/2019" in preview.content.decode()
        assert not Piagam.objects.exists()
        assert client.post(address, {**typed, "langkah": "terbitkan"}).status_code == 302
        row = Piagam.objects.first()
        client.force_login(panggung.admin)
        change = url("piagam-penggantian", row.pk)
        assert client.get(change).status_code == 200
        taken = {"penerima": "Kota A", "nomor": row.nomor, "tanggal": "2019-12-09", "alasan": "x"}
        assert client.post(change, taken).status_code == 422
        assert client.post(change, {**taken, "nomor": "B/9/2019"}).status_code == 302
        assert client.post(url("piagam-pencabutan", row.pk), {"alasan": "x"}).status_code == 403
        assert client.get(url("piagam-berkas", row.pk)).status_code == 404  # not rendered yet


def test_an_entry_in_conflict_is_not_named_among_those_without_a_score(client, panggung):
    entry = panggung.masuk("Kota Tanpa Wawancara", wawancara=None)
    panggung.buka()
    client.force_login(panggung.ketua)
    with clock.travel(PLENO):
        assert "Kota Tanpa Wawancara" in client.get(url("pleno")).text
        judge = make_evaluator(panggung.edisi, pengguna=panggung.ketua)
        BenturanKepentingan.objects.create(
            evaluator=judge, instansi=entry.instansi, alasan="Pernah bekerja di sana.",
            dicatat_oleh=panggung.ketua, dicatat_pada=BEFORE,
        )  # fmt: skip
        assert "Kota Tanpa Wawancara" not in client.get(url("pleno")).text


def test_lists_ask_no_more_as_they_grow(client, panggung):
    client.force_login(panggung.ketua)
    panggung.buka()
    counts = []
    with clock.travel(PLENO):
        client.get(url("pleno"))
        for nama in ("Kota C", "Kota D"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(url("pleno")).status_code == 200
            counts.append(len(queries))
            panggung.masuk(nama, lapangan="0.5", dokumen="0.5")
            client.post(url("pleno-usulan"))
        with CaptureQueriesContext(connection) as queries:
            client.get(url("pleno"))
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 34, counts[0]


def test_menu_and_tasks(panggung, django_assert_max_num_queries):
    edisi = panggung.edisi
    with django_assert_max_num_queries(1):
        labels = {e["label"] for e in navigasi(panggung.ketua, edisi, frozenset({"ketua"}))}
    assert labels == {"Pleno", "Penetapan", "Piagam"}
    assert {e["label"] for e in navigasi(panggung.ketua, None, frozenset())} == {"Verifikasi"}

    def titles(person, *peran, at=PLENO):
        with clock.travel(at):
            return [t["judul"] for t in tugas(person, edisi, frozenset(peran), at)]

    assert titles(panggung.ketua, "ketua") == ["Buka pleno"]
    pleno = panggung.buka()
    assert titles(panggung.ketua, "ketua") == ["Putuskan dan bekukan hasil pleno"]
    panggung.bekukan(pleno)
    assert titles(panggung.ketua, "ketua") == []
    assert titles(panggung.sekretariat, "sekretariat") == ["Isi nomor dan tanggal keputusan"]


def test_tasks_after_publication(panggung):
    panggung.umumkan()
    edisi = panggung.edisi
    agency = Peringkat.objects.first().pendaftaran.instansi.keanggotaan.get().pengguna
    with clock.travel(AFTER):
        mine = tugas(agency, edisi, frozenset(), AFTER)
        staff = tugas(panggung.sekretariat, edisi, frozenset({"sekretariat"}), AFTER)
        assert "Hasil" in {e["label"] for e in navigasi(agency, edisi, frozenset())}
    assert [t["judul"][:23] for t in mine] == ["Lihat hasil pendaftaran"]
    assert [(t["judul"], t["jumlah"]) for t in staff] == [("Terbitkan piagam", 2)]


def test_code_in_the_address_leads_to_its_page(client):
    answer = client.get(f"/verifikasi/?{urlencode({'kode': 'abcd-efgh'})}")
    assert answer.url == "/verifikasi/abcdefgh/"
