"""What a person chooses: at once, every morning, or in the application only."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.pesan import deliver_due_pesan
from kompetisi.actions.pilihan import update_pilihan
from kompetisi.actions.ringkasan import last_seven, send_ringkasan
from kompetisi.models import Pesan, PilihanPesan
from kompetisi.tests.factories import make_edisi_kosong, make_pengguna, wib

pytestmark = pytest.mark.django_db
DRAFT = {"kode": "2019-0042", "peserta": "Kota Contoh", "tenggat": "1 November 2019"}
GONE = {"unit": "Dinas", "alasan": "Pindah."}


@pytest.fixture
def edisi():
    return make_edisi_kosong()


def make_daily(**fields):
    person = make_pengguna("Dewi Lestari", **fields)
    update_pilihan(oleh=person, cara="harian", ditolak=[])
    return person


def remind(person, at, kunci="uji:1", **more):
    with clock.travel(at):
        return queue_pesan(kunci=kunci, jenis="pengingat", isian=DRAFT, kepada=person, **more)


def run(at):
    with clock.travel(at):
        return send_ringkasan(at=at)


def test_what_may_wait_comes_in_one_mail_at_seven_and_once(edisi, mailoutbox):
    dewi = make_daily()
    remind(dewi, wib("2019-10-25 09:00"))
    remind(dewi, wib("2019-10-25 15:00"), "uji:2")
    remind(dewi, wib("2019-10-26 08:00"), "uji:3")

    assert deliver_due_pesan() == 0
    assert run(wib("2019-10-26 06:59")) == 0
    assert [run(wib("2019-10-26 09:00")) for _ in range(2)] == [1, 0]
    assert deliver_due_pesan() == 1

    (mail,) = mailoutbox
    assert mail.subject == "Ringkasan 2 pesan, 26 Oktober 2019"
    assert mail.body.count("belum dikirim") == 2
    states = dict(Pesan.objects.exclude(jenis="ringkasan").values_list("kunci", "status"))
    assert states == {"uji:1": "selesai", "uji:2": "selesai", "uji:3": "ditampung"}


def test_a_summary_after_days_without_beat_holds_them_all(edisi):
    dewi = make_daily()
    remind(dewi, wib("2019-10-22 09:00"))
    remind(dewi, wib("2019-10-24 09:00"), "uji:2")
    assert run(wib("2019-10-25 20:00")) == 1
    assert Pesan.objects.get(jenis="ringkasan").isian["jumlah"] == "2"


@pytest.mark.parametrize(
    ("zona", "seven"),
    [
        ("Asia/Jakarta", "2019-10-25 07:00"),
        ("Asia/Makassar", "2019-10-26 06:00"),
        ("Asia/Jayapura", "2019-10-26 05:00"),
    ],
)
def test_seven_is_seven_where_the_reader_lives(zona, seven):
    assert last_seven(wib("2019-10-26 06:30"), zona) == wib(seven)


def test_obligatory_and_urgent_messages_do_not_wait_for_it(edisi):
    dewi = make_daily()
    with clock.travel(wib("2019-10-25 09:00")):
        gone = queue_pesan(kunci="a", jenis="admin_unit_dicabut", isian=GONE, kepada=dewi)
    urgent = remind(dewi, wib("2019-10-25 09:00"), segera=True)
    assert (gone.status, urgent.status) == ("menunggu", "menunggu")


def test_a_summary_leaves_out_what_is_done(edisi, settings):
    settings.SYARAT_PESAN = {"tidak": f"{__name__}.never"}
    dewi = make_daily()
    remind(dewi, wib("2019-10-25 09:00"), syarat="tidak:1")
    assert run(wib("2019-10-26 09:00")) == 0
    assert Pesan.objects.get().status == "dibatalkan"


def never(argumen, at):
    return False


def test_a_refused_kind_is_in_the_inbox_and_not_in_the_mail(edisi, mailoutbox):
    person = make_pengguna()
    update_pilihan(oleh=person, cara="langsung", ditolak=["pengingat", "tanda_terima"])
    remind(person, wib("2019-10-25 09:00"))
    assert deliver_due_pesan() == 0
    assert person.pesan.get().status == "tanpa_surel"
    # A receipt cannot be refused.
    assert PilihanPesan.objects.get().ditolak == ["pengingat"]


def test_the_page_stores_the_choices_and_asks_for_no_number_without_a_gateway(client, edisi):
    person = make_pengguna()
    client.force_login(person)
    address = reverse("publik:pilihan")
    assert "Nomor telepon seluler" not in client.get(address).text
    answer = client.post(address, {"cara": "harian", "disurel": ["pengingat"]})
    assert answer.status_code == 302
    row = PilihanPesan.objects.get(pengguna=person)
    assert row.cara == "harian"
    assert "pengingat" not in row.ditolak
    assert "pengingat_lembar" in row.ditolak


def test_the_page_refuses_a_wrong_number_and_keeps_it_typed(client, edisi, settings):
    settings.GERBANG_URL = "http://127.0.0.1:9/"
    client.force_login(make_pengguna())
    data = {"cara": "langsung", "nomor": "024 765", "setuju": "on"}
    page = client.post(reverse("publik:pilihan"), data)
    assert page.status_code == 422
    assert 'value="024 765"' in page.text
    assert client.post(reverse("publik:pilihan"), data | {"nomor": "0812 3456 7890"}).url
    assert PilihanPesan.objects.get().nomor == "+6281234567890"


def test_the_inbox_does_not_show_the_summary_itself(edisi, client):
    dewi = make_daily()
    remind(dewi, wib("2019-10-25 09:00"))
    run(wib("2019-10-25 09:00") + timedelta(days=1))
    client.force_login(dewi)
    page = client.get(reverse("publik:pesan")).text
    assert "belum dikirim" in page
    assert "Ringkasan 1 pesan" not in page
