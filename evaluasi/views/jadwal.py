"""An agency's own interview: when and where, the confirmation, the slides, the calendar file."""

from io import BytesIO

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from evaluasi.actions.wawancara import confirm_wawancara
from evaluasi.actions.wawancara.pelaksanaan import may_confirm
from evaluasi.forms.wawancara import MAX_BAHAN_MB, KonfirmasiForm
from evaluasi.queries.kalender import acara_sesi
from evaluasi.queries.wawancara import panel_rules, sesi_peserta
from evaluasi.rules.wawancara import confirmation_due
from evaluasi.views.doors import send_berkas
from kompetisi import clock
from kompetisi.errors import InvalidInputError, KompetisiError, StaleVersionError
from kompetisi.rules.kalender import Acara, build_ics
from kompetisi.ui import file_response, render_page
from registrasi.actions.berkas import store_berkas

ICS = "text/calendar; charset=utf-8"


def get_sesi(request, kode: str):
    """The session of an entry this person may act for, or 404."""
    return get_object_or_404(sesi_peserta(request.user), pendaftaran__kode=kode)


@require_http_methods(["GET", "HEAD", "POST"])
def rinci(request, kode):
    """The session; POST confirms it and stores who presents and the slides."""
    sesi = get_sesi(request, kode)
    if request.method != "POST":
        return show(request, sesi)
    may_confirm(sesi, request.user, clock.now()).require()
    form = KonfirmasiForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, sesi, form=form, status=422)
    try:
        confirm(request, sesi, form.cleaned_data)
    except KompetisiError as error:
        return refuse(request, sesi, form, error)
    messages.success(request, "Konfirmasi Anda kami terima.")
    return redirect("evaluasi:jadwal", kode)


def confirm(request, sesi, data: dict) -> None:
    """Store the slides, then confirm the session."""
    bahan = None
    if data["bahan"]:
        try:
            bahan = store_berkas(isi=data["bahan"], oleh=request.user, maks_mb=MAX_BAHAN_MB)
        except InvalidInputError as error:
            raise InvalidInputError(error.alasan, rincian={"bahan": error.alasan}) from error
    confirm_wawancara(
        sesi=sesi,
        penyaji_nama=data["penyaji_nama"],
        penyaji_jabatan=data["penyaji_jabatan"],
        versi=data["versi"],
        bahan=bahan,
        oleh=request.user,
    )


def refuse(request, sesi, form, error: KompetisiError):
    """The page again with what was typed and why it was not stored."""
    for name, text in (error.rincian if isinstance(error, InvalidInputError) else {}).items():
        form.add_error(name, text)
    if not form.errors:
        form.add_error(None, error.alasan)
    if isinstance(error, StaleVersionError):
        form.data = form.data.copy()
        form.data["versi"] = error.rincian["versi"]
        sesi.refresh_from_db()
    status = {StaleVersionError: 409, InvalidInputError: 422}.get(type(error), 403)
    return show(request, sesi, form=form, status=status)


def show(request, sesi, *, form=None, status=200):
    """The page of an agency's session."""
    rule = panel_rules(sesi.tahap.edisi)
    return render_page(
        request,
        "evaluasi/wawancara/peserta.html",
        {
            "sesi": sesi,
            "pendaftaran": sesi.pendaftaran,
            "aturan": rule,
            "batas_konfirmasi": confirmation_due(
                sesi.mulai, sesi.dijadwalkan_pada, rule.konfirmasi_jam
            ),
            "boleh": may_confirm(sesi, request.user, clock.now()),
            "form": form
            or KonfirmasiForm(
                initial={
                    "penyaji_nama": sesi.penyaji_nama,
                    "penyaji_jabatan": sesi.penyaji_jabatan,
                    "versi": sesi.versi,
                }
            ),
        },
        status=status,
    )


@require_safe
def bahan(request, kode):
    """The slides the agency gave."""
    sesi = get_object_or_404(
        sesi_peserta(request.user).filter(bahan_paparan__isnull=False), pendaftaran__kode=kode
    )
    return send_berkas(request, sesi.bahan_paparan)


@require_safe
def kalender(request, kode):
    """The session for the calendar of the reader's device."""
    sesi = get_sesi(request, kode)
    address = request.build_absolute_uri(reverse("evaluasi:jadwal", args=[kode]))
    return send_calendar([acara_sesi(sesi, address)], f"wawancara-{kode}.ics")


def send_calendar(events: list[Acara], nama: str):
    """An iCalendar file."""
    return file_response(BytesIO(build_ics(events)), nama, ICS, unduh=True)
