"""The words, numbers and components of every page."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject

from kompetisi.rules.verdict import Verdict
from kompetisi.templatetags import angka, components, waktu

pytestmark = pytest.mark.fast

CLOSING = datetime(2019, 11, 1, 16, 59, tzinfo=UTC)  # 23.59 in WIB
MIDNIGHT = datetime(2019, 11, 1, 17, tzinfo=UTC)  # the end of the half-open window


def draw(source: str, **context: object) -> str:
    """A template with all three libraries, as a page has them."""
    return Template("{% load components waktu angka %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("87.245"), 2, "87,25"),
        (Decimal("87.244999"), 2, "87,24"),
        (Decimal("-2.345"), 2, "-2,35"),
        (Decimal("-0.001"), 2, "0,00"),
        (2.675, 2, "2,68"),
        (1234567.5, 1, "1.234.567,5"),
        ("12", 0, "12"),
        (None, 2, "–"),
        ("abc", 2, "–"),
        (float("nan"), 2, "–"),
    ],
)
def test_decimals_are_exact_and_rounded_half_up(value, places, text):
    assert angka.desimal(value, places) == text


def test_whole_numbers_percentages_and_sizes_use_indonesian_separators():
    assert angka.ribuan(1234567) == "1.234.567"
    assert angka.persen(Decimal("87.25")) == "87,3%"
    assert angka.persen(None) == "–"
    assert angka.ukuran_berkas(2516582) == "2,4 MB"
    assert angka.ukuran_berkas(512) == "512 byte"
    assert angka.ukuran_berkas(10 * 1024**2) == "10 MB"


def test_an_instant_is_shown_in_wib_with_a_dot():
    assert waktu.wib(CLOSING) == "1 November 2019 23.59 WIB"
    assert waktu.tanggal(CLOSING) == "1 November 2019"
    assert waktu.tanggal(date(2019, 12, 9)) == "9 Desember 2019"
    assert waktu.hari_tanggal(CLOSING) == "Jumat, 1 November 2019"
    assert waktu.jam(CLOSING) == "23.59 WIB"
    assert waktu.jam_detik(CLOSING + timedelta(seconds=11)) == "23.59.11 WIB"
    assert waktu.wib(None) == waktu.batas(None) == "–"


def test_an_instant_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        waktu.wib(datetime(2019, 11, 1))  # noqa: DTZ001


def test_the_end_of_a_half_open_window_is_its_last_minute():
    assert waktu.batas(MIDNIGHT) == "1 November 2019 23.59 WIB"
    assert waktu.batas(MIDNIGHT - timedelta(seconds=1)) == "1 November 2019 23.59 WIB"


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Jakarta", "1 November 2019 23.59 WIB<"),
        ("Asia/Makassar", "1 November 2019 23.59 WIB (2 November 2019 00.59 WITA)<"),
        ("Asia/Jayapura", "1 November 2019 23.59 WIB (2 November 2019 01.59 WIT)<"),
    ],
)
def test_the_readers_own_zone_stands_behind_wib(zone, shown):
    html = draw("{% waktu t %}", t=CLOSING, user=SimpleNamespace(zona_waktu=zone))
    assert shown in html
    assert 'datetime="2019-11-01T16:59:00Z"' in html


def test_on_the_same_day_only_the_time_is_repeated():
    noon = datetime(2019, 11, 1, 5, tzinfo=UTC)
    html = draw("{% waktu t %}", t=noon, user=SimpleNamespace(zona_waktu="Asia/Makassar"))
    assert "1 November 2019 12.00 WIB (13.00 WITA)<" in html


@pytest.mark.parametrize(
    ("first", "last", "short", "text"),
    [
        (date(2019, 11, 2), date(2019, 11, 13), False, "2 – 13 November 2019"),
        (date(2019, 10, 21), date(2019, 11, 1), True, "21 Oktober – 1 November"),
        (date(2019, 12, 30), date(2020, 1, 2), False, "30 Desember 2019 – 2 Januari 2020"),
        (date(2019, 12, 9), date(2019, 12, 9), False, "9 Desember 2019"),
        (CLOSING - timedelta(days=3), MIDNIGHT, False, "29 Oktober – 1 November 2019"),
        (None, MIDNIGHT, False, "–"),
    ],
)
def test_a_range_of_days_repeats_nothing(first, last, short, text):
    assert waktu.rentang(first, last, singkat=short) == text


def test_a_length_of_time_has_its_two_largest_units():
    assert waktu.durasi(timedelta(days=3, hours=4, minutes=5)) == "3 hari 4 jam"
    assert waktu.durasi(720) == "12 menit"
    assert waktu.durasi(0) == "0 detik"
    assert waktu.durasi(None) == "–"


def test_a_countdown_carries_the_servers_now():
    now = MIDNIGHT - timedelta(hours=5)
    html = draw("{% hitung_mundur t %}", t=MIDNIGHT, sekarang=now)
    assert "5 jam lagi" in html
    assert 'data-sekarang="2019-11-01T12:00:00Z"' in html
    assert "telah lewat" in draw("{% hitung_mundur t %}", t=MIDNIGHT, sekarang=MIDNIGHT)


def test_the_present_may_be_worked_out_lazily():
    now = SimpleLazyObject(lambda: MIDNIGHT - timedelta(hours=5))
    assert "5 jam lagi" in draw("{% hitung_mundur t %}", t=MIDNIGHT, sekarang=now)
    assert "Tahap 1 dari 2" in draw("{% garis_tahap %}", tahap_list=stages(), sekarang=now)


@pytest.mark.parametrize("status", list(components._lencana.STATUS))
def test_every_status_has_a_word_and_an_icon(status):
    word, _, _ = components._lencana.describe(status)
    html = str(components.lencana(status))
    assert word in html
    assert "<svg" in html
    assert components.lencana(status, label="Lain") != html


def test_an_unknown_status_is_written_as_it_is_and_escaped():
    assert "Sedang apa" in components.lencana("sedang_apa")
    assert "<b>" not in components.lencana("<b>")


@pytest.mark.parametrize(
    "source",
    [
        '{% meter nilai=1 maks=2 label="a" warna="x" %}',
        '{% kosong judul="a" warna="x" %}',
        '{% lencana "draf" warna="x" %}',
        '{% ikon "tidak-ada" %}',
        '{% kartu_angka "a" nilai=1 nada="merah" %}',
        '{% remah "a" "/a/" %}',
    ],
)
def test_a_component_refuses_what_it_does_not_know(source):
    with pytest.raises(TemplateSyntaxError):
        draw(source)


def test_a_meter_says_its_numbers_and_survives_nothing():
    assert "12 dari 20 isian" in draw('{% meter nilai=12 maks=20 label="a" satuan="isian" %}')
    assert 'max="1"' in draw('{% meter nilai=0 maks=0 label="a" %}')


def test_a_refused_act_shows_its_reason_and_no_form():
    source = '{% aksi url="/x" label="Kirim" verdict=v %}'
    refused = draw(source, v=Verdict(ok=False, alasan="Belum lengkap."))
    assert "<form" not in refused
    assert refused.count("Belum lengkap.") == 2
    allowed = draw(source + '{% konfirmasi url="/y" label="a" judul="b" %}', v=Verdict(ok=True))
    assert allowed.count('method="post"') == 2


def test_the_csrf_token_reaches_the_forms_of_components():
    source = '{% aksi url="/x" label="Kirim" kunci="k1" %}'
    html = draw(source, csrf_token="a" * 32)
    assert "csrfmiddlewaretoken" in html
    assert 'name="kunci" value="k1"' in html


class ContohForm(forms.Form):
    """One field of each layout."""

    nama = forms.CharField(label="Nama", help_text="Sesuai surat tugas.")
    tingkat = forms.ChoiceField(choices=[("1", "Satu"), ("2", "Dua")], widget=forms.RadioSelect)
    setuju = forms.BooleanField(label="Setuju")
    catatan = forms.CharField(required=False, widget=forms.Textarea)
    kunci = forms.CharField(widget=forms.HiddenInput, initial="k")


def test_a_field_shows_label_hint_error_and_counter_and_ties_them():
    html = draw("{% medan f.nama batas_kata=300 %}", f=ContohForm({}))
    assert '<label class="form-label" for="id_nama">' in html
    assert 'aria-describedby="id_nama_petunjuk id_nama_salah id_nama_hitung"' in html
    assert 'data-batas-kata="300"' in html
    assert 'aria-invalid="true"' in html
    assert "(tidak wajib)" in draw("{% medan f.catatan %}", f=ContohForm())


def test_a_group_is_a_fieldset_whose_choices_keep_what_was_chosen():
    html = draw("{% medan f.tingkat %}", f=ContohForm({"tingkat": "2"}))
    assert html.count('type="radio"') == 2
    assert html.count("checked") == 1
    assert "<fieldset" in html
    assert '<label class="form-check-label" for="id_tingkat_1">Dua</label>' in html


def test_a_hidden_field_is_only_itself():
    html = draw("{% medan f.kunci %}", f=ContohForm())
    assert "label" not in html
    assert 'type="hidden"' in html


def test_the_error_summary_links_to_each_wrong_field_and_is_absent_when_unbound():
    assert 'href="#id_nama"' in draw("{% galat_form f %}", f=ContohForm({}))
    assert draw("{% galat_form f %}", f=ContohForm()).strip() == ""


def test_pagination_keeps_the_rest_of_the_query():
    request = RequestFactory().get("/", {"q": "kota & kab", "halaman": "2"})
    page = Paginator(range(312), 50).page(2)
    html = draw("{% halaman p %}", p=page, request=request)
    assert "?q=kota+%26+kab&amp;halaman=3" in html
    assert "51–100 dari 312" in html
    assert 'aria-current="page">2<' in html


def test_bars_carry_the_same_numbers_as_the_table():
    rows = [{"label": "Kota", "nilai": 50}, {"label": "Kabupaten", "nilai": Decimal("200")}]
    html = draw('{% batang d judul="Jumlah" %}', d=rows)
    assert 'width="25.00"' in html
    assert 'width="100.00"' in html
    assert ">200</td>" in html


def stages() -> list[dict]:
    """Two stages, of which the first closes at midnight of the first of November."""
    return [
        {"nama": "Pendaftaran", "mulai": MIDNIGHT - timedelta(days=11), "selesai": MIDNIGHT},
        {"nama": "Wawancara", "mulai": MIDNIGHT, "selesai": MIDNIGHT + timedelta(days=5)},
    ]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (MIDNIGHT - timedelta(days=20), "Berikutnya: <b>Pendaftaran</b>"),
        (MIDNIGHT - timedelta(seconds=1), "Tahap 1 dari 2: <b>Pendaftaran</b>"),
        (MIDNIGHT, "Tahap 2 dari 2: <b>Wawancara</b>"),
        (MIDNIGHT + timedelta(days=5), "Seluruh tahapan telah selesai"),
    ],
)
def test_the_stage_line_turns_at_the_instant(now, expected):
    assert expected in draw("{% garis_tahap %}", tahap_list=stages(), sekarang=now)


def test_overlapping_stages_each_have_their_line_and_own_work_comes_alone():
    both = stages()
    both[0]["selesai"] = MIDNIGHT + timedelta(days=2)
    now = MIDNIGHT + timedelta(hours=1)
    html = draw("{% garis_tahap %}", tahap_list=both, sekarang=now)
    assert "Tahap 1 dari 2: <b>Pendaftaran</b>" in html
    assert "Tahap 2 dari 2: <b>Wawancara</b>" in html
    own = [both[0], both[1] | {"milik": True}]
    html = draw("{% garis_tahap %}", tahap_list=own, sekarang=now)
    assert "<b>Pendaftaran</b>" not in html
    assert "Tahap 2 dari 2: <b>Wawancara</b>" in html


def test_an_instant_is_shown_in_the_zone_of_the_agency_too():
    html = draw('{% waktu d zona="Asia/Jayapura" %}', d=MIDNIGHT + timedelta(hours=3))
    assert "WIB (" in html
    assert "WIT)" in html
    assert "(" not in draw('{% waktu d zona="Asia/Jakarta" %}', d=MIDNIGHT)


def test_the_stage_line_is_red_only_near_its_end():
    near = draw("{% garis_tahap %}", tahap_list=stages(), sekarang=MIDNIGHT - timedelta(days=2))
    party = [stages()[0] | {"tenggat": False}, *stages()[1:]]
    calm = draw("{% garis_tahap %}", tahap_list=party, sekarang=MIDNIGHT - timedelta(days=2))
    assert 'class="tenggat"' not in calm
    far = draw("{% garis_tahap %}", tahap_list=stages(), sekarang=MIDNIGHT - timedelta(days=9))
    assert 'class="tenggat"' in near
    assert 'class="tenggat"' not in far
    assert draw("{% garis_tahap %}", sekarang=MIDNIGHT).strip() == ""


def test_tasks_and_timeline_show_state_and_when():
    tasks = [
        {"judul": "Profil", "url": "/profil/", "status": "selesai"},
        {"judul": "Kirim", "url": "/kirim/", "status": "belum_bisa", "keterangan": "Nanti"},
    ]
    html = draw("{% langkah d %}", d=tasks)
    assert 'href="/profil/"' in html
    assert 'href="/kirim/"' not in html
    past = [{"waktu": CLOSING, "judul": "Dikirim", "oleh": "Admin", "status": "dikirim"}]
    assert "1 November 2019 23.59 WIB" in draw("{% garis_waktu r %}", r=past)


def test_what_people_type_is_escaped_everywhere():
    evil = "<script>x</script>"
    html = draw(
        '{% remah a "/" a %}{% kosong a teks=a %}{% kartu_angka a nilai=a %}'
        "{% ringkasan r %}{% batang b judul=a %}{% langkah l %}",
        a=evil,
        r=[{"label": evil, "nilai": evil}],
        b=[{"label": evil, "nilai": 1}],
        l=[{"judul": evil, "url": "", "status": evil}],
    )
    assert "<script" not in html
