"""What is written in the discussion of an entry's readers."""

import uuid

from django import forms

from evaluasi.rules.diskusi import MAX_TANGGAPAN


class TanggapanForm(forms.Form):
    """One contribution; `kunci` is the form's own, so that the same form never writes twice."""

    isi = forms.CharField(
        label="Tanggapan",
        max_length=MAX_TANGGAPAN,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Tuliskan tanggapan Anda."},
    )
    kunci = forms.CharField(max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("initial", {"kunci": str(uuid.uuid4())})
        super().__init__(*args, **kwargs)


class PermintaanForm(forms.Form):
    """Why one's sheet should be reopened."""

    alasan = forms.CharField(
        label="Alasan",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tuliskan alasannya."},
    )
    kunci = forms.CharField(max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("initial", {"kunci": str(uuid.uuid4())})
        super().__init__(*args, **kwargs)


class PenolakanForm(PermintaanForm):
    """Why a sheet stays locked; `permintaan` is the key of the request."""

    permintaan = forms.IntegerField(widget=forms.HiddenInput)
