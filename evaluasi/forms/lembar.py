"""What a score sheet sends: one criterion while typing, or the whole sheet."""

from collections.abc import Sequence

from django import forms

from evaluasi.actions.lembar import MAX_CATATAN, Isian
from evaluasi.rules.lembar import Butir


class NilaiForm(forms.Form):
    """One criterion, sent by itself."""

    tingkat = forms.CharField(
        max_length=10, error_messages={"required": "Pilih tingkat lebih dahulu."}
    )
    catatan = forms.CharField(required=False, max_length=MAX_CATATAN)
    versi = forms.IntegerField(min_value=0)


class CatatanForm(forms.Form):
    """The general note, sent by itself."""

    catatan = forms.CharField(required=False, max_length=MAX_CATATAN)
    versi = forms.IntegerField(min_value=1)


class LembarForm(forms.Form):
    """The whole sheet in one POST; fields are named tingkat-<id>, catatan-<id>, versi-<id>."""

    catatan_umum = forms.CharField(
        label="Catatan umum", required=False, max_length=MAX_CATATAN, widget=forms.Textarea
    )
    versi = forms.IntegerField(min_value=1)

    def __init__(self, butir: Sequence[Butir], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.butir = butir
        for item in butir:
            key = item.kriteria_id
            levels = [(t["kode"], t["nama"]) for t in item.tingkat]
            self.fields[f"tingkat-{key}"] = forms.ChoiceField(
                label=f"{item.kode} {item.nama}", choices=levels, required=False
            )
            self.fields[f"catatan-{key}"] = forms.CharField(
                label=f"Catatan {item.kode}", required=False, max_length=MAX_CATATAN
            )
            self.fields[f"versi-{key}"] = forms.IntegerField(required=False, min_value=0)

    def clean(self):
        """A note needs a level beside it: without one it could not be stored."""
        data = super().clean()
        for item in self.butir:
            key = item.kriteria_id
            if data.get(f"catatan-{key}") and not data.get(f"tingkat-{key}"):
                self.add_error(f"tingkat-{key}", "Pilih tingkat agar catatannya tersimpan.")
        return data

    def isian(self) -> dict[int, Isian]:
        """What was typed, by primary key of the criteria."""
        data = self.cleaned_data
        return {
            item.kriteria_id: Isian(
                tingkat=data.get(f"tingkat-{item.kriteria_id}") or "",
                catatan=data.get(f"catatan-{item.kriteria_id}") or "",
                versi=data.get(f"versi-{item.kriteria_id}") or 0,
            )
            for item in self.butir
        }

    def typed(self) -> dict[int, dict]:
        """What to show again, word for word, by primary key of the criteria."""
        return {
            item.kriteria_id: {
                "tingkat": self.data.get(f"tingkat-{item.kriteria_id}", ""),
                "catatan": self.data.get(f"catatan-{item.kriteria_id}", ""),
                "versi": self.data.get(f"versi-{item.kriteria_id}", "0"),
            }
            for item in self.butir
        }
