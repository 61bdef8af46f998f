"""Sheets of as many evaluators, each with a session, for a run against real processes."""

from datetime import timedelta

from bench.salinan import make_session
from evaluasi.queries.lembar import butir_of
from evaluasi.tests.factories import make_edisi, make_evaluator, make_lembar, make_pendaftaran
from kompetisi import clock
from kompetisi.models import Tahap


def make_sheets(number: int) -> list[dict]:
    """`number` open sheets: key, criteria with the codes of their levels, session of the reader."""
    edisi, now = make_edisi(), clock.real_now()
    Tahap.objects.filter(edisi=edisi, jenis="dokumen").update(
        mulai=now - timedelta(days=1), selesai=now + timedelta(days=1)
    )
    made = []
    for _ in range(number):
        evaluator = make_evaluator(edisi)
        sheet = make_lembar(evaluator, make_pendaftaran(edisi, status="lolos_administrasi"))
        criteria = {
            item.kriteria_id: [level["kode"] for level in item.tingkat]
            for item in butir_of(sheet.pk)
        }
        session = make_session(evaluator.pengguna)
        made.append({"lembar": sheet.pk, "kriteria": criteria, "sesi": session})
    return made
