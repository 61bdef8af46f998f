"""An evaluator's own place among the others, for that evaluator alone."""

from django.views.decorators.http import require_safe

from evaluasi.queries.kedudukan import kedudukan_of
from evaluasi.rules.kedudukan import MIN_LAIN, MIN_SENDIRI
from evaluasi.views.doors import for_ready_evaluator
from kompetisi.ui import render_page


@require_safe
@for_ready_evaluator
def kedudukan(request):
    """How one's own sheets compare, stage by stage, once enough of them are locked."""
    return render_page(
        request,
        "evaluasi/kedudukan.html",
        {
            "baris": kedudukan_of(request.evaluator),
            "min_sendiri": MIN_SENDIRI,
            "min_lain": MIN_LAIN,
        },
    )
