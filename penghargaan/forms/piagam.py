"""Certificates and what is asked about them."""

import re

from django import forms

from kompetisi.forms.medan import BarisField
from penghargaan.forms.penetapan import DATE, DATE_FORMATS, AlasanForm
from penghargaan.queries.piagam import normalize_kode
from penghargaan.rules.nomor import check_pola

NOMOR_TANDA_TERIMA = re.compile(r"TT\d{4}\d{6,}")
TANGGAL_ERRORS = {
    "required": "Isi tanggal piagam.",
    "invalid": "Tulis tanggal seperti 9-12-2019.",
}


class TerbitkanForm(forms.Form):
    """The registry's pattern of numbers, the first running number, and the date printed."""

    pola = forms.CharField(
        label="Pola nomor",
        max_length=80,
        help_text="Sesuai dengan tata usaha. {urut} diganti nomor urut; {urut:3} menulis 007. "
        "Contoh: B/{urut}/PP.00.05/2019.",
        error_messages={"required": "Isi pola nomor."},
    )
    awal = forms.IntegerField(
        label="Nomor urut pertama",
        min_value=1,
        max_value=9_999_999,
        initial=1,
        error_messages={"required": "Isi nomor urut pertama."},
    )
    tanggal = forms.DateField(
        label="Tanggal piagam",
        widget=DATE,
        input_formats=DATE_FORMATS,
        error_messages=TANGGAL_ERRORS,
    )

    def clean_pola(self) -> str:
        """One place for the running number."""
        pola = self.cleaned_data["pola"].strip()
        verdict = check_pola(pola)
        if not verdict:
            raise forms.ValidationError(verdict.alasan)
        return pola


class PenggantiForm(AlasanForm):
    """A corrected certificate that takes the place of another."""

    penerima = BarisField(
        label="Nama penerima",
        max_length=400,
        help_text="Nama instansi atau unit seperti akan tercetak.",
        error_messages={"required": "Isi nama penerima."},
    )
    nomor = BarisField(
        label="Nomor piagam pengganti",
        max_length=100,
        error_messages={"required": "Isi nomor yang belum dipakai."},
    )
    tanggal = forms.DateField(
        label="Tanggal piagam",
        widget=DATE,
        input_formats=DATE_FORMATS,
        error_messages=TANGGAL_ERRORS,
    )
    field_order = ["penerima", "nomor", "tanggal", "alasan"]


class KodeForm(forms.Form):
    """The code of a certificate or receipt, as it is read or typed.

    A receipt's number is told apart: numbers run in order, and answering to them would tell
    anybody who has entered.
    """

    kode = forms.CharField(
        label="Kode verifikasi",
        max_length=80,
        help_text="Tertulis di samping kode QR pada piagam atau tanda terima.",
        error_messages={"required": "Isi kode verifikasi."},
    )

    def clean_kode(self) -> str:
        """Something that may be a code."""
        codes = normalize_kode(self.cleaned_data["kode"])
        if not codes:
            raise forms.ValidationError("Kode hanya terdiri atas huruf dan angka.")
        if any(NOMOR_TANDA_TERIMA.fullmatch(code) for code in codes):
            raise forms.ValidationError(
                "Ini nomor tanda terima, bukan kode verifikasi. Kode verifikasi terdiri atas 32 "
                "huruf dan angka, tercetak di samping kode QR pada tanda terima."
            )
        return max(codes)


class BerkasForm(forms.Form):
    """A PDF of which only the SHA-256 is computed."""

    berkas = forms.FileField(
        label="Berkas PDF piagam atau tanda terima",
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
        error_messages={"required": "Pilih berkas PDF yang akan diperiksa."},
        help_text="Berkas hanya dihitung sidiknya (SHA-256), tidak dibaca dan tidak disimpan.",
    )
