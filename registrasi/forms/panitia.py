"""The filter of the list of entries."""

from collections.abc import Mapping

from django import forms

ALL = ("", "Semua")


class SaringPendaftaranForm(forms.Form):
    """Search and filters, read from the address."""

    cari = forms.CharField(
        label="Cari instansi, unit, program, atau kode", required=False, max_length=100
    )
    status = forms.ChoiceField(label="Status", required=False)
    jalur = forms.ChoiceField(label="Jalur", required=False)
    jenis = forms.ChoiceField(label="Jenis instansi", required=False)
    provinsi = forms.ChoiceField(label="Provinsi", required=False)

    def __init__(self, *args, pilihan: Mapping[str, list[tuple[str, str]]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in pilihan.items():
            self.fields[name].choices = [ALL, *choices]
