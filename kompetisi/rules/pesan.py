"""What may be done about a message that did not arrive."""

from collections.abc import Collection

from kompetisi.rules.katalog import find_jenis
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import YES, Verdict, all_of, no


def can_retry(peran: Collection[str], jenis: str, tautan: str) -> Verdict:
    """Whether a message may go again: not without the secret link that it was about."""
    kind = find_jenis(jenis)
    lost = kind is not None and kind.sekali and not tautan
    return all_of(
        check_aksi("pesan.kirim_ulang", peran),
        no(
            "Tautan rahasia pesan ini sudah dihapus setelah dikirim. Minta penerima memintanya "
            "lagi, atau undang sekali lagi."
        )
        if lost
        else YES,
    )
