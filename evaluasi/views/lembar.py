"""The score sheet: reading room, saving while typing, the whole form, locking."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluasi.actions.lembar import (
    lock_lembar,
    open_lembar,
    save_catatan_umum,
    save_lembar,
    save_nilai,
)
from evaluasi.forms.lembar import CatatanForm, LembarForm, NilaiForm
from evaluasi.queries.bacaan import samping_of
from evaluasi.queries.dasbor import next_penugasan
from evaluasi.queries.diskusi import unread_of
from evaluasi.queries.kejujuran import bacaan_list, tanda_own
from evaluasi.queries.lembar import (
    butir_of,
    facts_of,
    keadaan_lembar,
    lembar_own,
    lembar_visible_to,
    peers_of,
)
from evaluasi.queries.penugasan import penugasan_own
from evaluasi.queries.ruang import berkas_of_lembar, ruang_of
from evaluasi.queries.samaran import mask_lembar, mask_ruang, samaran_of
from evaluasi.rules.bacaan import sisa_baca
from evaluasi.rules.kejujuran import find_petunjuk
from evaluasi.rules.lembar import can_fill, missing_for_lock, total_of
from evaluasi.views.doors import for_ready_evaluator, send_berkas
from kompetisi import clock
from kompetisi.errors import InvalidInputError, KompetisiError, NotAllowedError, StaleVersionError
from kompetisi.rules.matriks import MATRIKS
from kompetisi.templatetags.angka import desimal
from kompetisi.templatetags.waktu import jam_detik
from kompetisi.ui import render_page

CLOSED_TEXT = "Yang Anda ketik masih ada di halaman ini; salin bila perlu."


@require_POST
@for_ready_evaluator
def buka(request, pk):
    """Open the sheet of an own assignment."""
    penugasan = get_object_or_404(
        penugasan_own(request.user).select_related("tahap", "pendaftaran", "evaluator"), pk=pk
    )
    lembar = open_lembar(penugasan=penugasan, oleh=request.user)
    return redirect("evaluasi:lembar", lembar.pk)


@require_safe
@for_ready_evaluator
def berikutnya(request, pk):
    """Go to the next sheet of the same stage that is not locked; `pk` is the one left."""
    row = get_object_or_404(lembar_own(request.user), pk=pk)
    following = next_penugasan(request.user, row.penugasan.tahap_id, row.penugasan_id)
    if following is None:
        messages.info(request, "Tidak ada lembar lain yang belum terkunci pada tahap ini.")
        return redirect("evaluasi:dasbor")
    return go_to(request, following)


def go_to(request, penugasan: int):
    """The sheet of an assignment, as a redirect; one without a sheet yet shows on the board."""
    row = lembar_own(request.user).filter(penugasan=penugasan).first()
    return redirect("evaluasi:lembar", row.pk) if row else redirect("evaluasi:dasbor")


@require_http_methods(["GET", "HEAD", "POST"])
def lembar(request, pk):
    """The sheet beside the document; POST saves all of it, for browsers without scripts."""
    row = get_object_or_404(lembar_visible_to(request.user), pk=pk)
    own = row.penugasan.evaluator.pengguna_id == request.user.pk
    hide_names(request, row)
    if request.method == "POST":
        if not own:
            raise Http404
        return save_whole(request, row)
    return show(request, row)


def hide_names(request, row) -> bool:
    """Keep the participant's name where the edition asks; the circle sees it on others' sheets."""
    own = row.penugasan.evaluator.pengguna_id == request.user.pk
    return (own or not MATRIKS["nilai.lihat"].peran.intersection(request.peran)) and mask_lembar(
        row
    )


def show(request, row, *, typed=None, form=None, stored=None, galat="", status=200):
    """The page of a sheet; `typed` keeps what could not be saved, `stored` what stands instead."""
    butir = butir_of(row.pk)
    fakta = facts_of(row.pk, request.user)
    keadaan = fakta.at(clock.now())
    ruang = ruang_of(row, butir)
    samar = bool(row.penugasan.pendaftaran.samaran)
    samping = samping_of(row.pk, samar=samar)
    if samar:
        mask_ruang(ruang, row.penugasan.pendaftaran)
    for group in ruang.kelompok:
        for item in group["butir"]:
            key = item["b"].kriteria_id
            item["titik"], item["tanya"] = samping.titik.get(key, ()), samping.tanya.get(key)
            item["isi"] = (typed or {}).get(key) or shown_of(item["b"])
            item["tersimpan"] = (stored or {}).get(key)
            item["galat"] = form.errors.get(f"tingkat-{key}") if form else None
    verdict = can_fill(keadaan)
    rekan = peers_of(row, request.user) if row.terkunci else []
    return render_page(
        request,
        "evaluasi/lembar.html",
        {
            "lembar": row,
            "penugasan": row.penugasan,
            "pendaftaran": row.penugasan.pendaftaran,
            "edisi": row.penugasan.tahap.edisi,
            "navigasi": [],
            "ruang": ruang,
            "bisa_isi": verdict.ok,
            "sisa_baca": sisa_baca(ruang.berkas, samping.dibaca) if keadaan.milik else None,
            "ada_lapangan": samping.ada_lapangan,
            "penutupan": fakta.selesai,
            "alasan_tutup": "" if verdict.ok or row.terkunci else verdict.alasan,
            "milik": keadaan.milik,
            "panitia": bool(MATRIKS["nilai.lihat"].peran & keadaan.peran),
            "total": total_of(butir),
            "terisi": sum(1 for b in butir if b.dinilai),
            "jumlah": len(butir),
            "kunci": samping.kunci,
            "rekan": rekan,
            "diskusi_baru": unread_of(row, request.user) if rekan else 0,
            "catatan_umum": form.data.get("catatan_umum", "") if form else row.catatan_umum,
            "form": form,
            "galat": galat,
            "ketikan": [] if verdict.ok or not typed else typed_rows(butir, typed),
        },
        status=status,
    )


def typed_rows(butir, typed) -> list[dict]:
    """What was typed into a sheet that can no longer be filled, so that it can be copied."""
    return [
        {"kode": b.kode, **typed[b.kriteria_id]}
        for b in butir
        if typed[b.kriteria_id]["tingkat"] or typed[b.kriteria_id]["catatan"]
    ]


def shown_of(item) -> dict:
    """What the page shows of a criterion as it is stored."""
    return {"tingkat": item.dinilai, "catatan": item.catatan, "versi": item.versi}


def save_whole(request, row):
    """Store every criterion; on a refusal the page comes back with all that was typed."""
    form = LembarForm(butir_of(row.pk), request.POST)
    if not form.is_valid():
        return show(request, row, typed=form.typed(), form=form, status=422)
    try:
        save_lembar(
            lembar=row,
            isian=form.isian(),
            catatan_umum=form.cleaned_data["catatan_umum"],
            versi=form.cleaned_data["versi"],
            oleh=request.user,
        )
    except KompetisiError as error:
        return refuse_whole(request, row, form, error)
    if request.POST.get("aksi") == "kunci":
        return redirect("evaluasi:penguncian", row.pk)
    if request.POST.get("aksi") == "lanjut":
        return redirect("evaluasi:lembar-berikutnya", row.pk)
    messages.success(request, "Lembar tersimpan sebagai draf.")
    return redirect("evaluasi:lembar", row.pk)


def refuse_whole(request, row, form, error: KompetisiError):
    """Say why nothing was saved, and keep both texts where two tabs met."""
    stored = error.rincian.get("butir") if isinstance(error, StaleVersionError) else None
    status = {StaleVersionError: 409, InvalidInputError: 422}.get(type(error), 403)
    return show(
        request,
        row,
        typed=form.typed(),
        form=form,
        stored=stored,
        galat=f"{error.alasan} {CLOSED_TEXT}",
        status=status,
    )


@require_POST
def nilai(request, pk, kriteria):
    """Store one criterion while it is typed; answers JSON (docs/antarmuka.md section 6)."""
    row = get_object_or_404(lembar_own(request.user).select_related(None), pk=pk)
    form = NilaiForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"pesan": first_error(form)}, status=422)
    try:
        hasil = save_nilai(lembar=row, kriteria=kriteria, oleh=request.user, **form.cleaned_data)
    except KompetisiError as error:
        return refuse_json(error)
    return JsonResponse(
        {
            "versi": hasil.nilai.versi,
            "waktu": jam_detik(hasil.pada),
            "total": desimal(hasil.total, 2),
            "terisi": hasil.terisi,
            "jumlah": hasil.jumlah,
        }
    )


@require_POST
def catatan(request, pk):
    """Store the general note while it is typed."""
    row = get_object_or_404(lembar_own(request.user).select_related(None), pk=pk)
    form = CatatanForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"pesan": first_error(form)}, status=422)
    try:
        saved = save_catatan_umum(lembar=row, oleh=request.user, **form.cleaned_data)
    except KompetisiError as error:
        return refuse_json(error)
    return JsonResponse({"versi": saved.versi, "waktu": jam_detik(clock.now())})


def first_error(form) -> str:
    """The first message of a form."""
    return next(iter(form.errors.values()))[0]


def refuse_json(error: KompetisiError) -> JsonResponse:
    """A refusal of a save by script: 409 with what is stored, 422, or 403."""
    if isinstance(error, StaleVersionError):
        return JsonResponse({"pesan": error.alasan, **error.rincian}, status=409)
    status = 403 if isinstance(error, NotAllowedError) else 422
    return JsonResponse({"pesan": error.alasan}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_ready_evaluator
def penguncian(request, pk):
    """Check the whole sheet once more, then lock it."""
    row = get_object_or_404(lembar_own(request.user), pk=pk)
    if row.terkunci:
        return redirect("evaluasi:lembar", row.pk)
    masked = mask_lembar(row)
    if request.method == "POST":
        lock_lembar(lembar=row, oleh=request.user)
        messages.success(request, f"Lembar {row.penugasan.pendaftaran.kode} terkunci.")
        if request.POST.get("lanjut"):
            return redirect("evaluasi:lembar-berikutnya", row.pk)
        return redirect("evaluasi:lembar", row.pk)
    butir = butir_of(row.pk)
    return render_page(
        request,
        "evaluasi/penguncian.html",
        {
            "petunjuk": find_petunjuk(tanda_own(row, request.user)).about(row.pk),
            "dokumen": [d | {"nama": ""} if masked else d for d in bacaan_list(row.pk)],
            "lembar": row,
            "pendaftaran": row.penugasan.pendaftaran,
            "butir": butir,
            "total": total_of(butir),
            "kurang": missing_for_lock(butir),
            "verdict": can_fill(keadaan_lembar(row, request.user)),
        },
    )


@require_safe
def berkas(request, pk, berkas):
    """A file of the entry, for whoever may see the sheet."""
    row = get_object_or_404(lembar_visible_to(request.user), pk=pk)
    stored = berkas_of_lembar(row, berkas)
    if stored is None:
        raise Http404
    if hide_names(request, row):
        stored = samaran_of(row.penugasan.pendaftaran_id, stored)
    return send_berkas(request, stored)
