"""What the secretariat has to do now in registration, and what holds up the next stage."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.urls import reverse

from kompetisi.models import Edisi, Pengguna
from kompetisi.queries.berkas import last_periksa
from kompetisi.queries.edisi import tahap_list
from kompetisi.rules.matriks import MATRIKS
from kompetisi.rules.tahap import closing_of, keadaan_at
from kompetisi.templatetags.waktu import durasi
from registrasi.models import Keanggotaan, StatusKeanggotaan
from registrasi.queries.administrasi import (
    antrean_administrasi,
    perbaikan_berjalan,
    usulan_menunggu_kedua,
    waiting_since,
)
from registrasi.queries.berkas import berkas_ditahan
from registrasi.queries.perpanjangan import usulan_menunggu

SOON = timedelta(days=2)


def tugas(user: Pengguna, edisi: Edisi | None, peran: Collection[str], at: datetime) -> list[dict]:
    """Tasks with their counts, deadlines and addresses; only those this person may do.

    `urgensi` 1 is the most pressing.
    """
    if not edisi or not MATRIKS["akun.putuskan"].peran.intersection(peran):
        return []
    found = [
        _akun(at),
        _administrasi(edisi, peran, at),
        _penolakan(user, edisi, peran),
        _perpanjangan(user, edisi, peran),
        _berkas(),
    ]
    return [task for task in found if task]


def _akun(at: datetime) -> dict | None:
    rows = Keanggotaan.objects.filter(status=StatusKeanggotaan.DIAJUKAN)
    first = rows.order_by("diajukan_pada").values_list("diajukan_pada", flat=True).first()
    if first is None:
        return None
    return {
        "judul": "Putuskan permohonan akun instansi",
        "uraian": f"Permohonan terlama menunggu {durasi(at - first)}.",
        "url": reverse("registrasi_panitia:akun"),
        "jumlah": rows.count(),
        "urgensi": 1 if at - first > SOON else 2,
    }


def _administrasi(edisi: Edisi, peran: Collection[str], at: datetime) -> dict | None:
    if not MATRIKS["administrasi.periksa"].peran.intersection(peran):
        return None
    stage = next((t for t in tahap_list(edisi) if t.jenis == "administrasi"), None)
    rows = antrean_administrasi(peran, edisi)
    first = waiting_since(rows)
    if stage is None or first is None or at < stage.mulai:
        return None
    closing = closing_of(stage, stage.perpanjangan_berlaku)
    return {
        "judul": "Periksa administrasi pendaftaran",
        "uraian": f"Kiriman terlama menunggu {durasi(at - first)} sejak dikirim.",
        "url": reverse("registrasi_panitia:administrasi"),
        "jumlah": rows.count(),
        "tenggat": closing,
        "urgensi": 1 if closing - at < SOON else 2,
    }


def _penolakan(user: Pengguna, edisi: Edisi, peran: Collection[str]) -> dict | None:
    """Refusals that others proposed; one's own wait for somebody else."""
    count = usulan_menunggu_kedua(peran, edisi).exclude(diusulkan_oleh=user).count()
    if not count:
        return None
    return {
        "judul": "Putuskan usulan tidak lolos administrasi",
        "uraian": "Usulan petugas lain menunggu orang kedua; peserta belum diberi tahu.",
        "url": f"{reverse('registrasi_panitia:administrasi')}#orang-kedua",
        "jumlah": count,
        "urgensi": 1,
    }


def _perpanjangan(user: Pengguna, edisi: Edisi, peran: Collection[str]) -> dict | None:
    rows = usulan_menunggu(peran, edisi).exclude(diajukan_oleh=user)
    count, drafted = len(rows), sum(row.diajukan_oleh_id is None for row in rows)
    if not count:
        return None
    measured = "Gangguan layanan terukur; rancangan perpanjangannya menunggu diajukan."
    return {
        "judul": "Putuskan usulan perpanjangan",
        "uraian": measured if drafted else "Usulan orang lain menunggu persetujuan orang kedua.",
        "url": reverse("registrasi_panitia:perpanjangan"),
        "jumlah": count,
        "urgensi": 1,
    }


def _berkas() -> dict | None:
    """Files that are gone, changed, infected, or wait for the scanner; two queries."""
    last, held = last_periksa(), berkas_ditahan().count()
    lost = len(last.temuan) if last else 0
    if not lost and not held:
        return None
    return {
        "judul": "Lihat berkas yang hilang, berubah, atau ditahan",
        "uraian": f"{lost} hilang atau berubah, {held} ditahan pemindai virus.",
        "url": reverse("registrasi_panitia:keadaan-berkas"),
        "jumlah": lost + held,
        "urgensi": 1,
    }


def keadaan_tahap(edisi: Edisi, at: datetime) -> dict:
    """The stages running now (several may overlap) and the next to begin, with instants in UTC."""
    rows = [
        {
            "nama": tahap.nama,
            "jenis": tahap.jenis,
            "mulai": tahap.mulai,
            "selesai": closing_of(tahap, tahap.perpanjangan_berlaku),
        }
        for tahap in tahap_list(edisi)
    ]
    for row in rows:
        row["keadaan"] = keadaan_at(row["mulai"], row["selesai"], at)
    return {
        "semua": rows,
        "berjalan": [row for row in rows if row["keadaan"] == "berjalan"],
        "berikut": next((row for row in rows if row["keadaan"] == "belum"), None),
    }


def penghambat(
    edisi: Edisi, peran: Collection[str], keadaan: dict, numbers: dict, akun: int
) -> list[dict]:
    """What keeps the next stage from beginning complete: {judul, teks, url}."""
    stages = {row["jenis"]: row for row in keadaan["semua"]}
    found = []
    pendaftaran, gate = stages.get("pendaftaran"), stages.get("administrasi")
    if akun and pendaftaran and pendaftaran["keadaan"] == "berjalan":
        found.append(
            {
                "judul": f"{akun} permohonan akun belum diputuskan",
                "teks": "Instansi ini belum dapat membuat pendaftaran.",
                "url": reverse("registrasi_panitia:akun"),
            }
        )
    if gate and gate["keadaan"] != "belum":
        found += _gate_blockers(edisi, peran, gate, numbers)
    return found


def _gate_blockers(edisi: Edisi, peran: Collection[str], gate: dict, numbers: dict) -> list[dict]:
    found = []
    closed = gate["keadaan"] == "selesai"
    if numbers["menunggu"]:
        found.append(
            {
                "judul": f"{numbers['menunggu']} pendaftaran belum diputus administrasinya",
                "teks": "Tahapnya sudah ditutup; ajukan perpanjangan agar dapat diputus."
                if closed
                else "Pendaftaran baru dapat dinilai setelah lolos administrasi.",
                "url": reverse(
                    "registrasi_panitia:perpanjangan"
                    if closed
                    else "registrasi_panitia:administrasi"
                ),
            }
        )
    if numbers["perbaikan"]:
        rows = perbaikan_berjalan(peran, edisi)
        found.append(
            {
                "judul": f"{numbers['perbaikan']} pendaftaran sedang diperbaiki peserta",
                "teks": "Tenggat terdekat:",
                "tenggat": rows[0]["tenggat"] if rows else None,
                "url": f"{reverse('registrasi_panitia:administrasi')}#perbaikan",
            }
        )
    return found
