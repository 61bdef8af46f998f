"""How the audit log is chained."""

import hashlib
import json
from datetime import UTC, datetime

from kompetisi.models import JejakAudit

GENESIS = "0" * 64


def compute_hash(jejak: JejakAudit) -> str:
    """SHA-256 over the canonical JSON of a record and the hash before it."""
    content = {
        "urutan": jejak.urutan,
        "pada": _instant(jejak.pada),
        "oleh": jejak.oleh_id,
        "tindakan": jejak.tindakan,
        "objek_jenis": jejak.objek_jenis,
        "objek_kunci": jejak.objek_kunci,
        "rincian": jejak.rincian,
        "hash_sebelum": jejak.hash_sebelum,
    }
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
