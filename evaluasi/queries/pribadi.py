"""What evaluation keeps about a person."""

from evaluasi.models import Evaluator, Penguncian
from kompetisi.models import Pengguna


def data_evaluasi(orang: Pengguna) -> dict[str, object]:
    """One's own work as evaluator; never what others wrote."""
    rows = Evaluator.objects.filter(pengguna=orang)
    return {
        "evaluator": [
            {name: str(row[name]) for name in row if not name.endswith("_id")}
            for row in rows.values()
        ],
        "lembar_terkunci": list(
            Penguncian.objects.filter(lembar__penugasan__evaluator__in=rows).values(
                "lembar__penugasan__pendaftaran__kode", "lembar__penugasan__tahap__kode", "hash"
            )
        ),
    }
