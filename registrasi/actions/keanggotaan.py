"""Asking to represent an agency, and the units of an agency."""

from django.db import IntegrityError, transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Pengguna
from kompetisi.rules.matriks import check_aksi
from registrasi.models import Berkas, Instansi, Keanggotaan, UnitPengelola
from registrasi.queries.keanggotaan import peran_di


@transaction.atomic
def request_keanggotaan(
    *, instansi: Instansi, nomor_surat_tugas: str, surat_tugas: Berkas, oleh: Pengguna
) -> Keanggotaan:
    """Ask to become the admin of an agency; the secretariat decides.

    Raises InvalidInputError when a request of the same person for it waits or is in force.
    """
    try:
        with transaction.atomic():
            row = Keanggotaan.objects.create(
                pengguna=oleh,
                instansi=instansi,
                nomor_surat_tugas=nomor_surat_tugas.strip(),
                surat_tugas=surat_tugas,
                diajukan_pada=clock.now(),
            )
    except IntegrityError as error:
        raise InvalidInputError(
            f"Permohonan Anda untuk {instansi} sudah ada; tunggu keputusan sekretariat."
        ) from error
    record(
        tindakan="akun.ajukan", objek=row, oleh=oleh, rincian={"instansi": instansi.kode}
    )
    return row


@transaction.atomic
def add_unit(
    *, instansi: Instansi, nama: str, jenis: str, oleh: Pengguna, alamat: str = ""
) -> UnitPengelola:
    """Add a unit to an agency. Raises InvalidInputError when the name is taken."""
    check_aksi("unit.atur", peran_di(oleh, instansi)).require()
    name = " ".join(nama.split())
    if UnitPengelola.objects.filter(instansi=instansi, nama__iexact=name).exists():
        raise InvalidInputError(
            "Unit dengan nama ini sudah ada.", rincian={"nama": "Pakai nama lain."}
        )
    unit = UnitPengelola.objects.create(instansi=instansi, nama=name, jenis=jenis, alamat=alamat)
    record(tindakan="unit.tambah", objek=unit, oleh=oleh, rincian={"instansi": instansi.kode})
    return unit
