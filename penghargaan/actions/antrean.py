"""Carrying out the queued work of penghargaan under its lease."""

from kompetisi.actions.antrean import fail_work, finish_work, take_work
from kompetisi.models import Pekerjaan
from penghargaan.actions.piagam import render_and_store


def carry_out_piagam(*, pk: int) -> bool:
    """Render the certificate of a queued row; False when another has it, or it failed.

    A fault of any kind is noted at the row and tried again later: the row is the record.
    """
    work = take_work(Pekerjaan, pk)
    if work is None:
        return False
    try:
        render_and_store(pk=work.argumen["piagam"])
    except Exception as error:  # noqa: BLE001 - whatever it was, the row says so and waits
        fail_work(work, f"{type(error).__name__}: {error}")
        return False
    finish_work(work)
    return True
