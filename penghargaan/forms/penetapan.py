"""The decree and the publication as they are typed in."""

from datetime import datetime

from django import forms

from kompetisi.clock import WIB
from kompetisi.forms.medan import BarisField
from penghargaan.models import Keputusan

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
DATE_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]


class KeputusanForm(forms.Form):
    """The decree as the registry gave it; nothing here is made up by the application."""

    nomor = BarisField(
        label="Nomor keputusan",
        max_length=100,
        help_text="Sesuai dengan naskah, misalnya 345 Tahun 2019.",
        error_messages={"required": "Isi nomor keputusan."},
    )
    tanggal = forms.DateField(
        label="Tanggal keputusan",
        widget=DATE,
        input_formats=DATE_FORMATS,
        error_messages={
            "required": "Isi tanggal keputusan.",
            "invalid": "Tulis tanggal seperti 4-12-2019.",
        },
    )
    tentang = forms.CharField(
        label="Tentang",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Isi perihal keputusan."},
    )
    tempat = BarisField(label="Ditetapkan di", max_length=80, initial="Jakarta")
    penandatangan_jabatan = BarisField(
        label="Jabatan penanda tangan",
        max_length=150,
        initial="Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    )
    penandatangan_nama = BarisField(
        label="Nama penanda tangan",
        max_length=150,
        required=False,
        help_text="Tercetak pada piagam; boleh dikosongkan.",
    )

    @classmethod
    def initial_of(cls, row: Keputusan | None) -> dict:
        """What was entered before."""
        return {name: getattr(row, name) for name in cls.base_fields} if row else {}


class PenerbitanForm(forms.Form):
    """The instant from which the result is public, in WIB."""

    tanggal = forms.DateField(
        label="Tanggal pengumuman",
        widget=DATE,
        input_formats=DATE_FORMATS,
        error_messages={
            "required": "Isi tanggal pengumuman.",
            "invalid": "Tulis tanggal seperti 9-12-2019.",
        },
    )
    pukul = forms.TimeField(
        label="Pukul (WIB)",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages={
            "required": "Isi pukul pengumuman.",
            "invalid": "Tulis waktu seperti 19.00.",
        },
    )

    def instant(self) -> datetime:
        """The instant, aware."""
        data = self.cleaned_data
        return datetime.combine(data["tanggal"], data["pukul"], tzinfo=WIB)


class AlasanForm(forms.Form):
    """A required reason."""

    alasan = forms.CharField(
        label="Alasan",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tuliskan alasannya."},
    )
