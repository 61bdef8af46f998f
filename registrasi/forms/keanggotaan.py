"""What is typed to represent an agency and to appoint others."""

from django import forms

from registrasi.models import UnitPengelola
from registrasi.models.instansi import JenisUnit


class PermohonanForm(forms.Form):
    """Asking to represent an agency, with the letter that says so."""

    nama = forms.CharField(
        label="Nama lengkap",
        max_length=150,
        error_messages={"required": "Isi nama lengkap Anda seperti pada surat tugas."},
    )
    jabatan = forms.CharField(
        label="Jabatan",
        max_length=150,
        help_text="Jabatan Anda di instansi, misalnya Kepala Bidang Informasi Publik.",
        error_messages={"required": "Isi jabatan Anda di instansi."},
    )
    nomor_surat_tugas = forms.CharField(
        label="Nomor surat tugas",
        max_length=100,
        error_messages={"required": "Isi nomor surat tugas seperti tertulis pada suratnya."},
    )
    surat_tugas = forms.FileField(
        label="Surat tugas",
        help_text="PDF paling besar 5 MB, menyebut nama Anda dan ditandatangani pimpinan.",
        widget=forms.FileInput(attrs={"accept": "application/pdf", "data-maks-byte": 5 * 1024**2}),
        error_messages={
            "required": "Pilih berkas surat tugas (PDF).",
            "empty": "Berkas ini kosong. Pilih berkas yang berisi.",
        },
    )


class UnitForm(forms.Form):
    """A new unit of the agency."""

    nama = forms.CharField(
        label="Nama unit",
        max_length=200,
        error_messages={"required": "Isi nama unit, misalnya RSUD Kota Semarang."},
    )
    jenis = forms.ChoiceField(
        label="Jenis unit", choices=JenisUnit.choices, initial=JenisUnit.PELAYANAN
    )
    alamat = forms.CharField(label="Alamat", required=False, max_length=500)


class AnggotaForm(forms.Form):
    """Appointing somebody with an account as the admin of a unit."""

    email = forms.EmailField(
        label="Alamat surel akunnya",
        error_messages={
            "required": "Isi alamat surel akun yang ditunjuk.",
            "invalid": "Tulis alamat surel yang benar, misalnya nama@instansi.go.id.",
        },
    )
    unit = forms.ModelChoiceField(
        label="Unit",
        queryset=UnitPengelola.objects.none(),
        empty_label="Pilih unit",
        error_messages={
            "required": "Pilih unit yang dikelola.",
            "invalid_choice": "Pilih unit dari daftar.",
        },
    )

    def __init__(self, *args, instansi, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = UnitPengelola.objects.filter(instansi=instansi)
