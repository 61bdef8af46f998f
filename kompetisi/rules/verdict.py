"""An answer that carries its reason."""

from dataclasses import dataclass

from kompetisi.errors import NotAllowedError


@dataclass(frozen=True)
class Verdict:
    """Allowed or not, and why not: the same sentence serves the button, the page and the log."""

    ok: bool
    alasan: str = ""

    def __bool__(self) -> bool:
        return self.ok

    def require(self) -> None:
        """Do nothing when allowed; raise NotAllowedError with the reason otherwise."""
        if not self.ok:
            raise NotAllowedError(self.alasan)


YES = Verdict(ok=True)


def no(alasan: str) -> Verdict:
    """A refusal with its reason, a sentence in Indonesian."""
    return Verdict(ok=False, alasan=alasan)


def all_of(*verdicts: Verdict) -> Verdict:
    """The first refusal, or a yes."""
    return next((verdict for verdict in verdicts if not verdict.ok), YES)
