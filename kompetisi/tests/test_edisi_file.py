"""The edition file: two editions are read exactly; a mistake is named by line and field."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kompetisi.edisi_file import ATURAN, EDISI, EdisiFileError, diff, read_edisi, show_value
from kompetisi.edisi_file.nodes import MAX_BYTES
from kompetisi.edisi_file.schema import PLACEHOLDERS
from kompetisi.rules.pembekuan import can_load, frozen_by

pytestmark = pytest.mark.fast

ROOT = Path(__file__).resolve().parents[2]
EDISI_2019 = (ROOT / "kompetisi" / "edisi" / "2019.yaml").read_text()
EDISI_LAIN = (ROOT / "tests" / "data" / "edisi-lain.yaml").read_text()


def read(text: str):
    return read_edisi(text.encode())


def mistakes(text: str) -> list[str]:
    with pytest.raises(EdisiFileError) as caught:
        read(text)
    return [str(problem) for problem in caught.value.problems]


def changed(old: str, new: str, text: str = EDISI_2019) -> str:
    """The text with the first occurrence replaced; the test is void when there is none."""
    assert old in text
    return text.replace(old, new, 1)


def line_of(needle: str, text: str) -> int:
    return text[: text.index(needle)].count("\n") + 1


# ------------------------------------------------------------------------ the two editions


def test_2019_says_what_the_announcement_said():
    content = read(EDISI_2019).content

    assert content[EDISI]["jumlah_pemenang"] == 12
    assert "310 Tahun 2019" in content[EDISI]["dasar_hukum"]
    windows = {
        path[1]: (row["mulai"].isoformat(), row["selesai"].isoformat(), row["asumsi"])
        for path, row in content.items()
        if path[0] == "tahap"
    }
    assert windows["pendaftaran"] == (
        "2019-10-20T17:00:00+00:00",
        "2019-11-01T17:00:00+00:00",
        False,
    )
    assert windows["dokumen"][:2] == ("2019-11-01T17:00:00+00:00", "2019-11-13T17:00:00+00:00")
    assert windows["wawancara"][:2] == ("2019-11-17T17:00:00+00:00", "2019-11-22T17:00:00+00:00")
    assert windows["lapangan"][:2] == ("2019-11-24T17:00:00+00:00", "2019-11-29T17:00:00+00:00")
    assert {kode for kode, window in windows.items() if window[2]} == {
        "administrasi",
        "pleno",
        "pengumuman",
    }


def test_2019_weighs_the_groups_as_published():
    content = read(EDISI_2019).content

    weights = {
        (path[1], path[3]): row["bobot"]
        for path, row in content.items()
        if path[0] == "rubrik" and len(path) == 4
    }
    assert [weights["dokumen", kode] for kode in "ABCDEF"] == [20, 15, 30, 15, 10, 10]
    assert weights["wawancara", "penyajian"] == 20
    assert weights["wawancara", "substansi"] == 80
    assert [weight for key, weight in weights.items() if key[0] == "lapangan"] == [
        30,
        30,
        20,
        10,
        10,
    ]
    assert content[ATURAN]["bobot_tahap"] == {"dokumen": "40", "wawancara": "35", "lapangan": "25"}


def test_factors_stay_the_decimals_that_were_typed():
    row = read(EDISI_2019).content["rubrik", "dokumen", "kelompok", "A", "kriteria", "A1"]

    assert [level["faktor"] for level in row["tingkat"]] == ["1", "0.67", "0.33", "0"]
    assert all(level["jangkar"] for level in row["tingkat"])


def test_another_edition_needs_no_code():
    file = read(EDISI_LAIN)

    assert (file.kode, file.zona) == ("lapor-2031", "Asia/Makassar")
    assert len([path for path in file.content if path[0] == "jalur"]) == 3
    assert file.content[EDISI]["jumlah_pemenang"] == 17
    assert not any(row.get("jenis") == "lapangan" for row in file.content.values())
    # WITA is UTC+8; an offset that is written wins over the zone of the file.
    assert file.content["tahap", "daftar"]["mulai"] == datetime(2031, 3, 3, 0, 0, tzinfo=UTC)
    assert file.content["tahap", "baca"]["mulai"] == datetime(2031, 4, 15, 17, 0, tzinfo=UTC)
    group = file.content["rubrik", "baca", "kelompok", "cara"]
    assert group["bobot"] == Decimal("33.3")
    assert ("rubrik", "baca/layanan") in file.content


def test_zone_falls_back_to_wib():
    file = read(changed("zona: Asia/Jakarta\n", ""))

    assert file.content["tahap", "dokumen"]["mulai"] == datetime(2019, 11, 1, 17, 0, tzinfo=UTC)


# --------------------------------------------------------------------------------- mistakes

MISTAKES = [
    # what is replaced, by what, the field named, the words said
    ("tahun: 2019", "tahun: dua ribu", "tahun", "harus bilangan bulat, bukan teks 'dua ribu'"),
    ("tahun: 2019", "tahun: 19", "tahun", "harus 2000 sampai 2999, sekarang 19"),
    ("tahun: 2019", "thun: 2019", "thun", "mungkin maksud Anda 'tahun'"),
    ("zona: Asia/Jakarta", "zona: WIB", "zona", "tidak dikenal"),
    ("jumlah_pemenang: 12", "jumlah_pemenang: 13", "jumlah_pemenang", "kuota_pemenang"),
    ("jumlah_pemenang: 12", "jumlah_pemenang: 12.0", "jumlah_pemenang", "bilangan bulat"),
    ("sasaran: instansi", "sasaran: instasi", "jalur[0].sasaran", "mungkin maksud Anda 'instansi'"),
    (
        "jenis_instansi: []",
        "jenis_instansi: kota",
        "jalur[0].jenis_instansi",
        "harus berupa daftar",
    ),
    ("jenis_instansi: []", "jenis_instansi: [kotta]", "jalur[0].jenis_instansi[0]", "'kota'"),
    (
        "kuota_daftar_pendek: 30",
        "kuota_daftar_pendek: 9",
        "jalur[0].kuota_daftar_pendek",
        "kurang dari kuota_pemenang 10",
    ),
    ("  - kode: unit\n", "  - kode: instansi\n", "jalur[1].kode", "sudah dipakai di baris"),
    (
        "mulai: 2019-10-21T00:00:00",
        "mulai: 2019-10-32T00:00:00",
        "tahap[0].mulai",
        "tidak ada dalam kalender",
    ),
    (
        "mulai: 2019-10-21T00:00:00",
        "mulai: 21 Oktober 2019",
        "tahap[0].mulai",
        "harus tanggal dan jam",
    ),
    ("mulai: 2019-10-21T00:00:00", "mulai: 2019-10-21", "tahap[0].mulai", "harus tanggal dan jam"),
    (
        "selesai: 2019-11-02T00:00:00",
        "selesai: 2019-10-20T00:00:00",
        "tahap[0].selesai",
        "harus sesudah mulai",
    ),
    (
        "selesai: 2019-11-02T00:00:00",
        "selesai: 2019-11-01T23:59:59",
        "tahap[0].selesai",
        "tidak termasuk dalam jendela",
    ),
    (
        "selesai: 2019-11-02T00:00:00",
        "selesai: 2019-11-03T00:00:00",
        "tahap[2].mulai",
        "baru selesai 03-11-2019 pukul 00.00",
    ),
    ("jenis: lapangan", "jenis: lapangn", "tahap[4].jenis", "mungkin maksud Anda 'lapangan'"),
    ("jenis: lapangan", "jenis: wawancara", "tahap[4].jenis", "sudah dipakai di baris"),
    ("jenis: pleno", "jenis: administrasi", "tahap", "tahap berjenis 'pleno' belum ada"),
    ("asumsi: ya\n", "asumsi: mungkin\n", "tahap[1].asumsi", "harus 'ya' atau 'tidak'"),
    ("dokumen: 40", "dokumen: 45", "aturan.bobot_tahap", "jumlah bobot tahap 105, harus 100"),
    ("    lapangan: 25\n", "", "aturan.bobot_tahap", "bobot tahap 'lapangan' belum ada"),
    ("wawancara: 35", "wawancra: 35", "aturan.bobot_tahap.wawancra", "'wawancara'"),
    ("dokumen: 40", "dokumen: 40,0", "aturan.bobot_tahap.dokumen", "titik desimal"),
    ("dokumen: 40", "dokumen: 4e1", "aturan.bobot_tahap.dokumen", "titik desimal"),
    ("dokumen: 2\n", "dokumen: 0\n", "aturan.penilai_per_pendaftaran.dokumen", "harus 1 sampai"),
    ("    selisih: 15\n", "", "aturan.penilai_ketiga", "isian 'selisih' belum ada"),
    ("gabung: dua_terdekat", "gabung: dua", "aturan.penilai_ketiga.gabung", "tidak dikenal"),
    (
        "kelompok: substansi\n",
        "kelompok: substans\n",
        "aturan.urutan_seri[1].kelompok",
        "substansi",
    ),
    ("- tahap: lapangan\n", "- tahap: lapang\n", "aturan.urutan_seri[0].tahap", "'lapangan'"),
    ("    - pleno: suara\n", "", "aturan.urutan_seri[2]", "urutan terakhir harus 'pleno: suara'"),
    ("minimal: 3", "minimal: 6", "aturan.panel_wawancara.minimal", "lebih banyak"),
    ("kriteria: S4", "kriteria: S9", "aturan.aspek_penghargaan[1].butir[0].kriteria", "'S9'"),
    ("      kuota: 2\n", "      kuota: 3\n", "aturan.aspek_penghargaan", "lebih dari pemenang 10"),
    (
        "Tahun {tahun}\n",
        "Tahun {tahn}\n",
        "aturan.predikat.pemenang",
        "mungkin maksud Anda 'tahun'",
    ),
    ("Tahun {tahun}\n", "Tahun {tahun\n", "aturan.predikat.pemenang", "tidak berpasangan"),
    ("pembilang: [selesai]", "pembilang: [beres]", "kinerja.turunan[1].pembilang[0]", "'beres'"),
    (
        "kanan: [selesai, proses",
        "kanan: [slesai, proses",
        "kinerja.pemeriksaan[0].kanan[0]",
        "selesai",
    ),
    ("kriteria: C1", "kriteria: C9", "kinerja.ambang[0].kriteria", "kriteria 'C9' tidak ada"),
    (
        "batas: {A: 90, B: 75, C: 50}",
        "batas: {A: 50, B: 75, C: 90}",
        "kinerja.ambang[0].batas",
        "urut",
    ),
    ("batas: {A: 90, B: 75, C: 50}", "batas: {A: 90, B: 75}", "kinerja.ambang[0].batas", "A, B, C"),
    ("sampai: 2019-03-31", "sampai: 2018-03-31", "kinerja.periode[0].sampai", "sesudah mulai"),
    ("batas_kata: 200", "batas_kata: banyak", "pertanyaan[0].batas_kata", "harus bilangan bulat"),
    (
        "    jalur: unit\n",
        "    jalur: unnit\n",
        "pertanyaan[9].jalur",
        "mungkin maksud Anda 'unit'",
    ),
    ("otomatis: sk_berlaku", "otomatis: sk_belaku", "administrasi[4].otomatis", "'sk_berlaku'"),
    ("faktor: 0.67", "faktor: 1.67", "skala.abcd[1].faktor", "harus 0 sampai 1, sekarang 1.67"),
    ("faktor: 0.67", "faktor: 0.2", "skala.abcd[2].faktor", "terbesar ke terkecil"),
    (
        "        bobot: 20\n        kriteria",
        "        bobot: 15\n        kriteria",
        "rubrik.dokumen.kelompok[5].bobot",
        "jumlah bobot kelompok 95, harus 100",
    ),
    (
        "            bobot: 5\n",
        "            bobot: 4.99\n",
        "rubrik.dokumen.kelompok[0].kriteria[3].bobot",
        "jumlah bobot kriteria 19.99, harus 20",
    ),
    (
        "            bobot: 5\n",
        "            bobot: 5.001\n",
        "rubrik.dokumen.kelompok[0].kriteria[0].bobot",
        "paling banyak 2 angka di belakang titik",
    ),
    (
        "skala: abc\n",
        "skala: abd\n",
        "rubrik.dokumen.kelompok[1].kriteria[1].skala",
        "skala 'abd' tidak ada",
    ),
    (
        "              D: Tidak ada, atau sudah tidak berlaku.\n",
        "",
        "rubrik.dokumen.kelompok[0].kriteria[0].jangkar",
        "jangkar tingkat D belum ada",
    ),
    ("kode: A2", "kode: A1", "rubrik.dokumen.kelompok[0].kriteria[1].kode", "sudah dipakai"),
    ("  lapangan:\n    nama", "  lapngan:\n    nama", "rubrik.lapngan", "mungkin maksud Anda"),
    (
        "  lapangan:\n    nama",
        "  lapngan:\n    nama",
        "rubrik",
        "rubrik tahap 'lapangan' belum ada",
    ),
    (
        "  penilai_ketiga:\n",
        "  entri_jangkar: {dokumen: 3}\n  penilai_ketiga:\n",
        "aturan.entri_jangkar.dokumen",
        "menjadi 'rata_rata'",
    ),
    (
        "  penilai_ketiga:\n",
        "  entri_jangkar: {wawancara: 3}\n  penilai_ketiga:\n",
        "aturan.entri_jangkar.wawancara",
        "tahap penilaian dokumen 'wawancara' tidak ada",
    ),
    (
        "  penilai_ketiga:\n",
        "  entri_jangkar: {dokumen: 0}\n  penilai_ketiga:\n",
        "aturan.entri_jangkar.dokumen",
        "harus 1 sampai 20",
    ),
]


@pytest.mark.parametrize(("old", "new", "field", "words"), MISTAKES)
def test_a_mistake_is_named_by_line_and_field(old, new, field, words):
    text = changed(old, new)

    found = [line for line in mistakes(text) if f", {field}: " in line and words in line]

    assert len(found) == 1, mistakes(text)
    number = int(found[0].removeprefix("baris ").split(",")[0])
    # The last part of the field's name stands on the line that is named.
    last = field.rpartition(".")[2].partition("[")[0]
    assert last in text.splitlines()[number - 1] or field.endswith("]")


def test_line_numbers_are_those_of_the_file():
    text = changed("otomatis: sk_berlaku", "otomatis: sk_belaku")

    assert mistakes(text)[0].startswith(f"baris {line_of('sk_belaku', text)}, administrasi[4]")


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file():
    text = EDISI_2019
    for old, new, _, _ in (MISTAKES[0], MISTAKES[6], MISTAKES[21], MISTAKES[45]):
        text = changed(old, new, text)

    found = mistakes(text)

    assert [line.split(":")[0].split(", ")[1] for line in found] == [
        "tahun",
        "jalur[0].sasaran",
        "aturan.bobot_tahap",
        "administrasi[4].otomatis",
    ]


def test_a_missing_section_is_named_once_without_echoes():
    text = EDISI_2019[: EDISI_2019.index("rubrik:\n  dokumen:")]

    assert mistakes(text) == ["baris 1: isian 'rubrik' belum ada"]


def test_a_track_may_have_its_own_rubric_but_none_may_lack_one():
    text = changed("  baca:\n    nama", "  baca/pusat:\n    nama", EDISI_LAIN)

    assert any(
        "rubrik tahap 'baca' untuk jalur daerah belum ada" in line for line in mistakes(text)
    )


def test_a_reference_must_hold_in_every_rubric_of_its_stage():
    text = changed("kelompok: hasil}", "kelompok: cara}", EDISI_LAIN)

    assert any("kelompok 'cara' tidak ada" in line for line in mistakes(text))


def test_panel_is_needed_where_there_is_an_interview():
    text = changed("  panel_wawancara: {", "  # {", EDISI_LAIN)

    assert any("'panel_wawancara' wajib" in line for line in mistakes(text))


def test_kind_quotas_fit_in_their_track():
    text = changed("daftar_pendek: 18, pemenang: 6", "daftar_pendek: 18, pemenang: 7", EDISI_LAIN)

    assert any("jumlah kuota jenis instansi 9" in line for line in mistakes(text))


# ----------------------------------------------------------------------------- hostile YAML

BOMB = "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n"
HOSTILE = [
    (BOMB, "baris 1", "acuan YAML"),
    ("a: 1\nb: *z\n", "baris 2", "acuan YAML"),
    ("a: !!python/object/apply:os.system [id]\n", "baris 1", "tanda tipe"),
    ("a: 1\n---\nb: 2\n", "baris 2", "hanya satu dokumen"),
    ("a: " + "[" * 500 + "]" * 500, "baris 1", "terlalu dalam"),
    ("a: [" + "x," * 60_000 + "]", "baris 1", "terlalu banyak"),
    ("a: 'belum ditutup\n", "baris", "kutip"),
    ("a:\n\tb: 1\n", "baris 2", "tab"),
    ("a: b: c\n", "baris 1", "titik dua"),
    ("a: 1\n b: 2\n", "baris 2", "susunan YAML tidak sah"),
    ("? [a, b]\n: 1\n", "baris 1", "nama isian harus berupa teks"),
    ("", "baris 1", "kosong"),
    ("# hanya komentar\n", "baris 1", "kosong"),
    ("- satu\n- dua\n", "baris 1", "bukan kelompok isian"),
    ("hanya teks\n", "baris 1", "bukan kelompok isian"),
]


@pytest.mark.parametrize(("text", "line", "words"), HOSTILE)
def test_hostile_or_broken_yaml_is_refused_with_its_line(text, line, words):
    found = mistakes(text)

    assert found[0].startswith(line)
    assert words in found[0]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"a: 1\nb: \xff\xfe\n", "baris 2: berkas bukan UTF-8"),
        (b"a: 1\nb: \x00\n", "baris 2: ada karakter kendali"),
        (b"#" * (MAX_BYTES + 1), "paling besar"),
    ],
)
def test_bytes_that_are_no_text_are_refused(source, words):
    with pytest.raises(EdisiFileError, match=words):
        read_edisi(source)


def test_a_key_written_twice_is_refused():
    text = changed("tahun: 2019\n", "tahun: 2019\ntahun: 2020\n")
    line = line_of("tahun: 2020", text)

    found = mistakes(text)

    assert found == [
        f"baris {line}, tahun: isian ditulis dua kali, yang pertama di baris {line - 1}"
    ]


def test_words_yaml_would_turn_into_booleans_stay_text():
    file = read(
        changed("nama: Kompetisi Pelayanan Pengaduan Nusantara 2031", "nama: no", EDISI_LAIN)
    )

    assert file.content[EDISI]["nama"] == "no"


# ------------------------------------------------------------------ comparison and freezing


def changes_of(old: str, new: str, text: str = EDISI_2019):
    return diff(read(text).content, read(changed(old, new, text)).content)


def test_the_same_file_differs_in_nothing():
    assert diff(read(EDISI_2019).content, read(EDISI_2019).content) == []


def test_a_change_is_told_from_old_to_new_in_the_zone_of_the_edition():
    zone = read(EDISI_2019).content["tahap", "wawancara"]["mulai"].tzinfo
    found = changes_of("batas_kata: 200", "batas_kata: 250")

    lines = [change.describe(zone) for change in found]

    assert "pertanyaan.ringkasan.batas_kata: 200 -> 250" in lines
    assert show_value(Decimal("62.50"), zone) == "62,5"


def test_a_rubric_in_another_order_or_weight_has_another_hash():
    lines = {change.name for change in changes_of("nama: Analisis pengaduan", "nama: Telaah")}

    assert "rubrik.dokumen.hash" in lines
    assert "rubrik.dokumen.kelompok.D.kriteria.D1.nama" in lines


FREEZING = [
    # what is replaced, by what, the stages begun, whether that is refused
    ("jumlah_pemenang: 12", "jumlah_pemenang: 12 ", {"pleno"}, False),
    ("nama: Seleksi administrasi", "nama: Seleksi berkas", {"administrasi"}, False),
    ("mulai: 2019-11-18T00:00:00", "mulai: 2019-11-19T00:00:00", {"dokumen"}, False),
    ("mulai: 2019-11-18T00:00:00", "mulai: 2019-11-19T00:00:00", {"wawancara"}, True),
    ("selesai: 2019-11-23T00:00:00", "selesai: 2019-11-24T00:00:00", {"wawancara"}, True),
    ("batas_kata: 200", "batas_kata: 201", set(), False),
    ("batas_kata: 200", "batas_kata: 201", {"pendaftaran"}, True),
    ("maks_mb: 10", "maks_mb: 11", {"pendaftaran"}, True),
    ("nama: Analisis pengaduan", "nama: Telaah", {"pendaftaran"}, True),
    ("nama: Rasionalitas", "nama: Nalar", {"pendaftaran", "dokumen"}, False),
    ("nama: Rasionalitas", "nama: Nalar", {"wawancara"}, True),
    ("    selisih: 15", "    selisih: 10", {"pendaftaran"}, False),
    ("    selisih: 15", "    selisih: 10", {"dokumen"}, True),
    ("masa_perbaikan_hari: 2", "masa_perbaikan_hari: 3", {"pendaftaran"}, False),
    ("masa_perbaikan_hari: 2", "masa_perbaikan_hari: 3", {"administrasi"}, True),
    ("minimal_bulan_pemakaian: 6", "minimal_bulan_pemakaian: 3", {"pendaftaran"}, True),
    ("pengingat_hari: [7, 3, 1]", "pengingat_hari: [5, 1]", {"pendaftaran"}, False),
    ("sampel_laporan: 10", "sampel_laporan: 12", {"wawancara"}, False),
    ("sampel_laporan: 10", "sampel_laporan: 12", {"lapangan"}, True),
    ("kuota_daftar_pendek: 30", "kuota_daftar_pendek: 35", {"dokumen"}, False),
    ("kuota_daftar_pendek: 30", "kuota_daftar_pendek: 35", {"wawancara"}, True),
    ("  - kode: akun\n", "  - kode: akun_baru\n", {"pendaftaran"}, False),
    ("  - kode: akun\n", "  - kode: akun_baru\n", {"administrasi"}, True),
    ("Piala Anggakara Birawa", "Piala Bergilir", {"pleno"}, True),
    ("batas: {A: 90, B", "batas: {A: 91, B", {"pendaftaran"}, True),
]


@pytest.mark.parametrize(("old", "new", "begun", "refused"), FREEZING)
def test_what_a_stage_begun_relies_on_is_frozen(old, new, begun, refused):
    found = changes_of(old, new)
    content = read(EDISI_2019).content
    stages = {path[1]: row["jenis"] for path, row in content.items() if path[0] == "tahap"}

    verdict = can_load(found, stages, begun)

    assert verdict.ok is not refused
    if refused:
        assert any(change.name in verdict.alasan for change in found)
        assert ".hash" not in verdict.alasan


def test_quotas_and_number_of_winners_freeze_with_the_plenary():
    old = read(EDISI_2019).content
    text = changed("jumlah_pemenang: 12", "jumlah_pemenang: 13")
    new = read(changed("kuota_pemenang: 2", "kuota_pemenang: 3", text)).content
    stages = {"pleno": "pleno", "lapangan": "lapangan"}

    assert can_load(diff(old, new), stages, {"lapangan"}).ok
    verdict = can_load(diff(old, new), stages, {"pleno"})
    assert not verdict.ok
    assert "- jumlah_pemenang (dibekukan sejak tahap pleno mulai)" in verdict.alasan
    assert "- jalur.unit.kuota_pemenang" in verdict.alasan


def test_every_section_of_a_file_has_a_rule_of_freezing():
    empty_to_full = diff({}, read(EDISI_2019).content)

    for change in empty_to_full:
        frozen_by(change, {})


# ------------------------------------------------------------------------------------ words


def test_the_guide_explains_every_field_and_word():
    guide = (ROOT / "docs" / "edisi.md").read_text()
    schema = ROOT / "kompetisi" / "edisi_file" / "schema"
    source = "".join(path.read_text() for path in sorted(schema.glob("*.py")))
    names = set(re.findall(r'"([a-z_]+)": ', source)) | set(
        re.findall(r'^    "(\w+)",', source, re.M)
    )

    assert len(names) > 80
    assert [name for name in sorted(names) if f"`{name}`" not in guide] == []
    assert [name for name in PLACEHOLDERS if f"{{{name}}}" not in guide] == []
