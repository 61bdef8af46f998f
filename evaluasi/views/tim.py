"""The committee's pages about members of the evaluation team."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluasi.actions.benturan import add_riwayat, record_benturan, remove_riwayat
from evaluasi.actions.evaluator import add_evaluator, update_evaluator
from evaluasi.forms.evaluator import (
    OWN,
    CatatBenturanForm,
    CatatRiwayatForm,
    TambahEvaluatorForm,
    UbahEvaluatorForm,
)
from evaluasi.queries.benturan import benturan_declared, benturan_derived, riwayat_list
from evaluasi.queries.dugaan import dugaan_open
from evaluasi.queries.evaluator import bidang_of_edisi, evaluator_visible_to
from evaluasi.queries.rencana import tahap_dinilai
from evaluasi.rules.benturan import riwayat_tahun
from evaluasi.rules.kemampuan import describe_bidang
from evaluasi.views.doors import for_panitia
from evaluasi.views.evaluator import suggestions
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.rules.matriks import check_aksi
from kompetisi.ui import paginate, render_page

DUGAAN_SHOWN = 20  # suggestions at once; the next come as these are decided
LIHAT, ATUR = "penugasan.lihat", "evaluator.atur"


@require_safe
@for_panitia(LIHAT)
def daftar(request):
    """The evaluation team, with what each has promised and carries."""
    page = paginate(request, evaluator_visible_to(request.user, request.edisi))
    page.object_list = list(page.object_list)
    fields = bidang_of_edisi(request.edisi)
    for row in page.object_list:
        row.bidang = describe_bidang(row.keahlian, fields)
    return render_page(
        request,
        "evaluasi/panitia/evaluator.html",
        {
            "halaman": page,
            "boleh": check_aksi(ATUR, request.peran),
            "dugaan": paginate(request, dugaan_open(request.edisi), DUGAAN_SHOWN),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_panitia(ATUR)
def tambah(request):
    """Add a person to the team."""
    form = TambahEvaluatorForm(
        request.POST if request.method == "POST" else None, edisi=request.edisi
    )
    if form.is_bound and form.is_valid():
        try:
            row = add_evaluator(edisi=request.edisi, oleh=request.user, **form.cleaned_data)
        except InvalidInputError as error:
            for name, text in error.rincian.items():
                form.add_error(name, text)
        else:
            messages.success(request, f"{row.pengguna} menjadi evaluator dan diberi tahu.")
            return redirect("evaluasi_panitia:evaluator")
    return render_page(
        request,
        "evaluasi/panitia/evaluator_tambah.html",
        {"form": form},
        status=422 if form.is_bound else 200,
    )


def get_evaluator(request, pk: int):
    """An evaluator of the edition, or 404."""
    return get_object_or_404(evaluator_visible_to(request.user, request.edisi), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_panitia(LIHAT)
def rinci(request, pk):
    """One evaluator: origin, capacity, conflicts; POST changes them."""
    row = get_evaluator(request, pk)
    bound = request.POST if request.method == "POST" else None
    form = UbahEvaluatorForm(bound, initial=initial_of(row), edisi=request.edisi)
    if bound is not None and form.is_valid():
        try:
            ended = update_evaluator(evaluator=row, oleh=request.user, **form.cleaned_data)
        except StaleVersionError as error:
            form.add_error(None, error.alasan)
            return show(request, row, form, status=409)
        text = "Perubahan tersimpan."
        if ended:
            text += f" {len(ended)} penugasan berakhir karena benturan kepentingan."
        messages.success(request, text)
        return redirect("evaluasi_panitia:evaluator-rinci", pk)
    return show(request, row, form, status=200 if bound is None else 422)


def initial_of(row) -> dict:
    """What the form shows of an evaluator."""
    return {
        "instansi_asal": row.instansi_asal.nama if row.instansi_asal else "",
        "asal_lain": row.asal_lain,
        "provinsi": row.provinsi_id,
        "kapasitas": row.kapasitas,
        "aktif": row.aktif,
        "versi": row.versi,
        "keahlian": row.keahlian,
    } | {f"{OWN}{kode}": most for kode, most in row.kapasitas_tahap.items()}


def show(request, row, form, *, catat=None, catat_riwayat=None, status=200):
    """The page of one evaluator."""
    return render_page(
        request,
        "evaluasi/panitia/evaluator_rinci.html",
        {
            "evaluator": row,
            "form": form,
            "catat": catat or CatatBenturanForm(),
            "catat_riwayat": catat_riwayat or CatatRiwayatForm(prefix="r"),
            "riwayat": riwayat_list(row),
            "riwayat_sejak": request.edisi.tahun - riwayat_tahun(request.edisi.aturan),
            "boleh": check_aksi(ATUR, request.peran),
            "tahap_dinilai": tahap_dinilai(request.edisi),
            "dinyatakan": benturan_declared(row),
            "turunan": benturan_derived(row),
            "dugaan": paginate(
                request, dugaan_open(request.edisi).filter(evaluator=row), DUGAAN_SHOWN
            ),
            "bidang": describe_bidang(row.keahlian, bidang_of_edisi(request.edisi)),
        },
        status=status,
    )


@require_POST
@for_panitia("benturan.catat")
def catat_benturan(request, pk):
    """Record a conflict of an evaluator that came to light."""
    row = get_evaluator(request, pk)
    form = CatatBenturanForm(request.POST)
    if not form.is_valid():
        own = UbahEvaluatorForm(initial=initial_of(row), edisi=request.edisi)
        return show(request, row, own, catat=form, status=422)
    ended = record_benturan(evaluator=row, oleh=request.user, **form.cleaned_data)
    messages.success(request, f"Benturan kepentingan tercatat; {len(ended)} penugasan berakhir.")
    return redirect("evaluasi_panitia:evaluator-rinci", pk)


@require_POST
@for_panitia(ATUR)
def riwayat(request, pk):
    """Add an earlier agency or consultancy to an evaluator's profile."""
    row = get_evaluator(request, pk)
    form = CatatRiwayatForm(request.POST, prefix="r")
    if not form.is_valid():
        own = UbahEvaluatorForm(initial=initial_of(row), edisi=request.edisi)
        return show(request, row, own, catat_riwayat=form, status=422)
    ended = add_riwayat(evaluator=row, riwayat=form.cleaned_data["riwayat"], oleh=request.user)
    messages.success(request, f"Riwayat tercatat; {len(ended)} penugasan berakhir karenanya.")
    return redirect("evaluasi_panitia:evaluator-rinci", pk)


@require_POST
@for_panitia(ATUR)
def hapus_riwayat(request, pk, riwayat):
    """Take a mistaken row out of an evaluator's profile, with the reason."""
    row = get_object_or_404(get_evaluator(request, pk).riwayat, pk=riwayat)
    remove_riwayat(riwayat=row, alasan=request.POST.get("alasan", ""), oleh=request.user)
    messages.success(request, f"Riwayat pada {row.nama} dihapus dan alasannya dicatat.")
    return redirect("evaluasi_panitia:evaluator-rinci", pk)


@require_safe
@for_panitia(LIHAT)
def instansi(request):
    """Names of public bodies as one types."""
    return suggestions(request)
