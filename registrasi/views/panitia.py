"""The committee's pages about entries: the dashboard, the list, one entry, reminders."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from kompetisi import clock
from kompetisi.queries.edisi import keadaan_of
from kompetisi.rules.matriks import MATRIKS, PENGAMAT, check_aksi
from kompetisi.ui import paginate, render_page
from registrasi.forms.akun import clean_filter
from registrasi.forms.panitia import SaringPendaftaranForm
from registrasi.queries.administrasi import masa_perbaikan_of, seleksi_list
from registrasi.queries.akun import filter_keanggotaan, keanggotaan_visible_to_panitia
from registrasi.queries.angka_resmi import banding_of, toleransi_of
from registrasi.queries.dosir import berkas_visible_to_panitia, dosir_of
from registrasi.queries.kekurangan import kekurangan_of
from registrasi.queries.kokpit import KEPALA, LANGKAH, corong_rinci, kurva
from registrasi.queries.panitia import (
    annotate_pengingat,
    corong,
    filter_pendaftaran,
    pendaftaran_visible_to_panitia,
    pilihan_saring,
    terlambat,
    was_today,
)
from registrasi.queries.tugas_panitia import keadaan_tahap, penghambat, tugas
from registrasi.rules.panitia import can_remind
from registrasi.views.penyajian import send_berkas

KOLOM = (
    ("instansi", "Peserta"),
    ("kode", "Kode"),
    ("jalur", "Jalur"),
    ("status", "Status"),
    ("dikirim", "Dikirim"),
    ("diubah", "Diubah"),
)


def for_panitia(aksi: str = "dasbor.lihat"):
    """Let those through whose role has to do with this action, and the observer.

    Everybody else gets 404: they need not know that the page exists. Whether the act itself is
    allowed now is asked by the action, which answers 403 with its reason.
    """
    allowed = MATRIKS[aksi].peran | {PENGAMAT}

    def wrap(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.edisi or not allowed.intersection(request.peran):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return wrap


def order_heads(request, urut: str) -> list[dict]:
    """The heads of the list with the address that sorts by each, the filters kept."""
    heads = []
    for name, label in KOLOM:
        query = request.GET.copy()
        query.pop("halaman", None)
        query["urut"] = f"-{name}" if urut == name else name
        active = urut.lstrip("-") == name
        direction = "descending" if urut.startswith("-") else "ascending"
        heads.append(
            {
                "label": label,
                "url": f"?{query.urlencode()}",
                "arah": direction if active else "",
            }
        )
    return heads


def paginate_waiting(request, rows, since: str):
    """A page of a queue whose rows know how long they have waited (`menunggu`)."""
    now = clock.now()
    page = paginate(request, rows)
    page.object_list = list(page.object_list)
    for row in page.object_list:
        began = getattr(row, since)
        row.menunggu = now - began if began else None
    return page


def kokpit(request, now) -> dict:
    """Funnel, map and curve: what the page asks for again every minute."""
    numbers = corong_rinci(request.peran, request.edisi)
    return {
        "pukul": now,
        "corong": numbers,
        "langkah": [(short, label) for short, (_, label) in zip(KEPALA, LANGKAH, strict=True)],
        "batang_corong": [
            {"label": label, "nilai": numbers["jumlah"][name]} for name, label in LANGKAH
        ],
        "arus": kurva(request.peran, request.edisi, now),
    }


@require_safe
@for_panitia()
def beranda(request):
    """Where the edition stands, what waits, what blocks the next stage; the cockpit."""
    now, edisi, peran = clock.now(), request.edisi, request.peran
    context = kokpit(request, now)
    if not request.headers.get("HX-Request"):
        numbers = corong(peran, edisi)
        akun = filter_keanggotaan(keanggotaan_visible_to_panitia(peran), {}).count()
        stages = keadaan_tahap(edisi, now)
        context |= {
            "angka": numbers,
            "akun_menunggu": akun,
            "keadaan": stages,
            "tugas": tugas(request.user, edisi, peran, now),
            "penghambat": penghambat(edisi, peran, stages, numbers, akun),
        }
    return render_page(
        request,
        "registrasi/panitia/beranda.html",
        context,
        fragment="registrasi/panitia/_kokpit.html",
    )


def filtered(request):
    """The entries of the address's filter and order, with the form and the order."""
    form = SaringPendaftaranForm(request.GET, pilihan=pilihan_saring(request.edisi))
    urut = request.GET.get("urut", "instansi")
    rows = pendaftaran_visible_to_panitia(request.peran, request.edisi)
    return filter_pendaftaran(rows, clean_filter(form), urut), form, urut


@require_safe
@for_panitia("pendaftaran.lihat_semua")
def pendaftaran(request):
    """The list of entries, searched as one types."""
    rows, form, urut = filtered(request)
    page = paginate(request, rows)
    late = terlambat(page.object_list, request.edisi, clock.now())
    return render_page(
        request,
        "registrasi/panitia/pendaftaran.html",
        {
            "halaman": page,
            "form": form,
            "kepala": order_heads(request, urut),
            "urut": urut,
            "terlambat": late,
            "angka": corong(request.peran, request.edisi),
        },
        fragment="registrasi/panitia/_pendaftaran.html",
    )


def get_entry(request, kode):
    """The entry with this code, or 404."""
    rows = pendaftaran_visible_to_panitia(request.peran, request.edisi)
    return get_object_or_404(rows, kode=kode)


@require_safe
@for_panitia("pendaftaran.lihat_semua")
def rinci(request, kode):
    """One entry, to read: the committee never changes its content."""
    rows = annotate_pengingat(pendaftaran_visible_to_panitia(request.peran, request.edisi))
    row = get_object_or_404(rows, kode=kode)
    now = clock.now()
    late = terlambat([row], request.edisi, now)
    keadaan = keadaan_of(request.edisi, "pendaftaran", now, row.kode)
    return render_page(
        request,
        "registrasi/panitia/rinci.html",
        {
            "pendaftaran": row,
            "telat": bool(late),
            "kurang": kekurangan_of([row])[row.pk] if row.status == "draf" else [],
            "masa": masa_perbaikan_of(row),
            "seleksi_list": seleksi_list(row),
            "pengingat": can_remind(
                request.peran,
                keadaan,
                row.status,
                sudah_hari_ini=was_today(row.diingatkan_pada, now),
            ),
            **dosir_of(row, request.user),
            **banding_context(request, row, now),
        },
    )


def banding_context(request, row, now) -> dict:
    """Claims beside official figures, and whether this person may keep the latter now."""
    keadaan = keadaan_of(request.edisi, "dokumen", now)
    sent = row.status != "draf"
    return {
        "banding": banding_of(row) if sent else [],
        "toleransi": toleransi_of(row.edisi),
        "catat_resmi": sent and check_aksi("angka_resmi.catat", request.peran, keadaan),
    }


@require_safe
@for_panitia("pendaftaran.lihat_semua")
def berkas(request, kode, pk):
    """A file of an entry, shown in place."""
    row = get_entry(request, kode)
    stored = berkas_visible_to_panitia(request.peran, row, pk)
    if stored is None:
        raise Http404
    return send_berkas(request, stored)
