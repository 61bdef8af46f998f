"""Exact scores as people read them: rounded once, here, half up."""

from decimal import Decimal
from fractions import Fraction

from django import template

from kompetisi.templatetags.angka import NOTHING, desimal
from penghargaan.rules.peringkat import as_decimal

register = template.Library()


@register.filter
def nilai(value: str | Fraction | None, places: int = 2) -> str:
    """An exact score (`241/3`) with so many decimals: "80,33"."""
    if value is None or value == "":
        return NOTHING
    return desimal(as_decimal(Fraction(value), Decimal(1).scaleb(-places)), places)
