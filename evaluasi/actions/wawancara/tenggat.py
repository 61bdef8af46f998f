"""What follows from the calendar of interviews; idempotent, right when run late or twice."""

from datetime import datetime, timedelta

from django.db import transaction

from evaluasi.actions.wawancara.pesan import remind_agency
from evaluasi.models import Evaluator, SesiWawancara
from evaluasi.queries.wawancara import (
    WAWANCARA,
    panel_coming,
    panel_rules,
    sessions_scheduled,
)
from evaluasi.rules.wawancara import (
    AturanPanel,
    confirmation_due,
    said_sessions,
    sidik_of,
)
from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.clock import WIB
from kompetisi.errors import NotAllowedError
from kompetisi.models import Pesan, StatusAntrean, Tahap
from kompetisi.queries.edisi import closing_instant
from kompetisi.queries.peran import pemegang_peran
from kompetisi.rules.matriks import KETUA, SEKRETARIAT
from kompetisi.rules.tangga import AnakTangga, ladder_of, rung_due
from kompetisi.templatetags.waktu import hari_tanggal, wib
from registrasi.actions.status import change_status
from registrasi.models import StatusPendaftaran
from registrasi.queries.penerima import penerima_of

DAY = timedelta(days=1)
LOOK_BACK = timedelta(days=60)  # a stage that closed longer ago has no consequences left


def enforce_wawancara(at: datetime) -> dict[str, int]:
    """Carry out what is due at an instant (UTC) for the interviews; returns counts by name.

    As its limit comes near, an agency that has not confirmed is reminded; once the limit has
    passed the secretariat is told. A day before, members of panels get their list. After a session
    with enough locked sheets the entry counts as interviewed; after the closing of the stage the
    chair is told of sessions that have too few.
    """
    at = min(at, clock.db_now())
    counts = {"ingat_konfirmasi": 0, "konfirmasi_lewat": 0, "ingat_panel": 0, "diwawancarai": 0}
    counts["sesi_tidak_sah"] = 0
    stages = Tahap.objects.filter(jenis=WAWANCARA, selesai__gt=at - LOOK_BACK)
    for tahap in stages.select_related("edisi").order_by("mulai", "pk"):
        rule = panel_rules(tahap.edisi)
        if rule is None:
            continue
        rows = list(sessions_scheduled(tahap))
        counts["ingat_konfirmasi"] += remind_unconfirmed(rows, rule, at)
        counts["konfirmasi_lewat"] += tell_unconfirmed(tahap, rows, rule, at)
        counts["ingat_panel"] += remind_panels(tahap, rows, at)
        counts["diwawancarai"] += mark_interviewed(rows, rule, at)
        if at >= closing_instant(tahap):
            counts["sesi_tidak_sah"] += tell_invalid(tahap, rows, rule)
    return counts


@transaction.atomic
def remind_unconfirmed(rows: list[SesiWawancara], rule: AturanPanel, at: datetime) -> int:
    """Remind the agencies whose limit comes near, once for each rung of each schedule."""
    if not rows:
        return 0
    days = ladder_of(rows[0].tahap.edisi.aturan, "konfirmasi")
    waiting: dict[str, tuple[SesiWawancara, AnakTangga]] = {}
    for row in rows:
        rung = rung_due(_due(row, rule), days, at, row.dijadwalkan_pada)
        if rung and not row.dikonfirmasi_pada:
            waiting[f"ingat_konfirmasi:{_schedule(row)}:{rung.hari}"] = row, rung
    told = _told([f"{occasion}:" for occasion in waiting])
    new = [found for occasion, found in waiting.items() if occasion not in told]
    people = penerima_of([row.pendaftaran for row, _ in new]) if new else {}
    return sum(
        remind_agency(row, people[row.pendaftaran_id], _due(row, rule), rung) for row, rung in new
    )


@transaction.atomic
def tell_unconfirmed(
    tahap: Tahap, rows: list[SesiWawancara], rule: AturanPanel, at: datetime
) -> int:
    """Tell the secretariat of sessions whose limit has passed without a confirmation."""
    late = [row for row in rows if not row.dikonfirmasi_pada and _due(row, rule) <= at < row.mulai]
    told = _told([f"konfirmasi_lewat:{_schedule(row)}:" for row in late])
    late = [row for row in late if f"konfirmasi_lewat:{_schedule(row)}" not in told]
    people = pemegang_peran(tahap.edisi, SEKRETARIAT) if late else []
    for row in late:
        for person in people:
            queue_pesan(
                kunci=f"konfirmasi_lewat:{_schedule(row)}:{person.pk}",
                jenis="konfirmasi_lewat",
                kepada=person,
                edisi=tahap.edisi,
                isian={
                    "kode": row.pendaftaran.kode,
                    "peserta": row.pendaftaran.peserta,
                    "waktu": wib(row.mulai),
                },
                syarat=f"lewat_konfirmasi:{_schedule(row).replace(':', '/')}",
                tautan=f"/panitia/wawancara/{row.pendaftaran.kode}/",
            )
    return len(late)


@transaction.atomic
def remind_panels(tahap: Tahap, rows: list[SesiWawancara], at: datetime) -> int:
    """Send each member the list of a day's sessions, once, as the first comes within a day.

    A list that was no longer right when it should have left was not sent, and is written anew.
    """
    near = {row.mulai.astimezone(WIB).date() for row in rows if row.mulai - DAY <= at < row.mulai}
    made = 0
    for hari in sorted(near):
        occasion = f"ingat_panel:{tahap.pk}:{hari}"
        known = Pesan.objects.filter(kunci__startswith=f"{occasion}:")
        keys = dict(known.values_list("kunci", "status"))
        told = {k.rpartition(":")[0] for k, s in keys.items() if s != StatusAntrean.DIBATALKAN}
        for member, sesi in panel_coming(tahap, hari, at).items():
            daftar = said_sessions(sesi, member.pengguna.zona_waktu)
            own = f"{occasion}:{member.pk}"
            kunci = f"{own}:{sidik_of(daftar)}"
            if own not in told and kunci not in keys:
                _send_list(tahap, member, sesi, daftar, kunci)
                made += 1
    return made


def _send_list(
    tahap: Tahap, member: Evaluator, sesi: list[SesiWawancara], daftar: str, kunci: str
) -> None:
    queue_pesan(
        kunci=kunci,
        jenis="ingat_panel",
        kepada=member.pengguna,
        edisi=tahap.edisi,
        isian={"jumlah": len(sesi), "hari": hari_tanggal(sesi[0].mulai), "daftar": daftar},
        syarat=f"panel:{kunci.partition(':')[2].replace(':', '/')}",
        tautan="/evaluasi/wawancara/",
    )


def mark_interviewed(rows: list[SesiWawancara], rule: AturanPanel, at: datetime) -> int:
    """Move entries on whose session is over and valid; each in its own transaction."""
    moved = 0
    for row in rows:
        if at < row.selesai or row.sah < rule.minimal:
            continue
        try:
            change_status(
                pendaftaran=row.pendaftaran,
                ke=StatusPendaftaran.DIWAWANCARAI,
                oleh=None,
                dari=[StatusPendaftaran.TERJADWAL_WAWANCARA],
            )
        except NotAllowedError:  # somebody else moved it meanwhile
            continue
        moved += 1
    return moved


@transaction.atomic
def tell_invalid(tahap: Tahap, rows: list[SesiWawancara], rule: AturanPanel) -> int:
    """Tell the chair, once per closing, which sessions have fewer sheets than they need."""
    occasion = f"sesi_tidak_sah:{tahap.pk}:{closing_instant(tahap):%Y%m%d%H%M}"
    bad = [row.pendaftaran.kode for row in rows if row.sah < rule.minimal]
    if not bad or Pesan.objects.filter(kunci__startswith=f"{occasion}:").exists():
        return 0
    for ketua in pemegang_peran(tahap.edisi, KETUA):
        queue_pesan(
            kunci=f"{occasion}:{ketua.pk}",
            jenis="sesi_tidak_sah",
            kepada=ketua,
            edisi=tahap.edisi,
            isian={"jumlah": len(bad), "minimal": rule.minimal, "kode": ", ".join(bad)},
            tautan="/panitia/wawancara/?saring=lembar_kurang",
        )
    return len(bad)


def _due(row: SesiWawancara, rule: AturanPanel) -> datetime:
    return confirmation_due(row.mulai, row.dijadwalkan_pada, rule.konfirmasi_jam)


def _schedule(row: SesiWawancara) -> str:
    return f"{row.pk}:{row.dijadwalkan_pada:%Y%m%d%H%M%S}"


def _told(prefixes: list[str]) -> set[str]:
    """Which of these occasions have a message already; one query for all."""
    if not prefixes:
        return set()
    kinds = {prefix.partition(":")[0] for prefix in prefixes}
    keys = Pesan.objects.filter(jenis__in=kinds).values_list("kunci", flat=True)
    return {key.rpartition(":")[0] for key in keys if key.startswith(tuple(prefixes))}
