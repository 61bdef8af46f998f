"""Which pages are measured, and as whom."""

from kompetisi import clock
from penghargaan.tests.factories import AFTER, at_stage

PUBLIC = (
    "publik:muka", "publik:jadwal", "publik:ketentuan", "publik:pengumuman",
    "registrasi_publik:peserta",
)  # fmt: skip
COMMITTEE = (
    "registrasi_panitia:beranda", "registrasi_panitia:pendaftaran",
    "registrasi_panitia:belum-dikirim", "registrasi_panitia:akun",
    "registrasi_panitia:administrasi", "registrasi_panitia:perpanjangan",
    "evaluasi_panitia:evaluator", "evaluasi_panitia:penugasan",
    "evaluasi_panitia:daftar-pendek", "penghargaan_panitia:piagam",
    "penghargaan_panitia:penetapan", "panitia:pesan",
)  # fmt: skip
STAGED = (
    "evaluasi_panitia:penugasan-tahap", "evaluasi_panitia:pembaca-ketiga",
    "evaluasi_panitia:nilai-tahap", "evaluasi_panitia:kecenderungan",
    "evaluasi_panitia:kesepakatan",
)  # fmt: skip


def list_pages(world) -> list[tuple[str, list, object, object]]:
    """(name of the address, its arguments, reader, instant) of every list page."""
    stage, judging = world.stage, at_stage(world.edisi, "dokumen")
    rows = [(name, [], None, AFTER) for name in PUBLIC]
    rows.append(("penghargaan:hasil", [world.edisi.tahun], None, AFTER))
    rows += [(name, [], stage.sekretariat, AFTER) for name in COMMITTEE]
    rows += [(name, ["dokumen"], stage.ketua, judging) for name in STAGED]
    rows += [
        ("evaluasi_panitia:daftar-pendek-jalur", ["instansi"], stage.ketua, judging),
        ("penghargaan_panitia:pleno", [], stage.ketua, AFTER),
        ("panitia:peran", [], stage.admin, AFTER),
        ("panitia:jejak", [], stage.admin, AFTER),
        ("evaluasi:dasbor", [], stage.evaluator[0].pengguna, judging),
        ("publik:beranda", [], stage.sekretariat, judging),
        ("registrasi:daftar", [], world.admin, AFTER),
    ]
    return rows


def at(instant):
    """The clock at an instant."""
    return clock.travel(instant)
