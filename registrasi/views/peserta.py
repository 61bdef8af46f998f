"""An agency's own pages: whom one represents, the list of entries, one entry, its receipt."""

import secrets

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError
from kompetisi.ui import file_response, paginate, refused, render_page
from registrasi.actions.berkas import store_berkas
from registrasi.actions.keanggotaan import add_unit, request_keanggotaan
from registrasi.actions.pendaftaran import create_pendaftaran, withdraw_pendaftaran
from registrasi.actions.pengiriman import submit_pendaftaran
from registrasi.forms.peserta import BaruForm, KirimForm, PermohonanForm, UnitForm
from registrasi.pdf import render_tanda_terima
from registrasi.queries.instansi import search_instansi
from registrasi.queries.izin import izin_of
from registrasi.queries.keanggotaan import instansi_by_kode, instansi_of, keanggotaan_of, unit_of
from registrasi.queries.kelengkapan import BAGIAN, kekurangan_of
from registrasi.queries.pendaftaran import (
    bukti_visible_to,
    isian_of,
    jalur_for,
    pendaftaran_visible_to,
    pengiriman_terakhir,
    riwayat_of,
)

MAKS_SURAT_MB = 5
WRITE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def daftar(request: HttpRequest) -> HttpResponse:
    """The agency's entries; a person without an agency is led to choose one."""
    anggota = list(keanggotaan_of(request.user))
    if not any(row.status == "disetujui" for row in anggota):
        return render_page(request, "registrasi/mulai.html", {"anggota": anggota})
    rows = pendaftaran_visible_to(request.user, request.edisi).order_by("pk")
    context = {"page_obj": paginate(request, rows), "instansi": instansi_of(request.user)}
    return render_page(request, "registrasi/daftar.html", context)


@require_safe
def pilih_instansi(request: HttpRequest) -> HttpResponse:
    """Find the agency one represents."""
    teks = request.GET.get("teks", "").strip()
    context = {"teks": teks, "hasil": search_instansi(teks) if teks else []}
    return render_page(
        request, "registrasi/pilih_instansi.html", context, fragment="registrasi/_instansi.html"
    )


@WRITE
def permohonan(request: HttpRequest, kode: str) -> HttpResponse:
    """Ask to represent this agency, with the surat tugas."""
    instansi = instansi_by_kode(kode)
    if instansi is None:
        raise Http404
    form = PermohonanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            surat = store_berkas(
                isi=form.cleaned_data["surat_tugas"], oleh=request.user, maks_mb=MAKS_SURAT_MB
            )
            request_keanggotaan(
                instansi=instansi,
                nomor_surat_tugas=form.cleaned_data["nomor_surat_tugas"],
                surat_tugas=surat,
                oleh=request.user,
            )
            messages.success(request, "Permohonan terkirim. Sekretariat akan memeriksanya.")
            return redirect("registrasi:daftar")
        except InvalidInputError as error:
            form.add_error("surat_tugas", error.alasan)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "instansi": instansi}
    return render_page(request, "registrasi/permohonan.html", context, status=status)


@WRITE
def unit(request: HttpRequest) -> HttpResponse:
    """The units of the agency; adding one."""
    instansi = _own_instansi(request)
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_unit(instansi=instansi, oleh=request.user, **form.cleaned_data)
            messages.success(request, "Unit ditambahkan.")
            return redirect("registrasi:unit")
        except InvalidInputError as error:
            form.add_error("nama", error.alasan)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "instansi": instansi, "unit_list": unit_of(instansi)}
    return render_page(request, "registrasi/unit.html", context, status=status)


@WRITE
def baru(request: HttpRequest) -> HttpResponse:
    """Open a draft."""
    instansi = _own_instansi(request)
    jalur_list, units = jalur_for(instansi, request.edisi), unit_of(instansi)
    form = BaruForm(request.POST or None, jalur_list=jalur_list, unit_list=units)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            row = create_pendaftaran(
                edisi=request.edisi,
                jalur=next(j for j in jalur_list if j.kode == data["jalur"]),
                instansi=instansi,
                unit=next((u for u in units if str(u.pk) == data["unit"]), None),
                oleh=request.user,
            )
            return redirect("registrasi:rinci", row.kode)
        except InvalidInputError as error:
            form.add_error("jalur", error.alasan)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "instansi": instansi}
    return render_page(request, "registrasi/baru.html", context, status=status)


@require_safe
def rinci(request: HttpRequest, kode: str) -> HttpResponse:
    """One entry: what is to be done, what is missing, its receipt and its road."""
    row = get_entry(request, kode)
    isian, kurang = isian_of(row), kekurangan_of(row)
    context = {
        "pendaftaran": row,
        "izin": izin_of(request.user, row, clock.now()),
        "langkah": _steps(row, isian, kurang),
        "kurang": kurang,
        "pengiriman": pengiriman_terakhir(row),
        "riwayat": riwayat_of(row),
    }
    return render_page(request, "registrasi/rinci.html", context)


@WRITE
def kirim(request: HttpRequest, kode: str) -> HttpResponse:
    """Check the answers, agree to the statement of truth, send."""
    row = get_entry(request, kode)
    form = KirimForm(request.POST or None, initial={"kunci": secrets.token_hex(16)})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                sent = submit_pendaftaran(pendaftaran=row, oleh=request.user, **form.cleaned_data)
                return redirect("registrasi:tanda-terima", row.kode, sent.nomor)
            except NotAllowedError as error:
                form.add_error(None, error.alasan)
    isian = isian_of(row)
    context = {
        "pendaftaran": row,
        "form": form,
        "isian": isian,
        "kurang": kekurangan_of(row),
        "izin": izin_of(request.user, row, clock.now()),
        "pernyataan": row.edisi.aturan.get("pernyataan_kebenaran", ""),
        "jawaban": [(p, isian.jawaban.get(p.pk)) for p in isian.pertanyaan_list],
        "mandiri": [(k, isian.mandiri.get(k.pk)) for k in isian.kriteria_list],
        "dokumen": [(d, isian.bukti_dokumen.get(d.pk)) for d in isian.dokumen_list],
    }
    return render_page(request, "registrasi/kirim.html", context, status=status)


@require_POST
def penarikan(request: HttpRequest, kode: str) -> HttpResponse:
    """Take a sent entry back."""
    row = get_entry(request, kode)
    try:
        withdraw_pendaftaran(
            pendaftaran=row, alasan=request.POST.get("alasan", ""), oleh=request.user
        )
    except NotAllowedError as error:
        return refused(request, error)
    messages.success(request, "Pendaftaran ditarik kembali. Kirim lagi sebelum penutupan.")
    return redirect("registrasi:rinci", row.kode)


@require_safe
def tanda_terima(request: HttpRequest, kode: str, nomor: str) -> HttpResponse:
    """The receipt, to be visited again at any time."""
    row = get_entry(request, kode)
    sent = get_object_or_404(row.pengiriman.all(), nomor=nomor)
    context = {"pendaftaran": row, "pengiriman": sent}
    return render_page(request, "registrasi/tanda_terima.html", context)


@require_safe
def tanda_terima_pdf(request: HttpRequest, kode: str, nomor: str) -> HttpResponse:
    """The receipt as a document."""
    row = get_entry(request, kode)
    sent = get_object_or_404(row.pengiriman.select_related("pendaftaran__edisi"), nomor=nomor)
    response = HttpResponse(render_tanda_terima(sent), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{sent.nomor}.pdf"'
    return response


@require_safe
def berkas(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of an entry one may see."""
    bukti = get_object_or_404(bukti_visible_to(request.user, request.edisi), pk=pk)
    stored = default_storage.open(bukti.berkas.kunci)
    return file_response(stored, bukti.berkas.nama_asli, bukti.berkas.tipe)


def get_entry(request: HttpRequest, kode: str):
    """The entry with this code if this person may see it, else 404."""
    return get_object_or_404(pendaftaran_visible_to(request.user, request.edisi), kode=kode)


def _own_instansi(request: HttpRequest):
    """The agency this person is admin of; NotAllowedError for anyone else."""
    instansi = instansi_of(request.user)
    if instansi is None:
        raise NotAllowedError("Anda belum menjadi admin instansi yang disetujui.")
    return instansi


def _steps(row, isian, kurang) -> list[dict]:
    """The task list: each part with its state and its address."""
    lacking = {k.bagian: [x for x in kurang if x.bagian == k.bagian] for k in kurang}

    def step(judul: str, bagian: str, url: str) -> dict:
        missing = len(lacking.get(bagian, []))
        note = f"{missing} hal masih kurang" if missing else ""
        status = "sebagian" if missing else "selesai"
        return {"judul": judul, "url": url, "status": status, "keterangan": note}

    kinerja = reverse("registrasi:kinerja", args=[row.kode])
    steps = [
        step("Data pendaftaran", "identitas", reverse("registrasi:identitas", args=[row.kode])),
        step("Angka kinerja SP4N-LAPOR!", "kinerja", kinerja),
    ]
    steps += [
        _group_step(row, isian, kelompok, lacking.get(BAGIAN["Bukti"], []))
        for kelompok in (isian.rubrik.kelompok.all() if isian.rubrik else [])
    ]
    return steps + [
        step("Jawaban narasi", "narasi", reverse("registrasi:narasi", args=[row.kode])),
        step("Dokumen", "dokumen", reverse("registrasi:dokumen", args=[row.kode])),
    ]


def _group_step(row, isian, kelompok, lacking) -> dict:
    codes = {f" {k.kode} " for k in kelompok.kriteria.all()}
    missing = sum(any(code in f"{item.pesan} " for code in codes) for item in lacking)
    return {
        "judul": f"Penilaian mandiri {kelompok.kode}: {kelompok.nama}",
        "url": reverse("registrasi:mandiri", args=[row.kode, kelompok.kode]),
        "status": "sebagian" if missing else "selesai",
        "keterangan": f"{missing} hal masih kurang" if missing else "",
    }
