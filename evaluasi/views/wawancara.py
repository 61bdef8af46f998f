"""The committee's pages about interviews: the timetable and one session."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluasi.actions.wawancara import (
    cancel_wawancara,
    reschedule_wawancara,
    schedule_wawancara,
)
from evaluasi.forms.wawancara import AlasanForm, SesiForm
from evaluasi.queries.rencana import readers_of
from evaluasi.queries.wawancara import (
    SARING,
    entries_unscheduled,
    entry_to_schedule,
    filter_sesi,
    find_tahap_wawancara,
    order_by_day,
    panel_rules,
    sesi_visible_to,
    summary_of,
)
from evaluasi.rules.wawancara import can_schedule, state_of
from evaluasi.views.doors import for_panitia, send_berkas
from kompetisi import clock
from kompetisi.clock import WIB
from kompetisi.errors import InvalidInputError, KompetisiError, StaleVersionError
from kompetisi.queries.edisi import closing_instant, keadaan_of
from kompetisi.ui import paginate, render_page

LIHAT, ATUR = "penugasan.lihat", "wawancara.jadwalkan"
DAFTAR, RINCI = "evaluasi_panitia:wawancara", "evaluasi_panitia:wawancara-rinci"


def for_stage(view):
    """Let the committee through to the stage of interviews; 404 in an edition without one."""

    @wraps(view)
    @for_panitia(LIHAT)
    def guarded(request, *args, **kwargs):
        request.tahap = find_tahap_wawancara(request.edisi)
        request.aturan = panel_rules(request.edisi)
        if request.tahap is None or request.aturan is None:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def stage_context(request) -> dict:
    """What every page about the interviews shows of the stage."""
    tahap = request.tahap
    keadaan = keadaan_of(tahap.edisi, tahap.jenis, clock.now())
    return {
        "tahap": tahap,
        "aturan": request.aturan,
        "keadaan": keadaan,
        "penutupan": closing_instant(tahap),
        "boleh": can_schedule(request.peran, keadaan),
    }


def with_panels(request, rows) -> list:
    """Sessions with their panels and where they stand; one query for all."""
    found, now = list(rows), clock.now()
    panels = readers_of(request.tahap, [row.pendaftaran_id for row in found])
    for row in found:
        row.panel = panels.get(row.pendaftaran_id, [])
        row.keadaan = state_of(row, now, terkunci=row.sah, minimal=request.aturan.minimal)
    return found


@require_safe
@for_stage
def daftar(request):
    """The timetable by day, with confirmations and panels, and who has no session yet."""
    now = clock.now()
    rows = sesi_visible_to(request.user, request.edisi)
    page = paginate(request, filter_sesi(rows, request.GET, request.aturan, now))
    waiting = entries_unscheduled(request.tahap, request.user)
    return render_page(
        request,
        "evaluasi/wawancara/daftar.html",
        stage_context(request)
        | {
            "halaman": page,
            "hari": order_by_day(with_panels(request, page.object_list)).items(),
            "ringkasan": summary_of(rows, request.aturan, now),
            "menunggu": waiting[:50],
            "jumlah_menunggu": waiting.count(),
            "saring": request.GET,
            "pilihan": SARING.items(),
        },
        fragment="evaluasi/wawancara/_daftar.html",
    )


@require_safe
@for_stage
def cetak(request):
    """The whole timetable on paper: by day, with panels."""
    rows = sesi_visible_to(request.user, request.edisi).order_by("mulai", "ruang", "pk")
    return render_page(
        request,
        "evaluasi/wawancara/cetak.html",
        stage_context(request) | {"hari": order_by_day(with_panels(request, rows)).items()},
    )


# --- One session ---------------------------------------------------------------------------------


def find_sesi(request, kode: str):
    """The session of an entry, or None."""
    return sesi_visible_to(request.user, request.edisi).filter(pendaftaran__kode=kode).first()


def get_entry(request, kode: str):
    """The entry of a code with its session or None; 404 when it is not among the interviews."""
    sesi = find_sesi(request, kode)
    entry = sesi.pendaftaran if sesi else entry_to_schedule(request.tahap, request.user, kode)
    if entry is None:
        raise Http404
    return entry, sesi


@require_http_methods(["GET", "HEAD", "POST"])
@for_stage
def rinci(request, kode):
    """One session: schedule, panel, confirmation, sheets; POST sets or changes the schedule."""
    entry, sesi = get_entry(request, kode)
    if request.method != "POST":
        return show(request, entry, sesi)
    stage_context(request)["boleh"].require()
    form = SesiForm(request.POST)
    if not form.is_valid():
        return show(request, entry, sesi, form=form, status=422)
    try:
        set_schedule(request, entry, sesi, form)
    except KompetisiError as error:
        return refuse(request, entry, sesi, form, error)
    messages.success(request, "Jadwal tersimpan; peserta diberi tahu dan diminta mengonfirmasi.")
    return redirect(RINCI, kode)


def set_schedule(request, entry, sesi, form) -> None:
    """Schedule the entry, or change its session."""
    if sesi is None:
        schedule_wawancara(pendaftaran=entry, oleh=request.user, **form.jadwal())
        return
    versi = form.cleaned_data["versi"] or 0
    reschedule_wawancara(sesi=sesi, versi=versi, oleh=request.user, **form.jadwal())


def refuse(request, entry, sesi, form, error: KompetisiError):
    """The page again with what was typed and why it was not stored."""
    form.add_error(None, error.alasan)
    status = {StaleVersionError: 409, InvalidInputError: 422}.get(type(error), 403)
    if isinstance(error, StaleVersionError):
        form.data = form.data.copy()
        form.data["versi"] = error.rincian["versi"]
    return show(request, entry, sesi, form=form, status=status)


def initial_of(request, sesi) -> dict:
    """What the form shows: the session, or the first morning of the stage."""
    if sesi is None:
        first = max(request.tahap.mulai, clock.now()).astimezone(WIB)
        return {"tanggal": first.date(), "versi": 0}
    begin, end = sesi.mulai.astimezone(WIB), sesi.selesai.astimezone(WIB)
    return {
        "tanggal": begin.date(),
        "mulai": begin.time(),
        "selesai": end.time(),
        "ruang": sesi.ruang,
        "tautan": sesi.tautan,
        "versi": sesi.versi,
    }


def show(request, entry, sesi, *, form=None, batal=None, status=200):
    """The page of one session."""
    if sesi is not None:
        with_panels(request, [sesi])
    return render_page(
        request,
        "evaluasi/wawancara/rinci.html",
        stage_context(request)
        | {
            "pendaftaran": entry,
            "sesi": sesi,
            "panel": readers_of(request.tahap, [entry.pk]).get(entry.pk, []),
            "form": form or SesiForm(initial=initial_of(request, sesi)),
            "batal": batal or AlasanForm(auto_id="batal_%s"),
        },
        status=status,
    )


@require_POST
@for_stage
def pembatalan(request, kode):
    """Take a session off the timetable."""
    entry, sesi = get_entry(request, kode)
    if sesi is None:
        raise Http404
    stage_context(request)["boleh"].require()
    form = AlasanForm(request.POST, auto_id="batal_%s")
    if not form.is_valid():
        return show(request, entry, sesi, batal=form, status=422)
    cancel_wawancara(sesi=sesi, oleh=request.user, **form.cleaned_data)
    messages.success(request, "Sesi dibatalkan; peserta dan panel diberi tahu.")
    return redirect(DAFTAR)


@require_safe
@for_stage
def bahan(request, kode):
    """The slides of a session."""
    sesi = get_object_or_404(
        sesi_visible_to(request.user, request.edisi).filter(bahan_paparan__isnull=False),
        pendaftaran__kode=kode,
    )
    return send_berkas(request, sesi.bahan_paparan)
