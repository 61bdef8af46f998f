"""The committee's page that proposes a timetable of interviews and stores it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from evaluasi.actions.wawancara import store_jadwal
from evaluasi.forms.wawancara import UsulanForm
from evaluasi.queries.wawancara import entries_unscheduled, proposal_of
from evaluasi.views.wawancara import DAFTAR, for_stage, stage_context
from kompetisi import clock
from kompetisi.clock import WIB
from kompetisi.errors import NotAllowedError
from kompetisi.ui import render_page

PAGE = "evaluasi/wawancara/usulan.html"
CHANGED = "Keadaannya berubah sejak usulan ditampilkan. Periksa usulan yang baru, lalu simpan."


@require_http_methods(["GET", "HEAD", "POST"])
@for_stage
def usulan(request):
    """A proposed timetable for those without a session; POST stores the one that was seen."""
    context = stage_context(request)
    if request.method == "POST":
        context["boleh"].require()
        return store(request, context)
    form = UsulanForm(request.GET if "ruang" in request.GET else None)
    if form.is_bound and form.is_valid():
        return show_usulan(request, context, form)
    return show_form(request, context, form, status=422 if form.is_bound else 200)


def show_form(request, context, form, *, status):
    """The form alone, with those who wait for a session."""
    waiting = entries_unscheduled(request.tahap, request.user)
    return render_page(request, PAGE, context | {"form": form, "menunggu": waiting}, status=status)


def show_usulan(request, context, form, *, galat="", status=200):
    """The form with the timetable it leads to."""
    proposal, entries = proposal_of(
        request.tahap, form.aturan(request.aturan.lama), request.user, clock.now()
    )
    rows = [(proposal.slot[row.pk], row) for row in entries if row.pk in proposal.slot]
    rows.sort(key=lambda item: (item[0].mulai, item[0].ruang))
    return render_page(
        request,
        PAGE,
        context
        | {
            "form": form,
            "galat": galat,
            "menunggu": entries,
            "usulan": proposal,
            "hari": by_day(rows).items(),
            "sisa": [row for row in entries if row.pk in proposal.sisa],
        },
        status=status,
    )


def by_day(rows) -> dict:
    """(slot, entry) by day in WIB."""
    found: dict = {}
    for slot, row in rows:
        found.setdefault(slot.mulai.astimezone(WIB).date(), []).append((slot, row))
    return found


def store(request, context):
    """Store the proposal, if it is still the one that was seen."""
    form = UsulanForm(request.POST)
    if not form.is_valid():
        return show_form(request, context, form, status=422)
    proposal, entries = proposal_of(
        request.tahap, form.aturan(request.aturan.lama), request.user, clock.now()
    )
    if proposal.sidik != request.POST.get("sidik") or not proposal.slot:
        return show_usulan(request, context, form, galat=CHANGED, status=409)
    try:
        stored = store_jadwal(
            pendaftaran={row.pk: row for row in entries}, slot=proposal.slot, oleh=request.user
        )
    except NotAllowedError as error:  # a room or a member was taken this very moment
        return show_usulan(request, context, form, galat=error.alasan, status=409)
    messages.success(request, f"{len(stored)} sesi terjadwal dan pesertanya diberi tahu.")
    return redirect(DAFTAR)
