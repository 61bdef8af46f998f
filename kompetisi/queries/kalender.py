"""A person's own deadlines and sessions, from all apps, and who may read them by an address."""

import hashlib
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet

from kompetisi.hooks import functions_of
from kompetisi.models import Edisi, Pengguna, Tahap, TautanKalender
from kompetisi.queries.edisi import tahap_list
from kompetisi.queries.peran import peran_of
from kompetisi.rules.kalender import Acara, deadline
from kompetisi.rules.matriks import PANITIA
from kompetisi.rules.tahap import closing_of
from kompetisi.templatetags.waktu import batas


def acara_of(user: Pengguna, edisi: Edisi | None, at: datetime) -> list[Acara]:
    """Everything of the edition that stands in this person's calendar, by time.

    Each app answers through its own permission queries. The same event from two apps counts once.
    """
    if not edisi or not user.is_active:
        return []
    found: dict[str, Acara] = {}
    for offer in functions_of("KALENDER"):
        for acara in offer(user, edisi, at):
            found.setdefault(acara.kunci, acara)
    return sorted(found.values(), key=lambda acara: (f"{acara.mulai:%Y%m%d}", acara.kunci))


def acara_panitia(user: Pengguna, edisi: Edisi, at: datetime) -> list[Acara]:
    """The closings of all stages, for the committee."""
    if not PANITIA.intersection(peran_of(user, edisi)):
        return []
    return [stage_closing(tahap) for tahap in tahap_list(edisi) if tahap.jenis != "pengumuman"]


def stage_closing(tahap: Tahap, kode: str = "", *, judul: str = "", alamat: str = "") -> Acara:
    """The closing of a stage, or that of one entry; take the stage from `tahap_list`."""
    rows = [p for p in tahap.perpanjangan_berlaku if p.kode_pendaftaran in ("", kode)]
    closing = closing_of(tahap, rows, kode)
    changes = [p.disetujui_pada for p in rows]
    return deadline(
        kunci=uid("tahap", tahap.pk, *([kode] if kode else [])),
        batas=closing,
        judul=judul or f"Penutupan {tahap.nama}",
        uraian=f"{tahap.edisi.nama}. {tahap.nama} ditutup sesudah {batas(closing)}.",
        diubah=max([tahap.edisi.dimuat_pada or tahap.mulai, *changes]),
        alamat=alamat or f"{settings.SITE_URL}/jadwal/",
    )


def uid(*parts: object) -> str:
    """A name of an event that is the same on every device and for every reader."""
    return f"{'-'.join(str(part) for part in parts)}@{urlsplit(settings.SITE_URL).hostname}"


def hash_token(token: str) -> str:
    """What is kept of the secret in an address."""
    return hashlib.sha256(token.encode()).hexdigest()


def owner_of(token: str) -> Pengguna | None:
    """The person whose calendar this address shows; None once it is revoked."""
    row = (
        TautanKalender.objects.filter(
            sidik=hash_token(token), dicabut_pada=None, pengguna__is_active=True
        )
        .select_related("pengguna")
        .first()
    )
    return row.pengguna if row else None


def tautan_of(user: Pengguna) -> QuerySet[TautanKalender]:
    """The addresses in force of a person, newest first."""
    return TautanKalender.objects.filter(pengguna=user, dicabut_pada=None).order_by("-pk")
