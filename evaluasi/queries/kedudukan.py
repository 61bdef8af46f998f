"""An evaluator's own place among the anonymous others."""

from django.db.models import Exists, OuterRef

from evaluasi.models import Evaluator, Penugasan
from evaluasi.queries.benturan import own_conflict
from evaluasi.queries.lembar_sah import sheets_among
from evaluasi.queries.penugasan import is_locked
from evaluasi.queries.rencana import tahap_dinilai
from evaluasi.rules.kecenderungan import Baca
from evaluasi.rules.kedudukan import position
from kompetisi.models import Jalur, Tahap
from registrasi.models import Pendaftaran


def kedudukan_of(evaluator: Evaluator) -> list[dict]:
    """Each stage and track in which this evaluator has locked a sheet: {tahap, jalur, posisi}."""
    tracks = list(evaluator.edisi.jalur.all())
    found = []
    for tahap in tahap_dinilai(evaluator.edisi):
        for jalur in tracks:
            rows = sheets_beyond(evaluator, tahap, jalur)
            if any(person == evaluator.pk for _, person, _ in rows):
                posisi = position(evaluator.pk, rows)
                found.append({"tahap": tahap, "jalur": jalur, "posisi": posisi})
    return found


def sheets_beyond(evaluator: Evaluator, tahap: Tahap, jalur: Jalur) -> list[Baca]:
    """The sheets that count, without entries this evaluator still has to judge or may not know."""
    ahead = Penugasan.objects.filter(
        ~is_locked("lembar__pk"),
        evaluator=evaluator,
        tahap=tahap,
        pendaftaran=OuterRef("pk"),
        dicabut_pada=None,
    )
    entries = Pendaftaran.objects.filter(
        ~own_conflict(evaluator.pengguna, "instansi"),
        ~Exists(ahead),
        edisi=tahap.edisi_id,
        jalur=jalur,
    )
    rows = sheets_among(tahap, entries.values_list("pk", flat=True))
    return [(entry, person, float(total)) for entry, person, total, _ in rows]
