"""Fields that may stay empty without saying so beside each of them."""

from django import forms

from registrasi.rules.kinerja import plain_number


class _Quiet:
    """Counts as required where it is drawn, so that no "(tidak wajib)" stands beside it.

    For filters, and for forms in which blank means "not yet". The form that holds it sets
    `use_required_attribute = False`.
    """

    def validate(self, value) -> None:
        """Let nothing pass; anything else is checked as usual."""
        if value not in self.empty_values:
            super().validate(value)


class LinesField(forms.CharField):
    """Text of several lines, each ended as it is stored: by a line feed alone."""

    def to_python(self, value) -> str:
        """Browsers send CR LF; a text kept by autosave and by the form must be the same text."""
        return lines(super().to_python(value))


def lines(text: str) -> str:
    """The text with every line ended by a line feed, without blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class QuietLinesField(_Quiet, LinesField):
    """Text of several lines that may stay empty."""


class QuietCharField(_Quiet, forms.CharField):
    """Text that may stay empty."""


class QuietChoiceField(_Quiet, forms.ChoiceField):
    """A choice that may stay open."""


class QuietDateTimeField(_Quiet, forms.DateTimeField):
    """An instant that may stay open."""


class QuietDateField(_Quiet, forms.DateField):
    """A day that may stay open."""


class _Indonesian:
    """Reads numbers as Indonesians write them, 1.250 and 4,25, and as machines do, 4.25."""

    def to_python(self, value) -> object:
        """Bring the separators to those Python reads."""
        if isinstance(value, str):
            value = plain_number("".join(value.split()))
        return super().to_python(value)


class QuietIntegerField(_Quiet, _Indonesian, forms.IntegerField):
    """A whole number that may stay open."""


class QuietDecimalField(_Quiet, _Indonesian, forms.DecimalField):
    """A number that may stay open."""
