"""Copies without names, looked at by the secretariat: the queue, one side by side, decisions."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from evaluasi.actions.samaran import AKSI, confirm_samaran, refuse_samaran, replace_samaran
from evaluasi.forms.samaran import PenggantiSamaranForm, PenolakanSamaranForm
from evaluasi.queries.samaran_berkas import (
    MENUNGGU,
    count_by_keadaan,
    masked_stages,
    samaran_visible_to_panitia,
    tab_keadaan,
)
from evaluasi.views.doors import PDF, PDF_POLICY, for_panitia, send_berkas
from kompetisi.errors import InvalidInputError
from kompetisi.ui import file_response, paginate, ranged, render_page


def get_salinan(request, pk: int):
    """A copy of the edition, or 404."""
    return get_object_or_404(samaran_visible_to_panitia(request.user, request.edisi), pk=pk)


@require_safe
@for_panitia(AKSI)
def daftar(request):
    """The copies of the edition by where they stand; those to be looked at first."""
    tabs = tab_keadaan(count_by_keadaan(request.user, request.edisi))
    chosen = request.GET.get("keadaan", MENUNGGU)
    rows = samaran_visible_to_panitia(request.user, request.edisi)
    if chosen in {tab["kode"] for tab in tabs}:
        rows = rows.filter(keadaan=chosen)
    return render_page(
        request,
        "evaluasi/panitia/samaran.html",
        {
            "halaman": paginate(request, rows.order_by("pendaftaran__kode", "pk")),
            "keadaan": tabs,
            "pilih": chosen,
            "tahap_tersamar": masked_stages(request.edisi),
        },
    )


@require_safe
@for_panitia(AKSI)
def rinci(request, pk):
    """Original and copy beside each other, with what a machine found."""
    return show(request, get_salinan(request, pk))


def show(request, row, *, tolak=None, ganti=None, status: int = 200):
    """The page of a copy; a form with mistakes is shown with what was typed."""
    return render_page(
        request,
        "evaluasi/panitia/samaran_rinci.html",
        {
            "salinan": row,
            "pendaftaran": row.pendaftaran,
            "form_tolak": tolak or PenolakanSamaranForm(auto_id="tolak_%s"),
            "form_ganti": ganti or PenggantiSamaranForm(auto_id="ganti_%s"),
            "menunggu": row.keadaan == MENUNGGU,
        },
        status=status,
    )


@require_safe
@for_panitia(AKSI)
def asli(request, pk):
    """The file as the agency sent it, beside its copy; the reading is noted."""
    return send_berkas(request, get_salinan(request, pk).berkas)


@require_safe
@for_panitia(AKSI)
def berkas(request, pk):
    """The copy itself, as a reader would get it."""
    row = get_salinan(request, pk)
    if not row.kunci:
        raise Http404
    try:
        content = default_storage.open(row.kunci)
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"samaran-{row.pk}{'.pdf' if row.tipe == PDF else ''}"
    response = ranged(request, file_response(content, name, row.tipe), content)
    if row.tipe == PDF:
        response["Content-Security-Policy"] = PDF_POLICY
    return response


def onward(request, done):
    """On to the next copy to be looked at, those of the same entry first; else to the list."""
    rows = (
        samaran_visible_to_panitia(request.user, request.edisi)
        .filter(keadaan=MENUNGGU)
        .order_by("pk")
    )
    following = rows.filter(pendaftaran=done.pendaftaran_id).first() or rows.first()
    if following:
        return redirect("evaluasi_panitia:samaran-rinci", following.pk)
    return redirect("evaluasi_panitia:samaran")


@require_POST
@for_panitia(AKSI)
def pengesahan(request, pk):
    """Let readers have it."""
    row = get_salinan(request, pk)
    confirm_samaran(
        salinan=row,
        sha256=request.POST.get("sha256", ""),
        temuan_dilihat=request.POST.get("temuan_dilihat") == "on",
        oleh=request.user,
    )
    messages.success(request, "Salinan disahkan; penilai dapat membacanya.")
    return onward(request, row)


@require_POST
@for_panitia(AKSI)
def penolakan(request, pk):
    """Keep it from readers until it is blacked out by hand."""
    row = get_salinan(request, pk)
    form = PenolakanSamaranForm(request.POST, auto_id="tolak_%s")
    if not form.is_valid():
        return show(request, row, tolak=form, status=422)
    refuse_samaran(salinan=row, alasan=form.cleaned_data["alasan"], oleh=request.user)
    messages.success(request, "Dicatat. Unggah versi yang disamarkan dengan tangan di bawah.")
    return redirect("evaluasi_panitia:samaran-rinci", row.pk)


@require_POST
@for_panitia(AKSI)
def penggantian(request, pk):
    """Take a version blacked out by hand."""
    row = get_salinan(request, pk)
    form = PenggantiSamaranForm(request.POST, request.FILES, auto_id="ganti_%s")
    if form.is_valid():
        try:
            replace_samaran(salinan=row, isi=form.cleaned_data["berkas"], oleh=request.user)
        except InvalidInputError as error:
            form.add_error("berkas", error.alasan)
        else:
            messages.success(request, "Versi pengganti diterima; salinannya sedang dibuat.")
            return redirect("evaluasi_panitia:samaran-rinci", row.pk)
    return show(request, row, ganti=form, status=422)
