"""What the committee types of the official figures."""

from django import forms

from kompetisi.forms.medan import BarisField
from registrasi.forms.isian import QuietDateField
from registrasi.forms.peserta import DAY, DAY_FORMATS, DAY_WRONG, KinerjaForm
from registrasi.models import AngkaResmi


class AngkaResmiForm(KinerjaForm):
    """The figures of one period with their source; any of them may be unknown."""

    def __init__(self, *args, kolom: list[dict], stored: AngkaResmi | None, **kwargs) -> None:
        optional = [rule | {"wajib": False, "petunjuk": ""} for rule in kolom]
        super().__init__(*args, kolom=optional, stored=stored, **kwargs)
        self.fields["_sumber"] = BarisField(
            label="Sumber angka",
            max_length=200,
            initial=stored.sumber if stored else "",
            help_text="Misalnya Dasbor nasional SP4N-LAPOR!, ekspor laporan per instansi.",
            error_messages={"required": "Isi sumber angkanya."},
        )
        self.fields["_per_tanggal"] = QuietDateField(
            label="Keadaan per tanggal",
            initial=stored.per_tanggal if stored else None,
            widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
            input_formats=DAY_FORMATS,
            error_messages=DAY_WRONG | {"required": "Isi tanggal angka itu diambil."},
        )

    @property
    def angka(self) -> dict:
        """The figures alone, as the action takes them."""
        return {k["kode"]: self.cleaned_data.get(k["kode"]) for k in self.kolom}
