"""The form that edits the text of a kind of message."""

from django import forms

from kompetisi.forms.medan import BarisField
from kompetisi.rules.naskah import MAX_ISI, MAX_SUBJEK, JenisPesan, faults_of


class NaskahForm(forms.Form):
    """Subject and body; places that are unknown or missing are said beside their field."""

    subjek = BarisField(label="Perihal", max_length=MAX_SUBJEK)
    isi = forms.CharField(
        label="Isi", max_length=MAX_ISI, widget=forms.Textarea(attrs={"rows": 14})
    )
    versi = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, jenis: JenisPesan, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.jenis = jenis

    def clean(self) -> dict:
        """Look for places that this kind does not have, and for those it must have."""
        data = super().clean()
        if not self.errors:
            found = faults_of(self.jenis, subjek=data["subjek"], isi=data["isi"])
            for field, faults in found.items():
                self.add_error(field, faults)
        return data
