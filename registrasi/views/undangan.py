"""Invitations: sending, sending again, taking back; the link, the answer; giving a right up."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from kompetisi import clock
from kompetisi.errors import InvalidInputError
from kompetisi.ui import render_page
from registrasi.actions.jawaban import accept_undangan, decline_undangan, leave_hak
from registrasi.actions.undangan import cancel_undangan, invite, resend_undangan
from registrasi.forms.keanggotaan import SerahTerimaForm, UndanganForm
from registrasi.queries.keanggotaan import keanggotaan_of
from registrasi.queries.undangan import (
    jawaban_of,
    undangan_by_tanda,
    undangan_for,
    undangan_of,
)
from registrasi.rules.undangan import DEAD, can_accept
from registrasi.views.keanggotaan import get_instansi, show

GONE = 410


@require_POST
def kirim(request: HttpRequest, kode: str) -> HttpResponse:
    """Invite somebody."""
    row = get_instansi(request, kode)
    form = UndanganForm(request.POST, instansi=row, auto_id="undang_%s")
    if form.is_valid():
        data = form.cleaned_data
        args = {"peran": data["peran"], "unit": data["unit"]}
        if send(request, form, row, **args):
            return redirect("registrasi:instansi", kode)
    return show(request, row, undang=form, code=422)


@require_POST
def serah_terima(request: HttpRequest, kode: str) -> HttpResponse:
    """Invite the successor of the admin who is signed in."""
    row = get_instansi(request, kode)
    form = SerahTerimaForm(request.POST, auto_id="serah_%s")
    if form.is_valid() and send(request, form, row, peran="admin_instansi", serah_terima=True):
        return redirect("registrasi:instansi", kode)
    return show(request, row, serah=form, code=422)


def send(request: HttpRequest, form, row, **args) -> bool:
    """Send the invitation; False when refused, the reason being in the form."""
    try:
        sent = invite(instansi=row, alamat=form.cleaned_data["email"], oleh=request.user, **args)
    except InvalidInputError as error:
        form.add_error("email", error.alasan)
        return False
    messages.success(request, f"Undangan dikirim ke {sent.alamat}.")
    return True


def get_sent(request: HttpRequest, kode: str, pk: int):
    """A waiting invitation of the agency, for its admin; else 404."""
    row = next((item for item in undangan_of(get_instansi(request, kode)) if item.pk == pk), None)
    if row is None:
        raise Http404
    return row


@require_POST
def ulang(request: HttpRequest, kode: str, pk: int) -> HttpResponse:
    """Mail it again, with a new link."""
    row = resend_undangan(undangan=get_sent(request, kode, pk), oleh=request.user)
    messages.success(
        request, f"Undangan dikirim ulang ke {row.alamat}; tautan lama tidak berlaku lagi."
    )
    return redirect("registrasi:instansi", kode)


@require_POST
def batal(request: HttpRequest, kode: str, pk: int) -> HttpResponse:
    """Take it back."""
    row = cancel_undangan(undangan=get_sent(request, kode, pk), oleh=request.user)
    messages.success(request, f"Undangan kepada {row.alamat} dibatalkan.")
    return redirect("registrasi:instansi", kode)


@require_safe
@login_not_required
def tautan(request: HttpRequest, tanda: str) -> HttpResponse:
    """The link of the mail: who invites for what, and the way in; then the page of the answer."""
    row = undangan_by_tanda(tanda)
    if row is None:
        raise Http404
    if request.user.is_authenticated:
        if undangan_for(request.user).filter(pk=row.pk).exists():
            return redirect("registrasi:undangan", row.pk)
        # Who is signed in is not who was invited: nothing about the agency is told.
        context = {"alamat": masked(row.alamat)}
        return private(render_page(request, "registrasi/undangan_lain.html", context, status=403))
    alive = row.keadaan == "menunggu"
    context = {
        "undangan": row,
        "mati": "" if alive else DEAD[row.keadaan],
        "masuk": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
        "daftar": f"{reverse('account_signup')}?"
        + urlencode({"email": row.alamat, "next": request.path}),
    }
    page = "registrasi/undangan_tautan.html"
    return private(render_page(request, page, context, status=200 if alive else GONE))


def private(response: HttpResponse) -> HttpResponse:
    """Kept by no cache: the address of the page is a secret."""
    patch_cache_control(response, no_store=True, private=True)
    return response


def masked(alamat: str) -> str:
    """Enough of an address for its owner to know it: "b…@kota.go.id"."""
    name, _, domain = alamat.partition("@")
    return f"{name[:1]}…@{domain}"


@require_safe
def rinci(request: HttpRequest, pk: int) -> HttpResponse:
    """What one is asked, to accept or decline; or what became of it."""
    row = get_object_or_404(undangan_for(request.user), pk=pk)
    alive = row.keadaan == "menunggu"
    context = {
        "undangan": row,
        "mati": "" if alive else DEAD[row.keadaan],
        "boleh": can_accept(jawaban_of(request.user, row, clock.now())),
    }
    return render_page(request, "registrasi/undangan.html", context, status=200 if alive else GONE)


@require_POST
def terima(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, and begin."""
    row = get_object_or_404(undangan_for(request.user), pk=pk)
    made = accept_undangan(undangan=row, oleh=request.user)
    messages.success(request, f"Anda kini {row.untuk}.")
    if made.unit_id:
        return redirect("registrasi:daftar")
    return redirect("registrasi:instansi", made.instansi.kode)


@require_POST
def tolak(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline."""
    row = get_object_or_404(undangan_for(request.user), pk=pk)
    decline_undangan(undangan=row, oleh=request.user)
    messages.success(request, "Undangan ditolak dan pengundang dikabari.")
    return redirect("publik:beranda")


@require_POST
def pengunduran(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up one's own right."""
    row = get_object_or_404(keanggotaan_of(request.user), pk=pk)
    leave_hak(keanggotaan=row, oleh=request.user)
    messages.success(request, f"Anda tidak lagi mewakili {row.unit or row.instansi}.")
    return redirect("registrasi:keanggotaan")
