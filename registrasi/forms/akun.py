"""What is typed to decide on accounts."""

from django import forms

from registrasi.forms.isian import QuietCharField, QuietChoiceField
from registrasi.models import StatusKeanggotaan

LONGEST = 2000


class AlasanForm(forms.Form):
    """A reason that the person concerned is told."""

    alasan = forms.CharField(
        label="Alasan",
        help_text="Alasan ini disampaikan kepada yang bersangkutan.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Tuliskan alasan yang akan disampaikan kepada yang bersangkutan.",
            "max_length": f"Ringkaslah alasan menjadi paling banyak {LONGEST} huruf.",
        },
    )


class SaringAkunForm(forms.Form):
    """The filter of the account list; whatever is strange in the address is left out."""

    use_required_attribute = False

    cari = QuietCharField(label="Cari instansi atau orang", max_length=100)
    status = QuietChoiceField(label="Keadaan", choices=StatusKeanggotaan.choices)


def clean_filter(form: forms.Form) -> dict[str, str]:
    """The values of a filter that are valid; the rest counts as not given."""
    form.is_valid()
    return {name: form.cleaned_data.get(name) or "" for name in form.fields}
