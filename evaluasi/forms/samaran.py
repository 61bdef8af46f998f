"""What the secretariat answers about a copy without names."""

from django import forms

from evaluasi.rules.samaran import MAKS_MB


class PenolakanSamaranForm(forms.Form):
    """Why a copy still names somebody."""

    alasan = forms.CharField(
        label="Apa yang masih menyebut peserta",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Misalnya kop surat pada halaman 1 dan cap pada halaman 4.",
        error_messages={"required": "Tulis apa yang masih menyebut peserta."},
    )


class PenggantiSamaranForm(forms.Form):
    """A version that was blacked out by hand."""

    berkas = forms.FileField(
        label="Versi yang disamarkan dengan tangan",
        help_text=f"PDF, JPEG, atau PNG paling besar {MAKS_MB} MB. Hitamkan nama, kop, cap, dan "
        "logo lalu cetak ke PDF, supaya yang dihitamkan tidak dapat dibaca lagi.",
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
        error_messages={
            "required": "Pilih berkasnya.",
            "empty": "Berkas ini kosong. Pilih berkas yang berisi.",
        },
    )
