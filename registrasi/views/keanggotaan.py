"""Whom a person represents: choosing an agency, the request, the agency's units and people."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from kompetisi import clock
from kompetisi.errors import InvalidInputError
from kompetisi.tertahan import typed
from kompetisi.ui import render_page
from registrasi.actions.berkas import check_isi, store_berkas
from registrasi.actions.keanggotaan import (
    add_unit,
    request_keanggotaan,
    revoke_admin_unit,
    withdraw_keanggotaan,
)
from registrasi.forms.akun import AlasanForm
from registrasi.forms.keanggotaan import PermohonanForm, SerahTerimaForm, UndanganForm, UnitForm
from registrasi.queries.instansi import search_instansi
from registrasi.queries.izin import masa_pendaftaran
from registrasi.queries.keanggotaan import (
    anggota_of,
    hak_berbatas,
    instansi_by_kode,
    instansi_managed_by,
    keanggotaan_of,
    surat_tugas_of,
    unit_of,
)
from registrasi.queries.kemajuan import kemajuan_of
from registrasi.queries.undangan import undangan_menunggu, undangan_of
from registrasi.rules.undangan import can_leave, can_resend
from registrasi.views.doors import WRITE
from registrasi.views.penyajian import send_berkas

MAKS_SURAT_MB = 5


@require_safe
def cari(request: HttpRequest) -> HttpResponse:
    """Find the agency one represents, as one types."""
    teks = request.GET.get("teks", "").strip()[:200]
    today = clock.now().astimezone(clock.WIB).date()
    context = {"teks": teks, "hasil": search_instansi(teks, pada=today) if teks else []}
    return render_page(
        request, "registrasi/instansi_cari.html", context, fragment="registrasi/_instansi.html"
    )


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """All requests of this person and where each stands."""
    user = request.user
    context = {
        "anggota": list(keanggotaan_of(user)),
        "undangan_list": list(undangan_menunggu(user, clock.now())),
    }
    return render_page(request, "registrasi/keanggotaan.html", context)


@WRITE
def permohonan(request: HttpRequest, kode: str) -> HttpResponse:
    """Ask to represent this agency, with the surat tugas."""
    instansi = instansi_by_kode(kode)
    if instansi is None:
        raise Http404
    user = request.user
    initial = {"nama": user.nama, "jabatan": user.jabatan}
    edisi = request.edisi or None
    months = edisi.aturan.get("masa_surat_tugas_bulan") if edisi else None
    form = PermohonanForm(
        typed(request),
        request.FILES or None,
        initial=initial,
        masa_bulan=months,
        gambar=takes_pictures(edisi),
    )
    context = {"form": form, "instansi": instansi, "hak": hak_berbatas(user, instansi)}
    if request.method != "POST":
        return render_page(request, "registrasi/permohonan.html", context)
    if ask(form, instansi, user, edisi):
        messages.success(
            request, "Permohonan terkirim. Anda menerima pesan begitu sekretariat memutuskannya."
        )
        return redirect("registrasi:keanggotaan")
    return render_page(request, "registrasi/permohonan.html", context, status=422)


def takes_pictures(edisi) -> bool:
    """Whether a surat tugas may be a photograph (`surat_tugas_gambar` of the edition)."""
    return bool(edisi and edisi.aturan.get("surat_tugas_gambar"))


def ask(form: PermohonanForm, instansi, user, edisi) -> bool:
    """Store the letter and send the request; False when refused, the reason being in the form.

    A letter that would be refused is told together with what else is wrong.
    """
    limits = {"maks_mb": MAKS_SURAT_MB, "gambar": takes_pictures(edisi)}
    if not form.is_valid():
        if isi := form.cleaned_data.get("surat_tugas"):
            try:
                check_isi(isi, **limits)
            except InvalidInputError as error:
                form.add_error("surat_tugas", error.alasan)
        return False
    data = dict(form.cleaned_data)
    try:
        surat = store_berkas(isi=data.pop("surat_tugas"), oleh=user, **limits)
    except InvalidInputError as error:
        form.add_error("surat_tugas", error.alasan)
        return False
    try:
        request_keanggotaan(instansi=instansi, surat_tugas=surat, oleh=user, edisi=edisi, **data)
    except InvalidInputError as error:
        form.add_error(next(iter(error.rincian), None), error.alasan)
        return False
    return True


@require_POST
def penarikan(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own request."""
    row = get_object_or_404(keanggotaan_of(request.user), pk=pk)
    withdraw_keanggotaan(keanggotaan=row, oleh=request.user)
    messages.success(
        request, f"Permohonan mewakili {row.instansi} ditarik kembali. Anda dapat mengajukan lagi."
    )
    return redirect("registrasi:keanggotaan")


@require_safe
def surat_tugas(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter of one's own request."""
    stored = surat_tugas_of(request.user, pk)
    if stored is None:
        raise Http404
    return send_berkas(request, stored)


def get_instansi(request: HttpRequest, kode: str):
    """The agency with this code for its admin; 404 for anyone else."""
    instansi = instansi_managed_by(request.user, kode)
    if instansi is None:
        raise Http404
    return instansi


@require_safe
def instansi(request: HttpRequest, kode: str) -> HttpResponse:
    """The agency's units and the people who act for it."""
    return show(request, get_instansi(request, kode))


@require_safe
def kemajuan(request: HttpRequest, kode: str) -> HttpResponse:
    """How far the agency and all its units are, who fills in, what is lacking."""
    row, edisi = get_instansi(request, kode), request.edisi
    lines = kemajuan_of(row, edisi) if edisi else []
    done = sum(bool(line.pendaftaran) and not line.mengisi for line in lines)
    context = {
        "instansi": row,
        "baris": lines,
        "terkirim": done,
        "berjalan": sum(line.mengisi for line in lines),
        "belum": sum(line.pendaftaran is None for line in lines),
        "masa": masa_pendaftaran(edisi, clock.now()) if edisi else None,
    }
    return render_page(request, "registrasi/kemajuan.html", context)


def show(
    request: HttpRequest, row, *, unit=None, undang=None, serah=None, code: int = 200
) -> HttpResponse:
    """The agency's page; a form with mistakes is shown with what was typed."""
    people, now = anggota_of(row), clock.now()
    own = next((m for m in people if m.pengguna_id == request.user.pk and not m.unit_id), None)
    admins = sum(member.unit_id is None for member in people)
    invited = undangan_of(row)
    for item in invited:
        item.boleh_ulang = can_resend(item.status, item.dikirim_pada, now)
    context = {
        "instansi": row,
        "unit_list": unit_of(row),
        "anggota_list": people,
        "undangan_list": invited,
        "hak": own,
        "boleh_lepas": can_leave(berlaku=own is not None, admin=True, others=admins - 1),
        "form_unit": unit or UnitForm(auto_id="unit_%s"),
        "form_undang": undang or UndanganForm(instansi=row, auto_id="undang_%s"),
        "form_serah": serah or SerahTerimaForm(auto_id="serah_%s"),
        "form_cabut": AlasanForm(auto_id=False),
    }
    return render_page(request, "registrasi/instansi.html", context, status=code)


@require_POST
def unit(request: HttpRequest, kode: str) -> HttpResponse:
    """Add a unit."""
    row = get_instansi(request, kode)
    form = UnitForm(request.POST, auto_id="unit_%s")
    if form.is_valid():
        try:
            added = add_unit(instansi=row, oleh=request.user, **form.cleaned_data)
        except InvalidInputError as error:
            form.add_error("nama", error.alasan)
        else:
            messages.success(request, f"Unit {added.nama} ditambahkan.")
            return redirect("registrasi:instansi", kode)
    return show(request, row, unit=form, code=422)


@require_POST
def anggota_pencabutan(request: HttpRequest, kode: str, pk: int) -> HttpResponse:
    """End the appointment of a unit's admin."""
    row = get_instansi(request, kode)
    member = next((m for m in anggota_of(row) if m.pk == pk), None)
    if member is None:
        raise Http404
    revoke_admin_unit(keanggotaan=member, alasan=request.POST.get("alasan", ""), oleh=request.user)
    messages.success(request, f"Penunjukan {member.pengguna} dicabut.")
    return redirect("registrasi:instansi", kode)
