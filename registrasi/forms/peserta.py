"""What an agency types. Forms say whether input is well-formed; the actions decide the rest."""

from collections.abc import Mapping

from django import forms
from django.utils.html import format_html

from kompetisi.models import Jalur, Kelompok, Kriteria, Pertanyaan
from registrasi.forms.isian import (
    QuietCharField,
    QuietChoiceField,
    QuietDateField,
    QuietDecimalField,
    QuietIntegerField,
)
from registrasi.models import (
    BuktiDukung,
    Instansi,
    JawabanNarasi,
    KinerjaSP4N,
    Pendaftaran,
    PenilaianMandiri,
    Unggahan,
    UnitPengelola,
)
from registrasi.rules.isian import check_jawaban
from registrasi.rules.kinerja import stored_figure

DAY = {"type": "date"}
DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
DAY_WRONG = {"invalid": "Tulis tanggal yang benar, misalnya 1-10-2018."}
LONG_NOTE = 4000
MAKS_BUKTI_MB = 10


class BaruForm(forms.Form):
    """Track and participant of a new entry."""

    jalur = forms.ChoiceField(
        label="Jalur", widget=forms.RadioSelect, error_messages={"required": "Pilih satu jalur."}
    )
    peserta = forms.ChoiceField(
        label="Peserta",
        help_text="Instansi secara keseluruhan, atau unit pada jalur unit.",
        error_messages={"required": "Pilih siapa yang didaftarkan."},
    )

    def __init__(self, *args, jalur_list: list[Jalur], peserta_list: list[tuple], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.jalur_list, self.peserta_list = jalur_list, peserta_list
        self.fields["jalur"].choices = [
            (j.kode, format_html("<strong>{}</strong><br>{}", j.nama, j.uraian))
            for j in jalur_list
        ]
        self.fields["peserta"].choices = [
            (self._key(instansi, unit), unit.nama if unit else instansi.nama)
            for instansi, unit in peserta_list
        ]
        if len(jalur_list) == 1:
            self.initial.setdefault("jalur", jalur_list[0].kode)

    @staticmethod
    def _key(instansi: Instansi, unit: UnitPengelola | None) -> str:
        return f"unit-{unit.pk}" if unit else f"instansi-{instansi.pk}"

    def chosen(self) -> dict:
        """Track, agency and unit as the action takes them."""
        wanted = self.cleaned_data["peserta"]
        instansi, unit = next(p for p in self.peserta_list if self._key(*p) == wanted)
        jalur = next(j for j in self.jalur_list if j.kode == self.cleaned_data["jalur"])
        return {"jalur": jalur, "instansi": instansi, "unit": unit}


class IdentitasForm(forms.Form):
    """Who and what the entry is; a draft may leave things open."""

    use_required_attribute = False

    judul = QuietCharField(label="Nama program atau inovasi pengelolaan pengaduan", max_length=200)
    mulai_pemakaian = QuietDateField(
        label="SP4N-LAPOR! dipakai sejak",
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        input_formats=DAY_FORMATS,
        error_messages=DAY_WRONG,
    )
    terhubung_lapor = forms.BooleanField(
        label="Pengelolaan pengaduan kami terhubung dengan SP4N-LAPOR!", required=False
    )
    narahubung_nama = QuietCharField(label="Nama narahubung", max_length=150)
    narahubung_telepon = QuietCharField(
        label="Telepon kantor narahubung",
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args, minimal_bulan: int = 0, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if minimal_bulan:
            self.fields["mulai_pemakaian"].help_text = (
                f"Sekurangnya {minimal_bulan} bulan sebelum pendaftaran diumumkan."
            )

    @staticmethod
    def initial_of(row: Pendaftaran) -> dict:
        """What is stored."""
        return {name: getattr(row, name) for name in IdentitasForm.base_fields}


class KinerjaForm(forms.Form):
    """SP4N-LAPOR! figures of one period: a field for each column of the edition."""

    use_required_attribute = False

    def __init__(self, *args, kolom: list[dict], stored: KinerjaSP4N | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        angka = stored.angka if stored else {}
        for rule in kolom:
            field = _figure_field(rule)
            field.initial = stored_figure(rule["jenis"], angka.get(rule["kode"]))
            self.fields[rule["kode"]] = field


def _figure_field(rule: Mapping) -> forms.Field:
    unit, nama = rule.get("satuan") or "", rule["nama"]
    unit = f" ({unit})" if unit and unit.lower() not in nama.lower() else ""
    needed = rule.get("wajib", True)
    shared = {
        "label": f"{nama}{unit}",
        "help_text": rule.get("petunjuk", ""),
        "required": needed,
    }
    if rule["jenis"] == "tanggal":
        return QuietDateField(
            widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
            input_formats=DAY_FORMATS,
            error_messages=DAY_WRONG,
            **shared,
        )
    if rule["jenis"] == "desimal":
        return QuietDecimalField(
            localize=True,
            min_value=0,
            decimal_places=2,
            max_digits=12,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "angka"}),
            error_messages={"invalid": "Tulis bilangan, misalnya 4,25."},
            **shared,
        )
    return QuietIntegerField(
        localize=True,
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "angka"}),
        error_messages={"invalid": "Tulis bilangan bulat, misalnya 1250."},
        **shared,
    )


class MandiriForm(forms.Form):
    """The self-assessment of one group of criteria: level, note and evidence for each."""

    use_required_attribute = False

    def __init__(self, *args, kelompok: Kelompok, mandiri: dict[int, PenilaianMandiri],
                 **kwargs) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.kriteria_list: list[Kriteria] = list(kelompok.kriteria.all())
        self.mandiri = mandiri
        for kriteria in self.kriteria_list:
            self._add(kriteria, mandiri.get(kriteria.pk))

    def _add(self, kriteria: Kriteria, stored: PenilaianMandiri | None) -> None:
        key = f"k{kriteria.pk}"
        self.fields[f"{key}-tingkat"] = QuietChoiceField(
            label="Tingkat yang dicapai",
            widget=forms.RadioSelect,
            choices=[
                (t["kode"], format_html(
                    "<strong>{} · {}</strong><br>{}", t["kode"], t["nama"], t.get("jangkar", "")
                ))
                for t in kriteria.tingkat
            ],
            initial=stored.tingkat if stored else "",
            error_messages={"invalid_choice": "Pilih salah satu tingkat yang tersedia."},
        )  # fmt: skip
        self.fields[f"{key}-catatan"] = forms.CharField(
            label="Catatan",
            required=False,
            max_length=LONG_NOTE,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=stored.catatan if stored else "",
            help_text="Sebutkan halaman bukti atau hal yang perlu diketahui penilai.",
            error_messages={
                "max_length": f"Ringkaslah catatan menjadi paling banyak {LONG_NOTE} huruf."
            },
        )
        self.fields[f"{key}-bukti"] = forms.FileField(required=False, allow_empty_file=True)
        self.fields[f"{key}-versi"] = forms.IntegerField(
            initial=stored.versi if stored else 0,
            widget=forms.HiddenInput(attrs={"data-versi-medan": ""}),
        )

    def rows(self, bukti: dict[int, BuktiDukung], unggahan: dict[tuple, Unggahan]) -> list[dict]:
        """Each criterion with its fields, the file attached and an upload that is unfinished."""
        return [
            {
                "kriteria": k,
                "tingkat": self[f"k{k.pk}-tingkat"],
                "catatan": self[f"k{k.pk}-catatan"],
                "unggah": self[f"k{k.pk}-bukti"],
                "versi": self[f"k{k.pk}-versi"],
                "bukti": bukti.get(k.pk),
                "unggahan": unggahan.get((None, k.pk)),
                "tersimpan": getattr(self, "bentrok", {}).get(k.pk),
            }
            for k in self.kriteria_list
        ]


class NarasiForm(forms.Form):
    """All narrative questions; a text over its limit is refused and kept as typed."""

    use_required_attribute = False

    def __init__(self, *args, pertanyaan_list: list[Pertanyaan],
                 jawaban: dict[int, JawabanNarasi], **kwargs) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.pertanyaan_list = pertanyaan_list
        for p in pertanyaan_list:
            stored = jawaban.get(p.pk)
            field = QuietCharField if p.wajib else forms.CharField
            self.fields[f"p{p.pk}"] = field(
                label=p.teks,
                required=p.wajib,
                widget=forms.Textarea(attrs={"rows": 8}),
                initial=stored.isi if stored else "",
                help_text=p.petunjuk,
            )
            self.fields[f"p{p.pk}-versi"] = forms.IntegerField(
                initial=stored.versi if stored else 0,
                widget=forms.HiddenInput(attrs={"data-versi-medan": ""}),
            )

    def clean(self) -> dict:
        """Hold every answer to its limit of words."""
        data = super().clean()
        for p in self.pertanyaan_list:
            verdict = check_jawaban(p, data.get(f"p{p.pk}") or "")
            if not verdict:
                self.add_error(f"p{p.pk}", verdict.alasan)
        return data

    def rows(self) -> list[dict]:
        """Each question with its fields."""
        return [
            {
                "pertanyaan": p,
                "isi": self[f"p{p.pk}"],
                "versi": self[f"p{p.pk}-versi"],
                "tersimpan": getattr(self, "bentrok", {}).get(p.pk),
            }
            for p in self.pertanyaan_list
        ]


class KirimForm(forms.Form):
    """The statement of truth and who answers for it."""

    use_required_attribute = False

    pernyataan = forms.BooleanField(
        label="Saya menyetujui pernyataan di atas",
        error_messages={"required": "Setujui pernyataan kebenaran untuk mengirim."},
    )
    penandatangan_nama = forms.CharField(
        label="Nama penanggung jawab",
        max_length=150,
        error_messages={"required": "Isi nama penanggung jawab."},
    )
    penandatangan_jabatan = forms.CharField(
        label="Jabatan penanggung jawab",
        max_length=150,
        error_messages={"required": "Isi jabatan penanggung jawab."},
    )
    kunci = forms.CharField(max_length=64, widget=forms.HiddenInput)


class PenarikanForm(forms.Form):
    """Why a sent entry is taken back."""

    alasan = forms.CharField(
        label="Alasan",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Tuliskan alasan menarik kembali.",
            "max_length": "Ringkaslah alasan menjadi paling banyak %(limit_value)d huruf.",
        },
    )
