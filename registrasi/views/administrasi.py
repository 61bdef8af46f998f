"""The administrative check: the queue, one entry item by item, the decision."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetisi import clock
from kompetisi.errors import InvalidInputError
from kompetisi.queries.edisi import closing_instant, keadaan_of
from kompetisi.ui import render_page
from registrasi.actions.administrasi import decide_seleksi, save_pemeriksaan
from registrasi.forms.administrasi import PemeriksaanForm, PutusanForm
from registrasi.queries.administrasi import (
    antrean_administrasi,
    butir_of,
    masa_perbaikan_of,
    next_administrasi,
    pengiriman_berlaku,
    perbaikan_berjalan,
    seleksi_list,
    tahap_administrasi,
    temuan_of,
)
from registrasi.queries.dosir import dosir_of
from registrasi.queries.panitia import pendaftaran_visible_to_panitia
from registrasi.rules.administrasi import allowed_putusan, can_periksa, tenggat_perbaikan
from registrasi.views.panitia import for_panitia, paginate_waiting

AKSI = "pendaftaran.lihat_semua"


@require_safe
@for_panitia(AKSI)
def antrean(request):
    """Entries waiting, the longest first, and those being corrected."""
    now = clock.now()
    tahap = tahap_administrasi(request.edisi)
    rows = antrean_administrasi(request.peran, request.edisi)
    return render_page(
        request,
        "registrasi/panitia/administrasi.html",
        {
            "halaman": paginate_waiting(request, rows, "dikirim_pada"),
            "perbaikan": perbaikan_berjalan(request.peran, request.edisi),
            "tahap": tahap,
            "penutupan": closing_instant(tahap) if tahap else None,
            "keadaan": keadaan_of(request.edisi, "administrasi", now),
        },
    )


@require_safe
@for_panitia(AKSI)
def berikutnya(request):
    """Go to the next entry to check; `?setelah=` is the one just left."""
    setelah = request.GET.get("setelah", "")
    row = next_administrasi(request.peran, request.edisi, request.user.pk, setelah)
    if row is None:
        messages.info(request, "Tidak ada pendaftaran lain yang menunggu pemeriksaan.")
        return redirect("registrasi_panitia:administrasi")
    return redirect("registrasi_panitia:administrasi-rinci", row.kode)


def known_of(request, kode) -> dict:
    """What both pages of a check need: the entry, its items, findings of machine and people."""
    rows = pendaftaran_visible_to_panitia(request.peran, request.edisi)
    row = get_object_or_404(rows, kode=kode)
    pengiriman = pengiriman_berlaku(row)
    checks = seleksi_list(row)
    current = next((c for c in checks if pengiriman and c.pengiriman_id == pengiriman.pk), None)
    found = {item.butir.kode: item for item in current.butir.all()} if current else {}
    masa = masa_perbaikan_of(row)
    keadaan = keadaan_of(request.edisi, "administrasi", clock.now(), row.kode)
    return {
        "pendaftaran": row,
        "pengiriman_berlaku": pengiriman,
        "butir": butir_of(row),
        "seleksi": current,
        "sebelumnya": [c for c in checks if c is not current],
        "tersimpan": found,
        "masa": masa,
        "boleh": can_periksa(request.peran, keadaan, row.status),
    }


def form_for(known: dict, data=None) -> PemeriksaanForm:
    """The form of the check; on a second round what was met before stands ready."""
    earlier = {}
    if known["sebelumnya"]:
        last = known["sebelumnya"][0].butir.all()
        earlier = {item.butir.kode: item for item in last if item.hasil == "memenuhi"}
    return PemeriksaanForm(
        data,
        butir=known["butir"],
        tersimpan=earlier | known["tersimpan"],
        perbaikan_terpakai=known["masa"] is not None,
    )


def show(request, known: dict, form: PemeriksaanForm, status: int = 200):
    """The page of a check: each item with the machine's finding, documents beside."""
    row = known["pendaftaran"]
    temuan = temuan_of(row, known["butir"], known["pengiriman_berlaku"])
    items = [
        {
            "butir": item,
            "temuan": temuan[item.kode],
            "tersimpan": known["tersimpan"].get(item.kode),
            "hasil": form.fields_of(item.kode)[0],
            "alasan": form.fields_of(item.kode)[1],
        }
        for item in known["butir"]
    ]
    context = known | {"form": form, "baris": items, "dosir": dosir_of(row)}
    return render_page(request, "registrasi/panitia/pemeriksaan.html", context, status=status)


@require_safe
@for_panitia(AKSI)
def pemeriksaan(request, kode):
    """One entry, item by item."""
    known = known_of(request, kode)
    return show(request, known, form_for(known))


@require_POST
@for_panitia(AKSI)
def simpan(request, kode):
    """Keep the findings; with `lanjut` go on to the decision."""
    known = known_of(request, kode)
    known["boleh"].require()
    form = form_for(known, request.POST)
    if not form.is_valid():
        return show(request, known, form, status=422)
    hasil = form.hasil()
    if hasil:
        try:
            save_pemeriksaan(pendaftaran=known["pendaftaran"], hasil=hasil, oleh=request.user)
        except InvalidInputError as error:
            form.add_refusals(error.rincian)
            return show(request, known, form, status=422)
    left = len(known["butir"]) - len(hasil)
    if "lanjut" in request.POST:
        return redirect("registrasi_panitia:administrasi-putusan", kode)
    messages.success(request, f"Pemeriksaan {kode} tersimpan; {left} butir belum diperiksa.")
    return redirect("registrasi_panitia:administrasi-rinci", kode)


@require_http_methods(["GET", "HEAD", "POST"])
@for_panitia(AKSI)
def putusan(request, kode):
    """The findings once more, and the decision."""
    known = known_of(request, kode)
    allowed = allowed_putusan(
        {item: found.hasil for item, found in known["tersimpan"].items()},
        [item.kode for item in known["butir"]],
        perbaikan_terpakai=known["masa"] is not None,
    )
    possible = [name for name, verdict in allowed.items() if verdict.ok]
    form = PutusanForm(
        request.POST if request.method == "POST" else None, pilihan=possible
    )
    if request.method != "POST":
        return show_putusan(request, known, form, allowed)
    known["boleh"].require()
    if not form.is_valid():
        return show_putusan(request, known, form, allowed, status=422)
    decide_seleksi(pendaftaran=known["pendaftaran"], oleh=request.user, **form.cleaned_data)
    messages.success(request, f"Putusan untuk {kode} tersimpan dan disampaikan kepada peserta.")
    row = next_administrasi(request.peran, request.edisi, request.user.pk, kode)
    if row is None:
        return redirect("registrasi_panitia:administrasi")
    return redirect("registrasi_panitia:administrasi-rinci", row.kode)


def show_putusan(request, known: dict, form: PutusanForm, allowed: dict, status: int = 200):
    """The page of the decision: findings, what can be decided, and until when a correction runs."""
    row = known["pendaftaran"]
    tahap = tahap_administrasi(request.edisi)
    hari = request.edisi.aturan.get("masa_perbaikan_hari") or 0
    tenggat = tahap and tenggat_perbaikan(clock.now(), hari, closing_instant(tahap, row.kode))
    found = known["tersimpan"]
    context = known | {
        "form": form,
        "baris": [(item, found.get(item.kode)) for item in known["butir"]],
        "penolakan": sorted({v.alasan for v in allowed.values() if not v.ok})
        if not any(v.ok for v in allowed.values())
        else [],
        "ada_pilihan": any(v.ok for v in allowed.values()),
        "tenggat_baru": tenggat if allowed["perbaikan"].ok else None,
        "perbaikan_mustahil": allowed["perbaikan"].ok and tenggat is None,
    }
    return render_page(request, "registrasi/panitia/putusan.html", context, status=status)
