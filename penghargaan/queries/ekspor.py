"""The lists of the award as columns for a spreadsheet, after the rules of their pages."""

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction

from kompetisi.models import Edisi, Pengguna, Tahap
from kompetisi.queries.ekspor import Kolom, Tabel
from penghargaan.models import Peringkat, Piagam, Pleno
from penghargaan.queries.peringkat import tahap_dinilai
from penghargaan.queries.piagam import piagam_of_edisi
from penghargaan.queries.pleno import jalur_tables, peringkat_visible_to
from penghargaan.rules.peringkat import as_decimal

SHOWN = Decimal("0.01")
CHUNK = 200


def tabel_pleno(user: Pengguna, pleno: Pleno) -> Tabel:
    """The plenary's list by track and rank, without what is in conflict with the reader.

    Scores are rounded once, as on the page; the exact final score stands beside as a fraction.
    """
    visible = list(peringkat_visible_to(user, pleno))
    rows = [row for table in jalur_tables(pleno, visible, visible) for row in table["baris"]]
    columns = (
        Kolom("Jalur", lambda r: r.jalur.nama, 28),
        Kolom("Peringkat", lambda r: r.peringkat, 10),
        Kolom("Kode", lambda r: r.pendaftaran.kode, 16),
        Kolom("Instansi", lambda r: r.pendaftaran.instansi.nama, 42),
        Kolom("Unit", lambda r: r.pendaftaran.unit.nama if r.pendaftaran.unit else "", 36),
        *(_score(stage) for stage in tahap_dinilai(pleno.edisi)),
        Kolom("Nilai akhir", lambda r: as_shown(r.nilai_eksak), 12),
        Kolom("Nilai akhir (pecahan tepat)", lambda r: r.nilai_eksak, 24),
        Kolom("Keterangan seri", lambda r: r.catatan_seri, 36),
        Kolom("Suara pleno", lambda r: r.suara_pleno, 10),
        Kolom("Usulan", lambda r: "Pemenang" if r.usulan_menang else "Tidak ditetapkan", 18),
        Kolom("Putusan", _decision, 18),
        Kolom("Aspek", lambda r: r.nama_aspek, 28),
        Kolom("Alasan", lambda r: r.alasan, 60),
    )
    return Tabel(f"Pleno {pleno.edisi.tahun}", columns, rows)


def _score(stage: Tahap) -> Kolom:
    return Kolom(stage.nama, lambda r: as_shown(r.nilai_tahap.get(stage.kode)), 14)


def as_shown(value: str | None) -> Decimal | None:
    """An exact score as the page rounds it, half up to two decimals; None when there is none."""
    return as_decimal(Fraction(value), SHOWN) if value else None


def _decision(row: Peringkat) -> str:
    if row.didiskualifikasi:
        return "Didiskualifikasi"
    return "Pemenang" if row.menang else "Tidak ditetapkan"


PIAGAM = (
    Kolom("Nomor", lambda p: p.nomor, 28),
    Kolom("Tanggal", lambda p: p.tanggal, 12),
    Kolom("Jenis", lambda p: p.get_jenis_display(), 20),
    Kolom("Penerima", lambda p: p.penerima, 48),
    Kolom("Predikat", lambda p: p.predikat, 48),
    Kolom("Kode pendaftaran", lambda p: p.pendaftaran.kode, 18),
    Kolom("Instansi", lambda p: p.pendaftaran.instansi.nama, 42),
    Kolom("Jalur", lambda p: p.pendaftaran.jalur.nama, 28),
    Kolom("Keadaan", lambda p: _state(p), 16),
    Kolom("Kode verifikasi", lambda p: p.kode_verifikasi, 36),
    Kolom("SHA-256", lambda p: p.sha256, 66),
    Kolom("Diterbitkan (WIB)", lambda p: p.dibuat_pada),
    Kolom("Dicabut (WIB)", lambda p: p.dicabut_pada),
    Kolom("Alasan pencabutan", lambda p: p.alasan_cabut, 48),
    Kolom("Diganti dengan", lambda p: p.pengganti.nomor if hasattr(p, "pengganti") else "", 28),
)


def tabel_piagam(peran: Collection[str], edisi: Edisi) -> Tabel:
    """All certificates of an edition, those revoked too."""
    rows = piagam_of_edisi(peran, edisi).iterator(chunk_size=CHUNK)
    return Tabel(f"Piagam {edisi.tahun}", PIAGAM, rows)


def _state(row: Piagam) -> str:
    if row.dicabut_pada:
        return "Dicabut"
    return "Sah" if row.sha256 else "Sedang dibuat"
