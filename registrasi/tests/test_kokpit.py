"""The cockpit: funnel, map and curve say what is so, in the same number of queries at any size."""

import random
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kompetisi import clock
from registrasi.actions.instansi import load_instansi
from registrasi.management.commands.load_instansi import DEFAULT_FILE
from registrasi.models import Instansi, Pendaftaran
from registrasi.queries.kekurangan import kekurangan_of, kurang_of
from registrasi.queries.kokpit import corong_rinci, kurva
from registrasi.queries.lengkap_sql import BAGIAN, LENGKAP, annotate_kelengkapan
from registrasi.tests.factories_panitia import (
    fill_pendaftaran,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    make_pengguna,
    make_pengiriman,
    wib,
)

pytestmark = pytest.mark.django_db
ROLE = {"sekretariat"}
OCTOBER = wib(28, month=10)


@pytest.fixture
def edisi():
    return make_edisi()


def spoil(row, chance: random.Random) -> None:
    """Take some things away from a complete draft."""
    ways = [
        lambda: setattr(row, "judul", ""),
        lambda: setattr(row, "mulai_pemakaian", chance.choice([None, wib(1).date()])),
        lambda: row.jawaban.all()[:1].get().delete(),
        lambda: row.jawaban.update(isi="  \n"),
        lambda: row.bukti.filter(kriteria__isnull=False)[:1].get().delete(),
        lambda: row.bukti.filter(jenis_dokumen__isnull=False).update(dilepas_pada=OCTOBER),
        lambda: row.penilaian_mandiri.all()[:1].get().delete(),
        lambda: row.penilaian_mandiri.filter(pk=row.penilaian_mandiri.first().pk).update(
            tingkat="D"
        ),
        lambda: row.kinerja.first().delete(),
        lambda: row.kinerja.last().delete(),
        lambda: row.kinerja.update(angka={"diterima": 3}),
    ]
    for way in chance.sample(ways, chance.choice([1, 1, 2])):
        if way is not ways[0] and not row.pk:
            continue
        way()
    row.save()


PARTS = {"kinerja": "angka"}


@pytest.mark.parametrize("benih", range(3))
def test_database_and_form_agree_on_what_is_missing(edisi, benih):
    chance = random.Random(benih)
    rows = [fill_pendaftaran(make_pendaftaran(edisi, jalur=j)) for j in ("instansi", "unit") * 3]
    rows += [make_pendaftaran(edisi)]
    for row in rows[2:6]:
        spoil(row, chance)
    fresh = list(Pendaftaran.objects.filter(pk__in=[r.pk for r in rows]).select_related("edisi"))
    expected = kurang_of(fresh)
    found = annotate_kelengkapan(Pendaftaran.objects.all(), edisi).in_bulk()
    for row in fresh:
        lacking = {PARTS.get(item.bagian, item.bagian) for item in expected[row.pk]}
        told = {name for name in BAGIAN if not getattr(found[row.pk], f"ada_{name}")}
        assert told == lacking, (row.kode, expected[row.pk])
    complete = annotate_kelengkapan(Pendaftaran.objects.all(), edisi).filter(LENGKAP)
    assert set(complete) == {r for r in fresh if not kekurangan_of(fresh)[r.pk]}
    assert [r.pk for r in found.values() if r.kosong] == [rows[-1].pk]


def test_funnel_counts_by_kind_and_province(edisi):
    jateng = make_instansi("Pemerintah Provinsi Jawa Tengah", "provinsi", kode_kemendagri="33")
    kota = make_instansi("Pemerintah Kota Semarang", "kota", provinsi=jateng)
    pusat = make_instansi("Kementerian Uji", "kementerian")
    fill_pendaftaran(make_pendaftaran(edisi, kota))
    make_pendaftaran(edisi, jateng)
    make_pendaftaran(edisi, pusat, status="perlu_perbaikan")
    make_pendaftaran(edisi, make_instansi(provinsi=jateng), status="lolos_administrasi")
    found = corong_rinci(ROLE, edisi)
    assert found["jumlah"] == {
        "akun": 4, "dibuat": 4, "lengkap": 3, "dikirim": 2, "perbaikan": 1, "lolos": 1,
    }  # fmt: skip
    kinds = {row["kode"]: row for row in found["per_jenis"]}
    assert (kinds["kota"]["dibuat"], kinds["kota"]["lolos"]) == (2, 1)
    central, middle = found["per_provinsi"][-1], found["per_provinsi"][0]
    assert (middle["label"], middle["dibuat"], middle["lengkap"]) == ("Jawa Tengah", 3, 2)
    assert (central["dibuat"], central["perbaikan"]) == (1, 1)
    assert corong_rinci({"evaluator"}, edisi) == {}


def test_map_has_a_tile_for_each_province_of_2019(client, edisi):
    load_instansi(path=DEFAULT_FILE, at=OCTOBER)
    kota = Instansi.objects.filter(jenis="kota", provinsi__kode_kemendagri="33").first()
    make_pendaftaran(edisi, kota, status="dikirim")
    client.force_login(make_pengguna("Petugas", "sekretariat", edisi=edisi))
    with clock.travel(OCTOBER):
        text = client.get(reverse("registrasi_panitia:beranda")).text
        target = re.search(r'id="petak-33"', text)
        rows = client.get(
            reverse("registrasi_panitia:pendaftaran"), {"provinsi": "provinsi-jawa-tengah"}
        )
    assert target
    assert len(re.findall(r'id="petak-\d\d"', text)) == 34
    assert "Jawa Tengah: 1 dikirim dari 1 pendaftaran" in text
    assert kota.nama in rows.text


def test_poll_gets_the_fragment_alone(client, edisi):
    client.force_login(make_pengguna("Petugas", "sekretariat", edisi=edisi))
    with clock.travel(OCTOBER):
        answer = client.get(reverse("registrasi_panitia:beranda"), headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert "Corong pendaftaran" in answer.text
    assert "Yang harus dilakukan" not in answer.text


def test_curve_has_no_gaps_and_marks_the_closing(edisi):
    made = {"dibuat_pada": wib(25, 9, month=10)}
    row = make_pendaftaran(edisi, **made)
    make_pengiriman(row, pada=wib(1, 23, 59))
    make_pengiriman(make_pendaftaran(edisi, **made), pada=wib(30, 0, 0, month=10))
    found = kurva(ROLE, edisi, wib(5))
    days = {f"{r['waktu']:%m-%d}": (r["dibuat"], r["dikirim"]) for r in found["hari"]}
    assert len(days) == 12
    assert days["10-25"] == (2, 0)
    assert days["10-30"] == (0, 1)
    assert days["11-01"] == (0, 1)
    assert len(found["jam"]) == 48
    assert found["jam"][-1]["dikirim"] == 1
    steps = {b["waktu"] - a["waktu"] for a, b in zip(found["jam"], found["jam"][1:], strict=False)}
    assert steps == {timedelta(hours=1)}
    assert found["tutup"] == wib(2, 0)
    assert kurva(ROLE, edisi, wib(1, month=10))["hari"] == []


def test_cockpit_asks_the_same_at_any_size(client, edisi):
    client.force_login(make_pengguna("Petugas", "sekretariat", edisi=edisi))

    def count(**headers):
        with clock.travel(OCTOBER), CaptureQueriesContext(connection) as asked:
            client.get(reverse("registrasi_panitia:beranda"), headers=headers)
        return len(asked)

    poll = {"HX-Request": "true"}
    base = fill_pendaftaran(make_pendaftaran(edisi))
    count()
    before = count(), count(**poll)
    copy_entries(base, 600)
    at_600 = count(), count(**poll)
    copy_entries(base, 1800)
    assert before == at_600 == (count(), count(**poll))
    assert at_600[1] <= 32


def copy_entries(base, number: int) -> None:
    """Many entries of many agencies, made in three statements."""
    first = Instansi.objects.count()
    agencies = Instansi.objects.bulk_create(
        [
            Instansi(kode=f"banyak-{first + i}", nama=f"Banyak {first + i}", jenis="kabupaten")
            for i in range(number)
        ]
    )
    Pendaftaran.objects.bulk_create(
        [
            Pendaftaran(
                kode=f"B-{agency.pk}", edisi=base.edisi, jalur=base.jalur, instansi=agency,
                status="draf" if agency.pk % 2 else "dikirim", dibuat_oleh=base.dibuat_oleh,
                dibuat_pada=OCTOBER, diubah_pada=OCTOBER,
            )
            for agency in agencies
        ]
    )  # fmt: skip
