"""Moving the clock of a demonstration, to rehearse a closing day."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.models import Jam, Pengguna
from kompetisi.rules.verdict import YES, no


@transaction.atomic
def set_jam(*, to: datetime | None, oleh: Pengguna | None = None) -> None:
    """Let all processes' clock run on from `to`; None gives the real time back.

    Raises NotAllowedError where settings.CLOCK_MOVABLE is false.
    """
    movable = settings.CLOCK_MOVABLE
    (YES if movable else no("Jam hanya dapat digeser dalam mode demo.")).require()
    geser = to - clock.real_now() if to else timedelta(0)
    jam, _ = Jam.objects.update_or_create(pk=1, defaults={"geser": geser})
    clock.forget_shared()
    record(tindakan="jam.geser", objek=jam, oleh=oleh, rincian={"ke": to})
