"""How one form field is drawn: which css class, which parts describe it."""

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def kind_of(field: BoundField) -> str:
    """`hidden`, `check`, `group` or `plain`: the four ways a field can be laid out."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, GROUPS):
        return "group"
    return "check" if isinstance(widget, forms.CheckboxInput) else "plain"


def css_class(field: BoundField, kind: str) -> str:
    """The class of the control, keeping what the form itself asks for."""
    widget = field.field.widget
    base = "form-check-input" if kind in ("check", "group") else "form-control"
    if isinstance(widget, forms.Select) and kind == "plain":
        base = "form-select"
    own = widget.attrs.get("class", "")
    invalid = " is-invalid" if field.errors else ""
    return " ".join(dict.fromkeys(f"{own} {base}{invalid}".split()))


def described_by(field: BoundField, *, hint: str, word_limit: int) -> str:
    """Ids of the hint, the error and the counter, in reading order."""
    parts = (("petunjuk", hint), ("salah", field.errors), ("hitung", word_limit))
    return " ".join(f"{field.auto_id}_{name}" for name, present in parts if present)


def control(field: BoundField, kind: str, *, hint: str, word_limit: int) -> SafeString:
    """The control itself with its classes and descriptions."""
    attrs = {"class": css_class(field, kind)}
    described = described_by(field, hint=hint, word_limit=word_limit)
    if described and kind != "group":
        attrs["aria-describedby"] = described
    if word_limit:
        attrs["data-batas-kata"] = str(word_limit)
    if isinstance(field.field.widget, forms.FileInput):
        attrs["data-unggah"] = ""
    return field.as_widget(attrs=attrs)


def choices(field: BoundField) -> list[dict]:
    """The parts of a radio or checkbox group; the control of each without its own label."""
    invalid = " is-invalid" if field.errors else ""
    rows = []
    for part in field.subwidgets:
        data = part.data
        data["attrs"]["class"] = f"form-check-input{invalid}"
        rows.append({"id": part.id_for_label, "label": part.choice_label, "tag": part.tag()})
    return rows
