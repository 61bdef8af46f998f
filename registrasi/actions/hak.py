"""Ending a right to act for an agency: what revoking, handing over and extending share."""

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.models import Pengguna
from registrasi.models import Instansi, Keanggotaan, StatusKeanggotaan, UnitPengelola

HOME = "/registrasi/"
DIPERPANJANG = "Diperbarui dengan surat tugas baru."
DIGANTIKAN = "Digantikan admin lain berdasarkan surat tugas baru."


def lock_instansi(instansi_id: int) -> Instansi:
    """The agency's row, held until the transaction ends: its rights change one act at a time."""
    return Instansi.objects.select_for_update().get(pk=instansi_id)


def decide_hak(row: Keanggotaan, status: StatusKeanggotaan, oleh: Pengguna, alasan: str) -> None:
    """Write down what was decided on a request or a right, and record it."""
    row.status, row.diputus_oleh, row.alasan = status.value, oleh, alasan
    row.diputus_pada = clock.now()
    row.save(update_fields=["status", "diputus_oleh", "diputus_pada", "alasan", "berlaku_sampai"])
    record(
        tindakan=f"akun.{status.value}",
        objek=row,
        oleh=oleh,
        rincian={
            "pengguna": row.pengguna_id,
            "instansi": row.instansi.kode,
            "unit": row.unit_id,
            "alasan": alasan,
            "berlaku_sampai": row.berlaku_sampai,
        },
    )


def end_hak(row: Keanggotaan, *, alasan: str, oleh: Pengguna, tell: bool = True) -> None:
    """End a request or a right, for a reason that is no reproach, and tell the person.

    Entries and files stay with the agency. For the caller's transaction, the agency being locked.
    """
    decide_hak(row, StatusKeanggotaan.BERAKHIR, oleh, alasan)
    if not tell:
        return
    queue_pesan(
        kunci=f"akun_berakhir:{row.pk}",
        jenis="akun_berakhir",
        isian={
            "instansi": row.instansi.nama,
            "diwakili": row.unit or row.instansi,
            "alasan": alasan,
        },
        kepada=row.pengguna,
        tautan=HOME,
    )


def end_own(
    pengguna: Pengguna,
    instansi: Instansi,
    unit: UnitPengelola | None,
    *,
    kecuali: int | None,
    alasan: str,
    oleh: Pengguna,
) -> None:
    """Make room for a person's new right: end the one it takes over from, silently."""
    live = [StatusKeanggotaan.DIAJUKAN, StatusKeanggotaan.DISETUJUI]
    rows = instansi.keanggotaan.filter(pengguna=pengguna, unit=unit, status__in=live)
    for row in rows.exclude(pk=kecuali).select_related("pengguna", "instansi", "unit"):
        end_hak(row, alasan=alasan, oleh=oleh, tell=False)
