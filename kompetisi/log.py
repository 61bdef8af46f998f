"""Log lines that carry the request's reference number and no personal data."""

import logging
import re
from contextvars import ContextVar

reference: ContextVar[str] = ContextVar("reference", default="-")

ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w.])(?:\+62|62|0)8[\d -]{7,14}\d")
# What PostgreSQL adds to an error quotes the row: names, numbers, addresses.
DETAIL = re.compile(r"(?m)^(DETAIL|CONTEXT|PARAMETERS):.*$")


class ReferenceFilter(logging.Filter):
    """Put the reference number of the present request on each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, with its number."""
        record.rujukan = reference.get()
        return True


class DiscreetFormatter(logging.Formatter):
    """Leave out addresses, mobile numbers and quoted rows; keep one event from faking another."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, or the lines of a traceback, without what identifies a person."""
        text = DETAIL.sub(r"\1: (dihilangkan)", super().format(record))
        return PHONE.sub("(telepon)", ADDRESS.sub("(surel)", text))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """The message on one line, whatever it quotes."""
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)
