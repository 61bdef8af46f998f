"""Whose tokens there are, and whom a secret stands for."""

from datetime import datetime

from django.db.models import QuerySet

from kompetisi.models import Pengguna, TokenApi
from kompetisi.queries.kalender import hash_token

PREFIX = "sp4n_"  # so that a secret found in a file is known for what it is


def token_list(user: Pengguna, at: datetime) -> QuerySet[TokenApi]:
    """The tokens of a person that hold at an instant, newest first."""
    return TokenApi.objects.filter(pengguna=user, dicabut_pada=None, berakhir_pada__gt=at)


def find_token(secret: str, at: datetime) -> TokenApi | None:
    """The token in force that this secret opens, of an active person; None otherwise."""
    if not secret.startswith(PREFIX):
        return None
    return (
        TokenApi.objects.filter(
            sidik=hash_token(secret),
            dicabut_pada=None,
            berakhir_pada__gt=at,
            pengguna__is_active=True,
        )
        .select_related("pengguna")
        .first()
    )
