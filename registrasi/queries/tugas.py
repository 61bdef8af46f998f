"""What an agency has to do now."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from kompetisi.models import Edisi, Pengguna
from registrasi.models import (
    Keanggotaan,
    Pendaftaran,
    StatusKeanggotaan,
    StatusPendaftaran,
    Undangan,
)
from registrasi.queries.izin import masa_pendaftaran, tenggat_list
from registrasi.queries.keanggotaan import keanggotaan_of
from registrasi.queries.kekurangan import kekurangan_of
from registrasi.queries.pendaftaran import pendaftaran_list
from registrasi.queries.undangan import undangan_menunggu

DRAF, PERBAIKAN = StatusPendaftaran.DRAF, StatusPendaftaran.PERLU_PERBAIKAN
MOST = 50  # entries looked into; the list of entries has the rest


def tugas(user: Pengguna, edisi: Edisi | None, peran: Collection[str], at: datetime) -> list[dict]:
    """Ask for an agency, begin an entry, finish and send drafts, correct what came back."""
    if not edisi:
        return []
    members = list(keanggotaan_of(user))
    invited = [_invited(row) for row in undangan_menunggu(user, at)]
    return invited + _of_agencies(user, edisi, peran, at, members, asked=bool(invited))


def _of_agencies(
    user: Pengguna, edisi: Edisi, peran: Collection[str], at: datetime,
    members: list[Keanggotaan], *, asked: bool,
) -> list[dict]:  # fmt: skip
    """What the person's own requests, rights and entries ask for."""
    ending = [_ending(row) for row in members if _ends_soon(row, at)]
    if not any(row.berlaku for row in members):
        return [] if peran or (asked and not members) else [_request(members)]
    masa = masa_pendaftaran(edisi, at)
    is_open = masa is not None and masa["keadaan"] == "berjalan"
    waiting = pendaftaran_list(user, edisi).filter(status__in=[DRAF, PERBAIKAN])
    rows = list(waiting[:MOST])
    if is_open and not rows and not pendaftaran_list(user, edisi).exists():
        return [
            *ending,
            {
                "judul": "Buat pendaftaran",
                "uraian": "Instansi Anda belum mempunyai pendaftaran pada edisi ini.",
                "url": reverse("registrasi:baru"),
                "tenggat": masa["selesai"],
                "urgensi": 1,
            },
        ]
    missing = kekurangan_of(rows)
    tenggat = tenggat_list(edisi, rows, masa and masa["selesai"])
    opening = masa and masa["mulai"]
    found = [
        _of_entry(row, len(missing[row.pk]), tenggat[row.pk], at)
        for row in rows
        if not opening or at >= opening
    ]
    return ending + [task for task in found if task]


def _invited(row: Undangan) -> dict:
    """An invitation to answer."""
    return {
        "judul": f"Jawab undangan menjadi {row.untuk}",
        "uraian": f"{row.diundang_oleh} mengundang Anda.",
        "url": reverse("registrasi:undangan", args=[row.pk]),
        "tenggat": row.berlaku_sampai,
        "urgensi": 1,
    }


def _ends_soon(row: Keanggotaan, at: datetime) -> bool:
    """Whether a right in force ends within the first reminder's time."""
    ahead = timedelta(days=max(settings.RIGHT_REMINDER_DAYS, default=0))
    return row.berlaku and row.berlaku_sampai is not None and row.berlaku_sampai - at <= ahead


def _ending(row: Keanggotaan) -> dict:
    """Going on by a new letter, or handing over, before the right ends."""
    return {
        "judul": f"Perpanjang hak mewakili {row.unit or row.instansi}",
        "uraian": "Unggah surat tugas baru, atau serahkan tugas kepada pengganti Anda.",
        "url": reverse("registrasi:keanggotaan"),
        "tenggat": row.berlaku_sampai,
        "urgensi": 2,
    }


def _request(members: list[Keanggotaan]) -> dict:
    """Where the person's request stands, or that one is to be made."""
    newest = next((row for row in members if row.status != StatusKeanggotaan.DITARIK), None)
    status = newest.keadaan if newest else ""
    words = {
        StatusKeanggotaan.DIAJUKAN: (
            "Permohonan menunggu sekretariat",
            "Anda menerima pesan begitu permohonan diputuskan; tidak ada yang perlu dikerjakan.",
        ),
        StatusKeanggotaan.DITOLAK: (
            "Perbaiki permohonan mewakili instansi",
            f"Permohonan ditolak: {newest.alasan if newest else ''}",
        ),
        StatusKeanggotaan.BERAKHIR: (
            "Hak Anda mewakili instansi telah berakhir",
            "Bila Anda tetap bertugas, ajukan permohonan baru dengan surat tugas yang berlaku.",
        ),
    }
    judul, uraian = words.get(
        status, ("Wakili instansi Anda", "Pilih instansi dan unggah surat tugas.")
    )
    url = reverse("registrasi:keanggotaan" if newest else "registrasi:daftar")
    urgensi = 3 if status == StatusKeanggotaan.DIAJUKAN else 1
    return {"judul": judul, "uraian": uraian, "url": url, "urgensi": urgensi}


def _of_entry(
    row: Pendaftaran, missing: int, tenggat: datetime | None, at: datetime
) -> dict | None:
    """The draft or the returned entry, while it can still be sent."""
    if tenggat is None or at >= tenggat:
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
