"""An agency's entries: the list, a new one, the page of one."""

from itertools import pairwise

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError
from kompetisi.tertahan import typed
from kompetisi.ui import paginate, render_page
from registrasi.actions.pendaftaran import create_pendaftaran
from registrasi.actions.penghapusan import delete_draf
from registrasi.forms.peserta import BaruForm, PenarikanForm
from registrasi.queries.dosir import riwayat_of
from registrasi.queries.izin import boleh_hapus, izin_of, masa_pendaftaran, tenggat_of
from registrasi.queries.keanggotaan import instansi_of, keanggotaan_of, peserta_of
from registrasi.queries.kelengkapan import Kelengkapan, kelengkapan_of
from registrasi.queries.pendaftaran import (
    isi_draf,
    jalur_for,
    kelompok_list,
    pendaftaran_list,
    pendaftaran_of,
    pengiriman_list,
    was_deleted,
)
from registrasi.queries.perbaikan import Perbaikan, perbaikan_of
from registrasi.queries.undangan import undangan_menunggu
from registrasi.views.doors import WRITE, get_entry

MENGISI = ("draf", "perlu_perbaikan")


@require_safe
def daftar(request: HttpRequest) -> HttpResponse:
    """The agency's entries; a person without an agency is led to choose one."""
    anggota = list(keanggotaan_of(request.user))
    mine = [row for row in anggota if row.berlaku]
    if not mine:
        invited = list(undangan_menunggu(request.user, clock.now()))
        context = {"anggota": anggota, "undangan_list": invited}
        return render_page(request, "registrasi/mulai.html", context)
    edisi = request.edisi
    context = {
        "anggota": mine,
        "menunggu": [row for row in anggota if row.status == "diajukan"],
        "page_obj": paginate(request, pendaftaran_list(request.user, edisi)) if edisi else None,
        "masa": masa_pendaftaran(edisi, clock.now()) if edisi else None,
    }
    return render_page(request, "registrasi/daftar.html", context)


@WRITE
def baru(request: HttpRequest) -> HttpResponse:
    """Open a draft."""
    peserta = peserta_of(request.user)
    if not peserta or not request.edisi:
        raise NotAllowedError(
            "Anda belum mewakili instansi yang disetujui sekretariat. Ajukan permohonan dahulu."
        )
    kinds = {instansi.jenis: instansi for instansi, _ in peserta}.values()
    open_to = {j.pk: j for instansi in kinds for j in jalur_for(instansi, request.edisi)}
    jalur_list = sorted(open_to.values(), key=lambda j: (j.urutan, j.pk))
    form = BaruForm(typed(request), jalur_list=jalur_list, peserta_list=peserta)
    code = 200
    if request.method == "POST":
        code = 422
        row, code = create(request, form) if form.is_valid() else (None, 422)
        if row:
            messages.success(request, f"Pendaftaran {row.kode} dibuat. Lengkapi isiannya.")
            return redirect("registrasi:rinci", row.kode)
    context = {
        "form": form,
        "masa": masa_pendaftaran(request.edisi, clock.now()),
        "instansi_list": instansi_of(request.user),
    }
    return render_page(request, "registrasi/baru.html", context, status=code)


def create(request: HttpRequest, form: BaruForm):
    """The new entry, or None with the status to answer, the reason being in the form."""
    try:
        row = create_pendaftaran(edisi=request.edisi, oleh=request.user, **form.chosen())
    except (InvalidInputError, NotAllowedError) as error:
        form.add_error(None, error.alasan)
        return None, 403 if isinstance(error, NotAllowedError) else 422
    return row, 302


@require_safe
def rinci(request: HttpRequest, kode: str) -> HttpResponse:
    """One entry: what is to be done, what is missing, its receipts and its road."""
    row = get_entry(request, kode)
    return show_rinci(request, row)


@require_POST
def penghapusan(request: HttpRequest, kode: str) -> HttpResponse:
    """Delete a draft that was never sent; pressed twice, it says the same twice."""
    row = pendaftaran_of(request.user).filter(kode=kode).first()
    if row is None and not was_deleted(request.user, kode):
        raise Http404
    if row is not None:
        delete_draf(pendaftaran=row, oleh=request.user)
    messages.success(request, f"Draf {kode} dihapus.")
    return redirect("registrasi:daftar")


def show_rinci(request, row, *, tarik: PenarikanForm | None = None, code: int = 200):
    """The entry's page; a withdrawal with mistakes is shown with what was typed."""
    now = clock.now()
    izin = izin_of(request.user, row, now)
    filling = row.status in MENGISI
    complete = kelengkapan_of(row) if filling else None
    perbaikan = asked_again(row)
    tenggat = tenggat_of(row) if filling else None
    context = {
        "pendaftaran": row,
        "izin": izin,
        "mengisi": filling,
        "tenggat": tenggat,
        "lewat": tenggat is not None and now >= tenggat,
        "lengkap": complete,
        "kurang": with_url(row, complete) if complete else [],
        "langkah": steps(row, complete, perbaikan) if complete else [],
        "perbaikan": perbaikan,
        "pengiriman": pengiriman_list(row),
        "riwayat": riwayat_of(row),
        "form_tarik": tarik or PenarikanForm(),
        **(deletion_of(request.user, row, now) if row.status == "draf" else {}),
    }
    return render_page(request, "registrasi/rinci.html", context, status=code)


def deletion_of(user, row, now) -> dict:
    """Whether a draft can be deleted, and in words what would go with it."""
    allowed = boleh_hapus(user, row, now)
    held = isi_draf(row) if allowed else {"isian": 0, "berkas": 0}
    goes = "Draf ini masih kosong."
    if any(held.values()):
        goes = (
            f"Yang ikut hilang: {held['isian']} isian tersimpan dan {held['berkas']} berkas, versi "
            "lamanya termasuk. Berkas yang juga terlampir pada pendaftaran lain tetap ada di sana."
        )
    return {
        "boleh_hapus": allowed,
        "terhapus": f"{goes} Draf {row.kode} tidak dapat dikembalikan; admin lain yang ikut "
        "mengisinya diberi tahu.",
    }


def asked_again(row) -> Perbaikan | None:
    """What a returned entry is to correct; None for all others."""
    return perbaikan_of(row) if row.status == "perlu_perbaikan" else None


def with_url(row, complete: Kelengkapan) -> list[dict]:
    """What is missing, each with the address where it is put right."""
    return [
        {"pesan": item.pesan, "url": url_of(row, item.bagian, item.kunci, item.medan)}
        for item in complete.kurang
    ]


def url_of(row, bagian: str, kunci: str, medan: str = "") -> str:
    """The page of the form that holds this part, at the field where something is lacking."""
    pages = {"kinerja": [kunci], "mandiri": [kunci]}
    address = reverse(f"registrasi:{bagian}", args=[row.kode, *pages.get(bagian, [])])
    return f"{address}#{medan}" if medan else address


def page_after(row, here: str) -> str:
    """The page of the form that follows, the check of all answers after the last."""
    periods = row.edisi.aturan.get("kinerja", {}).get("periode", [])
    pages = [
        url_of(row, "identitas", ""),
        *(url_of(row, "kinerja", p["kode"]) for p in periods),
        *(url_of(row, "mandiri", g.kode) for g in kelompok_list(row)),
        url_of(row, "narasi", ""),
        url_of(row, "dokumen", ""),
        reverse("registrasi:periksa", args=[row.kode]),
    ]
    following = dict(pairwise(pages))
    return following.get(here, pages[-1])


def steps(row, complete: Kelengkapan, perbaikan: Perbaikan | None = None) -> list[dict]:
    """The task list in groups: {judul, daftar}, each part with its state and its address."""

    def step(judul: str, bagian: str, kunci: str = "", *, wajib: bool = True) -> dict:
        missing = len(complete.of(bagian, kunci))
        note = f"{missing} hal masih kurang" if missing else ""
        if not wajib and not missing:
            note = "Tidak wajib"
        status = complete.keadaan(bagian, kunci)
        again = perbaikan.keadaan(bagian) if perbaikan and not missing else ""
        if again == "perlu_perbaikan":
            status, note = again, "Baca alasan sekretariat di atas"
        elif again:
            note = "Sudah Anda ubah sejak dikembalikan"
        return {
            "judul": judul,
            "url": url_of(row, bagian, kunci),
            "status": status,
            "keterangan": note,
        }

    periods = row.edisi.aturan.get("kinerja", {}).get("periode", [])
    groups = [
        {"judul": "Peserta", "daftar": [step("Data pendaftaran", "identitas")]},
        {
            "judul": "Angka kinerja SP4N-LAPOR!",
            "daftar": [
                step(p["nama"], "kinerja", p["kode"], wajib=p.get("wajib", True)) for p in periods
            ],
        },
        {
            "judul": "Penilaian mandiri dan bukti",
            "daftar": [step(f"{g.kode}. {g.nama}", "mandiri", g.kode) for g in kelompok_list(row)],
        },
        {
            "judul": "Uraian dan dokumen",
            "daftar": [step("Jawaban pertanyaan", "narasi"), step("Dokumen", "dokumen")],
        },
    ]
    return [group for group in groups if group["daftar"]]
