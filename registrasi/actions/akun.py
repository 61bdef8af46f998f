"""Deciding who may act for an agency."""

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.models import Edisi, Pengguna
from kompetisi.queries.peran import peran_of
from kompetisi.rules.verdict import all_of
from registrasi.models import Keanggotaan, StatusKeanggotaan
from registrasi.rules.akun import can_decide_akun, can_revoke_akun, check_alasan

HOME = "/registrasi/"
JENIS = {
    StatusKeanggotaan.DISETUJUI: "akun_disetujui",
    StatusKeanggotaan.DITOLAK: "akun_ditolak",
    StatusKeanggotaan.DICABUT: "akun_dicabut",
}


@transaction.atomic
def approve_akun(*, keanggotaan: Keanggotaan, oleh: Pengguna, edisi: Edisi) -> Keanggotaan:
    """Approve a request to act for an agency and tell the person.

    `edisi` is the edition whose role lets `oleh` decide. Raises NotAllowedError without the role
    or when the request was decided already.
    """
    row = _lock(keanggotaan)
    can_decide_akun(peran_of(oleh, edisi), row.status).require()
    _decide(row, StatusKeanggotaan.DISETUJUI, oleh, "")
    _tell(row, edisi)
    return row


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
    _decide(row, StatusKeanggotaan.DITOLAK, oleh, alasan.strip())
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
        can_revoke_akun(peran_of(oleh, edisi), row.status),
        check_alasan(alasan, "mencabut keanggotaan"),
    ).require()
    _decide(row, StatusKeanggotaan.DICABUT, oleh, alasan.strip())
    _tell(row, edisi, alasan=row.alasan)
    return row


def _lock(keanggotaan: Keanggotaan) -> Keanggotaan:
    rows = Keanggotaan.objects.select_for_update(of=("self",))
    return rows.select_related("pengguna", "instansi", "unit").get(pk=keanggotaan.pk)


def _decide(row: Keanggotaan, status: StatusKeanggotaan, oleh: Pengguna, alasan: str) -> None:
    row.status, row.diputus_oleh, row.alasan = status.value, oleh, alasan
    row.diputus_pada = clock.now()
    row.save(update_fields=["status", "diputus_oleh", "diputus_pada", "alasan"])
    record(
        tindakan=f"akun.{status.value}",
        objek=row,
        oleh=oleh,
        rincian={
            "pengguna": row.pengguna_id,
            "instansi": row.instansi.kode,
            "unit": row.unit_id,
            "alasan": alasan,
        },
    )


def _tell(row: Keanggotaan, edisi: Edisi, **alasan: str) -> None:
    queue_pesan(
        kunci=f"akun_{row.status}:{row.pk}",
        jenis=JENIS[row.status],
        edisi=edisi,
        isian={"instansi": row.instansi.nama, "diwakili": row.unit or row.instansi, **alasan},
        kepada=row.pengguna,
        tautan=HOME,
    )
