"""What every page knows: the edition, its stages, where to go, the time."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from kompetisi import clock
from kompetisi.hooks import functions_of
from kompetisi.queries.edisi import tahap_list
from kompetisi.rules.tahap import closing_of, keadaan_at
from kompetisi.tertahan import take

SHORT_MENU = 7  # entries that fit on one line


def page(request: HttpRequest) -> dict:
    """Context processor; each part is worked out only by a template that uses it."""
    return {
        "edisi": SimpleLazyObject(lambda: getattr(request, "edisi", None)),
        "tahap_list": SimpleLazyObject(lambda: stage_line(request)),
        "navigasi": SimpleLazyObject(lambda: navigation(request)),
        "tertahan": SimpleLazyObject(lambda: hasattr(request, "user") and take(request)),
        "sekarang": SimpleLazyObject(clock.now),
        "mode_demo": settings.DEMO,
    }


def stage_line(request: HttpRequest) -> list[dict]:
    """The stages of the request's edition with their state now and the closing in force."""
    edisi = getattr(request, "edisi", None)
    if not edisi:
        return []
    now = clock.now()
    own = own_stages(request)
    line = []
    for tahap in tahap_list(edisi):
        selesai = closing_of(tahap, tahap.perpanjangan_berlaku)
        line.append(
            {
                "nama": tahap.nama,
                "milik": tahap.pk in own,
                "mulai": tahap.mulai,
                "selesai": selesai,
                "state": keadaan_at(tahap.mulai, selesai, now),
                "asumsi": tahap.asumsi,
                "tenggat": tahap.jenis != "pengumuman",  # nobody has to be ready by its end
            }
        )
    return line


def own_stages(request: HttpRequest) -> set[int]:
    """The stages in which this person has work of their own, as the upper apps know it."""
    if not hasattr(request, "peran"):
        return set()
    found: set[int] = set()
    for stages_of in functions_of("TAHAP_SAYA"):
        found |= stages_of(request.user, request.edisi, request.peran)
    return found


def navigation(request: HttpRequest) -> list[dict]:
    """The entries all apps offer this person, in order; the one that is open is marked.

    The longest address that the path begins with is the open one. Entries that name the same
    `kelompok` stand together under it, with the sum of what waits.
    """
    if not hasattr(request, "peran"):
        return []
    user = request.user
    offered = []
    for offer in functions_of("NAVIGASI"):
        offered += offer(user, request.edisi, request.peran)
    offered.sort(key=lambda entry: entry.get("urutan", 50))
    entries = [
        (e.get("kelompok"), _entry(e["label"], e["url_name"], e.get("jumlah"))) for e in offered
    ]
    matching = [e for _, e in entries if request.path.startswith(e["url"])]
    if matching:
        max(matching, key=lambda e: len(e["url"]))["aktif"] = True
    return grouped(entries)


def grouped(entries: Sequence[tuple[str | None, dict]]) -> list[dict]:
    """The entries with those of a group folded into one, which stands where its first stood.

    A short menu stays as it is, and nobody opens a group to find a single entry.
    """
    if len(entries) <= SHORT_MENU:
        return [entry for _, entry in entries]
    groups: dict[str, list[dict]] = {}
    for name, entry in entries:
        groups.setdefault(name or entry["label"], []).append(entry)
    return [_group(name, rows) if len(rows) > 1 else rows[0] for name, rows in groups.items()]


def _group(label: str, entries: list[dict]) -> dict:
    return {
        "label": label,
        "butir": entries,
        "jumlah": sum(e["jumlah"] or 0 for e in entries) or None,
        "aktif": any(e["aktif"] for e in entries),
    }


def _entry(label: str, url_name: str, jumlah: int | None = None) -> dict:
    return {"label": label, "url": reverse(url_name), "jumlah": jumlah, "aktif": False}
