"""Reports that a mail could not be delivered (RFC 3464), and what a mail server's refusal means."""

import email.policy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser

MAX_BYTES = 1024 * 1024
MESSAGE_ID = re.compile(r"<pesan-(\d{1,18})@[^<>\s]{1,255}>")
POLICY_STATUS = re.compile(r"\b5\.7\.\d{1,3}\b")
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Pantulan:
    """One recipient that a message of ours did not reach for good."""

    pesan: int
    alamat: str
    sebab: str


def parse_report(raw: bytes) -> list[Pantulan]:
    """The permanent failures that a delivery report names; [] for anything else.

    Only the machine-readable part counts, and only for a message of ours: its Message-ID, which
    the returned original carries, is `<pesan-PK@...>`. Reports of delay are passed over. Never
    raises, whatever the bytes are.
    """
    try:
        # The old policy keeps headers as they are: parsing them by grammar may fail on hostile
        # ones, and nothing here needs it.
        mail = BytesParser(policy=email.policy.compat32).parsebytes(raw[:MAX_BYTES])
        if mail.get_content_type() != "multipart/report" or not mail.is_multipart():
            return []
        parts = [part for part in mail.get_payload() if isinstance(part, Message)]
        number = _our_number(parts)
        return [] if number is None else list(_failures(parts, number))
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        return []


def _our_number(parts: list[Message]) -> int | None:
    """The row that the returned original, or what is left of it, belongs to."""
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/rfc822" and part.is_multipart():
            header = str(part.get_payload(0).get("Message-ID", ""))
        elif kind == "text/rfc822-headers":
            text = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")
            header = next(
                (line for line in text.splitlines() if line.lower().startswith("message-id:")), ""
            )
        else:
            continue
        if found := MESSAGE_ID.search(header):
            return int(found.group(1))
    return None


def _failures(parts: list[Message], number: int) -> Iterator[Pantulan]:
    reports = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    for report in reports:
        if not report.is_multipart():
            continue
        for block in report.get_payload()[1:]:  # the first block is about the whole message
            action = str(block.get("Action", "")).strip().lower()
            status = str(block.get("Status", "")).strip()
            address = _address(block.get("Final-Recipient")) or _address(
                block.get("Original-Recipient")
            )
            if action == "failed" and status.startswith("5") and address:
                why = _address(block.get("Diagnostic-Code"))
                yield Pantulan(number, address.lower(), clean(f"{status} {why}"))


def _address(value: object) -> str:
    """What follows the type in `rfc822; dewi@example.go.id`."""
    return str(value or "").partition(";")[2].strip().strip("<>")


def clean(text: str) -> str:
    """A cause fit to be kept and shown: one line, no control characters, not long."""
    return " ".join(CONTROL.sub(" ", text).split())[:200]


def refusal_of(recipients: Mapping[str, tuple[int, bytes]]) -> str:
    """Why a mail server refuses an address for good; empty when it may be tried again.

    The 5xx answers count, save those about policy (5.7.x): these are about us, not the address.
    """
    answers = list(recipients.values())
    if not answers or any(not 500 <= code < 600 for code, _ in answers):
        return ""
    code, text = answers[0]
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return "" if POLICY_STATUS.search(said) else clean(f"{code} {said}")
