"""The emblem as it is uploaded."""

from django import forms


class LambangForm(forms.Form):
    """A PNG or JPEG; what it really is the action finds out."""

    gambar = forms.FileField(
        label="Gambar lambang",
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text="PNG atau JPEG, paling besar 2 MB, sisi terpendek paling sedikit 200 piksel.",
        error_messages={
            "required": "Pilih berkas gambar.",
            "empty": "Berkas ini kosong. Pilih berkas lain.",
        },
    )
