"""Making, using and revoking a token of the read API."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Pengguna, TokenApi
from kompetisi.queries.kalender import hash_token
from kompetisi.queries.token import PREFIX, token_list
from kompetisi.rules.cakupan import CAKUPAN, MASA_HARI
from kompetisi.rules.verdict import YES, no

MOST = 10
SECRET_BYTES = 32
USED_EXACT_TO = timedelta(hours=1)


@transaction.atomic
def create_token(*, oleh: Pengguna, nama: str, cakupan: Collection[str], hari: int) -> str:
    """Make a token for oneself that holds `hari` days; returns its secret, which is shown only now.

    Raises InvalidInputError for an unknown scope or duration, NotAllowedError with too many.
    """
    if not cakupan or not CAKUPAN.keys() >= set(cakupan):
        raise InvalidInputError("Pilih sedikitnya satu hal yang boleh dibaca.")
    if hari not in MASA_HARI:
        raise InvalidInputError("Pilih salah satu masa berlaku yang tersedia.")
    Pengguna.objects.select_for_update().get(pk=oleh.pk)
    now = clock.now()
    full = token_list(oleh, now).count() >= MOST
    (no(f"Paling banyak {MOST} token. Cabut satu lebih dahulu.") if full else YES).require()
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    row = TokenApi.objects.create(
        pengguna=oleh,
        nama=nama,
        sidik=hash_token(secret),
        cakupan=sorted(set(cakupan)),
        dibuat_pada=now,
        berakhir_pada=now + timedelta(days=hari),
    )
    rincian = {"nama": nama, "cakupan": row.cakupan, "berakhir_pada": row.berakhir_pada}
    record(tindakan="token.buat", objek=row, oleh=oleh, rincian=rincian)
    return secret


@transaction.atomic
def revoke_token(*, pk: int, oleh: Pengguna) -> bool:
    """Revoke one of one's own tokens; false when there is none such in force."""
    now = clock.now()
    changed = token_list(oleh, now).filter(pk=pk).update(dicabut_pada=now)
    if changed:
        record(tindakan="token.cabut", objek=TokenApi.objects.get(pk=pk), oleh=oleh)
    return bool(changed)


def note_use(token: TokenApi, at: datetime) -> None:
    """Keep that a token was used, at most once an hour, so that reading stays reading."""
    stale = Q(dipakai_pada=None) | Q(dipakai_pada__lt=at - USED_EXACT_TO)
    TokenApi.objects.filter(stale, pk=token.pk).update(dipakai_pada=at)
