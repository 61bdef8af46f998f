"""Sending an entry: a tiny, idempotent transaction that leaves a numbered receipt."""

import secrets
from datetime import datetime

from django.db import connection, transaction

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Pengguna
from kompetisi.rules.verdict import YES, no
from registrasi.actions.status import change_status, lock_pendaftaran
from registrasi.models import KunciUlang, MasaPerbaikan, Pendaftaran, Pengiriman, StatusPendaftaran
from registrasi.queries.administrasi import pengiriman_berlaku
from registrasi.queries.cuplikan import cuplikan_of, hash_cuplikan
from registrasi.queries.izin import izin_of
from registrasi.queries.keanggotaan import admin_of
from registrasi.queries.kelengkapan import kekurangan_of
from registrasi.queries.pendaftaran import pengiriman_by_kunci
from registrasi.queries.temuan import gerbang_of

NUMBER_LOCK = 310_2021  # one advisory lock hands out receipt numbers


@transaction.atomic
def submit_pendaftaran(
    *,
    pendaftaran: Pendaftaran,
    kunci: str,
    pernyataan: bool,
    penandatangan_nama: str,
    penandatangan_jabatan: str,
    oleh: Pengguna,
) -> Pengiriman:
    """Send the entry and return its receipt.

    `kunci` is the idempotency key of the form: whoever was acknowledged with it gets the same
    receipt again, always, also after closing. Only then is the window compared with the database's
    clock. Files were stored before; nothing heavy happens here. Raises NotAllowedError when late,
    incomplete or without the role, InvalidInputError without the statement of truth.
    """
    if known := pengiriman_by_kunci(pendaftaran, kunci):
        return known
    row = _lock(pendaftaran)
    if known := pengiriman_by_kunci(row, kunci):  # its twin came through while we waited
        return known
    at = clock.db_now()
    izin_of(oleh, row, at)["kirim"].require()
    _require_complete(row, pernyataan, penandatangan_nama, penandatangan_jabatan)
    perbaikan = row.status == StatusPendaftaran.PERLU_PERBAIKAN
    pengiriman = _write_receipt(
        row, kunci, at, oleh, penandatangan_nama.strip(), penandatangan_jabatan.strip(), perbaikan
    )
    if perbaikan:
        MasaPerbaikan.objects.filter(pendaftaran=row).update(dikirim_pada=at)
    change_status(pendaftaran=row, ke=StatusPendaftaran.DIKIRIM, oleh=oleh)
    _tell(row, pengiriman)
    record(
        tindakan="pendaftaran.kirim",
        objek=row,
        oleh=oleh,
        rincian={"nomor": pengiriman.nomor, "hash": pengiriman.hash},
    )
    pendaftaran.status = row.status
    return pengiriman


@transaction.atomic
def recognise_pengiriman(*, pendaftaran: Pendaftaran, kunci: str) -> Pengiriman | None:
    """The receipt in force of an entry that was sent already, for another key than its own.

    The key is remembered with that receipt, so that it never sends anew after a withdrawal. None
    when the entry is not sent. Safe to repeat.
    """
    row = lock_pendaftaran(pendaftaran)
    known = pengiriman_berlaku(row) if row.status == StatusPendaftaran.DIKIRIM else None
    if known and known.kunci != kunci:
        KunciUlang.objects.get_or_create(
            kunci=kunci, defaults={"pengiriman": known, "pada": clock.db_now()}
        )
    return known


def _lock(pendaftaran: Pendaftaran) -> Pendaftaran:
    """The entry for update, and its stage shared, so that no window moves meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM kompetisi_tahap WHERE edisi_id = %s FOR SHARE", [pendaftaran.edisi_id]
        )
    return lock_pendaftaran(pendaftaran)


def _require_complete(row: Pendaftaran, pernyataan: bool, nama: str, jabatan: str) -> None:  # noqa: FBT001
    mistakes = {}
    if not pernyataan:
        mistakes["pernyataan"] = "Setujui pernyataan kebenaran untuk mengirim."
    if not nama.strip():
        mistakes["penandatangan_nama"] = "Isi nama penanggung jawab."
    if not jabatan.strip():
        mistakes["penandatangan_jabatan"] = "Isi jabatan penanggung jawab."
    if mistakes:
        raise InvalidInputError("Pendaftaran belum terkirim.", rincian=mistakes)
    missing = kekurangan_of(row)
    lacks = no(f"Pendaftaran belum lengkap: {len(missing)} hal masih kurang.")
    (lacks if missing else YES).require()
    held = [item for item in gerbang_of(row) if item["tahan"]]
    reasons = [f"{i['butir'].nama}: {i['temuan'].keterangan} {i['temuan'].saran}" for i in held]
    (no(f"Syarat belum dipenuhi. {' '.join(reasons)}") if held else YES).require()


def _write_receipt(
    row: Pendaftaran,
    kunci: str,
    at: datetime,
    oleh: Pengguna,
    nama: str,
    jabatan: str,
    perbaikan: bool,  # noqa: FBT001
) -> Pengiriman:
    isi = cuplikan_of(row)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBER_LOCK])
    number = Pengiriman.objects.filter(pendaftaran__edisi=row.edisi_id).count() + 1
    return Pengiriman.objects.create(
        pendaftaran=row,
        nomor=f"TT-{row.edisi.tahun}-{number:06d}",
        kode_verifikasi=secrets.token_hex(16),
        kunci=kunci,
        pada=at,
        oleh=oleh,
        pernyataan=row.edisi.aturan.get("pernyataan_kebenaran", ""),
        penandatangan_nama=nama,
        penandatangan_jabatan=jabatan,
        perbaikan=perbaikan,
        isi=isi,
        hash=hash_cuplikan(isi),
    )


def _tell(row: Pendaftaran, pengiriman: Pengiriman) -> None:
    at = pengiriman.pada.astimezone(clock.WIB)
    for admin in admin_of(row.instansi):
        queue_pesan(
            kunci=f"tanda_terima:{pengiriman.nomor}:{admin.pk}",
            jenis="tanda_terima",
            edisi=row.edisi,
            isian={
                "kode": row.kode,
                "peserta": row.peserta,
                "jalur": row.jalur,
                "waktu": f"{at:%d-%m-%Y} pukul {at:%H.%M.%S} WIB",
                "nomor": pengiriman.nomor,
                "kode_verifikasi": pengiriman.kode_verifikasi,
                "sidik": pengiriman.hash,
            },
            kepada=admin,
            tautan=f"/registrasi/{row.kode}/tanda-terima/{pengiriman.nomor}/",
        )
