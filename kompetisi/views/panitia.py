"""The committee's pages about roles, messages, the audit log and the demonstration's clock."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetisi import clock
from kompetisi.actions.jam import set_jam
from kompetisi.actions.pantulan import clear_alamat
from kompetisi.actions.pengguna import grant_peran, revoke_peran
from kompetisi.actions.pesan import retry_pesan
from kompetisi.errors import InvalidInputError
from kompetisi.forms.pengguna import JamForm, PeranForm
from kompetisi.queries.alamat import alamat_doubtful, with_people
from kompetisi.queries.edisi import tahap_list
from kompetisi.queries.jejak import jejak_list, verify_jejak
from kompetisi.queries.peran import peran_list
from kompetisi.queries.pesan import antrean_counts, pesan_outbox
from kompetisi.rules.katalog import find_jenis
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.pesan import can_retry
from kompetisi.ui import paginate, render_page
from kompetisi.views.doors import require_aksi


@require_http_methods(["GET", "HEAD", "POST"])
def peran(request: HttpRequest) -> HttpResponse:
    """Who holds which role; granting one."""
    require_aksi(request, "peran.atur")
    form = PeranForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            grant_peran(**form.cleaned_data, edisi=request.edisi, oleh=request.user)
            messages.success(request, "Peran diberikan.")
            return redirect("panitia:peran")
        except InvalidInputError as error:
            form.add_error("email", error.alasan)
    context = {"form": form, "page_obj": paginate(request, peran_list(request.edisi))}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "kompetisi/panitia/peran.html", context, status=status)


@require_POST
def peran_cabut(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role."""
    require_aksi(request, "peran.atur")
    row = get_object_or_404(peran_list(request.edisi), pk=pk)
    revoke_peran(peran=row, oleh=request.user)
    messages.success(request, "Peran dicabut.")
    return redirect("panitia:peran")


@require_safe
def pesan(request: HttpRequest) -> HttpResponse:
    """The outbox: every message with its state."""
    require_aksi(request, "pesan.lihat")
    status, teks = request.GET.get("status", ""), request.GET.get("teks", "").strip()
    context = {
        "page_obj": paginate(request, pesan_outbox(status=status, teks=teks)),
        "jumlah": antrean_counts(),
        "status": status,
        "teks": teks,
    }
    return render_page(request, "kompetisi/panitia/pesan.html", context)


@require_safe
def pesan_rinci(request: HttpRequest, pk: int) -> HttpResponse:
    """One message as it was or will be sent."""
    require_aksi(request, "pesan.lihat")
    row = get_object_or_404(pesan_outbox(), pk=pk)
    boleh = can_retry(request.peran, row.jenis, row.tautan)
    # A link that resets a password is its owner's alone; only a demonstration shows it.
    jenis = find_jenis(row.jenis)
    rahasia = (jenis is None or jenis.rahasia) and not settings.DEMO
    context = {"pesan": row, "boleh": boleh, "rahasia": rahasia}
    return render_page(request, "kompetisi/panitia/pesan_rinci.html", context)


@require_POST
def pesan_ulang(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a given-up message again."""
    require_aksi(request, "pesan.kirim_ulang")
    pesan = get_object_or_404(pesan_outbox(), pk=pk)
    retry_pesan(pesan=pesan, oleh=request.user, edisi=request.edisi)
    messages.success(request, "Pesan akan dicoba kirim lagi dalam satu menit.")
    return redirect("panitia:pesan-rinci", pk)


@require_safe
def alamat(request: HttpRequest) -> HttpResponse:
    """Addresses that returned mail, with whom to call instead."""
    require_aksi(request, "pesan.lihat")
    rows = paginate(request, alamat_doubtful())
    context = {
        "page_obj": rows,
        "orang": with_people(list(rows)),
        "boleh": check_aksi("alamat.pulihkan", request.peran),
    }
    return render_page(request, "kompetisi/panitia/alamat.html", context)


@require_POST
def alamat_pulih(request: HttpRequest, pk: int) -> HttpResponse:
    """An address is well again."""
    require_aksi(request, "alamat.pulihkan")
    row = get_object_or_404(alamat_doubtful(), pk=pk)
    clear_alamat(alamat=row, oleh=request.user, edisi=request.edisi)
    messages.success(request, "Alamat dianggap pulih.")
    return redirect("panitia:alamat")


@require_safe
def jejak(request: HttpRequest) -> HttpResponse:
    """The audit log, and on request the check of its chain."""
    require_aksi(request, "jejak.lihat")
    tindakan, teks = request.GET.get("tindakan", ""), request.GET.get("objek", "").strip()
    context = {
        "page_obj": paginate(request, jejak_list(tindakan=tindakan, teks=teks)),
        "hasil": verify_jejak() if request.GET.get("periksa") else None,
        "tindakan": tindakan,
        "teks": teks,
    }
    return render_page(request, "kompetisi/panitia/jejak.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def jam(request: HttpRequest) -> HttpResponse:
    """Move the clock of a demonstration; there is no such page in production."""
    if not settings.CLOCK_MOVABLE:
        raise Http404
    require_aksi(request, "jam.geser")
    form = JamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_jam(to=form.cleaned_data["ke"], oleh=request.user)
        messages.success(request, "Jam aplikasi digeser.")
        return redirect("panitia:jam")
    context = {"form": form, "tahap": tahap_list(request.edisi), "jam": clock.now()}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "kompetisi/panitia/jam.html", context, status=status)
