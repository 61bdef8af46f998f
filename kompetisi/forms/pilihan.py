"""The form of a person's choices about messages."""

from collections.abc import Sequence

from django import forms

from kompetisi.models import CaraPesan, PilihanPesan


class PilihanForm(forms.Form):
    """When and which messages are mailed, and the telephone where there is a gateway."""

    cara = forms.ChoiceField(
        label="Surel untuk pesan yang tidak mendesak",
        choices=CaraPesan.choices,
        widget=forms.RadioSelect,
    )
    disurel = forms.MultipleChoiceField(
        label="Kirim surel untuk", required=False, widget=forms.CheckboxSelectMultiple
    )
    nomor = forms.CharField(
        label="Nomor telepon seluler",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text="Misalnya 0812 3456 7890. Hanya dipakai untuk pesan mendesak.",
    )
    setuju = forms.BooleanField(
        label="Saya setuju menerima pesan mendesak melalui WhatsApp atau SMS ke nomor ini",
        required=False,
    )

    def __init__(self, *args, gerbang: bool, jenis: Sequence[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["disurel"].choices = jenis
        if not gerbang:
            del self.fields["nomor"], self.fields["setuju"]

    @staticmethod
    def initial_of(row: PilihanPesan | None, jenis: Sequence[tuple[str, str]]) -> dict:
        """What is stored now; without a row everything is mailed at once."""
        refused = row.ditolak if row else []
        return {
            "cara": row.cara if row else CaraPesan.LANGSUNG,
            "disurel": [kode for kode, _ in jenis if kode not in refused],
            "nomor": row.nomor if row else "",
            "setuju": bool(row and row.setuju_pada),
        }

    def choices(self) -> dict:
        """What the form says, as the action wants it: the kinds that are refused."""
        data = self.cleaned_data
        kinds = [kode for kode, _ in self.fields["disurel"].choices]
        return {
            "cara": data["cara"],
            "ditolak": [kode for kode in kinds if kode not in data["disurel"]],
            "nomor": data.get("nomor"),
            "setuju": data.get("setuju", False),
        }
