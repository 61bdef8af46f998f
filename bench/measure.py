"""What one request costs: statements, rows read, bytes."""

import gzip
import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders
from django.db import connection, transaction
from django.test import Client

ASSET = re.compile(r'(?:href|src)="/static/([^"?]+)"')
NO_STATEMENT = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@dataclass
class Cost:
    """Statements sent to the database, rows that came back, and the answer."""

    kueri: int = 0
    baris: int = 0
    status: int = 0
    html: str = ""


@contextmanager
def counting():
    """Count the statements and rows of a block; transaction marks are not counted."""
    cost = Cost()

    def wrapper(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if not sql.startswith(NO_STATEMENT):
            cost.kueri += 1
            cost.baris += max(context["cursor"].rowcount, 0)
        return result

    with connection.execute_wrapper(wrapper):
        yield cost


def ask(user, address: str, data: dict | None = None) -> Cost:
    """Read (or with `data` post to) an address as this person; what it changes is undone.

    A page is read once before, so that what a process keeps is not counted.
    """
    client = Client()
    if user:
        client.force_login(user)
    if data is None:
        client.get(address)
    with transaction.atomic():
        with counting() as cost:
            answer = client.get(address) if data is None else client.post(address, data)
        transaction.set_rollback(True)
    cost.status = answer.status_code
    if answer.get("Content-Type", "").startswith("text/html"):
        cost.html = answer.text
    return cost


def gzipped(content: bytes) -> int:
    """Size as sent, compressed."""
    return len(gzip.compress(content, 6, mtime=0))


def page_bytes(html: str) -> int:
    """The page alone: what a second page costs, styles and scripts being known by then."""
    return gzipped(html.encode())


def asset_bytes(html: str) -> dict[str, int]:
    """Every style, script, font and picture that a page names, with its size as sent.

    Fonts and pictures other than SVG are compressed already.
    """
    sizes = {}
    for name in dict.fromkeys(ASSET.findall(html)):
        content = Path(finders.find(name)).read_bytes()
        packed = name.endswith((".woff2", ".png", ".jpg", ".webp"))
        sizes[name] = len(content) if packed else gzipped(content)
    return sizes
