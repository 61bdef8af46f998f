"""People: their profile and the roles PANRB grants them."""

from django.db import IntegrityError, transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Edisi, Pengguna, Peran
from kompetisi.models.pengguna import JenisPeran
from kompetisi.queries.peran import peran_of
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import YES, no


@transaction.atomic
def update_profil(
    *, oleh: Pengguna, nama: str, jabatan: str, telepon: str, zona_waktu: str
) -> None:
    """Change one's own profile."""
    oleh.nama, oleh.jabatan = nama, jabatan
    oleh.telepon, oleh.zona_waktu = telepon, zona_waktu
    oleh.save(update_fields=["nama", "jabatan", "telepon", "zona_waktu"])
    record(tindakan="profil.ubah", objek=oleh, oleh=oleh)


@transaction.atomic
def grant_peran(*, email: str, jenis: str, edisi: Edisi, oleh: Pengguna | None) -> Peran:
    """Grant a role to the account with this address; nothing changes when it is held already.

    `oleh` None means the system (set-up). Raises NotAllowedError without the right,
    InvalidInputError when no account has the address.
    """
    if oleh is not None:
        check_aksi("peran.atur", peran_of(oleh, edisi)).require()
    person = Pengguna.objects.select_for_update().filter(email=email.strip().lower()).first()
    if person is None:
        pesan = "Belum ada akun dengan alamat ini. Minta yang bersangkutan mendaftar akun dahulu."
        raise InvalidInputError(pesan, rincian={"email": pesan})
    try:
        with transaction.atomic():
            peran = Peran.objects.create(
                pengguna=person,
                edisi=edisi,
                jenis=jenis,
                diberikan_oleh=oleh,
                diberikan_pada=clock.now(),
            )
    except IntegrityError:
        return Peran.objects.get(pengguna=person, edisi=edisi, jenis=jenis, dicabut_pada=None)
    if not person.is_staff:  # whoever judges or reads scores signs in with a second factor
        person.is_staff = True
        person.save(update_fields=["is_staff"])
    record(
        tindakan="peran.beri", objek=peran, oleh=oleh, rincian={"jenis": jenis, "kepada": person.pk}
    )
    return peran


@transaction.atomic
def revoke_peran(*, peran: Peran, oleh: Pengguna) -> None:
    """End a role at once; one's own admin role cannot be given up, so that one always remains."""
    check_aksi("peran.atur", peran_of(oleh, peran.edisi)).require()
    own = peran.pengguna_id == oleh.pk and peran.jenis == JenisPeran.ADMIN_PANRB
    (no("Peran admin Anda sendiri hanya dapat dicabut admin lain.") if own else YES).require()
    changed = Peran.objects.filter(pk=peran.pk, dicabut_pada=None).update(dicabut_pada=clock.now())
    if changed:
        record(tindakan="peran.cabut", objek=peran, oleh=oleh, rincian={"jenis": peran.jenis})
