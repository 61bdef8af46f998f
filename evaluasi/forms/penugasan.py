"""Small forms about assignments and reopening."""

from django import forms


class RencanaForm(forms.Form):
    """Draw a plan; the same number repeats the same draw."""

    benih = forms.IntegerField(
        label="Nomor undian",
        required=False,
        min_value=0,
        max_value=2_000_000_000,
        help_text="Kosongkan untuk undian baru. Nomor yang sama mengulang undian yang sama.",
    )
    dari_awal = forms.BooleanField(
        label="Susun dari awal",
        required=False,
        help_text="Rencana yang belum dirilis dilupakan, juga yang dipilih dengan tangan.",
    )


class AlasanForm(forms.Form):
    """A reason that is kept in the audit log."""

    alasan = forms.CharField(
        label="Alasan",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tuliskan alasannya."},
    )


class RilisForm(forms.Form):
    """Releasing a plan although suggested conflicts in it are undecided."""

    dugaan_diketahui = forms.BooleanField(
        error_messages={"required": "Centang bila rencana tetap dirilis sekarang."}
    )

    def __init__(self, *args, jumlah: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "dugaan_diketahui"
        ].label = f"Saya tahu {jumlah} penugasan ini berdugaan benturan yang belum diputuskan"


class PengembalianForm(AlasanForm):
    """Why an assignment is given back."""

    sebab = forms.ChoiceField(
        label="Mengapa",
        widget=forms.RadioSelect,
        choices=[
            ("ditolak", "Saya tidak dapat menilainya, misalnya karena sakit atau beban kerja"),
            ("benturan", "Saya mempunyai benturan kepentingan dengan peserta ini"),
        ],
        error_messages={"required": "Pilih salah satu."},
    )
    field_order = ["sebab", "alasan"]


class PenggantiForm(forms.Form):
    """Who was proposed as a substitute; without it the solver is asked anew."""

    evaluator = forms.IntegerField(min_value=1, required=False)


class EvaluatorForm(forms.Form):
    """An evaluator chosen by key, and a reason where one is asked for."""

    evaluator = forms.IntegerField(min_value=1, error_messages={"required": "Pilih evaluator."})
    alasan = forms.CharField(required=False, max_length=2000)
