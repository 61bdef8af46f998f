"""Pages of the person who is signed in."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetisi import clock
from kompetisi.actions.pantulan import clear_alamat
from kompetisi.actions.pengguna import update_profil
from kompetisi.actions.pilihan import update_pilihan
from kompetisi.errors import InvalidInputError
from kompetisi.forms.pengguna import ProfilForm
from kompetisi.forms.pilihan import PilihanForm
from kompetisi.hooks import functions_of
from kompetisi.queries.alamat import doubt_about
from kompetisi.queries.pesan import pesan_of
from kompetisi.queries.pilihan import jenis_pilihan, pilihan_of
from kompetisi.ui import paginate, render_page


@require_safe
def beranda(request: HttpRequest) -> HttpResponse:
    """What this person has to do now, most urgent first, and where their own entries stand."""
    now = clock.now()
    tugas = []
    for offer in functions_of("TUGAS"):
        tugas += offer(request.user, request.edisi, request.peran, now)
    tugas.sort(key=lambda item: (item.get("urgensi") or 9, item.get("tenggat") or now))
    stands = [
        show(request.user, request.edisi, request.peran, now) for show in functions_of("RINGKASAN")
    ]
    context = {
        "tugas": tugas,
        "ringkasan": [found for found in stands if found],
        "pesan_list": list(pesan_of(request.user)[:5]),
        "diragukan": doubt_about(request.user),
    }
    return render_page(request, "kompetisi/beranda.html", context)


@require_safe
def pesan(request: HttpRequest) -> HttpResponse:
    """The messages to this person."""
    rows = paginate(request, pesan_of(request.user))
    context = {"page_obj": rows, "diragukan": doubt_about(request.user)}
    return render_page(request, "kompetisi/pesan.html", context)


@require_safe
def pesan_rinci(request: HttpRequest, pk: int) -> HttpResponse:
    """One message."""
    row = get_object_or_404(pesan_of(request.user), pk=pk)
    return render_page(request, "kompetisi/pesan_rinci.html", {"pesan": row})


@require_http_methods(["GET", "HEAD", "POST"])
def pilihan(request: HttpRequest) -> HttpResponse:
    """How this person wants to be told."""
    gateway = bool(settings.GERBANG_URL)
    form = PilihanForm(
        request.POST or None,
        gerbang=gateway,
        jenis=jenis_pilihan(),
        initial=PilihanForm.initial_of(pilihan_of(request.user), jenis_pilihan()),
    )
    if request.method == "POST" and form.is_valid():
        try:
            update_pilihan(oleh=request.user, **form.choices())
            messages.success(request, "Pilihan Anda tersimpan.")
            return redirect("publik:pilihan")
        except InvalidInputError as error:
            form.add_error("nomor", error.alasan)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "gerbang": gateway, "diragukan": doubt_about(request.user)}
    return render_page(request, "kompetisi/pilihan.html", context, status=status)


@require_POST
def surel_pulih(request: HttpRequest) -> HttpResponse:
    """The person says that mail reaches their address again."""
    row = doubt_about(request.user)
    if row:
        clear_alamat(alamat=row, oleh=request.user)
        messages.success(request, "Terima kasih. Pesan berikutnya kami kirim ke alamat itu.")
    return redirect("publik:profil")


@require_http_methods(["GET", "HEAD", "POST"])
def profil(request: HttpRequest) -> HttpResponse:
    """Name, position, office telephone and time zone."""
    form = ProfilForm(request.POST or None, initial=ProfilForm.initial_of(request.user))
    if request.method == "POST":
        if form.is_valid():
            update_profil(oleh=request.user, **form.cleaned_data)
            messages.success(request, "Profil Anda tersimpan.")
            return redirect("publik:profil")
        return render_page(request, "kompetisi/profil.html", {"form": form}, status=422)
    context = {"form": form, "diragukan": doubt_about(request.user)}
    return render_page(request, "kompetisi/profil.html", context)
