"""Whether a reminder of the evaluation is still needed at the moment it leaves (SYARAT_PESAN)."""

from datetime import datetime

from evaluasi.models import SesiWawancara
from evaluasi.queries.kemajuan import penugasan_unlocked
from evaluasi.queries.wawancara import panel_rules
from evaluasi.rules.wawancara import confirmation_due
from kompetisi.models import Tahap
from kompetisi.queries.edisi import closing_instant


def lembar_terbuka(argumen: str, at: datetime) -> bool:
    """`<tahap>/<evaluator>`: still owes sheets of a stage that is not closed."""
    tahap_pk, _, evaluator_pk = argumen.partition("/")
    tahap = Tahap.objects.get(pk=tahap_pk)
    if at >= closing_instant(tahap):
        return False
    return penugasan_unlocked(tahap).filter(evaluator=evaluator_pk, evaluator__aktif=True).exists()


def belum_konfirmasi(argumen: str, at: datetime) -> bool:
    """`<sesi>/<versi>`: this schedule of the session still stands and is not confirmed."""
    pk, _, versi = argumen.partition("/")
    rows = SesiWawancara.objects.filter(pk=pk, dikonfirmasi_pada=None)
    sesi = rows.select_related("tahap__edisi").first()
    if sesi is None or f"{sesi.dijadwalkan_pada:%Y%m%d%H%M%S}" != versi:
        return False
    rule = panel_rules(sesi.tahap.edisi)
    return at < confirmation_due(sesi.mulai, sesi.dijadwalkan_pada, rule.konfirmasi_jam)
