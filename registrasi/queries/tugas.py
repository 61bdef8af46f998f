"""What an agency has to do now."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse

from kompetisi.models import Edisi, Pengguna
from registrasi.models import Keanggotaan, Pendaftaran, StatusKeanggotaan, StatusPendaftaran
from registrasi.queries.izin import masa_pendaftaran, tenggat_of
from registrasi.queries.keanggotaan import keanggotaan_of
from registrasi.queries.kekurangan import kekurangan_of
from registrasi.queries.pendaftaran import pendaftaran_list

DRAF, PERBAIKAN = StatusPendaftaran.DRAF, StatusPendaftaran.PERLU_PERBAIKAN
MOST = 50  # entries looked into; the list of entries has the rest


def tugas(
    user: Pengguna, edisi: Edisi | None, peran: Collection[str], at: datetime
) -> list[dict]:
    """Ask for an agency, begin an entry, finish and send drafts, correct what came back."""
    if not edisi:
        return []
    members = list(keanggotaan_of(user))
    if not any(row.status == StatusKeanggotaan.DISETUJUI for row in members):
        return [] if peran else [_request(members)]
    masa = masa_pendaftaran(edisi, at)
    is_open = masa is not None and masa["keadaan"] == "berjalan"
    waiting = pendaftaran_list(user, edisi).filter(status__in=[DRAF, PERBAIKAN])
    rows = list(waiting[:MOST])
    if is_open and not rows and not pendaftaran_list(user, edisi).exists():
        return [
            {
                "judul": "Buat pendaftaran",
                "uraian": "Instansi Anda belum mempunyai pendaftaran pada edisi ini.",
                "url": reverse("registrasi:baru"),
                "tenggat": masa["selesai"],
                "urgensi": 1,
            }
        ]
    missing = kekurangan_of(rows)
    found = [_of_entry(row, len(missing[row.pk]), masa, at) for row in rows]
    return [task for task in found if task]


def _request(members: list[Keanggotaan]) -> dict:
    """Where the person's request stands, or that one is to be made."""
    newest = members[0] if members else None
    status = newest.status if newest else ""
    words = {
        StatusKeanggotaan.DIAJUKAN: (
            "Permohonan menunggu sekretariat",
            "Anda menerima pesan begitu permohonan diputuskan; tidak ada yang perlu dikerjakan.",
        ),
        StatusKeanggotaan.DITOLAK: (
            "Perbaiki permohonan mewakili instansi",
            f"Permohonan ditolak: {newest.alasan if newest else ''}",
        ),
    }
    judul, uraian = words.get(
        status, ("Wakili instansi Anda", "Pilih instansi dan unggah surat tugas.")
    )
    url = reverse("registrasi:keanggotaan" if newest else "registrasi:daftar")
    urgensi = 3 if status == StatusKeanggotaan.DIAJUKAN else 1
    return {"judul": judul, "uraian": uraian, "url": url, "urgensi": urgensi}


def _of_entry(row: Pendaftaran, missing: int, masa: dict | None, at: datetime) -> dict | None:
    """The draft or the returned entry, while it can still be sent."""
    tenggat = tenggat_of(row) if row.status == PERBAIKAN else masa and masa["selesai"]
    if tenggat is None or at >= tenggat or (masa and at < masa["mulai"]):
        return None
    returned = row.status == PERBAIKAN
    done = "baca alasannya, perbaiki, lalu kirim" if returned else "sudah lengkap, tinggal dikirim"
    left = f"masih kurang {missing} hal" if missing else done
    judul = f"Perbaiki {row.kode}" if returned else f"Lengkapi dan kirim {row.kode}"
    reason = "dikembalikan sekretariat dengan alasan" if returned else "masih draf"
    return {
        "judul": judul,
        "uraian": f"{row.peserta}: {reason}, {left}.",
        "url": reverse("registrasi:rinci", args=[row.kode]),
        "tenggat": tenggat,
        "urgensi": 1,
    }
