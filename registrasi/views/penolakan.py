"""The second person's answer to a proposed refusal."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from registrasi.actions.putusan import confirm_penolakan, return_penolakan
from registrasi.queries.administrasi import usulan_berjalan
from registrasi.views.panitia import for_panitia, get_entry


def get_usulan(request, kode):
    """The refusal of this entry that waits for a second person, or 404."""
    usulan = usulan_berjalan(get_entry(request, kode))
    if usulan is None:
        raise Http404
    return usulan


@require_POST
@for_panitia("administrasi.konfirmasi")
def persetujuan(request, kode):
    """Confirm: the refusal holds and the agency is told."""
    confirm_penolakan(usulan=get_usulan(request, kode), oleh=request.user)
    messages.success(request, f"{kode} dinyatakan tidak lolos dan peserta diberi tahu alasannya.")
    return redirect("registrasi_panitia:administrasi")


@require_POST
@for_panitia("administrasi.konfirmasi")
def pengembalian(request, kode):
    """Give it back to be checked again, with a reason."""
    return_penolakan(
        usulan=get_usulan(request, kode),
        alasan=request.POST.get("alasan", "")[:2000],
        oleh=request.user,
    )
    messages.success(request, f"Usulan tidak lolos {kode} dikembalikan kepada pengusulnya.")
    return redirect("registrasi_panitia:administrasi")
