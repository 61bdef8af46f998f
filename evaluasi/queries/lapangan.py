"""Site visits: who may see which, their teams, what was found, what is still to be done."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from evaluasi.models import KunjunganLapangan, LembarSah, Penugasan
from evaluasi.queries.benturan import in_conflict, own_conflict
from evaluasi.queries.lembar_sah import counted_for
from evaluasi.queries.penugasan import edisi_where, is_locked, penugasan_own
from evaluasi.queries.rencana import entries_for
from evaluasi.rules.lapangan import (
    Anggota,
    KeadaanJadwal,
    days_of,
    minimal_tim,
    warnings_of_team,
)
from evaluasi.rules.panel import home_of
from kompetisi.models import Edisi, Lambang, Pengguna, Tahap
from kompetisi.queries.edisi import closing_instant, keadaan_of
from registrasi.models import Pendaftaran
from registrasi.queries.instansi import named_by
from registrasi.queries.keanggotaan import milik

LAPANGAN = "lapangan"


def find_tahap_lapangan(edisi: Edisi) -> Tahap | None:
    """The stage of site visits, or None when the edition has none."""
    return Tahap.objects.filter(edisi=edisi, jenis=LAPANGAN).select_related("edisi").first()


# --- Who sees what --------------------------------------------------------------------------------


def kunjungan_team_of(user: Pengguna) -> QuerySet[KunjunganLapangan]:
    """The visits in whose team this evaluator is."""
    own = penugasan_own(user).filter(tahap=OuterRef("tahap"), pendaftaran=OuterRef("pendaftaran"))
    return KunjunganLapangan.objects.filter(Exists(own))


def kunjungan_visible_to(user: Pengguna) -> QuerySet[KunjunganLapangan]:
    """Own visits, and all of an edition for its committee, except what is in conflict.

    With `anggota`: whether the reader is of the team, and `terkunci`: the sheets that count.
    """
    own = penugasan_own(user).filter(tahap=OuterRef("tahap"), pendaftaran=OuterRef("pendaftaran"))
    circle = Q(tahap__edisi__in=edisi_where(user, "penugasan.lihat"))
    seen = circle & ~own_conflict(user, "pendaftaran__instansi")
    return _with_rows(KunjunganLapangan.objects.filter(Q(Exists(own)) | seen)).annotate(
        anggota=Exists(own)
    )


def kunjungan_peserta(user: Pengguna) -> QuerySet[KunjunganLapangan]:
    """The visits to the agencies and units this person may act for."""
    if not user.is_authenticated or not user.is_active:
        return KunjunganLapangan.objects.none()
    return _with_rows(KunjunganLapangan.objects.filter(milik(user, "pendaftaran__")))


def _with_rows(rows: QuerySet[KunjunganLapangan]) -> QuerySet[KunjunganLapangan]:
    return rows.annotate(terkunci=locked_sheets()).select_related(
        "tahap__edisi",
        "pendaftaran__instansi",
        "pendaftaran__unit",
        "pendaftaran__jalur",
        "pendaftaran__edisi",
    )


def locked_sheets(tahap: str = "tahap", pendaftaran: str = "pendaftaran") -> Subquery:
    """How many sheets of this stage and entry count, for the outer query."""
    return Subquery(
        counted_for(tahap, pendaftaran)
        .order_by()
        .values("pendaftaran")
        .annotate(n=Count("pk"))
        .values("n")
    )


def count_locked(tahap_id: int, pendaftaran_id: int) -> int:
    """How many sheets of one entry count in a stage."""
    return LembarSah.objects.filter(tahap=tahap_id, pendaftaran=pendaftaran_id).count()


# --- Teams ----------------------------------------------------------------------------------------


def team_of(tahap: Tahap, pendaftaran: Iterable[int]) -> dict[int, list[dict]]:
    """Entry -> the members of its team, planned ones too, in order; one query."""
    found: dict[int, list[dict]] = defaultdict(list)
    rows = (
        Penugasan.objects.filter(tahap=tahap, pendaftaran__in=pendaftaran, dicabut_pada=None)
        .annotate(
            terkunci=is_locked("lembar__pk"),
            berbenturan=in_conflict("evaluator", "pendaftaran__instansi"),
        )
        .order_by("urutan", "pk")
    )
    for row in rows.values(
        "pk",
        "pendaftaran_id",
        "evaluator_id",
        "dirilis_pada",
        "terkunci",
        "berbenturan",
        asal_id=F("evaluator__instansi_asal_id"),
        asal_nama=F("evaluator__instansi_asal__nama"),
        asal_lain=F("evaluator__asal_lain"),
        pengguna_id=F("evaluator__pengguna_id"),
        nama=F("evaluator__pengguna__nama"),
        jabatan=F("evaluator__pengguna__jabatan"),
        email=F("evaluator__pengguna__email"),
    ):
        row["nama"] = row["nama"] or row["email"]
        row["asal"] = row["asal_nama"] or row["asal_lain"]
        found[row["pendaftaran_id"]].append(row)
    return found


def as_anggota(row: Mapping) -> Anggota:
    """A row of `team_of` as the rules know it."""
    return Anggota(
        nama=row["nama"],
        asal=home_of(row["asal_id"], row["asal_lain"]),
        terkunci=row["terkunci"],
        berbenturan=row["berbenturan"],
        dirilis=row["dirilis_pada"] is not None,
    )


# --- The committee's list -------------------------------------------------------------------------

SARING = {"belum": "Belum terjadwal", "tim": "Tim belum memenuhi syarat", "siap": "Sudah siap"}


def entries_to_visit(tahap: Tahap, user: Pengguna, saring: Mapping[str, str]) -> QuerySet:
    """The entries that wait for a visit or had one, soonest first, those without a date on top.

    With `kunjungan` (may be absent) and `terkunci`, the sheets that count.
    """
    rows = (
        entries_for(tahap, user)
        .select_related("instansi", "unit", "jalur", "kunjungan")
        .annotate(
            terkunci=Subquery(
                counted_for(tahap, "pk")
                .order_by()
                .values("pendaftaran")
                .annotate(n=Count("pk"))
                .values("n")
            )
        )
    )
    rows = rows.filter(
        named_by(saring.get("cari") or "", "kode", "unit__nama", "kunjungan__tempat")
    )
    minimal = minimal_tim(tahap.edisi.aturan)
    wanted = {
        "belum": Q(kunjungan=None),
        "tim": Q(pembaca__lt=minimal),
        "siap": Q(terkunci__gte=minimal),
    }.get(saring.get("saring") or "")
    if wanted is not None:
        rows = rows.filter(wanted)
    return rows.order_by(F("kunjungan__tanggal").asc(nulls_first=True), "instansi__nama", "pk")


def with_teams(tahap: Tahap, rows: Iterable[Pendaftaran]) -> list[Pendaftaran]:
    """The same entries, each with its visit (`jadwal`), its team and what is wrong with it."""
    found = list(rows)
    teams = team_of(tahap, [row.pk for row in found])
    for row in found:
        row.jadwal = getattr(row, "kunjungan", None)
        row.tim = teams.get(row.pk, [])
        row.peringatan = warnings_for(row.tim, tahap.edisi.aturan)
    return found


def keadaan_jadwal(
    tahap: Tahap, pendaftaran: Pendaftaran, peran: frozenset[str], at: datetime
) -> KeadaanJadwal:
    """What decides about the date of a visit, at an instant."""
    penutupan = closing_instant(tahap, pendaftaran.kode)
    dari, hingga = days_of(tahap.mulai, penutupan)
    visit = KunjunganLapangan.objects.filter(pendaftaran=pendaftaran).first()
    return KeadaanJadwal(
        peran=peran,
        tahap=keadaan_of(tahap.edisi, LAPANGAN, at, pendaftaran.kode),
        wawancara=keadaan_of(tahap.edisi, "wawancara", at),
        status=pendaftaran.status,
        dari=dari,
        hingga=hingga,
        ditutup=visit is not None and visit.ditutup_pada is not None,
    )


# --- Own sheet, emblem ----------------------------------------------------------------------------


def own_sheet(kunjungan: KunjunganLapangan, user: Pengguna) -> Penugasan | None:
    """The reader's own assignment of a visit with its sheet, or None."""
    return (
        penugasan_own(user)
        .filter(tahap=kunjungan.tahap_id, pendaftaran=kunjungan.pendaftaran_id)
        .select_related("lembar")
        .annotate(terkunci=is_locked("lembar__pk"))
        .first()
    )


def lambang_current() -> Lambang | None:
    """The emblem in force, if an admin has uploaded one."""
    return Lambang.objects.first()


# --- What is to be done ---------------------------------------------------------------------------


def visits_ready(tahap: Tahap, status: Collection[str]) -> QuerySet[KunjunganLapangan]:
    """Visits to entries of these statuses of which enough sheets are locked."""
    return (
        KunjunganLapangan.objects.filter(tahap=tahap, pendaftaran__status__in=status)
        .annotate(terkunci=locked_sheets())
        .filter(terkunci__gte=minimal_tim(tahap.edisi.aturan))
        .select_related("pendaftaran__instansi", "pendaftaran__unit")
        .order_by("pk")
    )


def own_visits(user: Pengguna, edisi: Edisi) -> QuerySet[KunjunganLapangan]:
    """The visits of this evaluator in an edition, by date."""
    return (
        _with_rows(kunjungan_team_of(user))
        .filter(tahap__edisi=edisi)
        .annotate(
            lembar_terkunci=Exists(
                penugasan_own(user).filter(
                    is_locked("lembar__pk"),
                    tahap=OuterRef("tahap"),
                    pendaftaran=OuterRef("pendaftaran"),
                )
            )
        )
        .order_by("tanggal", "pk")
    )


def days_of_stage(tahap: Tahap) -> tuple[date, date]:
    """First and last day on which visits may be made, in WIB."""
    return days_of(tahap.mulai, closing_instant(tahap))


def warnings_for(team: Iterable[Mapping], aturan: Mapping) -> list[str]:
    """What is wrong with a team as `team_of` gives it."""
    return warnings_of_team([as_anggota(row) for row in team], minimal_tim(aturan))
