"""What committee, panel and agency have to do now about interviews."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse

from evaluasi.queries.wawancara import (
    entries_unscheduled,
    find_tahap_wawancara,
    panel_rules,
    sesi_of_panel,
    sessions_of_people,
)
from evaluasi.rules.wawancara import JADWALKAN, confirmation_due
from kompetisi.clock import WIB
from kompetisi.models import Edisi, Pengguna, Tahap
from kompetisi.queries.edisi import closing_instant
from kompetisi.rules.matriks import EVALUATOR, MATRIKS
from kompetisi.templatetags.waktu import hari_tanggal, jam

MOST = 20  # sessions named one by one; the timetable has the rest


def tugas_wawancara(
    user: Pengguna, edisi: Edisi, peran: Collection[str], at: datetime
) -> list[dict]:
    """Tasks about interviews; none, and no query, in an edition whose rules know no panel."""
    if panel_rules(edisi) is None:
        return []
    tahap = find_tahap_wawancara(edisi)
    if tahap is None or at >= closing_instant(tahap):
        return []
    found = []
    if MATRIKS[JADWALKAN].peran.intersection(peran):
        found += _schedule(user, tahap, at)
    if EVALUATOR in peran:
        found += _today(user, edisi, at)
    if not peran:
        found += _agency(user, edisi, at)
    return found


def _schedule(user: Pengguna, tahap: Tahap, at: datetime) -> list[dict]:
    count = entries_unscheduled(tahap, user).count()
    if not count:
        return []
    return [
        {
            "judul": "Jadwalkan wawancara",
            "uraian": f"{count} peserta daftar pendek belum mempunyai sesi.",
            "url": reverse("evaluasi_panitia:wawancara-usulan"),
            "jumlah": count,
            "tenggat": closing_instant(tahap),
            "urgensi": 1 if at >= tahap.mulai else 2,
        }
    ]


def _today(user: Pengguna, edisi: Edisi, at: datetime) -> list[dict]:
    """The next day of own sessions, as one task: its board has them all."""
    coming = sesi_of_panel(user, edisi).filter(selesai__gt=at)
    first = coming.first()
    if first is None:
        return []
    day = first.mulai.astimezone(WIB).date()
    count = sum(row.mulai.astimezone(WIB).date() == day for row in coming)
    return [
        {
            "judul": f"Ikuti {count} sesi wawancara, {hari_tanggal(day)}",
            "uraian": f"Sesi pertama {first.pendaftaran.peserta}, {jam(first.mulai)}.",
            "url": reverse("evaluasi:wawancara"),
            "jumlah": count,
            "urgensi": 1 if first.mulai.astimezone(WIB).date() == at.astimezone(WIB).date() else 2,
        }
    ]


def _agency(user: Pengguna, edisi: Edisi, at: datetime) -> list[dict]:
    hours = panel_rules(edisi).konfirmasi_jam
    found = []
    for row in sessions_of_people(user, edisi)[:MOST]:
        due = confirmation_due(row.mulai, row.dijadwalkan_pada, hours)
        late = at >= due
        when = f"{hari_tanggal(row.mulai)}, {jam(row.mulai)}"
        found.append(
            {
                "judul": "Hadiri wawancara" if late else "Konfirmasi jadwal wawancara",
                "uraian": f"{row.pendaftaran.peserta}: {when}.",
                "url": reverse("evaluasi:jadwal", args=[row.pendaftaran.kode]),
                "tenggat": row.mulai if late else due,
                "urgensi": 1,
            }
        )
    return found
