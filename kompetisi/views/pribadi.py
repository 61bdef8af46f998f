"""One's own data, and the admins' page about requests to be erased."""

from tempfile import SpooledTemporaryFile

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetisi.actions.pribadi import (
    erase_pengguna,
    refuse_penghapusan,
    request_penghapusan,
    write_data_pribadi,
)
from kompetisi.forms.pribadi import PenghapusanForm, PenolakanForm
from kompetisi.queries.pribadi import penghapusan_list, penghapusan_of, reasons_to_keep
from kompetisi.rules.matriks import PANITIA, check_aksi
from kompetisi.ui import file_response, paginate, render_page

IN_MEMORY = 1024 * 1024  # bytes


@require_POST
def unduh(request: HttpRequest) -> HttpResponse:
    """A copy of one's own data as ZIP."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    write_data_pribadi(oleh=request.user, file=file)
    file.seek(0)
    return file_response(file, "data-pribadi.zip", "application/zip", unduh=True)


@require_http_methods(["GET", "HEAD", "POST"])
def penghapusan(request: HttpRequest) -> HttpResponse:
    """Ask to be erased, knowing what stays."""
    form = PenghapusanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request_penghapusan(oleh=request.user, alasan=form.cleaned_data["alasan"])
        messages.success(request, "Permintaan penghapusan diterima. Admin memutuskannya.")
        return redirect("publik:penghapusan")
    context = {
        "form": form,
        "permintaan": penghapusan_of(request.user),
        "penahan": reasons_to_keep(request.user),
    }
    code = 422 if request.method == "POST" else 200
    return render_page(request, "kompetisi/penghapusan.html", context, status=code)


def _require(request: HttpRequest) -> None:
    if not request.edisi or not PANITIA.intersection(request.peran):
        raise Http404
    check_aksi("pribadi.hapus", request.peran).require()


@require_safe
def daftar(request: HttpRequest) -> HttpResponse:
    """Requests to be erased; what else an admin does about personal data."""
    _require(request)
    page = paginate(request, penghapusan_list())
    for row in page.object_list:
        row.penahan = reasons_to_keep(row.pengguna) if not row.putusan else []
    context = {"page_obj": page, "form": PenolakanForm()}
    return render_page(request, "kompetisi/panitia/pribadi.html", context)


@require_POST
def hapus(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry a request out."""
    _require(request)
    row = get_object_or_404(penghapusan_list(), pk=pk, putusan="")
    erase_pengguna(orang=row.pengguna, edisi=request.edisi, oleh=request.user)
    messages.success(request, "Data pribadi orang itu sudah dihapus; perbuatannya tetap tercatat.")
    return redirect("panitia:pribadi")


@require_POST
def tolak(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline a request."""
    _require(request)
    row = get_object_or_404(penghapusan_list(), pk=pk, putusan="")
    form = PenolakanForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "Tuliskan alasan menolak. Permintaan belum diputus.")
        return redirect("panitia:pribadi")
    refuse_penghapusan(permintaan=row, edisi=request.edisi, oleh=request.user, **form.cleaned_data)
    messages.success(request, "Permintaan ditolak; alasannya tampil pada profil pemohon.")
    return redirect("panitia:pribadi")
