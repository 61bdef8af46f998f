"""Extensions: proposed by one person, decided by another."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetisi.actions.perpanjangan import (
    adopt_perpanjangan,
    decide_perpanjangan,
    propose_perpanjangan,
)
from kompetisi.errors import InvalidInputError
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import YES, all_of, no
from kompetisi.ui import paginate, render_page
from registrasi.forms.perpanjangan import PerpanjanganForm
from registrasi.queries.perpanjangan import (
    penutupan_list,
    perpanjangan_visible_to_panitia,
    status_perpanjangan,
)
from registrasi.views.panitia import for_panitia


@require_safe
@for_panitia()
def daftar(request):
    """All proposals, those to be decided first, and the closings in force."""
    page = paginate(request, perpanjangan_visible_to_panitia(request.peran, request.edisi))
    decide = check_aksi("perpanjangan.putuskan", request.peran)
    adopt = check_aksi("perpanjangan.ajukan", request.peran)
    rows = list(page.object_list)
    for row in rows:
        row.status = status_perpanjangan(row)
        own = row.diajukan_oleh_id == request.user.pk
        row.boleh_setuju = all_of(
            decide, no("Harus disetujui orang lain, bukan pengusulnya.") if own else YES
        )
        row.boleh_tolak, row.boleh_ajukan = decide, adopt
    page.object_list = rows
    return render_page(
        request,
        "registrasi/panitia/perpanjangan.html",
        {
            "halaman": page,
            "penutupan": penutupan_list(request.edisi),
            "boleh_usul": adopt,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_panitia()
def usulan(request):
    """Propose an extension."""
    check_aksi("perpanjangan.ajukan", request.peran).require()
    initial = {name: request.GET.get(name, "") for name in ("tahap", "kode_pendaftaran")}
    form = PerpanjanganForm(
        request.POST if request.method == "POST" else None, edisi=request.edisi, initial=initial
    )
    if request.method == "POST" and form.is_valid() and propose(request, form):
        return redirect("registrasi_panitia:perpanjangan")
    return render_page(
        request,
        "registrasi/panitia/perpanjangan_usulan.html",
        {"form": form, "penutupan": penutupan_list(request.edisi)},
        status=422 if form.is_bound else 200,
    )


def propose(request, form) -> bool:
    """Write the proposal; a refusal goes to the field it is about."""
    data = form.cleaned_data
    try:
        propose_perpanjangan(
            tahap=data["tahap"],
            selesai_baru=data["selesai_baru"],
            alasan=data["alasan"],
            kode_pendaftaran=data["kode_pendaftaran"],
            oleh=request.user,
        )
    except InvalidInputError as error:
        form.add_error("tanggal" if "selesai_baru" in error.rincian else None, error.alasan)
        return False
    messages.success(
        request, "Usulan tersimpan. Perpanjangan berlaku setelah disetujui orang kedua."
    )
    return True


def decide(request, pk, *, setuju: bool):
    """Decide a proposal of this edition, or 404."""
    rows = perpanjangan_visible_to_panitia(request.peran, request.edisi)
    row = get_object_or_404(rows, pk=pk)
    decide_perpanjangan(perpanjangan=row, setuju=setuju, oleh=request.user)
    public = setuju and not row.kode_pendaftaran
    messages.success(
        request,
        "Perpanjangan disetujui dan diumumkan."
        if public
        else f"Usulan perpanjangan {'disetujui' if setuju else 'ditolak'}.",
    )
    return redirect("registrasi_panitia:perpanjangan")


@require_POST
@for_panitia()
def pengajuan(request, pk):
    """Propose what the system drafted of a measured outage."""
    rows = perpanjangan_visible_to_panitia(request.peran, request.edisi)
    adopt_perpanjangan(perpanjangan=get_object_or_404(rows, pk=pk), oleh=request.user)
    messages.success(
        request, "Rancangan diajukan. Perpanjangan berlaku setelah disetujui orang lain."
    )
    return redirect("registrasi_panitia:perpanjangan")


@require_POST
@for_panitia()
def persetujuan(request, pk):
    """Approve a proposal."""
    return decide(request, pk, setuju=True)


@require_POST
@for_panitia()
def penolakan(request, pk):
    """Refuse a proposal."""
    return decide(request, pk, setuju=False)
