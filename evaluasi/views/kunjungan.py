"""A site visit for its team, on a phone, and for the agency that is visited."""

from io import BytesIO

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluasi.actions.sampel import draw_sampel
from evaluasi.actions.temuan import add_foto, remove_foto, save_kunjungan
from evaluasi.forms.lapangan import KunjunganForm
from evaluasi.pdf import render_berita_acara_lapangan
from evaluasi.queries.bacaan import pertanyaan_for
from evaluasi.queries.lapangan import (
    find_tahap_lapangan,
    kunjungan_peserta,
    kunjungan_visible_to,
    own_sheet,
    own_visits,
    team_of,
)
from evaluasi.queries.sampel import claim_of, sampel_of
from evaluasi.queries.temuan import catatan_of, foto_of
from evaluasi.rules.foto import MAX_MB
from evaluasi.rules.lapangan import can_draw, can_draw_up, can_record, jumlah_sampel, minimal_tim
from evaluasi.views.doors import for_ready_evaluator, send_berkas
from kompetisi import clock
from kompetisi.errors import InvalidInputError, KompetisiError, StaleVersionError
from kompetisi.queries.edisi import keadaan_of
from kompetisi.queries.peran import peran_of
from kompetisi.ui import file_response, paginate, render_page

PDF = "application/pdf"


@require_safe
@for_ready_evaluator
def daftar(request):
    """The visits of an evaluator, soonest first."""
    if find_tahap_lapangan(request.edisi) is None:
        raise Http404
    page = paginate(request, own_visits(request.user, request.edisi))
    return render_page(request, "evaluasi/lapangan/milik.html", {"halaman": page})


def get_visit(request, pk: int):
    """A visit this person may see as a member or as committee, or 404."""
    return get_object_or_404(kunjungan_visible_to(request.user), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def rinci(request, pk):
    """What the team shares about a visit; POST stores texts and photographs."""
    visit = get_visit(request, pk)
    if request.method != "POST":
        return show(request, visit)
    can_record_now(request, visit).require()
    if request.POST.get("aksi") == "sampel":
        draw_sampel(kunjungan=visit, oleh=request.user)
        messages.success(request, "Sampel laporan diambil dan terlihat pula oleh peserta.")
        return redirect("evaluasi:lapangan-rinci", pk)
    refused = store_photos(request, visit)
    form = KunjunganForm(catatan_of(visit).butir, request.POST)
    if not form.is_valid():
        return show(request, visit, form=form, foto_salah=refused, status=422)
    try:
        save_kunjungan(
            kunjungan=visit,
            isian=form.isian(),
            temuan=form.temuan(),
            versi=form.cleaned_data["versi"],
            oleh=request.user,
        )
    except KompetisiError as error:
        return refuse(request, visit, form, error, refused)
    if refused:
        return show(request, get_visit(request, pk), foto_salah=refused, disimpan=True, status=422)
    messages.success(request, "Catatan kunjungan tersimpan.")
    place = request.POST.get("aksi", "")
    anchor = f"#k-{place}" if place.isdecimal() else ""
    return redirect(f"{reverse('evaluasi:lapangan-rinci', args=[pk])}{anchor}")


def can_record_now(request, visit):
    """Whether this person may write to the visit now; the write asks again under its lock."""
    edisi = visit.tahap.edisi
    return can_record(
        peran=peran_of(request.user, edisi),
        tahap=keadaan_of(edisi, visit.tahap.jenis, clock.now(), visit.pendaftaran.kode),
        anggota=visit.anggota,
        ditutup=visit.ditutup_pada is not None,
    )


def can_draw_now(request, visit):
    """Whether this person may draw the sample of reports now; the write asks again."""
    claim = claim_of(visit.pendaftaran)
    return can_draw(
        mencatat=can_record_now(request, visit),
        banyak=jumlah_sampel(visit.tahap.edisi.aturan),
        jumlah=claim.jumlah if claim else 0,
        tanggal=visit.tanggal,
        hari_ini=clock.now().astimezone(clock.WIB).date(),
        sudah=visit.sampel is not None,
    )


def store_photos(request, visit) -> dict[int | None, list[str]]:
    """Store each photograph that was sent; what was refused comes back with its reason."""
    refused: dict[int | None, list[str]] = {}
    for item in [*(b.kriteria.pk for b in catatan_of(visit).butir), None]:
        name = f"foto-{item or 'umum'}"
        words = request.POST.get(f"keterangan-{item or 'umum'}", "")
        for file in request.FILES.getlist(name):
            try:
                add_foto(
                    kunjungan=visit, isi=file, oleh=request.user, kriteria=item, keterangan=words
                )
            except InvalidInputError as error:
                refused.setdefault(item, []).append(f"{file.name}: {error.alasan}")
    return refused


def refuse(request, visit, form, error: KompetisiError, refused):
    """The page with all that was typed; where two wrote, with what is stored beside it."""
    stored = error.rincian if isinstance(error, StaleVersionError) else {}
    status = {StaleVersionError: 409, InvalidInputError: 422}.get(type(error), 403)
    return show(
        request,
        visit,
        form=form,
        stored=stored,
        foto_salah=refused,
        galat=error.alasan,
        status=status,
    )


def refused_photos(catatan, foto_salah) -> list[dict]:
    """The photographs refused as links to their fields, in the order of the page."""
    fields = [(b.kriteria.pk, f"{b.kriteria.kode} {b.kriteria.nama}") for b in catatan.butir]
    return [
        {"id": f"foto-{key or 'umum'}", "nama": name, "alasan": text}
        for key, name in [*fields, (None, "Foto umum")]
        for text in (foto_salah or {}).get(key, [])
    ]


def show(
    request, visit, *, form=None, stored=None, foto_salah=None, disimpan=False, galat="", status=200
):
    """The page of a visit; `form` holds what could not be stored, `stored` what stands instead.

    `disimpan`: the texts were stored, though a photograph was refused.
    """
    catatan = catatan_of(visit)
    verdict = can_record_now(request, visit)
    head = (stored or {}).get("isian")
    for item in catatan.butir:
        describe(item, form, (stored or {}).get("temuan", {}), foto_salah or {})
    if form is None:
        form = KunjunganForm(
            [],
            initial={
                "penerima_nama": visit.penerima_nama,
                "penerima_jabatan": visit.penerima_jabatan,
                "temuan_material": visit.temuan_material,
                "versi": visit.versi,
            },
        )
    elif stored:
        form.data = form.data.copy()
        form.data["versi"] = stored["versi"]
    minimal = minimal_tim(visit.tahap.edisi.aturan)
    return render_page(
        request,
        "evaluasi/lapangan/kunjungan.html",
        {
            "kunjungan": visit,
            "pertanyaan_list": list(pertanyaan_for(visit)),
            "pendaftaran": visit.pendaftaran,
            "catatan": catatan,
            "form": form,
            "tersimpan": head,
            "galat": galat,
            "foto_ditolak": refused_photos(catatan, foto_salah),
            "disimpan": disimpan,
            "foto_umum_salah": (foto_salah or {}).get(None, []),
            "boleh": verdict,
            "lembar_saya": own_sheet(visit, request.user) if visit.anggota else None,
            "tim": team_of(visit.tahap, [visit.pendaftaran_id])[visit.pendaftaran_id],
            "sampel": jumlah_sampel(visit.tahap.edisi.aturan),
            "sampel_laporan": sampel_of(visit),
            "boleh_sampel": can_draw_now(request, visit),
            "siap": can_draw_up(terkunci=visit.terkunci or 0, minimal=minimal),
            "maks_byte": MAX_MB * 1024**2,
        },
        status=status,
    )


def describe(item, form, stored: dict, foto_salah: dict) -> None:
    """What the page shows of one criterion: the stored text, or the typed one."""
    key = item.kriteria.pk
    item.isi, item.isi_versi = item.uraian, item.versi
    if form is not None:
        item.isi = form.data.get(f"uraian-{key}", item.uraian)
        item.isi_versi = form.data.get(f"versi-{key}", item.versi)
        item.galat = form.errors.get(f"uraian-{key}")
    if key in stored:
        item.tersimpan, item.isi_versi = stored[key]
        item.bentrok = True
    item.foto_salah = foto_salah.get(key, [])


def get_foto(request, pk: int, foto: int):
    """A photograph of a visit this person may see, or 404."""
    row = foto_of(get_visit(request, pk), foto)
    if row is None:
        raise Http404
    return row


@require_safe
def foto(request, pk, foto):
    """A photograph, shown in place."""
    return send_berkas(request, get_foto(request, pk, foto).berkas)


@require_POST
def lepas(request, pk, foto):
    """Take a photograph off."""
    row = get_foto(request, pk, foto)
    remove_foto(foto=row, oleh=request.user)
    messages.success(request, "Foto dilepas.")
    anchor = f"#k-{row.kriteria_id}" if row.kriteria_id else ""
    return redirect(f"{reverse('evaluasi:lapangan-rinci', args=[pk])}{anchor}")


@require_safe
def peserta(request, pk):
    """The visit as the agency sees it: when, where, by whom, and the minutes."""
    visit = get_object_or_404(kunjungan_peserta(request.user), pk=pk)
    team = team_of(visit.tahap, [visit.pendaftaran_id])[visit.pendaftaran_id]
    return render_page(
        request,
        "evaluasi/lapangan/peserta.html",
        {
            "kunjungan": visit,
            "pendaftaran": visit.pendaftaran,
            "tim": [row for row in team if row["dirilis_pada"] and not row["berbenturan"]],
            "sampel": jumlah_sampel(visit.tahap.edisi.aturan),
            "sampel_laporan": sampel_of(visit),
            "siap": can_draw_up(
                terkunci=visit.terkunci or 0, minimal=minimal_tim(visit.tahap.edisi.aturan)
            ),
        },
    )


@require_safe
def berita_acara(request, pk):
    """The minutes as PDF, for the team, the committee and the agency."""
    visit = kunjungan_visible_to(request.user).filter(pk=pk).first()
    if visit is None:
        visit = get_object_or_404(kunjungan_peserta(request.user), pk=pk)
    minimal = minimal_tim(visit.tahap.edisi.aturan)
    can_draw_up(terkunci=visit.terkunci or 0, minimal=minimal).require()
    content = BytesIO(render_berita_acara_lapangan(visit))
    name = f"berita-acara-{visit.pendaftaran.kode}.pdf"
    return file_response(content, name, PDF, unduh=True)
