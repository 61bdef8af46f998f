"""What is typed to check and decide the administrative gate."""

from collections.abc import Iterable, Mapping

from django import forms

from kompetisi.models import ButirAdministrasi
from registrasi.actions.administrasi import HasilPeriksa
from registrasi.forms.isian import QuietCharField, QuietChoiceField
from registrasi.models import HasilButir, PemeriksaanButir
from registrasi.rules.administrasi import Putusan

LONGEST = 2000


class PemeriksaanForm(forms.Form):
    """A finding and a reason for each item; what is left blank stays as it was.

    Field names are `hasil_<kode>` and `alasan_<kode>`.
    """

    use_required_attribute = False

    def __init__(
        self,
        *args,
        butir: Iterable[ButirAdministrasi],
        tersimpan: Mapping[str, PemeriksaanButir],
        perbaikan_terpakai: bool,
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.butir = list(butir)
        choices = [
            (value, label)
            for value, label in HasilButir.choices
            if not (perbaikan_terpakai and value == HasilButir.PERLU_PERBAIKAN)
        ]
        for item in self.butir:
            known = tersimpan.get(item.kode)
            self.fields[f"hasil_{item.kode}"] = QuietChoiceField(
                label="Hasil pemeriksaan",
                choices=choices,
                widget=forms.RadioSelect,
                initial=known.hasil if known else None,
                error_messages={"invalid_choice": "Pilih salah satu hasil yang tersedia."},
            )
            self.fields[f"alasan_{item.kode}"] = QuietCharField(
                label="Alasan dan tindak lanjut",
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=known.alasan if known else "",
                error_messages={
                    "max_length": f"Ringkaslah alasan menjadi paling banyak {LONGEST} huruf."
                },
            )

    def clean(self) -> dict:
        """A reason alone says nothing: ask for the finding it belongs to."""
        data = super().clean()
        for item in self.butir:
            if data.get(f"alasan_{item.kode}") and not data.get(f"hasil_{item.kode}"):
                number = self.number_of(item.kode)
                self.add_error(f"hasil_{item.kode}", f"{number}Pilih hasil pemeriksaan.")
        return data

    def hasil(self) -> dict[str, HasilPeriksa]:
        """The findings that were made, by code of the item."""
        return {
            item.kode: HasilPeriksa(
                self.cleaned_data[f"hasil_{item.kode}"], self.cleaned_data[f"alasan_{item.kode}"]
            )
            for item in self.butir
            if self.cleaned_data.get(f"hasil_{item.kode}")
        }

    def add_refusals(self, rincian: Mapping[str, str]) -> None:
        """Put the refusals of an action beside the items they belong to."""
        for kode, message in rincian.items():
            name = f"hasil_{kode}" if "Pilih" in message else f"alasan_{kode}"
            known = name in self.fields
            self.add_error(name if known else None, f"{self.number_of(kode)}{message}")

    def number_of(self, kode: str) -> str:
        """How a message names the item: "Butir 3: "."""
        kodes = [item.kode for item in self.butir]
        return f"Butir {kodes.index(kode) + 1}: " if kode in kodes else ""

    def fields_of(self, kode: str) -> tuple[forms.BoundField, forms.BoundField]:
        """The two bound fields of an item."""
        return self[f"hasil_{kode}"], self[f"alasan_{kode}"]


class PutusanForm(forms.Form):
    """The decision and a note to the agency."""

    putusan = forms.ChoiceField(
        label="Putusan",
        choices=Putusan.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Pilih putusan.",
            "invalid_choice": "Pilih putusan yang tersedia.",
        },
    )
    alasan = forms.CharField(
        label="Catatan untuk peserta",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Alasan setiap butir sudah disertakan; tambahkan hanya bila perlu.",
    )

    def __init__(self, *args, pilihan: Iterable[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        allowed = set(pilihan)
        self.fields["putusan"].choices = [c for c in Putusan.choices if c[0] in allowed]
        if len(allowed) == 1:
            self.initial.setdefault("putusan", next(iter(allowed)))
