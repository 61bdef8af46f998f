"""Refusals that carry their reason, raised below the views and shown by them."""


class KompetisiError(Exception):
    """Base of the refusals of this project; `alasan` is a sentence for people, in Indonesian."""

    def __init__(self, alasan: str, *, rincian: dict | None = None) -> None:
        super().__init__(alasan)
        self.alasan = alasan
        self.rincian = rincian or {}


class NotAllowedError(KompetisiError):
    """The act is not allowed to this person, in this state, at this moment (HTTP 403)."""


class StaleVersionError(KompetisiError):
    """Somebody else, or another tab, changed the same thing first (HTTP 409).

    `rincian` carries `tersimpan` (what is stored), `versi` (its version) and `oleh` when known,
    so that the page can show both texts and lose neither.
    """


class InvalidInputError(KompetisiError):
    """What was given cannot be used; `rincian` maps field names to messages (HTTP 422)."""


class StorageAwayError(InvalidInputError):
    """A file could not be stored although nothing is wrong with it: worth trying again."""
