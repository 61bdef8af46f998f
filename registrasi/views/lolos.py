"""Passing entries that are met beyond doubt, as a list."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from kompetisi import clock
from kompetisi.queries.edisi import keadaan_of
from kompetisi.rules.matriks import check_aksi
from kompetisi.ui import render_page
from registrasi.actions.lolos import pass_list
from registrasi.queries.temuan import AT_ONCE, siap_lolos
from registrasi.views.panitia import for_panitia


@require_http_methods(["GET", "HEAD", "POST"])
@for_panitia("pendaftaran.lihat_semua")
def sekaligus(request):
    """The list with what each item rests on; those left ticked pass."""
    now = clock.now()
    verdict = check_aksi(
        "administrasi.periksa", request.peran, keadaan_of(request.edisi, "administrasi", now)
    )
    if request.method != "POST":
        rows = siap_lolos(request.peran, request.edisi, request.user.pk, now)
        for row in rows:
            row.oleh_petugas = [item for item, oleh in row.temuan if oleh == "orang"]
            row.oleh_mesin = [item for item, oleh in row.temuan if oleh == "mesin"]
        context = {"baris": rows, "boleh": verdict, "paling_banyak": AT_ONCE}
        return render_page(request, "registrasi/panitia/lolos_sekaligus.html", context)
    verdict.require()
    chosen = request.POST.getlist("kode")[:AT_ONCE]
    passed, refused = pass_list(kode=chosen, edisi=request.edisi, oleh=request.user)
    if passed:
        named = ", ".join(passed)
        messages.success(request, f"{len(passed)} pendaftaran dinyatakan lolos: {named}.")
    for alasan in refused.values():
        messages.warning(request, alasan)
    if not chosen:
        messages.warning(request, "Tidak ada pendaftaran yang dipilih.")
    return redirect("registrasi_panitia:administrasi")
