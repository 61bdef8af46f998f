"""Making an entry, keeping who it is, taking it back."""

import secrets
from datetime import date

from django.db import IntegrityError, transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.models import Edisi, Jalur, Pengguna
from kompetisi.queries.edisi import keadaan_of
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import YES, all_of, no
from registrasi.actions.status import change_status, lock_pendaftaran
from registrasi.models import (
    Instansi,
    Penarikan,
    Pendaftaran,
    RiwayatStatus,
    StatusPendaftaran,
    UnitPengelola,
)
from registrasi.queries.izin import izin_of
from registrasi.queries.keanggotaan import peran_di
from registrasi.queries.pendaftaran import jalur_for, pengiriman_terakhir
from registrasi.rules.pribadi import check_pribadi

IDENTITAS = (
    "judul", "mulai_pemakaian", "terhubung_lapor", "narahubung_nama", "narahubung_telepon",
)  # fmt: skip
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without those that are read one for another


@transaction.atomic
def create_pendaftaran(
    *, edisi: Edisi, jalur: Jalur, instansi: Instansi, unit: UnitPengelola | None, oleh: Pengguna
) -> Pendaftaran:
    """Open a draft in a track. Raises NotAllowedError outside the window or without the role,
    InvalidInputError when it exists already or the track is for others."""
    now = clock.db_now()
    peran = peran_di(oleh, instansi, unit)
    check_aksi("pendaftaran.buat", peran, keadaan_of(edisi, "pendaftaran", now)).require()
    _check_fit(edisi, jalur, instansi, unit)
    try:
        with transaction.atomic():
            row = Pendaftaran.objects.create(
                kode=make_kode(edisi),
                edisi=edisi,
                jalur=jalur,
                instansi=instansi,
                unit=unit,
                dibuat_oleh=oleh,
                dibuat_pada=now,
                diubah_pada=now,
            )
    except IntegrityError as error:
        raise InvalidInputError(
            "Pendaftaran untuk peserta ini pada jalur ini sudah ada; lanjutkan yang sudah ada."
        ) from error
    RiwayatStatus.objects.create(pendaftaran=row, ke=StatusPendaftaran.DRAF, pada=now, oleh=oleh)
    record(tindakan="pendaftaran.buat", objek=row, oleh=oleh, rincian={"kode": row.kode})
    return row


def make_kode(edisi: Edisi) -> str:
    """A code to read out over the telephone, for example P19-7KQ2M9: 31^6, nearly 900 million."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(6))
    return f"P{edisi.tahun % 100:02d}-{letters}"


def _check_fit(edisi: Edisi, jalur: Jalur, instansi: Instansi, unit: UnitPengelola | None) -> None:
    wants_unit = jalur.sasaran == "unit"
    most = edisi.aturan.get("maks_unit_per_instansi")
    mistakes = [
        (jalur not in jalur_for(instansi, edisi), "Jalur ini tidak terbuka untuk instansi Anda."),
        (wants_unit and unit is None, "Pilih unit yang didaftarkan pada jalur ini."),
        (not wants_unit and unit is not None, "Jalur ini untuk instansi, bukan unit."),
        (unit is not None and unit.instansi_id != instansi.pk, "Unit itu milik instansi lain."),
        (
            wants_unit
            and bool(most)
            and instansi.pendaftaran.filter(edisi=edisi, unit__isnull=False).count() >= most,
            f"Satu instansi paling banyak mendaftarkan {most} unit.",
        ),
    ]
    for wrong, message in mistakes:
        if wrong:
            raise InvalidInputError(message)


def lock_for_edit(pendaftaran: Pendaftaran, oleh: Pengguna) -> Pendaftaran:
    """The entry, locked and marked as changed, if this person may change it now.

    Now is by the database's clock.

    Raises NotAllowedError otherwise. Call within the act's transaction.
    """
    row = lock_pendaftaran(pendaftaran)
    izin_of(oleh, row, clock.db_now())["isi"].require()
    row.diubah_pada = clock.now()
    row.save(update_fields=["diubah_pada"])
    return row


@transaction.atomic
def save_identitas(
    *,
    pendaftaran: Pendaftaran,
    versi: int,
    oleh: Pengguna,
    judul: str,
    mulai_pemakaian: date | None,
    terhubung_lapor: bool,
    narahubung_nama: str,
    narahubung_telepon: str,
) -> Pendaftaran:
    """Keep who and what the entry is. Raises StaleVersionError when another saved first,
    InvalidInputError for a NIK."""
    row = lock_for_edit(pendaftaran, oleh)
    if row.versi != versi:
        raise StaleVersionError(
            "Bagian ini sudah diubah dari perangkat atau orang lain.",
            rincian={
                "versi": row.versi,
                "tersimpan": row.judul,
                **{name: getattr(row, name) for name in IDENTITAS},
            },
        )
    for name, text in (("judul", judul), ("narahubung_nama", narahubung_nama)):
        if not (verdict := check_pribadi(text)):
            raise InvalidInputError(verdict.alasan, rincian={name: verdict.alasan})
    row.judul, row.mulai_pemakaian, row.terhubung_lapor = judul, mulai_pemakaian, terhubung_lapor
    row.narahubung_nama, row.narahubung_telepon = narahubung_nama, narahubung_telepon
    row.versi, row.diubah_pada = row.versi + 1, clock.now()
    row.save()
    return row


@transaction.atomic
def withdraw_pendaftaran(*, pendaftaran: Pendaftaran, alasan: str, oleh: Pengguna) -> Penarikan:
    """Take a sent entry back while registration is open; it becomes a draft again.

    The receipt stays and says that it was withdrawn.
    """
    row = lock_pendaftaran(pendaftaran)
    at = clock.db_now()
    pengiriman = pengiriman_terakhir(row)
    all_of(
        izin_of(oleh, row, at)["tarik"],
        YES if pengiriman else no("Belum ada pengiriman yang dapat ditarik."),
    ).require()
    penarikan = Penarikan.objects.create(
        pengiriman=pengiriman, pada=at, oleh=oleh, alasan=alasan.strip()
    )
    change_status(
        pendaftaran=row,
        ke=StatusPendaftaran.DRAF,
        oleh=oleh,
        alasan=alasan.strip(),
        dari=[StatusPendaftaran.DIKIRIM],
    )
    record(tindakan="pendaftaran.tarik", objek=row, oleh=oleh, rincian={"nomor": pengiriman.nomor})
    pendaftaran.status = row.status
    return penarikan
