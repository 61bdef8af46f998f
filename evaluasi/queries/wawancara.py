"""Interview sessions: who may see which, how far they are, what waits for a place."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from evaluasi.models import Evaluator, Penugasan, SesiWawancara
from evaluasi.queries.benturan import own_conflict
from evaluasi.queries.lembar_sah import counted_for
from evaluasi.queries.penugasan import edisi_where, is_locked, penugasan_own
from evaluasi.rules.jadwal import (
    AturanJadwal,
    Peserta,
    Slot,
    UsulanJadwal,
    propose_jadwal,
    slots_of,
)
from evaluasi.rules.wawancara import DAPAT_DIJADWALKAN, AturanPanel, aturan_panel
from kompetisi.clock import WIB
from kompetisi.models import Edisi, Pengguna, Tahap
from kompetisi.queries.edisi import closing_instant
from registrasi.models import Pendaftaran
from registrasi.queries.instansi import named_by
from registrasi.queries.keanggotaan import milik

WAWANCARA = "wawancara"
SARING = {
    "belum_konfirmasi": "Belum dikonfirmasi",
    "panel_kurang": "Panel belum lengkap",
    "lembar_kurang": "Lembar belum cukup",
}


def find_tahap_wawancara(edisi: Edisi) -> Tahap | None:
    """The stage of interviews, or None when the edition has none."""
    return Tahap.objects.filter(edisi=edisi, jenis=WAWANCARA).select_related("edisi").first()


def panel_rules(edisi: Edisi) -> AturanPanel | None:
    """The edition's rules of interviews."""
    return aturan_panel(edisi.aturan)


# --- Who sees what --------------------------------------------------------------------------------


def sesi_visible_to(user: Pengguna, edisi: Edisi) -> QuerySet[SesiWawancara]:
    """The sessions of an edition for its committee, except what is in conflict with the reader.

    With `anggota` (of the panel, released), `rencana` (planned too) and `sah` (sheets that count).
    """
    return _with_counts(SesiWawancara.objects.all()).filter(
        ~own_conflict(user, "pendaftaran__instansi"),
        tahap__edisi=edisi,
        tahap__edisi__in=edisi_where(user, "penugasan.lihat"),
    )


def sesi_of_panel(user: Pengguna, edisi: Edisi) -> QuerySet[SesiWawancara]:
    """The sessions in whose panel this evaluator is, by time, with the own sheet's `terkunci`."""
    own = penugasan_own(user).filter(tahap=OuterRef("tahap"), pendaftaran=OuterRef("pendaftaran"))
    return (
        _with_counts(SesiWawancara.objects.filter(Exists(own), tahap__edisi=edisi))
        .annotate(
            terkunci=Exists(own.filter(is_locked("lembar__pk"))),
            lembar_pk=Subquery(own.values("lembar__pk")[:1]),
        )
        .order_by("mulai", "ruang", "pk")
    )


def sesi_peserta(user: Pengguna) -> QuerySet[SesiWawancara]:
    """The sessions of the agencies and units this person may act for, by time."""
    rows = SesiWawancara.objects.select_related(
        "tahap__edisi", "bahan_paparan", "pendaftaran__instansi", "pendaftaran__unit"
    )
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    return rows.filter(milik(user, "pendaftaran__")).order_by("mulai", "pk")


def _with_counts(rows: QuerySet[SesiWawancara]) -> QuerySet[SesiWawancara]:
    live = Penugasan.objects.filter(
        tahap=OuterRef("tahap"), pendaftaran=OuterRef("pendaftaran"), dicabut_pada=None
    )
    return rows.annotate(
        anggota=_count(live.filter(dirilis_pada__isnull=False)),
        rencana=_count(live),
        sah=_count(counted_for()),
    ).select_related(
        "tahap__edisi",
        "bahan_paparan",
        "pendaftaran__instansi",
        "pendaftaran__unit",
        "pendaftaran__jalur",
    )


def _count(rows: QuerySet) -> Coalesce:
    total = rows.order_by().values("pendaftaran").annotate(n=Count("pk"))
    return Coalesce(Subquery(total.values("n"), output_field=IntegerField()), 0)


# --- The committee's list -------------------------------------------------------------------------


def filter_sesi(
    rows: QuerySet[SesiWawancara], saring: Mapping[str, str], aturan: AturanPanel, at: datetime
) -> QuerySet[SesiWawancara]:
    """What a filter leaves, by time: words of name, code or room, a day, or what is missing."""
    elsewhere = ("pendaftaran__kode", "pendaftaran__unit__nama", "ruang")
    cari = saring.get("cari") or ""
    rows = rows.filter(named_by(cari, *elsewhere, instansi="pendaftaran__instansi"))
    wanted = {
        "belum_konfirmasi": Q(dikonfirmasi_pada=None),
        "panel_kurang": Q(anggota__lt=aturan.anggota),
        "lembar_kurang": Q(selesai__lte=at, sah__lt=aturan.minimal),
    }.get(saring.get("saring") or "")
    if wanted is not None:
        rows = rows.filter(wanted)
    return rows.order_by("mulai", "ruang", "pk")


def summary_of(rows: QuerySet[SesiWawancara], aturan: AturanPanel, at: datetime) -> dict[str, int]:
    """How many sessions there are, are confirmed, lack members, and are over without validity."""
    return rows.aggregate(
        jumlah=Count("pk"),
        dikonfirmasi=Count("pk", filter=Q(dikonfirmasi_pada__isnull=False)),
        panel_kurang=Count("pk", filter=Q(anggota__lt=aturan.anggota)),
        lembar_kurang=Count("pk", filter=Q(selesai__lte=at, sah__lt=aturan.minimal)),
    )


def entries_unscheduled(tahap: Tahap, user: Pengguna) -> QuerySet[Pendaftaran]:
    """The entries of the shortlist that have no session yet, for the committee."""
    return (
        Pendaftaran.objects.filter(
            ~own_conflict(user, "instansi"),
            edisi=tahap.edisi_id,
            edisi__in=edisi_where(user, "penugasan.lihat"),
            status__in=DAPAT_DIJADWALKAN,
            sesi_wawancara=None,
        )
        .select_related("instansi", "unit", "jalur", "edisi")
        .order_by("instansi__nama", "pk")
    )


def entry_to_schedule(tahap: Tahap, user: Pengguna, kode: str) -> Pendaftaran | None:
    """One entry of the shortlist without a session, by its code."""
    return entries_unscheduled(tahap, user).filter(kode=kode).first()


def slots_taken(tahap: Tahap) -> list[Slot]:
    """The sessions that stand, as slots."""
    rows = SesiWawancara.objects.filter(tahap=tahap).order_by("mulai", "pk")
    return [
        Slot(mulai, selesai, ruang or tautan)
        for mulai, selesai, ruang, tautan in rows.values_list("mulai", "selesai", "ruang", "tautan")
    ]


def proposal_of(
    tahap: Tahap, aturan: AturanJadwal, user: Pengguna, at: datetime
) -> tuple[UsulanJadwal, list[Pendaftaran]]:
    """A timetable for the entries without a session, from the next hour on, and these entries.

    No more sessions at the same time than there are full panels.
    """
    entries = list(entries_unscheduled(tahap, user))
    rule = aturan_panel(tahap.edisi.aturan)
    readers = Evaluator.objects.filter(edisi=tahap.edisi_id, aktif=True).count()
    slots = slots_of(max(tahap.mulai, at), closing_instant(tahap), aturan)
    usulan = propose_jadwal(
        [Peserta(row.pk, row.instansi.zona_waktu) for row in entries],
        slots,
        slots_taken(tahap),
        max(1, readers // rule.anggota) if rule and rule.anggota else None,
    )
    return usulan, entries


def sessions_overlapping(
    tahap: Tahap, mulai: datetime, selesai: datetime, pendaftaran: int
) -> QuerySet[SesiWawancara]:
    """The other sessions of the stage that take place within a span of time."""
    return (
        SesiWawancara.objects.filter(tahap=tahap, mulai__lt=selesai, selesai__gt=mulai)
        .exclude(pendaftaran=pendaftaran)
        .select_related("pendaftaran__instansi", "pendaftaran__unit")
    )


# --- What is to be done ---------------------------------------------------------------------------


def sessions_scheduled(tahap: Tahap) -> QuerySet[SesiWawancara]:
    """Sessions of entries that are still in the race and not yet interviewed."""
    return (
        _with_counts(SesiWawancara.objects.filter(tahap=tahap))
        .filter(pendaftaran__status="terjadwal_wawancara")
        .order_by("mulai", "pk")
    )


def panel_members(tahap: Tahap, pendaftaran: Sequence[int]) -> list[tuple[int, Evaluator]]:
    """(entry, member) for the released panels of these entries."""
    rows = Penugasan.objects.filter(
        tahap=tahap,
        pendaftaran__in=pendaftaran,
        dirilis_pada__isnull=False,
        dicabut_pada=None,
        evaluator__aktif=True,
    ).select_related("evaluator__pengguna")
    return [(row.pendaftaran_id, row.evaluator) for row in rows.order_by("evaluator", "pk")]


def panel_coming(tahap: Tahap, hari: date, at: datetime) -> dict[Evaluator, list[SesiWawancara]]:
    """The sessions of a day in WIB that have not begun, by member of their panels, by time."""
    coming = order_by_day(sessions_scheduled(tahap).filter(mulai__gt=at)).get(hari, [])
    members = panel_members(tahap, [row.pendaftaran_id for row in coming])
    found: dict[Evaluator, list[SesiWawancara]] = {}
    for entry, member in members:
        found.setdefault(member, []).extend(r for r in coming if r.pendaftaran_id == entry)
    return {member: sorted(rows, key=coming.index) for member, rows in found.items()}


def sessions_of_people(user: Pengguna, edisi: Edisi) -> QuerySet[SesiWawancara]:
    """Own sessions as an agency in an edition that wait for a confirmation."""
    return sesi_peserta(user).filter(
        tahap__edisi=edisi, dikonfirmasi_pada=None, pendaftaran__status="terjadwal_wawancara"
    )


def order_by_day(rows: Iterable[SesiWawancara]) -> dict[date, list[SesiWawancara]]:
    """Sessions by their day in WIB, in order."""
    found: dict[date, list[SesiWawancara]] = {}
    for row in rows:
        found.setdefault(row.mulai.astimezone(WIB).date(), []).append(row)
    return found
