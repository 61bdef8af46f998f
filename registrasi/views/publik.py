"""The public list of participants."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kompetisi import clock
from kompetisi.ui import paginate, render_page
from registrasi.forms.akun import clean_filter
from registrasi.forms.publik import SaringPesertaForm
from registrasi.queries.izin import masa_pendaftaran
from registrasi.queries.publik import (
    count_peserta,
    is_peserta_public,
    peserta_list,
    pilihan_jalur,
    with_names,
)


@login_not_required
@require_safe
def peserta(request: HttpRequest) -> HttpResponse:
    """Who takes part; before registration closes only how many, and when the names come."""
    edisi, now = request.edisi, clock.now()
    if not edisi:
        raise Http404
    if not is_peserta_public(edisi, now):
        context = {"jumlah": count_peserta(edisi), "masa": masa_pendaftaran(edisi, now)}
        return render_page(request, "registrasi/peserta_belum.html", context)
    form = SaringPesertaForm(request.GET, jalur=pilihan_jalur(edisi))
    rows = paginate(request, peserta_list(edisi, clean_filter(form)))
    kinds = dict(form.fields["jenis"].choices)
    context = {"form": form, "page_obj": rows, "peserta": with_names(list(rows), kinds)}
    return render_page(
        request, "registrasi/peserta.html", context, fragment="registrasi/_peserta.html"
    )
