"""Deciding who may act for an agency, and until when."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.models import Edisi, Pengguna
from kompetisi.queries.peran import peran_of
from kompetisi.rules.verdict import all_of
from kompetisi.templatetags.waktu import tanggal
from registrasi.actions.hak import (
    DIGANTIKAN,
    DIPERPANJANG,
    HOME,
    decide_hak,
    end_hak,
    end_own,
    lock_instansi,
)
from registrasi.models import Keanggotaan, StatusKeanggotaan
from registrasi.models.keanggotaan import PeranInstansi
from registrasi.rules.akun import (
    can_decide_akun,
    can_revoke_akun,
    can_set_masa,
    check_alasan,
    check_masa,
    end_of,
)

JENIS = {
    StatusKeanggotaan.DISETUJUI: "akun_disetujui",
    StatusKeanggotaan.DITOLAK: "akun_ditolak",
    StatusKeanggotaan.DICABUT: "akun_dicabut",
}


@transaction.atomic
def approve_akun(
    *,
    keanggotaan: Keanggotaan,
    oleh: Pengguna,
    edisi: Edisi,
    berlaku_sampai: date | None = None,
    akhiri: Collection[Keanggotaan] = (),
) -> Keanggotaan:
    """Approve a request to act for an agency and tell the person.

    `edisi` is the edition whose role lets `oleh` decide; `berlaku_sampai` the last day (WIB) that
    the surat tugas names, None for no end. In the same act the person's earlier right is replaced
    and the rights `akhiri` of other admins of the agency, who have moved, are ended. Raises
    NotAllowedError without the role, when the request was decided already or the day is past.
    """
    lock_instansi(keanggotaan.instansi_id)
    row = _lock(keanggotaan)
    all_of(
        can_decide_akun(peran_of(oleh, edisi), row.status),
        check_masa(berlaku_sampai, clock.db_now()),
    ).require()
    end_own(row.pengguna, row.instansi, row.unit, kecuali=row.pk, alasan=DIPERPANJANG, oleh=oleh)
    row.berlaku_sampai = end_of(berlaku_sampai)
    decide_hak(row, StatusKeanggotaan.DISETUJUI, oleh, "")
    _end_predecessors(row, akhiri, oleh)
    _tell(row, edisi, masa=_masa(berlaku_sampai))
    return row


def _end_predecessors(row: Keanggotaan, akhiri: Collection[Keanggotaan], oleh: Pengguna) -> None:
    """Those of the rights that are still in force at the same agency; the rest has ended anyway."""
    rows = row.instansi.keanggotaan.berlaku().filter(
        pk__in=[other.pk for other in akhiri], peran=PeranInstansi.ADMIN_INSTANSI
    )
    for other in rows.exclude(pk=row.pk).select_related("pengguna", "instansi", "unit"):
        end_hak(other, alasan=DIGANTIKAN, oleh=oleh)


@transaction.atomic
def set_masa_akun(
    *,
    keanggotaan: Keanggotaan,
    berlaku_sampai: date | None,
    alasan: str,
    oleh: Pengguna,
    edisi: Edisi,
) -> Keanggotaan:
    """Set or change the last day (WIB) of an approved right, None for no end; the person is told.

    Raises NotAllowedError without the role or the reason, for a day that is past, or when the
    right is not an approved one.
    """
    row = _lock(keanggotaan)
    all_of(
        can_set_masa(peran_of(oleh, edisi), row.status),
        check_masa(berlaku_sampai, clock.db_now()),
        check_alasan(alasan, "mengubah masa berlaku"),
    ).require()
    before, row.berlaku_sampai = row.berlaku_sampai, end_of(berlaku_sampai)
    if before == row.berlaku_sampai:
        return row
    row.save(update_fields=["berlaku_sampai"])
    record(
        tindakan="akun.masa",
        objek=row,
        oleh=oleh,
        rincian={"dari": before, "menjadi": row.berlaku_sampai, "alasan": alasan.strip()},
    )
    queue_pesan(
        kunci=f"akun_masa:{row.pk}:{_stamp(before)}:{_stamp(row.berlaku_sampai)}",
        jenis="akun_masa",
        edisi=edisi,
        isian={
            "instansi": row.instansi.nama,
            "diwakili": row.unit or row.instansi,
            "masa": _masa(berlaku_sampai),
            "alasan": alasan.strip(),
        },
        kepada=row.pengguna,
        tautan=HOME,
    )
    return row


def _stamp(instant: datetime | None) -> str:
    return f"{instant:%Y%m%d}" if instant else "-"


@transaction.atomic
def reject_akun(
    *, keanggotaan: Keanggotaan, alasan: str, oleh: Pengguna, edisi: Edisi
) -> Keanggotaan:
    """Refuse a request, with a reason that the person is told.

    Raises NotAllowedError without the role or the reason, or when it was decided already.
    """
    row = _lock(keanggotaan)
    all_of(
        can_decide_akun(peran_of(oleh, edisi), row.status),
        check_alasan(alasan, "menolak permohonan"),
    ).require()
    decide_hak(row, StatusKeanggotaan.DITOLAK, oleh, alasan.strip())
    _tell(row, edisi, alasan=row.alasan)
    return row


@transaction.atomic
def revoke_akun(
    *, keanggotaan: Keanggotaan, alasan: str, oleh: Pengguna, edisi: Edisi
) -> Keanggotaan:
    """End an approved membership, with a reason; the person can no longer act for the agency.

    Raises NotAllowedError without the role or the reason, or when it is not in force.
    """
    row = _lock(keanggotaan)
    all_of(
        can_revoke_akun(peran_of(oleh, edisi), row.keadaan),
        check_alasan(alasan, "mencabut keanggotaan"),
    ).require()
    decide_hak(row, StatusKeanggotaan.DICABUT, oleh, alasan.strip())
    _tell(row, edisi, alasan=row.alasan)
    return row


def _lock(keanggotaan: Keanggotaan) -> Keanggotaan:
    rows = Keanggotaan.objects.select_for_update(of=("self",))
    return rows.select_related("pengguna", "instansi", "unit").get(pk=keanggotaan.pk)


def _masa(berlaku_sampai: date | None) -> str:
    """How long the right holds, in words."""
    if berlaku_sampai is None:
        return "berlaku tanpa batas waktu"
    return f"berlaku sampai {tanggal(berlaku_sampai)}"


def _tell(row: Keanggotaan, edisi: Edisi, **more: str) -> None:
    queue_pesan(
        kunci=f"akun_{row.status}:{row.pk}",
        jenis=JENIS[row.status],
        edisi=edisi,
        isian={"instansi": row.instansi.nama, "diwakili": row.unit or row.instansi, **more},
        kepada=row.pengguna,
        tautan=HOME,
    )
