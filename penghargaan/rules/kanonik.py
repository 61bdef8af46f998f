"""The canonical form of a result and its hash."""

import hashlib
import json
from collections.abc import Mapping


def canonical(isi: Mapping) -> str:
    """JSON with sorted keys, no spaces, and letters as they are."""
    return json.dumps(isi, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(isi: Mapping) -> str:
    """SHA-256 of the canonical form, in hexadecimal digits."""
    return hashlib.sha256(canonical(isi).encode()).hexdigest()


def hash_text(text: str) -> str:
    """SHA-256 of a text, so that it can be proved without being shown."""
    return hashlib.sha256(text.encode()).hexdigest()
