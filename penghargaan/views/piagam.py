"""Certificates, for the committee: issue, watch, fetch, revoke, reissue."""

from tempfile import SpooledTemporaryFile
from zipfile import ZIP_STORED, ZipFile

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError
from kompetisi.rules.matriks import check_aksi
from kompetisi.ui import clean_name, file_response, paginate, render_page
from penghargaan.actions.piagam import (
    issue_piagam,
    reissue_piagam,
    retry_rendering,
    revoke_piagam,
)
from penghargaan.forms.penetapan import AlasanForm
from penghargaan.forms.piagam import PenggantiForm, TerbitkanForm
from penghargaan.queries.piagam import (
    kemajuan_of,
    may_issue,
    peringkat_without_piagam,
    piagam_of_edisi,
)
from penghargaan.rules.hasil import can_issue, can_revoke
from penghargaan.rules.nomor import numbers
from penghargaan.views.penetapan import add_errors
from penghargaan.views.pintu import for_circle

HOME = "penghargaan_panitia:piagam"
SPOOL = 8 * 1024 * 1024  # bytes kept in memory before a ZIP goes to a temporary file


@require_safe
@for_circle("pleno.lihat")
def piagam(request):
    """All certificates with the progress of their rendering; htmx asks for the list alone."""
    terbit = may_issue(request.edisi, clock.now())
    rows = piagam_of_edisi(request.peran, request.edisi)
    sisa = peringkat_without_piagam(request.edisi) if terbit else []
    return render_page(
        request,
        "penghargaan/panitia/piagam.html",
        {
            "page_obj": paginate(request, rows),
            "kemajuan": kemajuan_of(request.peran, request.edisi),
            "sisa": len(sisa),
            "terbit": terbit,
            "boleh": can_issue(request.peran, terbit=terbit),
            "boleh_cabut": can_revoke(request.peran, dicabut=False),
            "boleh_lambang": check_aksi("lambang.ganti", request.peran),
        },
        fragment="penghargaan/panitia/_piagam.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_circle("piagam.terbitkan")
def penerbitan(request):
    """Type the pattern, see the numbers, confirm."""
    terbit = may_issue(request.edisi, clock.now())
    sisa = peringkat_without_piagam(request.edisi) if terbit else []
    form = TerbitkanForm(request.POST or None)
    pratinjau, status = [], 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            if request.POST.get("langkah") == "terbitkan":
                try:
                    made = issue_piagam(edisi=request.edisi, oleh=request.user, **data)
                    messages.success(request, f"{len(made)} piagam diterbitkan dan sedang dibuat.")
                    return redirect(HOME)
                except InvalidInputError as error:
                    add_errors(form, error)
            else:
                nomor = numbers(data["pola"], data["awal"], len(sisa))
                pratinjau, status = list(zip(nomor, sisa, strict=True)), 200
    return render_page(
        request,
        "penghargaan/panitia/piagam_terbitkan.html",
        {
            "form": form,
            "sisa": sisa,
            "pratinjau": pratinjau,
            "boleh": can_issue(request.peran, terbit=terbit),
        },
        status=status,
    )


@require_safe
@for_circle("pleno.lihat")
def berkas(request, pk):
    """One certificate's PDF."""
    row = get_piagam(request, pk)
    if not row.sha256:
        raise Http404
    return send_piagam(row)


def send_piagam(row):
    """A stored certificate with safe headers; 404 when the storage has lost it."""
    try:
        content = default_storage.open(row.berkas)
    except FileNotFoundError as error:
        raise Http404 from error
    return file_response(content, f"piagam {row.nomor}.pdf", "application/pdf", unduh=True)


@require_safe
@for_circle("piagam.terbitkan")
def semua(request):
    """All certificates in force that are rendered, as one ZIP."""
    rows = piagam_of_edisi(request.peran, request.edisi)
    rows = rows.filter(dicabut_pada=None).exclude(sha256="")
    if not rows:
        raise Http404
    bundle = SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 - the response closes it
    with ZipFile(bundle, "w", ZIP_STORED) as archive:
        for row in rows:
            with default_storage.open(row.berkas) as file:
                archive.writestr(clean_name(f"{row.nomor} {row.penerima}.pdf"), file.read())
    bundle.seek(0)
    name = f"piagam-{request.edisi.tahun}.zip"
    return file_response(bundle, name, "application/zip", unduh=True)


@require_POST
@for_circle("piagam.terbitkan")
def coba_lagi(request):
    """Render again what was given up."""
    count = retry_rendering(edisi=request.edisi, oleh=request.user)
    messages.success(request, f"{count} piagam akan dibuat lagi.")
    return redirect(HOME)


@require_http_methods(["GET", "HEAD", "POST"])
@for_circle("piagam.cabut")
def pencabutan(request, pk):
    """Revoke a certificate, with a reason."""
    return change(request, pk, AlasanForm(request.POST or None), "pencabutan", revoke)


def revoke(request, row, data):
    """Carry the revocation out."""
    revoke_piagam(piagam=row, oleh=request.user, **data)
    messages.success(request, f"Piagam {row.nomor} dicabut.")


@require_http_methods(["GET", "HEAD", "POST"])
@for_circle("piagam.cabut")
def penggantian(request, pk):
    """Replace a certificate by a corrected one."""
    row = get_piagam(request, pk)
    initial = {"penerima": row.penerima, "tanggal": row.tanggal}
    return change(
        request, pk, PenggantiForm(request.POST or None, initial=initial), "penggantian", reissue
    )


def reissue(request, row, data):
    """Carry the replacement out."""
    made = reissue_piagam(piagam=row, oleh=request.user, **data)
    messages.success(request, f"Piagam {row.nomor} diganti dengan {made.nomor}.")


def change(request, pk, form, tindakan, carry_out):
    """One page for both acts: what is on the certificate, the form, the consequence."""
    row = get_piagam(request, pk)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                carry_out(request, row, form.cleaned_data)
                return redirect(HOME)
            except InvalidInputError as error:
                add_errors(form, error)
            except NotAllowedError as error:
                form.add_error(None, error.alasan)
                status = 403
    context = {"piagam": row, "form": form, "tindakan": tindakan}
    return render_page(request, "penghargaan/panitia/piagam_ubah.html", context, status=status)


def get_piagam(request, pk):
    """The certificate, or 404."""
    return get_object_or_404(piagam_of_edisi(request.peran, request.edisi), pk=pk)
