"""Official figures beside the claims: typed for one entry and period, or imported for many."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from kompetisi.queries.edisi import keadaan_of
from kompetisi.rules.matriks import check_aksi
from kompetisi.tertahan import typed
from kompetisi.ui import render_page
from registrasi.actions.angka_resmi import AKSI, save_angka_resmi
from registrasi.actions.impor_angka_resmi import (
    angka_resmi_template,
    import_angka_resmi,
    plan_angka_resmi,
)
from registrasi.actions.impor_kinerja import rules_of
from registrasi.forms.angka_resmi import AngkaResmiForm
from registrasi.queries.angka_resmi import angka_resmi_of, banding_of
from registrasi.rules.angka_resmi import Banding
from registrasi.views.doors import WRITE
from registrasi.views.impor import look_or_do, template_file
from registrasi.views.isian import whole
from registrasi.views.panitia import for_panitia, get_entry


def verdict_of(request: HttpRequest):
    """Whether this person may keep official figures of the edition now."""
    keadaan = keadaan_of(request.edisi, "dokumen", clock.now())
    return check_aksi(AKSI, request.peran, keadaan)


@WRITE
@for_panitia(AKSI)
def impor(request: HttpRequest) -> HttpResponse:
    """Import official figures of many entries."""
    verdict = verdict_of(request)
    if request.method == "POST":
        verdict.require()

    def show(context: dict, status: int) -> HttpResponse:
        page = "registrasi/panitia/impor_angka_resmi.html"
        return render_page(request, page, context | {"boleh": verdict}, status=status)

    def done(result) -> HttpResponse:
        messages.success(
            request, f"Impor selesai: {result[0]} baris ditambahkan, {result[1]} diubah."
        )
        return redirect("registrasi_panitia:angka-resmi")

    return look_or_do(
        request,
        untuk=f"angka-resmi:{request.edisi.pk}",
        plan=lambda tabel: plan_angka_resmi(request.edisi, request.peran, tabel),
        do=lambda **table: import_angka_resmi(
            edisi=request.edisi, peran=request.peran, oleh=request.user, **table
        ),
        show=show,
        done=done,
    )


@require_safe
@for_panitia(AKSI)
def contoh(request: HttpRequest) -> HttpResponse:
    """The file to fill in: every sent entry and period, with what is stored already."""
    heads, rows = angka_resmi_template(request.edisi, request.peran)
    return template_file(request, f"angka-resmi-{request.edisi.tahun}", heads, rows)


@WRITE
@for_panitia(AKSI)
def isi(request: HttpRequest, kode: str, periode: str) -> HttpResponse:
    """The official figures of one entry and period, beside what the entry claims."""
    row = get_entry(request, kode)
    rules = rules_of(row.edisi)
    asked = next((p for p in rules["periode"] if p["kode"] == periode), None)
    if asked is None or row.status == "draf":
        raise Http404
    stored = next(
        (r for r in angka_resmi_of(row) if r.periode_mulai.isoformat() == asked["mulai"]), None
    )
    form = AngkaResmiForm(typed(request), kolom=rules["kolom"], stored=stored)
    context = {
        "pendaftaran": row,
        "periode": asked,
        "form": form,
        "versi": stored.versi if stored else 0,
        "tersimpan": stored,
        "banding": next((p for p in banding_of(row) if p["kode"] == periode), None),
        "boleh": verdict_of(request),
    }
    if request.method != "POST":
        return show_isi(request, context)
    if not form.is_valid():
        return show_isi(request, context, 422)
    try:
        save_angka_resmi(
            pendaftaran=row,
            periode=periode,
            angka=form.angka,
            sumber=form.cleaned_data["_sumber"],
            per_tanggal=form.cleaned_data["_per_tanggal"],
            versi=whole(request.POST.get("_versi")),
            oleh=request.user,
        )
    except StaleVersionError as error:
        form.add_error(None, error.alasan)
        context["versi"] = error.rincian["versi"]
        return show_isi(request, context, 409)
    except InvalidInputError as error:
        for name, message in (error.rincian or {"": error.alasan}).items():
            field = {"sumber": "_sumber", "per_tanggal": "_per_tanggal"}.get(name, name)
            form.add_error(field if field in form.fields else None, message)
        return show_isi(request, context, 422)
    except NotAllowedError as error:
        form.add_error(None, f"{error.alasan} Isian Anda di bawah belum tersimpan.")
        return show_isi(request, context, 403)
    messages.success(request, "Angka resmi tersimpan.")
    return redirect("registrasi_panitia:pendaftaran-rinci", row.kode)


def show_isi(request: HttpRequest, context: dict, code: int = 200) -> HttpResponse:
    """The page, each figure with the entry's own beside it."""
    banding: dict[str, Banding] = {}
    if context["banding"]:
        banding = {row.kode: row for row in context["banding"]["banding"]}
    figures = [k["kode"] for k in context["form"].kolom]
    context["baris"] = [
        {"medan": context["form"][kode], "banding": banding.get(kode)} for kode in figures
    ]
    page = "registrasi/panitia/angka_resmi.html"
    return render_page(request, page, context, status=code)
