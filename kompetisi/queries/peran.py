"""Which roles a person holds."""

from django.db.models import F, QuerySet

from kompetisi.models import Edisi, Pengguna, Peran


def peran_of(user: Pengguna, edisi: Edisi) -> frozenset[str]:
    """The roles PANRB has granted this person in the edition (those of agencies not among them)."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    return frozenset(
        Peran.objects.filter(pengguna=user, edisi=edisi, dicabut_pada=None).values_list(
            "jenis", flat=True
        )
    )


def pemegang_peran(edisi: Edisi, *jenis: str) -> list[Pengguna]:
    """Active people with one of these roles, for messages; each once, by name."""
    return list(
        Pengguna.objects.filter(
            is_active=True,
            peran__edisi=edisi,
            peran__jenis__in=jenis,
            peran__dicabut_pada=None,
        )
        .distinct()
        .order_by("nama", "pk")
    )


def peran_list(edisi: Edisi) -> QuerySet[Peran]:
    """All roles in force in an edition, by kind and name."""
    return (
        Peran.objects.filter(edisi=edisi, dicabut_pada=None)
        .select_related("pengguna", "edisi")
        .order_by("jenis", "pengguna__nama", "pk")
    )


def peran_semua(user: Pengguna) -> list[dict]:
    """The roles PANRB has granted a person in all editions, as {tahun, peran}, newest first."""
    return list(
        Peran.objects.filter(pengguna=user, dicabut_pada=None)
        .order_by("-edisi__tahun", "jenis")
        .values(tahun=F("edisi__tahun"), peran=F("jenis"))
    )
