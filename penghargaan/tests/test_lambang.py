"""The emblem: a picture of the right kind, cleaned, used on what is issued afterwards."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from kompetisi.models import Lambang
from kompetisi.tests.factories import make_edisi_kosong, make_peran
from penghargaan.pdf.piagam import emblem, seal

pytestmark = pytest.mark.django_db


def picture(tipe="PNG", size=(300, 300), tail=b""):
    out = BytesIO()
    Image.new("RGB", size, "#12437a").save(out, tipe)
    return SimpleUploadedFile("lambang.png", out.getvalue() + tail, content_type="image/png")


@pytest.fixture
def edisi():
    return make_edisi_kosong()


def send(client, file):
    return client.post(reverse("penghargaan_panitia:lambang"), {"gambar": file})


@pytest.mark.parametrize("tipe", ["PNG", "JPEG"])
def test_admin_replaces_it_and_nothing_but_pixels_is_kept(client, edisi, tipe):
    client.force_login(make_peran(edisi, "admin_panrb"))
    assert (
        "Lambang sementara" in client.get(reverse("penghargaan_panitia:lambang")).content.decode()
    )
    assert client.get(reverse("penghargaan_panitia:lambang-gambar")).status_code == 404
    assert send(client, picture(tipe, tail=b"<script>")).status_code == 302
    row = Lambang.objects.get()
    with default_storage.open(row.berkas) as file:
        content = file.read()
    assert b"<script>" not in content
    assert client.get(reverse("penghargaan_panitia:lambang-gambar")).status_code == 200
    used = emblem({"kunci": row.berkas, "tipe": row.tipe})
    assert used.startswith(f"data:{row.tipe};base64,")
    assert emblem(None).startswith("data:image/svg+xml")


def test_the_seal_carries_no_other_mark_beside_a_given_emblem():
    with_mark, without = seal(tanda=True), seal(tanda=False)
    assert "M16 18h32" in with_mark
    assert "M16 18h32" not in without


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (SimpleUploadedFile("x.png", b"MZ program"), "bukan gambar"),
        (SimpleUploadedFile("x.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "bukan gambar"),
        (picture("GIF"), "bukan gambar"),
        (picture(size=(50, 50)), "piksel"),
        (picture(tail=b"0" * 3_000_000), "2 MB"),
        (SimpleUploadedFile("x.png", b""), "kosong"),
    ],
)  # fmt: skip
def test_what_is_no_such_picture_is_refused_with_the_reason(client, edisi, file, reason):
    client.force_login(make_peran(edisi, "admin_panrb"))
    answer = send(client, file)
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not Lambang.objects.exists()


@pytest.mark.parametrize(("peran", "code"), [("sekretariat", 404), ("pengamat", 403)])
def test_others_do_not_replace_it(client, edisi, peran, code):
    client.force_login(make_peran(edisi, peran))
    assert send(client, picture()).status_code == code
    assert not Lambang.objects.exists()
