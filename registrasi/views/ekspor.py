"""The committee's lists of registration as files, each taken with a record of who took it."""

from django.http import Http404
from django.views.decorators.http import require_safe

from kompetisi.queries.ekspor import Tabel
from kompetisi.views.unduhan import send_tabel
from registrasi.forms.akun import SaringAkunForm, clean_filter
from registrasi.forms.panitia import SaringPendaftaranForm
from registrasi.queries.ekspor_panitia import daftar_of
from registrasi.queries.panitia import pilihan_saring
from registrasi.views.panitia import for_panitia


@require_safe
@for_panitia("pendaftaran.lihat_semua")
def ekspor(request, daftar="pendaftaran"):
    """A list with the filters of its page, as XLSX or with `?bentuk=csv` as CSV."""
    listed = daftar_of(daftar, request.peran)
    if listed is None:
        raise Http404
    saring = filter_of(request, daftar)
    rows = listed.baris(request.peran, request.edisi, saring)
    return send_tabel(request, daftar, Tabel(listed.judul, listed.kolom, rows), saring)


def filter_of(request, daftar: str) -> dict[str, str]:
    """The cleaned filter of the list's page; lists without one have none."""
    if daftar == "pendaftaran":
        form = SaringPendaftaranForm(request.GET, pilihan=pilihan_saring(request.edisi))
        return clean_filter(form)
    if daftar == "akun":
        return clean_filter(SaringAkunForm({"status": "diajukan"} | request.GET.dict()))
    return {}
