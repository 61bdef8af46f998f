"""Messages: a person's own, and the outbox for those who watch over it."""

from django.db.models import Count, QuerySet

from kompetisi.models import Pekerjaan, Pengguna, Pesan
from kompetisi.queries.alamat import alamat_doubtful


def pesan_of(user: Pengguna) -> QuerySet[Pesan]:
    """The messages to this person, newest first; a summary of them is none of its own."""
    return Pesan.objects.filter(kepada=user).exclude(jenis="ringkasan")


def pesan_outbox(*, status: str = "", teks: str = "") -> QuerySet[Pesan]:
    """All messages, newest first, by state and part of the address."""
    rows = Pesan.objects.select_related("gerbang", "ringkasan")
    if status:
        rows = rows.filter(status=status)
    if teks:
        rows = rows.filter(alamat__icontains=teks)
    return rows


def antrean_counts() -> dict:
    """How many messages and pieces of work stand in each state, and addresses in doubt.

    Three queries.
    """
    return {
        "pesan": dict(Pesan.objects.values_list("status").annotate(n=Count("pk")).order_by()),
        "pekerjaan": dict(
            Pekerjaan.objects.values_list("status").annotate(n=Count("pk")).order_by()
        ),
        "diragukan": alamat_doubtful().count(),
    }
