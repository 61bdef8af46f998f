"""The chase list by cause, and reminders with the message shown before it is sent."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetisi import clock
from kompetisi.queries.edisi import closing_instant, find_tahap, keadaan_of
from kompetisi.rules.matriks import check_aksi
from kompetisi.ui import paginate, render_page
from registrasi.actions.panitia import (
    instansi_letter,
    remind_all,
    remind_instansi,
    remind_pendaftaran,
    reminder_letter,
)
from registrasi.queries.kekurangan import kekurangan_of
from registrasi.queries.panitia import (
    annotate_pengingat,
    pendaftaran_visible_to_panitia,
    terlambat,
    was_today,
)
from registrasi.queries.penerima import admin_of, penerima_of
from registrasi.queries.sebab import (
    DARI_INSTANSI,
    SEBAB,
    draf_sebab,
    hitung_sebab,
    instansi_sebab,
)
from registrasi.rules.panitia import can_remind, can_remind_instansi
from registrasi.views.panitia import for_panitia, get_entry

AKSI = "pendaftaran.lihat_semua"
SEMUA = "semua"
WRITE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_panitia(AKSI)
def belum_dikirim(request):
    """Who has not sent, by cause: what each lacks and when its people were last reminded."""
    now = clock.now()
    sebab = request.GET.get("sebab", "")
    sebab = sebab if sebab in SEBAB else ""
    keadaan = keadaan_of(request.edisi, "pendaftaran", now)
    page = paginate(request, rows_of(request, sebab or SEMUA))
    page.object_list = list(page.object_list)
    decorate = decorate_agencies if sebab in DARI_INSTANSI else decorate_drafts
    decorate(request, page.object_list, keadaan, now)
    return render_page(
        request,
        "registrasi/panitia/belum_dikirim.html",
        {
            "halaman": page,
            "sebab": sebab or SEMUA,
            "tentang": SEBAB.get(sebab),
            "dari_instansi": sebab in DARI_INSTANSI,
            "sebab_list": hitung_sebab(request.peran, request.edisi),
            "boleh_semua": can_remind_instansi(request.peran, keadaan, sudah_hari_ini=False),
        },
    )


def rows_of(request, sebab: str):
    """The drafts or agencies of a cause, or 404."""
    if sebab in DARI_INSTANSI:
        return instansi_sebab(request.peran, request.edisi, sebab)
    if sebab != SEMUA and sebab not in SEBAB:
        raise Http404
    return draf_sebab(request.peran, request.edisi, "" if sebab == SEMUA else sebab)


def decorate_drafts(request, rows: list, keadaan, now) -> None:
    """Tell each draft what it lacks and whether it may be reminded."""
    missing, late = kekurangan_of(rows), terlambat(rows, request.edisi, now)
    for row in rows:
        row.kurang, row.telat = missing[row.pk], row.pk in late
        row.pengingat = can_remind(
            request.peran,
            "selesai" if row.telat else "berjalan" if keadaan == "selesai" else keadaan,
            row.status,
            sudah_hari_ini=was_today(row.diingatkan_pada, now),
        )


def decorate_agencies(request, rows: list, keadaan, now) -> None:
    """Tell each agency whether it may be reminded."""
    for row in rows:
        row.pengingat = can_remind_instansi(
            request.peran, keadaan, sudah_hari_ini=was_today(row.diingatkan_pada, now)
        )


@WRITE
@for_panitia(AKSI)
def pengingat_sebab(request, sebab):
    """The message to a whole cause, shown with how many it reaches; then sent."""
    rows = rows_of(request, sebab)
    if sebab == "tanpa-akun":
        raise Http404
    if request.method != "POST":
        return preview_cause(request, sebab, rows)
    # By role alone: the window of each entry is asked by the action.
    check_aksi("pengingat.kirim", request.peran, "berjalan").require()
    if sebab in DARI_INSTANSI:
        count = remind_instansi(edisi=request.edisi, kode=None, oleh=request.user)
        what = "instansi"
    else:
        count = remind_all(rows=rows.iterator(chunk_size=200), oleh=request.user)
        what = "pendaftaran"
    messages.success(request, f"Pengingat untuk {count} {what} dimasukkan ke kotak keluar.")
    return redirect(back_to(sebab))


def back_to(sebab: str) -> str:
    """The list of this cause."""
    return f"{reverse('registrasi_panitia:belum-dikirim')}?sebab={sebab}"


def preview_cause(request, sebab: str, rows):
    """How many are reached, how many were today, and the message as the first receives it."""
    now = clock.now()
    rows = list(rows)
    due = [row for row in rows if not was_today(row.diingatkan_pada, now)]
    agencies = sebab in DARI_INSTANSI
    late = set() if agencies else terlambat(due, request.edisi, now)
    due = [row for row in due if row.pk not in late]
    people = (admin_of if agencies else penerima_of)(due) if due else {}
    keadaan = keadaan_of(request.edisi, "pendaftaran", now)
    context = {
        "judul": SEBAB[sebab].judul if sebab in SEBAB else "Semua draf",
        "sebab": sebab,
        "jumlah": len(due),
        "orang": sum(len(found) for found in people.values()),
        "dilewati": len(rows) - len(due),
        "contoh": sample(request, due[0], agencies=agencies) if due else None,
        "boleh": can_remind_instansi(request.peran, keadaan, sudah_hari_ini=bool(rows) and not due),
        "url": reverse("registrasi_panitia:pengingat-sebab", args=[sebab]),
        "kembali": back_to(sebab),
    }
    return render_page(request, "registrasi/panitia/pengingat.html", context)


def sample(request, row, *, agencies: bool) -> dict | None:
    """The message as this one receives it; None when the edition has no registration."""
    tahap = find_tahap(request.edisi, "pendaftaran")
    if tahap is None:
        return None
    if agencies:
        letter = instansi_letter(row, request.edisi, closing_instant(tahap))
    else:
        letter = reminder_letter(row)
    return {"kepada": row.nama if agencies else row.peserta, "subjek": letter[0], "isi": letter[1]}


@require_POST
@for_panitia(AKSI)
def pengingat_semua(request):
    """Remind the people of every unsent entry that was not reminded today."""
    return pengingat_sebab(request, SEMUA)


@WRITE
@for_panitia(AKSI)
def pengingat(request, kode):
    """Remind the people of one entry; reading shows the message first."""
    row = get_entry(request, kode)
    if request.method != "POST":
        return preview_entry(request, row)
    count = remind_pendaftaran(pendaftaran=row, oleh=request.user)
    if count:
        messages.success(request, f"Pengingat {row.kode} dikirim kepada {count} orang.")
    else:
        messages.warning(
            request, f"{row.kode} tidak mempunyai admin aktif; tidak ada yang diingatkan."
        )
    return redirect("registrasi_panitia:belum-dikirim")


def preview_entry(request, row):
    """The message to one entry, and to how many people it goes."""
    rows = pendaftaran_visible_to_panitia(request.peran, request.edisi)
    row = annotate_pengingat(rows).get(pk=row.pk)
    now = clock.now()
    keadaan = keadaan_of(request.edisi, "pendaftaran", now, row.kode)
    context = {
        "judul": row.peserta,
        "jumlah": 1,
        "orang": len(penerima_of([row])[row.pk]),
        "diingatkan_pada": row.diingatkan_pada,
        "contoh": sample(request, row, agencies=False) if row.status == "draf" else None,
        "boleh": can_remind(
            request.peran, keadaan, row.status, sudah_hari_ini=was_today(row.diingatkan_pada, now)
        ),
        "url": reverse("registrasi_panitia:pengingat", args=[row.kode]),
        "kembali": reverse("registrasi_panitia:belum-dikirim"),
    }
    return render_page(request, "registrasi/panitia/pengingat.html", context)


@require_POST
@for_panitia(AKSI)
def pengingat_instansi(request, kode):
    """Remind the admins of one agency that has made no entry."""
    row = get_object_or_404(instansi_sebab(request.peran, request.edisi, "tanpa-draf"), kode=kode)
    remind_instansi(edisi=request.edisi, kode=[row.kode], oleh=request.user)
    messages.success(request, f"Pengingat untuk {row.nama} dimasukkan ke kotak keluar.")
    return redirect(back_to("tanpa-draf"))
