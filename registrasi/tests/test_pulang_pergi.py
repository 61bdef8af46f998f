"""Every field round-trips: what is typed is what the form, the check, the receipt and the
committee show, whichever way it was saved, for any edition's form and any text."""

from collections import Counter
from datetime import date
from html.parser import HTMLParser
from itertools import count

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kompetisi import clock
from kompetisi.models import (
    Edisi,
    Jalur,
    JenisDokumen,
    Kelompok,
    Kriteria,
    Pertanyaan,
    Rubrik,
    Tahap,
)
from kompetisi.rules.tampil import Diminta
from kompetisi.tests.factories import make_peran, wib
from registrasi.actions.pendaftaran import create_pendaftaran
from registrasi.forms.isian import lines
from registrasi.models import KinerjaSP4N, Pendaftaran
from registrasi.queries.cuplikan import cuplikan_of
from registrasi.queries.formulir import diminta_dari
from registrasi.rules.isian import count_words
from registrasi.tests.factories import BUKA, make_admin, make_instansi

pytestmark = pytest.mark.django_db
_year = count(2040)
NASTY = [
    "=SUM(A1)", "@cmd", "'\"<b>&amp;</b>", "שלום عربي", "\u202eterbalik\u202c", "a\u200bb\ufeff",
    "baris\r\nkedua\n\n\nkelima", "𝕬 👩‍👩‍👧", "e\u0301 ﬁ", "{{ x }} {% y %}", "</textarea><script>",
    "\u00a0tepi\u3000", "\ttab\t", "--", "\\0 \\n", "�",
]  # fmt: skip
LEVELS = [
    {"kode": "A", "nama": "Baik", "faktor": "1", "jangkar": ""},
    {"kode": "B", "nama": "Kurang", "faktor": "0", "jangkar": ""},
]
CHOICES = ["Ada", "Tidak ada", '"Lain" & <b>']
chars = st.characters(exclude_categories=["Cs", "Cc"])
texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(chars, max_size=60),
    st.lists(st.text(chars, min_size=1, max_size=9), max_size=12).map("\n".join),
    st.just("kata " * 29 + "kata"),  # 30 words, the limit
    st.just("x" * 3000),
).filter(lambda text: count_words(text) <= 30)


@st.composite
def forms(draw) -> dict:
    """An edition's form: criteria, questions and columns, some asked only under conditions."""
    refs: list[tuple[str, str, list[str]]] = [("isian", "terhubung_lapor", ["ya", "tidak"])]

    def condition() -> dict:
        if not draw(st.booleans()):
            return {}
        kind, kode, values = draw(st.sampled_from(refs))
        chosen = draw(st.lists(st.sampled_from(values), min_size=1, unique=True))
        return {kind: kode, draw(st.sampled_from(["bernilai", "bukan"])): chosen}

    kriteria, pertanyaan = [], []
    for n in range(draw(st.integers(1, 3))):
        kriteria.append({"kode": f"K{n}", "tampil_bila": condition()})
        refs.append(("kriteria", f"K{n}", ["A", "B"]))
    for n in range(draw(st.integers(1, 4))):
        choice = draw(st.booleans())
        rule = condition()
        pilihan = CHOICES if choice else []
        pertanyaan.append({"kode": f"t{n}", "pilihan": pilihan, "tampil_bila": rule})
        if choice:
            refs.append(("pertanyaan", f"t{n}", CHOICES))
    kinds = draw(st.lists(st.sampled_from(["jumlah", "desimal", "tanggal"]), max_size=3))
    kolom = [
        {"kode": "versi" if n == 0 else f"f{n}", "nama": f"Angka {n}", "jenis": kind,
         "wajib": draw(st.booleans())}
        for n, kind in enumerate(kinds)
    ]  # fmt: skip
    dokumen = [{"kode": "surat", "tampil_bila": condition()}]
    return {
        "kriteria": kriteria, "pertanyaan": pertanyaan, "kolom": kolom, "dokumen": dokumen,
    }  # fmt: skip


def make_form(rows: dict) -> Edisi:
    """The edition of a generated form."""
    tahun = next(_year)
    periode = {"kode": "p1", "nama": "Periode", "mulai": "2019-01-01", "sampai": "2019-06-30"}
    edisi = Edisi.objects.create(
        kode=f"e{tahun}", tahun=tahun, nama="Edisi", dasar_hukum="-", jumlah_pemenang=1,
        aturan={"kinerja": {"periode": [periode], "kolom": rows["kolom"]}},
    )  # fmt: skip
    window = {"mulai": wib("2019-10-21 00:00"), "selesai": wib("2019-11-02 00:00")}
    for jenis in ("pendaftaran", "dokumen"):
        tahap = Tahap.objects.create(edisi=edisi, kode=jenis, jenis=jenis, nama=jenis, **window)
    Jalur.objects.create(
        edisi=edisi, kode="j", nama="J", sasaran="instansi", kuota_pemenang=1,
        kuota_daftar_pendek=1,
    )  # fmt: skip
    rubrik = Rubrik.objects.create(edisi=edisi, tahap=tahap, nama="R", hash="0" * 64)
    kelompok = Kelompok.objects.create(rubrik=rubrik, kode="g", nama="G", bobot=100)
    for n, row in enumerate(rows["kriteria"]):
        Kriteria.objects.create(
            kelompok=kelompok, nama="N", bobot=1, tingkat=LEVELS, urutan=n, **row
        )
    for n, row in enumerate(rows["pertanyaan"]):
        Pertanyaan.objects.create(
            edisi=edisi, teks=f"Tanya {n}", batas_kata=0 if row["pilihan"] else 30, urutan=n, **row
        )
    for row in rows["dokumen"]:
        JenisDokumen.objects.create(edisi=edisi, nama="Surat", **row)
    return edisi


class Fields(HTMLParser):
    """The values of a page's largest form, as a browser would send them, and all its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values, self.names, self.text, self._area = {}, Counter(), [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        name, kind = found.get("name"), found.get("type", "text")
        if tag == "textarea":
            self._area, self.values[name] = name, ""
        if tag == "input" and name and kind != "file":
            box = kind in ("radio", "checkbox")
            self.values.setdefault(name, "")
            if not box or "checked" in found:
                self.values[name] = found.get("value", "on" if box else "")
        if name and tag in ("input", "textarea", "select") and kind != "radio":
            self.names[name] += name != "csrfmiddlewaretoken"

    def handle_endtag(self, tag):
        self._area = None if tag == "textarea" else self._area

    def handle_data(self, data):
        if self._area:
            self.values[self._area] += data
        self.text.append(data)


def read(client: Client, address: str) -> Fields:
    page = client.get(address)
    assert page.status_code == 200
    fields = Fields(page.text)
    assert [name for name, times in fields.names.items() if times > 1] == []
    # A browser drops the line feed with which a text area begins.
    fields.values = {name: text.removeprefix("\n") for name, text in fields.values.items()}
    return fields


def address(name: str, row: Pendaftaran, *args) -> str:
    return reverse(f"registrasi:{name}", args=[row.kode, *args])


def save_by(way: str, client: Client, row: Pendaftaran, page: str, typed: dict) -> None:
    """Type into a page's form: field by field, as a whole, or first one and then the other."""
    if way in ("otomatis", "keduanya"):
        for nama, nilai in typed.items():
            fields = read(client, page).values
            versi = fields.get("versi") or fields.get(f"{nama.partition('-')[0]}-versi")
            kept = {"nama": nama, "nilai": nilai, "versi": versi}
            answer = client.post(address("simpan", row), kept)
            assert answer.status_code == 200, answer.text
    if way in ("formulir", "keduanya"):
        answer = client.post(page, read(client, page).values | typed)
        assert answer.status_code == 302, Fields(answer.text).text


def type_all(draw, row: Pendaftaran) -> tuple[dict, dict, dict]:
    """Values for every field of the pages identitas, mandiri and narasi, by the field's name."""
    line = texts.map(lambda text: " ".join(text.split())[:150])
    identity = {
        "judul": draw(line), "narahubung_nama": draw(line), "narahubung_telepon": "(021) 1-2",
        "terhubung_lapor": draw(st.sampled_from(["on", ""])), "mulai_pemakaian": "2018-02-28",
    }  # fmt: skip
    mandiri: dict = {}
    for k in Kriteria.objects.filter(kelompok__rubrik__edisi=row.edisi):
        mandiri[f"k{k.pk}-tingkat"] = draw(st.sampled_from("AB"))
        mandiri[f"k{k.pk}-catatan"] = draw(texts)
    narasi = {
        f"p{p.pk}": draw(st.sampled_from(CHOICES) if p.pilihan else texts)
        for p in row.edisi.pertanyaan.all()
    }
    return identity, mandiri, narasi


def figures(draw, kolom: list[dict]) -> tuple[dict, dict]:
    """What is typed into the columns, Indonesian style, and what is to be kept of it."""
    typed, kept = {}, {}
    for rule in kolom:
        if rule["jenis"] == "jumlah":
            kept[rule["kode"]] = number = draw(st.integers(0, 2_147_483_647))
            typed[rule["kode"]] = f"{number:,}".replace(",", ".")
        elif rule["jenis"] == "desimal":
            cents = draw(st.integers(0, 99_999_999))
            kept[rule["kode"]] = f"{cents // 100}.{cents % 100:02}"
            typed[rule["kode"]] = kept[rule["kode"]].replace(".", ",")
        else:
            day = draw(st.dates(date(2000, 1, 1), date(2019, 10, 1)))
            kept[rule["kode"]], typed[rule["kode"]] = day.isoformat(), f"{day:%d-%m-%Y}"
    return typed, kept


@given(rows=forms(), way=st.sampled_from(["formulir", "otomatis", "keduanya"]), data=st.data())
@settings(
    max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_what_is_typed_is_what_is_shown_everywhere(rows, way, data):
    with transaction.atomic(), clock.travel(BUKA):
        round_trip(rows, way, data.draw)
        transaction.set_rollback(True)


def round_trip(rows, way, draw) -> None:
    edisi, dewi, client = make_form(rows), make_admin(make_instansi()), Client()
    client.force_login(dewi)
    row = create_pendaftaran(
        edisi=edisi, jalur=edisi.jalur.get(), instansi=dewi.keanggotaan.get().instansi,
        unit=None, oleh=dewi,
    )  # fmt: skip
    identity, mandiri, narasi = type_all(draw, row)
    pages = {
        address("identitas", row): identity,
        address("mandiri", row, "g"): mandiri,
        address("narasi", row): narasi,
    }
    for page, typed in pages.items():
        save_by(way, client, row, page, typed)
    typed, kept = figures(draw, rows["kolom"])
    kinerja = address("kinerja", row, "p1")
    if rows["kolom"]:
        assert client.post(kinerja, read(client, kinerja).values | typed).status_code == 302
        assert KinerjaSP4N.objects.get(pendaftaran=row).angka == kept
        again = client.post(kinerja, read(client, kinerja).values)  # as the page shows it
        assert again.status_code == 302
        assert KinerjaSP4N.objects.get(pendaftaran=row).angka == kept
    for page, typed in pages.items():
        shown = read(client, page).values
        assert {k: lines(shown[k]) for k in typed} == {k: lines(v) for k, v in typed.items()}
    row.refresh_from_db()
    asked = diminta_dari(row)
    check_snapshot(row, asked, identity, mandiri, narasi)
    check_shown(client, row, asked, mandiri | narasi)
    client.force_login(make_peran(edisi, "sekretariat"))
    page = reverse("registrasi_panitia:pendaftaran-rinci", args=[row.kode])
    check_shown(client, row, asked, mandiri | narasi, page)


def check_snapshot(row, asked: Diminta, identity, mandiri, narasi) -> None:
    """The receipt would seal exactly what is asked, as it was typed."""
    isi = cuplikan_of(row)
    assert isi["judul"] == lines(identity["judul"])
    assert isi["narahubung"][0] == lines(identity["narahubung_nama"])
    wanted = {p.kode: lines(narasi[f"p{p.pk}"]) for p in asked.pertanyaan}
    assert {k: isi["narasi"].get(k, "") for k in wanted} == wanted
    assert isi["narasi"].keys() <= wanted.keys()
    wanted = {
        k.kode: {
            "tingkat": mandiri[f"k{k.pk}-tingkat"],
            "catatan": lines(mandiri[f"k{k.pk}-catatan"]),
        }
        for k in asked.kriteria
    }
    assert isi["penilaian_mandiri"] == wanted


def check_shown(client, row, asked: Diminta, typed: dict, page: str = "") -> None:
    """The page shows every answer that is asked, to the letter."""
    texts_ = set(Fields(client.get(page or address("periksa", row)).text).text)
    names = [f"p{p.pk}" for p in asked.pertanyaan] + [f"k{k.pk}-catatan" for k in asked.kriteria]
    lost = [typed[name] for name in names if lines(typed[name]) not in texts_ | {""}]
    assert lost == []


def test_a_text_over_its_limit_is_refused_and_kept_as_typed():
    with clock.travel(BUKA):
        rows = {
            "kriteria": [{"kode": "K0", "tampil_bila": {}}], "kolom": [], "dokumen": [],
            "pertanyaan": [{"kode": "t0", "pilihan": [], "tampil_bila": {}}],
        }  # fmt: skip
        edisi, dewi, client = make_form(rows), make_admin(make_instansi()), Client()
        client.force_login(dewi)
        row = create_pendaftaran(
            edisi=edisi, jalur=edisi.jalur.get(), instansi=dewi.keanggotaan.get().instansi,
            unit=None, oleh=dewi,
        )  # fmt: skip
        name = f"p{edisi.pertanyaan.get().pk}"
        text = "=kata “<b>” " * 31
        refused = client.post(address("narasi", row), {name: text, f"{name}-versi": "0"})
        assert refused.status_code == 422
        assert lines(Fields(refused.text).values[name]) == text.strip()
        kept = {"nama": name, "nilai": text, "versi": "0"}
        assert client.post(address("simpan", row), kept).status_code == 422
        kept["nilai"] = "a\0b"
        assert client.post(address("simpan", row), kept).status_code == 422
        assert not row.jawaban.exists()
