"""The committee's pages about assignments: plan, preview, changes by hand, release."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from evaluasi.actions.penugasan import (
    add_penugasan,
    release_rencana,
    replace_penugasan,
    withdraw_penugasan,
)
from evaluasi.actions.rencana import discard_rencana, start_rencana
from evaluasi.forms.penugasan import EvaluatorForm, RencanaForm, RilisForm
from evaluasi.queries.dugaan import assigned_in_doubt
from evaluasi.queries.evaluator import evaluator_visible_to
from evaluasi.queries.kemajuan import progress_of
from evaluasi.queries.keterhubungan import terpisah
from evaluasi.queries.penugasan import penugasan_visible_to
from evaluasi.queries.rencana import (
    candidates_for,
    entries_for,
    filter_entries,
    find_tahap_dinilai,
    loads_of,
    readers_of,
    readers_wanted,
    recusals_of,
    rencana_failed,
    rencana_in_work,
    rencana_open,
    tahap_dinilai,
)
from evaluasi.rules.penugasan import can_manage
from evaluasi.views.doors import for_panitia
from kompetisi import clock
from kompetisi.queries.edisi import closing_instant, keadaan_of
from kompetisi.ui import paginate, render_page

DOUBT_SHOWN = 5
LIHAT, ATUR = "penugasan.lihat", "penugasan.atur"


def get_stage(request, kode: str):
    """A scored stage of the edition, or 404."""
    tahap = find_tahap_dinilai(request.edisi, kode)
    if tahap is None:
        raise Http404
    return tahap


def stage_context(request, tahap) -> dict:
    """What every page about a stage shows: its state, closing and what may be changed."""
    keadaan = keadaan_of(tahap.edisi, tahap.jenis, clock.now())
    return {
        "tahap": tahap,
        "keadaan": keadaan,
        "penutupan": closing_instant(tahap),
        "perlu": readers_wanted(tahap),
        "boleh": can_manage(request.peran, keadaan),
    }


@require_safe
@for_panitia(LIHAT)
def daftar(request):
    """The scored stages with how far assignments and judging have come."""
    rows = []
    for tahap in tahap_dinilai(request.edisi):
        entries = entries_for(tahap, request.user)
        rows.append(
            stage_context(request, tahap)
            | {
                "pendaftaran": entries.count(),
                "kurang": entries.filter(pembaca__lt=readers_wanted(tahap)).count(),
                "maju": progress_of(tahap, request.user),
                "rencana": rencana_open(tahap),
            }
        )
    return render_page(request, "evaluasi/panitia/penugasan.html", {"daftar": rows})


@require_safe
@for_panitia(LIHAT)
def tahap(request, kode):
    """Assignments of a stage by entry and by evaluator, with loads and the open plan."""
    stage = get_stage(request, kode)
    wanted = readers_wanted(stage)
    rows = filter_entries(entries_for(stage, request.user), request.GET, wanted)
    page = paginate(request, rows)
    page.object_list = list(page.object_list)
    readers = readers_of(stage, [row.pk for row in page.object_list])
    for row in page.object_list:
        row.daftar_pembaca = readers.get(row.pk, [])
        row.kekurangan = max(0, wanted - len(row.daftar_pembaca))
    loads = loads_of(stage)
    plan = rencana_open(stage)
    doubt = assigned_in_doubt(stage, plan) if plan else []
    return render_page(
        request,
        "evaluasi/panitia/tahap.html",
        stage_context(request, stage)
        | {
            "halaman": page,
            "beban": loads,
            "beban_terbesar": max((row["beban"] for row in loads), default=0) or 1,
            "rencana": plan,
            "ragu": doubt,
            "form_rilis": RilisForm(jumlah=len(doubt), auto_id="rilis_%s") if doubt else None,
            "kerja": rencana_in_work(stage),
            "gagal": rencana_failed(stage),
            "terpisah": terpisah(stage),
            "form": RencanaForm(),
            "saring": request.GET,
            "saring_evaluator": as_number(request.GET.get("evaluator", "")),
            "berakhir": recusals_of(stage, request.user),
        },
        fragment="evaluasi/panitia/_pendaftaran.html",
    )


def as_number(text: str) -> int | None:
    """A key from the address; None for anything else."""
    return int(text) if text.isdecimal() else None


@require_POST
@for_panitia(ATUR)
def rencana(request, kode):
    """Draw a plan, or another one."""
    stage = get_stage(request, kode)
    form = RencanaForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    plan = start_rencana(
        tahap=stage,
        oleh=request.user,
        benih=given.get("benih"),
        pertahankan=not given.get("dari_awal"),
    )
    if plan is None:
        messages.info(request, "Rencana sedang disusun; Anda diberi tahu bila sudah siap.")
        return redirect("evaluasi_panitia:penugasan-tahap", kode)
    text = f"Rencana dengan nomor undian {plan.benih} siap diperiksa."
    if plan.kekurangan:
        messages.warning(
            request, f"{text} {len(plan.kekurangan)} pendaftaran masih kekurangan pembaca."
        )
    else:
        messages.success(request, text)
    return redirect("evaluasi_panitia:penugasan-tahap", kode)


@require_safe
@for_panitia(LIHAT)
def keadaan_rencana(request, kode):
    """Whether a plan is still being made: the part of the page again, or the page as it is now."""
    stage = get_stage(request, kode)
    kerja = rencana_in_work(stage)
    if kerja is not None:
        context = {"tahap": stage, "kerja": kerja}
        return render_page(request, "evaluasi/panitia/_rencana_kerja.html", context)
    response = redirect("evaluasi_panitia:penugasan-tahap", kode)
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
    return response


@require_POST
@for_panitia(ATUR)
def rilis(request, kode):
    """Release the open plan as a whole."""
    stage = get_stage(request, kode)
    plan = rencana_open(stage)
    if plan is None:
        messages.info(request, "Tidak ada rencana yang menunggu dirilis.")
        return redirect("evaluasi_panitia:penugasan-tahap", kode)
    known = request.POST.get("dugaan_diketahui") == "on"
    count = release_rencana(rencana=plan, oleh=request.user, dugaan_diketahui=known)
    messages.success(request, f"{count} penugasan dirilis dan para evaluator diberi tahu.")
    warn_doubt(request, stage)
    return redirect("evaluasi_panitia:penugasan-tahap", kode)


@require_POST
@for_panitia(ATUR)
def buang(request, kode):
    """Throw the open plan away."""
    plan = rencana_open(get_stage(request, kode))
    if plan is not None:
        discard_rencana(rencana=plan, oleh=request.user)
        messages.success(request, "Rencana dibuang. Penugasan yang sudah dirilis tidak berubah.")
    return redirect("evaluasi_panitia:penugasan-tahap", kode)


def get_entry(request, stage, kode: str):
    """An entry that is assigned in a stage, or 404."""
    return get_object_or_404(entries_for(stage, request.user), kode=kode)


@require_safe
@for_panitia(LIHAT)
def rinci(request, kode, pendaftaran):
    """One entry: its readers, and every evaluator with load, conflict and warnings."""
    stage = get_stage(request, kode)
    entry = get_entry(request, stage, pendaftaran)
    return render_page(
        request,
        "evaluasi/panitia/rinci.html",
        stage_context(request, stage)
        | {
            "pendaftaran": entry,
            "pembaca": readers_of(stage, [entry.pk]).get(entry.pk, []),
            "calon": candidates_for(stage, entry),
            "rencana": rencana_open(stage),
        },
    )


@require_POST
@for_panitia(ATUR)
def tambah(request, kode, pendaftaran):
    """Give an entry one more reader: in the open plan, or released at once without one."""
    stage = get_stage(request, kode)
    entry = get_entry(request, stage, pendaftaran)
    evaluator = chosen_evaluator(request)
    add_penugasan(
        tahap=stage,
        pendaftaran=entry,
        evaluator=evaluator,
        rencana=rencana_open(stage),
        oleh=request.user,
    )
    messages.success(request, f"{evaluator.pengguna} ditugaskan untuk {entry.kode}.")
    warn(request, stage, entry, evaluator)
    return redirect("evaluasi_panitia:penugasan-rinci", kode, entry.kode)


def chosen_evaluator(request):
    """The evaluator that the form names, or 404."""
    form = EvaluatorForm(request.POST)
    if not form.is_valid():
        raise Http404
    rows = evaluator_visible_to(request.user, request.edisi)
    return get_object_or_404(rows, pk=form.cleaned_data["evaluator"])


def warn(request, stage, entry, evaluator) -> None:
    """Say at once what should be minded about a pairing that was made."""
    row = next((c for c in candidates_for(stage, entry) if c["pk"] == evaluator.pk), None)
    if row and row["beban"] > row["kapasitas"]:
        messages.warning(
            request,
            f"Beban {evaluator.pengguna} kini {row['beban']} lembar, "
            f"melebihi kapasitas {row['kapasitas']}.",
        )
    homes = [r["asal"] for r in candidates_for(stage, entry) if r["sudah"] and r["asal"]]
    if row and homes.count(row["asal"]) > 1:
        messages.warning(
            request,
            "Pendaftaran ini kini dibaca lebih dari satu evaluator dari instansi yang sama.",
        )
    warn_apart(request, stage)
    warn_doubt(request, stage, f"{entry.kode}: {evaluator.pengguna}")


def warn_doubt(request, stage, only: str = "") -> None:
    """Say which pairs stand under a suggested conflict that nobody decided; `only` that one."""
    pairs = [pair for pair in assigned_in_doubt(stage) if only in ("", pair)]
    if pairs:
        shown = ", ".join(pairs[:DOUBT_SHOWN])
        more = f", dan {len(pairs) - DOUBT_SHOWN} lainnya" if len(pairs) > DOUBT_SHOWN else ""
        messages.warning(
            request,
            f"Dugaan benturan belum diputus untuk {shown}{more}. "
            "Putuskan pada halaman Tim evaluasi.",
        )


def warn_apart(request, stage) -> None:
    """Say at once when evaluators are no longer linked through shared entries."""
    if text := terpisah(stage):
        messages.warning(request, text)


def get_penugasan(request, kode: str, pk: int):
    """An assignment of a stage, or 404."""
    rows = penugasan_visible_to(request.user).select_related(
        "tahap__edisi", "pendaftaran__instansi", "rencana", "evaluator"
    )
    return get_object_or_404(rows, pk=pk, tahap__kode=kode, tahap__edisi=request.edisi)


@require_POST
@for_panitia(ATUR)
def ganti(request, kode, pk):
    """Give one reader's place to another."""
    row = get_penugasan(request, kode, pk)
    evaluator = chosen_evaluator(request)
    replace_penugasan(
        penugasan=row,
        evaluator=evaluator,
        alasan=request.POST.get("alasan", ""),
        oleh=request.user,
    )
    messages.success(request, f"{evaluator.pengguna} menggantikan pembaca sebelumnya.")
    warn(request, row.tahap, row.pendaftaran, evaluator)
    return redirect("evaluasi_panitia:penugasan-rinci", kode, row.pendaftaran.kode)


@require_POST
@for_panitia(ATUR)
def cabut(request, kode, pk):
    """End an assignment."""
    row = get_penugasan(request, kode, pk)
    withdraw_penugasan(penugasan=row, alasan=request.POST.get("alasan", ""), oleh=request.user)
    messages.success(request, "Penugasan berakhir.")
    warn_apart(request, row.tahap)
    return redirect("evaluasi_panitia:penugasan-rinci", kode, row.pendaftaran.kode)
