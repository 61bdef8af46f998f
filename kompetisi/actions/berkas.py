"""Comparing the stored files with the rows that name them."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.models import PeriksaBerkas
from kompetisi.queries.berkas import BerkasDipakai, files_named
from kompetisi.storage import hash_of, sha256_in

UNNAMED = timedelta(hours=1)  # longer than any upload needs from its file to its row
PIECES = timedelta(days=4)  # longer than pieces of an upload are kept
PIECES_FOLDER = "unggahan"
SAMPLE = 200  # files read whole in a daily check
KEPT = 90  # checks


def periksa_berkas(*, semua: bool) -> PeriksaBerkas:
    """Find files that rows name and that are gone or changed, and files that no row names.

    The former are an alarm, recorded in the audit log; the latter are moved to quarantine, never
    deleted. Every file is looked up, and a sample (or with `semua` each) is read whole. Safe to
    run while people upload, and twice at once.
    """
    named = files_named()
    real = clock.real_now()
    chosen = _chosen(list(named), semua)
    found = [one for item in named.values() if (one := _compare(item, item.kunci in chosen))]
    aside = _set_aside(named, real - UNNAMED)
    swept = default_storage.sweep(real - UNNAMED, PIECES_FOLDER, real - PIECES)
    with transaction.atomic():
        row = PeriksaBerkas.objects.create(
            pada=clock.now(),
            diperiksa=len(named),
            disidik=len(chosen),
            dikarantina=aside,
            disapu=swept,
            temuan=found,
        )
        if found:
            record(tindakan="berkas.alarm", objek=row, oleh=None, rincian={"temuan": found})
        old = PeriksaBerkas.objects.values_list("pk", flat=True)[KEPT:]
        PeriksaBerkas.objects.filter(pk__in=list(old)).delete()
    return row


def purge_berkas(kunci: Iterable[str]) -> int:
    """Remove for good these contents, save those that another row still names; how many.

    Safe to run while people upload (what is saved meanwhile is put back) and again.
    """
    before = clock.real_now()
    named, gone = files_named(), 0
    for name in kunci:
        if name in named:
            continue
        if default_storage.exists(name):
            gone += default_storage.set_aside(name, before)
        default_storage.forget(name)
    return gone


def _chosen(names: list[str], semua: bool) -> set[str]:  # noqa: FBT001
    whole = semua or len(names) <= SAMPLE
    return set(names if whole else random.sample(names, SAMPLE))


def _compare(item: BerkasDipakai, read: bool) -> dict | None:  # noqa: FBT001
    """What is wrong with a file, or None."""
    try:
        size = default_storage.size(item.kunci)
        same = item.ukuran in (None, size)
        if same and read:
            with default_storage.open(item.kunci) as stored:
                same = hash_of(stored) == sha256_in(item.kunci)
    except FileNotFoundError:
        return {"kunci": item.kunci, "masalah": "hilang", "apa": item.apa}
    return None if same else {"kunci": item.kunci, "masalah": "berubah", "apa": item.apa}


def _set_aside(named: dict[str, BerkasDipakai], before: datetime) -> int:
    old = [n for n, at in default_storage.stored() if n not in named and at < before.timestamp()]
    return sum(default_storage.set_aside(name, before) for name in old)
