"""Beside a score: places in the documents, a question for the site team, what was read.

Each answers JSON to the reading room's script and leads back to the sheet for everybody else.
"""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from evaluasi.actions.bacaan import add_titik, note_bacaan, remove_titik, save_pertanyaan
from evaluasi.forms.bacaan import BacaanForm, PertanyaanForm, TitikForm
from evaluasi.queries.bacaan import berkas_choices, samping_of
from evaluasi.queries.lembar import butir_of, lembar_own
from evaluasi.queries.samaran import mask_berkas, mask_lembar
from evaluasi.views.doors import for_ready_evaluator
from evaluasi.views.lembar import first_error, refuse_json
from kompetisi import clock
from kompetisi.busy import wants_json
from kompetisi.errors import KompetisiError, NotAllowedError, StaleVersionError
from kompetisi.templatetags.waktu import jam_detik
from kompetisi.ui import render_page


def get_own(request: HttpRequest, pk: int, kriteria: int):
    """An own sheet and one criterion of it, or 404."""
    row = get_object_or_404(lembar_own(request.user), pk=pk)
    row.samar = mask_lembar(row)
    item = next((b for b in butir_of(row.pk) if b.kriteria_id == kriteria), None)
    if item is None:
        raise Http404
    return row, item


@require_http_methods(["GET", "HEAD", "POST"])
@for_ready_evaluator
def bukti(request: HttpRequest, pk: int, kriteria: int) -> HttpResponse:
    """Where a criterion's evidence stands; POST adds a place."""
    row, item = get_own(request, pk, kriteria)
    form = TitikForm(
        request.POST or None, berkas=berkas_choices(row.penugasan.pendaftaran_id, samar=row.samar)
    )
    if request.method != "POST":
        return page(request, row, item, form)
    if form.is_valid():
        try:
            titik = add_titik(lembar=row, kriteria=kriteria, oleh=request.user, **form.cleaned_data)
        except KompetisiError as error:
            if wants_json(request):
                return refuse_json(error)
            form.add_error(None, error.alasan)
        else:
            if wants_json(request):
                return JsonResponse(as_json(row, titik), status=201)
            return redirect(back_to(row, item))
    if wants_json(request):
        return JsonResponse({"pesan": first_error(form)}, status=422)
    return page(request, row, item, form, status=422)


def as_json(row, titik) -> dict:
    """A place for the script that draws it."""
    args = [row.pk, titik.kriteria_id, titik.pk]
    return {
        "lepas": reverse("evaluasi:bukti-lepas", args=args),
        "alamat": reverse("evaluasi:berkas", args=[row.pk, titik.berkas_id]),
        "berkas": titik.berkas_id,
        "tipe": titik.berkas.tipe,
        "nama": (mask_berkas(titik.berkas) if row.samar else titik.berkas).nama_asli,
        "halaman": titik.halaman,
        "kotak": f"{titik.kiri},{titik.atas},{titik.lebar},{titik.tinggi}",
    }


def page(request, row, item, form, *, tanya=None, status: int = 200) -> HttpResponse:
    """Places and question of one criterion, for browsers without scripts."""
    samping = samping_of(row.pk, samar=row.samar)
    stored = samping.tanya.get(item.kriteria_id)
    context = {
        "lembar": row,
        "pendaftaran": row.penugasan.pendaftaran,
        "butir": item,
        "titik_list": samping.titik[item.kriteria_id],
        "form": form,
        "tanya": tanya or PertanyaanForm(initial=stored or {"versi": 0}),
        "ada_lapangan": samping.ada_lapangan,
    }
    return render_page(request, "evaluasi/bukti.html", context, status=status)


@require_POST
@for_ready_evaluator
def lepas(request: HttpRequest, pk: int, kriteria: int, titik: int) -> HttpResponse:
    """Take a place off."""
    row, item = get_own(request, pk, kriteria)
    try:
        remove_titik(lembar=row, titik=titik, oleh=request.user)
    except KompetisiError as error:
        if wants_json(request):
            return refuse_json(error)
        raise
    return HttpResponse(status=204) if wants_json(request) else redirect(back_to(row, item))


@require_POST
@for_ready_evaluator
def lapangan(request: HttpRequest, pk: int, kriteria: int) -> HttpResponse:
    """Mark a criterion for the site team, with the question; an empty text takes it back."""
    row, item = get_own(request, pk, kriteria)
    form = PertanyaanForm(request.POST)
    if not form.is_valid():
        if wants_json(request):
            return JsonResponse({"pesan": first_error(form)}, status=422)
        places = TitikForm(berkas=berkas_choices(row.penugasan.pendaftaran_id, samar=row.samar))
        return page(request, row, item, places, tanya=form, status=422)
    data = {"teks": form.cleaned_data["teks"], "versi": form.cleaned_data["versi"] or 0}
    try:
        versi = save_pertanyaan(lembar=row, kriteria=kriteria, oleh=request.user, **data)
    except KompetisiError as error:
        if wants_json(request):
            return refuse_json(error)
        form.add_error("teks", told(error))
        places = TitikForm(berkas=berkas_choices(row.penugasan.pendaftaran_id, samar=row.samar))
        status = {StaleVersionError: 409, NotAllowedError: 403}.get(type(error), 422)
        return page(request, row, item, places, tanya=form, status=status)
    if wants_json(request):
        return JsonResponse({"versi": versi, "waktu": jam_detik(clock.now())})
    return redirect(back_to(row, item))


def told(error: KompetisiError) -> str:
    """The refusal, with what another tab stored."""
    if isinstance(error, StaleVersionError):
        return f"{error.alasan} Yang tersimpan kini: “{error.rincian['tersimpan']}”."
    return error.alasan


@require_POST
@for_ready_evaluator
def baca(request: HttpRequest, pk: int) -> HttpResponse:
    """What was in view for how long."""
    row = get_object_or_404(lembar_own(request.user), pk=pk)
    form = BacaanForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"pesan": first_error(form)}, status=422)
    note_bacaan(lembar=row, oleh=request.user, **form.cleaned_data)
    return HttpResponse(status=204)


def back_to(row, item) -> str:
    """The criterion on its sheet."""
    return f"{reverse('evaluasi:lembar', args=[row.pk])}#k-{item.kode}"
