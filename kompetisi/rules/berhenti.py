"""The signed address that stops one kind of message to one person, without signing in.

It holds for good, as RFC 8058 asks, since it can do nothing else: it shows nothing about the person
and changes nothing but this one choice, which its owner can take back.
"""

from django.core.signing import BadSignature, Signer

from kompetisi.rules.katalog import find_jenis
from kompetisi.rules.naskah import JenisPesan


def _signer() -> Signer:
    return Signer(salt="kompetisi.berhenti")


def tanda_of(pengguna: int, kode: str) -> str:
    """The token for a person (primary key) and a kind of message."""
    return _signer().sign(f"{pengguna}-{kode}")


def read_tanda(tanda: str) -> tuple[int, JenisPesan] | None:
    """The person and the kind of a token; None for a forged one, and for what cannot be refused."""
    try:
        pengguna, _, kode = _signer().unsign(tanda).partition("-")
    except BadSignature:
        return None
    jenis = find_jenis(kode)
    return None if jenis is None or jenis.harus else (int(pengguna), jenis)
