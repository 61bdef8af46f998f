"""Typed readers of the environment. They refuse a strange value and name the variable.

Each variable NAME may be given as a file instead, in NAME_FILE: for secrets.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "ya", "yes", "on"}, {"0", "false", "tidak", "no", "off"}


def text(name: str, default: str = "") -> str:
    """The value of a variable, or the content of the file that NAME_FILE names."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE tidak dapat dibaca: {path}.") from error
    return os.environ.get(name, default).strip()


def choice(name: str, options: tuple[str, ...], default: str) -> str:
    """One of the options."""
    value = text(name, default)
    if value not in options:
        raise ImproperlyConfigured(f"{name} harus salah satu dari {', '.join(options)}.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """A yes or a no."""
    value = text(name).lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} harus true atau false.")
    return value in TRUE


def integer(name: str, default: int, *, low: int = 0) -> int:
    """A whole number, not below `low`."""
    value = text(name)
    if not value:
        return default
    if not value.isdecimal() or int(value) < low:
        raise ImproperlyConfigured(f"{name} harus bilangan bulat, paling kecil {low}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def integers(name: str, default: str = "") -> list[int]:
    """A list of whole numbers from 1, separated by commas."""
    values = words(name, default)
    if not all(value.isdecimal() and int(value) >= 1 for value in values):
        raise ImproperlyConfigured(f"{name} harus bilangan bulat dipisah koma, misalnya 30,7,1.")
    return [int(value) for value in values]


def instant(name: str) -> datetime | None:
    """An ISO 8601 instant with its offset, in UTC; None when absent."""
    value = text(name)
    if not value:
        return None
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        parsed = None
    if parsed is None or parsed.tzinfo is None:
        raise ImproperlyConfigured(
            f"{name} harus waktu ISO 8601 dengan zona, misalnya 2019-11-01T16:59:00+00:00."
        )
    return parsed.astimezone(UTC)
