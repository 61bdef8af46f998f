"""The filter of the list of entries."""

from collections.abc import Mapping

from django import forms

from registrasi.forms.isian import QuietCharField, QuietChoiceField

ALL = ("", "Semua")


class SaringPendaftaranForm(forms.Form):
    """Search and filters, read from the address."""

    use_required_attribute = False

    cari = QuietCharField(label="Cari instansi, unit, program, atau kode", max_length=100)
    status = QuietChoiceField(label="Status")
    jalur = QuietChoiceField(label="Jalur")
    jenis = QuietChoiceField(label="Jenis instansi")
    provinsi = QuietChoiceField(label="Provinsi")

    def __init__(self, *args, pilihan: Mapping[str, list[tuple[str, str]]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in pilihan.items():
            self.fields[name].choices = [ALL, *choices]
