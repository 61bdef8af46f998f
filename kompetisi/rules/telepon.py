"""Mobile numbers in one form, E.164."""

import re

SEPARATORS = re.compile(r"[\s().\-/]+")
E164 = re.compile(r"\+[1-9]\d{7,14}")
MOBILE = re.compile(r"\+628\d{8,11}")


def normal_telepon(text: str) -> str:
    """`0812-3456-7890`, `62 812…` or `+62812…` as `+628123456789`; empty when it is none.

    A number of Indonesia must be a mobile one; one of another country needs its `+`.
    """
    digits = SEPARATORS.sub("", text)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+62{digits[1:]}"
    elif digits.startswith("62"):
        digits = f"+{digits}"
    if digits.startswith("+620"):  # +62 (0)812 …
        digits = f"+62{digits[4:]}"
    pattern = MOBILE if digits.startswith("+62") else E164
    return digits if pattern.fullmatch(digits) else ""
