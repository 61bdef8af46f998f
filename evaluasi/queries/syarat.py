"""Whether a reminder of the evaluation is still needed at the moment it leaves (SYARAT_PESAN)."""

from datetime import date, datetime

from evaluasi.models import Evaluator, SesiWawancara
from evaluasi.queries.kemajuan import penugasan_unlocked
from evaluasi.queries.wawancara import panel_coming, panel_rules
from evaluasi.rules.wawancara import confirmation_due, said_sessions, sidik_of
from kompetisi.models import Tahap
from kompetisi.queries.edisi import closing_instant
from registrasi.models import StatusPendaftaran


def lembar_terbuka(argumen: str, at: datetime) -> bool:
    """`<tahap>/<evaluator>`: still owes sheets of a stage that is not closed."""
    tahap_pk, _, evaluator_pk = argumen.partition("/")
    tahap = Tahap.objects.get(pk=tahap_pk)
    if at >= closing_instant(tahap):
        return False
    return penugasan_unlocked(tahap).filter(evaluator=evaluator_pk, evaluator__aktif=True).exists()


def belum_konfirmasi(argumen: str, at: datetime) -> bool:
    """`<sesi>/<versi>`: this schedule of the session still stands and can still be confirmed."""
    sesi = _unconfirmed(argumen)
    if sesi is None:
        return False
    rule = panel_rules(sesi.tahap.edisi)
    return at < confirmation_due(sesi.mulai, sesi.dijadwalkan_pada, rule.konfirmasi_jam)


def lewat_konfirmasi(argumen: str, at: datetime) -> bool:
    """`<sesi>/<versi>`: not confirmed, and still to come: the secretariat can do something."""
    sesi = _unconfirmed(argumen)
    return sesi is not None and at < sesi.mulai


def panel(argumen: str, at: datetime) -> bool:
    """`<tahap>/<day>/<evaluator>/<fingerprint>`: the list of sessions is the one written down."""
    tahap_pk, hari, evaluator_pk, sidik = argumen.split("/")
    member = Evaluator.objects.select_related("pengguna").get(pk=evaluator_pk)
    tahap = Tahap.objects.get(pk=tahap_pk)
    sesi = panel_coming(tahap, date.fromisoformat(hari), at).get(member, [])
    return bool(sesi) and sidik_of(said_sessions(sesi, member.pengguna.zona_waktu)) == sidik


def _unconfirmed(argumen: str) -> SesiWawancara | None:
    """The session of `<sesi>/<versi>` while that schedule stands, waiting for a confirmation."""
    pk, _, versi = argumen.partition("/")
    rows = SesiWawancara.objects.filter(
        pk=pk, dikonfirmasi_pada=None, pendaftaran__status=StatusPendaftaran.TERJADWAL_WAWANCARA
    )
    row = rows.select_related("tahap__edisi").first()
    stands = row is not None and f"{row.dijadwalkan_pada:%Y%m%d%H%M%S}" == versi
    return row if stands else None
