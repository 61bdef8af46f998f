"""Asking a virus scanner: clamd's INSTREAM command, over TCP or a socket of the machine.

CLAMD_URL is `tcp://host:3310` or `unix:///run/clamav/clamd.ctl`; empty means that files are not
scanned. The protocol (clamd(8)): the command, then pieces that each begin with their length in four
bytes, then a length of zero; one line comes back.
"""

from __future__ import annotations

import re
import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import File

CONNECT_SECONDS = 2
ANSWER_SECONDS = 30
PIECE = 64 * 1024
LINE_MOST = 4096
FOUND = re.compile(rb"^stream: (?P<nama>.+) FOUND$")


class ScannerAwayError(Exception):
    """The scanner gave no answer that can be used: dead, slow, over its own limit of size."""


def is_on() -> bool:
    """Whether a scanner is configured."""
    return bool(settings.CLAMD_URL)


def scan(content: File) -> str:
    """The name of the virus found, or "" when clean; the file is left at its start.

    Raises ScannerAwayError when the scanner did not judge.
    """
    content.seek(0)
    try:
        with _connect() as line:
            line.sendall(b"zINSTREAM\0")
            for piece in content.chunks(PIECE):
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
            answer = _read(line)
    except OSError as error:
        raise ScannerAwayError(type(error).__name__) from error
    finally:
        content.seek(0)
    if answer == b"stream: OK":
        return ""
    found = FOUND.match(answer)
    if not found:
        raise ScannerAwayError(answer[:100].decode("ascii", "replace"))
    return found["nama"].decode("utf-8", "replace")[:100]


def _connect() -> socket.socket:
    parts = urlsplit(settings.CLAMD_URL)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT_SECONDS)
        try:
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
    else:
        line = socket.create_connection((parts.hostname, parts.port or 3310), CONNECT_SECONDS)
    line.settimeout(ANSWER_SECONDS)
    return line


def _read(line: socket.socket) -> bytes:
    answer = b""
    while b"\0" not in answer and len(answer) < LINE_MOST:
        piece = line.recv(LINE_MOST)
        if not piece:
            break
        answer += piece
    return answer.partition(b"\0")[0].strip()
