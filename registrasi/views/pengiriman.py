"""Checking the answers, sending, taking back, and the receipt."""

import secrets

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError
from kompetisi.tertahan import typed
from kompetisi.ui import file_response, render_page
from registrasi.actions.pendaftaran import withdraw_pendaftaran
from registrasi.actions.pengiriman import recognise_pengiriman, submit_pendaftaran
from registrasi.actions.tanda_terima import keep_tanda_terima
from registrasi.forms.peserta import KirimForm, PenarikanForm
from registrasi.queries.administrasi import pengiriman_berlaku
from registrasi.queries.dosir import dosir_of
from registrasi.queries.izin import izin_of, tenggat_of
from registrasi.queries.kelengkapan import kelengkapan_of
from registrasi.queries.pendaftaran import pendaftaran_of
from registrasi.queries.pribadi import pribadi_in
from registrasi.queries.temuan import gerbang_of
from registrasi.views.doors import WRITE, get_entry
from registrasi.views.peserta import asked_again, show_rinci, url_of, with_url


@require_safe
def periksa(request: HttpRequest, kode: str) -> HttpResponse:
    """All answers on one page, and what a machine already finds of the administrative gate."""
    row = get_entry(request, kode)
    complete, dosir = kelengkapan_of(row), dosir_of(row, request.user)
    context = {
        "pendaftaran": row,
        "lengkap": complete,
        "kurang": with_url(row, complete),
        "izin": izin_of(request.user, row, clock.now()),
        "perbaikan": asked_again(row),
        "pribadi": [
            item | {"url": url_of(row, item["bagian"], item["kunci"], item["medan"])}
            for item in pribadi_in(dosir)
        ],
        **gate_of(row),
        **dosir,
    }
    return render_page(request, "registrasi/periksa.html", context)


def gate_of(row) -> dict:
    """What a machine finds of the gate, each with where it is put right, and what holds back."""
    found = [
        item | {"url": url_of(row, place[0], "", place[1]) if place else ""}
        for item in gerbang_of(row)
        for place in [item["temuan"].tempat]
    ]
    return {"gerbang": found, "penahan": [item for item in found if item["tahan"]]}


@WRITE
def kirim(request: HttpRequest, kode: str) -> HttpResponse:
    """Agree to the statement of truth and send."""
    row = get_entry(request, kode)
    initial = {"kunci": secrets.token_hex(16), "penandatangan_nama": ""}
    form = KirimForm(typed(request), initial=initial)
    if request.method != "POST":
        return show_kirim(request, row, form)
    if not form.is_valid():
        return show_kirim(request, row, form, code=422)
    try:
        sent = submit_pendaftaran(pendaftaran=row, oleh=request.user, **form.cleaned_data)
    except InvalidInputError as error:
        for name, message in error.rincian.items():
            form.add_error(name if name in form.fields else None, message)
        return show_kirim(request, row, form, code=422)
    except NotAllowedError as error:
        return show_refused(request, row, form, error)
    return lead_to_receipt(request, row, sent)


def lead_to_receipt(request, row, sent) -> HttpResponse:
    """On to the receipt; a script that sends and sends again is told where it is."""
    if request.headers.get("Accept", "").startswith("application/json"):
        url = reverse("registrasi:tanda-terima", args=[row.kode, sent.nomor])
        return JsonResponse({"tautan": url, "nomor": sent.nomor})
    return redirect("registrasi:tanda-terima", row.kode, sent.nomor)


def show_refused(request, row, form: KirimForm, error: NotAllowedError) -> HttpResponse:
    """Why it was not sent, with all that was typed; a second tab is led to the receipt."""
    current = pendaftaran_of(request.user).filter(pk=row.pk).first()
    if current is None:  # deleted meanwhile
        raise error
    row.status = current.status
    known = recognise_pengiriman(pendaftaran=row, kunci=form.cleaned_data["kunci"])
    if known:
        messages.info(request, "Pendaftaran ini sudah terkirim sebelumnya. Ini tanda terimanya.")
        return lead_to_receipt(request, row, known)
    form.add_error(None, error.alasan)
    return show_kirim(request, row, form, code=403, penolakan=error.alasan)


def show_kirim(request, row, form: KirimForm, *, code: int = 200, penolakan: str = ""):
    """The page of sending."""
    complete = kelengkapan_of(row)
    context = {
        "pendaftaran": row,
        "form": form,
        "lengkap": complete,
        "kurang": with_url(row, complete),
        "izin": izin_of(request.user, row, clock.now()),
        "tenggat": tenggat_of(row),
        "perbaikan": asked_again(row),
        **gate_of(row),
        "penolakan": penolakan,
        "terkirim": pengiriman_berlaku(row) if row.status == "dikirim" else None,
        "pernyataan": row.edisi.aturan.get("pernyataan_kebenaran", ""),
    }
    return render_page(request, "registrasi/kirim.html", context, status=code)


@require_POST
def penarikan(request: HttpRequest, kode: str) -> HttpResponse:
    """Take a sent entry back."""
    row = get_entry(request, kode)
    izin_of(request.user, row, clock.now())["tarik"].require()
    form = PenarikanForm(request.POST)
    if not form.is_valid():
        return show_rinci(request, row, tarik=form, code=422)
    withdraw_pendaftaran(pendaftaran=row, alasan=form.cleaned_data["alasan"], oleh=request.user)
    messages.success(
        request, "Pendaftaran ditarik kembali menjadi draf. Kirim lagi sebelum penutupan."
    )
    return redirect("registrasi:rinci", row.kode)


def get_receipt(request, kode: str, nomor: str):
    """The entry and one of its receipts, or 404."""
    row = get_entry(request, kode)
    return row, get_object_or_404(row.pengiriman.select_related("penarikan", "oleh"), nomor=nomor)


@require_safe
def tanda_terima(request: HttpRequest, kode: str, nomor: str) -> HttpResponse:
    """The receipt, to be visited again at any time."""
    row, sent = get_receipt(request, kode, nomor)
    context = {"pendaftaran": row, "pengiriman": sent, "ditarik": getattr(sent, "penarikan", None)}
    return render_page(request, "registrasi/tanda_terima.html", context)


@require_safe
def tanda_terima_pdf(request: HttpRequest, kode: str, nomor: str) -> HttpResponse:
    """The receipt as a document."""
    row, sent = get_receipt(request, kode, nomor)
    sent.pendaftaran = row
    copy = keep_tanda_terima(pengiriman=sent)
    try:
        stored = default_storage.open(copy.kunci)
    except FileNotFoundError as error:
        raise Http404 from error
    return file_response(stored, f"{sent.nomor}.pdf", "application/pdf", unduh=True)
