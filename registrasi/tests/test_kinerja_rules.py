"""Figures: what is kept, when they contradict each other, what follows from them."""

from decimal import Decimal

import pytest

from registrasi.rules.kinerja import (
    clean_angka,
    compare_periode,
    find_selisih,
    missing_kolom,
    turunan_of,
)

pytestmark = pytest.mark.fast

KOLOM = [
    {"kode": "diterima", "nama": "Diterima", "jenis": "jumlah"},
    {"kode": "selesai", "nama": "Selesai", "jenis": "jumlah"},
    {"kode": "hari", "nama": "Hari", "jenis": "desimal", "paling_besar": "999"},
    {"kode": "masuk", "nama": "Masuk terakhir", "jenis": "tanggal", "wajib": False},
]
SAMA = {"kiri": ["diterima"], "hubungan": "sama_dengan", "kanan": ["selesai", "belum"],
        "pesan": "Harus sama."}  # fmt: skip
BATAS = {"kiri": ["selesai"], "hubungan": "paling_banyak", "kanan": ["diterima"],
         "pesan": "Terlalu banyak."}  # fmt: skip


@pytest.mark.parametrize(
    ("angka", "tersimpan"),
    [
        ({"diterima": "12"}, {"diterima": 12}),
        ({"diterima": 0, "hari": Decimal("4.25")}, {"diterima": 0, "hari": "4.25"}),
        ({"hari": "999"}, {"hari": "999"}),
        ({"masuk": "2019-09-30"}, {"masuk": "2019-09-30"}),
        ({"diterima": "", "selesai": None, "hari": "  "}, {}),
    ],
)
def test_what_is_kept(angka, tersimpan):
    assert clean_angka(KOLOM, angka) == (tersimpan, {})


@pytest.mark.parametrize(
    ("angka", "kolom"),
    [
        ({"diterima": "-1"}, "diterima"),
        ({"diterima": "1.5"}, "diterima"),
        ({"diterima": "99999999999"}, "diterima"),
        ({"diterima": "banyak"}, "diterima"),
        ({"hari": "1000"}, "hari"),
        ({"hari": "1.234"}, "hari"),
        ({"hari": "NaN"}, "hari"),
        ({"hari": "Infinity"}, "hari"),
        ({"masuk": "31-02-2019"}, "masuk"),
        ({"lain": "1"}, "lain"),
    ],
)
def test_what_is_refused_by_its_column(angka, kolom):
    assert list(clean_angka(KOLOM, angka)[1]) == [kolom]


@pytest.mark.parametrize(
    ("angka", "salah"),
    [
        ({"diterima": 10, "selesai": 8, "belum": 2}, []),
        ({"diterima": 10, "selesai": 8, "belum": 3}, ["diterima"]),
        ({"diterima": 10, "selesai": 8}, []),
        ({"diterima": 10, "selesai": 11}, ["selesai"]),
        ({}, []),
    ],
)
def test_figures_that_contradict_each_other(angka, salah):
    assert list(find_selisih([SAMA, BATAS], angka)) == salah


def test_required_columns_that_are_empty_are_named():
    assert [k["nama"] for k in missing_kolom(KOLOM, {"diterima": 0})] == ["Selesai", "Hari"]


@pytest.mark.parametrize(
    ("angka", "nilai"),
    [
        ({"diterima": 200, "selesai": 150, "proses": 25}, Decimal("87.5")),
        ({"diterima": 0, "selesai": 0, "proses": 0}, None),
        ({"diterima": 200, "selesai": 150}, None),
    ],
)
def test_percentages_are_derived_exactly(angka, nilai):
    rule = {"kode": "p", "nama": "P", "pembilang": ["selesai", "proses"], "penyebut": ["diterima"]}
    assert turunan_of([rule], angka)[0]["nilai"] == nilai


def test_periods_stand_beside_each_other_without_empty_rows():
    def period(nama, nilai):
        figure = {"nama": "Diterima", "satuan": "", "jenis": "jumlah", "nilai": nilai}
        empty = {"nama": "Masuk", "satuan": "", "jenis": "tanggal", "nilai": None}
        return {"nama": nama, "angka": [figure, empty], "turunan": []}

    table = compare_periode([period("Satu", 1), period("Dua", 2)])
    assert table["periode"] == ["Satu", "Dua"]
    assert [row["nilai"] for row in table["baris"]] == [[1, 2]]
    assert compare_periode([]) == {"periode": [], "baris": []}
