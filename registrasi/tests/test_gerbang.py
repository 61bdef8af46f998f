"""The gate before sending: the secretariat's own checks, each refusal with what to do."""

import pytest
from django.urls import reverse

from kompetisi import clock
from kompetisi.errors import NotAllowedError
from registrasi.actions.pengiriman import submit_pendaftaran
from registrasi.models import BuktiDukung, Keanggotaan, Pendaftaran
from registrasi.queries.administrasi import butir_of
from registrasi.queries.kelengkapan import kelengkapan_of
from registrasi.queries.pendaftaran import jalur_for
from registrasi.queries.temuan import MAX_NAMED, gerbang_of, temuan_of
from registrasi.rules.temuan import MILIK_LAIN, SAAT_KIRIM
from registrasi.tests.factories import (
    BUKA,
    make_admin,
    make_edisi,
    make_instansi,
    make_pendaftaran,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _buka():
    with clock.travel(BUKA):
        yield


@pytest.fixture
def row():
    return make_pendaftaran(make_edisi(), make_admin(make_instansi()), lengkap=True)


def send(row, kunci="k"):
    return submit_pendaftaran(
        pendaftaran=row, kunci=kunci, pernyataan=True, penandatangan_nama="Nama",
        penandatangan_jabatan="Jabatan", oleh=row.dibuat_oleh,
    )  # fmt: skip


def held(row) -> list[str]:
    row = Pendaftaran.objects.select_related("edisi", "jalur", "instansi", "unit").get(pk=row.pk)
    return [item["butir"].otomatis for item in gerbang_of(row) if item["tahan"]]


def test_an_eligible_entry_is_held_back_by_nothing_and_the_secretariat_finds_the_same(row):
    assert held(row) == []
    before = {item["butir"].kode: item["temuan"].hasil for item in gerbang_of(row)}
    sent = send(row)
    after = temuan_of(row, butir_of(row), sent)
    assert before == {kode: after[kode].hasil for kode in before}
    kinds = {b.otomatis for b in butir_of(row) if b.otomatis}
    assert len(before) == len(kinds - {*SAAT_KIRIM, *MILIK_LAIN})


def share_files(row, number: int) -> list[Pendaftaran]:
    """Entries of so many other agencies that hold the same bytes as this one."""
    one = row.bukti.first().berkas
    row.bukti.update(berkas=one)
    others = [make_pendaftaran(row.edisi, make_admin(make_instansi())) for _ in range(number)]
    kind = row.bukti.filter(jenis_dokumen__isnull=False).first().jenis_dokumen
    for other in others:
        BuktiDukung.objects.create(
            pendaftaran=other,
            jenis_dokumen=kind,
            berkas=one,
            dilampirkan_oleh=other.dibuat_oleh,
            dilampirkan_pada=BUKA,
        )
    return others


def test_an_agency_is_told_nothing_of_files_that_others_hold_and_the_secretariat_a_few(client, row):
    others = share_files(row, 9)
    client.force_login(row.dibuat_oleh)
    page = client.get(reverse("registrasi:periksa", args=[row.kode])).text
    assert not [other.kode for other in others if other.kode in page]
    assert "bukan_ganda" not in {item["butir"].otomatis for item in gerbang_of(row)}
    found = temuan_of(row, butir_of(row), send(row))
    told = next(found[b.kode] for b in butir_of(row) if b.otomatis == "bukan_ganda").keterangan
    assert sum(other.kode in told for other in others) == MAX_NAMED


def test_what_does_not_meet_the_gate_is_not_sent_and_told_with_what_to_do(row):
    row.jalur.jenis_instansi = ["kementerian"]
    row.jalur.save()
    assert held(row) == ["jalur_sesuai"]
    with pytest.raises(NotAllowedError, match="Jalur dan jenis peserta.*Buat pendaftaran baru"):
        send(row)
    assert not row.pengiriman.exists()


def test_an_edition_may_only_warn(row):
    row.jalur.jenis_instansi = ["kementerian"]
    row.jalur.save()
    row.edisi.butir_administrasi.update(sebelum_kirim="ingatkan")
    assert held(row) == []
    assert send(row).nomor


def test_a_track_of_earlier_winners_is_for_them_alone(row):
    butir = row.edisi.butir_administrasi.get(otomatis="jalur_sesuai")
    butir.otomatis = "pemenang_terdahulu"
    butir.save()
    row.jalur.pemenang_terdahulu = ["kemenkeu"]
    row.jalur.save()
    assert held(row) == ["pemenang_terdahulu"]
    assert row.jalur not in jalur_for(row.instansi, row.edisi)
    row.jalur.pemenang_terdahulu = [row.instansi.kode]
    row.jalur.save()
    assert held(row) == []
    assert row.jalur in jalur_for(row.instansi, row.edisi)


def test_without_an_approved_admin_nothing_is_sent(row):
    Keanggotaan.objects.update(status="dicabut")
    assert held(row) == ["akun_terverifikasi"]


def test_not_being_connected_is_lacking_with_its_field(row):
    Pendaftaran.objects.filter(pk=row.pk).update(terhubung_lapor=False)
    row.refresh_from_db()
    assert held(row) == ["terhubung_lapor"]
    [item] = kelengkapan_of(row).kurang
    assert (item.bagian, item.medan) == ("identitas", "id_terhubung_lapor")


def test_the_pages_say_what_is_not_met_and_lead_to_the_field(row, client):
    Pendaftaran.objects.filter(pk=row.pk).update(mulai_pemakaian="2019-06-01")
    client.force_login(row.dibuat_oleh)
    place = reverse("registrasi:identitas", args=[row.kode]) + "#id_mulai_pemakaian"
    for name in ("periksa", "pengiriman", "rinci"):
        page = client.get(reverse(f"registrasi:{name}", args=[row.kode])).text
        assert place in page
    page = client.get(reverse("registrasi:periksa", args=[row.kode])).text
    assert "kurang dari 6 bulan" in page
    assert "Lanjut ke pernyataan</button>" in page


def test_every_lack_leads_to_a_field_that_is_there(client):
    row = make_pendaftaran(make_edisi(), make_admin(make_instansi()))
    client.force_login(row.dibuat_oleh)
    page = client.get(reverse("registrasi:rinci", args=[row.kode]))
    links = [item["url"] for item in page.context["kurang"]]
    assert len(links) == kelengkapan_of(row).total
    seen: dict[str, str] = {}
    for link in links:
        address, _, field = link.partition("#")
        seen[address] = seen.get(address) or client.get(address).text
        assert f'id="{field}"' in seen[address], link


def test_saving_leads_on_from_page_to_page_to_the_check(client):
    row = make_pendaftaran(make_edisi(), make_admin(make_instansi()))
    client.force_login(row.dibuat_oleh)
    identitas = reverse("registrasi:identitas", args=[row.kode])
    assert f'href="{identitas}#id_judul"' in client.get(
        reverse("registrasi:rinci", args=[row.kode])
    ).text  # fmt: skip
    answer = client.post(identitas, {"versi": row.versi, "lanjut": "1"})
    first = row.edisi.aturan["kinerja"]["periode"][0]["kode"]
    assert answer.url == reverse("registrasi:kinerja", args=[row.kode, first])
    narasi = reverse("registrasi:narasi", args=[row.kode])
    typed = {f"p{p.pk}-versi": "0" for p in row.edisi.pertanyaan.all()}
    onward = client.post(narasi, typed | {"lanjut": "1"})
    assert onward.url == reverse("registrasi:dokumen", args=[row.kode])
    assert client.post(narasi, typed).url == reverse("registrasi:rinci", args=[row.kode])


def test_the_gates_findings_raise_no_notice_of_an_ended_session(client, row):
    """Both once had one name in the templates."""
    row.jalur.jenis_instansi = ["kementerian"]
    row.jalur.save()
    client.force_login(row.dibuat_oleh)
    for name in ("registrasi:periksa", "registrasi:pengiriman"):
        page = client.get(reverse(name, args=[row.kode])).text
        assert "Sesi Anda berakhir" not in page
        assert "Syarat" in page
