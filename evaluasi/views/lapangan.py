"""The committee's pages about site visits: dates, places, teams, numbers of the minutes."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluasi.actions.lapangan import (
    add_anggota_lapangan,
    number_berita_acara,
    schedule_kunjungan,
)
from evaluasi.actions.penugasan import withdraw_penugasan
from evaluasi.forms.lapangan import JadwalForm, NomorForm
from evaluasi.forms.penugasan import EvaluatorForm
from evaluasi.queries.evaluator import evaluator_visible_to
from evaluasi.queries.lapangan import (
    SARING,
    days_of_stage,
    entries_to_visit,
    find_tahap_lapangan,
    keadaan_jadwal,
    team_of,
    warnings_for,
    with_teams,
)
from evaluasi.queries.penugasan import penugasan_visible_to
from evaluasi.queries.rencana import candidates_for
from evaluasi.rules.lapangan import can_draw_up, can_manage_visit, minimal_tim
from evaluasi.rules.penugasan import can_manage
from evaluasi.views.doors import for_panitia
from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from kompetisi.queries.edisi import closing_instant, keadaan_of
from kompetisi.ui import paginate, render_page

LIHAT = "penugasan.lihat"


def for_stage(view):
    """Let the committee through to the stage of visits; 404 in an edition without one."""

    @wraps(view)
    @for_panitia(LIHAT)
    def guarded(request, *args, **kwargs):
        request.tahap = find_tahap_lapangan(request.edisi)
        if request.tahap is None:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_stage
def daftar(request):
    """The entries to be visited: when, where, by whom, how far."""
    tahap = request.tahap
    page = paginate(request, entries_to_visit(tahap, request.user, request.GET))
    page.object_list = with_teams(tahap, page.object_list)
    return render_page(
        request,
        "evaluasi/lapangan/daftar.html",
        {
            "tahap": tahap,
            "keadaan": keadaan_of(tahap.edisi, tahap.jenis, clock.now()),
            "penutupan": closing_instant(tahap),
            "minimal": minimal_tim(tahap.edisi.aturan),
            "halaman": page,
            "saring": request.GET,
            "pilihan": SARING.items(),
        },
        fragment="evaluasi/lapangan/_daftar.html",
    )


def get_entry(request, kode: str):
    """An entry of the stage, or 404."""
    return get_object_or_404(entries_to_visit(request.tahap, request.user, {}), kode=kode)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stage
def rinci(request, kode):
    """One visit: schedule, team with warnings, candidates, minutes; POST sets the schedule."""
    entry = get_entry(request, kode)
    if request.method != "POST":
        return show(request, entry)
    form = JadwalForm(request.POST)
    if not form.is_valid():
        return show(request, entry, form=form, status=422)
    try:
        schedule_kunjungan(pendaftaran=entry, oleh=request.user, **form.cleaned_data)
    except (InvalidInputError, NotAllowedError, StaleVersionError) as error:
        return refuse(request, entry, form, error)
    messages.success(request, "Jadwal tersimpan; peserta dan anggota tim diberi tahu.")
    return redirect("evaluasi_panitia:lapangan-rinci", entry.kode)


def refuse(request, entry, form, error):
    """The page again with what was typed and why it was not stored."""
    form.add_error(None, error.alasan)
    status = {StaleVersionError: 409, InvalidInputError: 422}.get(type(error), 403)
    if isinstance(error, StaleVersionError):
        form.data = form.data.copy()
        form.data["versi"] = error.rincian["versi"]
    return show(request, entry, form=form, status=status)


def show(request, entry, *, form=None, nomor=None, status=200):
    """The page of one visit."""
    tahap, now = request.tahap, clock.now()
    visit = getattr(entry, "kunjungan", None)
    team = team_of(tahap, [entry.pk])[entry.pk]
    minimal = minimal_tim(tahap.edisi.aturan)
    first, last = days_of_stage(tahap)
    form = form or JadwalForm(
        initial={
            "tanggal": visit.tanggal if visit else None,
            "tempat": visit.tempat if visit else entry.peserta,
            "versi": visit.versi if visit else 0,
        }
    )
    form.fields["tanggal"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
    keadaan = keadaan_of(tahap.edisi, tahap.jenis, now)
    return render_page(
        request,
        "evaluasi/lapangan/rinci.html",
        {
            "tahap": tahap,
            "pendaftaran": entry,
            "kunjungan": visit,
            "form": form,
            "dari": first,
            "hingga": last,
            "boleh": can_manage_visit(keadaan_jadwal(tahap, entry, request.peran, now)),
            "boleh_tim": can_manage(request.peran, keadaan),
            "tim": team,
            "minimal": minimal,
            "peringatan": warnings_for(team, tahap.edisi.aturan),
            "calon": candidates_for(tahap, entry),
            "siap": can_draw_up(terkunci=entry.terkunci or 0, minimal=minimal),
            "nomor": nomor
            or NomorForm(initial={"nomor": visit.nomor_berita_acara if visit else ""}),
        },
        status=status,
    )


@require_POST
@for_stage
def tambah(request, kode):
    """Take an evaluator into the team."""
    entry = get_entry(request, kode)
    form = EvaluatorForm(request.POST)
    if not form.is_valid():
        raise Http404
    rows = evaluator_visible_to(request.user, request.edisi)
    evaluator = get_object_or_404(rows, pk=form.cleaned_data["evaluator"])
    add_anggota_lapangan(pendaftaran=entry, evaluator=evaluator, oleh=request.user)
    messages.success(request, f"{evaluator.pengguna} masuk ke tim kunjungan {entry.kode}.")
    return redirect("evaluasi_panitia:lapangan-rinci", entry.kode)


@require_POST
@for_stage
def cabut(request, kode, pk):
    """Take a member out of the team."""
    entry = get_entry(request, kode)
    rows = penugasan_visible_to(request.user).select_related(
        "tahap__edisi", "pendaftaran__instansi", "rencana", "evaluator"
    )
    row = get_object_or_404(rows, pk=pk, tahap=request.tahap, pendaftaran=entry)
    withdraw_penugasan(penugasan=row, alasan=request.POST.get("alasan", ""), oleh=request.user)
    messages.success(request, "Anggota dikeluarkan dari tim.")
    return redirect("evaluasi_panitia:lapangan-rinci", entry.kode)


@require_POST
@for_stage
def nomor(request, kode):
    """Enter the number of the minutes."""
    entry = get_entry(request, kode)
    visit = getattr(entry, "kunjungan", None)
    if visit is None:
        raise Http404
    form = NomorForm(request.POST)
    if not form.is_valid():
        return show(request, entry, nomor=form, status=422)
    number_berita_acara(kunjungan=visit, oleh=request.user, **form.cleaned_data)
    messages.success(request, "Nomor berita acara tersimpan dan kunjungan ditutup.")
    return redirect("evaluasi_panitia:lapangan-rinci", entry.kode)
