"""The plenary against the database: ranks, ties, votes, decisions, freezing."""

from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from evaluasi.models import Nilai
from kompetisi import clock
from kompetisi.actions.edisi import load_edisi
from kompetisi.errors import NotAllowedError, StaleVersionError
from kompetisi.models import JejakAudit
from penghargaan.actions.pembekuan import freeze_pleno, set_nomor_berita_acara
from penghargaan.actions.pleno import (
    add_hadir,
    decide_peringkat,
    open_pleno,
    refresh_peringkat,
    remove_hadir,
    set_alasan_jumlah,
    vote_seri,
)
from penghargaan.models import HadirPleno, Peringkat, Pleno
from penghargaan.queries.kuota import quota_differences
from penghargaan.queries.pleno import peringkat_of, peringkat_visible_to
from penghargaan.rules.kanonik import canonical, hash_of
from penghargaan.tests.factories import PLENO, Panggung
from penghargaan.verify_hasil import verify
from registrasi.tests.factories_panitia import wib

pytestmark = pytest.mark.django_db


@pytest.fixture
def panggung():
    stage = Panggung()
    stage.kuota(2, 0)
    return stage


@pytest.fixture
def at_pleno():
    with clock.travel(PLENO):
        yield


def ranks(pleno):
    return {r.pendaftaran.instansi.nama: r.peringkat for r in peringkat_of(pleno)}


def get(pleno, nama):
    return Peringkat.objects.get(pleno=pleno, pendaftaran__instansi__nama=nama)


def test_final_score_by_hand(panggung):
    # Document 100, interview 100, site: every item half (S 1, B 0,5, T 0): 40 + 35 + 12,5.
    panggung.masuk("Kota A", lapangan="0.5")
    row = get(panggung.buka(), "Kota A")
    assert Fraction(row.nilai_eksak) == Fraction("87.5")
    assert row.nilai_tahap == {"dokumen": "100", "wawancara": "100", "lapangan": "50"}
    row.pendaftaran.refresh_from_db()
    assert row.pendaftaran.status == "diusulkan_pleno"


def test_nearest_two_of_three_document_sheets(panggung):
    # 100, 100 and 0: the pair of equals counts, so D is 100 and not 66,67.
    panggung.masuk("Kota A", dokumen=["1", "1", "0"])
    # Interviews are the plain mean: (100 + 100 + lowest) / 3, exactly.
    panggung.masuk("Kota B", lapangan=["1", "0.5", "0.5"])
    pleno = panggung.buka()
    assert get(pleno, "Kota A").nilai_tahap["dokumen"] == "100"
    assert get(pleno, "Kota B").nilai_tahap["lapangan"] == "200/3"
    document = freeze_and_read(panggung, pleno)
    assert verify(document)[1] == []


def freeze_and_read(panggung, pleno):
    pleno = panggung.bekukan(pleno)
    return {"isi": pleno.isi, "hash": pleno.hash}


def test_entry_without_every_score_is_not_ranked(panggung):
    panggung.masuk("Kota A")
    panggung.masuk("Kota B", lapangan=None)
    assert ranks(panggung.buka()) == {"Kota A": 1}


def test_tie_is_open_until_the_plenary_votes(panggung, at_pleno):
    for nama in ("Kota A", "Kota B", "Kota C"):
        panggung.masuk(nama, dokumen={"": "1", "A1": "0"})
    pleno = panggung.buka()
    assert set(ranks(pleno).values()) == {1}
    assert not Peringkat.objects.filter(menang=True).exists()
    with pytest.raises(NotAllowedError, match="suara pleno"):
        freeze_pleno(pleno=pleno, oleh=panggung.ketua)
    votes = {get(pleno, f"Kota {x}").pk: n for x, n in (("A", 1), ("B", 5), ("C", 3))}
    with pytest.raises(NotAllowedError, match="setiap peserta"):
        vote_seri(pleno=pleno, suara=dict(list(votes.items())[:2]), oleh=panggung.ketua)
    vote_seri(pleno=pleno, suara=votes, oleh=panggung.ketua)
    assert ranks(pleno) == {"Kota B": 1, "Kota C": 2, "Kota A": 3}
    assert get(pleno, "Kota C").pemecah_seri == "pleno.suara"
    document = freeze_and_read(panggung, pleno)
    assert verify(document)[1] == []
    assert {row["pemecah_seri"][0] for row in document["isi"]["hasil"]} == {"pleno.suara"}


def test_votes_may_be_corrected(panggung, at_pleno):
    for nama in ("Kota A", "Kota B"):
        panggung.masuk(nama)
    pleno = panggung.buka()
    a, b = get(pleno, "Kota A").pk, get(pleno, "Kota B").pk
    vote_seri(pleno=pleno, suara={a: 1, b: 2}, oleh=panggung.ketua)
    vote_seri(pleno=pleno, suara={a: 3, b: 2}, oleh=panggung.ketua)
    assert ranks(pleno) == {"Kota A": 1, "Kota B": 2}


def test_deviation_needs_a_reason_and_agreement_clears_it(panggung, at_pleno):
    panggung.masuk("Kota A")
    panggung.masuk("Kota B", lapangan="0.5")
    panggung.masuk("Kota C", lapangan="0")
    pleno = panggung.buka()
    loser = get(pleno, "Kota C")
    with pytest.raises(NotAllowedError, match="alasan"):
        decide_peringkat(pleno=pleno, peringkat=loser, menang=True, oleh=panggung.ketua)
    row = decide_peringkat(
        pleno=pleno, peringkat=loser, menang=True, alasan="Pemerataan.", oleh=panggung.ketua
    )
    assert (row.menang, row.usulan_menang, row.alasan) == (True, False, "Pemerataan.")
    with pytest.raises(NotAllowedError, match="Pemenang 3"):
        freeze_pleno(pleno=pleno, oleh=panggung.ketua)
    row = decide_peringkat(pleno=pleno, peringkat=loser, menang=False, oleh=panggung.ketua)
    assert (row.menang, row.alasan) == (False, "")


def test_more_winners_than_the_edition_says_with_a_recorded_reason(panggung, at_pleno):
    for nama, site in (("Kota A", "1"), ("Kota B", "0.5"), ("Kota C", "0")):
        panggung.masuk(nama, lapangan=site)
    pleno = panggung.buka()
    decide_peringkat(
        pleno=pleno, peringkat=get(pleno, "Kota C"), menang=True, alasan="Khas.",
        oleh=panggung.ketua,
    )  # fmt: skip
    alasan = "Tiga unit dinilai layak."
    set_alasan_jumlah(pleno=pleno, alasan=alasan, oleh=panggung.ketua)
    with pytest.raises(NotAllowedError, match="Kuota jalur .*: 3 pemenang, kuota 2"):
        freeze_pleno(pleno=pleno, oleh=panggung.ketua)
    explain_quotas(pleno, alasan, panggung.ketua)
    document = freeze_and_read(panggung, pleno)
    digest, faults = verify(document)
    assert (digest, faults) == (document["hash"], [])
    assert "Tiga unit" not in canonical(document["isi"])
    assert get(pleno, "Kota C").predikat.startswith("Top 3 ")  # decided, not planned


def explain_quotas(pleno, alasan, oleh):
    pleno.refresh_from_db()
    rows = quota_differences(pleno, list(peringkat_of(pleno)))
    kuota = {row.kunci: "Alasan kuota." for row in rows}
    set_alasan_jumlah(pleno=pleno, alasan=alasan, kuota=kuota, oleh=oleh)


def test_seats_moved_between_tracks_need_a_reason_for_each_track(panggung, at_pleno):
    panggung.kuota(1, 1)
    panggung.masuk("Kota A")
    panggung.masuk("Kota B", lapangan="0.5")
    panggung.masuk("Kota C", jalur="unit")
    pleno = panggung.buka()
    decide_peringkat(
        pleno=pleno, peringkat=get(pleno, "Kota B"), menang=True, alasan="Layak.",
        oleh=panggung.ketua,
    )  # fmt: skip
    decide_peringkat(
        pleno=pleno, peringkat=get(pleno, "Kota C"), menang=False, alasan="Kurang.",
        oleh=panggung.ketua,
    )  # fmt: skip
    with pytest.raises(NotAllowedError, match="2 pemenang, kuota 1.*0 pemenang, kuota 1"):
        freeze_pleno(pleno=pleno, oleh=panggung.ketua)
    explain_quotas(pleno, "", panggung.ketua)
    assert panggung.bekukan(pleno).alasan_kuota["jalur:unit"] == "Alasan kuota."


def test_more_awards_of_an_aspect_than_its_quota_need_a_reason(panggung, at_pleno):
    panggung.kuota(3, 0)
    for nama, site in (("Kota A", "1"), ("Kota B", "0.5"), ("Kota C", "0")):
        panggung.masuk(nama, lapangan=site)
    pleno = panggung.buka()
    for nama in ("Kota A", "Kota B", "Kota C"):
        decide_peringkat(
            pleno=pleno, peringkat=get(pleno, nama), menang=True, aspek="dampak",
            alasan="Dampak.", oleh=panggung.ketua,
        )  # fmt: skip
    with pytest.raises(NotAllowedError, match="3 penerima, kuota 2"):
        freeze_pleno(pleno=pleno, oleh=panggung.ketua)
    explain_quotas(pleno, "", panggung.ketua)
    assert panggung.bekukan(pleno).hash


def test_disqualified_leaves_the_seat_to_the_next(panggung, at_pleno):
    for nama, site in (("Kota A", "1"), ("Kota B", "0.5"), ("Kota C", "0")):
        panggung.masuk(nama, lapangan=site)
    pleno = panggung.buka()
    row = get(pleno, "Kota A")
    with pytest.raises(NotAllowedError, match="tidak dapat menjadi pemenang"):
        decide_peringkat(
            pleno=pleno, peringkat=row, menang=True, didiskualifikasi=True, alasan="x",
            oleh=panggung.ketua,
        )  # fmt: skip
    decide_peringkat(
        pleno=pleno, peringkat=row, menang=False, didiskualifikasi=True,
        alasan="Data tidak benar.", oleh=panggung.ketua,
    )  # fmt: skip
    won = {r.pendaftaran.instansi.nama for r in peringkat_of(pleno) if r.menang}
    assert won == {"Kota B", "Kota C"}
    document = freeze_and_read(panggung, pleno)
    assert verify(document)[1] == []


def test_aspects_are_given_to_winners_and_may_be_moved(panggung, at_pleno):
    panggung.masuk("Kota A")
    panggung.masuk("Kota B", dokumen="0.5")
    pleno = panggung.buka()
    given = {r.pendaftaran.instansi.nama: r.aspek for r in peringkat_of(pleno)}
    assert all(given.values())
    row = decide_peringkat(
        pleno=pleno, peringkat=get(pleno, "Kota A"), menang=True, aspek="dampak",
        alasan="Dampak terbesar.", oleh=panggung.ketua,
    )  # fmt: skip
    assert row.aspek == "dampak"
    panggung.bekukan(pleno)
    row.refresh_from_db()
    assert row.predikat.endswith("\nTerbaik 1 Aspek Dampak")


def test_second_tab_does_not_decide_on_a_list_that_changed(panggung, at_pleno):
    panggung.masuk("Kota A")
    panggung.masuk("Kota B", lapangan="0.5")
    panggung.masuk("Kota C", lapangan="0")
    pleno = panggung.buka()
    versi = Pleno.objects.get().versi
    decide_peringkat(
        pleno=pleno, peringkat=get(pleno, "Kota A"), menang=False, alasan="x",
        versi=versi, oleh=panggung.ketua,
    )  # fmt: skip
    with pytest.raises(StaleVersionError):
        decide_peringkat(
            pleno=pleno, peringkat=get(pleno, "Kota B"), menang=False, alasan="y",
            versi=versi, oleh=panggung.ketua,
        )  # fmt: skip
    assert get(pleno, "Kota B").menang


@pytest.mark.parametrize("peran", ["sekretariat", "admin_panrb", "pengamat", "evaluator"])
def test_only_the_chair_decides(panggung, at_pleno, peran):
    panggung.masuk("Kota A")
    pleno = panggung.buka()
    other = panggung.orang(peran)
    for act in (
        lambda: refresh_peringkat(pleno=pleno, oleh=other),
        lambda: freeze_pleno(pleno=pleno, oleh=other),
        lambda: set_alasan_jumlah(pleno=pleno, alasan="x", oleh=other),
        lambda: decide_peringkat(
            pleno=pleno, peringkat=get(pleno, "Kota A"), menang=False, alasan="x", oleh=other
        ),
        lambda: remove_hadir(pleno=pleno, hadir=HadirPleno.objects.first().pk, oleh=other),
    ):
        with pytest.raises(NotAllowedError, match="Hanya ketua"):
            act()


def test_not_opened_while_a_scored_stage_is_open(panggung):
    panggung.masuk("Kota A")
    stage = panggung.tahap["lapangan"]
    with (
        clock.travel(stage.mulai),
        pytest.raises(NotAllowedError, match="belum dibuka"),
    ):
        open_pleno(edisi=panggung.edisi, tempat="", oleh=panggung.ketua)
    stage.selesai = PLENO + (PLENO - stage.mulai)
    stage.save()
    with clock.travel(PLENO), pytest.raises(NotAllowedError, match="belum berakhir"):
        open_pleno(edisi=panggung.edisi, tempat="", oleh=panggung.ketua)


def test_opened_once(panggung, at_pleno):
    panggung.masuk("Kota A")
    pleno = panggung.buka()
    again = open_pleno(edisi=panggung.edisi, tempat="Lain", oleh=panggung.ketua)
    assert again.pk == pleno.pk
    assert JejakAudit.objects.filter(tindakan="pleno.buka").count() == 1


def test_chair_in_conflict_neither_sees_nor_decides(panggung, at_pleno):
    panggung.masuk("Kota A")
    row = panggung.masuk("Kota B", lapangan="0.5")
    pleno = panggung.buka()
    chair = panggung.orang("ketua")
    panggung.evaluator[0].__class__.objects.create(
        pengguna=chair, edisi=panggung.edisi, instansi_asal=row.instansi
    )
    names = [r.pendaftaran.instansi.nama for r in peringkat_visible_to(chair, pleno)]
    assert names == ["Kota A"]
    with pytest.raises(NotAllowedError, match="benturan"):
        decide_peringkat(
            pleno=pleno, peringkat=get(pleno, "Kota B"), menang=False, alasan="x", oleh=chair
        )
    assert not peringkat_visible_to(panggung.orang("evaluator"), pleno).exists()


def test_foreign_edition_needs_no_change_of_code():
    """Two scored stages, three tracks, seats by kind of agency, another zone, 17 winners."""
    path = Path(settings.BASE_DIR) / "tests" / "data" / "edisi-lain.yaml"
    stage = Panggung(load_edisi(berkas=path, at=wib(1)).edisi)
    jalur = stage.edisi.jalur.get(kode="daerah")
    type(jalur).objects.filter(pk=jalur.pk).update(kuota_pemenang=3)
    stage.edisi.aturan["kuota_jenis_instansi"] = [
        {"jalur": "daerah", "nama": "Provinsi", "jenis": ["provinsi"], "pemenang": 1},
        {"jalur": "daerah", "nama": "Lain", "jenis": ["kabupaten", "kota"], "pemenang": 2},
    ]
    stage.edisi.save()
    for nama, jenis, baca, temu in (
        ("Kota A", "kota", "1", "1"),
        ("Kota B", "kota", "0.5", "1"),
        ("Kota C", "kota", "0", "1"),
        ("Provinsi D", "provinsi", "0", "0"),
    ):
        stage.masuk_dengan(nama, {"baca": [baca] * 3, "temu": temu}, "daerah", jenis=jenis)
    at = stage.tahap["sidang"].mulai
    with clock.travel(at):
        pleno = open_pleno(edisi=stage.edisi, tempat="", oleh=stage.ketua)
        add_hadir(pleno=pleno, pengguna=stage.ketua, sebagai="Ketua", oleh=stage.ketua)
        explain_quotas(pleno, "Jalur lain tanpa peserta.", stage.ketua)
        pleno = freeze_pleno(pleno=pleno, oleh=stage.ketua)
    won = {r.pendaftaran.instansi.nama: r.predikat for r in peringkat_of(pleno) if r.menang}
    assert set(won) == {"Kota A", "Kota B", "Provinsi D"}
    assert won["Provinsi D"].endswith("peringkat 3 Pemerintah Daerah")
    assert verify({"isi": pleno.isi, "hash": pleno.hash}) == (pleno.hash, [])


# Freezing


@pytest.fixture
def frozen(panggung):
    panggung.masuk("Kota A")
    panggung.masuk("Kota B", lapangan="0.5")
    panggung.masuk("Kota C", lapangan="0")
    return panggung.bekukan()


def test_frozen_result_carries_its_hash(frozen):
    frozen.refresh_from_db()
    assert frozen.hash == hash_of(frozen.isi)
    text = canonical(frozen.isi)
    assert "Kota A" in text  # a winner
    assert "Kota C" not in text  # the others stand under drawn names
    assert JejakAudit.objects.get(tindakan="pleno.beku").rincian["hash"] == frozen.hash


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE penghargaan_peringkat SET menang = NOT menang, alasan = 'x'",
        "UPDATE penghargaan_peringkat SET nilai_akhir = 100",
        "DELETE FROM penghargaan_peringkat",
        "UPDATE penghargaan_pleno SET hash = repeat('0', 64)",
        "UPDATE penghargaan_pleno SET isi = '{}'",
        "UPDATE penghargaan_pleno SET dibekukan_pada = NULL",
        "DELETE FROM penghargaan_pleno",
        "DELETE FROM penghargaan_hadirpleno",
        "UPDATE evaluasi_nilai SET faktor = 1",
        "UPDATE evaluasi_penguncian SET dibuka = true",
        "DELETE FROM evaluasi_nilai",
        "TRUNCATE penghargaan_peringkat CASCADE",
    ],
)
def test_database_refuses_to_change_what_is_frozen(frozen, statement):
    with (
        pytest.raises(DatabaseError, match="dibekukan|dikosongkan|terkunci|Penguncian"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


def test_nothing_is_decided_after_the_freeze(panggung, frozen, at_pleno):
    row = frozen.peringkat.first()
    with pytest.raises(NotAllowedError, match="dibekukan"):
        decide_peringkat(pleno=frozen, peringkat=row, menang=False, alasan="x", oleh=panggung.ketua)
    with pytest.raises(NotAllowedError, match="dibekukan"):
        freeze_pleno(pleno=frozen, oleh=panggung.ketua)


def test_number_of_the_minutes_follows_the_freeze(panggung, frozen, at_pleno):
    set_nomor_berita_acara(pleno=frozen, nomor="BA/12/2019", oleh=panggung.sekretariat)
    frozen.refresh_from_db()
    assert frozen.nomor_berita_acara == "BA/12/2019"
    with pytest.raises(NotAllowedError):
        set_nomor_berita_acara(pleno=frozen, nomor="BA/13/2019", oleh=panggung.ketua)


def test_no_freeze_without_attendance(panggung, at_pleno):
    panggung.masuk("Kota A")
    panggung.masuk("Kota B", lapangan="0.5")
    pleno = open_pleno(edisi=panggung.edisi, tempat="", oleh=panggung.ketua)
    with pytest.raises(NotAllowedError, match="hadir"):
        freeze_pleno(pleno=pleno, oleh=panggung.ketua)


def test_score_changed_in_the_database_is_found_out(panggung, at_pleno):
    panggung.masuk("Kota A")
    panggung.masuk("Kota B", lapangan="0.5")
    pleno = panggung.buka()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE evaluasi_nilai DISABLE TRIGGER USER")
    row = Nilai.objects.filter(lembar__penugasan__pendaftaran__instansi__nama="Kota B").last()
    Nilai.objects.filter(pk=row.pk).update(faktor=1)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE evaluasi_nilai ENABLE TRIGGER USER")
    with pytest.raises(NotAllowedError, match="Nilai berubah"):
        freeze_pleno(pleno=pleno, oleh=panggung.ketua)
    refresh_peringkat(pleno=pleno, oleh=panggung.ketua)
    with pytest.raises(NotAllowedError, match=f"Lembar nomor {row.lembar_id} .*saat dikuncinya"):
        freeze_pleno(pleno=pleno, oleh=panggung.ketua)
    assert Pleno.objects.get().dibekukan_pada is None
