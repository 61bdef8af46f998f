"""Every address an evaluator can open, in an edition that keeps names from readers."""

from unittest import mock

import pytest
from django.urls import NoReverseMatch, reverse

from evaluasi.actions.samaran import carry_out_samaran, confirm_samaran, ensure_salinan
from evaluasi.models import SalinanSamaran
from evaluasi.queries.lembar import butir_of
from evaluasi.tests import factories as f
from evaluasi.tests.factories_samaran import NAME, made, make_tersamar, owner
from kompetisi import clock
from kompetisi.models import Pekerjaan
from registrasi.models import Berkas, JawabanNarasi, Pemindaian, PenilaianMandiri
from tests.test_izin_semua_url import addresses

# One's own declaration searches the whole directory, as everybody may; it says nothing of an entry.
DIRECTORY = {"evaluasi:benturan", "evaluasi:instansi", "evaluasi_panitia:instansi"}
# The public list says who takes part; nothing in it may tell which entry is theirs.
DIRECTORY |= {"api:instansi"}
PUBLIC = ("registrasi_publik:", "api:peserta")
SAID = (b"zamrud", "Zamrud".encode("utf-16-be"))


@pytest.fixture
def lembar(db):
    """A sheet whose entry says its name wherever a participant can write."""
    with clock.travel(f.IN_STAGE):
        row = make_tersamar()
        entry = row.penugasan.pendaftaran
        JawabanNarasi.objects.filter(pendaftaran=entry).update(
            isi="Pemkot Zamrud, zamrudkota.go.id"
        )
        PenilaianMandiri.objects.filter(pendaftaran=entry).update(catatan=f"Milik {NAME}.")
        type(entry).objects.filter(pk=entry.pk).update(judul="Zamrud Tanggap")
        yield row


def confirmed(lembar) -> SalinanSamaran:
    copy = made(lembar)
    return confirm_samaran(salinan=copy, sha256=copy.sha256, oleh=lembar.petugas)


def every_address(lembar):
    """(name, address) of each address, its arguments leading to the sheet where they can."""
    values = {
        "pk": lembar.pk, "kriteria": butir_of(lembar.pk)[0].kriteria_id, "titik": 1, "foto": 1,
        "berkas": lembar.berkas.pk, "kode": lembar.penugasan.pendaftaran.kode, "tahun": 2019,
    }  # fmt: skip
    for name, arguments in addresses():
        ways = [values, values | {"kode": "dokumen", "pk": lembar.penugasan_id}]
        if not set(arguments) <= set(values):
            continue
        for way in ways if arguments else ways[:1]:
            try:
                yield name, reverse(name, kwargs={key: way[key] for key in arguments})
            except NoReverseMatch:  # a number where the address wants a word
                continue


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("state", ["none", "made", "confirmed"])
def test_no_address_and_no_file_says_who_it_is(lembar, client, state):
    if state != "none":
        (confirmed if state == "confirmed" else made)(lembar)
    client.force_login(owner(lembar))
    seen = set()
    for name, address in every_address(lembar):
        if name in DIRECTORY:
            continue
        for query in ("", "?kecil", "?unduh") if name == "evaluasi:berkas" else ("",):
            answer = client.get(address + query)
            said = content_of(answer) + str(answer.headers).encode()
            if name.startswith(PUBLIC):
                assert lembar.penugasan.pendaftaran.kode.encode() not in said, address
                assert b"Tanggap" not in said, address
                continue
            assert not any(word in (said.lower(), said)[i] for i, word in enumerate(SAID)), address
            seen.add((name, answer.status_code))
    assert ("evaluasi:lembar", 200) in seen and ("evaluasi:dasbor", 200) in seen
    assert (("evaluasi:berkas", 200) in seen) is (state == "confirmed")


@pytest.mark.parametrize("part", ["bytes=0-99", "bytes=100-", "bytes=-50"])
def test_a_part_is_of_the_copy_or_none(lembar, client, part):
    client.force_login(owner(lembar))
    address = reverse("evaluasi:berkas", args=[lembar.pk, lembar.berkas.pk])
    refused = client.get(address, headers={"Range": part})
    assert refused.status_code == 403 and "sedang disamarkan" in refused.text
    copy = confirmed(lembar)
    answer = client.get(address, headers={"Range": part})
    assert answer.status_code == 206
    assert answer["Content-Range"].endswith(f"/{copy.ukuran}")


def test_nothing_is_made_from_what_the_scanner_holds_back(lembar):
    Berkas.objects.filter(pk=lembar.berkas.pk).update(pemindaian=Pemindaian.MENUNGGU)
    ensure_salinan(f.tahap_dokumen(lembar.penugasan.tahap.edisi))
    work = Pekerjaan.objects.get(tugas="evaluasi.samarkan_berkas")
    assert not carry_out_samaran(pk=work.pk)
    assert SalinanSamaran.objects.get().keadaan == "dibuat"
    work.refresh_from_db()
    assert "pemindaian" in work.galat.casefold()


def test_an_edition_that_shows_names_asks_for_no_copy(lembar, client):
    edisi = lembar.penugasan.tahap.edisi
    edisi.aturan["samarkan_peserta"] = False
    edisi.save()
    client.force_login(owner(lembar))
    with mock.patch.object(SalinanSamaran, "objects") as asked:
        assert client.get(reverse("evaluasi:lembar", args=[lembar.pk])).status_code == 200
        assert client.get(reverse("evaluasi:dasbor")).status_code == 200
        assert fetch_original(client, lembar) == 200
    assert not asked.mock_calls


def fetch_original(client, lembar) -> int:
    answer = client.get(reverse("evaluasi:berkas", args=[lembar.pk, lembar.berkas.pk]))
    content_of(answer)
    return answer.status_code
