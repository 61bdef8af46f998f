"""Forms of the evaluation team: members, and the conflicts they declare."""

from django import forms

from evaluasi.actions.benturan import Riwayat
from evaluasi.models import JenisRiwayat
from evaluasi.queries.evaluator import bidang_of_edisi, find_instansi, provinsi_list
from evaluasi.queries.rencana import tahap_dinilai
from evaluasi.rules.benturan import can_note_riwayat, provinsi_of
from evaluasi.rules.kemampuan import MOST_SHEETS
from kompetisi import clock
from kompetisi.forms.medan import BarisField
from kompetisi.models import Edisi

OWN = "kapasitas_tahap_"  # before the code of the stage, as the name of a field


class InstansiField(forms.CharField):
    """An agency by its name as one types it; the cleaned value is the agency, or None."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)

    def clean(self, value):
        """Find the agency; where several could be meant, name them."""
        text = super().clean(value)
        if not text:
            return None
        found, near = find_instansi(text)
        if found is not None:
            return found
        if near:
            names = "; ".join(near)
            raise forms.ValidationError(
                f"Instansi belum jelas. Ketik nama lengkap salah satunya: {names}."
            )
        raise forms.ValidationError(
            "Instansi tidak ditemukan. Periksa ejaannya, misalnya Pemerintah Kota Semarang."
        )


def agency_input() -> forms.TextInput:
    """A text field that suggests agencies while one types."""
    return forms.TextInput(attrs={"list": "daftar-instansi", "autocomplete": "off"})


class AsalForm(forms.Form):
    """Where an evaluator comes from, and how much they can take on."""

    instansi_asal = InstansiField(
        label="Instansi asal",
        required=False,
        widget=agency_input(),
        help_text="Instansi asal dan provinsinya tidak akan ditugaskan kepadanya.",
    )
    asal_lain = BarisField(
        label="Asal di luar daftar instansi",
        required=False,
        max_length=200,
        help_text="Isi bila asalnya bukan instansi pemerintah, misalnya perguruan tinggi.",
    )
    provinsi = forms.ModelChoiceField(
        label="Provinsi asal",
        queryset=provinsi_list(),
        required=False,
        empty_label="Pilih provinsi",
        help_text=(
            "Tempat asalnya berkedudukan; seluruh pemerintah daerah di provinsi ini tidak akan "
            "ditugaskan kepadanya. Boleh kosong bila instansi asalnya pemerintah daerah."
        ),
    )
    kapasitas = forms.IntegerField(
        label="Jumlah lembar paling banyak pada satu tahap",
        min_value=1,
        max_value=MOST_SHEETS,
        initial=60,
    )
    keahlian = forms.MultipleChoiceField(
        label="Bidang keahlian",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Pendaftaran pada bidang ini diutamakan baginya selama beban tetap merata.",
    )

    def __init__(self, *args, edisi: Edisi, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keahlian"].choices = bidang_of_edisi(edisi)
        self.tahap = {f"{OWN}{row.kode}": row.kode for row in tahap_dinilai(edisi)}
        for row in tahap_dinilai(edisi):
            self.fields[f"{OWN}{row.kode}"] = forms.IntegerField(
                label=f"Paling banyak pada {row.nama}",
                required=False,
                min_value=0,
                max_value=MOST_SHEETS,
            )

    def medan_tahap(self) -> list:
        """The fields of the stages' own capacities, for the page."""
        return [self[name] for name in self.tahap]

    def ada_batas_tahap(self) -> bool:
        """Whether one of them holds something, so that the page shows them at once."""
        return any(m.errors or m.value() not in (None, "") for m in self.medan_tahap())

    def clean(self):
        """An origin and a province are needed: without them no conflict could be derived."""
        data = super().clean()
        given = data.get("instansi_asal") or data.get("asal_lain")
        if not given and "instansi_asal" not in self.errors:
            self.add_error("instansi_asal", "Isi instansi asal, atau asal di luar daftar.")
        elif given and not data.get("provinsi") and not provinsi_of(data.get("instansi_asal")):
            self.add_error("provinsi", "Pilih provinsi asal evaluator ini.")
        own = {kode: data.pop(name, None) for name, kode in self.tahap.items()}
        data["kapasitas_tahap"] = {kode: n for kode, n in own.items() if n is not None}
        return data


class TambahEvaluatorForm(AsalForm):
    """A person who becomes an evaluator."""

    email = forms.EmailField(label="Alamat surel", max_length=254)
    nama = BarisField(label="Nama lengkap", max_length=150)
    jabatan = BarisField(label="Jabatan", max_length=150, required=False)
    field_order = ["email", "nama", "jabatan"]


class UbahEvaluatorForm(AsalForm):
    """Changes to an evaluator; `versi` guards against another person's change."""

    aktif = forms.BooleanField(
        label="Aktif",
        required=False,
        help_text="Evaluator yang tidak aktif tidak melihat penugasannya lagi.",
    )
    versi = forms.IntegerField(widget=forms.HiddenInput)


class BenturanForm(forms.Form):
    """One agency in conflict, with the reason. An empty row counts as nothing."""

    instansi = InstansiField(label="Instansi", required=False, widget=agency_input())
    alasan = forms.CharField(
        label="Alasan",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self):
        """Both or none."""
        data = super().clean()
        instansi, alasan = data.get("instansi"), data.get("alasan")
        if instansi and not alasan:
            self.add_error("alasan", "Tuliskan alasannya.")
        if alasan and not instansi and "instansi" not in self.errors:
            self.add_error("instansi", "Tuliskan nama instansinya.")
        return data


class CatatBenturanForm(BenturanForm):
    """A conflict that the chair records: both fields are needed."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True


class RiwayatForm(forms.Form):
    """An earlier agency or consultancy with its years. A row without a body counts as nothing.

    The cleaned data hold `riwayat`, or None; a body outside the directory keeps its typed name.
    """

    instansi = BarisField(
        label="Instansi, lembaga, atau perusahaan",
        required=False,
        max_length=200,
        widget=agency_input(),
        help_text="Ketik nama lengkapnya; boleh di luar daftar instansi.",
    )
    jenis = forms.ChoiceField(
        label="Hubungan", required=False, choices=JenisRiwayat.choices, initial="instansi"
    )
    tahun_mulai = forms.IntegerField(label="Dari tahun", required=False)
    tahun_selesai = forms.IntegerField(
        label="Sampai tahun", required=False, help_text="Kosongkan bila masih berlangsung."
    )

    def clean(self):
        """A body needs its first year; the years must be possible."""
        data = super().clean()
        name, first = data.get("instansi"), data.get("tahun_mulai")
        data["riwayat"] = None
        if not name and (first or data.get("tahun_selesai")):
            self.add_error("instansi", "Tuliskan nama instansinya.")
        elif name and first is None and "tahun_mulai" not in self.errors:
            self.add_error("tahun_mulai", "Isi tahun mulainya.")
        elif name and not self.errors:
            can = can_note_riwayat(first, data.get("tahun_selesai"), now=clock.now().year)
            if not can.ok:
                self.add_error("tahun_mulai", can.alasan)
                return data
            found = find_instansi(name)[0]
            data["riwayat"] = Riwayat(
                jenis=data.get("jenis") or JenisRiwayat.INSTANSI.value,
                tahun_mulai=first,
                tahun_selesai=data.get("tahun_selesai"),
                instansi=found,
                nama_lain="" if found else name,
            )
        return data


class CatatRiwayatForm(RiwayatForm):
    """An earlier tie that the committee records: the body and its first year are needed."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("instansi", "tahun_mulai"):
            self.fields[name].required = True


RiwayatFormSet = forms.formset_factory(RiwayatForm, extra=2, max_num=20, absolute_max=20)
BenturanFormSet = forms.formset_factory(BenturanForm, extra=3, max_num=20, absolute_max=20)


class PernyataanForm(forms.Form):
    """The declaration as a whole: a list of agencies, or that there are none."""

    tidak_ada = forms.BooleanField(
        label="Saya tidak mempunyai benturan kepentingan lain dengan instansi mana pun.",
        required=False,
    )


class PaktaForm(forms.Form):
    """Agreement to the integrity pact."""

    setuju = forms.BooleanField(
        label=(
            "Saya menyetujui dan akan mematuhi pakta integritas ini, serta membenarkan asal dan "
            "provinsi asal saya yang tercantum di atas."
        ),
        error_messages={"required": "Centang pernyataan ini untuk melanjutkan."},
    )
