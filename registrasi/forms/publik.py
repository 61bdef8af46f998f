"""The filter of the public list of participants."""

from django import forms

from registrasi.forms.isian import QuietCharField, QuietChoiceField
from registrasi.models import JenisInstansi

ALL = ("", "Semua")


class SaringPesertaForm(forms.Form):
    """Search and filters, read from the address; whatever is strange in it is left out."""

    use_required_attribute = False

    cari = QuietCharField(label="Cari instansi atau unit", max_length=100)
    jenis = QuietChoiceField(label="Jenis instansi", choices=[ALL, *JenisInstansi.choices])
    jalur = QuietChoiceField(label="Jalur")

    def __init__(self, *args, jalur: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jalur"].choices = [ALL, *jalur]
