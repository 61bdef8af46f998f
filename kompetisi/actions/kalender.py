"""Making and revoking the secret address of one's own calendar."""

import secrets

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.models import Pengguna, TautanKalender
from kompetisi.queries.kalender import hash_token, tautan_of
from kompetisi.rules.verdict import YES, no

MOST = 5
SECRET_BYTES = 24


@transaction.atomic
def create_tautan(*, oleh: Pengguna) -> str:
    """Make a new address for one's own calendar; returns its secret, which is shown only now.

    Raises NotAllowedError with too many in force.
    """
    Pengguna.objects.select_for_update().get(pk=oleh.pk)
    full = tautan_of(oleh).count() >= MOST
    (no(f"Paling banyak {MOST} alamat. Cabut satu lebih dahulu.") if full else YES).require()
    token = secrets.token_urlsafe(SECRET_BYTES)
    row = TautanKalender.objects.create(
        pengguna=oleh, sidik=hash_token(token), dibuat_pada=clock.now()
    )
    record(tindakan="kalender.buat", objek=row, oleh=oleh)
    return token


@transaction.atomic
def revoke_tautan(*, pk: int, oleh: Pengguna) -> bool:
    """Revoke one of one's own addresses; false when there is none such in force."""
    changed = tautan_of(oleh).filter(pk=pk).update(dicabut_pada=clock.now())
    if changed:
        record(tindakan="kalender.cabut", objek=TautanKalender.objects.get(pk=pk), oleh=oleh)
    return bool(changed)
