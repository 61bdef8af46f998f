"""A part of the corpus of files that fits a test run; all of it is `python -m bench korpus`."""

import io

import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from bench.korpus.baik import WAYS, good_files, good_pictures
from bench.korpus.buruk import KINDS, bad_recipes
from bench.korpus.dasar import NAMES, Contoh
from bench.korpus.gambar import bad_pictures
from bench.korpus.isi_baik import CHANGES
from bench.korpus.jalan import Hasil, Pemeriksa, fault_of, photograph
from bench.korpus.mutasi import mutations
from bench.korpus.pekerja import witness
from bench.korpus.penulis import MAKERS
from bench.korpus.tindakan import ACTIONS, PLACES
from evaluasi.rules.foto import REFUSAL, clean_photo
from kompetisi.pdf import render_pdf
from registrasi.actions.berkas import shown_name
from registrasi.rules import berkas_pdf as r
from registrasi.tests import corpus
from registrasi.tests.corpus import BAD, GOOD_KINDS

SEED, GOOD, MUTATED = 2019, 45, 100
EACH = 5  # of so many bad files one is looked at here


@pytest.fixture(scope="module")
def checker():
    with Pemeriksa() as looking:
        yield looking


def kind_of(recipe) -> str:
    return recipe.jenis.partition(" di ")[0]


def faults(looked, **more) -> list[str]:
    return [
        f"{one.jenis}: {fault}" for one, hasil in looked if (fault := fault_of(one, hasil, **more))
    ]


def test_what_honest_programs_write_is_taken(checker):
    assert faults(checker.each(good_files(SEED, GOOD))) == []
    assert max(len(MAKERS), len(CHANGES), len(WAYS)) <= GOOD  # each has had its turn


def test_what_does_harm_is_refused_for_its_own_reason(checker):
    """Every kind once, and every fifth of the actions in their places."""
    chosen, seen = [], set()
    for place, recipe in enumerate(bad_recipes(SEED)):
        kind = kind_of(recipe)
        if not recipe.berat and (kind not in seen or place % EACH == 0):
            seen.add(kind)
            chosen.append(recipe.contoh())
    assert faults(checker.each(chosen)) == []
    assert len(seen) >= len(ACTIONS) + len(KINDS)


def test_what_nobody_made_breaks_nothing_and_hides_nothing(checker):
    looked = list(checker.each(mutations(SEED, MUTATED)))
    assert faults(looked, mutated=True) == []
    assert {hasil.alasan == "" for _, hasil in looked} == {True, False}


def test_the_corpus_is_as_broad_as_it_should_be():
    bad = bad_recipes(SEED)
    kinds = {kind_of(recipe) for recipe in bad}
    assert len(bad) >= 300
    assert len(kinds) >= len(ACTIONS) + len(KINDS) + len(BAD)
    acting = [one.jenis for one in bad if one.jenis.startswith("tindakan ")]
    assert {where for where in PLACES if any(f" di {where}," in kind for kind in acting)} == {
        *PLACES
    }
    assert len(MAKERS) >= 10


def test_the_same_seed_makes_the_same_files():
    names = [name for name in WAYS if "encryption" not in WAYS[name]]
    assert len(names) > 10
    once, again = (
        {one.jenis: one.isi for one in good_files(7, 20) if "terbatas" not in one.jenis}
        for _ in range(2)
    )
    assert once == again


def test_a_broken_promise_is_seen(checker):
    """The judge is not blind: what should not happen is called by its name."""
    good = Contoh("baik", "a.pdf", next(good_files(SEED, 1)).isi, r.ACTIVE)
    assert fault_of(good, checker.look(good)) == f"lolos: {r.ACTIVE}"
    locked = next(recipe for recipe in bad_recipes(SEED) if recipe.alasan == r.LOCKED)
    honest = Contoh("baik", "a.pdf", locked.make())
    assert fault_of(honest, checker.look(honest)) == f"baik tetapi ditolak: {r.LOCKED}"
    assert "melampaui batas" in fault_of(good, Hasil("", 0, r.MEMORY // 1024 + 1, 1.0))
    assert "aktif tetapi lolos" in fault_of(good, Hasil("", saksi='["skrip"]'), mutated=True)


def typed_with_script(pdf):
    """A field on the page whose every key runs a script."""
    script = Dictionary(K=Dictionary(S=Name.JavaScript, JS="app.alert(1)"))
    corpus.annotation(Subtype=Name.Widget, FT=Name.Tx, T="a", AA=script)(pdf)
    pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].Annots)


@pytest.mark.fast
@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        ("js-names", ["skrip"]),
        ("field", ["skrip"]),
        ("attached", ["lampiran"]),
        ("launch-link", ["tautan"]),
        ("pikepdf", []),
    ],
)
def test_the_witness_of_the_mutations_is_not_blind(kind, seen, tmp_path):
    made = {name: make for name, (make, _) in BAD.items()} | GOOD_KINDS
    launch = Dictionary(S=Name.Launch, F="cmd.exe")
    made["launch-link"] = lambda: corpus.made(corpus.annotation(Subtype=Name.Link, A=launch))
    made["field"] = lambda: corpus.made(typed_with_script)
    path = tmp_path / "berkas.pdf"
    path.write_bytes(made[kind]())
    assert witness(str(path)) == seen


@pytest.mark.fast
def test_pictures_are_taken_clean_or_refused_with_the_reason():
    pictures = [*good_pictures(SEED, 28), *bad_pictures(SEED)]
    found = [(one.jenis, photograph(one)) for one in pictures]
    assert found == [(one.jenis, one.alasan) for one in pictures]


@pytest.mark.fast
def test_half_a_picture_is_refused_also_by_a_process_that_draws_pdf():
    """WeasyPrint switches Pillow over, for whoever uses it in that process."""
    assert render_pdf
    whole = next(good_pictures(SEED, 1))
    half = Contoh("separuh", "foto.jpg", whole.isi[: len(whole.isi) // 2])
    assert photograph(whole) == ""
    assert photograph(half) == REFUSAL


@pytest.mark.fast
def test_a_picture_of_the_largest_telephones_is_taken():
    out = io.BytesIO()
    Image.new("L", (8000, 6000), 200).save(out, "JPEG")
    clean = clean_photo(out, len(out.getvalue()))
    with Image.open(io.BytesIO(clean)) as picture:
        assert max(picture.size) == 2000


@pytest.mark.fast
@pytest.mark.parametrize("nama", NAMES)
def test_no_name_of_a_file_is_lost(nama):
    shown = shown_name(nama)
    assert 0 < len(shown) <= 150
    assert shown == nama[-150:]
