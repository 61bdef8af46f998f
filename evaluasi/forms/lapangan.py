"""Forms of site visits: the schedule, the team's record, the number of the minutes."""

from collections.abc import Iterable

from django import forms

from evaluasi.actions.temuan import MAX_URAIAN, IsianKunjungan, IsianTemuan
from evaluasi.queries.temuan import ButirTemuan
from kompetisi.forms.medan import BarisField


class JadwalForm(forms.Form):
    """Day and place of a visit; `versi` guards against another person's change."""

    tanggal = forms.DateField(
        label="Tanggal kunjungan",
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Pilih tanggal kunjungan.",
            "invalid": "Tulis tanggal seperti 2019-11-26.",
        },
    )
    tempat = BarisField(
        label="Tempat",
        max_length=200,
        help_text="Nama kantor dan alamatnya, seperti yang akan tertulis pada berita acara.",
        error_messages={"required": "Tuliskan tempat kunjungan."},
    )
    versi = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class NomorForm(forms.Form):
    """The number of the minutes."""

    nomor = BarisField(
        label="Nomor berita acara",
        max_length=100,
        help_text="Nomor dari tata usaha. Sesudah nomor diisi, catatan kunjungan ditutup.",
        error_messages={"required": "Tuliskan nomor berita acara."},
    )


class KunjunganForm(forms.Form):
    """All that a team writes, in one POST; fields by criterion are uraian-<id> and versi-<id>."""

    penerima_nama = BarisField(label="Nama yang menerima tim", required=False, max_length=150)
    penerima_jabatan = BarisField(label="Jabatannya", required=False, max_length=150)
    temuan_material = forms.CharField(
        label="Temuan material",
        required=False,
        max_length=MAX_URAIAN,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ketidaksesuaian yang perlu diketahui pleno, misalnya data yang tidak benar.",
    )
    versi = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, butir: Iterable[ButirTemuan], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.butir = list(butir)
        for item in self.butir:
            key = item.kriteria.pk
            self.fields[f"uraian-{key}"] = forms.CharField(
                label=f"Temuan {item.kriteria.kode}", required=False, max_length=MAX_URAIAN
            )
            self.fields[f"versi-{key}"] = forms.IntegerField(required=False, min_value=0)

    def isian(self) -> IsianKunjungan:
        """The head as typed."""
        data = self.cleaned_data
        return IsianKunjungan(
            data["penerima_nama"], data["penerima_jabatan"], data["temuan_material"]
        )

    def temuan(self) -> dict[int, IsianTemuan]:
        """The findings as typed, by primary key of the criteria that were on the page."""
        data = self.cleaned_data
        return {
            key: IsianTemuan(data[f"uraian-{key}"], data[f"versi-{key}"] or 0)
            for key in (item.kriteria.pk for item in self.butir)
            if f"uraian-{key}" in self.data
        }
