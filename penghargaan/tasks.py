"""The award's work without a person."""

from celery import shared_task

from kompetisi import clock
from penghargaan.actions.antrean import carry_out_piagam
from penghargaan.actions.pengumuman import complete_due
from penghargaan.actions.retensi import carry_out_retensi


@shared_task(name="penghargaan.render_piagam")
def render_piagam(pk: int) -> None:
    """Render one certificate; `pk` is the row of the work. Safe to run twice."""
    carry_out_piagam(pk=pk)


@shared_task(name="penghargaan.tuntaskan_penerbitan")
def tuntaskan_penerbitan() -> None:
    """Statuses, announcement and messages after a publication's instant; beat calls it."""
    complete_due(at=clock.now())


@shared_task(name="penghargaan.retensi")
def retensi() -> None:
    """Erase what the editions keep no longer; beat calls it daily."""
    carry_out_retensi(at=clock.now())
