"""Conditions: one rule decides what is asked; the edition file holds only those that can be."""

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetisi.edisi_file import read_edisi
from kompetisi.rules.tampil import describe_syarat, find_diminta, is_asked
from kompetisi.tests.test_edisi_file import EDISI_2019, EDISI_LAIN, changed, mistakes

pytestmark = pytest.mark.fast


def butir(kode: str, **tampil_bila) -> SimpleNamespace:
    return SimpleNamespace(kode=kode, tampil_bila=tampil_bila)


# The hash of the rubric of 2019 before conditions existed; a published one must not change.
PUBLISHED_2019 = "d1278db6d99044be05f29e9f8cd19cef9befcaa6d8aea07dcb7299b23f962ee9"
NILAI = {"pertanyaan": {"a": "Ada", "kosong": ""}, "isian": {"terhubung_lapor": "tidak"}}


@pytest.mark.parametrize(
    ("syarat", "asked"),
    [
        ({}, True),
        ({"pertanyaan": "a", "bernilai": ["Ada"]}, True),
        ({"pertanyaan": "a", "bernilai": ["Tidak ada"]}, False),
        ({"pertanyaan": "a", "bukan": ["Tidak ada"]}, True),
        ({"pertanyaan": "a", "bukan": ["Ada"]}, False),
        ({"pertanyaan": "kosong", "bukan": ["Ada"]}, False),
        ({"kriteria": "K1", "bukan": ["A"]}, False),
        ({"isian": "terhubung_lapor", "bernilai": ["tidak"]}, True),
    ],
)
def test_a_condition_holds_for_given_answers_alone(syarat, asked):
    assert is_asked(syarat, NILAI) is asked


def test_what_is_not_asked_answers_nothing_to_those_after_it():
    rows = [
        butir("a"),
        butir("b", pertanyaan="a", bernilai=["Ada"]),
        butir("c", pertanyaan="b", bukan=["x"]),
    ]
    dokumen = [butir("d", pertanyaan="c", bernilai=["z"])]

    def asked(**jawaban) -> list[str]:
        nilai = {"pertanyaan": jawaban}
        found = find_diminta(kriteria=[], pertanyaan=rows, dokumen=dokumen, nilai=nilai)
        return [row.kode for row in (*found.pertanyaan, *found.dokumen)]

    assert asked(a="Ada", b="y", c="z") == ["a", "b", "c", "d"]
    assert asked(a="Tidak ada", b="y", c="z") == ["a"]


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.sampled_from("xyz")), max_size=10))
@settings(max_examples=60, deadline=None)
def test_leaving_out_an_answer_never_asks_for_more(chain):
    rows = [butir("0")] + [
        butir(str(n), pertanyaan=str(at % n), **{"bukan" if no else "bernilai": [value]})
        for n, (at, no, value) in enumerate(chain, start=1)
    ]
    given_ = {str(n): "xyz"[n % 3] for n in range(len(rows))}

    def asked(nilai: dict) -> set[str]:
        found = find_diminta(kriteria=[], pertanyaan=rows, dokumen=[], nilai={"pertanyaan": nilai})
        return {row.kode for row in found.pertanyaan}

    everything = asked(given_)
    for kode in given_:
        assert asked(given_ | {kode: ""}) <= everything


def test_a_condition_is_said_in_words():
    names = {("kriteria", "K1"): "K1 Aturan"}
    text = describe_syarat({"kriteria": "K1", "bernilai": ["A", "B"]}, names)
    assert text == "Hanya diisi bila “K1 Aturan” dijawab A atau B."
    assert "selain tidak" in describe_syarat(
        {"isian": "terhubung_lapor", "bukan": ["tidak"]}, names
    )


# ------------------------------------------------------------------------ the edition file

WRONG = [
    # what is replaced, by what, the field named, the words said
    ("pertanyaan: aplikasi, bernilai: [Ada]", "pertanyaan: aplikas, bernilai: [Ada]",
     "pertanyaan[4].tampil_bila.pertanyaan", "mungkin maksud Anda 'aplikasi'"),
    ("pertanyaan: aplikasi, bernilai: [Ada]", "pertanyaan: aplikasi, bernilai: [ada]",
     "pertanyaan[4].tampil_bila.bernilai[0]", "mungkin maksud Anda 'Ada'"),
    ("pertanyaan: aplikasi, bernilai: [Ada]", "pertanyaan: kendala, bernilai: [Ada]",
     "pertanyaan[4].tampil_bila.pertanyaan", "ditanyakan lebih dahulu"),
    ("pertanyaan: aplikasi, bernilai: [Ada]", "pertanyaan: nama_aplikasi, bernilai: [Ada]",
     "pertanyaan[4].tampil_bila.pertanyaan", "ditanyakan lebih dahulu"),
    ("pertanyaan: aplikasi, bernilai: [Ada]", "pertanyaan: cerita, bernilai: [Ada]",
     "pertanyaan[4].tampil_bila.pertanyaan", "harus berupa pilihan"),
    ("pertanyaan: aplikasi, bernilai: [Ada]", "pertanyaan: aplikasi, bernilai: []",
     "pertanyaan[4].tampil_bila.bernilai", "paling sedikit berisi 1"),
    ("pertanyaan: aplikasi, bernilai: [Ada]", "pertanyaan: aplikasi",
     "pertanyaan[4].tampil_bila", "isi satu dari"),
    ("pertanyaan: aplikasi, bernilai: [Ada]", "pertanyaan: aplikasi, bernilai: [Ada], bukan: [Ada]",
     "pertanyaan[4].tampil_bila", "isi satu dari"),
    ("pertanyaan: aplikasi, bernilai: [Ada]", "isian: judul, bernilai: [Ada]",
     "pertanyaan[4].tampil_bila.isian", "tidak dikenal"),
    # K2 belongs to the rubric of two tracks alone, the question to all three.
    ("pertanyaan: aplikasi, bernilai: [Ada]", "kriteria: K2, bernilai: ['ya']",
     "pertanyaan[4].tampil_bila.kriteria", "kriteria 'K2' tidak ada"),
    ("kriteria: H1, bukan: [C]", "kriteria: H2, bukan: [C]",
     "rubrik.baca.kelompok[1].kriteria[1].tampil_bila.kriteria", "lebih dahulu"),
    ("kriteria: H1, bukan: [C]", "pertanyaan: aplikasi, bukan: [Ada]",
     "rubrik.baca.kelompok[1].kriteria[1].tampil_bila.pertanyaan", "lebih dahulu"),
    ("            skala: sepuluh\n", "            skala: sepuluh\n            tampil_bila: "
     "{isian: terhubung_lapor, bukan: [ya]}\n",
     "rubrik.temu.kelompok[0].kriteria[0].tampil_bila", "hanya untuk rubrik tahap dokumen"),
    ("pilihan: [Ada, Tidak ada]", "pilihan: [Ada]",
     "pertanyaan[3].pilihan", "paling sedikit berisi 2"),
    ("pilihan: [Ada, Tidak ada]", "pilihan: [Ada, Ada]",
     "pertanyaan[3].pilihan[1]", "ditulis dua kali"),
    ("pilihan: [Ada, Tidak ada]", "pilihan: [Ada, Tidak ada], batas_kata: 20",
     "pertanyaan[3].batas_kata", "tidak dibatasi kata"),
    (", batas_kata: 400", "", "pertanyaan[0]", "isian 'batas_kata' belum ada"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "field", "words"), WRONG)
def test_a_condition_that_cannot_be_is_named(old, new, field, words):
    found = mistakes(changed(old, new, EDISI_LAIN))
    assert any(f", {field}: " in text and words in text for text in found), found


def test_a_rubric_without_conditions_keeps_its_hash():
    with_condition = read_edisi(EDISI_LAIN.encode()).content["rubrik", "baca"]["hash"]
    text = changed("            tampil_bila: {kriteria: H1, bukan: [C]}\n", "", EDISI_LAIN)
    assert read_edisi(text.encode()).content["rubrik", "baca"]["hash"] != with_condition
    content = read_edisi(EDISI_2019.encode()).content
    assert content["rubrik", "dokumen"]["hash"] == PUBLISHED_2019


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        (", dokumen: izin", "", "administrasi[2].otomatis", "sebutkan 'dokumen'"),
        ("dokumen: izin", "dokumen: izn", "administrasi[2].dokumen", "'izin'"),
        (", dokumen: keputusan", ", dokumen: izin", "administrasi[3].dokumen", "jalur 'layanan'"),
        (
            "otomatis: akun_terverifikasi, sebelum_kirim",
            "sebelum_kirim",
            "administrasi[0].sebelum_kirim",
            "dapat menahan",
        ),
    ],
)
def test_an_item_of_the_gate_that_cannot_be_is_named(old, new, field, words):
    found = mistakes(changed(old, new, EDISI_LAIN))
    assert any(f", {field}: " in text and words in text for text in found), found
