"""A person's choices about messages."""

from collections.abc import Collection

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Pengguna, Pesan, PilihanPesan, StatusAntrean
from kompetisi.queries.pilihan import jenis_pilihan
from kompetisi.rules.naskah import JenisPesan
from kompetisi.rules.telepon import normal_telepon


@transaction.atomic
def update_pilihan(
    *,
    oleh: Pengguna,
    cara: str,
    ditolak: Collection[str],
    nomor: str | None = None,
    setuju: bool = False,
) -> PilihanPesan:
    """Change one's own choices; without consent no number is kept.

    `nomor` None leaves number and consent as they are. Raises InvalidInputError for a number that
    is none, and for consent without a number.
    """
    row, _ = PilihanPesan.objects.select_for_update().get_or_create(pengguna=oleh)
    known = {kode for kode, _ in jenis_pilihan()}
    row.cara, row.ditolak = cara, sorted(known.intersection(ditolak))
    if nomor is not None:
        _set_nomor(row, nomor, setuju=setuju)
    row.save()
    _withhold(row)
    record(
        tindakan="pilihan_pesan.ubah",
        objek=row,
        oleh=oleh,
        rincian={"cara": row.cara, "ditolak": row.ditolak, "telepon": row.dapat_ditelepon},
    )
    return row


@transaction.atomic
def refuse_jenis(*, pengguna: int, jenis: JenisPesan) -> None:
    """Stop one kind of mail to a person (primary key), for whoever holds the address that says so.

    Nothing happens the second time, nor for somebody who is gone. Raises ValueError for a kind
    that cannot be refused.
    """
    if jenis.harus:
        raise ValueError(f"{jenis.kode} cannot be refused.")
    person = Pengguna.objects.filter(pk=pengguna, is_active=True).first()
    if person is None:
        return
    row, _ = PilihanPesan.objects.select_for_update().get_or_create(pengguna=person)
    if jenis.kode in row.ditolak:
        return
    row.ditolak = sorted([*row.ditolak, jenis.kode])
    row.save(update_fields=["ditolak"])
    _withhold(row)
    record(tindakan="pilihan_pesan.berhenti", objek=row, oleh=None, rincian={"jenis": jenis.kode})


def _withhold(row: PilihanPesan) -> None:
    """What was refused and has not left yet stays in the application."""
    Pesan.objects.filter(
        kepada=row.pengguna_id,
        jenis__in=row.ditolak,
        status__in=[StatusAntrean.MENUNGGU, StatusAntrean.DITAMPUNG],
    ).update(status=StatusAntrean.TANPA_SUREL)


def _set_nomor(row: PilihanPesan, nomor: str, *, setuju: bool) -> None:
    normal = normal_telepon(nomor)
    if not setuju:
        row.nomor, row.setuju_pada = "", None
        return
    if not normal:
        pesan = "Tuliskan nomor telepon seluler, misalnya 0812 3456 7890."
        raise InvalidInputError(pesan, rincian={"nomor": pesan})
    if normal != row.nomor or row.setuju_pada is None:
        row.nomor, row.setuju_pada = normal, clock.now()
