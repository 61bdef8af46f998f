"""The committee's page that takes assignments from a file: looked at, then done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from evaluasi.actions.impor_penugasan import MOST_ROWS, import_penugasan, plan_penugasan
from evaluasi.views.doors import for_panitia
from evaluasi.views.penugasan import ATUR, get_stage, stage_context
from kompetisi.ui import render_page
from registrasi.views.doors import WRITE
from registrasi.views.impor import look_or_do


@WRITE
@for_panitia(ATUR)
def impor(request: HttpRequest, kode: str) -> HttpResponse:
    """Import assignments into the plan of a stage."""
    stage = get_stage(request, kode)
    shared = stage_context(request, stage)
    if request.method == "POST":
        shared["boleh"].require()

    def show(context: dict, status: int) -> HttpResponse:
        page = "evaluasi/panitia/impor_penugasan.html"
        return render_page(request, page, context | shared, status=status)

    def done(result: tuple[int, int]) -> HttpResponse:
        added, removed = result
        messages.success(
            request,
            f"Impor selesai: {added} penugasan ditambahkan ke rencana, {removed} dikeluarkan. "
            "Evaluator belum melihatnya sampai rencana dirilis.",
        )
        return redirect("evaluasi_panitia:penugasan-tahap", kode)

    return look_or_do(
        request,
        untuk=f"penugasan:{stage.pk}",
        plan=lambda tabel: plan_penugasan(stage, request.user, tabel),
        do=lambda **table: import_penugasan(tahap=stage, oleh=request.user, **table),
        show=show,
        done=done,
        most_rows=MOST_ROWS,
    )
