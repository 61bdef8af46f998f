"""The files of the catalogue are read once, and what is not sound in them is refused by name."""

import pytest
from django.conf import settings

from kompetisi.rules.katalog import katalog, read_katalog
from kompetisi.rules.naskah import Isian

pytestmark = pytest.mark.fast
SOUND = """
isian:
  kode: [kode pendaftaran, 2019-0042]
  alasan: [alasan yang ditulis, Pindah.]
pesan:
  uji:
    nama: Pesan uji
    untuk: siapa pun
    sifat: [harus, segera]
    wajib: [kode]
    boleh: [alasan]
    isian:
      alasan: [alasan lain, Sakit.]
    subjek: Tentang {kode}
    isi: |
      Kode {kode} dari {nama}.

      Alasan: {alasan}
"""


def test_a_kind_is_read_with_its_places_nature_and_text():
    (jenis,) = read_katalog(SOUND)
    assert (jenis.kode, jenis.harus, jenis.segera, jenis.sekali) == ("uji", True, True, False)
    assert jenis.isian == {
        "kode": Isian("kode pendaftaran", "2019-0042", wajib=True),
        "alasan": Isian("alasan lain", "Sakit."),
    }
    assert jenis.isi == "Kode {kode} dari {nama}.\n\nAlasan: {alasan}"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("    nama: Pesan uji\n", "", "uji: .*nama"),
        ("nama: Pesan uji", "nama: 7", "uji: .*nama.* no text"),
        ("untuk:", "kepada:", "uji: .*kepada"),
        ("[harus, segera]", "[harus, segara]", "segara"),
        ("wajib: [kode]", "wajib: [kode, skor]", "uji: each place"),
        ("boleh: [alasan]", "boleh: [alasan, kode]", "uji: each place"),
        ("boleh: [alasan]", "boleh: []", "uji: describes .*alasan"),
        ("Tentang {kode}", "Tentang {skor}", "uji: .*skor. tidak dikenal"),
        ("Kode {kode} dari", "Dari", None),
        ("Tentang {kode}", "Tentang ini", None),
        ("2019-0042", "42", "not described by two texts"),
        ("2019-0042]", "2019-0042, lagi]", "not described by two texts"),
        ("pesan:\n", "  sisa: [tak terpakai, x]\npesan:\n", "sisa"),
        ("pesan:\n", "surat:\n", "parts"),
        ("    untuk: siapa pun\n", "    untuk: a\n    untuk: b\n", "untuk is listed twice"),
        ("  uji:\n", "  uji: {}\n  uji:\n", "uji is listed twice"),
    ],
)
def test_what_is_not_sound_is_named(before, after, told):
    assert before in SOUND
    text = SOUND.replace(before, after, 1)
    if told is None:  # a required place may stand in subject or body
        assert read_katalog(text)
        return
    with pytest.raises(ValueError, match=told):
        read_katalog(text)


def test_a_kind_of_two_apps_is_refused(settings, tmp_path):
    for name in ("satu.yaml", "dua.yaml"):
        (tmp_path / name).write_text(SOUND, encoding="utf-8")
    settings.KATALOG_PESAN = [str(tmp_path / "satu.yaml"), str(tmp_path / "dua.yaml")]
    with pytest.raises(ValueError, match="uji is listed twice"):
        katalog.__wrapped__()


def test_each_app_has_its_file():
    assert [name.partition("/")[0] for name in settings.KATALOG_PESAN] == [
        "kompetisi", "registrasi", "evaluasi", "penghargaan",
    ]  # fmt: skip
