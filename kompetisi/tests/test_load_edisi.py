"""Loading editions: whole or not at all, idempotent, and never what is frozen."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kompetisi import clock
from kompetisi.actions.edisi import load_edisi
from kompetisi.edisi_file import EdisiFileError, read_edisi
from kompetisi.errors import NotAllowedError
from kompetisi.models import (
    ButirAdministrasi,
    Edisi,
    Jalur,
    JejakAudit,
    JenisDokumen,
    Kelompok,
    Kriteria,
    Pengguna,
    Perpanjangan,
    Pertanyaan,
    Rubrik,
    Tahap,
)
from kompetisi.queries.isi_edisi import isi_edisi

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
EDISI_2019 = ROOT / "kompetisi" / "edisi" / "2019.yaml"
EDISI_LAIN = ROOT / "tests" / "data" / "edisi-lain.yaml"

BEFORE = datetime(2019, 10, 1, tzinfo=UTC)
REGISTERING = datetime(2019, 10, 25, tzinfo=UTC)
READING = datetime(2019, 11, 5, tzinfo=UTC)
PLENARY = datetime(2019, 12, 3, tzinfo=UTC)


@pytest.fixture
def edited(tmp_path):
    """A copy of an edition file with some texts replaced, each once."""

    def write(*pairs: tuple[str, str], source: Path = EDISI_2019) -> Path:
        text = source.read_text()
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "edisi.yaml"
        path.write_text(text)
        return path

    return write


def load_2019(at: datetime = BEFORE) -> Edisi:
    return load_edisi(berkas=EDISI_2019, at=at).edisi


# ------------------------------------------------------------------------- what is loaded


@pytest.mark.parametrize("berkas", [EDISI_2019, EDISI_LAIN], ids=["2019", "lain"])
def test_what_is_stored_is_what_the_file_says(berkas):
    hasil = load_edisi(berkas=berkas, at=BEFORE)

    assert hasil.baru
    assert isi_edisi(hasil.edisi) == read_edisi(berkas.read_bytes()).content
    assert hasil.edisi.dimuat_pada == BEFORE


def test_2019_has_its_tracks_stages_and_rubrics():
    edisi = load_2019()

    assert edisi.jumlah_pemenang == 12
    assert list(edisi.jalur.values_list("kode", "kuota_pemenang")) == [
        ("instansi", 10),
        ("unit", 2),
    ]
    assert list(edisi.tahap.values_list("jenis", flat=True)) == [
        "pendaftaran",
        "administrasi",
        "dokumen",
        "wawancara",
        "lapangan",
        "pleno",
        "pengumuman",
    ]
    for rubrik in edisi.rubrik.all():
        assert sum(group.bobot for group in rubrik.kelompok.all()) == 100
        assert len(rubrik.hash) == 64
    for group in Kelompok.objects.filter(rubrik__edisi=edisi):
        assert sum(item.bobot for item in group.kriteria.all()) == group.bobot


def test_registration_closes_after_the_last_second_of_1_november_in_wib():
    tahap = load_2019().tahap.get(jenis="pendaftaran")

    last = datetime(2019, 11, 1, 23, 59, 59, 999_999, tzinfo=clock.WIB)
    assert tahap.mulai <= last < tahap.selesai
    assert tahap.selesai - last == timedelta(microseconds=1)


def test_what_concerns_one_track_points_at_it():
    edisi = load_2019()

    assert JenisDokumen.objects.get(edisi=edisi, kode="surat_rekomendasi").jalur.kode == "unit"
    assert Pertanyaan.objects.get(edisi=edisi, kode="ringkasan").jalur is None
    assert ButirAdministrasi.objects.get(edisi=edisi, kode="rekomendasi").jalur.kode == "unit"


def test_another_edition_stands_beside_the_first():
    load_2019()
    lain = load_edisi(berkas=EDISI_LAIN, at=BEFORE).edisi

    assert Edisi.objects.count() == 2
    assert lain.jalur.count() == 3
    assert not lain.tahap.filter(jenis="lapangan").exists()
    assert set(Rubrik.objects.filter(edisi=lain).values_list("tahap__kode", "jalur__kode")) == {
        ("baca", None),
        ("baca", "layanan"),
        ("temu", None),
    }


def test_loading_leaves_one_record_of_who_and_what():
    oleh = Pengguna.objects.create(email="admin@contoh.test", nama="Admin PANRB")

    hasil = load_edisi(berkas=EDISI_2019, oleh=oleh, at=BEFORE)

    jejak = JejakAudit.objects.get(tindakan="edisi.muat")
    assert jejak.oleh == oleh
    assert jejak.objek_kunci == str(hasil.edisi.pk)
    assert jejak.rincian["sumber_hash"] == hasil.edisi.sumber_hash
    assert jejak.rincian["perubahan"] == hasil.perubahan


# --------------------------------------------------------------------- loading once more


@pytest.mark.parametrize("berkas", [EDISI_2019, EDISI_LAIN], ids=["2019", "lain"])
@pytest.mark.parametrize("at", [BEFORE, PLENARY])
def test_loading_the_same_file_again_changes_nothing(berkas, at):
    first = load_edisi(berkas=berkas, at=BEFORE)
    keys = list(Kriteria.objects.order_by("pk").values_list("pk", flat=True))

    again = load_edisi(berkas=berkas, at=at)

    assert (again.baru, again.perubahan) == (False, [])
    assert again.edisi.dimuat_pada == first.edisi.dimuat_pada
    assert list(Kriteria.objects.order_by("pk").values_list("pk", flat=True)) == keys
    assert JejakAudit.objects.filter(tindakan="edisi.muat").count() == 1


def test_a_change_is_told_and_made_and_keeps_the_rows(edited):
    edisi = load_2019()
    kriteria = Kriteria.objects.get(kelompok__rubrik__edisi=edisi, kode="D1")
    berkas = edited(
        ("nama: Analisis pengaduan", "nama: Telaah pengaduan"),
        ("batas_kata: 200", "batas_kata: 250"),
        ("mulai: 2019-11-18T00:00:00", "mulai: 2019-11-18T08:30:00"),
        ("    dokumen: 40\n    wawancara: 35", "    dokumen: 45\n    wawancara: 30"),
    )

    hasil = load_edisi(berkas=berkas, at=BEFORE)

    assert "pertanyaan.ringkasan.batas_kata: 200 -> 250" in hasil.perubahan
    assert (
        "tahap.wawancara.mulai: 18-11-2019 pukul 00.00.00 WIB -> 18-11-2019 pukul 08.30.00 WIB"
        in hasil.perubahan
    )
    assert "aturan.bobot_tahap.dokumen: '40' -> '45'" in hasil.perubahan
    kriteria.refresh_from_db()
    assert kriteria.nama == "Telaah pengaduan"
    assert hasil.edisi.aturan["bobot_tahap"]["wawancara"] == "30"
    assert isi_edisi(hasil.edisi) == read_edisi(berkas.read_bytes()).content


def test_rows_come_and_go_before_anyone_relies_on_them(edited):
    load_2019()
    berkas = edited(
        ("kode: lapor-2031", "kode: '2019'"), ("tahun: 2031", "tahun: 2019"), source=EDISI_LAIN
    )

    edisi = load_edisi(berkas=berkas, at=BEFORE).edisi

    assert isi_edisi(edisi) == read_edisi(berkas.read_bytes()).content
    assert Jalur.objects.count() == 3
    assert Tahap.objects.count() == 6
    assert not Kriteria.objects.filter(kode="L1").exists()


# ---------------------------------------------------------------------------------- refusals


def assert_untouched(edisi: Edisi, berkas: Path, at: datetime) -> str:
    """The load is refused, and neither the edition nor the log differs; gives the reason."""
    before, records = isi_edisi(edisi), JejakAudit.objects.count()
    with pytest.raises(NotAllowedError) as caught:
        load_edisi(berkas=berkas, at=at)
    edisi.refresh_from_db()
    assert isi_edisi(edisi) == before
    assert JejakAudit.objects.count() == records
    return caught.value.alasan


FROZEN = [
    (REGISTERING, "batas_kata: 200", "batas_kata: 201", "pertanyaan.ringkasan.batas_kata"),
    (REGISTERING, "2019-10-21T00:00:00", "2019-10-22T00:00:00", "tahap.pendaftaran.mulai"),
    (REGISTERING, "maks_mb: 5", "maks_mb: 6", "dokumen.surat_pernyataan.maks_mb"),
    (
        REGISTERING,
        "A: Sekurangnya 90 persen laporan",
        "A: Sekurangnya 95 persen laporan",
        "rubrik.dokumen.kelompok.C.kriteria.C1.tingkat",
    ),
    (READING, "    selisih: 15", "    selisih: 20", "aturan.penilai_ketiga.selisih"),
    (
        READING,
        "    dokumen: 40\n    wawancara: 35",
        "    dokumen: 39\n    wawancara: 36",
        "aturan.bobot_tahap.dokumen",
    ),
    (
        PLENARY,
        "    kuota_pemenang: 10\n    kuota_daftar",
        "    kuota_pemenang: 11\n    kuota_daftar",
        "jalur.instansi.kuota_pemenang",
    ),
]


@pytest.mark.parametrize(("at", "old", "new", "field"), FROZEN)
def test_a_frozen_field_is_refused_by_name_and_nothing_changes(edited, at, old, new, field):
    edisi = load_2019()
    pairs = [(old, new), ("nama: Verifikasi lapangan", "nama: Kunjungan")]
    if "kuota_pemenang" in old:
        pairs.append(("jumlah_pemenang: 12", "jumlah_pemenang: 13"))

    alasan = assert_untouched(edisi, edited(*pairs), at)

    assert f"- {field} (dibekukan sejak tahap" in alasan
    assert "nama" not in alasan


def test_what_has_not_begun_may_still_change(edited):
    load_2019()
    berkas = edited(
        ("mulai: 2019-11-25T00:00:00", "mulai: 2019-11-24T00:00:00"),
        ("nama: Tempat dan saluran pengaduan", "nama: Ruang dan saluran pengaduan"),
        ("kuota_daftar_pendek: 30", "kuota_daftar_pendek: 32"),
    )

    hasil = load_edisi(berkas=berkas, at=READING)

    assert hasil.edisi.jalur.get(kode="instansi").kuota_daftar_pendek == 32
    assert hasil.edisi.tahap.get(kode="lapangan").mulai == datetime(2019, 11, 23, 17, tzinfo=UTC)


def test_the_closing_of_a_stage_begun_moves_only_by_an_extension(edited):
    edisi = load_2019()
    berkas = edited(
        ("selesai: 2019-11-14T00:00:00", "selesai: 2019-11-15T00:00:00"),
    )

    assert "tahap.dokumen.selesai" in assert_untouched(edisi, berkas, READING)


def test_the_freezing_begins_at_the_very_instant_a_stage_begins(edited):
    edisi = load_2019()
    mulai = edisi.tahap.get(jenis="pendaftaran").mulai
    berkas = edited(("batas_kata: 200", "batas_kata: 210"))

    assert_untouched(edisi, berkas, mulai)
    assert load_edisi(berkas=berkas, at=mulai - timedelta(microseconds=1)).perubahan


def test_a_row_in_use_cannot_be_removed(edited):
    edisi = load_2019()
    people = [Pengguna.objects.create(email=f"p{i}@contoh.test", nama=f"P{i}") for i in (1, 2)]
    Perpanjangan.objects.create(
        tahap=edisi.tahap.get(kode="administrasi"),
        selesai_baru=datetime(2019, 11, 8, tzinfo=UTC),
        alasan="Gangguan layanan.",
        diajukan_oleh=people[0],
        diajukan_pada=BEFORE,
    )
    berkas = edited(("  - kode: administrasi\n", "  - kode: gerbang\n"))

    alasan = assert_untouched(edisi, berkas, BEFORE)

    assert "tahap.administrasi tidak dapat dihapus" in alasan
    assert "perpanjangan" in alasan


def test_a_year_belongs_to_one_edition(edited):
    edisi = load_2019()
    berkas = edited(('kode: "2019"', "kode: edisi-2019"))

    assert "Tahun 2019 sudah dipakai edisi '2019'" in assert_untouched(edisi, berkas, BEFORE)


def test_a_file_with_mistakes_changes_nothing(edited):
    edisi = load_2019()
    before = isi_edisi(edisi)

    with pytest.raises(EdisiFileError):
        load_edisi(berkas=edited(("dokumen: 40", "dokumen: 41")), at=BEFORE)

    assert isi_edisi(edisi) == before


def test_reading_what_is_stored_asks_no_more_when_there_is_more(django_assert_max_num_queries):
    edisi = load_2019()

    with django_assert_max_num_queries(8):
        isi_edisi(edisi)


# ------------------------------------------------------------------------------- the command


def run(path: Path | str) -> str:
    out = StringIO()
    call_command("load_edisi", str(path), stdout=out)
    return out.getvalue()


def test_the_command_says_what_changes_and_then_that_nothing_does(edited):
    with clock.travel(BEFORE):
        assert "Tahun 2019 dibuat: 93 perubahan." in run(EDISI_2019)
        assert run(EDISI_2019) == "Tidak ada perubahan.\n"
        assert "jumlah_pemenang: 12 -> 13" in run(
            edited(
                ("jumlah_pemenang: 12", "jumlah_pemenang: 13"),
                ("kuota_pemenang: 2", "kuota_pemenang: 3"),
            )
        )


def test_the_command_exits_1_with_every_mistake(edited):
    berkas = edited(("tahun: 2019", "thun: 2019"), ("dokumen: 40", "dokumen: 41"))

    with pytest.raises(CommandError) as caught:
        run(berkas)

    assert caught.value.returncode == 1
    text = str(caught.value)
    assert "thun: isian 'thun' tidak dikenal; mungkin maksud Anda 'tahun'" in text
    assert "aturan.bobot_tahap: jumlah bobot tahap 101, harus 100" in text
    assert not Edisi.objects.exists()


def test_the_command_exits_1_when_frozen(edited):
    load_2019()

    with clock.travel(REGISTERING), pytest.raises(CommandError) as caught:
        run(edited(("batas_kata: 200", "batas_kata: 201")))

    assert caught.value.returncode == 1
    assert "pertanyaan.ringkasan.batas_kata" in str(caught.value)


@pytest.mark.parametrize("path", ["tidak-ada.yaml", "."])
def test_the_command_exits_2_when_there_is_no_such_file(path, tmp_path):
    with pytest.raises(CommandError) as caught:
        run(tmp_path / path)

    assert caught.value.returncode == 2
