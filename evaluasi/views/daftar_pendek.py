"""The committee's pages about the shortlist."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from evaluasi.actions.daftar_pendek import decide_daftar_pendek
from evaluasi.forms.daftar_pendek import KeputusanForm
from evaluasi.queries.daftar_pendek import (
    count_conflicts,
    daftar_pendek_of,
    garis_of,
    jalur_visible_to,
    keputusan_visible_to,
    proposal_of,
    spread_of,
    tahap_penyaring,
)
from evaluasi.queries.ekspor import tabel_daftar_pendek
from evaluasi.rules.daftar_pendek import can_decide, fingerprint
from evaluasi.views.doors import for_panitia
from kompetisi import clock
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.queries.edisi import closing_instant, keadaan_of
from kompetisi.ui import paginate, render_page
from kompetisi.views.unduhan import send_tabel

LIHAT = "nilai.lihat"


def get_stage(request):
    """The stage whose scores make the shortlist, or 404 in an edition without one."""
    tahap = tahap_penyaring(request.edisi)
    if tahap is None:
        raise Http404
    return tahap


@require_safe
@for_panitia(LIHAT)
def daftar(request):
    """The tracks and where their shortlists stand."""
    tahap = get_stage(request)
    return render_page(
        request,
        "evaluasi/daftar_pendek/daftar.html",
        {
            "tahap": tahap,
            "keadaan": keadaan_of(request.edisi, tahap.jenis, clock.now()),
            "penutupan": closing_instant(tahap),
            "jalur": jalur_visible_to(request.user, request.edisi).order_by("urutan", "pk"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_panitia(LIHAT)
def jalur(request, kode):
    """The proposal of a track to decide about, or the decision that was made."""
    tahap = get_stage(request)
    row = get_object_or_404(
        jalur_visible_to(request.user, request.edisi).select_related("edisi"), kode=kode
    )
    if row.diputus:
        return show_decision(request, row)
    baris = proposal_of(row, tahap, request.user)
    if request.method == "POST":
        return decide(request, row, tahap, baris)
    form = KeputusanForm(baris, initial={"sidik": fingerprint([b.usulan for b in baris])})
    return show(request, row, tahap, form)


@require_safe
@for_panitia(LIHAT)
def ekspor(request, kode):
    """The decision of a track as a file, or the proposal while there is none."""
    tahap = get_stage(request)
    rows = jalur_visible_to(request.user, request.edisi).select_related("edisi")
    row = get_object_or_404(rows, kode=kode)
    tabel = tabel_daftar_pendek(request.user, row, tahap, diputus=row.diputus)
    return send_tabel(request, f"daftar-pendek-{kode}", tabel)


def decide(request, row, tahap, baris):
    """Count the spread anew, or store the decision; nothing typed is lost on a refusal."""
    form = KeputusanForm(baris, request.POST)
    if not form.is_valid():
        return show(request, row, tahap, form, status=422)
    if request.POST.get("aksi") == "hitung":
        return show(request, row, tahap, form)
    try:
        decide_daftar_pendek(
            jalur=row,
            masuk=form.masuk(),
            alasan=form.alasan(),
            catatan=form.cleaned_data["catatan"],
            sidik=form.cleaned_data["sidik"],
            oleh=request.user,
        )
    except StaleVersionError as error:
        messages.warning(request, error.alasan)
        form.data = form.data.copy()
        form.data["sidik"] = fingerprint([b.usulan for b in baris])
        return show(request, row, tahap, form, status=409)
    except InvalidInputError as error:
        for name, text in error.rincian.items():
            form.add_error(name if name in form.fields else None, text)
        return show(request, row, tahap, form, status=422)
    messages.success(request, "Daftar pendek diputuskan dan setiap peserta diberi tahu.")
    return redirect("evaluasi_panitia:daftar-pendek-jalur", row.kode)


def show(request, row, tahap, form, *, status=200):
    """The proposal with ticks, reasons, the cut line and the spread of those ticked."""
    entries = [b.pendaftaran for b in form.baris]
    masuk = form.masuk()
    return render_page(
        request,
        "evaluasi/daftar_pendek/jalur.html",
        {
            "jalur": row,
            "tahap": tahap,
            "form": form,
            "garis": garis_of(form.baris),
            "jumlah_masuk": len(masuk),
            "jumlah_usulan": sum(b.usulan.masuk for b in form.baris),
            "seri": sum(b.usulan.seri_di_garis for b in form.baris),
            "kurang": sum(b.calon.kurang for b in form.baris),
            "sebaran": spread_of(row, entries, masuk),
            "boleh": can_decide(
                request.peran,
                keadaan_of(row.edisi, tahap.jenis, clock.now()),
                sudah=False,
                jumlah=len(form.baris),
                berbenturan=count_conflicts(row, request.user),
            ),
        },
        status=status,
    )


def show_decision(request, row):
    """The decision as it was made, with its deviations."""
    rows = keputusan_visible_to(request.user, row)
    entries = [d.pendaftaran for d in rows]
    masuk = {d.pendaftaran_id for d in rows if d.masuk}
    return render_page(
        request,
        "evaluasi/daftar_pendek/putusan.html",
        {
            "jalur": row,
            "daftar": daftar_pendek_of(row),
            "halaman": paginate(request, rows),
            "jumlah_masuk": len(masuk),
            "menyimpang": [d for d in rows if d.masuk != d.usulan_masuk],
            "sebaran": spread_of(row, entries, masuk),
        },
    )
