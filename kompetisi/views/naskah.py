"""The committee's pages about the texts of messages."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetisi.actions.naskah import reset_naskah, save_naskah
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.forms.naskah import NaskahForm
from kompetisi.queries.naskah import (
    examples_of,
    katalog_of,
    naskah_current,
    naskah_versions,
    sample_values,
)
from kompetisi.rules.katalog import katalog
from kompetisi.rules.naskah import JenisPesan, fill_isi, fill_subjek, missing_places
from kompetisi.ui import render_page
from kompetisi.views.doors import require_aksi


@require_safe
def daftar(request: HttpRequest) -> HttpResponse:
    """Every kind of message, and whether its text was edited in this edition."""
    require_aksi(request, "naskah.ubah")
    return render_page(
        request, "kompetisi/panitia/naskah.html", {"katalog": katalog_of(request.edisi)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def rinci(request: HttpRequest, jenis: str) -> HttpResponse:
    """Edit one text: POST with `pratinjau` only shows it filled, without it stores it."""
    require_aksi(request, "naskah.ubah")
    kind = _kind(jenis)
    form = NaskahForm(request.POST or None, jenis=kind, initial=_initial(request, kind))
    if request.method != "POST":
        return _show(request, kind, form)
    if not form.is_valid():
        return _show(request, kind, form, status=422)
    if "pratinjau" in request.POST:
        return _show(request, kind, form)
    try:
        save_naskah(edisi=request.edisi, jenis=kind, oleh=request.user, **form.cleaned_data)
    except (InvalidInputError, StaleVersionError) as error:
        return _refuse(request, kind, form, error)
    messages.success(request, "Naskah tersimpan dan dipakai untuk pesan berikutnya.")
    return redirect("panitia:naskah-rinci", kind.kode)


@require_POST
def bawaan(request: HttpRequest, jenis: str) -> HttpResponse:
    """Return to the text of the catalogue."""
    require_aksi(request, "naskah.ubah")
    kind = _kind(jenis)
    versi = request.POST.get("kunci", "")
    try:
        reset_naskah(
            edisi=request.edisi,
            jenis=kind,
            versi=int(versi) if versi.isdecimal() else 0,
            oleh=request.user,
        )
    except StaleVersionError as error:
        form = NaskahForm(initial=_initial(request, kind), jenis=kind)
        messages.warning(request, error.alasan)
        return _show(request, kind, form, status=409)
    messages.success(request, "Naskah bawaan dipakai lagi.")
    return redirect("panitia:naskah-rinci", kind.kode)


def _kind(kode: str) -> JenisPesan:
    found = katalog().get(kode)
    if found is None:
        raise Http404
    return found


def _initial(request: HttpRequest, kind: JenisPesan) -> dict:
    last = naskah_current(request.edisi, kind.kode)
    text = kind if last is None or last.bawaan else last
    return {"subjek": text.subjek, "isi": text.isi, "versi": last.versi if last else 0}


def _refuse(request: HttpRequest, kind: JenisPesan, form: NaskahForm, error) -> HttpResponse:
    """The page again with what was typed; what somebody else stored stands beside it."""
    stale = isinstance(error, StaleVersionError)
    form.add_error(None, error.alasan)
    if stale:
        form.data = form.data.copy()
        form.data["versi"] = error.rincian["versi"]
    extra = {"tersimpan": error.rincian} if stale else {}
    return _show(request, kind, form, status=409 if stale else 422, **extra)


def _show(
    request: HttpRequest, kind: JenisPesan, form: NaskahForm, *, status: int = 200, **extra
) -> HttpResponse:
    text = form.data if form.is_bound else form.initial
    examples = examples_of(kind.kode)
    chosen = (request.POST or request.GET).get("contoh", "")
    example = next((row for row in examples if str(row.pk) == chosen), None)
    values = sample_values(kind, request.edisi, example)
    subjek, isi = text.get("subjek", ""), text.get("isi", "")
    context = {
        "jenis": kind,
        "form": form,
        "versi_list": list(naskah_versions(request.edisi, kind.kode)[:20]),
        "contoh_list": examples,
        "contoh": example,
        "pratinjau": {"subjek": fill_subjek(subjek, values), "isi": fill_isi(isi, values)},
        "tanpa": missing_places(kind, subjek=subjek, isi=isi),
        **extra,
    }
    return render_page(request, "kompetisi/panitia/naskah_rinci.html", context, status=status)
