"""The acts of an entry's road, with Redis frozen: each is a row, and nothing leaves in the request.

tests/penjaga.py listens in every test; here it is shown to hear, and the acts are done while the
broker and the cache say nothing.
"""

import http.client
import os
import signal
import smtplib
import socket

import pytest
from celery import current_app
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from evaluasi.actions.lembar import lock_lembar
from evaluasi.queries.lembar import butir_of as items_of
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.models import Pekerjaan, Pesan
from kompetisi.pdf import render_pdf
from penghargaan.models import Penerbitan, Piagam
from penghargaan.tests.factories import AFTER, DECREED, Panggung
from registrasi.queries.administrasi import butir_of
from registrasi.tests import factories as r
from registrasi.tests import factories_panitia as p
from tests import penjaga

pytestmark = pytest.mark.django_db


# --- The guard hears ------------------------------------------------------------------------------


def post(view, path="/uji/") -> list[str]:
    """What is heard while this view answers; nothing of it is left for the test's end."""
    request = RequestFactory().post(path)
    penjaga.guard(lambda _: view() or HttpResponse())(request)
    heard, penjaga.found[:] = list(penjaga.found), []
    return heard


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


def send_mail() -> None:
    mail.send_mail("Judul", "Isi", "a@uji.test", ["b@uji.test"])


def speak_smtp() -> None:
    with pytest.raises(OSError, match="refused"):
        smtplib.SMTP("127.0.0.1", closed_port())


def ask_server() -> None:
    with pytest.raises(OSError, match="refused"):
        http.client.HTTPConnection("127.0.0.1", closed_port()).request("GET", "/")


def start_task() -> None:
    current_app.send_task("kompetisi.tidak_ada", queue="uji-penjaga", expires=1)


def draw() -> None:
    render_pdf("pdf/dasar.html", {})


@pytest.mark.parametrize(
    ("view", "heard"),
    [
        (send_mail, "surel Judul"),
        (speak_smtp, "smtplib.connect"),
        (ask_server, "http.client.connect"),
        (start_task, "tugas kompetisi.tidak_ada"),
        (draw, "PDF Step 1"),
    ],
)
def test_the_guard_hears_what_leaves_in_a_request(view, heard):
    assert any(f"POST /uji/: {heard}" in line for line in post(view))
    view()  # outside a request nobody waits
    assert penjaga.found == []


def test_signing_in_through_a_provider_may_ask_it():
    assert post(ask_server, "/akun/oidc/sso/login/") == []


# --- The road -------------------------------------------------------------------------------------


@pytest.fixture
def frozen(own_redis):
    """Redis takes connections and answers nothing."""
    os.kill(own_redis.pid, signal.SIGSTOP)


@pytest.fixture
def enter(client):
    def as_role(edisi, *peran):
        client.force_login(p.make_pengguna("Petugas", *peran, edisi=edisi))

    return as_role


def test_an_account_is_made_and_its_password_reset(frozen, client):
    f.make_edisi()
    words = dict.fromkeys(("password1", "password2"), "Xk9-pejabat-7-lama")
    data = {"email": "baru@contoh.go.id", **words}
    assert client.post(reverse("account_signup"), data).status_code == 302
    ask = {"email": "baru@contoh.go.id"}
    assert client.post(reverse("account_reset_password"), ask).status_code == 302
    assert set(Pesan.objects.values_list("jenis", "status")) == {
        ("surel_bukti", "menunggu"), ("sandi_atur_ulang", "menunggu"),
    }  # fmt: skip


def test_an_account_is_approved(frozen, client, enter):
    enter(p.make_edisi(), "sekretariat")
    row = p.make_anggota(p.make_instansi(), status="diajukan")
    with clock.travel(p.wib(28, month=10)):
        answer = client.post(reverse("registrasi_panitia:akun-persetujuan", args=[row.pk]))
    assert answer.status_code == 302
    assert Pesan.objects.filter(jenis="akun_disetujui").exists()


def test_an_entry_is_sent_with_its_files(frozen, client):
    edisi, dewi = r.make_edisi(), r.make_admin(r.make_instansi())
    with clock.travel(r.BUKA):
        row = r.make_pendaftaran(edisi, dewi, lengkap=True)
        client.force_login(dewi)
        kode = edisi.jenis_dokumen.first().kode
        file = {"berkas": SimpleUploadedFile("sk.pdf", r.pdf_bytes("sk"))}
        page = reverse("registrasi:dokumen-unggah", args=[row.kode, kode])
        assert client.post(page, file).status_code == 302
        data = {
            "kunci": "kunci-uji", "pernyataan": "on", "penandatangan_nama": "Nama",
            "penandatangan_jabatan": "Kepala Dinas",
        }  # fmt: skip
        answer = client.post(reverse("registrasi:pengiriman", args=[row.kode]), data)
    assert answer.status_code == 302
    assert Pesan.objects.filter(jenis="tanda_terima").exists()


def test_an_entry_passes_the_gate(frozen, client, enter):
    edisi = p.make_edisi()
    enter(edisi, "sekretariat")
    row = p.fill_pendaftaran(p.make_pendaftaran(edisi, status="dikirim"))
    met = {f"hasil_{item.kode}": "memenuhi" for item in butir_of(row)}
    with clock.travel(p.wib(3)):
        for name, data in (("pemeriksaan", met), ("putusan", {"putusan": "lolos"})):
            page = reverse(f"registrasi_panitia:administrasi-{name}", args=[row.kode])
            assert client.post(page, data).status_code == 302
    assert Pesan.objects.filter(jenis="administrasi_lolos").exists()


def test_a_sheet_is_locked_and_opened_again(frozen, client, enter):
    edisi = f.make_edisi()
    with clock.travel(f.IN_STAGE):
        entry = f.fill_pendaftaran(f.make_pendaftaran(edisi, status="lolos_administrasi"))
        lembar = f.make_lembar(f.make_evaluator(edisi), entry)
        client.force_login(lembar.penugasan.evaluator.pengguna)
        data = {"catatan_umum": "Baik.", "versi": lembar.versi, "aksi": "kunci"}
        for item in items_of(lembar.pk):
            key = item.kriteria_id
            data |= {f"tingkat-{key}": item.tingkat[0]["kode"], f"versi-{key}": 0}
        answer = client.post(reverse("evaluasi:lembar", args=[lembar.pk]), data)
        assert client.post(answer.url).status_code == 302
        enter(edisi, "ketua")
        page = reverse("evaluasi_panitia:pembukaan", args=[lembar.pk])
        assert client.post(page, {"alasan": "Salah baca."}).status_code == 302
        assert lock_lembar(lembar=lembar, oleh=lembar.penugasan.evaluator.pengguna)
    assert Pesan.objects.filter(jenis="lembar_dibuka").exists()


def test_a_result_is_published_and_its_certificates_are_ordered(frozen, client):
    stage = Panggung()
    stage.kuota(1, 0)
    stage.masuk("Kota A")
    stage.tetapkan()

    def page(name):
        return reverse(f"penghargaan_panitia:{name}")

    with clock.travel(DECREED):
        client.force_login(stage.sekretariat)
        when = {"tanggal": "2019-12-09", "pukul": "19.00"}
        assert client.post(page("penerbitan"), when).status_code == 302
        client.force_login(stage.admin)
        assert client.post(page("penerbitan-persetujuan")).status_code == 302
    assert Penerbitan.objects.get().disetujui_oleh == stage.admin

    with clock.travel(AFTER):
        assert client.get(reverse("penghargaan:hasil", args=[2019])).status_code == 200
        client.force_login(stage.sekretariat)
        order = {"pola": "B/{urut}/2019", "awal": "1", "tanggal": "2019-12-09"}
        order |= {"langkah": "terbitkan"}
        assert client.post(page("piagam-penerbitan"), order).status_code == 302
    assert Piagam.objects.count() == Pekerjaan.objects.count() == 1  # drawn by the worker
