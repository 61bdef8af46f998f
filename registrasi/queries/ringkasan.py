"""Where a person's own entries stand, for the start page: was it received?"""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse

from kompetisi.models import Edisi, Pengguna
from registrasi.queries.pendaftaran import pendaftaran_list

MOST = 10  # shown; the list of entries has the rest


def ringkasan(
    user: Pengguna, edisi: Edisi | None, peran: Collection[str], at: datetime
) -> dict | None:
    """The person's entries of the edition with their state and receipt; None without any.

    One query. `{judul, url, baris: [{judul, url, status, nomor, url_nomor, pada, ditarik_pada}]}`,
    where `nomor` is that of the newest receipt and `pada` its instant, both empty for what was
    never sent, and `ditarik_pada` the instant it was taken back, empty while it is in force.
    """
    if not edisi:
        return None
    rows = list(pendaftaran_list(user, edisi)[:MOST])
    if not rows:
        return None
    return {
        "judul": "Pendaftaran Anda",
        "url": reverse("registrasi:daftar"),
        "baris": [
            {
                "judul": f"{row.kode} · {row.peserta}",
                "url": reverse("registrasi:rinci", args=[row.kode]),
                "status": row.status,
                "nomor": row.nomor or "",
                "url_nomor": row.nomor
                and reverse("registrasi:tanda-terima", args=[row.kode, row.nomor]),
                "pada": row.dikirim_pada,
                "ditarik_pada": row.ditarik_pada,
            }
            for row in rows
        ],
    }
