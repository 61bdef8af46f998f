"""Writing the audit log. Every act of weight ends with `record(...)`."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from kompetisi import clock
from kompetisi.models import JejakAudit, Pengguna
from kompetisi.rules.jejak import GENESIS, compute_hash

CHAIN_LOCK = 310_2019  # any fixed number: one advisory lock guards the end of the chain


def record(
    *, tindakan: str, objek: models.Model, oleh: Pengguna | None, rincian: dict | None = None
) -> JejakAudit:
    """Append one record, chained to the last, in the caller's transaction.

    `oleh` None means the system itself. Raises TransactionManagementError outside a transaction:
    an act and its record stand or fall together. Never put scores or personal data in `rincian`
    beyond what the act itself is about.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("record() needs the act's transaction.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = JejakAudit.objects.order_by("-urutan").values_list("urutan", "hash").first()
    urutan, before = (last[0] + 1, last[1]) if last else (1, GENESIS)
    jejak = JejakAudit(
        urutan=urutan,
        pada=clock.now(),
        oleh=oleh,
        tindakan=tindakan,
        objek_jenis=objek._meta.label_lower,
        objek_kunci=str(objek.pk),
        rincian=json.loads(json.dumps(rincian or {}, cls=DjangoJSONEncoder)),
        hash_sebelum=before,
    )
    jejak.hash = compute_hash(jejak)
    jejak.save(force_insert=True)
    return jejak
