"""Autosave: one field at a time, answered in JSON (docs/antarmuka.md, section 6)."""

import re

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from kompetisi.templatetags.waktu import jam_detik
from registrasi.actions.isian import save_jawaban, save_kinerja, save_mandiri
from registrasi.actions.pendaftaran import save_identitas
from registrasi.forms.isian import lines
from registrasi.forms.jawaban import LONG_NOTE
from registrasi.forms.peserta import IdentitasForm, KinerjaForm
from registrasi.queries.pendaftaran import (
    find_kinerja,
    kriteria_of,
    pendaftaran_of,
    pertanyaan_of,
)
from registrasi.rules.kinerja import find_selisih
from registrasi.views.isian import figure_rules, period_days, periode_of, whole

NAMES = re.compile(r"k(?P<kriteria>\d{1,18})-(?P<kolom>tingkat|catatan)|p(?P<pertanyaan>\d{1,18})")
GONE = (
    "Pendaftaran ini tidak ada lagi, atau hak Anda atasnya berakhir. Salin dahulu isian yang masih "
    "diperlukan, lalu muat ulang halaman."
)
UNKNOWN = "Isian ini tidak dikenal. Muat ulang halaman."


@login_not_required
@require_POST
def simpan(request: HttpRequest, kode: str) -> JsonResponse:
    """Keep one field as typed: 200 saved, 409 changed elsewhere, 422 not well-formed."""
    if not request.user.is_authenticated:
        return answer(401, pesan="Sesi Anda berakhir. Masuk lagi di tab lain, lalu muat ulang.")
    row = pendaftaran_of(request.user).filter(kode=kode).first()
    if row is None:
        return answer(404, pesan=GONE)
    nama, nilai = request.POST.get("nama", ""), lines(request.POST.get("nilai", ""))
    try:
        seen = whole(request.POST.get("versi"))
        if "periode" in request.GET:
            versi = keep_figure(request, row, nama, nilai, seen)
        else:
            versi = keep(row, nama, nilai, seen, request.user)
    except StaleVersionError as error:
        return stale(nama, error)
    except InvalidInputError as error:
        return answer(422, pesan=error.alasan)
    except ValidationError as error:
        return answer(422, pesan=" ".join(error.messages))
    except NotAllowedError as error:
        return answer(403, pesan=error.alasan)
    return answer(200, versi=versi, waktu=jam_detik(clock.now()))


def answer(code: int, **data) -> JsonResponse:
    """The answer in JSON; kept by no cache."""
    response = JsonResponse(data, status=code)
    response["Cache-Control"] = "no-store"
    return response


def stale(nama: str, error: StaleVersionError) -> JsonResponse:
    """What is stored in this field and its version, so that both texts can be shown."""
    kolom = nama.partition("-")[2] or nama
    value = error.rincian.get(kolom, error.rincian["tersimpan"])
    if isinstance(value, bool):
        value = "on" if value else ""
    by = error.rincian.get("oleh")
    who = f" Terakhir disimpan oleh {by}." if by else ""
    return answer(
        409,
        versi=error.rincian["versi"],
        nilai=str(value or ""),
        pesan=f"{error.alasan}{who} Pilih isian yang dipakai.",
    )


def keep(row, nama: str, nilai: str, versi: int, oleh) -> int:
    """Save the field with this name; returns its new version."""
    if "\0" in nilai:
        raise InvalidInputError("Isian ini memuat karakter yang tidak dapat disimpan. Ketik ulang.")
    found = NAMES.fullmatch(nama)
    if found and found["kriteria"]:
        kriteria = kriteria_of(row, int(found["kriteria"]))
        if kriteria is None or len(nilai) > LONG_NOTE:
            raise InvalidInputError(UNKNOWN if kriteria is None else too_long())
        field = {found["kolom"]: nilai}
        return save_mandiri(
            pendaftaran=row, kriteria=kriteria, versi=versi, oleh=oleh, **field
        ).versi
    if found:
        pk = int(found["pertanyaan"])
        asked = next((p for p in pertanyaan_of(row) if p.pk == pk), None)
        if asked is None:
            raise InvalidInputError(UNKNOWN)
        return save_jawaban(
            pendaftaran=row, pertanyaan=asked, isi=nilai, versi=versi, oleh=oleh
        ).versi
    return keep_identity(row, nama, nilai, versi, oleh)


def keep_figure(request: HttpRequest, row, nama: str, nilai: str, versi: int) -> int:
    """One figure of the period `?periode=`; returns the period's new version.

    The page sends along those it was refused before, since figures that have to agree may only
    be changed together; where that helps nothing, the one is tried alone.
    """
    asked = periode_of(row, request.GET["periode"])
    columns = {column["kode"] for column in row.edisi.aturan.get("kinerja", {}).get("kolom", [])}
    if asked is None or nama not in columns:
        raise InvalidInputError(UNKNOWN)
    stored = find_kinerja(row, asked)
    others = {k: request.POST[k] for k in columns & set(request.POST)}
    angka, mistakes = {}, {}
    for typed in (others | {nama: nilai}, {nama: nilai}):
        form = KinerjaForm(typed, stored=None, **figure_rules(row))
        form.full_clean()
        fresh = {name: form.cleaned_data.get(name) for name in typed}
        unread = form.fields.keys() & form.errors.keys()
        if nama in unread:
            raise InvalidInputError(form.errors[nama][0])
        angka = (stored.angka if stored else {}) | {
            name: value for name, value in fresh.items() if name not in unread
        }
        mistakes = find_selisih(figure_rules(row)["pemeriksaan"], angka)
        if not mistakes:
            break
    if mistakes:
        raise InvalidInputError(" ".join(mistakes.values()))
    try:
        data = angka | period_days(asked)
        return save_kinerja(pendaftaran=row, data=data, versi=versi, oleh=request.user).versi
    except StaleVersionError as error:
        now = find_kinerja(row, asked)
        error.rincian[nama] = now.angka.get(nama, "") if now else ""
        raise


def too_long() -> str:
    """What to do about a note that is too long."""
    return f"Ringkaslah catatan menjadi paling banyak {LONG_NOTE} huruf."


def keep_identity(row, nama: str, nilai: str, versi: int, oleh) -> int:
    """One of the entry's own fields; the others stay as they are stored."""
    if nama not in IdentitasForm.base_fields:
        raise InvalidInputError(UNKNOWN)
    values = IdentitasForm.initial_of(row)
    values[nama] = IdentitasForm.base_fields[nama].clean(nilai)
    return save_identitas(pendaftaran=row, versi=versi, oleh=oleh, **values).versi
