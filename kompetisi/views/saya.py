"""Pages of the person who is signed in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from kompetisi import clock
from kompetisi.actions.pengguna import update_profil
from kompetisi.forms.pengguna import ProfilForm
from kompetisi.hooks import functions_of
from kompetisi.queries.pesan import pesan_of
from kompetisi.ui import paginate, render_page


@require_safe
def beranda(request: HttpRequest) -> HttpResponse:
    """What this person has to do now, most urgent first."""
    now = clock.now()
    tugas = []
    for offer in functions_of("TUGAS"):
        tugas += offer(request.user, request.edisi, request.peran, now)
    tugas.sort(key=lambda item: (item.get("urgensi") or 9, item.get("tenggat") or now))
    context = {"tugas": tugas, "pesan_list": list(pesan_of(request.user)[:5])}
    return render_page(request, "kompetisi/beranda.html", context)


@require_safe
def pesan(request: HttpRequest) -> HttpResponse:
    """The messages to this person."""
    rows = paginate(request, pesan_of(request.user))
    return render_page(request, "kompetisi/pesan.html", {"page_obj": rows})


@require_safe
def pesan_rinci(request: HttpRequest, pk: int) -> HttpResponse:
    """One message."""
    row = get_object_or_404(pesan_of(request.user), pk=pk)
    return render_page(request, "kompetisi/pesan_rinci.html", {"pesan": row})


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
    return render_page(request, "kompetisi/profil.html", {"form": form})
