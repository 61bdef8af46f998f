"""The decree and the publication, for the committee."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from kompetisi import clock
from kompetisi.errors import InvalidInputError
from kompetisi.ui import render_page
from penghargaan.actions.penetapan import (
    approve_penerbitan,
    cancel_penerbitan,
    propose_penerbitan,
    set_keputusan,
)
from penghargaan.forms.penetapan import AlasanForm, KeputusanForm, PenerbitanForm
from penghargaan.queries.hasil import (
    is_published,
    keputusan_of,
    penerbitan_of,
    penetapan_of,
    winners_by_jalur,
)
from penghargaan.queries.pleno import in_conflict_with, pleno_visible_to
from penghargaan.rules.hasil import can_approve, can_cancel, can_enter_keputusan, can_propose
from penghargaan.views.pintu import for_circle, get_pleno

HOME = "penghargaan_panitia:penetapan"


@require_safe
@for_circle("pleno.lihat")
def penetapan(request):
    """From the frozen list to the public result: decree, proposal, approval."""
    return penetapan_page(request)


def penetapan_page(request, *, status=200, **forms):
    """The page with its forms; those given keep what was typed."""
    now = clock.now()
    pleno = pleno_visible_to(request.user, request.edisi).first()
    if pleno is None:
        return render_page(request, "penghargaan/panitia/penetapan.html", {"beku": False})
    state = penetapan_of(request.user, request.edisi)
    keputusan = keputusan_of(request.edisi)
    beku = pleno.dibekukan_pada is not None
    terbit = is_published(request.edisi, now)
    hidden = not terbit and in_conflict_with(request.user, pleno)
    return render_page(
        request,
        "penghargaan/panitia/penetapan.html",
        {
            "pleno": pleno,
            "beku": beku,
            "keputusan": keputusan,
            "penerbitan": penerbitan_of(request.edisi),
            "terbit": terbit,
            "pemenang": winners_by_jalur(pleno) if beku and not hidden else [],
            "boleh_keputusan": can_enter_keputusan(state),
            "boleh_ajukan": can_propose(state),
            "boleh_setujui": can_approve(state, request.user.pk),
            "boleh_batal": can_cancel(state, now),
            "keputusan_form": KeputusanForm(initial=KeputusanForm.initial_of(keputusan)),
            "penerbitan_form": PenerbitanForm(),
            "alasan_form": AlasanForm(),
            **forms,
        },
        status=status,
    )


@require_POST
@for_circle("keputusan.isi")
def keputusan(request):
    """Enter or correct the decree."""
    get_pleno(request)
    form = KeputusanForm(request.POST)
    if form.is_valid():
        try:
            set_keputusan(edisi=request.edisi, oleh=request.user, **form.cleaned_data)
            messages.success(request, "Keputusan disimpan.")
            return redirect(HOME)
        except InvalidInputError as error:
            add_errors(form, error)
    return penetapan_page(request, keputusan_form=form, status=422)


@require_POST
@for_circle("penerbitan.ajukan")
def penerbitan(request):
    """Propose the instant of publication."""
    get_pleno(request)
    form = PenerbitanForm(request.POST)
    if form.is_valid():
        try:
            propose_penerbitan(edisi=request.edisi, terbit_pada=form.instant(), oleh=request.user)
            messages.success(request, "Penerbitan diajukan dan menunggu persetujuan orang kedua.")
            return redirect(HOME)
        except InvalidInputError as error:
            form.add_error("tanggal", error.alasan)
    return penetapan_page(request, penerbitan_form=form, status=422)


@require_POST
@for_circle("penerbitan.setujui")
def persetujuan(request):
    """Approve the proposed publication."""
    get_pleno(request)
    approve_penerbitan(edisi=request.edisi, oleh=request.user)
    messages.success(request, "Penerbitan disetujui. Hasil terbuka mulai waktu yang ditetapkan.")
    return redirect(HOME)


@require_POST
@for_circle("penerbitan.ajukan")
def pembatalan(request):
    """Take a proposal or a future publication back."""
    get_pleno(request)
    form = AlasanForm(request.POST)
    if not form.is_valid():
        return penetapan_page(request, alasan_form=form, status=422)
    cancel_penerbitan(edisi=request.edisi, oleh=request.user, **form.cleaned_data)
    messages.success(request, "Penerbitan dibatalkan.")
    return redirect(HOME)


def add_errors(form, error):
    """Put the reasons of a refusal at their fields, or above the form."""
    known = {name: text for name, text in error.rincian.items() if name in form.fields}
    for name, text in known.items():
        form.add_error(name, text)
    if not known:
        form.add_error(None, error.alasan)
