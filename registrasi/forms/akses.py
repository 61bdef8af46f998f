"""What the access log is asked for."""

from django import forms

from registrasi.forms.isian import QuietCharField, QuietDateTimeField


class AksesForm(forms.Form):
    """A person, an entry, a file, a time; all may stay empty."""

    use_required_attribute = False

    orang = QuietCharField(label="Surel orang", max_length=254)
    pendaftaran = QuietCharField(label="Kode pendaftaran", max_length=20)
    berkas = QuietCharField(label="SHA-256 berkas", max_length=64)
    sejak = QuietDateTimeField(
        label="Sejak", widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    sampai = QuietDateTimeField(
        label="Sampai", widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
