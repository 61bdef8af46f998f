"""Fields that may stay empty without saying so beside each of them."""

from django import forms


class _Quiet:
    """Counts as required where it is drawn, so that no "(tidak wajib)" stands beside it.

    For filters, and for forms in which blank means "not yet". The form that holds it sets
    `use_required_attribute = False`.
    """

    def validate(self, value) -> None:
        """Let nothing pass; anything else is checked as usual."""
        if value not in self.empty_values:
            super().validate(value)


class QuietCharField(_Quiet, forms.CharField):
    """Text that may stay empty."""


class QuietChoiceField(_Quiet, forms.ChoiceField):
    """A choice that may stay open."""
