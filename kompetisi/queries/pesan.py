"""Messages: a person's own, and the outbox for those who watch over it."""

from django.db.models import Count, QuerySet

from kompetisi.models import Pekerjaan, Pengguna, Pesan


def pesan_of(user: Pengguna) -> QuerySet[Pesan]:
    """The messages to this person, newest first."""
    return Pesan.objects.filter(kepada=user)


def pesan_outbox(*, status: str = "", teks: str = "") -> QuerySet[Pesan]:
    """All messages, newest first, by state and part of the address."""
    rows = Pesan.objects.all()
    if status:
        rows = rows.filter(status=status)
    if teks:
        rows = rows.filter(alamat__icontains=teks)
    return rows


def antrean_counts() -> dict[str, dict[str, int]]:
    """How many messages and pieces of work stand in each state (two queries)."""
    return {
        "pesan": dict(Pesan.objects.values_list("status").annotate(n=Count("pk")).order_by()),
        "pekerjaan": dict(
            Pekerjaan.objects.values_list("status").annotate(n=Count("pk")).order_by()
        ),
    }
