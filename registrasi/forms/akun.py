"""What is typed to decide on accounts."""

from django import forms

from registrasi.forms.isian import QuietCharField, QuietChoiceField
from registrasi.models import Keanggotaan, StatusKeanggotaan
from registrasi.queries.akun import admin_lain

LONGEST = 2000


class AlasanForm(forms.Form):
    """A reason that the person concerned is told."""

    alasan = forms.CharField(
        label="Alasan",
        help_text="Alasan ini disampaikan kepada yang bersangkutan.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Tuliskan alasan yang akan disampaikan kepada yang bersangkutan.",
            "max_length": f"Ringkaslah alasan menjadi paling banyak {LONGEST} huruf.",
        },
    )


def last_day(help_text: str) -> forms.DateField:
    """The last day of a right, as the letter names it."""
    return forms.DateField(
        label="Berlaku sampai",
        required=False,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
        error_messages={"invalid": "Tulis tanggal yang benar, misalnya 2019-12-31."},
    )


class PersetujuanForm(forms.Form):
    """What goes with an approval: the last day of the letter, and whose rights it ends."""

    berlaku_sampai = last_day(
        "Hari terakhir menurut surat tugas. Kosongkan bila surat tidak menyebutnya."
    )
    akhiri = forms.ModelMultipleChoiceField(
        label="Akhiri hak admin yang digantikan",
        queryset=Keanggotaan.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Pilih hanya admin yang menurut surat tugas digantikan pemohon.",
        error_messages={"invalid_choice": "Pilih admin dari daftar."},
    )

    def __init__(self, *args, keanggotaan: Keanggotaan, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        rows = admin_lain(keanggotaan)
        if not rows.exists():
            del self.fields["akhiri"]
            return
        self.fields["akhiri"].queryset = rows
        self.fields["akhiri"].label_from_instance = lambda row: (
            f"{row.pengguna} ({row.pengguna.email})"
        )


class MasaForm(AlasanForm):
    """Another last day for a right, with the reason that the person is told."""

    field_order = ["berlaku_sampai", "alasan"]
    berlaku_sampai = last_day("Hari terakhir hak ini. Kosongkan bila tanpa batas waktu.")


class SaringAkunForm(forms.Form):
    """The filter of the account list; whatever is strange in the address is left out."""

    use_required_attribute = False

    cari = QuietCharField(label="Cari instansi atau orang", max_length=100)
    status = QuietChoiceField(label="Keadaan", choices=StatusKeanggotaan.choices)


def clean_filter(form: forms.Form) -> dict[str, str]:
    """The values of a filter that are valid; the rest counts as not given."""
    form.is_valid()
    return {name: form.cleaned_data.get(name) or "" for name in form.fields}
