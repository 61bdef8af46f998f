"""Asking to represent an agency, its units, and whom its admin appoints for them."""

from datetime import date

from django.db import IntegrityError, transaction

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Edisi, Pengguna
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import YES, all_of, no
from registrasi.actions.hak import decide_hak
from registrasi.models import Berkas, Instansi, Keanggotaan, StatusKeanggotaan, UnitPengelola
from registrasi.models.keanggotaan import PeranInstansi
from registrasi.queries.keanggotaan import peran_di
from registrasi.rules.akun import can_ask_akun, can_withdraw_akun, check_alasan
from registrasi.rules.surat import check_surat_tugas

HOME = "/registrasi/"


@transaction.atomic
def request_keanggotaan(
    *,
    instansi: Instansi,
    nomor_surat_tugas: str,
    tanggal_surat: date,
    surat_tugas: Berkas,
    oleh: Pengguna,
    edisi: Edisi | None = None,
    nama: str = "",
    jabatan: str = "",
    menggantikan: str = "",
) -> Keanggotaan:
    """Ask to become the admin of an agency, or to go on by a new letter; the secretariat decides.

    `nama` and `jabatan`, when given, are kept in the person's profile; `menggantikan` names the
    official who has moved. The letter must hold today (WIB, by the database's clock) for as long as
    `edisi` says (`masa_surat_tugas_bulan`). Raises InvalidInputError when it does not, when a
    request of the same person for the agency waits or a right without an end is in force.
    """
    _check_letter(tanggal_surat, edisi)
    before = list(instansi.keanggotaan.filter(pengguna=oleh, unit=None))
    verdict = can_ask_akun(
        {row.keadaan for row in before},
        berbatas=all(row.berlaku_sampai for row in before if row.berlaku),
    )
    if not verdict:
        raise InvalidInputError(verdict.alasan)
    try:
        with transaction.atomic():
            row = Keanggotaan.objects.create(
                pengguna=oleh,
                instansi=instansi,
                nomor_surat_tugas=nomor_surat_tugas.strip(),
                tanggal_surat=tanggal_surat,
                surat_tugas=surat_tugas,
                menggantikan=menggantikan.strip(),
                diajukan_pada=clock.now(),
            )
    except IntegrityError as error:
        raise InvalidInputError(
            f"Permohonan Anda untuk {instansi} sudah ada; tunggu keputusan sekretariat."
        ) from error
    if nama.strip() or jabatan.strip():
        oleh.nama, oleh.jabatan = nama.strip() or oleh.nama, jabatan.strip() or oleh.jabatan
        oleh.save(update_fields=["nama", "jabatan"])
    rincian = {"instansi": instansi.kode, "tanggal_surat": tanggal_surat}
    record(tindakan="akun.ajukan", objek=row, oleh=oleh, rincian=rincian)
    return row


def _check_letter(tanggal_surat: date, edisi: Edisi | None) -> None:
    months = edisi.aturan.get("masa_surat_tugas_bulan") if edisi else None
    today = clock.db_now().astimezone(clock.WIB).date()
    if not (verdict := check_surat_tugas(tanggal_surat, months, today)):
        raise InvalidInputError(verdict.alasan, rincian={"tanggal_surat": verdict.alasan})


@transaction.atomic
def withdraw_keanggotaan(*, keanggotaan: Keanggotaan, oleh: Pengguna) -> Keanggotaan:
    """Take back one's own request before it is decided; another may be made at once.

    It leaves the secretariat's queue; the row and its letter stay, as those of a refused one do.
    Taking back twice does nothing more. Raises NotAllowedError for another's request, and once it
    was decided: of a decision and a withdrawal at the same moment, the first to hold the row wins.
    """
    rows = Keanggotaan.objects.select_for_update(of=("self",))
    row = rows.select_related("pengguna", "instansi", "unit").get(pk=keanggotaan.pk)
    own = row.pengguna_id == oleh.pk
    if own and row.status == StatusKeanggotaan.DITARIK:
        return row
    can_withdraw_akun(row.status, milik_sendiri=own).require()
    decide_hak(row, StatusKeanggotaan.DITARIK, oleh, "")
    return row


@transaction.atomic
def add_unit(
    *, instansi: Instansi, nama: str, jenis: str, oleh: Pengguna, alamat: str = ""
) -> UnitPengelola:
    """Add a unit to an agency. Raises InvalidInputError when the name is taken."""
    check_aksi("unit.atur", peran_di(oleh, instansi)).require()
    name = " ".join(nama.split())
    taken = InvalidInputError(
        "Unit dengan nama ini sudah ada.", rincian={"nama": "Unit dengan nama ini sudah ada."}
    )
    if UnitPengelola.objects.filter(instansi=instansi, nama__iexact=name).exists():
        raise taken
    try:
        with transaction.atomic():
            unit = UnitPengelola.objects.create(
                instansi=instansi, nama=name, jenis=jenis, alamat=alamat
            )
    except IntegrityError as error:
        raise taken from error
    record(tindakan="unit.tambah", objek=unit, oleh=oleh, rincian={"instansi": instansi.kode})
    return unit


@transaction.atomic
def revoke_admin_unit(*, keanggotaan: Keanggotaan, alasan: str, oleh: Pengguna) -> Keanggotaan:
    """End the appointment of a unit's admin, with a reason that the person is told.

    Raises NotAllowedError for anything but an appointment in force of the admin's own agency.
    """
    rows = Keanggotaan.objects.select_for_update(of=("self",))
    row = rows.select_related("pengguna", "instansi", "unit").get(pk=keanggotaan.pk)
    in_force = row.peran == PeranInstansi.ADMIN_UNIT and row.berlaku
    all_of(
        check_aksi("anggota.atur", peran_di(oleh, row.instansi)),
        YES if in_force else no("Hanya penunjukan admin unit yang berlaku dapat dicabut."),
        check_alasan(alasan, "mencabut penunjukan"),
    ).require()
    row.status, row.alasan = StatusKeanggotaan.DICABUT, alasan.strip()
    row.diputus_oleh, row.diputus_pada = oleh, clock.now()
    row.save(update_fields=["status", "alasan", "diputus_oleh", "diputus_pada"])
    record(
        tindakan="anggota.cabut",
        objek=row,
        oleh=oleh,
        rincian={"pengguna": row.pengguna_id, "unit": row.unit_id, "alasan": row.alasan},
    )
    queue_pesan(
        kunci=f"admin_unit_dicabut:{row.pk}",
        jenis="admin_unit_dicabut",
        isian={"unit": row.unit, "alasan": row.alasan},
        kepada=row.pengguna,
        tautan=HOME,
    )
    return row
