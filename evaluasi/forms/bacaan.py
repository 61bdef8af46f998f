"""Forms beside a sheet: a place in a document, a question for the site team, what was read."""

from django import forms

from evaluasi.rules.bacaan import MAX_PERTANYAAN


class TitikForm(forms.Form):
    """A page of one of the entry's documents, and a region of it where a script gave one."""

    berkas = forms.TypedChoiceField(
        label="Dokumen",
        coerce=int,
        error_messages={
            "required": "Pilih dokumen.",
            "invalid_choice": "Pilih salah satu dokumen pendaftaran ini.",
        },
    )
    halaman = forms.IntegerField(
        label="Halaman",
        min_value=1,
        max_value=32000,
        initial=1,
        error_messages={
            "required": "Tuliskan nomor halaman.",
            "invalid": "Tuliskan nomor halaman dengan angka.",
            "min_value": "Nomor halaman mulai dari 1.",
            "max_value": "Nomor halaman terlalu besar.",
        },
    )
    kotak = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args, berkas: list[tuple[int, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["berkas"].choices = berkas


class PertanyaanForm(forms.Form):
    """What the site team should look at."""

    teks = forms.CharField(
        label="Pertanyaan untuk tim lapangan",
        required=False,
        max_length=MAX_PERTANYAAN,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kosongkan untuk menarik pertanyaan.",
        error_messages={
            "max_length": f"Pertanyaan paling panjang {MAX_PERTANYAAN} karakter; persingkat dahulu."
        },
    )
    versi = forms.IntegerField(required=False, widget=forms.HiddenInput)


class BacaanForm(forms.Form):
    """Seconds for which a page was in view."""

    berkas = forms.IntegerField()
    halaman = forms.IntegerField(min_value=1)
    detik = forms.IntegerField(min_value=0, max_value=3600)
