"""The emblem, for admins."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from kompetisi.errors import InvalidInputError
from kompetisi.rules.matriks import check_aksi
from kompetisi.ui import file_response, render_page
from penghargaan.actions.lambang import replace_lambang
from penghargaan.forms.lambang import LambangForm
from penghargaan.queries.piagam import lambang_current
from penghargaan.views.penetapan import add_errors
from penghargaan.views.pintu import for_circle


@require_http_methods(["GET", "HEAD", "POST"])
@for_circle("lambang.ganti")
def lambang(request):
    """The emblem in use, and a form to replace it."""
    form = LambangForm()
    status = 200
    if request.method == "POST":
        form, status = LambangForm(request.POST, request.FILES), 422
        if form.is_valid():
            try:
                replace_lambang(
                    edisi=request.edisi, isi=form.cleaned_data["gambar"], oleh=request.user
                )
                messages.success(request, "Lambang diganti. Piagam berikutnya memakainya.")
                return redirect("penghargaan_panitia:lambang")
            except InvalidInputError as error:
                add_errors(form, error)
    context = {
        "form": form,
        "lambang": lambang_current(),
        "boleh": check_aksi("lambang.ganti", request.peran),
    }
    return render_page(request, "penghargaan/panitia/lambang.html", context, status=status)


@require_safe
@for_circle("lambang.ganti")
def gambar(request):
    """The picture in use."""
    row = lambang_current()
    if row is None:
        raise Http404
    try:
        content = default_storage.open(row.berkas)
    except FileNotFoundError as error:
        raise Http404 from error
    return file_response(content, row.nama_asli, row.tipe)
