"""What an agency learns about its own entry once the result is public."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from kompetisi.models import Pengguna, Peran
from kompetisi.rules.matriks import PANITIA
from penghargaan.models import Peringkat
from penghargaan.queries.hasil import published_of
from penghargaan.queries.peringkat import shortlisted
from registrasi.models import Pendaftaran
from registrasi.queries.keanggotaan import milik


def pendaftaran_of_user(user: Pengguna) -> QuerySet[Pendaftaran]:
    """The entries of every edition whose result this person may read: own ones, or as committee."""
    editions = Peran.objects.filter(pengguna=user, jenis__in=PANITIA, dicabut_pada=None)
    return Pendaftaran.objects.filter(
        milik(user) | Q(edisi__in=editions.values("edisi"))
    ).select_related("edisi", "jalur", "instansi", "unit")


def hasil_of(row: Pendaftaran, at: datetime) -> dict[str, Any] | None:
    """What became of an entry; None before the publication's instant."""
    published = published_of(row.edisi.tahun, at)
    if published is None:
        return None
    pleno = published.keputusan.pleno
    rank = Peringkat.objects.filter(pleno=pleno, pendaftaran=row).first()
    return {
        "pleno": pleno,
        "keputusan": published.keputusan,
        "peringkat": rank,
        "daftar_pendek": rank is not None or shortlisted(row.edisi).filter(pk=row.pk).exists(),
        "baris_predikat": rank.predikat.split("\n") if rank and rank.menang else [],
    }
