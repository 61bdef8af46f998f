"""What an agency types. Forms say whether input is well-formed; the actions decide the rest."""

from collections.abc import Mapping

from django import forms
from django.utils.html import format_html

from kompetisi.forms.medan import BarisField
from kompetisi.models import Jalur
from registrasi.forms.isian import (
    QuietCharField,
    QuietDateField,
    QuietDecimalField,
    QuietIntegerField,
)
from registrasi.models import Instansi, KinerjaSP4N, Pendaftaran, UnitPengelola
from registrasi.rules.kinerja import clean_angka, find_selisih, stored_figure

DAY = {"type": "date"}
DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
NOT_BELOW = "Tulis bilangan 0 atau lebih."
WHOLE_WRONG = {"invalid": "Tulis bilangan bulat, misalnya 1250.", "min_value": NOT_BELOW}
DECIMAL_WRONG = {
    "invalid": "Tulis bilangan, misalnya 4,25.",
    "min_value": NOT_BELOW,
    "max_decimal_places": "Tulis paling banyak dua angka di belakang koma, misalnya 4,25.",
    "max_digits": "Bilangan ini terlalu panjang. Periksa letak koma.",
    "max_whole_digits": "Bilangan ini terlalu panjang. Periksa letak koma.",
}
DAY_WRONG = {"invalid": "Tulis tanggal yang benar, misalnya 1-10-2018."}


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
            (j.kode, format_html("<strong>{}</strong><br>{}", j.nama, j.uraian)) for j in jalur_list
        ]
        self.fields["peserta"].choices = [
            (self._key(instansi, unit), unit.nama if unit else instansi.nama)
            for instansi, unit in peserta_list
        ]
        wanted = {"unit" if unit else "instansi" for _, unit in peserta_list}
        fits = [j for j in jalur_list if j.sasaran in wanted]
        if len(fits) == 1:
            self.initial.setdefault("jalur", fits[0].kode)

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
            self.fields[
                "mulai_pemakaian"
            ].help_text = f"Sekurangnya {minimal_bulan} bulan sebelum pendaftaran diumumkan."

    @staticmethod
    def initial_of(row: Pendaftaran) -> dict:
        """What is stored."""
        return {name: getattr(row, name) for name in IdentitasForm.base_fields}


class KinerjaForm(forms.Form):
    """SP4N-LAPOR! figures of one period: a field for each column of the edition."""

    use_required_attribute = False

    def __init__(
        self,
        *args,
        kolom: list[dict],
        stored: KinerjaSP4N | None,
        pemeriksaan: list[dict] | None = None,
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kolom, self.pemeriksaan = kolom, pemeriksaan or []
        angka = stored.angka if stored else {}
        for rule in kolom:
            field = _figure_field(rule)
            field.initial = stored_figure(rule["jenis"], angka.get(rule["kode"]))
            self.fields[rule["kode"]] = field

    def clean(self) -> dict:
        """Say all at once: what cannot be read, what is beyond its limit, what contradicts."""
        data = super().clean()
        kept, mistakes = clean_angka(
            self.kolom, {k["kode"]: data.get(k["kode"]) for k in self.kolom}
        )
        for name, text in (find_selisih(self.pemeriksaan, kept) | mistakes).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, text)
        return data


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
            error_messages=DECIMAL_WRONG,
            **shared,
        )
    return QuietIntegerField(
        localize=True,
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "angka"}),
        error_messages=WHOLE_WRONG,
        **shared,
    )


class KirimForm(forms.Form):
    """The statement of truth and who answers for it."""

    use_required_attribute = False

    pernyataan = forms.BooleanField(
        label="Saya menyetujui pernyataan di atas",
        error_messages={"required": "Setujui pernyataan kebenaran untuk mengirim."},
    )
    penandatangan_nama = BarisField(
        label="Nama penanggung jawab",
        max_length=150,
        error_messages={"required": "Isi nama penanggung jawab."},
    )
    penandatangan_jabatan = BarisField(
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
