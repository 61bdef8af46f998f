"""Site visits: rules as tables, photographs made safe, schedule, team, record, minutes."""

import io
from datetime import date

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from evaluasi.actions.lapangan import (
    add_anggota_lapangan,
    enforce_lapangan,
    number_berita_acara,
    schedule_kunjungan,
)
from evaluasi.actions.sampel import draw_sampel
from evaluasi.actions.temuan import (
    IsianKunjungan,
    IsianTemuan,
    add_foto,
    remove_foto,
    save_kunjungan,
)
from evaluasi.models import FotoLapangan, KunjunganLapangan, Penugasan, TemuanLapangan
from evaluasi.pdf import render_berita_acara_lapangan
from evaluasi.queries.temuan import kriteria_kunjungan
from evaluasi.rules import foto
from evaluasi.rules.lapangan import (
    Anggota,
    KeadaanJadwal,
    can_join,
    can_number,
    can_record,
    can_schedule,
    days_of,
    draw_sample,
    jumlah_sampel,
    warnings_of_team,
)
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from kompetisi.models import JejakAudit, Pesan
from registrasi.models import KinerjaSP4N

IN_VISITS = f.wib(26)
DAY = date(2019, 11, 26)
SECRET = b"-6.9932,110.4203 Kamera Rahasia"


# --- Rules ----------------------------------------------------------------------------------------


def state(**changes) -> KeadaanJadwal:
    facts = {
        "peran": frozenset({"sekretariat"}),
        "tahap": "berjalan",
        "wawancara": "selesai",
        "status": "diwawancarai",
        "dari": date(2019, 11, 25),
        "hingga": date(2019, 11, 29),
    }
    return KeadaanJadwal(**facts | changes)


@pytest.mark.fast
@pytest.mark.parametrize(
    ("changes", "day", "busy", "refusal"),
    [
        ({}, DAY, [], ""),
        ({"peran": frozenset({"ketua"})}, DAY, [], ""),
        ({"tahap": "belum"}, DAY, [], ""),
        ({"status": "terjadwal_verifikasi"}, DAY, [], ""),
        ({"status": "masuk_daftar_pendek"}, DAY, [], ""),
        ({"status": "masuk_daftar_pendek", "wawancara": None}, DAY, [], ""),
        ({}, date(2019, 11, 25), [], ""),
        ({}, date(2019, 11, 29), [], ""),
        ({}, date(2019, 11, 24), [], "Pilih tanggal"),
        ({}, date(2019, 11, 30), [], "Pilih tanggal"),
        ({}, DAY, ["Sari"], "bertugas di tempat lain: Sari"),
        ({"peran": frozenset({"pengamat"})}, DAY, [], "Hanya"),
        ({"peran": frozenset({"evaluator"})}, DAY, [], "Hanya"),
        ({"tahap": "selesai"}, DAY, [], "sudah ditutup"),
        ({"ditutup": True}, DAY, [], "sudah ditutup"),
        ({"status": "tidak_masuk"}, DAY, [], "tidak sedang menunggu"),
        ({"status": "terverifikasi"}, DAY, [], "tidak sedang menunggu"),
        ({"status": "masuk_daftar_pendek", "wawancara": "berjalan"}, DAY, [], "belum diwawancarai"),
    ],
)
def test_a_visit_may_be_scheduled_in_its_stage_after_the_interview(changes, day, busy, refusal):
    verdict = can_schedule(state(**changes), day, busy)
    assert verdict.ok is not bool(refusal)
    assert refusal in verdict.alasan


@pytest.mark.fast
def test_the_days_of_a_half_open_window_are_those_of_wib():
    mulai, selesai = f.wib(25, hour=0), f.wib(30, hour=0)
    assert days_of(mulai, selesai) == (date(2019, 11, 25), date(2019, 11, 29))
    assert days_of(mulai, f.wib(30, hour=0, minute=1))[1] == date(2019, 11, 30)


@pytest.mark.fast
@pytest.mark.parametrize(
    ("team", "minimal", "expected"),
    [
        ([], 2, ["Tim baru 0 dari sedikitnya 2 anggota."]),
        ([Anggota("A", "1"), Anggota("B", "2")], 2, []),
        ([Anggota("A", "1"), Anggota("B", "1")], 2, ["Ada anggota dari instansi asal yang sama."]),
        (
            [Anggota("A", "1"), Anggota("B", "2", dirilis=False)],
            2,
            ["Tim baru 1 dari sedikitnya 2 anggota."],
        ),
        (
            [Anggota("A", "1"), Anggota("B", "2"), Anggota("C", "3", berbenturan=True)],
            2,
            ["C berbenturan kepentingan dengan peserta."],
        ),
    ],
)
def test_a_team_is_warned_about(team, minimal, expected):
    assert warnings_of_team(team, minimal) == expected


@pytest.mark.fast
@pytest.mark.parametrize(
    ("asal", "ok"), [("1", False), ("2", True), ("", True)], ids=["sama", "lain", "tak diketahui"]
)
def test_members_come_from_different_home_bodies(asal, ok):
    assert can_join(asal, [Anggota("A", "1")]).ok is ok


@pytest.mark.fast
@pytest.mark.parametrize(
    ("changes", "ok"),
    [
        ({}, True),
        ({"anggota": False}, False),
        ({"tahap": "belum"}, False),
        ({"tahap": "selesai"}, False),
        ({"ditutup": True}, False),
        ({"peran": {"ketua"}}, False),
    ],
)
def test_the_team_records_while_the_stage_runs_and_the_visit_is_open(changes, ok):
    facts = {"peran": {"evaluator"}, "tahap": "berjalan", "anggota": True, "ditutup": False}
    assert can_record(**facts | changes).ok is ok


@pytest.mark.fast
@pytest.mark.parametrize(
    ("changes", "ok"),
    [
        ({}, True),
        ({"terkunci": 1}, False),
        ({"nomor": "  "}, False),
        ({"dipakai": True}, False),
        ({"peran": {"pengamat"}}, False),
    ],
)
def test_minutes_are_numbered_once_enough_sheets_are_locked(changes, ok):
    facts = {
        "peran": {"sekretariat"},
        "terkunci": 2,
        "minimal": 2,
        "nomor": "B/1",
        "dipakai": False,
    }
    assert can_number(**facts | changes).ok is ok


@pytest.mark.fast
def test_a_sample_is_drawn_evenly_and_repeatably():
    drawn = draw_sample(7, 312, 10)
    assert drawn == draw_sample(7, 312, 10) != draw_sample(8, 312, 10)
    assert len(set(drawn)) == 10
    assert all(1 <= n <= 312 for n in drawn)
    assert draw_sample(7, 3, 10) == [1, 2, 3]


# --- Photographs ----------------------------------------------------------------------------------


def photo(size=(60, 40), kind="JPEG", *, exif=True, tail=b"") -> ContentFile:
    picture = Image.new("RGB", size, "olive")
    options = {}
    if exif:
        tags = Image.Exif()
        tags[0x0112] = 6  # turned a quarter
        tags[0x010F] = SECRET.decode()
        options["exif"] = tags
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return ContentFile(out.getvalue() + tail, f"IMG_0001.{kind.lower()}")


@pytest.mark.fast
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_nothing_but_the_pixels_of_a_photograph_is_kept(kind):
    given = photo(kind=kind, tail=SECRET)
    assert SECRET in given.read()
    given.seek(0)
    kept = foto.clean_photo(given, given.size)
    assert SECRET not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.format == "JPEG"
        assert not picture.getexif()
        assert "exif" not in picture.info
        assert picture.size == (40, 60)  # upright


@pytest.mark.fast
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'></svg>",
        b"%PDF-1.4",
        b"\xff\xd8\xff\xe0" + b"0" * 200,
        b"\x89PNG\r\n\x1a\n" + b"0" * 200,
        b"GIF89a" + b"0" * 200,
    ],
)
def test_what_is_no_photograph_is_refused(content):
    with pytest.raises(InvalidInputError):
        foto.clean_photo(io.BytesIO(content), len(content))


@pytest.mark.fast
def test_a_pixel_bomb_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    assert out.tell() < 1024**2
    out.seek(0)
    with pytest.raises(InvalidInputError):
        foto.clean_photo(out, 1000)


@pytest.mark.fast
def test_a_photograph_that_is_too_large_is_refused_or_made_smaller():
    with pytest.raises(InvalidInputError, match="MB"):
        foto.clean_photo(io.BytesIO(b"x"), foto.MAX_MB * 1024**2 + 1)
    large = photo((3000, 1500), exif=False)
    with Image.open(io.BytesIO(foto.clean_photo(large, large.size))) as picture:
        assert max(picture.size) == foto.LONG_SIDE


# --- Actions --------------------------------------------------------------------------------------


@pytest.fixture
def edisi(db):
    with clock.travel(IN_VISITS):
        yield f.make_edisi()


@pytest.fixture
def tahap(edisi):
    return edisi.tahap.select_related("edisi").get(jenis="lapangan")


@pytest.fixture
def sekretaris(edisi):
    return f.make_pengguna("Sekretaris", "sekretariat", edisi=edisi)


@pytest.fixture
def entry(edisi):
    return f.make_pendaftaran(edisi, status="diwawancarai")


@pytest.fixture
def team(edisi, entry, tahap):
    """Two members with open sheets."""
    return [f.make_lembar(f.make_evaluator(edisi), entry, tahap) for _ in range(2)]


@pytest.fixture
def visit(entry, team, sekretaris):
    return schedule_kunjungan(
        pendaftaran=entry, tanggal=DAY, tempat="Balai Kota, Jalan Pemuda 148", oleh=sekretaris
    )


def member(lembar):
    return lembar.penugasan.evaluator.pengguna


def test_scheduling_tells_agency_and_team_and_a_change_tells_them_again(
    visit, entry, team, sekretaris
):
    entry.refresh_from_db()
    assert entry.status == "terjadwal_verifikasi"
    told = Pesan.objects.filter(jenis__in=["kunjungan_lapangan", "kunjungan_tim"])
    admin = entry.dibuat_oleh
    assert {p.kepada for p in told.all()} == {admin, *map(member, team)}
    again = schedule_kunjungan(
        pendaftaran=entry, tanggal=DAY, tempat="Balai Kota,  Jalan Pemuda 148", oleh=sekretaris
    )
    assert (again.versi, told.count()) == (1, 3)
    moved = schedule_kunjungan(
        pendaftaran=entry, tanggal=date(2019, 11, 27), tempat="Balai Kota", oleh=sekretaris, versi=1
    )
    assert (moved.pk, moved.versi, told.count()) == (visit.pk, 2, 6)
    assert told.filter(subjek__contains="berubah", kepada=admin).count() == 1
    assert JejakAudit.objects.filter(tindakan="lapangan.jadwal").count() == 2


def test_a_stale_schedule_a_missing_place_and_a_foreign_day_are_refused(visit, entry, sekretaris):
    given = {"pendaftaran": entry, "oleh": sekretaris}
    with pytest.raises(StaleVersionError):
        schedule_kunjungan(tanggal=date(2019, 11, 28), tempat="Lain", versi=0, **given)
    with pytest.raises(InvalidInputError):
        schedule_kunjungan(tanggal=DAY, tempat="  ", **given)
    with pytest.raises(NotAllowedError, match="Pilih tanggal"):
        schedule_kunjungan(tanggal=date(2019, 12, 1), tempat="Lain", **given)
    with clock.travel(f.wib(30, hour=0)), pytest.raises(NotAllowedError, match="ditutup"):
        schedule_kunjungan(tanggal=DAY, tempat="Lain", **given)


def test_an_edition_without_visits_schedules_none(edisi, entry, tahap, sekretaris):
    tahap.rubrik.all().delete()
    tahap.delete()
    with pytest.raises(NotAllowedError, match="tidak memiliki tahap"):
        schedule_kunjungan(pendaftaran=entry, tanggal=DAY, tempat="Kantor", oleh=sekretaris)


def test_a_team_takes_no_second_member_of_the_same_home_body(edisi, entry, sekretaris):
    home = f.make_instansi("Badan Asal Bersama", jenis="lembaga")
    one, two = f.make_evaluator(edisi, home), f.make_evaluator(edisi, home)
    add_anggota_lapangan(pendaftaran=entry, evaluator=one, oleh=sekretaris)
    with pytest.raises(NotAllowedError, match="berbeda"):
        add_anggota_lapangan(pendaftaran=entry, evaluator=two, oleh=sekretaris)
    assert Penugasan.objects.count() == 1
    add_anggota_lapangan(pendaftaran=entry, evaluator=f.make_evaluator(edisi), oleh=sekretaris)
    assert Penugasan.objects.count() == 2


def test_nobody_visits_a_body_they_are_in_conflict_with(edisi, entry, sekretaris):
    own = f.make_evaluator(edisi, entry.instansi)
    with pytest.raises(NotAllowedError, match="berbenturan"):
        add_anggota_lapangan(pendaftaran=entry, evaluator=own, oleh=sekretaris)


def test_two_members_write_different_criteria_and_neither_loses_the_other(visit, team):
    first, second = (item.pk for item in kriteria_kunjungan(visit)[:2])
    head = IsianKunjungan("Sekretaris Daerah", "Sekretaris Daerah", "")
    save_kunjungan(
        kunjungan=visit,
        isian=head,
        temuan={first: IsianTemuan("SOP terpasang.", 0), second: IsianTemuan("", 0)},
        versi=1,
        oleh=member(team[0]),
    )
    saved = save_kunjungan(
        kunjungan=visit,
        isian=head,
        temuan={first: IsianTemuan("SOP terpasang.", 0), second: IsianTemuan("Petugas hadir.", 0)},
        versi=1,
        oleh=member(team[1]),
    )
    assert saved.versi == 2
    rows = dict(TemuanLapangan.objects.values_list("kriteria", "uraian"))
    assert rows == {first: "SOP terpasang.", second: "Petugas hadir."}


def test_the_same_criterion_written_twice_gives_both_texts_back(visit, team):
    key = kriteria_kunjungan(visit)[0].pk
    given = {"kunjungan": visit, "isian": IsianKunjungan(), "versi": 1}
    save_kunjungan(temuan={key: IsianTemuan("Satu.", 0)}, oleh=member(team[0]), **given)
    with pytest.raises(StaleVersionError) as caught:
        save_kunjungan(temuan={key: IsianTemuan("Dua.", 0)}, oleh=member(team[1]), **given)
    assert caught.value.rincian["temuan"] == {key: ("Satu.", 1)}
    save_kunjungan(temuan={key: IsianTemuan("Dua.", 1)}, oleh=member(team[1]), **given)
    assert TemuanLapangan.objects.get().versi == 2


def test_only_the_team_writes_and_only_during_the_stage(edisi, visit, team, sekretaris):
    given = {"kunjungan": visit, "isian": IsianKunjungan("A", "B", ""), "temuan": {}, "versi": 1}
    for outsider in (f.make_evaluator(edisi).pengguna, sekretaris):
        with pytest.raises(NotAllowedError):
            save_kunjungan(oleh=outsider, **given)
        with pytest.raises(NotAllowedError):
            add_foto(kunjungan=visit, isi=photo(), oleh=outsider)
    with clock.travel(f.wib(30, hour=0)), pytest.raises(NotAllowedError):
        save_kunjungan(oleh=member(team[0]), **given)
    assert not FotoLapangan.objects.exists()


def test_a_photograph_is_stored_clean_and_can_be_taken_off(visit, team):
    key = kriteria_kunjungan(visit)[0].pk
    row = add_foto(
        kunjungan=visit,
        isi=photo(tail=SECRET),
        oleh=member(team[0]),
        kriteria=key,
        keterangan="Ruang pengaduan",
    )
    assert row.berkas.nama_asli == "IMG_0001.jpg"
    assert row.berkas.tipe == "image/jpeg"
    with default_storage.open(row.berkas.kunci) as file:
        assert SECRET not in file.read()
    with pytest.raises(InvalidInputError):
        add_foto(kunjungan=visit, isi=photo(), oleh=member(team[0]), kriteria=key + 100_000)
    remove_foto(foto=row, oleh=member(team[1]))
    assert not FotoLapangan.objects.exists()
    assert JejakAudit.objects.filter(tindakan="lapangan.foto_lepas").count() == 1


def test_enough_locked_sheets_verify_the_entry_once(visit, entry, team):
    f.score_lembar(team[0], "S")
    assert enforce_lapangan(IN_VISITS)["terverifikasi"] == 0
    f.score_lembar(team[1], "S")
    assert enforce_lapangan(IN_VISITS)["terverifikasi"] == 1
    assert enforce_lapangan(IN_VISITS) == {"terverifikasi": 0, "kunjungan_ditutup": 0}
    entry.refresh_from_db()
    assert entry.status == "terverifikasi"
    assert Pesan.objects.filter(jenis="berita_acara_lapangan").count() == 1


def test_a_visit_closes_with_its_stage(visit):
    assert enforce_lapangan(f.wib(29, hour=23, minute=59))["kunjungan_ditutup"] == 0
    with clock.travel(f.wib(30, hour=0)):
        assert enforce_lapangan(f.wib(30, hour=0))["kunjungan_ditutup"] == 1
        assert enforce_lapangan(f.wib(30, hour=0))["kunjungan_ditutup"] == 0
    visit.refresh_from_db()
    assert visit.ditutup_pada == f.wib(30, hour=0)


def test_a_number_is_unique_and_closes_the_visit(edisi, visit, team, sekretaris):
    with pytest.raises(NotAllowedError, match="terkunci"):
        number_berita_acara(kunjungan=visit, nomor="BA/1/2019", oleh=sekretaris)
    for lembar in team:
        f.score_lembar(lembar, "S")
    row = number_berita_acara(kunjungan=visit, nomor=" BA/1/2019 ", oleh=sekretaris)
    assert (row.nomor_berita_acara, row.ditutup_oleh) == ("BA/1/2019", sekretaris)
    with pytest.raises(NotAllowedError, match="sudah ditutup"):
        save_kunjungan(
            kunjungan=visit,
            isian=IsianKunjungan("Lain", "", ""),
            temuan={},
            versi=row.versi,
            oleh=member(team[0]),
        )
    KunjunganLapangan.objects.create(
        tahap=visit.tahap,
        pendaftaran=f.make_pendaftaran(edisi, status="terjadwal_verifikasi"),
        tanggal=DAY,
        tempat="Kantor lain",
        nomor_berita_acara="BA/2/2019",
        dijadwalkan_pada=IN_VISITS,
    )
    with pytest.raises(NotAllowedError, match="sudah dipakai"):
        number_berita_acara(kunjungan=visit, nomor="BA/2/2019", oleh=sekretaris)


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def test_the_minutes_carry_place_date_findings_and_no_scores(visit, team):
    key = kriteria_kunjungan(visit)[0].pk
    save_kunjungan(
        kunjungan=visit,
        isian=IsianKunjungan("Kepala Dinas", "Kepala Dinas Kominfo", ""),
        temuan={key: IsianTemuan("Petugas <sesuai> keputusan.", 0)},
        versi=1,
        oleh=member(team[0]),
    )
    add_foto(kunjungan=visit, isi=photo(), oleh=member(team[0]), kriteria=key)
    for lembar, level in zip(team, ("S", "T"), strict=True):
        f.score_lembar(lembar, level, catatan="Catatan rahasia lembar.")
    visit.refresh_from_db()
    content = render_berita_acara_lapangan(visit)
    assert content.startswith(b"%PDF-")
    text = text_of(content)
    for expected in (
        "Balai Kota, Jalan Pemuda 148",
        "Selasa, tanggal dua puluh enam, bulan November, tahun dua ribu sembilan belas",
        "Petugas <sesuai> keputusan.",
        "Kepala Dinas Kominfo",
        str(member(team[0])),
        visit.pendaftaran.kode,
    ):
        assert expected in text
    for hidden in ("Catatan rahasia", "Sebagian sesuai", "Bobot"):
        assert hidden not in text


def pages_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return pages


def test_signatures_stand_with_the_closing_paragraph_and_the_team_is_named_once(visit, team):
    for lembar in team:
        f.score_lembar(lembar, "S")
    for length in range(0, 4000, 500):  # whatever the length of what stands before
        visit.temuan_material = "Temuan yang panjang. " * (length // 20)
        pages = pages_of(render_berita_acara_lapangan(visit))
        signed = next(page for page in pages if "Yang mewakili peserta," in page)
        assert "Demikian Berita Acara" in signed
        assert " ".join(pages).count("Tim verifikasi,") == 1
        assert " ".join(pages).count("NIP: …") == 3


# --- The sample of reports ------------------------------------------------------------------------


@pytest.fixture
def claimed(visit):
    """The agency claims 312 reports in the reference period, 9 in the one before."""
    for mulai, selesai, jumlah in (
        (date(2018, 10, 1), date(2019, 3, 31), 9),
        (date(2019, 4, 1), date(2019, 9, 30), 312),
    ):
        KinerjaSP4N.objects.create(
            pendaftaran=visit.pendaftaran, periode_mulai=mulai, periode_selesai=selesai,
            angka={"diterima": jumlah}, disimpan_oleh=visit.pendaftaran.dibuat_oleh,
            disimpan_pada=f.BEFORE,
        )  # fmt: skip
    return visit


def test_the_sample_is_drawn_once_from_the_claim_by_the_recorded_seed(claimed, team):
    row = draw_sampel(kunjungan=claimed, oleh=member(team[0]))
    wanted = jumlah_sampel(row.tahap.edisi.aturan)
    assert row.sampel["nomor"] == draw_sample(row.benih_sampel, 312, wanted)
    assert len(row.sampel["nomor"]) == wanted
    trace = JejakAudit.objects.get(tindakan="lapangan.sampel").rincian
    assert trace["benih"] == row.benih_sampel
    assert trace["nomor"] == row.sampel["nomor"]
    with pytest.raises(NotAllowedError, match="sudah diambil"):
        draw_sampel(kunjungan=claimed, oleh=member(team[1]))
    for field in ({"sampel": None}, {"benih_sampel": 1}, {"sampel": {"nomor": [1]}}):
        with pytest.raises(IntegrityError, match="sudah diambil"), transaction.atomic():
            KunjunganLapangan.objects.filter(pk=row.pk).update(**field)
    for lembar in team:
        f.score_lembar(lembar, "S")
    expected = ", ".join(map(str, row.sampel["nomor"]))
    text = text_of(render_berita_acara_lapangan(row))
    assert expected in text
    assert str(row.benih_sampel) in text


def test_no_sample_before_the_day_by_others_or_without_a_claim(claimed, team, sekretaris):
    with pytest.raises(NotAllowedError, match="anggota tim"):
        draw_sampel(kunjungan=claimed, oleh=sekretaris)
    with clock.travel(f.wib(25)), pytest.raises(NotAllowedError, match="hari kunjungan"):
        draw_sampel(kunjungan=claimed, oleh=member(team[0]))
    claimed.pendaftaran.kinerja.all().delete()
    with pytest.raises(NotAllowedError, match="tidak menyatakan"):
        draw_sampel(kunjungan=claimed, oleh=member(team[0]))


def test_the_agency_sees_the_sample_once_the_team_has_drawn_it(claimed, team, client):
    agency = reverse("evaluasi:kunjungan", args=[claimed.pk])
    page = reverse("evaluasi:lapangan-rinci", args=[claimed.pk])
    client.force_login(claimed.pendaftaran.dibuat_oleh)
    assert "Uji petik laporan" not in client.get(agency).content.decode()
    client.force_login(member(team[0]))
    assert "Ambil sampel laporan" in client.get(page).content.decode()
    assert client.post(page, {"aksi": "sampel"}).status_code == 302
    claimed.refresh_from_db()
    drawn = ", ".join(map(str, claimed.sampel["nomor"]))
    text = client.get(page).content.decode()
    assert drawn in text
    assert "Ambil sampel laporan" not in text
    client.force_login(claimed.pendaftaran.dibuat_oleh)
    assert drawn in client.get(agency).content.decode()
