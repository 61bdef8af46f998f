"""Whether what a message was queued for is so still."""

from kompetisi import clock
from kompetisi.hooks import function_named
from kompetisi.models import Pesan


def still_true(pesan: Pesan) -> bool:
    """Ask the app that owns the condition of this message; one without condition always holds."""
    if not pesan.syarat:
        return True
    name, _, argumen = pesan.syarat.partition(":")
    return function_named("SYARAT_PESAN", name)(argumen, clock.now())
