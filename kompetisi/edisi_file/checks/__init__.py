"""What must hold between the fields of an edition, beyond the shape of each of them."""

from itertools import pairwise

from kompetisi.edisi_file.checks.administrasi import check_administrasi
from kompetisi.edisi_file.checks.aturan import (
    check_aspek,
    check_bobot_tahap,
    check_entri_jangkar,
    check_jalur_references,
    check_kuota,
    check_kuota_jenis,
    check_penilai,
    check_predikat,
    check_urutan_seri,
)
from kompetisi.edisi_file.checks.common import rows_in, unique
from kompetisi.edisi_file.checks.kinerja import check_ambang, check_kinerja
from kompetisi.edisi_file.checks.rubrik import check_rubrik
from kompetisi.edisi_file.checks.tahap import check_tahap
from kompetisi.edisi_file.checks.tampil import check_pertanyaan, check_tampil
from kompetisi.edisi_file.problems import Problems
from kompetisi.edisi_file.readers import Record


def check_all(edisi: Record, problems: Problems) -> None:
    """Run every check; the order does not matter, mistakes are sorted by line."""
    for check in (
        check_codes,
        check_tahap,
        check_kuota,
        check_jalur_references,
        check_rubrik,
        check_bobot_tahap,
        check_penilai,
        check_entri_jangkar,
        check_urutan_seri,
        check_aspek,
        check_kuota_jenis,
        check_predikat,
        check_kinerja,
        check_ambang,
        check_pertanyaan,
        check_tampil,
        check_administrasi,
    ):
        check(edisi, problems)


def check_codes(edisi: Record, problems: Problems) -> None:
    """Codes are unique in their list."""
    for key in ("jalur", "tahap", "pertanyaan", "dokumen", "administrasi"):
        unique(rows_in(edisi, key), "kode", problems)
    unique(rows_in(edisi.get("aturan"), "aspek_penghargaan"), "kode", problems)
    for name, levels in (edisi.get("skala") or {}).items():
        unique(levels, "kode", problems)
        for before, after in pairwise(levels):
            if after.get("faktor", 0) > before.get("faktor", 1):
                problems.add(
                    after.at("faktor"),
                    f"tingkat skala '{name}' harus dari faktor terbesar ke terkecil",
                )
