"""The plenary: the list, decisions, votes, freezing, minutes."""

from io import BytesIO

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from kompetisi.queries.edisi import find_tahap
from kompetisi.rules.matriks import check_aksi
from kompetisi.ui import file_response, render_page
from penghargaan.actions.pembekuan import freeze_pleno, set_nomor_berita_acara
from penghargaan.actions.pleno import (
    add_hadir,
    decide_peringkat,
    open_pleno,
    refresh_peringkat,
    remove_hadir,
    set_alasan_jumlah,
    vote_seri,
)
from penghargaan.forms.pleno import (
    AlasanJumlahForm,
    HadirForm,
    NomorForm,
    PembukaanForm,
    PutusanForm,
    SuaraForm,
)
from penghargaan.pdf import render_berita_acara
from penghargaan.queries.hasil import is_published
from penghargaan.queries.kuota import quota_differences
from penghargaan.queries.peringkat import aspek_of, compute_peringkat
from penghargaan.queries.piagam import lambang_current
from penghargaan.queries.pleno import (
    calon_hadir,
    differs,
    find_pengguna_hadir,
    freezing_obstacles,
    hadir_of,
    in_conflict_with,
    jalur_tables,
    opening_obstacles,
    peringkat_of,
    peringkat_visible_to,
    pleno_visible_to,
    sidang_of,
    tie_group,
    unscored_visible_to,
)
from penghargaan.rules.pleno import can_decide, can_freeze, can_open, what_if
from penghargaan.views.pintu import for_circle, get_pleno

READ_WRITE = ["GET", "HEAD", "POST"]


@require_safe
@for_circle("pleno.lihat")
def pleno(request):
    """The plenary as it stands; before it is open, what keeps it from being opened."""
    row = pleno_visible_to(request.user, request.edisi).first()
    if row is None:
        return opening_page(request, PembukaanForm())
    return pleno_page(request, row)


def opening_page(request, form, status=200):
    """The page before the plenary is open."""
    now = clock.now()
    hambatan = opening_obstacles(request.edisi, now)
    return render_page(
        request,
        "penghargaan/panitia/pembukaan.html",
        {
            "form": form,
            "hambatan": hambatan,
            "boleh": can_open(sidang_of(request.user, request.edisi, now), hambatan),
            "tahap": find_tahap(request.edisi, "pleno"),
        },
        status=status,
    )


def pleno_page(request, row, *, hadir_form=None, jumlah_form=None, nomor_form=None, status=200):
    """The plenary's page, with forms as they were typed when something was wrong."""
    now = clock.now()
    beku = row.dibekukan_pada is not None
    semua = list(peringkat_of(row))
    visible = list(peringkat_visible_to(request.user, row))
    hitungan = None if beku else compute_peringkat(row.edisi)
    return render_page(
        request,
        "penghargaan/panitia/pleno.html",
        {
            "pleno": row,
            "beku": beku,
            "tabel": jalur_tables(row, visible, semua),
            "pemenang": sum(r.menang for r in semua),
            "menyimpang": sum(bool(r.alasan) for r in semua),
            "berubah": hitungan is not None and differs(semua, hitungan),
            "tanpa_nilai": unscored_visible_to(request.user, hitungan.tanpa_nilai)
            if hitungan
            else [],
            "tersembunyi": in_conflict_with(request.user, row),
            "hadir": list(hadir_of(row)),
            "hadir_form": hadir_form or HadirForm(calon=calon_hadir(row)),
            "jumlah_form": jumlah_form
            or AlasanJumlahForm(
                kuota=quota_differences(row, semua), initial={"alasan": row.alasan_jumlah}
            ),
            "kuota": quota_differences(row, semua),
            "nomor_form": nomor_form or NomorForm(initial={"nomor": row.nomor_berita_acara}),
            "boleh": can_decide(sidang_of(request.user, row.edisi, now, beku=beku)),
            "boleh_nomor": check_aksi("keputusan.isi", request.peran),
        },
        status=status,
    )


@require_POST
@for_circle("pleno.lihat")
def pembukaan(request):
    """Open the plenary."""
    form = PembukaanForm(request.POST)
    if not form.is_valid():
        return opening_page(request, form, status=422)
    open_pleno(edisi=request.edisi, oleh=request.user, **form.cleaned_data)
    messages.success(request, "Pleno dibuka dan usulan peringkat disusun.")
    return redirect("penghargaan_panitia:pleno")


@require_POST
@for_circle("pleno.lihat")
def usulan(request):
    """Compute the proposal anew."""
    refresh_peringkat(pleno=get_pleno(request), oleh=request.user)
    messages.success(request, "Usulan disusun ulang dari lembar yang terkunci.")
    return redirect("penghargaan_panitia:pleno")


@require_POST
@for_circle("pleno.lihat")
def hadir(request):
    """Note who is present."""
    row = get_pleno(request)
    form = HadirForm(request.POST, calon=calon_hadir(row))
    if not form.is_valid():
        return pleno_page(request, row, hadir_form=form, status=422)
    person = find_pengguna_hadir(row, form.cleaned_data["pengguna"])
    add_hadir(pleno=row, pengguna=person, sebagai=form.cleaned_data["sebagai"], oleh=request.user)
    messages.success(request, f"{person} dicatat hadir.")
    return redirect("penghargaan_panitia:pleno")


@require_POST
@for_circle("pleno.lihat")
def hadir_hapus(request, pk):
    """Take a note of presence back."""
    remove_hadir(pleno=get_pleno(request), hadir=pk, oleh=request.user)
    messages.success(request, "Catatan kehadiran dihapus.")
    return redirect("penghargaan_panitia:pleno")


@require_POST
@for_circle("pleno.lihat")
def jumlah(request):
    """Record why the number of winners differs."""
    row = get_pleno(request)
    kuota = quota_differences(row, list(peringkat_of(row)))
    form = AlasanJumlahForm(request.POST, kuota=kuota)
    if not form.is_valid():
        return pleno_page(request, row, jumlah_form=form, status=422)
    set_alasan_jumlah(
        pleno=row,
        alasan=form.cleaned_data["alasan"],
        kuota=form.reasons(),
        oleh=request.user,
    )
    messages.success(request, "Alasan jumlah pemenang disimpan.")
    return redirect("penghargaan_panitia:pleno")


@require_http_methods(READ_WRITE)
@for_circle("pleno.lihat")
def putusan(request, kode):
    """Decide on one entry, seeing what it would change."""
    row = get_pleno(request)
    rank = get_object_or_404(peringkat_visible_to(request.user, row), pendaftaran__kode=kode)
    aspek = [(a["kode"], a["nama"]) for a in aspek_of(row.edisi, rank.jalur.kode)]
    rank.pleno = row
    form = PutusanForm(request.POST or None, aspek=aspek, row=rank)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                decide_peringkat(pleno=row, peringkat=rank, oleh=request.user, **form.decision())
                messages.success(request, f"Putusan atas {rank.pendaftaran.peserta} disimpan.")
                return redirect("penghargaan_panitia:pleno")
            except StaleVersionError as error:
                form.add_error(None, error.alasan)
                form.data = form.data.copy()
                form.data["versi"] = error.rincian["versi"]
                status = 409
            except NotAllowedError as error:
                form.add_error(None, error.alasan)
                status = 403 if row.dibekukan_pada else 422
    context = decision_facts(request, row, rank) | {"form": form}
    return render_page(request, "penghargaan/panitia/putusan.html", context, status=status)


def decision_facts(request, row, rank):
    """What the chair sees beside the decision: scores, the proposal, and the counts after it."""
    semua = list(peringkat_of(row))
    table = next(t for t in jalur_tables(row, [rank], semua) if t["jalur"].pk == rank.jalur_id)
    counts = {
        "sudah_menang": rank.menang,
        "jalur": table["menang"],
        "kuota": table["jalur"].kuota_pemenang,
        "semua": sum(r.menang for r in semua),
        "jumlah": row.edisi.jumlah_pemenang,
    }
    return {
        "pleno": row,
        "peringkat": table["baris"][0],
        "bila_menang": what_if(menang=True, **counts),
        "bila_tidak": what_if(menang=False, **counts),
        "boleh": can_decide(
            sidang_of(request.user, row.edisi, clock.now(), beku=row.dibekukan_pada is not None)
        ),
    }


@require_http_methods(READ_WRITE)
@for_circle("pleno.lihat")
def suara(request, jalur, nomor):
    """Record the votes on entries that share a rank."""
    row = get_pleno(request)
    visible = set(peringkat_visible_to(request.user, row).values_list("pk", flat=True))
    group = tie_group(row, jalur, nomor)
    if len(group) < 2 or not visible.issuperset(member.pk for member in group):
        raise Http404
    form = SuaraForm(request.POST or None, rows=group, initial={"versi": row.versi})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                vote_seri(
                    pleno=row,
                    suara=form.votes(),
                    versi=form.cleaned_data["versi"],
                    oleh=request.user,
                )
                messages.success(request, "Suara pleno dicatat dan peringkat disusun ulang.")
                return redirect("penghargaan_panitia:pleno")
            except StaleVersionError as error:
                form.add_error(None, error.alasan)
                form.data = form.data.copy()
                form.data["versi"] = error.rincian["versi"]
                status = 409
    context = {"pleno": row, "form": form, "baris": group, "jalur": group[0].jalur}
    return render_page(request, "penghargaan/panitia/suara.html", context, status=status)


@require_http_methods(READ_WRITE)
@for_circle("pleno.lihat")
def pembekuan(request):
    """Check what is left, then freeze."""
    row = get_pleno(request)
    now = clock.now()
    rows = list(peringkat_of(row))
    if request.method == "POST":
        freeze_pleno(pleno=row, oleh=request.user)
        messages.success(request, "Hasil pleno dibekukan. Unduh berita acaranya.")
        return redirect("penghargaan_panitia:pleno")
    hambatan = freezing_obstacles(row, rows, compute_peringkat(row.edisi), now)
    beku = row.dibekukan_pada is not None
    return render_page(
        request,
        "penghargaan/panitia/pembekuan.html",
        {
            "pleno": row,
            "hambatan": hambatan,
            "pemenang": sum(r.menang for r in rows),
            "peserta": len(rows),
            "menyimpang": sum(bool(r.alasan) for r in rows),
            "boleh": can_freeze(sidang_of(request.user, row.edisi, now, beku=beku), hambatan),
        },
    )


@require_POST
@for_circle("pleno.lihat")
def nomor(request):
    """Enter the number of the minutes."""
    row = get_pleno(request)
    form = NomorForm(request.POST)
    if form.is_valid():
        try:
            set_nomor_berita_acara(pleno=row, oleh=request.user, **form.cleaned_data)
            messages.success(request, "Nomor berita acara disimpan.")
            return redirect("penghargaan_panitia:pleno")
        except InvalidInputError as error:
            form.add_error("nomor", error.alasan)
    return pleno_page(request, row, nomor_form=form, status=422)


@require_safe
@for_circle("pleno.lihat")
def berita_acara(request):
    """The minutes as PDF, once the list is frozen."""
    row = get_frozen(request)
    semua = list(peringkat_of(row))
    content = render_berita_acara(
        row,
        jalur_tables(row, semua, semua),
        list(hadir_of(row)),
        lambang_current(),
        quota_differences(row, semua),
    )
    name = f"berita-acara-pleno-{row.edisi.tahun}.pdf"
    return file_response(BytesIO(content), name, "application/pdf")


def get_frozen(request):
    """The frozen plenary; who is kept from an entry sees the whole only once it is public."""
    row = get_pleno(request)
    if row.dibekukan_pada is None:
        raise Http404
    if in_conflict_with(request.user, row) and not is_published(row.edisi, clock.now()):
        raise NotAllowedError(
            "Anda mempunyai benturan kepentingan dengan salah satu peserta. Dokumen pleno dapat "
            "Anda buka setelah hasil diumumkan."
        )
    return row
