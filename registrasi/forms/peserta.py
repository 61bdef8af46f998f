"""What an agency types. Forms say whether input is well-formed; the actions decide the rest."""

from django import forms

from kompetisi.models import Kelompok, Pertanyaan
from registrasi.models.instansi import JenisUnit
from registrasi.queries.pendaftaran import IsianLengkap
from registrasi.rules.isian import check_jawaban

DATE = {"widget": forms.DateInput(attrs={"type": "date"}), "input_formats": ["%Y-%m-%d"]}


class PermohonanForm(forms.Form):
    """Asking to represent an agency."""

    nomor_surat_tugas = forms.CharField(label="Nomor surat tugas", max_length=100)
    surat_tugas = forms.FileField(
        label="Surat tugas (PDF)", help_text="Surat penunjukan Anda sebagai admin instansi."
    )


class UnitForm(forms.Form):
    """A new unit of the agency."""

    nama = forms.CharField(label="Nama unit", max_length=200)
    jenis = forms.ChoiceField(label="Jenis unit", choices=JenisUnit.choices)
    alamat = forms.CharField(label="Alamat", required=False, max_length=500)


class BaruForm(forms.Form):
    """Track and unit of a new entry."""

    jalur = forms.ChoiceField(label="Jalur", widget=forms.RadioSelect)
    unit = forms.ChoiceField(label="Unit yang didaftarkan", required=False)

    def __init__(self, *args, jalur_list, unit_list, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jalur"].choices = [(j.kode, j.nama) for j in jalur_list]
        units = [(str(u.pk), u.nama) for u in unit_list]
        self.fields["unit"].choices = [("", "Instansi secara keseluruhan"), *units]


class IdentitasForm(forms.Form):
    """Who and what the entry is."""

    judul = forms.CharField(
        label="Nama program atau inovasi pengelolaan pengaduan", max_length=200, required=False
    )
    mulai_pemakaian = forms.DateField(label="SP4N-LAPOR! dipakai sejak", required=False, **DATE)
    terhubung_lapor = forms.BooleanField(
        label="Instansi kami terhubung dengan SP4N-LAPOR!", required=False
    )
    narahubung_nama = forms.CharField(label="Nama narahubung", max_length=150, required=False)
    narahubung_telepon = forms.CharField(
        label="Telepon kantor narahubung", max_length=30, required=False
    )
    versi = forms.IntegerField(widget=forms.HiddenInput)


class KinerjaForm(forms.Form):
    """SP4N-LAPOR! figures of one period."""

    periode_mulai = forms.DateField(label="Awal periode", **DATE)
    periode_selesai = forms.DateField(label="Akhir periode", **DATE)
    diterima = forms.IntegerField(label="Laporan diterima", min_value=0)
    selesai = forms.IntegerField(label="Selesai", min_value=0)
    proses = forms.IntegerField(label="Dalam proses", min_value=0)
    belum = forms.IntegerField(label="Belum ditindaklanjuti", min_value=0)
    lainnya = forms.IntegerField(label="Ditunda atau diarsipkan", min_value=0, initial=0)
    hari_tindak_lanjut = forms.DecimalField(
        label="Rata-rata hari kerja sampai tindak lanjut pertama",
        required=False, min_value=0, max_digits=6, decimal_places=2,
    )  # fmt: skip
    hari_selesai = forms.DecimalField(
        label="Rata-rata hari kerja sampai selesai",
        required=False, min_value=0, max_digits=6, decimal_places=2,
    )  # fmt: skip
    kepuasan = forms.DecimalField(
        label="Rata-rata kepuasan pelapor (1 sampai 5)",
        required=False, min_value=1, max_value=5, max_digits=3, decimal_places=2,
    )  # fmt: skip


class MandiriForm(forms.Form):
    """The self-assessment of one group of criteria: level, note, evidence for each."""

    def __init__(self, *args, kelompok: Kelompok, isian: IsianLengkap, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.kriteria_list = list(kelompok.kriteria.all())
        for kriteria in self.kriteria_list:
            stored = isian.mandiri.get(kriteria.pk)
            key = f"k{kriteria.pk}"
            self.fields[f"{key}-tingkat"] = forms.ChoiceField(
                label=kriteria.nama,
                required=False,
                widget=forms.RadioSelect,
                choices=[
                    (t["kode"], f"{t['kode']} · {t['jangkar'] or t['nama']}")
                    for t in kriteria.tingkat
                ],
                initial=stored.tingkat if stored else "",
                help_text=kriteria.petunjuk,
            )
            self.fields[f"{key}-catatan"] = forms.CharField(
                label="Penjelasan",
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                initial=stored.catatan if stored else "",
            )
            self.fields[f"{key}-bukti"] = forms.FileField(
                label="Bukti dukung (PDF)", required=False
            )
            self.fields[f"{key}-versi"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=stored.versi if stored else 0
            )

    def rows(self, isian: IsianLengkap) -> list[dict]:
        """Each criterion with its fields and the file that is attached."""
        return [
            {
                "kriteria": k,
                "tingkat": self[f"k{k.pk}-tingkat"],
                "catatan": self[f"k{k.pk}-catatan"],
                "unggah": self[f"k{k.pk}-bukti"],
                "versi": self[f"k{k.pk}-versi"],
                "bukti": isian.bukti_kriteria.get(k.pk),
            }
            for k in self.kriteria_list
        ]


class NarasiForm(forms.Form):
    """All narrative questions; a text over its limit is refused and kept as typed."""

    def __init__(self, *args, isian: IsianLengkap, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.pertanyaan_list: list[Pertanyaan] = isian.pertanyaan_list
        for p in self.pertanyaan_list:
            stored = isian.jawaban.get(p.pk)
            self.fields[f"p{p.pk}"] = forms.CharField(
                label=p.teks,
                required=False,
                widget=forms.Textarea(attrs={"rows": 8}),
                initial=stored.isi if stored else "",
                help_text=p.petunjuk,
            )
            self.fields[f"p{p.pk}-versi"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=stored.versi if stored else 0
            )

    def clean(self) -> dict:
        """Hold every answer to its limit of words."""
        data = super().clean()
        for p in self.pertanyaan_list:
            verdict = check_jawaban(p, data.get(f"p{p.pk}", ""))
            if not verdict:
                self.add_error(f"p{p.pk}", verdict.alasan)
        return data

    def rows(self) -> list[dict]:
        """Each question with its fields."""
        return [
            {"pertanyaan": p, "isi": self[f"p{p.pk}"], "versi": self[f"p{p.pk}-versi"]}
            for p in self.pertanyaan_list
        ]


class KirimForm(forms.Form):
    """The statement of truth and who answers for it."""

    penandatangan_nama = forms.CharField(label="Nama penanggung jawab", max_length=150)
    penandatangan_jabatan = forms.CharField(label="Jabatan", max_length=150)
    pernyataan = forms.BooleanField(label="Saya menyetujui pernyataan di atas")
    kunci = forms.CharField(max_length=64, widget=forms.HiddenInput)
