"""The date of a letter, and until when it holds."""

from django import forms

from kompetisi import clock
from kompetisi.clock import WIB
from registrasi.rules.surat import check_tanggal


class TanggalSuratForm(forms.Form):
    """Asked of documents whose kind has a validity in the edition."""

    use_required_attribute = False

    tanggal_surat = forms.DateField(
        label="Tanggal surat",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Isi tanggal surat.",
            "invalid": "Isi tanggal yang ada dalam kalender.",
        },
    )
    berlaku_sampai = forms.DateField(
        label="Berlaku sampai",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Kosongkan bila surat tidak menyebutnya.",
        error_messages={"invalid": "Isi tanggal yang ada dalam kalender."},
    )

    def clean(self) -> dict:
        """A letter is dated by today at the latest, and holds for a day at least."""
        data = super().clean()
        dated, until = data.get("tanggal_surat"), data.get("berlaku_sampai")
        if dated and not (verdict := check_tanggal(dated, clock.now().astimezone(WIB).date())):
            self.add_error("tanggal_surat", verdict.alasan)
        if dated and until and until < dated:
            self.add_error("berlaku_sampai", "Harus pada atau sesudah tanggal surat.")
        return data
