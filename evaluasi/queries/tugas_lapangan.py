"""What committee, team and agency have to do now about site visits."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse

from evaluasi.queries.lapangan import (
    entries_to_visit,
    find_tahap_lapangan,
    kunjungan_peserta,
    own_visits,
)
from evaluasi.rules.lapangan import JADWALKAN, minimal_tim
from evaluasi.rules.penugasan import SIAP
from kompetisi.models import Edisi, Pengguna, Tahap
from kompetisi.queries.edisi import closing_instant, keadaan_of
from kompetisi.rules.matriks import EVALUATOR, MATRIKS
from kompetisi.templatetags.waktu import hari_tanggal
from registrasi.models import StatusPendaftaran as S

MOST = 20  # visits named one by one; the list of visits has the rest


def tugas_lapangan(
    user: Pengguna, edisi: Edisi, peran: Collection[str], at: datetime
) -> list[dict]:
    """Tasks about visits; none, and no query, in an edition whose rules know no team."""
    if not edisi.aturan.get("tim_lapangan"):
        return []
    tahap = find_tahap_lapangan(edisi)
    if tahap is None:
        return []
    closing = closing_instant(tahap)
    found = []
    if MATRIKS[JADWALKAN].peran.intersection(peran) and at < closing:
        found += _schedule(user, tahap, closing, at)
    if EVALUATOR in peran and at < closing:
        found += _visits(user, tahap, closing)
    if not peran:
        found += _agency(user, tahap, at)
    return found


def _schedule(user: Pengguna, tahap: Tahap, closing: datetime, at: datetime) -> list[dict]:
    status = set(SIAP["lapangan"])
    if keadaan_of(tahap.edisi, "wawancara", at) in ("belum", "berjalan"):
        status.discard(S.MASUK_DAFTAR_PENDEK)
    count = entries_to_visit(tahap, user, {"saring": "belum"}).filter(status__in=status).count()
    if not count:
        return []
    return [
        {
            "judul": "Jadwalkan kunjungan lapangan",
            "uraian": f"{count} peserta belum mempunyai tanggal kunjungan.",
            "url": f"{reverse('evaluasi_panitia:lapangan')}?saring=belum",
            "jumlah": count,
            "tenggat": closing,
            "urgensi": 1 if at >= tahap.mulai else 2,
        }
    ]


def _visits(user: Pengguna, tahap: Tahap, closing: datetime) -> list[dict]:
    rows = own_visits(user, tahap.edisi).filter(lembar_terkunci=False)
    return [
        {
            "judul": f"Kunjungi {row.pendaftaran.peserta}",
            "uraian": f"{hari_tanggal(row.tanggal)}, {row.tempat}.",
            "url": reverse("evaluasi:lapangan-rinci", args=[row.pk]),
            "tenggat": closing,
            "urgensi": 2,
        }
        for row in rows[:MOST]
    ]


def _agency(user: Pengguna, tahap: Tahap, at: datetime) -> list[dict]:
    minimal = minimal_tim(tahap.edisi.aturan)
    rows = kunjungan_peserta(user).filter(tahap=tahap).order_by("tanggal", "pk")
    found = []
    for row in rows[:MOST]:
        ready = (row.terkunci or 0) >= minimal
        if not ready and row.ditutup_pada is not None:
            continue
        found.append(
            {
                "judul": "Unduh berita acara verifikasi lapangan"
                if ready
                else "Siapkan kunjungan lapangan",
                "uraian": f"{row.pendaftaran.peserta}: {hari_tanggal(row.tanggal)}, {row.tempat}.",
                "url": reverse("evaluasi:kunjungan", args=[row.pk]),
                "urgensi": 3 if ready else 2,
            }
        )
    return found
