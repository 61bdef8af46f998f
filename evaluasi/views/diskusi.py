"""Discussions of an entry's readers: the reader's pages and the committee's."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from evaluasi.actions.diskusi import ask_reopen, decline_reopen, mark_read, write_tanggapan
from evaluasi.forms.diskusi import PenolakanForm, PermintaanForm, TanggapanForm
from evaluasi.queries.diskusi import (
    diskusi_of_stage,
    diskusi_own,
    find_diskusi,
    keadaan_diskusi,
    thread_of,
)
from evaluasi.queries.lembar import lembar_visible_to
from evaluasi.queries.matriks_nilai import entries_scored
from evaluasi.queries.rencana import find_tahap_dinilai, tahap_dinilai
from evaluasi.queries.samaran import mask_entry, mask_lembar
from evaluasi.rules.diskusi import BELUM_KUNCI, can_ask_reopen, can_write
from evaluasi.views.doors import for_panitia, for_ready_evaluator
from kompetisi.errors import KompetisiError
from kompetisi.rules.matriks import MATRIKS
from kompetisi.rules.verdict import no
from kompetisi.ui import paginate, render_page

LIHAT = "nilai.lihat"


@require_safe
@for_ready_evaluator
def daftar(request):
    """The discussions of an evaluator, what is new first."""
    page = paginate(request, diskusi_own(request.user, request.edisi))
    page.object_list = list(page.object_list)
    for row in page.object_list:
        mask_entry(row.pendaftaran, row.tahap)
    return render_page(request, "evaluasi/diskusi_daftar.html", {"halaman": page})


@require_safe
@for_panitia(LIHAT)
def daftar_panitia(request, kode):
    """The discussions of a stage, for the circle of the plenary."""
    tahap = find_tahap_dinilai(request.edisi, kode)
    if tahap is None:
        raise Http404
    only = request.GET.get("minta") == "1"
    page = paginate(request, diskusi_of_stage(request.user, tahap, minta=only))
    return render_page(
        request,
        "evaluasi/panitia/diskusi_daftar.html",
        {
            "halaman": page,
            "tahap": tahap,
            "semua_tahap": tahap_dinilai(request.edisi),
            "minta": only,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def pembaca(request, pk):
    """The discussion about the entry of an own sheet."""
    row = get_object_or_404(lembar_visible_to(request.user), pk=pk)
    tugas = row.penugasan
    if tugas.evaluator.pengguna_id != request.user.pk:
        raise Http404
    mask_lembar(row)
    return thread(request, tugas.tahap, tugas.pendaftaran, lembar=row)


@require_http_methods(["GET", "HEAD", "POST"])
@for_panitia(LIHAT)
def panitia(request, kode, pendaftaran):
    """The discussion about an entry, for the circle of the plenary; the chair writes too."""
    tahap = find_tahap_dinilai(request.edisi, kode)
    if tahap is None:
        raise Http404
    entry = get_object_or_404(entries_scored(request.user, tahap), kode=pendaftaran)
    return thread(request, tahap, entry)


def thread(request, tahap, entry, *, lembar=None):
    """Read a thread, and write in it: `aksi` is `minta` (own sheet), `tolak` or nothing."""
    aksi = request.POST.get("aksi", "")
    if request.method != "POST":
        return show(request, tahap, entry, lembar)
    form = FORMS.get(aksi, TanggapanForm)(request.POST)
    if form.is_valid():
        try:
            act(aksi, form.cleaned_data, tahap, entry, request.user)
        except KompetisiError as error:
            text = form.cleaned_data.get("isi") or form.cleaned_data.get("alasan")
            kept = {"sebab": error.alasan, "teks": text}
            return show(request, tahap, entry, lembar, ketikan=kept, status=403)
        messages.success(request, DONE.get(aksi, "Tanggapan terkirim."))
        return redirect(f"{request.path}#tulis")
    return show(request, tahap, entry, lembar, sent=(aksi, form), status=422)


FORMS = {"minta": PermintaanForm, "tolak": PenolakanForm}
DONE = {
    "minta": "Permintaan terkirim. Ketua tim diberi tahu.",
    "tolak": "Jawaban terkirim. Lembar tetap terkunci.",
}


def act(aksi: str, data: dict, tahap, entry, oleh) -> None:
    """Carry out what was posted."""
    where = {"tahap": tahap, "pendaftaran": entry, "oleh": oleh, "kunci": data["kunci"]}
    if aksi == "minta":
        ask_reopen(alasan=data["alasan"], **where)
    elif aksi == "tolak":
        decline_reopen(alasan=data["alasan"], permintaan=data["permintaan"], **where)
    else:
        write_tanggapan(isi=data["isi"], **where)


def show(request, tahap, entry, lembar, *, sent=("", None), ketikan=None, status=200):
    """The page of a thread; what was shown counts as read, `ketikan` is what was refused."""
    keadaan = keadaan_diskusi(tahap, entry, request.user)
    diskusi = find_diskusi(request.user, tahap, entry)
    if lembar is not None and diskusi is None and not keadaan.terkunci:
        no(BELUM_KUNCI).require()
    kejadian = thread_of(diskusi, tahap, entry, request.user)
    said = [row.tanggapan.pk for row in kejadian if row.tanggapan]
    if said and request.method != "HEAD":
        mark_read(diskusi=diskusi, sampai=max(said), oleh=request.user)
    aksi, form = sent
    boss = keadaan.ketua and bool(MATRIKS["lembar.buka"].peran & keadaan.peran)
    return render_page(
        request,
        "evaluasi/diskusi.html",
        {
            "tahap": tahap,
            "pendaftaran": entry,
            "lembar": lembar,
            "ketikan": ketikan,
            "kejadian": [(row, answer_form(row, aksi, form) if boss else None) for row in kejadian],
            "tulis": can_write(keadaan),
            "minta": can_ask_reopen(keadaan),
            "sedang_minta": keadaan.diminta,
            "form": form if form and not aksi else TanggapanForm(),
            "form_minta": form if aksi == "minta" else PermintaanForm(auto_id="minta_%s"),
        },
        status=status,
    )


def answer_form(row, aksi: str, form):
    """The form that declines a request to reopen; None where nothing waits."""
    asked = row.tanggapan
    if row.jenis != "minta_buka" or hasattr(asked, "jawaban") or asked.penguncian.dibuka:
        return None
    if aksi == "tolak" and form.data.get("permintaan") == str(asked.pk):
        return form
    return PenolakanForm(auto_id=f"tolak{asked.pk}_%s")
