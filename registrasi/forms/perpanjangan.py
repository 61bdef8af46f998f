"""What is typed to propose an extension."""

from datetime import datetime, timedelta

from django import forms

from kompetisi.clock import WIB
from kompetisi.models import Edisi
from kompetisi.queries.edisi import closing_instant
from kompetisi.templatetags.waktu import batas
from registrasi.queries.perpanjangan import find_kode

LONGEST = 2000


class PerpanjanganForm(forms.Form):
    """A later closing for a stage or for one entry, with its reason.

    People name the last minute that still counts ("sampai 23.59"); the instant kept is the
    exclusive one, a minute later.
    """

    tahap = forms.ModelChoiceField(
        label="Tahap",
        queryset=None,
        empty_label="Pilih tahap",
        error_messages={
            "required": "Pilih tahap yang diperpanjang.",
            "invalid_choice": "Pilih tahap yang tersedia.",
        },
    )
    kode_pendaftaran = forms.CharField(
        label="Kode pendaftaran",
        required=False,
        max_length=20,
        help_text="Kosongkan untuk memperpanjang seluruh tahap; perpanjangan seluruh tahap "
        "diumumkan kepada publik.",
    )
    tanggal = forms.DateField(
        label="Tanggal terakhir",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        error_messages={
            "required": "Isi tanggal terakhir yang masih diterima.",
            "invalid": "Tulis tanggal seperti 3-11-2019.",
        },
    )
    pukul = forms.TimeField(
        label="Menit terakhir (WIB)",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        initial="23:59",
        help_text="23.59 berarti masih diterima sampai 23.59.59 WIB.",
        error_messages={
            "required": "Isi menit terakhir yang masih diterima.",
            "invalid": "Tulis waktu seperti 23.59.",
        },
    )
    alasan = forms.CharField(
        label="Alasan",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Alasan perpanjangan seluruh tahap dimuat dalam pengumuman.",
        error_messages={
            "required": "Tuliskan alasan perpanjangan.",
            "max_length": f"Ringkaslah alasan menjadi paling banyak {LONGEST} huruf.",
        },
    )

    def __init__(self, *args, edisi: Edisi, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.edisi = edisi
        self.fields["tahap"].queryset = edisi.tahap.all()

    def clean_kode_pendaftaran(self) -> str:
        """The code as it is kept; unknown ones are told."""
        typed = self.cleaned_data["kode_pendaftaran"]
        kode = find_kode(self.edisi, typed) if typed else ""
        if typed and not kode:
            raise forms.ValidationError(
                "Tidak ada pendaftaran dengan kode ini pada edisi ini. Periksa kodenya."
            )
        return kode

    def clean(self) -> dict:
        """Bring day and minute together as `selesai_baru` (exclusive)."""
        data = super().clean()
        if data.get("tanggal") and data.get("pukul") is not None:
            minute = data["pukul"].replace(second=0, microsecond=0)
            last = datetime.combine(data["tanggal"], minute, tzinfo=WIB)
            data["selesai_baru"] = last + timedelta(minutes=1)
            self._check_later(data)
        return data

    def _check_later(self, data: dict) -> None:
        if data.get("tahap") and "kode_pendaftaran" in data:
            now = closing_instant(data["tahap"], data["kode_pendaftaran"])
            if data["selesai_baru"] <= now:
                self.add_error(
                    "tanggal", f"Pilih waktu setelah penutupan yang berlaku, {batas(now)}."
                )
