"""Fields that all apps share."""

import unicodedata

from django import forms

CHOSEN = (  # controls that know no `readonly`
    forms.CheckboxInput,
    forms.CheckboxSelectMultiple,
    forms.FileInput,
    forms.RadioSelect,
    forms.Select,
)


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


def make_read_only(form: forms.BaseForm) -> None:
    """Show a form that nobody may send now: its text can be read and copied, not changed.

    What was typed before a refusal stays in it, which `disabled` fields would not keep.
    """
    for field in form.fields.values():
        if not field.widget.is_hidden:
            name = "disabled" if isinstance(field.widget, CHOSEN) else "readonly"
            field.widget.attrs[name] = True


def is_read_only(field: forms.Field) -> bool:
    """Whether `make_read_only` closed this field."""
    return bool({"readonly", "disabled"} & field.widget.attrs.keys())
