"""Files of an entry: sending them in, one at a time, taking them off, looking at them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kompetisi import clock
from kompetisi.errors import InvalidInputError
from kompetisi.ui import render_page
from registrasi.actions.akses import confirm_perlindungan
from registrasi.actions.berkas import (
    attach_bukti,
    detach_bukti,
    save_tanggal_surat,
    store_berkas,
)
from registrasi.forms.jawaban import MAKS_BUKTI_MB
from registrasi.forms.surat import TanggalSuratForm
from registrasi.queries.formulir import Formulir, dokumen_of
from registrasi.queries.izin import izin_of
from registrasi.queries.kekurangan import kedaluwarsa_of
from registrasi.queries.kembar import bukti_told
from registrasi.queries.pendaftaran import (
    bukti_of,
    kriteria_of,
    kriteria_of_kelompok,
)
from registrasi.queries.unggahan import unfinished_of
from registrasi.rules.berkas import can_attach
from registrasi.views.doors import WRITE, get_entry
from registrasi.views.penyajian import send_berkas


def take(row, upload, oleh, maks_mb: int, **place) -> str:
    """Look into an upload, store it and attach it; the reason when it is refused, else "".

    Raises NotAllowedError when the entry may not be changed now; then nothing is looked into.
    """
    if upload is None:
        return "Pilih berkas dahulu."
    izin_of(oleh, row, clock.now())["isi"].require()
    if not (verdict := can_attach(row, place.get("jenis_dokumen"))):
        return verdict.alasan
    try:
        stored = store_berkas(isi=upload, oleh=oleh, maks_mb=maks_mb)
        attach_bukti(pendaftaran=row, berkas=stored, oleh=oleh, **place)
    except InvalidInputError as error:
        return error.alasan
    return ""


@require_safe
def dokumen(request: HttpRequest, kode: str) -> HttpResponse:
    """The documents asked for, each with its own upload."""
    return show_dokumen(request, get_entry(request, kode))


def show_dokumen(
    request, row, *, salah: str = "", galat: str = "", surat: TanggalSuratForm | None = None
) -> HttpResponse:
    """The page of documents; a refused file, or a letter's date in `surat`, says why."""
    told, older = bukti_told(request.user, row, kriteria=None)
    attached = {b.jenis_dokumen_id: b for b in told}
    unfinished = unfinished_of(request.user, row)
    context = {
        "pendaftaran": row,
        "izin": izin_of(request.user, row, clock.now()),
        "baris": [
            {
                "jenis": d,
                "bukti": attached.get(d.pk),
                "lama": older.get((d.pk, None), []),
                "unggahan": unfinished.get((d.pk, None)),
                "galat": galat if d.kode == salah else "",
                **letter_of(d, attached.get(d.pk), surat if d.kode == salah else None),
            }
            for d in Formulir(row).dokumen_diminta
        ],
    }
    code = 422 if galat or surat else 200
    return render_page(request, "registrasi/dokumen.html", context, status=code)


def letter_of(jenis, bukti, form: TanggalSuratForm | None = None) -> dict:
    """The form for the date of an attached letter, and whether it no longer holds."""
    if not bukti or not jenis.masa_berlaku_bulan:
        return {}
    known = {"tanggal_surat": bukti.tanggal_surat, "berlaku_sampai": bukti.berlaku_sampai}
    form = form or TanggalSuratForm(initial=known, auto_id=f"id_{jenis.kode}_%s")
    return {"surat": form, "kedaluwarsa": kedaluwarsa_of(bukti)}


def show_one(request, row, asked, galat: str = "") -> HttpResponse:
    """The part of the page about one document or one criterion's evidence, after an upload."""
    is_dokumen = hasattr(asked, "maks_mb")
    place = {"jenis_dokumen": asked} if is_dokumen else {"kriteria": asked}
    told, older = bukti_told(request.user, row, **place)
    item = {"bukti": next(iter(told), None), "galat": galat, "baru": not galat}
    item |= {"lama": next(iter(older.values()), [])}
    if is_dokumen:
        page = "registrasi/_dokumen.html"
        item |= {"jenis": asked}
        item |= letter_of(asked, item["bukti"])
    else:
        page, item = "registrasi/_bukti.html", item | {"kriteria": asked}
    context = {"pendaftaran": row, "b": item, "boleh": True, "maks_mb": MAKS_BUKTI_MB}
    return render_page(request, page, context, status=422 if galat else 200)


@require_POST
def dokumen_unggah(request: HttpRequest, kode: str, jenis: str) -> HttpResponse:
    """Attach a file as this kind of document."""
    row = get_entry(request, kode)
    asked = dokumen_of(row, jenis)
    if asked is None:
        raise Http404
    upload = next(iter(request.FILES.values()), None)
    galat = take(row, upload, request.user, asked.maks_mb, jenis_dokumen=asked)
    if request.headers.get("HX-Request"):
        return show_one(request, row, asked, galat)
    if galat:
        return show_dokumen(request, row, salah=jenis, galat=galat)
    messages.success(request, f"{asked.nama} terlampir.")
    return redirect(f"{reverse('registrasi:dokumen', args=[row.kode])}#{jenis}")


@require_POST
def bukti_unggah(request: HttpRequest, kode: str, kriteria: int) -> HttpResponse:
    """Attach a file as evidence of a criterion; the page sends it as soon as it is chosen."""
    row = get_entry(request, kode)
    asked = kriteria_of(row, kriteria)
    if asked is None:
        raise Http404
    upload = next(iter(request.FILES.values()), None)
    galat = take(row, upload, request.user, MAKS_BUKTI_MB, kriteria=asked)
    if request.headers.get("HX-Request"):
        return show_one(request, row, asked, galat)
    if galat:
        messages.warning(request, f"{asked.kode}: {galat}")
    return redirect("registrasi:mandiri", row.kode, asked.kelompok.kode)


@require_POST
def perlindungan(request: HttpRequest, kode: str) -> HttpResponse:
    """Declare that those who complained are covered; back to the page one was on."""
    row = get_entry(request, kode)
    izin_of(request.user, row, clock.now())["isi"].require()
    group = request.POST.get("kelompok", "")
    back = ["registrasi:mandiri", row.kode, group] if kriteria_of_kelompok(row, group) else None
    if request.POST.get("setuju") == "on":
        confirm_perlindungan(pendaftaran=row, oleh=request.user)
        messages.success(request, "Pernyataan tersimpan. Bukti dapat diunggah.")
    else:
        messages.warning(request, "Centang pernyataan dahulu, lalu simpan.")
    return redirect(*(back or ["registrasi:dokumen", row.kode]))


@WRITE
def pelepasan(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off the draft, after asking; the file is kept among the earlier versions."""
    bukti = get_object_or_404(bukti_of(request.user), pk=pk, dilepas_pada=None)
    row = bukti.pendaftaran
    if bukti.kriteria:
        group = bukti.kriteria.kelompok.kode
        back = reverse("registrasi:mandiri", args=[row.kode, group])
    else:
        back = reverse("registrasi:dokumen", args=[row.kode])
    if request.method == "POST":
        detach_bukti(bukti=bukti, oleh=request.user)
        messages.success(request, f"{bukti.berkas.nama_asli} dilepas dari pendaftaran.")
        return redirect(back)
    context = {"bukti": bukti, "pendaftaran": row, "kembali": back}
    return render_page(request, "registrasi/pelepasan.html", context)


@require_POST
def tanggal(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the date of an attached letter."""
    bukti = get_object_or_404(bukti_of(request.user), pk=pk, dilepas_pada=None)
    jenis, row = bukti.jenis_dokumen, bukti.pendaftaran
    if jenis is None or not jenis.masa_berlaku_bulan:
        raise Http404
    form = TanggalSuratForm(request.POST, auto_id=f"id_{jenis.kode}_%s")
    if not form.is_valid():
        return show_dokumen(request, row, salah=jenis.kode, surat=form)
    save_tanggal_surat(bukti=bukti, oleh=request.user, **form.cleaned_data)
    messages.success(request, f"Tanggal {jenis.nama} tersimpan.")
    return redirect(f"{reverse('registrasi:dokumen', args=[row.kode])}#{jenis.kode}")


@require_safe
def berkas(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of an entry one may see, shown in place."""
    bukti = get_object_or_404(bukti_of(request.user), pk=pk)
    return send_berkas(request, bukti.berkas)
