"""Importing public bodies from a table: looked at first, then confirmed; the rules of the file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Edisi, Pengguna
from kompetisi.queries.peran import peran_of
from kompetisi.rules.matriks import check_aksi
from registrasi.actions.direktori import BarisInstansi, check_direktori
from registrasi.actions.instansi import provinsi_keys, store_rows, values_of
from registrasi.models import Instansi
from registrasi.rules.berkas_tabel import Tabel
from registrasi.rules.rencana_impor import RencanaImpor

SHOWN = {"nama_cari": "alias", "provinsi_id": "provinsi"}


@dataclass
class RencanaInstansi(RencanaImpor):
    """Rows of BarisInstansi; those to change as (row, names of the columns)."""

    rows: list[BarisInstansi] = field(default_factory=list)

    @property
    def sidik(self) -> str:
        """What would be done, as one text: another plan has another."""
        return repr(([row.baris for row in self.tambah], [(r.baris, c) for r, c in self.ubah]))


def plan_instansi(tabel: Tabel) -> RencanaInstansi:
    """What importing this table would do now; writes nothing."""
    rows, mistakes = check_direktori(tabel.kolom, tabel.baris, _known_provinces())
    plan = RencanaInstansi(rows=rows, salah=mistakes)
    broken = {s.baris for s in mistakes}
    existing = Instansi.objects.in_bulk([row.kode for row in rows], field_name="kode")
    provinsi = provinsi_keys(rows)
    for row in rows:
        if row.baris in broken:
            continue
        stored = existing.get(row.kode)
        if stored is None:
            plan.tambah.append(row)
            continue
        wanted = values_of(row, {} if row.jenis == "provinsi" else provinsi)
        changed = [SHOWN.get(n, n) for n, v in wanted.items() if getattr(stored, n) != v]
        if changed:
            plan.ubah.append((row, changed))
        else:
            plan.tetap.append(row)
    return plan


def _known_provinces() -> frozenset[str]:
    rows = Instansi.objects.filter(jenis="provinsi")
    return frozenset(rows.values_list("kode_kemendagri", flat=True))


@transaction.atomic
def import_instansi(
    *, tabel: Tabel, nama: str, sha256: str, oleh: Pengguna, edisi: Edisi
) -> tuple[int, int]:
    """Bring the directory to what the table says; returns how many were added and changed.

    `edisi` is the edition whose role lets `oleh` do it. Bodies the table does not name stay. Doing
    it again changes nothing and leaves no record. Raises NotAllowedError without the role,
    InvalidInputError while there is any mistake; then nothing is changed.
    """
    check_aksi("instansi.impor", peran_of(oleh, edisi)).require()
    plan = plan_instansi(tabel)
    if plan.salah:
        raise InvalidInputError(
            f"Masih ada {len(plan.salah)} kesalahan; tidak ada yang diubah.",
            rincian={"berkas": [s.pesan for s in plan.salah]},
        )
    baru, berubah = store_rows(plan.rows)
    if baru or berubah:
        record(
            tindakan="instansi.impor",
            objek=(baru or berubah)[0],
            oleh=oleh,
            rincian={
                "berkas": nama[:200],
                "sha256": sha256,
                "baru": _codes(baru),
                "berubah": _codes(berubah),
            },
        )
    return len(baru), len(berubah)


def _codes(rows: Sequence[Instansi]) -> list[str]:
    return [row.kode for row in rows]
