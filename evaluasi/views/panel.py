"""The board of a member of panels: own sessions by day, the sheet, the slides, the timer."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from evaluasi.actions.wawancara import start_wawancara
from evaluasi.queries.kalender import acara_sesi
from evaluasi.queries.wawancara import (
    find_tahap_wawancara,
    order_by_day,
    panel_members,
    panel_rules,
    sesi_of_panel,
)
from evaluasi.rules.wawancara import PERSIAPAN, can_start, state_of
from evaluasi.views.doors import for_ready_evaluator, send_berkas
from evaluasi.views.jadwal import send_calendar
from kompetisi import clock
from kompetisi.queries.edisi import keadaan_of
from kompetisi.ui import paginate, render_page

AFTERWARDS = timedelta(minutes=30)  # how long a timer stays after its session's time


@require_safe
@for_ready_evaluator
def papan(request):
    """Own sessions by day; those of now with their timer. A part that asks for itself again."""
    tahap, rule = find_tahap_wawancara(request.edisi), panel_rules(request.edisi)
    if tahap is None or rule is None:
        raise Http404
    now = clock.now()
    page = paginate(request, sesi_of_panel(request.user, request.edisi))
    rows = list(page.object_list)
    describe(request, tahap, rows, now)
    return render_page(
        request,
        "evaluasi/wawancara/papan.html",
        {
            "tahap": tahap,
            "aturan": rule,
            "kini": now,
            "halaman": page,
            "hari": order_by_day(rows).items(),
            "sedang": any(row.sedang for row in rows),
        },
        fragment="evaluasi/wawancara/_papan.html",
    )


def describe(request, tahap, rows, now) -> None:
    """What the board shows of each session; one query for the panels, one for the stage."""
    rule = panel_rules(tahap.edisi)
    keadaan = keadaan_of(tahap.edisi, tahap.jenis, now)
    panels: dict[int, list[str]] = {}
    for entry, member in panel_members(tahap, [row.pendaftaran_id for row in rows]):
        panels.setdefault(entry, []).append(str(member.pengguna))
    for row in rows:
        row.panel = sorted(panels.get(row.pendaftaran_id, []))
        row.keadaan = state_of(row, now, terkunci=row.sah, minimal=rule.minimal)
        row.sedang = row.mulai - PERSIAPAN <= now < row.selesai + AFTERWARDS
        row.boleh_mulai = can_start(request.peran, keadaan, now, row)
        if row.dimulai_pada:
            row.akhir_paparan = row.dimulai_pada + timedelta(minutes=rule.paparan_menit)
            row.akhir = row.dimulai_pada + rule.lama
            row.berhitung = now < row.akhir + AFTERWARDS


def get_sesi(request, pk: int):
    """An own session, or 404."""
    return get_object_or_404(sesi_of_panel(request.user, request.edisi), pk=pk)


@require_POST
@for_ready_evaluator
def mulai(request, pk):
    """Begin a session: the timers of its panel run from now."""
    sesi = start_wawancara(sesi=get_sesi(request, pk), oleh=request.user)
    messages.success(request, "Sesi dimulai; waktu berjalan untuk seluruh panel.")
    return redirect(f"{reverse('evaluasi:wawancara')}#sesi-{sesi.pk}")


@require_safe
@for_ready_evaluator
def bahan(request, pk):
    """The slides of an own session."""
    sesi = get_sesi(request, pk)
    if sesi.bahan_paparan is None:
        raise Http404
    return send_berkas(request, sesi.bahan_paparan)


@require_safe
@for_ready_evaluator
def kalender(request):
    """All own sessions for the calendar of the reader's device."""
    address = request.build_absolute_uri(reverse("evaluasi:wawancara"))
    rows = sesi_of_panel(request.user, request.edisi)
    return send_calendar([acara_sesi(row, address) for row in rows], "wawancara.ics")
