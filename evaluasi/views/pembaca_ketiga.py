"""The chair's page about one more reading: what it may change, and the decision."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from evaluasi.actions.pembaca_ketiga import give_pembaca, skip_pembaca
from evaluasi.queries.pembaca_ketiga import keputusan_visible_to, weigh_readings
from evaluasi.queries.penugasan import ready_readers
from evaluasi.queries.rencana import entries_for, find_tahap_dinilai
from evaluasi.rules.manfaat import AMBANG
from evaluasi.rules.pembaca_ketiga import PUTUSKAN, SEBAB_LABEL, aturan_ketiga
from evaluasi.rules.penugasan import can_manage
from evaluasi.views.doors import for_panitia
from kompetisi import clock
from kompetisi.queries.edisi import keadaan_of
from kompetisi.rules.matriks import check_aksi
from kompetisi.ui import paginate, render_page

KELOMPOK = ("usul", "aturan", "putusan")


def get_stage(request, kode: str):
    """The document stage of the edition, or 404."""
    tahap = find_tahap_dinilai(request.edisi, kode)
    if tahap is None or tahap.jenis != "dokumen":
        raise Http404
    return tahap


@require_safe
@for_panitia("penugasan.lihat")
def daftar(request, kode):
    """Entries with one more reading to decide, by what it may change; and what was decided."""
    stage = get_stage(request, kode)
    weighed = weigh_readings(stage, request.user)
    decided = keputusan_visible_to(request.user, stage)
    groups = {"usul": weighed.usul, "aturan": weighed.aturan, "putusan": decided}
    chosen = chosen_group(request.GET.get("kelompok"), weighed)
    page = paginate(request, groups[chosen])
    if chosen == "putusan":
        page.object_list = list(page.object_list)
        for row in page.object_list:
            row.persen = None if row.peluang is None else 100 * row.peluang
            row.uraian = "; ".join(SEBAB_LABEL[kode] for kode in row.sebab)
    lines = weighed.garis or {}
    boleh = check_aksi(PUTUSKAN, request.peran)
    keadaan = keadaan_of(stage.edisi, stage.jenis, clock.now())
    return render_page(
        request,
        "evaluasi/panitia/pembaca_ketiga.html",
        {
            "tahap": stage,
            "kelompok": chosen,
            "jumlah": {
                "usul": len(weighed.usul),
                "aturan": len(weighed.aturan),
                "putusan": decided.count(),
            },
            "halaman": page,
            "aturan": aturan_ketiga(stage.edisi.aturan),
            "garis": [(row, lines.get(row.pk)) for row in stage.edisi.jalur.all()],
            "tanpa_model": weighed.tanpa_model,
            "ambang": 100 * AMBANG,
            "boleh": boleh,
            "boleh_tugaskan": boleh.ok and can_manage(request.peran, keadaan).ok,
        },
    )


def chosen_group(asked: str | None, weighed) -> str:
    """The list asked for, else the first that has something to decide."""
    if asked in KELOMPOK:
        return asked
    return "aturan" if weighed.aturan and not weighed.usul else "usul"


@require_POST
@for_panitia(PUTUSKAN)
def tambah(request, kode, pendaftaran):
    """Give the entry one more reader, the least loaded without conflict."""
    stage = get_stage(request, kode)
    entry = get_object_or_404(entries_for(stage, request.user), kode=pendaftaran)
    row = give_pembaca(tahap=stage, pendaftaran=entry, oleh=request.user)
    messages.success(request, f"{row.evaluator.pengguna} menjadi pembaca ketiga {entry.kode}.")
    if row.evaluator_id not in ready_readers(stage.edisi_id):
        messages.warning(
            request,
            f"{row.evaluator.pengguna} belum menyetujui pakta integritas atau belum menyatakan "
            "benturan kepentingan, dan tidak ada evaluator siap yang dapat membaca pendaftaran "
            "ini. Penugasannya baru terlihat setelah keduanya selesai.",
        )
    return redirect("evaluasi_panitia:pembaca-ketiga", kode)


@require_POST
@for_panitia(PUTUSKAN)
def lewati(request, kode, pendaftaran):
    """Leave a proposed reading out, with the reason."""
    stage = get_stage(request, kode)
    entry = get_object_or_404(entries_for(stage, request.user), kode=pendaftaran)
    skip_pembaca(
        tahap=stage,
        pendaftaran=entry,
        alasan=request.POST.get("alasan", ""),
        oleh=request.user,
    )
    messages.success(request, f"Pembaca tambahan untuk {entry.kode} dilewati; alasannya dicatat.")
    return redirect("evaluasi_panitia:pembaca-ketiga", kode)
