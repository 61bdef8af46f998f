"""The decision on a shortlist: one tick and one reason for each entry."""

from collections.abc import Sequence

from django import forms

from evaluasi.queries.daftar_pendek import Baris


class KeputusanForm(forms.Form):
    """Fields masuk-<pk> and alasan-<pk>; `sidik` names the proposal that was seen."""

    catatan = forms.CharField(
        label="Catatan putusan",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sidik = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, baris: Sequence[Baris], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.baris = baris
        for row in baris:
            entry = row.pendaftaran
            self.fields[f"masuk-{entry.pk}"] = forms.BooleanField(
                label=f"Masukkan {entry.kode} {entry.peserta}",
                required=False,
                initial=row.usulan.masuk,
            )
            self.fields[f"alasan-{entry.pk}"] = forms.CharField(
                label=f"Alasan menyimpang {entry.kode}",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def masuk(self) -> set[int]:
        """Primary keys of the entries that are ticked; those proposed while nothing was sent."""
        if not self.is_bound:
            return {row.usulan.pk for row in self.baris if row.usulan.masuk}
        return {
            row.usulan.pk for row in self.baris if self.cleaned_data.get(f"masuk-{row.usulan.pk}")
        }

    def alasan(self) -> dict[int, str]:
        """The reasons that were typed, by primary key."""
        return {
            row.usulan.pk: self.cleaned_data.get(f"alasan-{row.usulan.pk}", "")
            for row in self.baris
        }

    def rows(self) -> list[dict]:
        """Each entry with its two fields, for the table."""
        return [
            {
                "b": row,
                "masuk": self[f"masuk-{row.usulan.pk}"],
                "alasan": self[f"alasan-{row.usulan.pk}"],
            }
            for row in self.baris
        ]
