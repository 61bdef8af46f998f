"""One more reading: where the edition's rule asks for it, and where it may change who is in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from evaluasi.models import DaftarPendek, KeputusanPembaca
from evaluasi.queries.benturan import own_conflict
from evaluasi.queries.kemajuan import (
    entries_to_decide,
    garis_jalur,
    jalur_by_entry,
    totals_to_decide,
)
from evaluasi.queries.kewajaran import Kewajaran, kewajaran_of
from evaluasi.queries.nilai import nearest_two
from evaluasi.queries.penugasan import edisi_where
from evaluasi.rules.manfaat import Garis, Manfaat, gain_of, join
from evaluasi.rules.pembaca_ketiga import SEBAB_LABEL, aturan_ketiga, needs_third
from kompetisi.models import Pengguna, Tahap
from registrasi.models import Pendaftaran


@dataclass(frozen=True)
class UsulanBaca:
    """An entry about which the chair decides: totals, the rule's reasons, what a reading may do."""

    pendaftaran: Pendaftaran
    total: list[Decimal]
    sebab: list[str]
    manfaat: Manfaat

    @property
    def selisih(self) -> Decimal:
        """The highest total less the lowest."""
        return max(self.total) - min(self.total)

    @property
    def uraian(self) -> str:
        """The reasons in words."""
        texts = [SEBAB_LABEL[kode] for kode in self.sebab]
        if self.manfaat.diusulkan:
            texts.append("cukup mungkin mengubah siapa yang masuk")
        return "; ".join(texts)

    @property
    def persen(self) -> float | None:
        """The chance in per cent; None where it could not be computed."""
        return None if self.manfaat.peluang is None else 100 * self.manfaat.peluang


@dataclass(frozen=True)
class Timbangan:
    """All that the chair weighs in a stage. `usul` may change who is in, best chance first;
    `aturan` are those that the edition's rule names and that cannot.
    """

    usul: Sequence[UsulanBaca] = ()
    aturan: Sequence[UsulanBaca] = ()
    kewajaran: Sequence[Kewajaran] = ()
    garis: Mapping[int, Garis | None] | None = None

    @property
    def tanpa_model(self) -> list[Kewajaran]:
        """The tracks in which no chance can be computed, with the reasons."""
        return [row for row in self.kewajaran if row.lembar and row.model is None]


def weigh_readings(tahap: Tahap, user: Pengguna, pendaftaran: int | None = None) -> Timbangan:
    """What to decide in a stage (about one entry), for one reader; a fixed number of queries.

    The noise comes from the sheets that this reader may see, the line from all, as it is shown.
    """
    rule = aturan_ketiga(tahap.edisi.aturan)
    if rule is None or tahap.jenis != "dokumen":
        return Timbangan()
    totals, jalur = totals_to_decide(tahap), jalur_by_entry(tahap)
    if pendaftaran is not None:
        totals = {pk: given for pk, given in totals.items() if pk == pendaftaran}
    lines = garis_jalur(tahap, jalur)
    fair = {row.pk: kewajaran_of(tahap, row, user) for row in tahap.edisi.jalur.all()}
    weighed = {}
    for pk, total in totals.items():
        line = lines.get(jalur[pk])
        why = needs_third(total, rule, line.dalam if line else None)
        gain = _gain(pk, total, line, fair[jalur[pk]])
        if why or gain.diusulkan:
            weighed[pk] = (total, why, gain)
    rows = [UsulanBaca(row, *weighed[row.pk]) for row in entries_to_decide(tahap, user, weighed)]
    usul = [row for row in rows if row.manfaat.mungkin]
    aturan = [row for row in rows if not row.manfaat.mungkin]
    return Timbangan(
        usul=sorted(usul, key=lambda r: (-(r.manfaat.peluang or 0), -r.selisih, r.pendaftaran.pk)),
        aturan=sorted(aturan, key=lambda r: (-r.selisih, r.pendaftaran.pk)),
        kewajaran=list(fair.values()),
        garis=lines,
    )


def _gain(pk: int, total: list[Decimal], garis: Garis | None, fair: Kewajaran) -> Manfaat:
    values = [float(value) for value in total]
    dua_terdekat = nearest_two(fair.tahap.edisi)
    return gain_of(
        values,
        masuk=garis is None or garis.inside(join(values, dua_terdekat=dua_terdekat)),
        garis=garis,
        dua_terdekat=dua_terdekat,
        pk=pk,
        model=fair.model,
    )


def keputusan_visible_to(user: Pengguna, tahap: Tahap) -> QuerySet[KeputusanPembaca]:
    """What was decided in a stage, newest first, for those who may see scores."""
    return (
        KeputusanPembaca.objects.filter(
            ~own_conflict(user, "pendaftaran__instansi"),
            tahap=tahap,
            tahap__edisi__in=edisi_where(user, "nilai.lihat"),
        )
        .select_related(
            "pendaftaran__instansi",
            "pendaftaran__unit",
            "oleh",
            "penugasan__evaluator__pengguna",
        )
        .order_by("-pada", "-pk")
    )


def is_decided(pendaftaran: Pendaftaran) -> bool:
    """Whether the shortlist of the entry's track stands."""
    return DaftarPendek.objects.filter(jalur=pendaftaran.jalur_id).exists()
