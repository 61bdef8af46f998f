"""The parts of an entry's form."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from kompetisi.ui import refused, render_page
from registrasi.actions.berkas import attach_bukti, store_berkas
from registrasi.actions.isian import delete_kinerja, save_jawaban, save_kinerja, save_mandiri
from registrasi.actions.pendaftaran import save_identitas
from registrasi.forms.peserta import IdentitasForm, KinerjaForm, MandiriForm, NarasiForm
from registrasi.queries.izin import izin_of
from registrasi.queries.pendaftaran import isian_of
from registrasi.views.peserta import WRITE, get_entry

MAKS_BUKTI_MB = 10


def _page(request: HttpRequest, template: str, row, context: dict, *, bad: bool) -> HttpResponse:
    context |= {"pendaftaran": row, "izin": izin_of(request.user, row, clock.now())}
    return render_page(request, template, context, status=context.get("kode", 422 if bad else 200))


def _try(form, act: Callable[[], None], field: str | None = None) -> int:
    """Do it and return 0; a refusal becomes a message of the form, and its HTTP status."""
    try:
        act()
    except StaleVersionError as error:
        stored = error.rincian.get("tersimpan") or "kosong"
        form.add_error(
            field,
            f"{error.alasan} Yang tersimpan: “{stored}”. Tulisan Anda masih ada di bawah; salin "
            "bila perlu, lalu muat ulang halaman ini sebelum menyimpan.",
        )
        return 409
    except InvalidInputError as error:
        for name, message in (error.rincian or {"": error.alasan}).items():
            form.add_error(name if name in form.fields else field, message)
        return 422
    except NotAllowedError as error:
        form.add_error(None, error.alasan)
        return 403
    return 0


@WRITE
def identitas(request: HttpRequest, kode: str) -> HttpResponse:
    """Who and what the entry is."""
    row = get_entry(request, kode)
    initial = {name: getattr(row, name) for name in IdentitasForm.base_fields}
    form = IdentitasForm(request.POST or None, initial=initial)
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        context["kode"] = _try(
            form,
            lambda: save_identitas(pendaftaran=row, oleh=request.user, **form.cleaned_data),
        )
        if not context["kode"]:
            return _saved(request, row)
    return _page(request, "registrasi/identitas.html", row, context, bad=request.method == "POST")


@WRITE
def kinerja(request: HttpRequest, kode: str) -> HttpResponse:
    """The figures of all periods; adding one."""
    row = get_entry(request, kode)
    isian = isian_of(row)
    form = KinerjaForm(request.POST or None)
    context = {
        "form": form,
        "isian": isian,
        "periode": row.edisi.aturan.get("kinerja", {}).get("periode", []),
    }
    if request.method == "POST" and form.is_valid():
        context["kode"] = _try(
            form,
            lambda: save_kinerja(pendaftaran=row, data=form.cleaned_data, oleh=request.user),
            "diterima",
        )
        if not context["kode"]:
            messages.success(request, "Angka kinerja tersimpan.")
            return redirect("registrasi:kinerja", row.kode)
    return _page(request, "registrasi/kinerja.html", row, context, bad=request.method == "POST")


@require_POST
def kinerja_hapus(request: HttpRequest, kode: str, pk: int) -> HttpResponse:
    """Take a period out of the draft."""
    row = get_entry(request, kode)
    figures = next((k for k in isian_of(row).kinerja if k.pk == pk), None)
    if figures is None:
        raise Http404
    try:
        delete_kinerja(kinerja=figures, oleh=request.user)
    except NotAllowedError as error:
        return refused(request, error)
    return redirect("registrasi:kinerja", row.kode)


@WRITE
def mandiri(request: HttpRequest, kode: str, kelompok: str) -> HttpResponse:
    """The self-assessment of one group."""
    row = get_entry(request, kode)
    isian = isian_of(row)
    groups = list(isian.rubrik.kelompok.all()) if isian.rubrik else []
    group = next((k for k in groups if k.kode == kelompok), None)
    if group is None:
        raise Http404
    form = MandiriForm(request.POST or None, request.FILES or None, kelompok=group, isian=isian)
    context = {"form": form, "kelompok": group}
    if request.method == "POST" and form.is_valid():
        codes = [_save_kriteria(form, row, k, isian, request.user) for k in form.kriteria_list]
        context["kode"] = max(codes, default=0)
        if not context["kode"]:
            return _saved(request, row)
        isian = isian_of(row)
    context["baris"] = form.rows(isian)
    return _page(request, "registrasi/mandiri.html", row, context, bad=request.method == "POST")


def _save_kriteria(form, row, kriteria, isian, oleh) -> int:
    """Keep level and note where they changed, and the file where one was sent."""
    key, data = f"k{kriteria.pk}", form.cleaned_data
    stored = isian.mandiri.get(kriteria.pk)
    before = (stored.tingkat, stored.catatan) if stored else ("", "")
    code = 0
    if (data[f"{key}-tingkat"], data[f"{key}-catatan"]) != before:
        code = _try(
            form,
            lambda: save_mandiri(
                pendaftaran=row,
                kriteria=kriteria,
                tingkat=data[f"{key}-tingkat"],
                catatan=data[f"{key}-catatan"],
                versi=data[f"{key}-versi"],
                oleh=oleh,
            ),
            f"{key}-catatan",
        )
    upload = data.get(f"{key}-bukti")
    if upload:
        attach = _attach(row, upload, oleh, MAKS_BUKTI_MB, {"kriteria": kriteria})
        code = max(code, _try(form, attach, f"{key}-bukti"))
    return code


def _attach(row, upload, oleh, maks_mb: int, place: dict) -> Callable[[], None]:
    def act() -> None:
        berkas = store_berkas(isi=upload, oleh=oleh, maks_mb=maks_mb)
        attach_bukti(pendaftaran=row, berkas=berkas, oleh=oleh, **place)

    return act


@WRITE
def narasi(request: HttpRequest, kode: str) -> HttpResponse:
    """The narrative answers."""
    row = get_entry(request, kode)
    isian = isian_of(row)
    form = NarasiForm(request.POST or None, isian=isian)
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        codes = [_save_jawaban(form, row, p, isian, request.user) for p in form.pertanyaan_list]
        context["kode"] = max(codes, default=0)
        if not context["kode"]:
            return _saved(request, row)
    context["baris"] = form.rows()
    return _page(request, "registrasi/narasi.html", row, context, bad=request.method == "POST")


def _save_jawaban(form, row, pertanyaan, isian, oleh) -> int:
    key, stored = f"p{pertanyaan.pk}", isian.jawaban.get(pertanyaan.pk)
    isi = form.cleaned_data[key]
    if isi == (stored.isi if stored else ""):
        return 0
    return _try(
        form,
        lambda: save_jawaban(
            pendaftaran=row,
            pertanyaan=pertanyaan,
            isi=isi,
            versi=form.cleaned_data[f"{key}-versi"],
            oleh=oleh,
        ),
        key,
    )


@WRITE
def dokumen(request: HttpRequest, kode: str) -> HttpResponse:
    """The documents: one upload form for each kind."""
    row = get_entry(request, kode)
    isian = isian_of(row)
    galat, salah = "", ""
    if request.method == "POST":
        salah = request.POST.get("jenis", "")
        jenis = next((d for d in isian.dokumen_list if d.kode == salah), None)
        upload = request.FILES.get("berkas")
        if jenis is None:
            raise Http404
        galat = _upload(row, jenis, upload, request.user)
        if not galat:
            messages.success(request, f"{jenis.nama} terlampir.")
            return redirect("registrasi:dokumen", row.kode)
    context = {
        "baris": [(d, isian.bukti_dokumen.get(d.pk)) for d in isian.dokumen_list],
        "galat": galat,
        "salah": salah,
    }
    return _page(request, "registrasi/dokumen.html", row, context, bad=bool(galat))


def _upload(row, jenis, upload, oleh) -> str:
    """Attach the file as this kind of document; the reason when it is refused."""
    if upload is None:
        return "Pilih berkas PDF dahulu."
    try:
        _attach(row, upload, oleh, jenis.maks_mb, {"jenis_dokumen": jenis})()
    except (InvalidInputError, NotAllowedError) as error:
        return error.alasan
    return ""


def _saved(request: HttpRequest, row) -> HttpResponse:
    messages.success(request, "Isian tersimpan.")
    return redirect("registrasi:rinci", row.kode)
