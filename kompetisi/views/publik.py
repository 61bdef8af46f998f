"""Pages for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from kompetisi import clock
from kompetisi.hooks import functions_of
from kompetisi.queries.edisi import edisi_list, tahap_list
from kompetisi.queries.gangguan import (
    denyut_sejak,
    gangguan_list,
    keadaan_layanan,
    perpanjangan_disetujui,
)
from kompetisi.queries.publik import pengumuman_terbit, rubrik_list, syarat_of
from kompetisi.rules.tahap import closing_of, keadaan_at
from kompetisi.ui import paginate, render_page


@login_not_required
@require_safe
def muka(request: HttpRequest) -> HttpResponse:
    """The front page: what it is, where we stand, what to do now."""
    if not request.edisi:
        return render_page(request, "kompetisi/belum_ada.html", {})
    now = clock.now()
    baris = _jadwal(request.edisi, now)
    highlights = [show(request.edisi, now) for show in functions_of("SOROTAN")]
    context = {
        "sorotan": [found for found in highlights if found],
        "berjalan": [b for b in baris if b["keadaan"] == "berjalan"],
        "pendaftaran": next((b for b in baris if b["tahap"].jenis == "pendaftaran"), None),
        "jalur_list": list(request.edisi.jalur.all()),
        "pengumuman_list": list(pengumuman_terbit(request.edisi, now)[:3]),
    }
    return render_page(request, "kompetisi/muka.html", context)


@login_not_required
@require_safe
def edisi(request: HttpRequest) -> HttpResponse:
    """All editions, to look at another one."""
    return render_page(request, "kompetisi/edisi.html", {"edisi_list": edisi_list()})


@login_not_required
@require_safe
def jadwal(request: HttpRequest) -> HttpResponse:
    """The calendar of the edition, with what is assumed marked."""
    _need_edisi(request)
    context = {"baris": _jadwal(request.edisi, clock.now())}
    return render_page(request, "kompetisi/jadwal.html", context)


@login_not_required
@require_safe
def privasi(request: HttpRequest) -> HttpResponse:
    """What is done with personal data, why, for how long, and what one may ask."""
    _need_edisi(request)
    context = {"privasi": request.edisi.aturan.get("privasi")}
    return render_page(request, "kompetisi/privasi.html", context)


@login_not_required
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """How the service fares, the outages measured lately, and what followed from them."""
    at = clock.now()
    context = {
        "bagian": keadaan_layanan(),
        "halaman": paginate(request, gangguan_list(at), 20),
        "sejak": denyut_sejak(),
        "perpanjangan_list": perpanjangan_disetujui(request.edisi) if request.edisi else [],
    }
    return render_page(request, "kompetisi/status.html", context)


@login_not_required
@require_safe
def ketentuan(request: HttpRequest) -> HttpResponse:
    """Rules: tracks, what is asked, the gate, the rubrics with anchors, how ranks come about."""
    _need_edisi(request)
    context = syarat_of(request.edisi) | {
        "rubrik_list": rubrik_list(request.edisi),
        "bobot_tahap": request.edisi.aturan.get("bobot_tahap", {}),
    }
    return render_page(request, "kompetisi/ketentuan.html", context)


@login_not_required
@require_safe
def pengumuman(request: HttpRequest) -> HttpResponse:
    """All announcements, newest first."""
    _need_edisi(request)
    rows = paginate(request, pengumuman_terbit(request.edisi, clock.now()), 20)
    return render_page(request, "kompetisi/pengumuman.html", {"page_obj": rows})


@login_not_required
@require_safe
def pengumuman_rinci(request: HttpRequest, pk: int) -> HttpResponse:
    """One announcement."""
    _need_edisi(request)
    row = get_object_or_404(pengumuman_terbit(request.edisi, clock.now()), pk=pk)
    return render_page(request, "kompetisi/pengumuman_rinci.html", {"pengumuman": row})


def _need_edisi(request: HttpRequest) -> None:
    if not request.edisi:
        raise Http404


def _jadwal(edisi, at) -> list[dict]:
    rows = []
    for tahap in tahap_list(edisi):
        selesai = closing_of(tahap, tahap.perpanjangan_berlaku)
        keadaan = keadaan_at(tahap.mulai, selesai, at)
        diperpanjang = selesai != tahap.selesai
        rows.append(
            {
                "tahap": tahap,
                "selesai": selesai,
                "keadaan": keadaan,
                "diperpanjang": diperpanjang,
            }
        )
    return rows
