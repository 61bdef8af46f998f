"""Who has seen which file: an agency about its own entry, admins and observers about all."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kompetisi.ui import paginate, render_page
from registrasi.forms.akses import AksesForm
from registrasi.queries.akses import (
    akses_of,
    akses_visible_to,
    name_for_agency,
    unduhan_visible_to,
)
from registrasi.views.doors import get_entry
from registrasi.views.panitia import for_panitia

TAKEN = 50  # lists and dossiers shown beside the files


@require_safe
def entry(request: HttpRequest, kode: str) -> HttpResponse:
    """Who has opened the files of this entry."""
    row = get_entry(request, kode)
    page = paginate(request, akses_of(row))
    name_for_agency(page.object_list, row)
    return render_page(request, "registrasi/akses.html", {"pendaftaran": row, "page_obj": page})


@require_safe
@for_panitia("akses.lihat")
def daftar(request: HttpRequest) -> HttpResponse:
    """Who has seen what, of any person, entry or file."""
    form = AksesForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    files = {name: value for name, value in asked.items() if value}
    lists = {name: value for name, value in files.items() if name != "berkas"}
    context = {
        "form": form,
        "page_obj": paginate(request, akses_visible_to(request.peran, **files)),
        "unduhan": unduhan_visible_to(request.peran, **lists)[:TAKEN],
    }
    code = 422 if form.is_bound and not form.is_valid() else 200
    return render_page(request, "registrasi/panitia/akses.html", context, status=code)
