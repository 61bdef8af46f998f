"""What is typed to represent an agency and to appoint others."""

from datetime import date

from django import forms

from kompetisi import clock
from kompetisi.clock import WIB
from kompetisi.forms.medan import BarisField
from registrasi.models import UnitPengelola
from registrasi.models.instansi import JenisUnit
from registrasi.models.keanggotaan import PeranInstansi
from registrasi.rules.surat import check_surat_tugas

PICTURE_HELP = (
    "PDF, atau foto seluruh halaman surat (JPEG atau PNG), paling besar 5 MB. Nama Anda, tanda "
    "tangan pimpinan, dan cap harus terbaca."
)


class PermohonanForm(forms.Form):
    """Asking to represent an agency, with the letter that says so."""

    nama = BarisField(
        label="Nama lengkap",
        max_length=150,
        error_messages={"required": "Isi nama lengkap Anda seperti pada surat tugas."},
    )
    jabatan = BarisField(
        label="Jabatan",
        max_length=150,
        help_text="Jabatan Anda di instansi, misalnya Kepala Bidang Informasi Publik.",
        error_messages={"required": "Isi jabatan Anda di instansi."},
    )
    nomor_surat_tugas = BarisField(
        label="Nomor surat tugas",
        max_length=100,
        error_messages={"required": "Isi nomor surat tugas seperti tertulis pada suratnya."},
    )
    tanggal_surat = forms.DateField(
        label="Tanggal surat tugas",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
        error_messages={
            "required": "Isi tanggal surat tugas seperti tertulis pada suratnya.",
            "invalid": "Tulis tanggal yang benar, misalnya 14-10-2019.",
        },
    )
    menggantikan = forms.CharField(
        label="Pejabat yang Anda gantikan",
        max_length=150,
        required=False,
        help_text="Isi bila Anda menggantikan admin yang pindah tugas; haknya diakhiri bersamaan.",
    )
    surat_tugas = forms.FileField(
        label="Surat tugas",
        help_text="PDF paling besar 5 MB, menyebut nama Anda dan ditandatangani pimpinan. Foto "
        "surat disimpan dahulu sebagai PDF, misalnya dengan menu Cetak pada ponsel.",
        widget=forms.FileInput(attrs={"accept": "application/pdf", "data-maks-byte": 5 * 1024**2}),
        error_messages={
            "required": "Pilih berkas surat tugas.",
            "empty": "Berkas ini kosong. Pilih berkas yang berisi.",
        },
    )

    def __init__(self, *args, masa_bulan: int | None, gambar: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if gambar:
            surat = self.fields["surat_tugas"]
            surat.help_text = PICTURE_HELP
            surat.widget.attrs["accept"] = "application/pdf,image/jpeg,image/png"
        self.masa_bulan = masa_bulan
        if masa_bulan:
            hint = f"Surat tugas berlaku {masa_bulan} bulan sejak tanggalnya."
            self.fields["tanggal_surat"].help_text = hint

    def clean_tanggal_surat(self) -> date:
        """Say at once, before the file is looked into, what the request would be refused for."""
        dated = self.cleaned_data["tanggal_surat"]
        verdict = check_surat_tugas(dated, self.masa_bulan, clock.now().astimezone(WIB).date())
        if not verdict:
            raise forms.ValidationError(verdict.alasan)
        return dated


class UnitForm(forms.Form):
    """A new unit of the agency."""

    nama = BarisField(
        label="Nama unit",
        max_length=200,
        error_messages={"required": "Isi nama unit, misalnya RSUD Kota Semarang."},
    )
    jenis = forms.ChoiceField(
        label="Jenis unit", choices=JenisUnit.choices, initial=JenisUnit.PELAYANAN
    )
    alamat = forms.CharField(label="Alamat", required=False, max_length=500)


def address(label: str, help_text: str = "") -> forms.EmailField:
    """Whom to invite."""
    return forms.EmailField(
        label=label,
        help_text=help_text,
        error_messages={
            "required": "Isi alamat surel yang diundang.",
            "invalid": "Tulis alamat surel yang benar, misalnya nama@instansi.go.id.",
        },
    )


class UndanganForm(forms.Form):
    """Inviting somebody to fill in for a unit, or to be an admin of the agency too."""

    email = address("Alamat surel", "Alamat resmi; pemiliknya tidak harus sudah mempunyai akun.")
    peran = forms.ChoiceField(
        label="Sebagai", choices=PeranInstansi.choices, initial=PeranInstansi.ADMIN_UNIT,
        error_messages={
            "required": "Pilih peran yang ditawarkan.",
            "invalid_choice": "Pilih peran dari daftar.",
        },
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        label="Unit",
        queryset=UnitPengelola.objects.none(),
        required=False,
        empty_label="Tidak ada: admin instansi",
        help_text="Hanya untuk admin unit.",
        error_messages={"invalid_choice": "Pilih unit dari daftar."},
    )

    def __init__(self, *args, instansi, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = UnitPengelola.objects.filter(instansi=instansi)

    def clean(self) -> dict:
        """A unit's admin needs a unit; the agency's admin has none."""
        data = super().clean()
        if data.get("peran") == PeranInstansi.ADMIN_INSTANSI:
            data["unit"] = None
        elif not data.get("unit") and "unit" not in self.errors:
            self.add_error("unit", "Pilih unit yang akan diisi admin unit ini.")
        return data


class SerahTerimaForm(forms.Form):
    """Naming the successor of the agency's admin."""

    email = address(
        "Alamat surel pengganti",
        "Hak Anda berakhir pada saat pengganti menerima, tidak lebih awal.",
    )
