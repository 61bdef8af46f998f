"""One's own data: taking a copy, asking to be erased, being erased.

Erasing empties the row of the person and leaves its number: acts, receipts and the audit log point
at the number and stay as they are (docs/decisions/0006-penghapusan.md).
"""

import csv
import io
import json
import zipfile
from typing import BinaryIO

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import Q

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.hooks import functions_of
from kompetisi.models import (
    AlamatDiragukan,
    Edisi,
    Pengguna,
    PermintaanPenghapusan,
    Pesan,
    PilihanPesan,
    StatusAntrean,
    TautanKalender,
)
from kompetisi.queries.ekspor import begins_formula
from kompetisi.queries.peran import peran_of
from kompetisi.queries.pribadi import data_pribadi, reasons_to_keep
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import YES, no

ERASED = "(dihapus)"
WAITING = (StatusAntrean.MENUNGGU, StatusAntrean.DITAMPUNG)


@transaction.atomic
def write_data_pribadi(*, oleh: Pengguna, file: BinaryIO) -> None:
    """Write a ZIP with data.json and berkas.csv, a list of the files one has sent in."""
    data = data_pribadi(oleh)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        archive.writestr("data.json", text)
        archive.writestr("berkas.csv", _table(data.get("berkas", [])))
    record(tindakan="data_pribadi.unduh", objek=oleh, oleh=oleh)


def _table(rows: list[dict]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        cells = [str(value) for value in row.values()]
        writer.writerow([f"'{cell}" if begins_formula(cell) else cell for cell in cells])
    return out.getvalue()


@transaction.atomic
def request_penghapusan(*, oleh: Pengguna, alasan: str) -> PermintaanPenghapusan:
    """Ask to be erased; a request that waits already is given back."""
    try:
        with transaction.atomic():
            row = PermintaanPenghapusan.objects.create(
                pengguna=oleh, alasan=alasan.strip(), diajukan_pada=clock.now()
            )
    except IntegrityError:
        return PermintaanPenghapusan.objects.get(pengguna=oleh, putusan="")
    record(tindakan="pribadi.minta_hapus", objek=row, oleh=oleh)
    return row


@transaction.atomic
def refuse_penghapusan(
    *, permintaan: PermintaanPenghapusan, alasan: str, edisi: Edisi, oleh: Pengguna
) -> None:
    """Decline, with the reason; the person reads it in the profile."""
    check_aksi("pribadi.hapus", peran_of(oleh, edisi)).require()
    if not alasan.strip():
        raise InvalidInputError("Tuliskan alasan menolak.", rincian={"alasan": "Tuliskan alasan."})
    _decide(permintaan, PermintaanPenghapusan.Putusan.DITOLAK, alasan.strip(), oleh)
    record(tindakan="pribadi.tolak_hapus", objek=permintaan, oleh=oleh)


@transaction.atomic
def erase_pengguna(*, orang: Pengguna, edisi: Edisi | None, oleh: Pengguna | None) -> None:
    """Make a person unrecognisable: the account, the messages, what each app keeps of them.

    `oleh` None means the system (the command). Nothing happens the second time. Raises
    NotAllowedError while the person is still needed, with what to do first.
    """
    if oleh is not None:
        check_aksi("pribadi.hapus", peran_of(oleh, edisi) if edisi else frozenset()).require()
    row = Pengguna.objects.select_for_update().get(pk=orang.pk)
    if row.email == erased_address(row):
        return
    reasons = reasons_to_keep(row)
    (no(" ".join(reasons)) if reasons else YES).require()
    for function in functions_of("HAPUS_PRIBADI"):
        function(row)
    _empty_account(row)
    for asked in PermintaanPenghapusan.objects.filter(pengguna=row, putusan=""):
        _decide(asked, PermintaanPenghapusan.Putusan.DIHAPUS, "", oleh)
    PermintaanPenghapusan.objects.filter(pengguna=row).update(alasan="")
    record(tindakan="pribadi.hapus", objek=row, oleh=oleh)


def erased_address(row: Pengguna) -> str:
    """The address that stands for an erased person; nobody can receive mail there."""
    return f"terhapus-{row.pk}@dihapus.invalid"


def _empty_account(row: Pengguna) -> None:
    address = row.email
    AlamatDiragukan.objects.filter(alamat=address).delete()
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=row).delete()
    sessions = UserSession.objects.filter(user=row)
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()
    for model in (PilihanPesan, TautanKalender):
        model.objects.filter(pengguna=row).delete()
    row.email, row.nama = erased_address(row), f"Orang terhapus {row.pk}"
    row.jabatan = row.telepon = ""
    row.is_active = row.is_staff = row.is_superuser = False
    row.last_login = None
    row.set_unusable_password()
    row.save()
    mails = Pesan.objects.filter(Q(kepada=row) | Q(kepada=None, alamat__iexact=address))
    mails.filter(status__in=WAITING).update(status=StatusAntrean.DIBATALKAN)
    mails.update(alamat=row.email, subjek=ERASED, isi=ERASED, isian={}, tautan="", galat="")


def _decide(row: PermintaanPenghapusan, putusan: str, keterangan: str, oleh: Pengguna) -> None:
    row.putusan, row.keterangan = putusan, keterangan
    row.diputus_oleh, row.diputus_pada = oleh, clock.now()
    row.save(update_fields=["putusan", "keterangan", "diputus_oleh", "diputus_pada"])
