"""Importing tables: public bodies by the committee, figures by the agency; looked at, then done."""

import tempfile
from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kompetisi import clock
from kompetisi.errors import InvalidInputError
from kompetisi.queries.ekspor import CSV, XLSX, Kolom, csv_lines, write_xlsx
from kompetisi.rules.matriks import check_aksi
from kompetisi.ui import render_page
from registrasi.actions.direktori import COLUMNS
from registrasi.actions.impor_instansi import import_instansi, plan_instansi
from registrasi.actions.impor_kinerja import import_kinerja, kinerja_template, plan_kinerja
from registrasi.forms.impor import ImporForm, read_upload, unseal
from registrasi.queries.izin import izin_of
from registrasi.rules.berkas_tabel import MOST_ROWS
from registrasi.views.doors import WRITE, get_entry
from registrasi.views.panitia import for_panitia

AKSI = "instansi.impor"


def look_or_do(
    request: HttpRequest,
    *,
    untuk: str,
    plan: Callable,
    do: Callable,
    show: Callable[[dict, int], HttpResponse],
    done: Callable[[object], HttpResponse],
    most_rows: int = MOST_ROWS,
) -> HttpResponse:
    """The page of an import: the form, what a file would do, or doing it.

    What was shown is done and nothing else: when the plan has changed since, it is shown again.
    """
    if request.method != "POST":
        return show({"form": ImporForm()}, 200)
    form = ImporForm(request.POST, request.FILES)
    confirming = "muatan" in request.POST
    try:
        if not confirming and not form.is_valid():
            return show({"form": form}, 422)
        held = (
            unseal(request.POST["muatan"], request.user, untuk)
            if confirming
            else read_upload(form.cleaned_data["berkas"], most_rows)
        )
        planned = plan(held.tabel)
        if confirming and planned.boleh and held.shown(planned.sidik):
            return done(do(tabel=held.tabel, nama=held.nama, sha256=held.sha256))
        sealed = held.seal(request.user, untuk, planned.sidik) if planned.boleh else ""
    except InvalidInputError as error:
        return show({"form": refused(error.alasan)}, 422)
    if confirming:
        messages.warning(request, "Data berubah sejak pratinjau; periksa kembali di bawah.")
    context = {"form": ImporForm(), "rencana": planned, "muatan": sealed, "nama": held.nama}
    return show(context, 422 if planned.salah else 409 if confirming else 200)


def refused(alasan: str) -> ImporForm:
    """The form with the reason why a file was not read."""
    form = ImporForm({}, {})
    form.errors.clear()
    form.add_error("berkas", alasan)
    return form


@WRITE
@for_panitia(AKSI)
def instansi(request: HttpRequest) -> HttpResponse:
    """Import public bodies."""
    verdict = check_aksi(AKSI, request.peran)
    if request.method == "POST":
        verdict.require()

    def show(context: dict, status: int) -> HttpResponse:
        page = "registrasi/panitia/impor_instansi.html"
        return render_page(request, page, context | {"boleh": verdict}, status=status)

    def done(result) -> HttpResponse:
        messages.success(
            request, f"Impor selesai: {result[0]} instansi ditambahkan, {result[1]} diubah."
        )
        return redirect("registrasi_panitia:instansi-impor")

    return look_or_do(
        request,
        untuk="instansi",
        plan=plan_instansi,
        do=lambda **table: import_instansi(oleh=request.user, edisi=request.edisi, **table),
        show=show,
        done=done,
    )


@require_safe
@for_panitia(AKSI)
def instansi_contoh(request: HttpRequest) -> HttpResponse:
    """The file to fill in: the heads."""
    return template_file(request, "contoh-instansi", list(COLUMNS), [])


@WRITE
def kinerja(request: HttpRequest, kode: str) -> HttpResponse:
    """Import the figures of one's own entry."""
    row = get_entry(request, kode)
    verdict = izin_of(request.user, row, clock.now())["isi"]
    if request.method == "POST":
        verdict.require()

    def show(context: dict, status: int) -> HttpResponse:
        context |= {"pendaftaran": row, "boleh": verdict}
        return render_page(request, "registrasi/impor_kinerja.html", context, status=status)

    def done(changed) -> HttpResponse:
        messages.success(request, f"Impor selesai: {changed} angka tersimpan.")
        return redirect("registrasi:rinci", row.kode)

    return look_or_do(
        request,
        untuk=f"kinerja:{row.pk}",
        plan=lambda tabel: plan_kinerja(row, tabel),
        do=lambda **table: import_kinerja(pendaftaran=row, oleh=request.user, **table),
        show=show,
        done=done,
    )


@require_safe
def kinerja_contoh(request: HttpRequest, kode: str) -> HttpResponse:
    """The file to fill in: every figure of the edition, with what is stored already."""
    row = get_entry(request, kode)
    heads, rows = kinerja_template(row)
    return template_file(request, f"angka-{row.kode}", heads, rows)


def template_file(
    request: HttpRequest, name: str, heads: list[str], rows: list[list[object]]
) -> HttpResponse:
    """Heads and rows as XLSX, or with `?bentuk=csv` as CSV."""
    columns = [
        Kolom(head, lambda row, place=place: row[place], 40 if head in ("angka", "nama") else 20)
        for place, head in enumerate(heads)
    ]
    if request.GET.get("bentuk") == "csv":
        response = StreamingHttpResponse(csv_lines(kolom=columns, rows=rows), content_type=CSV)
        name = f"{name}.csv"
    else:
        file = tempfile.SpooledTemporaryFile(max_size=1024**2)  # noqa: SIM115 - the answer closes it
        write_xlsx(file, judul="Data", kolom=columns, rows=rows)
        file.seek(0)
        response = FileResponse(file, content_type=XLSX)
        name = f"{name}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
