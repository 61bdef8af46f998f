"""What everybody may see: the result from its instant on, and whether a document is genuine."""

import hashlib
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kompetisi import clock
from kompetisi.ui import render_page
from penghargaan import verify_hasil
from penghargaan.forms.piagam import BerkasForm, KodeForm
from penghargaan.queries.hasil import (
    dokumen_hasil,
    funnel_of,
    newest_year,
    published_of,
    samaran_of,
    sizes_of,
    winners_by_jalur,
)
from penghargaan.queries.peserta import hasil_of, pendaftaran_of_user
from penghargaan.queries.piagam import find_by_hash, find_by_kode, normalize_kode, piagam_visible_to
from penghargaan.rules.kanonik import canonical
from penghargaan.views.piagam import send_piagam
from penghargaan.views.pintu import too_many


@login_not_required
@require_safe
def hasil_terbaru(request):
    """Lead to the result of the edition one looks at, else the newest; 404 while there is none."""
    tahun = newest_year(request.edisi, clock.db_now())
    if tahun is None:
        raise Http404
    return redirect("penghargaan:hasil", tahun=tahun)


@login_not_required
@require_safe
def hasil(request, tahun):
    """The result of a year: 404 before its instant, then for everybody."""
    row = get_published(tahun)
    pleno = row.keputusan.pleno
    return render_page(
        request,
        "penghargaan/hasil.html",
        {
            "penerbitan": row,
            "keputusan": row.keputusan,
            "pleno": pleno,
            "edisi_hasil": pleno.edisi,
            "tabel": winners_by_jalur(pleno),
            "corong": funnel_of(pleno.edisi),
            "ukuran": sizes_of(pleno),
        },
    )


@login_not_required
@require_safe
def hasil_berkas(request, tahun):
    """The replayable result file, byte for byte what export_hasil writes."""
    pleno = get_published(tahun).keputusan.pleno
    response = HttpResponse(canonical(dokumen_hasil(pleno)), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="hasil-{tahun}.json"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@require_safe
def hasil_program(request):
    """The program that recomputes a result file, as it runs here: it needs Python alone."""
    content = Path(verify_hasil.__file__).read_bytes()
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify_hasil.py"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def get_published(tahun):
    """The publication in force by the database's clock, or 404."""
    row = published_of(tahun, clock.db_now())
    if row is None:
        raise Http404
    return row


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verifikasi(request):
    """Check a receipt or certificate by its code, or a certificate by its file."""
    if too_many(request):
        return render(request, "429.html", status=429)
    kode = request.GET.get("kode", "")
    if kode and normalize_kode(kode):
        return redirect("penghargaan:verifikasi-kode", kode=max(normalize_kode(kode)))
    forms = {"kode_form": KodeForm(), "berkas_form": BerkasForm()}
    if request.method == "POST" and "berkas" in request.FILES:
        return checked_file(request, request.FILES["berkas"])
    if request.method == "POST" and "kode" in request.POST:
        form = forms["kode_form"] = KodeForm(request.POST)
        if form.is_valid():
            return redirect("penghargaan:verifikasi-kode", kode=form.cleaned_data["kode"])
    elif request.method == "POST":
        forms["berkas_form"] = BerkasForm(request.POST, request.FILES)
    status = 422 if request.method == "POST" else 200
    return render_page(request, "penghargaan/verifikasi.html", forms, status=status)


def checked_file(request, berkas):
    """What a given file proves; nothing of it is read but its bits, and nothing is kept."""
    digest = hashlib.sha256()
    for chunk in berkas.chunks():
        digest.update(chunk)
    return result_page(request, find_by_hash(digest.hexdigest()), sha256=digest.hexdigest())


@login_not_required
@require_safe
def verifikasi_kode(request, kode):
    """What a code stands for: valid, revoked, or unknown with what to do (404)."""
    if too_many(request):
        return render(request, "429.html", status=429)
    return result_page(request, find_by_kode(kode), kode=kode)


def result_page(request, found, *, kode="", sha256=""):
    """The answer, in Indonesian and English; unknown things answer 404 (a code), 200 (a file)."""
    context = {**(found or {}), "ditemukan": bool(found), "kode": kode, "sha256": sha256}
    status = 200 if found or sha256 else 404
    response = render_page(request, "penghargaan/verifikasi_hasil.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def hasil_pendaftaran(request, kode):
    """What became of an entry, for its agency: status, letter, certificate. 404 for others."""
    row = get_object_or_404(pendaftaran_of_user(request.user), kode=kode)
    facts = hasil_of(row, clock.db_now())
    if facts is None:
        raise Http404
    context = {
        "pendaftaran": row,
        "piagam": piagam_visible_to(request.user, row.edisi).filter(pendaftaran=row).first(),
        "samaran": samaran_of(facts["pleno"], row),
        **facts,
    }
    return render_page(request, "penghargaan/hasil_pendaftaran.html", context)


@require_safe
def piagam_unduh(request, kode):
    """The certificate of one's own entry."""
    row = get_object_or_404(pendaftaran_of_user(request.user), kode=kode)
    rows = piagam_visible_to(request.user, row.edisi).filter(pendaftaran=row)
    return send_piagam(get_object_or_404(rows))
