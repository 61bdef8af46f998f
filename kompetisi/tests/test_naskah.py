"""Texts of messages: filled without reach beyond their values, edited as versions, shown first."""

import pytest
from django.db import connection
from django.template.defaultfilters import linebreaks
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.naskah import reset_naskah, save_naskah
from kompetisi.actions.pesan import deliver_due_pesan
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from kompetisi.models import JejakAudit, NaskahPesan, Pesan
from kompetisi.rules.katalog import katalog
from kompetisi.rules.naskah import faults_of, fill, fill_isi, fill_subjek
from kompetisi.tests.factories import make_edisi_kosong, make_pengguna, make_peran

DRAFT = {"kode": "2019-0042", "peserta": "Kota Contoh", "tenggat": "1 November 2019 23.59 WIB"}
ISI = "Yth. {nama}, kirim {kode} sebelum {tenggat}."


@pytest.fixture
def edisi(db):
    return make_edisi_kosong()


@pytest.fixture
def sekretariat(edisi):
    return make_peran(edisi, "sekretariat")


def save(edisi, oleh, *, isi=ISI, subjek="Kirim {kode}", versi=0):
    return save_naskah(
        edisi=edisi, jenis=katalog()["pengingat"], subjek=subjek, isi=isi, versi=versi, oleh=oleh
    )


def queue(edisi, kunci="uji:1", **isian):
    person = make_pengguna("Dewi Lestari")
    return queue_pesan(
        kunci=kunci, jenis="pengingat", edisi=edisi, isian=DRAFT | isian, kepada=person
    )


# Filling


@pytest.mark.parametrize(
    "text",
    [
        "{kode.__class__}",
        "{kode!r}",
        "{kode:>999999999}",
        "{{ kode }}",
        "{% load static %}{% static 'x' %}",
        "{0}",
        "{}",
        "{KODE}",
        "{kode",
        "kode}",
    ],
)
def test_nothing_but_a_name_in_braces_is_a_place(text):
    jenis = katalog()["pengingat"]
    assert "isi" in faults_of(jenis, subjek="Uji", isi=f"{ISI} {text}")
    assert "nilai.__class__" not in fill(text, {"kode": "nilai"})


def test_a_value_is_never_read_as_a_text():
    assert fill("{a} {b}", {"a": "{b}", "b": "dua"}) == "{b} dua"


def test_a_subject_stays_one_line_whatever_is_filled_in():
    filled = fill_subjek("Pendaftaran {kode}", {"kode": "1\r\nBcc: lain@uji.test\x00\u2028x"})
    assert filled == "Pendaftaran 1 Bcc: lain@uji.test x"
    assert len(fill_subjek("{kode}", {"kode": "x" * 900})) == 200


def test_an_empty_value_leaves_no_hole():
    assert fill_isi("Satu.\r\n\r\n{catatan}\r\n\r\nDua.", {"catatan": ""}) == "Satu.\n\nDua."


# Saving


def test_an_edited_text_holds_from_then_on_and_only_in_its_edition(edisi, sekretariat):
    before = queue(edisi)
    naskah = save(edisi, sekretariat)
    after = queue(edisi, "uji:2")
    other = queue(make_edisi_kosong(2020), "uji:3")

    assert before.subjek == "Pendaftaran 2019-0042 belum dikirim"
    assert after.subjek == "Kirim 2019-0042"
    assert after.isi == "Yth. Dewi Lestari, kirim 2019-0042 sebelum 1 November 2019 23.59 WIB."
    assert (before.naskah, after.naskah, other.naskah) == (None, naskah, None)
    assert JejakAudit.objects.filter(tindakan="naskah.ubah").count() == 1


def test_every_version_is_kept_and_the_default_can_come_back(edisi, sekretariat):
    save(edisi, sekretariat)
    save(edisi, sekretariat, isi=f"{ISI} Segera.", versi=1)
    reset_naskah(edisi=edisi, jenis=katalog()["pengingat"], versi=2, oleh=sekretariat)

    assert list(NaskahPesan.objects.values_list("versi", "bawaan")) == [
        (3, True), (2, False), (1, False),
    ]  # fmt: skip
    assert queue(edisi).subjek == "Pendaftaran 2019-0042 belum dikirim"


@pytest.mark.parametrize(
    ("isi", "told"),
    [
        ("Kirim {kode} sebelum {tenggat}. {skor}", "{skor} tidak dikenal"),
        ("Kirim {kode}.", "{tenggat} wajib ada"),
        ("{kode} {tenggat} {{x}}", "Kurung kurawal"),
    ],
)
def test_an_unknown_or_missing_place_is_told_and_nothing_is_stored(edisi, sekretariat, isi, told):
    with pytest.raises(InvalidInputError) as refusal:
        save(edisi, sekretariat, isi=isi)
    assert told in refusal.value.rincian["isi"]
    assert not NaskahPesan.objects.exists()


def test_two_who_edit_at_once_do_not_overwrite_each_other(edisi, sekretariat):
    save(edisi, sekretariat)
    with pytest.raises(StaleVersionError) as refusal:
        save(edisi, make_peran(edisi, "admin_panrb"), isi=f"{ISI} Lain.")
    assert refusal.value.rincian["versi"] == 1


@pytest.mark.parametrize("jenis", ["ketua", "evaluator", "pengamat"])
def test_others_do_not_edit(edisi, jenis):
    with pytest.raises(NotAllowedError):
        save(edisi, make_peran(edisi, jenis))


def test_a_stored_text_whose_place_is_gone_gives_way_to_the_default(edisi, sekretariat):
    NaskahPesan.objects.create(
        edisi=edisi, jenis="pengingat", versi=1, subjek="A {lama}", isi=ISI, oleh=sekretariat,
        pada=edisi.tahap.first().mulai,
    )  # fmt: skip
    assert queue(edisi).subjek == "Pendaftaran 2019-0042 belum dikirim"


def test_a_caller_with_the_wrong_values_is_told(edisi):
    with pytest.raises(ValueError, match="needs exactly"):
        queue(edisi, skor="100")
    with pytest.raises(ValueError, match="not in the catalogue"):
        queue_pesan(kunci="x", jenis="tidak_ada", isian={}, alamat="a@uji.test")


# The mail


def test_the_mail_has_text_and_html_of_the_same_words_escaped(edisi, mailoutbox):
    pesan = queue(edisi, peserta="<script>alert(1)</script> & Rekan")
    assert deliver_due_pesan() == 1
    mail = mailoutbox[0]
    html = mail.alternatives[0].content
    assert pesan.isi in mail.body
    assert "Yth. Dewi Lestari" in mail.body
    assert "<script>" not in html
    assert linebreaks(pesan.isi, autoescape=True) in html


# The page


def test_the_page_previews_with_a_real_message_and_stores_nothing(client, edisi, sekretariat):
    pesan = queue(edisi, kode="2019-0777")
    client.force_login(sekretariat)
    address = reverse("panitia:naskah-rinci", args=["pengingat"])
    data = {"subjek": "Segera {kode}", "isi": ISI, "versi": 0, "pratinjau": 1, "contoh": pesan.pk}

    page = client.post(address, data)

    assert page.status_code == 200
    assert "Segera 2019-0777" in page.text
    assert "Yth. Dewi Lestari" in page.text
    assert not NaskahPesan.objects.exists()


def test_the_page_keeps_what_was_typed_when_it_refuses(client, edisi, sekretariat):
    client.force_login(sekretariat)
    address = reverse("panitia:naskah-rinci", args=["pengingat"])

    page = client.post(address, {"subjek": "A {salah}", "isi": ISI, "versi": 0})

    assert page.status_code == 422
    assert "{salah} tidak dikenal" in page.text
    assert 'value="A {salah}"' in page.text


def test_the_page_stores_lists_and_resets(client, edisi, sekretariat):
    client.force_login(sekretariat)
    address = reverse("panitia:naskah-rinci", args=["pengingat"])
    assert client.post(address, {"subjek": "A {kode}", "isi": ISI, "versi": 0}).status_code == 302
    assert "Versi 1" in client.get(reverse("panitia:naskah")).text
    stale = client.post(reverse("panitia:naskah-bawaan", args=["pengingat"]), {"kunci": 0})
    assert stale.status_code == 409
    client.post(reverse("panitia:naskah-bawaan", args=["pengingat"]), {"kunci": 1})
    assert NaskahPesan.objects.first().bawaan


def test_a_kind_that_is_unknown_has_no_page(client, edisi, sekretariat):
    client.force_login(sekretariat)
    assert client.get(reverse("panitia:naskah-rinci", args=["tidak_ada"])).status_code == 404


def test_the_list_costs_the_same_with_more_versions(
    client, edisi, sekretariat, django_assert_num_queries
):
    client.force_login(sekretariat)
    save(edisi, sekretariat)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("panitia:naskah"))
    for versi in range(1, 4):
        save(edisi, sekretariat, isi=f"{ISI} {versi}", versi=versi)
    with django_assert_num_queries(len(few)):
        client.get(reverse("panitia:naskah"))


def test_messages_written_before_stay_as_they_are(edisi, sekretariat):
    pesan = queue(edisi)
    save(edisi, sekretariat)
    assert Pesan.objects.get(pk=pesan.pk).subjek == "Pendaftaran 2019-0042 belum dikirim"
