"""How far an agency and its units have come, for the agency's admin: one page, few queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from kompetisi.models import Edisi, Pengguna
from registrasi.models import (
    BuktiDukung,
    Instansi,
    JawabanNarasi,
    Keanggotaan,
    KinerjaSP4N,
    Pendaftaran,
    PenilaianMandiri,
    StatusPendaftaran,
    Undangan,
    UnitPengelola,
)
from registrasi.queries.keanggotaan import anggota_of
from registrasi.queries.kekurangan import Kurang, Tuntutan, filled_of
from registrasi.queries.undangan import undangan_of

MENGISI = (StatusPendaftaran.DRAF, StatusPendaftaran.PERLU_PERBAIKAN)
SAVES = (
    (PenilaianMandiri, "disimpan"),
    (JawabanNarasi, "disimpan"),
    (KinerjaSP4N, "disimpan"),
    (BuktiDukung, "dilampirkan"),
)


@dataclass(frozen=True)
class Kemajuan:
    """One line of the page: a unit, or the agency itself (`unit` None), and its entry if any.

    `kurang` is what a draft or a returned entry lacks; `oleh` saved something last, at `pada`.
    """

    nama: str
    unit: UnitPengelola | None
    pendaftaran: Pendaftaran | None
    kurang: list[Kurang]
    total: int
    pengisi: list[Keanggotaan]
    diundang: list[Undangan]
    pada: datetime | None = None
    oleh: str = ""

    @property
    def terisi(self) -> int:
        """How many of the things that are asked are there."""
        return max(self.total - len(self.kurang), 0)

    @property
    def mengisi(self) -> bool:
        """Whether it is still being filled in."""
        return self.pendaftaran is not None and self.pendaftaran.status in MENGISI


@dataclass
class Orang:
    """Who fills in for the agency and each unit (by primary key, None the agency)."""

    pengisi: dict[int | None, list[Keanggotaan]] = field(default_factory=lambda: defaultdict(list))
    diundang: dict[int | None, list[Undangan]] = field(default_factory=lambda: defaultdict(list))


def kemajuan_of(instansi: Instansi, edisi: Edisi) -> list[Kemajuan]:
    """A line for each entry of the agency in the edition, and for what has none yet.

    The agency first, then its units by name; a constant number of queries.
    """
    rows = list(
        instansi.pendaftaran.filter(edisi=edisi)
        .select_related("jalur", "unit", "edisi", "instansi")
        .order_by("unit__nama", "jalur__urutan", "pk")
    )
    asked, people = Tuntutan(edisi), _people(instansi)
    keys = [row.pk for row in rows]
    filled, last = filled_of(keys), _last_saves(keys)
    entries: dict[int | None, list[Pendaftaran]] = defaultdict(list)
    for row in rows:
        entries[row.unit_id].append(row)
    lines = []
    for unit in [None, *instansi.unit.all()]:
        key = unit.pk if unit else None
        for row in entries[key] or [None]:
            pada, oleh = last.get(row.pk, (None, "")) if row else (None, "")
            lines.append(
                Kemajuan(
                    nama=unit.nama if unit else instansi.nama,
                    unit=unit,
                    pendaftaran=row,
                    kurang=asked.missing(row, filled[row.pk]) if row else [],
                    total=sum(asked.counts(row, filled[row.pk]).values()) if row else 0,
                    pengisi=people.pengisi[key],
                    diundang=people.diundang[key],
                    pada=pada or (row.diubah_pada if row else None),
                    oleh=oleh,
                )
            )
    return lines


def _people(instansi: Instansi) -> Orang:
    found = Orang()
    for member in anggota_of(instansi):
        found.pengisi[member.unit_id].append(member)
    for row in undangan_of(instansi):
        found.diundang[row.unit_id].append(row)
    return found


def _last_saves(keys: list[int]) -> dict[int, tuple[datetime, str]]:
    """When something was saved last in each entry, and by whom: five queries for any number."""
    last: dict[int, tuple[datetime, int]] = {}
    for model, verb in SAVES:
        rows = (
            model.objects.filter(pendaftaran__in=keys)
            .order_by("pendaftaran_id", f"-{verb}_pada")
            .distinct("pendaftaran_id")
        )
        for pk, pada, oleh in rows.values_list("pendaftaran_id", f"{verb}_pada", f"{verb}_oleh"):
            last[pk] = max(last.get(pk, (pada, oleh)), (pada, oleh))
    names = Pengguna.objects.in_bulk({oleh for _, oleh in last.values()})
    return {pk: (pada, str(names[oleh])) for pk, (pada, oleh) in last.items()}
