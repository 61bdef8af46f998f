"""Numbers as Indonesians write them: 1.234.567,89. Exact, rounded once, half up.

The functions are ordinary ones: mails, PDFs and reasons use them too.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django import template

register = template.Library()

NOTHING = "–"
SIZES = ("byte", "KB", "MB", "GB", "TB")


def to_decimal(value: object) -> Decimal | None:
    """The exact value; None for what is no finite number. A float is read by its shortest repr."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def round_half_up(number: Decimal, places: int) -> Decimal:
    """Round away from zero at five: 2.345 to 2.35 and -2.345 to -2.35."""
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@register.filter
def desimal(value: object, places: int = 2) -> str:
    """A number with a fixed count of decimals: 87.245 is "87,25"."""
    number = to_decimal(value)
    if number is None:
        return NOTHING
    text = f"{round_half_up(number, int(places)):,f}"
    if Decimal(text.replace(",", "")) == 0:
        text = text.lstrip("-")
    return text.translate(str.maketrans(",.", ".,"))


@register.filter
def bertanda(value: object, places: int = 2) -> str:
    """A difference with its sign: 1.5 is "+1,50", -1.5 is "−1,50", 0 is "0,00"."""
    text = desimal(value, places)
    if text.startswith("-"):
        return text.replace("-", "−", 1)
    return text if text == NOTHING or not text.strip("0,.") else f"+{text}"


@register.filter
def ribuan(value: object) -> str:
    """A whole number with dots: 1234567 is "1.234.567"."""
    return desimal(value, 0)


@register.filter
def persen(value: object, places: int = 1) -> str:
    """A number that is already a percentage: 87.24 is "87,2%"."""
    text = desimal(value, places)
    return text if text == NOTHING else f"{text}%"


@register.filter
def ukuran_berkas(value: object) -> str:
    """A count of bytes in steps of 1,024: 2516582 is "2,4 MB"."""
    number = to_decimal(value)
    if number is None:
        return NOTHING
    step = 0
    while abs(number) >= 1024 and step < len(SIZES) - 1:
        number /= 1024
        step += 1
    places = 0 if step == 0 or number == number.to_integral_value() else 1
    return f"{desimal(number, places)} {SIZES[step]}"
