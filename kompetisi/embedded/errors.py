"""What can go wrong with the private servers."""


class EmbeddedError(RuntimeError):
    """A private server could not be started; the message says why and what to do."""
