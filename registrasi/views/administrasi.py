"""The administrative check: the queue, one entry item by item, the decision."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError
from kompetisi.queries.edisi import closing_instant, keadaan_of
from kompetisi.rules.verdict import YES
from kompetisi.tertahan import typed
from kompetisi.ui import render_page
from registrasi.actions.administrasi import (
    hold_pemeriksaan,
    save_pemeriksaan,
    take_over_pemeriksaan,
)
from registrasi.actions.putusan import decide_seleksi
from registrasi.forms.administrasi import PemeriksaanForm, PutusanForm
from registrasi.queries.administrasi import (
    antrean_administrasi,
    butir_of,
    held_by_other,
    masa_perbaikan_of,
    next_administrasi,
    pegangan_of,
    pengiriman_berlaku,
    perbaikan_berjalan,
    seleksi_list,
    tahap_administrasi,
    usulan_berjalan,
    usulan_kembali,
    usulan_menunggu_kedua,
)
from registrasi.queries.dosir import dosir_of
from registrasi.queries.panitia import pendaftaran_visible_to_panitia
from registrasi.queries.perbaikan import perubahan_of
from registrasi.queries.temuan import temuan_of
from registrasi.rules.administrasi import (
    allowed_putusan,
    can_hold,
    can_konfirmasi,
    can_periksa,
    needs_second,
    tenggat_perbaikan,
)
from registrasi.views.panitia import for_panitia, paginate_waiting

AKSI = "pendaftaran.lihat_semua"


@require_safe
@for_panitia(AKSI)
def antrean(request):
    """Entries waiting, the longest first, and those being corrected."""
    now = clock.now()
    tahap = tahap_administrasi(request.edisi)
    page = paginate_waiting(
        request, antrean_administrasi(request.peran, request.edisi), "dikirim_pada"
    )
    for row in page.object_list:
        row.dipegang = held_by_other(row, request.user.pk, now)
    return render_page(
        request,
        "registrasi/panitia/administrasi.html",
        {
            "halaman": page,
            "kedua": usulan_menunggu_kedua(request.peran, request.edisi),
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
    row = find_next(request, setelah)
    if row is None:
        messages.info(request, "Tidak ada pendaftaran lain yang menunggu pemeriksaan.")
        return redirect("registrasi_panitia:administrasi")
    return redirect("registrasi_panitia:administrasi-rinci", row.kode)


def find_next(request, setelah: str = ""):
    """The next entry for this officer, or None."""
    return next_administrasi(request.peran, request.edisi, request.user.pk, clock.now(), setelah)


def known_of(request, kode) -> dict:
    """What both pages of a check need: the entry, its items, findings of machine and people."""
    rows = pendaftaran_visible_to_panitia(request.peran, request.edisi)
    row = get_object_or_404(rows, kode=kode)
    pengiriman = pengiriman_berlaku(row)
    checks = seleksi_list(row)
    current = next((c for c in checks if pengiriman and c.pengiriman_id == pengiriman.pk), None)
    found = {item.butir.kode: item for item in current.butir.all()} if current else {}
    masa = masa_perbaikan_of(row)
    now = clock.now()
    keadaan = keadaan_of(request.edisi, "administrasi", now, row.kode)
    usulan = usulan_berjalan(row)
    pegangan = pengiriman and pegangan_of(pengiriman)
    return {
        "pendaftaran": row,
        "pengiriman_berlaku": pengiriman,
        "butir": butir_of(row),
        "seleksi": current,
        "sebelumnya": [c for c in checks if c is not current],
        "tersimpan": found,
        "masa": masa,
        "usulan": usulan,
        "usulan_kembali": None if usulan else usulan_kembali(row),
        "pegangan": pegangan,
        "boleh_pegang": can_hold(pegangan, request.user.pk, now),
        "boleh_konfirmasi": can_konfirmasi(
            request.peran,
            keadaan,
            berjalan=usulan is not None,
            pengusul=bool(usulan) and usulan.diusulkan_oleh_id == request.user.pk,
        ),
        "boleh": can_periksa(
            request.peran, keadaan, row.status, menunggu_orang_kedua=usulan is not None
        ),
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
    dosir = dosir_of(row, request.user)
    files = {d["jenis"].kode: d["berkas"] for d in dosir["dokumen"] if d["berkas"]}
    items = [
        {
            "butir": item,
            "berkas": files.get(item.dokumen),
            "temuan": temuan[item.kode],
            "tersimpan": known["tersimpan"].get(item.kode),
            "hasil": form.fields_of(item.kode)[0],
            "alasan": form.fields_of(item.kode)[1],
        }
        for item in known["butir"]
    ]
    first = next((item["berkas"] for item in items if item["berkas"]), None)
    sent = known["pengiriman_berlaku"]
    context = known | {
        "perubahan": perubahan_of(row, sent) if sent else None,
        "form": form,
        "baris": items,
        "dosir": dosir,
        "pratinjau": first or next(iter(files.values()), None),
    }
    return render_page(request, "registrasi/panitia/pemeriksaan.html", context, status=status)


@require_safe
@for_panitia(AKSI)
def pemeriksaan(request, kode):
    """One entry, item by item."""
    known = known_of(request, kode)
    if known["boleh"].ok:
        hold_pemeriksaan(pendaftaran=known["pendaftaran"], oleh=request.user)
    post = reverse("registrasi_panitia:administrasi-pemeriksaan", args=[kode])
    return show(request, known, form_for(known, typed(request, post)))


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
    status = keep(request, known, form, hasil)
    if status != 200:
        return show(request, known, form, status=status)
    left = len(known["butir"]) - len(hasil)
    if "lanjut" in request.POST:
        return redirect("registrasi_panitia:administrasi-putusan", kode)
    messages.success(request, f"Pemeriksaan {kode} tersimpan; {left} butir belum diperiksa.")
    return redirect("registrasi_panitia:administrasi-rinci", kode)


def keep(request, known: dict, form: PemeriksaanForm, hasil: dict) -> int:
    """Keep findings, taking the entry over if asked; the HTTP status, refusals in the form."""
    row = known["pendaftaran"]
    if "ambil_alih" in request.POST:
        take_over_pemeriksaan(pendaftaran=row, oleh=request.user)
        known["boleh_pegang"] = YES
    if not hasil:
        return 200
    try:
        save_pemeriksaan(pendaftaran=row, hasil=hasil, oleh=request.user)
    except InvalidInputError as error:
        form.add_refusals(error.rincian)
        return 422
    except NotAllowedError as error:
        form.add_error(None, f"{error.alasan} Isian Anda di bawah belum tersimpan.")
        return 409
    return 200


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
    form = PutusanForm(typed(request), pilihan=possible)
    if request.method != "POST":
        return show_putusan(request, known, form, allowed)
    known["boleh"].require()
    if not form.is_valid():
        return show_putusan(request, known, form, allowed, status=422)
    seleksi = decide_seleksi(
        pendaftaran=known["pendaftaran"], oleh=request.user, **form.cleaned_data
    )
    messages.success(
        request,
        f"Putusan untuk {kode} tersimpan dan disampaikan kepada peserta."
        if seleksi.diputus_pada
        else f"Usulan tidak lolos untuk {kode} tersimpan dan menunggu orang kedua. Peserta belum "
        "diberi tahu.",
    )
    row = find_next(request, kode)
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
        "dua_orang": allowed["tidak_lolos"].ok
        and needs_second("tidak_lolos", request.edisi.aturan),
    }
    return render_page(request, "registrasi/panitia/putusan.html", context, status=status)
