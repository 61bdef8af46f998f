"""The queue of requests to act for an agency."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from kompetisi import clock
from kompetisi.ui import render_page
from registrasi.actions.akun import approve_akun, reject_akun, revoke_akun, set_masa_akun
from registrasi.forms.akun import (
    AlasanForm,
    MasaForm,
    PersetujuanForm,
    SaringAkunForm,
    clean_filter,
)
from registrasi.queries.akun import (
    anggota_lain,
    filter_keanggotaan,
    keanggotaan_visible_to_panitia,
    next_keanggotaan,
    penolakan_terdahulu,
    surat_tugas_visible_to_panitia,
)
from registrasi.rules.akun import can_decide_akun, can_revoke_akun, can_set_masa
from registrasi.rules.surat import last_day
from registrasi.views.panitia import for_panitia, paginate_waiting
from registrasi.views.penyajian import send_berkas

AKSI = "akun.putuskan"


@require_safe
@for_panitia(AKSI)
def daftar(request):
    """Requests, those waiting first, with how long each has waited."""
    form = SaringAkunForm({"status": "diajukan"} | request.GET.dict())
    saring = clean_filter(form)
    rows = filter_keanggotaan(keanggotaan_visible_to_panitia(request.peran), saring)
    return render_page(
        request,
        "registrasi/panitia/akun.html",
        {
            "halaman": paginate_waiting(request, rows, "diajukan_pada"),
            "form": form,
            "status": saring["status"] or "diajukan",
        },
        fragment="registrasi/panitia/_akun.html",
    )


@require_safe
@for_panitia(AKSI)
def berikutnya(request):
    """Go to the request that has waited longest."""
    row = next_keanggotaan(request.peran)
    return to_next(request, row)


def to_next(request, row):
    """The page of the next request, or the list with a word that all is done."""
    if row is None:
        messages.info(request, "Tidak ada permohonan yang menunggu.")
        return redirect("registrasi_panitia:akun")
    return redirect("registrasi_panitia:akun-rinci", row.pk)


def get_row(request, pk):
    """The request with this number, or 404."""
    return get_object_or_404(keanggotaan_visible_to_panitia(request.peran), pk=pk)


@require_safe
@for_panitia(AKSI)
def rinci(request, pk):
    """One request: who, for whom, the letter, who acts for the agency already."""
    return show(request, get_row(request, pk))


def show(request, row, *, setuju=None, tolak=None, cabut=None, masa=None, status=200):
    """The page of a request; a form with mistakes is shown with what was typed."""
    row.menunggu = clock.now() - row.diajukan_pada
    return render_page(
        request,
        "registrasi/panitia/akun_rinci.html",
        {
            "baris": row,
            "hari_terakhir": letter_holds_until(request, row),
            "lain": anggota_lain(row),
            "ditolak_dulu": penolakan_terdahulu(row),
            "boleh_putuskan": can_decide_akun(request.peran, row.status),
            "boleh_cabut": can_revoke_akun(request.peran, row.keadaan),
            "boleh_masa": can_set_masa(request.peran, row.status),
            "form_setuju": setuju or PersetujuanForm(keanggotaan=row, auto_id="setuju_%s"),
            "form_masa": masa or MasaForm(auto_id="masa_%s"),
            "form_tolak": tolak or AlasanForm(auto_id="tolak_%s"),
            "form_cabut": cabut or AlasanForm(auto_id="cabut_%s"),
        },
        status=status,
    )


def letter_holds_until(request, row):
    """The last day of the letter as the edition counts, or None."""
    months = request.edisi.aturan.get("masa_surat_tugas_bulan")
    return last_day(row.tanggal_surat, None, months)


@require_safe
@for_panitia(AKSI)
def surat_tugas(request, pk):
    """The letter of assignment, shown in place."""
    stored = surat_tugas_visible_to_panitia(request.peran, pk)
    if stored is None:
        raise Http404
    return send_berkas(request, stored)


@require_POST
@for_panitia(AKSI)
def persetujuan(request, pk):
    """Approve, and go on to the next."""
    row = get_row(request, pk)
    can_decide_akun(request.peran, row.status).require()
    form = PersetujuanForm(request.POST, keanggotaan=row, auto_id="setuju_%s")
    if not form.is_valid():
        return show(request, row, setuju=form, status=422)
    approve_akun(keanggotaan=row, oleh=request.user, edisi=request.edisi, **form.cleaned_data)
    messages.success(request, f"{row.pengguna} kini mewakili {row.unit or row.instansi}.")
    return to_next(request, next_keanggotaan(request.peran, pk))


@require_POST
@for_panitia(AKSI)
def penolakan(request, pk):
    """Refuse with a reason, and go on to the next."""
    row = get_row(request, pk)
    can_decide_akun(request.peran, row.status).require()
    form = AlasanForm(request.POST, auto_id="tolak_%s")
    if not form.is_valid():
        return show(request, row, tolak=form, status=422)
    reject_akun(
        keanggotaan=row,
        alasan=form.cleaned_data["alasan"],
        oleh=request.user,
        edisi=request.edisi,
    )
    messages.success(request, f"Permohonan {row.pengguna} ditolak dan alasannya disampaikan.")
    return to_next(request, next_keanggotaan(request.peran, pk))


@require_POST
@for_panitia(AKSI)
def masa(request, pk):
    """Set or change until when a right holds."""
    row = get_row(request, pk)
    can_set_masa(request.peran, row.status).require()
    form = MasaForm(request.POST, auto_id="masa_%s")
    if not form.is_valid():
        return show(request, row, masa=form, status=422)
    set_masa_akun(keanggotaan=row, oleh=request.user, edisi=request.edisi, **form.cleaned_data)
    messages.success(request, f"Masa berlaku hak {row.pengguna} tersimpan dan disampaikan.")
    return redirect("registrasi_panitia:akun-rinci", pk)


@require_POST
@for_panitia(AKSI)
def pencabutan(request, pk):
    """End a membership with a reason."""
    row = get_row(request, pk)
    can_revoke_akun(request.peran, row.keadaan).require()
    form = AlasanForm(request.POST, auto_id="cabut_%s")
    if not form.is_valid():
        return show(request, row, cabut=form, status=422)
    revoke_akun(
        keanggotaan=row,
        alasan=form.cleaned_data["alasan"],
        oleh=request.user,
        edisi=request.edisi,
    )
    messages.success(request, f"Keanggotaan {row.pengguna} dicabut dan alasannya disampaikan.")
    return redirect("registrasi_panitia:akun-rinci", pk)
