"""What a team found on site: findings and photographs of a visit by criterion."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F, Q, Subquery

from evaluasi.models import FotoLapangan, KunjunganLapangan, TemuanLapangan
from kompetisi.models import Kriteria


@dataclass
class ButirTemuan:
    """One criterion of a visit: what is asked, what was found, its photographs."""

    kriteria: Kriteria
    uraian: str = ""
    versi: int = 0
    foto: list[FotoLapangan] = field(default_factory=list)

    @property
    def butuh_foto(self) -> bool:
        """Whether the rubric asks for evidence and none is there yet."""
        return self.kriteria.butuh_bukti and not self.foto


@dataclass(frozen=True)
class CatatanKunjungan:
    """All that the team shares about a visit, by criterion; `umum` are photographs of the whole."""

    butir: list[ButirTemuan]
    umum: list[FotoLapangan]

    @property
    def foto(self) -> list[FotoLapangan]:
        """All photographs, in the order of the criteria."""
        return [*(f for item in self.butir for f in item.foto), *self.umum]


def kriteria_kunjungan(kunjungan: KunjunganLapangan) -> list[Kriteria]:
    """The criteria of the rubric of this visit, in order; one query."""
    jalur = kunjungan.pendaftaran.jalur_id
    rubrik = (
        kunjungan.tahap.rubrik.filter(Q(jalur=jalur) | Q(jalur=None))
        .order_by(F("jalur").asc(nulls_last=True))
        .values("pk")[:1]
    )
    return list(
        Kriteria.objects.filter(kelompok__rubrik=Subquery(rubrik))
        .select_related("kelompok")
        .order_by("kelompok__urutan", "kelompok", "urutan", "pk")
    )


def catatan_of(kunjungan: KunjunganLapangan) -> CatatanKunjungan:
    """Findings and photographs of a visit by criterion; three queries."""
    found = {row.kriteria_id: row for row in TemuanLapangan.objects.filter(kunjungan=kunjungan)}
    photos: dict[int | None, list[FotoLapangan]] = defaultdict(list)
    rows = FotoLapangan.objects.filter(kunjungan=kunjungan)
    for row in rows.select_related("berkas", "diunggah_oleh", "kriteria"):
        photos[row.kriteria_id].append(row)
    butir = []
    for kriteria in kriteria_kunjungan(kunjungan):
        row = found.get(kriteria.pk)
        butir.append(
            ButirTemuan(
                kriteria,
                uraian=row.uraian if row else "",
                versi=row.versi if row else 0,
                foto=photos.get(kriteria.pk, []),
            )
        )
    return CatatanKunjungan(butir, photos.get(None, []))


def foto_of(kunjungan: KunjunganLapangan, pk: int) -> FotoLapangan | None:
    """A photograph of this visit, or None."""
    return (
        FotoLapangan.objects.filter(kunjungan=kunjungan, pk=pk)
        .select_related("berkas", "kunjungan")
        .first()
    )
