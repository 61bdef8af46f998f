"""Fields that all apps share."""

import unicodedata

from django import forms


class BarisField(forms.CharField):
    """A text of one line: line breaks and tabs become spaces, other control characters go.

    A browser sends none of them from such a field; in a name on a certificate or in the minutes
    they would break lines or hide text.
    """

    def to_python(self, value):
        """The text on one line, without characters nobody sees."""
        return one_line(super().to_python(value))


def one_line(text: str) -> str:
    """Whitespace as single spaces, control characters and unseen direction marks removed."""
    spaced = "".join(" " if c.isspace() else c for c in text)
    # Null is left for the field's own validator, which refuses it in words.
    seen = (c for c in spaced if c == "\0" or unicodedata.category(c) not in ("Cc", "Cf"))
    return " ".join("".join(seen).split())
