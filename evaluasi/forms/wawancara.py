"""Forms of interviews: a timetable, one session, the agency's confirmation."""

from datetime import datetime, time, timedelta

from django import forms

from evaluasi.rules.jadwal import AturanJadwal
from kompetisi.clock import WIB
from kompetisi.forms.medan import BarisField

MAX_ROOMS = 8
MAX_BAHAN_MB = 20


def time_input() -> forms.TimeInput:
    """A field for a time of day."""
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class UsulanForm(forms.Form):
    """What a timetable is proposed from."""

    ruang = forms.CharField(
        label="Ruang atau tautan",
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Satu baris untuk setiap ruang; tautan daring diawali https://.",
        initial="Ruang Wawancara 1",
    )
    jeda = forms.IntegerField(
        label="Jeda antarsesi (menit)", min_value=0, max_value=120, initial=10
    )
    jam_mulai = forms.TimeField(label="Mulai (WIB)", widget=time_input(), initial=time(8))
    jam_selesai = forms.TimeField(label="Selesai (WIB)", widget=time_input(), initial=time(16))
    istirahat_mulai = forms.TimeField(label="Istirahat dari", widget=time_input(), initial=time(12))
    istirahat_selesai = forms.TimeField(
        label="Istirahat sampai", widget=time_input(), initial=time(13)
    )

    def clean_ruang(self):
        """Rooms one a line, each once."""
        rooms = [line.strip() for line in self.cleaned_data["ruang"].splitlines() if line.strip()]
        rooms = list(dict.fromkeys(rooms))
        if len(rooms) > MAX_ROOMS:
            raise forms.ValidationError(f"Paling banyak {MAX_ROOMS} ruang.")
        if any(len(room) > 120 for room in rooms):
            raise forms.ValidationError("Nama ruang paling panjang 120 karakter.")
        if any("://" in room and not room.startswith("https://") for room in rooms):
            raise forms.ValidationError("Tautan harus diawali https://.")
        return rooms

    def clean(self):
        """The day must have a length."""
        data = super().clean()
        begin, end = data.get("jam_mulai"), data.get("jam_selesai")
        if begin and end and begin >= end:
            self.add_error("jam_selesai", "Jam selesai harus sesudah jam mulai.")
        return data

    def aturan(self, lama: timedelta) -> AturanJadwal:
        """The rules of the timetable, with the edition's length of a session."""
        data = self.cleaned_data
        return AturanJadwal(
            lama=lama,
            jeda=timedelta(minutes=data["jeda"]),
            ruang=tuple(data["ruang"]),
            jam_mulai=data["jam_mulai"],
            jam_selesai=data["jam_selesai"],
            istirahat_mulai=data["istirahat_mulai"],
            istirahat_selesai=data["istirahat_selesai"],
        )


class SesiForm(forms.Form):
    """Date, time and place of one session; times in WIB."""

    tanggal = forms.DateField(
        label="Tanggal", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    mulai = forms.TimeField(label="Mulai (WIB)", widget=time_input())
    selesai = forms.TimeField(
        label="Selesai (WIB)",
        widget=time_input(),
        required=False,
        help_text="Bila dikosongkan, mengikuti lama sesi menurut aturan edisi.",
    )
    ruang = BarisField(label="Ruang", max_length=120, required=False)
    tautan = forms.URLField(
        label="Tautan pertemuan daring", max_length=200, required=False, assume_scheme="https"
    )
    versi = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self):
        """Join date and times to instants; a place is needed."""
        data = super().clean()
        day, begin, end = data.get("tanggal"), data.get("mulai"), data.get("selesai")
        if begin and end and begin >= end:
            self.add_error("selesai", "Jam selesai harus sesudah jam mulai.")
        if not data.get("ruang") and not data.get("tautan") and "tautan" not in self.errors:
            self.add_error("ruang", "Isi ruang, atau tautan pertemuan daring.")
        if day and begin:
            data["dari"] = datetime.combine(day, begin, tzinfo=WIB)
            data["hingga"] = datetime.combine(day, end, tzinfo=WIB) if end else None
        return data

    def jadwal(self) -> dict:
        """What the acts take: instants and place."""
        data = self.cleaned_data
        return {
            "mulai": data["dari"],
            "selesai": data["hingga"],
            "ruang": data["ruang"],
            "tautan": data["tautan"],
        }


class KonfirmasiForm(forms.Form):
    """Who presents, and the slides; `versi` names the schedule that was seen."""

    penyaji_nama = BarisField(label="Nama penyaji", max_length=150)
    penyaji_jabatan = BarisField(label="Jabatan penyaji", max_length=150)
    bahan = forms.FileField(
        label="Bahan paparan (PDF)",
        required=False,
        help_text=f"PDF, paling besar {MAX_BAHAN_MB} MB. Bahan yang baru menggantikan yang lama.",
        widget=forms.FileInput(
            attrs={
                "accept": "application/pdf",
                "data-unggah": "",
                "data-maks-byte": str(MAX_BAHAN_MB * 1024**2),
            }
        ),
    )
    versi = forms.IntegerField(widget=forms.HiddenInput)


class AlasanForm(forms.Form):
    """Why a session is cancelled."""

    alasan = forms.CharField(label="Alasan", max_length=1000, widget=forms.Textarea)
