"""Whether all stored files are there and clean: for the committee."""

from django.conf import settings
from django.views.decorators.http import require_safe

from kompetisi.queries.berkas import last_periksa
from kompetisi.ui import paginate, render_page
from registrasi.queries.berkas import berkas_ditahan
from registrasi.views.panitia import for_panitia


@require_safe
@for_panitia("berkas.lihat")
def keadaan(request):
    """The last check of the stored files, and those that the virus scanner holds back."""
    return render_page(
        request,
        "registrasi/panitia/berkas.html",
        {
            "periksa": last_periksa(),
            "ditahan": paginate(request, berkas_ditahan()),
            "pemindai": bool(settings.CLAMD_URL),
        },
    )
