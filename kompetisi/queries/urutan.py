"""Orders that people expect."""

from django.db.models import BigIntegerField, F, Func, Value
from django.db.models.functions import Cast, NullIf


def natural(path: str) -> list:
    """Terms of order_by for names with numbers: "Evaluator 2" before "Evaluator 10".

    By what stands before the first number, then by that number, then by the whole name.
    """
    head = Func(F(path), Value(r"\d.*$"), Value(""), function="regexp_replace")
    digits = Func(F(path), Value(r"^\D*(\d{1,15})?.*$"), Value(r"\1"), function="regexp_replace")
    number = Cast(NullIf(digits, Value("")), BigIntegerField())
    return [head, number.asc(nulls_first=True), F(path)]
