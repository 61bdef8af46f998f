"""What people have to do now about the award."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse

from kompetisi.models import Edisi, Pengguna
from kompetisi.queries.edisi import closing_instant, find_tahap, keadaan_of
from kompetisi.rules.matriks import ADMIN_PANRB, KETUA, PANITIA, SEKRETARIAT
from penghargaan.models import Peringkat, Pleno
from penghargaan.queries.hasil import is_published, penetapan_of
from penghargaan.queries.piagam import peringkat_without_piagam
from penghargaan.rules.hasil import can_approve
from registrasi.models import Pendaftaran
from registrasi.queries.pendaftaran import pendaftaran_visible_to


def tugas(user: Pengguna, edisi: Edisi | None, peran: Collection[str], at: datetime) -> list[dict]:
    """Tasks of this person; `urgensi` 1 is the most pressing."""
    if not edisi:
        return []
    if not PANITIA.intersection(peran):
        return _agency(user, edisi, at)
    found = []
    if KETUA in peran:
        found.append(_chair(edisi, at))
    if {SEKRETARIAT, ADMIN_PANRB}.intersection(peran):
        found += [_award(user, edisi), _certificates(edisi, at)]
    return [task for task in found if task]


def _agency(user: Pengguna, edisi: Edisi, at: datetime) -> list[dict]:
    if not is_published(edisi, at):
        return []
    rows: Collection[Pendaftaran] = pendaftaran_visible_to(user, edisi).exclude(status="draf")[:20]
    return [
        {
            "judul": f"Lihat hasil pendaftaran {row.kode}",
            "uraian": f"Hasil untuk {row.peserta} telah diumumkan.",
            "url": reverse("penghargaan:hasil-pendaftaran", args=[row.kode]),
            "urgensi": 3,
        }
        for row in rows
    ]


def _chair(edisi: Edisi, at: datetime) -> dict | None:
    if keadaan_of(edisi, "pleno", at) not in ("berjalan", "selesai"):
        return None
    pleno = Pleno.objects.filter(edisi=edisi).first()
    tahap = find_tahap(edisi, "pleno")
    task = {
        "url": reverse("penghargaan_panitia:pleno"),
        "tenggat": closing_instant(tahap) if tahap else None,
        "urgensi": 1,
    }
    if pleno is None:
        text = "Susun usulan peringkat dari lembar yang terkunci."
        return {**task, "judul": "Buka pleno", "uraian": text}
    if pleno.dibekukan_pada is None:
        text = "Periksa usulan, putuskan yang seri, lalu bekukan hasilnya."
        return {
            **task,
            "judul": "Putuskan dan bekukan hasil pleno",
            "uraian": text,
            "jumlah": Peringkat.objects.filter(pleno=pleno).count(),
        }
    return None


def _award(user: Pengguna, edisi: Edisi) -> dict | None:
    state = penetapan_of(user, edisi)
    if not state.beku or state.disetujui:
        return None
    task = {"url": reverse("penghargaan_panitia:penetapan"), "urgensi": 1}
    if not state.ada_keputusan:
        text = "Hasil pleno sudah dibekukan dan menunggu nomor keputusan."
        return {**task, "judul": "Isi nomor dan tanggal keputusan", "uraian": text}
    if state.pengusul is None:
        text = "Tetapkan waktu hasil dibuka kepada publik."
        return {**task, "judul": "Ajukan penerbitan hasil", "uraian": text}
    if can_approve(state, user.pk):
        text = "Usulan orang lain menunggu persetujuan Anda."
        return {**task, "judul": "Putuskan penerbitan hasil", "uraian": text}
    return None


def _certificates(edisi: Edisi, at: datetime) -> dict | None:
    if not is_published(edisi, at):
        return None
    left = len(peringkat_without_piagam(edisi))
    if not left:
        return None
    return {
        "judul": "Terbitkan piagam",
        "uraian": "Pemenang dan peserta daftar pendek belum mempunyai piagam.",
        "url": reverse("penghargaan_panitia:piagam"),
        "jumlah": left,
        "urgensi": 2,
    }
