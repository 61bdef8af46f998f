"""The form for a new token of the read API."""

from django import forms

from kompetisi.rules.cakupan import CAKUPAN, MASA_HARI


class TokenForm(forms.Form):
    """What the program is called, what it may read, and for how long."""

    nama = forms.CharField(
        label="Nama program",
        max_length=80,
        help_text="Misalnya: Dasbor Diskominfo Kota Semarang.",
        error_messages={"required": "Tuliskan nama program yang akan memakai token ini."},
    )
    cakupan = forms.MultipleChoiceField(
        label="Boleh membaca",
        choices=list(CAKUPAN.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih sedikitnya satu hal yang boleh dibaca."},
    )
    hari = forms.TypedChoiceField(
        label="Berlaku selama",
        coerce=int,
        choices=[(hari, f"{hari} hari") for hari in MASA_HARI],
        initial=MASA_HARI[1],
    )
