"""What is typed about one's own data."""

from django import forms


class PenghapusanForm(forms.Form):
    """Asking to be erased."""

    alasan = forms.CharField(
        label="Alasan",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Boleh kosong; Anda tidak wajib memberi alasan.",
    )
    paham = forms.BooleanField(
        label="Saya paham akun ini tidak dapat dipulihkan",
        error_messages={"required": "Centang bila Anda paham, atau batalkan."},
    )


class PenolakanForm(forms.Form):
    """Why a request is declined."""

    alasan = forms.CharField(
        label="Alasan menolak",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tuliskan alasan menolak."},
    )
