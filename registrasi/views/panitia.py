"""The committee's pages about entries: the dashboard, the list, one entry, reminders."""

from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from kompetisi import clock
from kompetisi.queries.edisi import keadaan_of
from kompetisi.rules.matriks import MATRIKS, PENGAMAT
from kompetisi.ui import paginate, render_page
from registrasi.actions.panitia import remind_all, remind_pendaftaran
from registrasi.forms.akun import clean_filter
from registrasi.forms.panitia import SaringPendaftaranForm
from registrasi.queries.administrasi import masa_perbaikan_of, seleksi_list
from registrasi.queries.akun import filter_keanggotaan, keanggotaan_visible_to_panitia
from registrasi.queries.dosir import berkas_visible_to_panitia, dosir_of
from registrasi.queries.ekspor_panitia import XLSX, export_pendaftaran
from registrasi.queries.kekurangan import kekurangan_of
from registrasi.queries.panitia import (
    annotate_pengingat,
    corong,
    corong_per_jenis,
    draf_belum_dikirim,
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


@require_safe
@for_panitia()
def beranda(request):
    """Where the edition stands, what waits, what blocks the next stage."""
    now, edisi, peran = clock.now(), request.edisi, request.peran
    numbers = corong(peran, edisi)
    akun = filter_keanggotaan(keanggotaan_visible_to_panitia(peran), {}).count()
    stages = keadaan_tahap(edisi, now)
    return render_page(
        request,
        "registrasi/panitia/beranda.html",
        {
            "angka": numbers,
            "akun_menunggu": akun,
            "corong": funnel_bars(numbers),
            "per_jenis": corong_per_jenis(peran, edisi),
            "keadaan": stages,
            "tugas": tugas(request.user, edisi, peran, now),
            "penghambat": penghambat(edisi, peran, stages, numbers, akun),
        },
    )


def funnel_bars(numbers: dict[str, int]) -> list[dict]:
    """The funnel from sign-up to passing the gate, for the bar chart."""
    steps = (
        ("akun", "Instansi dengan akun disetujui"),
        ("dibuat", "Pendaftaran dibuat"),
        ("terkirim", "Pendaftaran dikirim"),
        ("lolos", "Lolos administrasi"),
    )
    return [{"label": label, "nilai": numbers[name]} for name, label in steps]


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


@require_safe
@for_panitia("pendaftaran.lihat_semua")
def ekspor(request):
    """The filtered list as a spreadsheet."""
    rows, _, _ = filtered(request)
    response = HttpResponse(export_pendaftaran(rows), content_type=XLSX)
    name = f"pendaftaran-{request.edisi.kode}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@for_panitia("pendaftaran.lihat_semua")
def belum_dikirim(request):
    """The chase list: drafts, what each lacks, when its people were last reminded."""
    now = clock.now()
    page = paginate(request, draf_belum_dikirim(request.peran, request.edisi))
    rows = list(page.object_list)
    missing = kekurangan_of(rows)
    late = terlambat(rows, request.edisi, now)
    keadaan = keadaan_of(request.edisi, "pendaftaran", now)
    for row in rows:
        row.kurang, row.telat = missing[row.pk], row.pk in late
        row.pengingat = can_remind(
            request.peran,
            "selesai" if row.telat else keadaan,
            row.status,
            sudah_hari_ini=was_today(row.diingatkan_pada, now),
        )
    page.object_list = rows
    return render_page(
        request,
        "registrasi/panitia/belum_dikirim.html",
        {
            "halaman": page,
            "pengingat_semua": can_remind(
                request.peran, keadaan, "draf", sudah_hari_ini=False
            ),
        },
    )


@require_POST
@for_panitia("pendaftaran.lihat_semua")
def pengingat_semua(request):
    """Remind the people of every unsent entry that was not reminded today."""
    rows = draf_belum_dikirim(request.peran, request.edisi)
    count = remind_all(rows=rows.iterator(chunk_size=200), oleh=request.user)
    messages.success(request, f"Pengingat untuk {count} pendaftaran dimasukkan ke kotak keluar.")
    return redirect("registrasi_panitia:belum-dikirim")


@require_POST
@for_panitia("pendaftaran.lihat_semua")
def pengingat(request, kode):
    """Remind the people of one entry."""
    row = get_entry(request, kode)
    count = remind_pendaftaran(pendaftaran=row, oleh=request.user)
    if count:
        messages.success(request, f"Pengingat {row.kode} dikirim kepada {count} orang.")
    else:
        messages.warning(
            request, f"{row.kode} tidak mempunyai admin aktif; tidak ada yang diingatkan."
        )
    return redirect("registrasi_panitia:belum-dikirim")


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
            **dosir_of(row),
        },
    )


@require_safe
@for_panitia("pendaftaran.lihat_semua")
def berkas(request, kode, pk):
    """A file of an entry, shown in place."""
    row = get_entry(request, kode)
    stored = berkas_visible_to_panitia(request.peran, row, pk)
    if stored is None:
        raise Http404
    return send_berkas(stored, request.GET)
