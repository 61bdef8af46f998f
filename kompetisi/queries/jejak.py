"""Reading and checking the audit log."""

from dataclasses import dataclass

from django.db.models import QuerySet

from kompetisi.models import JejakAudit
from kompetisi.rules.jejak import GENESIS, compute_hash


@dataclass(frozen=True)
class HasilJejak:
    """Outcome of a check: how many records, the head, and the first that does not fit."""

    jumlah: int
    kepala: str
    rusak: int | None = None
    alasan: str = ""


def verify_jejak() -> HasilJejak:
    """Walk the whole chain: order without gaps, links and hashes. Streams, constant memory."""
    count, before = 0, GENESIS
    for jejak in JejakAudit.objects.order_by("urutan").iterator(chunk_size=2000):
        alasan = _fault(jejak, count + 1, before)
        if alasan:
            return HasilJejak(count, before, count + 1, alasan)
        count, before = count + 1, jejak.hash
    return HasilJejak(count, before)


def _fault(jejak: JejakAudit, expected: int, before: str) -> str:
    if jejak.urutan != expected:
        return f"catatan nomor {expected} hilang (yang ditemukan nomor {jejak.urutan})"
    if jejak.hash_sebelum != before:
        return "tidak bersambung dengan catatan sebelumnya"
    if compute_hash(jejak) != jejak.hash:
        return "isinya tidak cocok dengan sidik jarinya"
    return ""


def jejak_list(*, tindakan: str = "", teks: str = "") -> QuerySet[JejakAudit]:
    """The log, newest first, for those who may read it."""
    rows = JejakAudit.objects.select_related("oleh").order_by("-urutan")
    if tindakan:
        rows = rows.filter(tindakan__startswith=tindakan)
    if teks:
        rows = rows.filter(objek_kunci=teks)
    return rows
