"""What every page knows: the edition, its stages, where to go, the time."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from kompetisi import clock
from kompetisi.hooks import functions_of
from kompetisi.queries.edisi import tahap_list
from kompetisi.rules.tahap import closing_of, keadaan_at


def page(request: HttpRequest) -> dict:
    """Context processor; each part is worked out only by a template that uses it."""
    return {
        "edisi": SimpleLazyObject(lambda: getattr(request, "edisi", None)),
        "tahap_list": SimpleLazyObject(lambda: stage_line(request)),
        "navigasi": SimpleLazyObject(lambda: navigation(request)),
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

    The longest address that the path begins with is the open one.
    """
    if not hasattr(request, "peran"):
        return []
    user = request.user
    entries = []
    for offer in functions_of("NAVIGASI"):
        entries += offer(user, request.edisi, request.peran)
    entries.sort(key=lambda entry: entry.get("urutan", 50))
    entries = [_entry(e["label"], e["url_name"], e.get("jumlah")) for e in entries]
    matching = [e for e in entries if request.path.startswith(e["url"])]
    if matching:
        max(matching, key=lambda e: len(e["url"]))["aktif"] = True
    return entries


def _entry(label: str, url_name: str, jumlah: int | None = None) -> dict:
    return {"label": label, "url": reverse(url_name), "jumlah": jumlah, "aktif": False}
