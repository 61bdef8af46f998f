"""The parts of an entry's form, each a page that works as one plain form."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from kompetisi.forms.medan import make_read_only
from kompetisi.tertahan import typed
from kompetisi.ui import render_page
from registrasi.actions.isian import save_jawaban, save_kinerja, save_mandiri
from registrasi.actions.pendaftaran import save_identitas
from registrasi.forms.jawaban import MAKS_BUKTI_MB, MandiriForm, NarasiForm
from registrasi.forms.peserta import IdentitasForm, KinerjaForm
from registrasi.queries.formulir import Formulir
from registrasi.queries.izin import izin_of
from registrasi.queries.kembar import bukti_told
from registrasi.queries.pendaftaran import find_kinerja, kriteria_of_kelompok
from registrasi.queries.unggahan import unfinished_of
from registrasi.rules.kinerja import turunan_of
from registrasi.views.berkas import take
from registrasi.views.doors import WRITE, get_entry
from registrasi.views.peserta import page_after

OK, STALE, INVALID, REFUSED = 200, 409, 422, 403


def show(request: HttpRequest, page: str, row, context: dict, code: int = OK) -> HttpResponse:
    """A part of the form with what this person may do: to fill in, or to read and copy only."""
    izin = izin_of(request.user, row, clock.now())
    if not izin["isi"]:
        form = context["form"]
        make_read_only(form)
        held = request.method != "POST" and form.is_bound  # typed before the session ended
        if code == INVALID or held:  # nothing is to be put right any more
            form.errors.clear()
            form.add_error(None, unsaved(izin["isi"].alasan))
            code = OK if held else REFUSED
    context |= {"pendaftaran": row, "izin": izin}
    return render_page(request, f"registrasi/{page}.html", context, status=code)


def attempt(form, act: Callable[[], object], place: str | None = None) -> int:
    """Do it; a refusal becomes a message of the form. Returns the HTTP status to answer.

    After a conflict `form.bentrok[place]` holds what is stored.
    """
    try:
        act()
    except StaleVersionError as error:
        form.bentrok = getattr(form, "bentrok", {}) | {place: error.rincian}
        form.add_error(
            None if place is None else field_of(form, place),
            f"{error.alasan} Bandingkan kedua isian; menyimpan lagi memakai isian Anda.",
        )
        return STALE
    except InvalidInputError as error:
        for name, message in (error.rincian or {"": error.alasan}).items():
            form.add_error(name if name in form.fields else field_of(form, place), message)
        return INVALID
    except NotAllowedError as error:
        form.add_error(None, unsaved(error.alasan))
        return REFUSED
    return OK


def unsaved(alasan: str) -> str:
    """A refusal, and what became of what was typed."""
    return f"{alasan} Isian Anda di bawah belum tersimpan."


def field_of(form, place) -> str | None:
    """The form's field that shows the messages of a criterion or a question."""
    return next((n for n in (f"k{place}-catatan", f"p{place}") if n in form.fields), None)


def refresh_versi(form, name: str, versi: int) -> None:
    """Let the form that is shown again carry the version that is stored now."""
    form.data = form.data.copy()
    form.data[name] = str(versi)


def saved(request: HttpRequest, row) -> HttpResponse:
    """On to the next page of the form, or back to the task list."""
    messages.success(request, "Isian tersimpan.")
    if "lanjut" in request.POST:
        return redirect(page_after(row, request.path))
    return redirect("registrasi:rinci", row.kode)


@WRITE
def identitas(request: HttpRequest, kode: str) -> HttpResponse:
    """Who and what the entry is."""
    row = get_entry(request, kode)
    months = row.edisi.aturan.get("minimal_bulan_pemakaian") or 0
    form = IdentitasForm(
        typed(request), initial=IdentitasForm.initial_of(row), minimal_bulan=months
    )
    context = {"form": form, "versi": row.versi}
    if request.method != "POST":
        return show(request, "identitas", row, context)
    if not form.is_valid():
        return show(request, "identitas", row, context, INVALID)
    versi = whole(request.POST.get("versi"))
    code = attempt(
        form,
        lambda: save_identitas(
            pendaftaran=row, versi=versi, oleh=request.user, **form.cleaned_data
        ),
    )
    if code == OK:
        return saved(request, row)
    if code == STALE:
        stored = form.bentrok[None]
        context["versi"] = stored["versi"]
        context["tersimpan"] = [
            {"label": field.label, "nilai": shown(stored[field.name])}
            for field in form
            if stored[field.name] != form.cleaned_data[field.name]
        ]
    return show(request, "identitas", row, context, code)


def shown(value: object) -> str:
    """A stored value as people read it."""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    return str(value) if value else "kosong"


def whole(text: str | None) -> int:
    """The version the page was read at; 0 when it says none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


@WRITE
def kinerja(request: HttpRequest, kode: str, periode: str) -> HttpResponse:
    """The figures of one period, with the percentages that follow from them."""
    row = get_entry(request, kode)
    rules = row.edisi.aturan.get("kinerja", {})
    asked = periode_of(row, periode)
    if asked is None:
        raise Http404
    stored = find_kinerja(row, asked)
    form = KinerjaForm(typed(request), stored=stored, **figure_rules(row))
    context = {
        "form": form,
        "periode": asked,
        "petunjuk": rules.get("petunjuk", ""),
        "versi": stored.versi if stored else 0,
        "turunan": turunan_of(rules.get("turunan", []), stored.angka if stored else {}),
    }
    if request.method != "POST":
        return show(request, "kinerja", row, context)
    if not form.is_valid():
        return show(request, "kinerja", row, context, INVALID)
    data = form.cleaned_data | period_days(asked)
    versi = whole(request.POST.get("_versi"))
    code = attempt(
        form,
        lambda: save_kinerja(pendaftaran=row, data=data, oleh=request.user, versi=versi),
    )
    if code == OK:
        return saved(request, row)
    if code == STALE:
        context |= {"versi": form.bentrok[None]["versi"], "tersimpan": form.bentrok[None]}
    return show(request, "kinerja", row, context, code)


def periode_of(row, kode: str) -> dict | None:
    """One of the edition's periods, or None."""
    periods = row.edisi.aturan.get("kinerja", {}).get("periode", [])
    return next((p for p in periods if p["kode"] == kode), None)


def figure_rules(row) -> dict:
    """The edition's columns and what they must agree on, as the form takes them."""
    rules = row.edisi.aturan.get("kinerja", {})
    return {"kolom": rules["kolom"], "pemeriksaan": rules.get("pemeriksaan", [])}


def period_days(periode: dict) -> dict:
    """First and last day of one of the edition's periods."""
    return {
        "periode_mulai": date.fromisoformat(periode["mulai"]),
        "periode_selesai": date.fromisoformat(periode["sampai"]),
    }


@WRITE
def mandiri(request: HttpRequest, kode: str, kelompok: str) -> HttpResponse:
    """The self-assessment of one group of criteria."""
    row = get_entry(request, kode)
    criteria = kriteria_of_kelompok(row, kelompok)
    if not criteria:
        raise Http404
    group = criteria[0].kelompok
    claims = {m.kriteria_id: m for m in row.penilaian_mandiri.filter(kriteria__kelompok=group)}
    form = MandiriForm(
        typed(request),
        request.FILES or None,
        kriteria=criteria,
        mandiri=claims,
        formulir=Formulir(row),
    )
    code = OK
    if request.method == "POST":
        code = save_group(request, row, form) if form.is_valid() else INVALID
        if code == OK:
            return saved(request, row)
    told, older = bukti_told(request.user, row, kriteria__kelompok=group)
    files = {b.kriteria_id: b for b in told}
    context = {
        "form": form,
        "kelompok": group,
        "baris": form.rows(files, older, unfinished_of(request.user, row)),
        "maks_mb": MAKS_BUKTI_MB,
    }
    return show(request, "mandiri", row, context, code)


def save_group(request: HttpRequest, row, form: MandiriForm) -> int:
    """Keep each criterion that was changed and each file that was sent."""
    codes = [save_kriteria(request, row, form, k) for k in form.kriteria_list]
    return max(codes, default=OK)


def save_kriteria(request: HttpRequest, row, form: MandiriForm, kriteria) -> int:
    """Level and note where they changed, the file where one was sent."""
    key, data = f"k{kriteria.pk}", form.cleaned_data
    stored = form.mandiri.get(kriteria.pk)
    wanted = {"tingkat": data[f"{key}-tingkat"], "catatan": data[f"{key}-catatan"]}
    before = {n: getattr(stored, n, "") for n in wanted}
    code = OK
    if wanted != before:
        act = {"pendaftaran": row, "kriteria": kriteria, "oleh": request.user, **wanted}
        versi = data.get(f"{key}-versi") or 0
        kept: list = []
        code = attempt(form, lambda: kept.append(save_mandiri(versi=versi, **act)), kriteria.pk)
        if kept:
            refresh_versi(form, f"{key}-versi", kept[0].versi)
        if code == STALE:
            refresh_versi(form, f"{key}-versi", form.bentrok[kriteria.pk]["versi"])
    upload = data.get(f"{key}-bukti")
    if upload and code != REFUSED:
        galat = take(row, upload, request.user, MAKS_BUKTI_MB, kriteria=kriteria)
        if galat:
            form.add_error(f"{key}-bukti", galat)
            code = max(code, INVALID)
    return code


@WRITE
def narasi(request: HttpRequest, kode: str) -> HttpResponse:
    """The narrative answers."""
    row = get_entry(request, kode)
    answers = {j.pertanyaan_id: j for j in row.jawaban.all()}
    form = NarasiForm(typed(request), formulir=Formulir(row), jawaban=answers)
    code = OK
    if request.method == "POST":
        code = INVALID
        if form.is_valid():
            codes = [
                save_answer(request, row, form, p, answers.get(p.pk)) for p in form.pertanyaan_list
            ]
            code = max(codes, default=OK)
        if code == OK:
            return saved(request, row)
    return show(request, "narasi", row, {"form": form, "baris": form.rows()}, code)


def save_answer(request: HttpRequest, row, form: NarasiForm, pertanyaan, stored) -> int:
    """One answer, where it was changed."""
    key = f"p{pertanyaan.pk}"
    isi, versi = form.cleaned_data[key], form.cleaned_data.get(f"{key}-versi") or 0
    if isi == (stored.isi if stored else ""):
        return OK
    kept: list = []
    code = attempt(
        form,
        lambda: kept.append(
            save_jawaban(
                pendaftaran=row, pertanyaan=pertanyaan, isi=isi, versi=versi, oleh=request.user
            )
        ),
        pertanyaan.pk,
    )
    if kept:
        refresh_versi(form, f"{key}-versi", kept[0].versi)
    if code == STALE:
        refresh_versi(form, f"{key}-versi", form.bentrok[pertanyaan.pk]["versi"])
    return code
