import csv
import re
from collections import Counter
from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kompetisi.clock import WIB
from kompetisi.errors import InvalidInputError
from kompetisi.models import JejakAudit
from registrasi.actions.direktori import COLUMNS, read_direktori
from registrasi.actions.instansi import load_instansi
from registrasi.models import Instansi
from registrasi.queries.instansi import build_nama_cari, name_wilayah, search_instansi

FILE = Path(__file__).resolve().parents[1] / "data" / "instansi.csv"
AT = datetime(2019, 11, 1, 12, tzinfo=WIB)
REGIONS = ("provinsi", "kabupaten", "kota")


@pytest.fixture
def direktori(db):
    return load_instansi(path=FILE, at=AT)


@pytest.fixture(scope="module")
def rows():
    with FILE.open(encoding="utf-8", newline="") as berkas:
        return list(csv.DictReader(berkas))


def write_csv(path, *lines):
    path.write_text("\n".join([",".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    return path


def names(teks, **options):
    return [row["singkatan"] for row in search_instansi(teks, **options)]


# The file against the public figures of 2019


def test_file_has_the_public_number_of_each_kind(rows):
    assert Counter(row["jenis"] for row in rows) == {
        "kementerian": 34,
        "lembaga": 83,
        "provinsi": 34,
        "kabupaten": 415,
        "kota": 93,
        "bumn": 113,
    }
    assert sum(row["jenis"] in REGIONS for row in rows) == 542


def test_file_has_four_coordinating_ministries(rows):
    koordinator = [row["nama"] for row in rows if row["nama"].startswith("Kementerian Koordinator")]
    assert len(koordinator) == 4


@pytest.mark.parametrize("column", ["kode", "nama", "singkatan"])
def test_file_names_each_body_once(rows, column):
    repeated = [value for value, n in Counter(row[column] for row in rows).items() if n > 1]
    assert repeated == []


def test_file_has_well_formed_unique_region_codes(rows):
    codes = [row["kode_kemendagri"] for row in rows if row["jenis"] in REGIONS]
    assert len(set(codes)) == 542
    assert all(re.fullmatch(r"\d\d(\.\d\d)?", code) for code in codes)
    assert not any(row["kode_kemendagri"] for row in rows if row["jenis"] not in REGIONS)


def test_file_places_each_regency_and_city_in_a_province_of_its_own(rows):
    provinsi = {row["kode_kemendagri"] for row in rows if row["jenis"] == "provinsi"}
    local = [row for row in rows if row["jenis"] in ("kabupaten", "kota")]
    assert all(row["provinsi"] == row["kode_kemendagri"][:2] for row in local)
    # DKI Jakarta is the one province without autonomous regencies and cities.
    assert provinsi - {row["provinsi"] for row in local} == {"31"}


def test_file_leaves_out_the_administrative_areas_of_jakarta(rows):
    jakarta = [row["nama"] for row in rows if row["kode_kemendagri"].startswith("31")]
    assert jakarta == ["Pemerintah Provinsi Daerah Khusus Ibukota Jakarta"]
    assert not any("Administrasi" in row["nama"] for row in rows if row["jenis"] in REGIONS)


@pytest.mark.parametrize(
    ("provinsi", "jumlah"),
    [("11", 23), ("12", 33), ("32", 27), ("33", 35), ("34", 5), ("35", 38), ("53", 22), ("73", 24),
     ("91", 29), ("92", 13)],
)  # fmt: skip
def test_file_has_the_regencies_and_cities_each_province_had_in_2019(rows, provinsi, jumlah):
    assert sum(row["provinsi"] == provinsi for row in rows) == jumlah


@pytest.mark.parametrize(
    ("code", "zona"),
    [
        ("31", "Asia/Jakarta"),
        ("11", "Asia/Jakarta"),
        ("61", "Asia/Jakarta"),
        ("62.71", "Asia/Jakarta"),
        ("51", "Asia/Makassar"),
        ("52", "Asia/Makassar"),
        ("53.71", "Asia/Makassar"),
        ("63.03", "Asia/Makassar"),
        ("64", "Asia/Makassar"),
        ("65", "Asia/Makassar"),
        ("71", "Asia/Makassar"),
        ("73.71", "Asia/Makassar"),
        ("76.01", "Asia/Makassar"),
        ("81", "Asia/Jayapura"),
        ("82.71", "Asia/Jayapura"),
        ("91.01", "Asia/Jayapura"),
        ("92.71", "Asia/Jayapura"),
    ],
)
def test_file_has_the_right_time_zone(rows, code, zona):
    assert [row["zona_waktu"] for row in rows if row["kode_kemendagri"] == code] == [zona]


def test_file_has_one_time_zone_per_province(rows):
    zones = {(row["kode_kemendagri"][:2], row["zona_waktu"]) for row in rows}
    assert len(zones) == 34 + 1  # and one for the central bodies, which have no code


@pytest.mark.parametrize(
    ("code", "nama"),
    [
        ("12.12", "Pemerintah Kabupaten Toba Samosir"),
        ("71.08", "Pemerintah Kabupaten Bolaang Mongondow Utara"),
        ("73.10", "Pemerintah Kabupaten Pangkajene dan Kepulauan"),
        ("75.04", "Pemerintah Kabupaten Pohuwato"),
        ("76.01", "Pemerintah Kabupaten Pasangkayu"),
        ("81.03", "Pemerintah Kabupaten Kepulauan Tanimbar"),
        ("91.01", "Pemerintah Kabupaten Merauke"),
        ("91.12", "Pemerintah Kabupaten Pegunungan Bintang"),
        ("92.71", "Pemerintah Kota Sorong"),
        ("11", "Pemerintah Aceh"),
        ("33", "Pemerintah Provinsi Jawa Tengah"),
        ("34", "Pemerintah Daerah Daerah Istimewa Yogyakarta"),
    ],
)
def test_file_has_the_names_of_2019(rows, code, nama):
    assert [row["nama"] for row in rows if row["kode_kemendagri"] == code] == [nama]


# Loading


def test_load_fills_the_directory_and_links_the_provinces(direktori):
    assert (direktori.baru, direktori.berubah, direktori.tetap) == (772, 0, 0)
    assert direktori.per_jenis["kabupaten"] == 415
    semarang = Instansi.objects.get(kode_kemendagri="33.74")
    assert semarang.provinsi.nama == "Pemerintah Provinsi Jawa Tengah"
    assert semarang.zona_waktu == "Asia/Jakarta"
    assert not Instansi.objects.filter(jenis="provinsi", provinsi__isnull=False).exists()


def test_load_twice_changes_nothing(direktori):
    before = list(Instansi.objects.order_by("pk").values())
    hasil = load_instansi(path=FILE, at=AT)
    assert (hasil.baru, hasil.berubah, hasil.tetap) == (0, 0, 772)
    assert list(Instansi.objects.order_by("pk").values()) == before
    assert JejakAudit.objects.filter(tindakan="load_instansi").count() == 1


def test_load_renames_a_body_and_keeps_its_key(direktori, tmp_path):
    toba = Instansi.objects.get(kode="kabupaten-toba-samosir")
    text = FILE.read_text(encoding="utf-8").replace(
        "Pemerintah Kabupaten Toba Samosir", "Pemerintah Kabupaten Toba"
    )
    changed = tmp_path / "instansi.csv"
    changed.write_text(text, encoding="utf-8")
    hasil = load_instansi(path=changed, at=AT)
    assert (hasil.baru, hasil.berubah, hasil.tetap) == (0, 1, 771)
    toba.refresh_from_db()
    assert toba.nama == "Pemerintah Kabupaten Toba"
    jejak = JejakAudit.objects.filter(tindakan="load_instansi").last()
    assert jejak.rincian["berubah"] == ["kabupaten-toba-samosir"]


def test_load_leaves_bodies_that_the_file_does_not_name(direktori, tmp_path):
    small = write_csv(tmp_path / "kecil.csv", "ui,Universitas Indonesia,UI,,ptn,,,Asia/Jakarta,,")
    assert load_instansi(path=small, at=AT).baru == 1
    assert Instansi.objects.count() == 773


def test_load_counts_only_the_bodies_in_force(db, tmp_path):
    path = write_csv(
        tmp_path / "x.csv",
        "lama,Badan Lama,BL,,lembaga,,,Asia/Jakarta,,2019-11-01",
        "baru,Badan Baru,BB,,lembaga,,,Asia/Jakarta,2019-11-01,",
    )
    assert load_instansi(path=path, at=AT).per_jenis == {"lembaga": 1}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("A b,Badan,B,,lembaga,,,Asia/Jakarta,,", "baris 2, kolom kode: "),
        ("a,,B,,lembaga,,,Asia/Jakarta,,", "baris 2, kolom nama: harus diisi"),
        ("a,Badan,B,,dinas,,,Asia/Jakarta,,", "baris 2, kolom jenis: "),
        ("a,Badan,B,,lembaga,33,,Asia/Jakarta,,", "baris 2, kolom kode_kemendagri: hanya untuk"),
        ("a,Kab,B,,kabupaten,33.74,33,Asia/Jakarta,,", "baris 2, kolom kode_kemendagri: harus PP"),
        ("a,Kota,B,,kota,33.74,34,Asia/Jakarta,,", "baris 2, kolom provinsi: harus 33"),
        ("a,Kota,B,,kota,33.74,33,Asia/Jakarta,,", "baris 2, kolom provinsi: provinsi 33 tidak"),
        ("a,Badan,B,,lembaga,,,Asia/Tokyo,,", "baris 2, kolom zona_waktu: "),
        ("a,Badan,B,,lembaga,,,Asia/Jakarta,1-2-2019,", "baris 2, kolom berlaku_mulai: tanggal"),
        ("a,Badan,B,,lembaga,,,Asia/Jakarta,2019-02-01,2019-01-01", "berlaku_sampai: harus"),
        ("a,Badan,B,,lembaga,,", "baris 2, kolom semua: jumlah kolom harus 10"),
    ],
)
def test_a_mistake_is_named_with_line_and_column_and_nothing_changes(db, tmp_path, line, said):
    path = write_csv(tmp_path / "salah.csv", line)
    with pytest.raises(InvalidInputError) as caught:
        load_instansi(path=path, at=AT)
    assert said in caught.value.alasan
    assert not Instansi.objects.exists()
    assert not JejakAudit.objects.filter(tindakan="load_instansi").exists()


def test_all_mistakes_are_told_at_once(tmp_path):
    line = "a,Badan,B,,lembaga,,,Asia/Jakarta,,"
    path = write_csv(tmp_path / "dua.csv", line, line, "b,,B,,lembaga,,,Asia/Jakarta,,")
    with pytest.raises(InvalidInputError) as caught:
        read_direktori(path)
    assert sorted(caught.value.rincian["berkas"]) == [
        "baris 3, kolom kode: sudah dipakai di baris 2",
        "baris 4, kolom nama: harus diisi",
    ]


@pytest.mark.parametrize("content", [b"kode;nama\n", b"", "kode,é".encode("latin-1")])
def test_a_file_of_another_kind_is_refused(tmp_path, content):
    path = tmp_path / "lain.csv"
    path.write_bytes(content)
    with pytest.raises(InvalidInputError):
        read_direktori(path)


def test_command_loads_the_file_of_the_project_and_tells_the_counts(db):
    out = StringIO()
    call_command("load_instansi", stdout=out)
    assert "772 instansi: 772 baru, 0 berubah, 0 tetap." in out.getvalue()
    assert "kota: 93" in out.getvalue()


def test_command_fails_with_the_mistakes(db, tmp_path):
    path = write_csv(tmp_path / "salah.csv", "a,,B,,lembaga,,,Asia/Jakarta,,")
    with pytest.raises(CommandError, match="baris 2, kolom nama") as caught:
        call_command("load_instansi", str(path))
    assert caught.value.returncode == 1


def test_command_tells_wrong_use_apart(db, tmp_path):
    with pytest.raises(CommandError, match="tidak dapat dibaca") as caught:
        call_command("load_instansi", str(tmp_path / "tidak-ada.csv"))
    assert caught.value.returncode == 2


# Searching


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("semarang", "Pemkot Semarang"),
        ("pemkot semarang", "Pemkot Semarang"),
        ("Pemerintah Kota Semarang", "Pemkot Semarang"),
        ("kotamadya semarang", "Pemkot Semarang"),
        ("kab. semarang", "Pemkab Semarang"),
        ("semarang kab", "Pemkab Semarang"),
        ("kab banjar", "Pemkab Banjar"),
        ("kota banjar", "Pemkot Banjar"),
        ("jateng", "Pemprov Jawa Tengah"),
        ("pemprov jateng", "Pemprov Jawa Tengah"),
        ("dki", "Pemprov DKI Jakarta"),
        ("kominfo", "Kemkominfo"),
        ("kementerian kominfo", "Kemkominfo"),
        ("panrb", "Kementerian PANRB"),
        ("hukum & ham", "Kemenkumham"),
        ("bpom", "BPOM"),
        ("badan pom", "BPOM"),
        ("bps ri", "BPS"),
        ("pln", "PLN"),
        ("kereta api", "KAI"),
        ("fak fak", "Pemkab Fakfak"),
        ("tojo unauna", "Pemkab Tojo Una-Una"),
        ("bulelèng", "Pemkab Buleleng"),
        ("solo", "Pemkot Surakarta"),
        ("bolmong", "Pemkab Bolaang Mongondow"),
        ("maluku tenggara barat", "Pemkab Kepulauan Tanimbar"),
    ],
)
def test_search_finds_what_people_type(direktori, typed, first):
    assert names(typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("smarang", "Pemkot Semarang"),
        ("pemkot smearang", "Pemkot Semarang"),
        ("kementrian keuangan", "Kemenkeu"),
        ("propinsi jawa tegah", "Pemprov Jawa Tengah"),
        ("jogyakarta", "Pemkot Yogyakarta"),
        ("pertamna", "Pertamina"),
    ],
)
def test_search_forgives_misspelt_words(direktori, typed, first):
    assert names(typed)[0] == first


def test_search_asks_for_every_word(direktori):
    assert names("pemkot banyuwangi") == []
    assert names("xyzzy") == []


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "'; --", "|"])
def test_search_of_nothing_finds_nothing(direktori, typed):
    assert search_instansi(typed) == []


def test_search_takes_any_length(direktori):
    assert search_instansi("semarang " * 5000)[0]["singkatan"] == "Pemkot Semarang"


def test_search_narrows_by_kind_and_number(direktori):
    assert names("semarang", jenis="kabupaten") == ["Pemkab Semarang"]
    assert len(names("pemkab", batas=7)) == 7


def test_search_narrows_to_the_bodies_in_force(direktori):
    Instansi.objects.filter(kode="kota-semarang").update(berlaku_sampai=date(2019, 11, 2))
    assert names("kota semarang", pada=date(2019, 11, 1)) == ["Pemkot Semarang"]
    assert "Pemkot Semarang" not in names("kota semarang", pada=date(2019, 11, 2))


def test_search_tells_the_province_by_its_bare_name(direktori):
    row = search_instansi("kota semarang")[0]
    assert row == {
        "id": row["id"],
        "kode": "kota-semarang",
        "nama": "Pemerintah Kota Semarang",
        "singkatan": "Pemkot Semarang",
        "jenis": "kota",
        "kode_kemendagri": "33.74",
        "zona_waktu": "Asia/Jakarta",
        "provinsi_nama": "Jawa Tengah",
    }
    assert search_instansi("kominfo")[0]["provinsi_nama"] == ""


def test_search_is_one_query_and_two_for_a_misspelling(direktori, django_assert_num_queries):
    with django_assert_num_queries(1):
        search_instansi("pemkab", batas=200)
    with django_assert_num_queries(2):
        search_instansi("smarang")


def test_every_body_is_found_by_its_own_names(direktori):
    missed = [
        row.kode
        for row in Instansi.objects.all()
        if f"| {build_nama_cari(nama=row.singkatan, jenis='lembaga')[2:-2]} |" not in row.nama_cari
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("nama", "bare"),
    [
        ("Pemerintah Provinsi Jawa Tengah", "Jawa Tengah"),
        ("Pemerintah Kota Semarang", "Semarang"),
        ("Pemerintah Kabupaten Lima Puluh Kota", "Lima Puluh Kota"),
        ("Pemerintah Aceh", "Aceh"),
        ("Pemerintah Daerah Daerah Istimewa Yogyakarta", "Daerah Istimewa Yogyakarta"),
        ("Badan Pusat Statistik", "Badan Pusat Statistik"),
    ],
)
def test_bare_name_of_a_region(nama, bare):
    assert name_wilayah(nama) == bare
