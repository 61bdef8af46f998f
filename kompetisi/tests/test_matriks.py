"""The permission matrix, and its table in the documents."""

import pytest
from django.conf import settings

from kompetisi.rules.matriks import MATRIKS, PERAN_LABEL, check_aksi

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    ("aksi", "peran", "keadaan", "boleh"),
    [
        ("pendaftaran.kirim", {"admin_instansi"}, "berjalan", True),
        ("pendaftaran.kirim", {"admin_instansi"}, "selesai", False),
        ("pendaftaran.kirim", {"admin_instansi"}, "belum", False),
        ("pendaftaran.kirim", {"admin_unit"}, "berjalan", False),
        ("lembar.isi_dokumen", {"evaluator"}, "berjalan", True),
        ("lembar.isi_dokumen", {"ketua"}, "berjalan", False),
        ("lembar.isi_lapangan", {"evaluator"}, None, False),
        ("lembar.buka", {"ketua"}, None, True),
        ("lembar.buka", {"sekretariat"}, None, False),
        ("pleno.putuskan", {"ketua"}, "selesai", True),
        ("penerbitan.setujui", {"sekretariat"}, None, False),
        ("jejak.lihat", set(), None, False),
    ],
)
def test_who_may_do_what_when(aksi, peran, keadaan, boleh):
    verdict = check_aksi(aksi, peran, keadaan)
    assert bool(verdict) is boleh
    assert bool(verdict.alasan) is not boleh


def test_an_observer_changes_nothing():
    allowed = {aksi for aksi in MATRIKS if check_aksi(aksi, {"pengamat"}, "berjalan")}
    assert {aksi.rpartition(".")[2].split("_")[0] for aksi in allowed} == {"lihat"}


def test_an_unknown_action_is_an_error_of_ours():
    with pytest.raises(KeyError):
        check_aksi("tidak.ada", {"ketua"})


def permission_table() -> str:
    """The matrix as the table in docs/permissions.md."""
    lines = ["| Aksi | Peran | Tahap |", "|---|---|---|"]
    for aksi, izin in MATRIKS.items():
        peran = ", ".join(label for key, label in PERAN_LABEL.items() if key in izin.peran)
        tahap = f"{izin.tahap} ({', '.join(sorted(izin.keadaan))})" if izin.tahap else "kapan saja"
        lines.append(f"| `{aksi}`: {izin.uraian} | {peran} | {tahap} |")
    return "\n".join(lines)


def test_the_documents_carry_the_matrix():
    text = (settings.BASE_DIR / "docs" / "permissions.md").read_text(encoding="utf-8")
    assert permission_table() in text
