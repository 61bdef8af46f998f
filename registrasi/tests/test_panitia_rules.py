"""Rules of the committee's side, as tables."""

from datetime import date, timedelta

import pytest

from kompetisi.rules.tangga import rung_due
from registrasi.models import MasaPerbaikan
from registrasi.rules.administrasi import (
    allowed_putusan,
    can_periksa,
    check_butir,
    closing_perbaikan,
    tenggat_perbaikan,
)
from registrasi.rules.akun import can_decide_akun, can_revoke_akun
from registrasi.rules.panitia import can_remind
from registrasi.rules.temuan import Fakta, add_months, find_temuan
from registrasi.tests.factories_panitia import wib

pytestmark = pytest.mark.fast

SEKRETARIAT, KETUA = {"sekretariat"}, {"ketua"}


@pytest.mark.parametrize(
    ("peran", "status", "decide", "revoke"),
    [
        (SEKRETARIAT, "diajukan", True, False),
        ({"admin_panrb"}, "diajukan", True, False),
        (SEKRETARIAT, "disetujui", False, True),
        (SEKRETARIAT, "ditolak", False, False),
        (SEKRETARIAT, "dicabut", False, False),
        (KETUA, "diajukan", False, False),
        ({"pengamat"}, "disetujui", False, False),
        (set(), "diajukan", False, False),
    ],
)
def test_who_decides_on_accounts(peran, status, decide, revoke):
    assert can_decide_akun(peran, status).ok is decide
    assert can_revoke_akun(peran, status).ok is revoke


@pytest.mark.parametrize(
    ("peran", "keadaan", "status", "ok"),
    [
        (SEKRETARIAT, "berjalan", "dikirim", True),
        (SEKRETARIAT, "belum", "dikirim", False),
        (SEKRETARIAT, "selesai", "dikirim", False),
        (SEKRETARIAT, None, "dikirim", False),
        (SEKRETARIAT, "berjalan", "draf", False),
        (SEKRETARIAT, "berjalan", "perlu_perbaikan", False),
        (SEKRETARIAT, "berjalan", "lolos_administrasi", False),
        (KETUA, "berjalan", "dikirim", False),
        ({"admin_panrb"}, "berjalan", "dikirim", False),
    ],
)
def test_when_the_gate_is_checked(peran, keadaan, status, ok):
    assert can_periksa(peran, keadaan, status).ok is ok


@pytest.mark.parametrize(
    ("hasil", "alasan", "temuan", "terpakai", "ok"),
    [
        ("memenuhi", "", "memenuhi", False, True),
        ("memenuhi", "", "", False, True),
        ("memenuhi", "", "tidak_memenuhi", False, False),
        ("memenuhi", "Dilihat pada dasbor.", "tidak_memenuhi", False, True),
        ("tidak_memenuhi", "", "", False, False),
        ("tidak_memenuhi", "   ", "", False, False),
        ("tidak_memenuhi", "Tidak ditandatangani.", "", False, True),
        ("perlu_perbaikan", "", "", False, False),
        ("perlu_perbaikan", "Unggah ulang.", "", False, True),
        ("perlu_perbaikan", "Unggah ulang.", "", True, False),
        ("", "Alasan.", "", False, False),
        ("aneh", "Alasan.", "", False, False),
    ],
)
def test_a_finding_needs_its_reason(hasil, alasan, temuan, terpakai, ok):
    assert check_butir(hasil, alasan, temuan, perbaikan_terpakai=terpakai).ok is ok


M, T, P = "memenuhi", "tidak_memenuhi", "perlu_perbaikan"


@pytest.mark.parametrize(
    ("hasil", "terpakai", "allowed"),
    [
        ([M, M], False, {"lolos"}),
        ([M, P], False, {"perbaikan"}),
        ([M, T], False, {"tidak_lolos"}),
        ([P, T], False, {"tidak_lolos"}),
        ([M, M], True, {"lolos"}),
        ([M, T], True, {"tidak_lolos"}),
        ([M, P], True, set()),
        ([M, ""], False, set()),
        (["", ""], False, set()),
    ],
)
def test_what_can_be_decided_follows_from_the_findings(hasil, terpakai, allowed):
    found = dict(zip("ab", hasil, strict=True))
    verdicts = allowed_putusan(found, "ab", perbaikan_terpakai=terpakai)
    assert {name for name, verdict in verdicts.items() if verdict.ok} == allowed
    assert all(v.alasan for v in verdicts.values() if not v.ok)


@pytest.mark.parametrize(
    ("at", "hari", "tenggat"),
    [
        (wib(2), 2, wib(4)),
        (wib(4, 10), 2, wib(6, 0)),  # a day before the stage closes
        (wib(5, 10), 2, wib(7, 0)),  # at the end, up to its closing
        (wib(6, 22), 2, wib(7, 0)),
        (wib(6, 23, 30), 2, None),
        (wib(7, 1), 2, None),
        (wib(2), 0, None),
    ],
)
def test_correction_round_ends_in_time_for_a_second_check(at, hari, tenggat):
    assert tenggat_perbaikan(at, hari, wib(7, 0)) == tenggat


def test_correction_of_one_day_is_given_in_full_when_there_is_room():
    assert tenggat_perbaikan(wib(2), 1, wib(7, 0)) == wib(3)


class Later:
    def __init__(self, sampai, kode, disetujui=True):
        self.selesai_baru, self.kode_pendaftaran = sampai, kode
        self.disetujui_pada = wib(1) if disetujui else None


@pytest.mark.parametrize(
    ("extensions", "tenggat"),
    [
        ([], wib(4)),
        ([Later(wib(6), "UJI")], wib(6)),
        ([Later(wib(3), "UJI")], wib(4)),
        ([Later(wib(6), "")], wib(4)),
        ([Later(wib(6), "UJI", disetujui=False)], wib(4)),
    ],
)
def test_only_an_extension_of_the_entry_moves_its_correction(extensions, tenggat):
    assert closing_perbaikan(MasaPerbaikan(tenggat=wib(4)), extensions) == tenggat


@pytest.mark.parametrize(
    ("ago", "due"),
    [
        (timedelta(days=8), None),
        (timedelta(days=7), 7),
        (timedelta(days=5), 7),
        (timedelta(days=3, seconds=1), 7),
        (timedelta(days=3), 3),
        (timedelta(days=1), 1),
        (timedelta(minutes=1), 1),
        (timedelta(0), None),
        (timedelta(days=-1), None),
    ],
)
def test_of_reminders_only_the_latest_is_due(ago, due):
    rung = rung_due(wib(2, 0), [7, 3, 1], wib(2, 0) - ago)
    assert (rung and rung.hari) == due


def test_no_reminder_without_days():
    assert rung_due(wib(2, 0), [], wib(1)) is None


@pytest.mark.parametrize(
    ("peran", "keadaan", "status", "today", "ok"),
    [
        (SEKRETARIAT, "berjalan", "draf", False, True),
        (SEKRETARIAT, "berjalan", "draf", True, False),
        (SEKRETARIAT, "berjalan", "dikirim", False, False),
        (SEKRETARIAT, "selesai", "draf", False, False),
        (KETUA, "berjalan", "draf", False, False),
    ],
)
def test_when_people_are_reminded(peran, keadaan, status, today, ok):
    assert can_remind(peran, keadaan, status, sudah_hari_ini=today).ok is ok


GOOD = {
    "akun_disetujui": True,
    "jenis_instansi": "kota",
    "jenis_diterima": (),
    "sasaran_unit": False,
    "ada_unit": False,
    "mulai_pemakaian": date(2019, 4, 21),
    "minimal_bulan": 6,
    "tanggal_acuan": date(2019, 10, 21),
    "pernyataan_disetujui": True,
    "dokumen": frozenset({"sk_tim", "surat_rekomendasi", "surat_pernyataan"}),
}


@pytest.mark.parametrize(
    ("check", "change", "hasil"),
    [
        ("akun_terverifikasi", {}, M),
        ("akun_terverifikasi", {"akun_disetujui": False}, T),
        ("jalur_sesuai", {}, M),
        ("jalur_sesuai", {"jenis_diterima": ("kota",)}, M),
        ("jalur_sesuai", {"jenis_diterima": ("kementerian",)}, T),
        ("jalur_sesuai", {"sasaran_unit": True}, T),
        ("lama_pemakaian", {}, M),
        ("lama_pemakaian", {"mulai_pemakaian": date(2019, 4, 22)}, T),
        ("lama_pemakaian", {"mulai_pemakaian": None}, T),
        ("lama_pemakaian", {"tanggal_acuan": None}, ""),
        ("terhubung_lapor", {}, ""),
        ("terhubung_lapor", {"terhubung_lapor": False}, T),
        ("pemenang_terdahulu", {"kode_instansi": "a"}, M),
        ("pemenang_terdahulu", {"kode_instansi": "a", "pemenang_terdahulu": ("a", "b")}, M),
        ("pemenang_terdahulu", {"kode_instansi": "c", "pemenang_terdahulu": ("a", "b")}, T),
        ("rekomendasi_induk", {"dokumen": frozenset(), "tidak_diminta": {"surat_rekomendasi"}}, M),
        ("sk_berlaku", {}, ""),
        ("sk_berlaku", {"dokumen": frozenset()}, T),
        ("rekomendasi_induk", {"dokumen": frozenset()}, T),
        ("pernyataan_ada", {}, ""),
        ("pernyataan_ada", {"pernyataan_disetujui": False}, T),
        ("pernyataan_ada", {"dokumen": frozenset()}, T),
        ("isian_lengkap", {}, M),
        ("isian_lengkap", {"kurang": ("Dokumen: SOP",)}, T),
        ("bukan_ganda", {}, M),
        ("bukan_ganda", {"berkas_ganda": ("sop.pdf (UJI-2)",)}, ""),
        ("", {}, ""),
    ],
)
def test_what_the_machine_finds(check, change, hasil):
    about = {"sk_berlaku": "sk_tim", "rekomendasi_induk": "surat_rekomendasi"}
    about["pernyataan_ada"] = "surat_pernyataan"
    temuan = find_temuan(check, Fakta(**(GOOD | change)), about.get(check, ""))
    assert temuan.hasil == hasil
    assert temuan.keterangan
    assert bool(temuan.saran) == (hasil == T)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2019, 1, 15), 12, date(2020, 1, 15)),
        (date(2019, 10, 31), 1, date(2019, 11, 30)),
    ],
)
def test_months_end_on_a_day_that_exists(day, months, later):
    assert add_months(day, months) == later
