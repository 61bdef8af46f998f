"""What is typed in the plenary."""

from collections.abc import Sequence

from django import forms

from kompetisi.forms.medan import BarisField
from penghargaan.models import Peringkat
from penghargaan.queries.kuota import SelisihKuota

PUTUSAN = (
    ("usulan", "Sesuai usulan"),
    ("menang", "Ditetapkan sebagai pemenang"),
    ("tidak", "Tidak ditetapkan"),
    ("gugur", "Didiskualifikasi"),
)
ALASAN = {"required": "Tuliskan alasannya.", "max_length": "Ringkaslah menjadi 2000 huruf."}


class PembukaanForm(forms.Form):
    """Where the plenary meets."""

    tempat = BarisField(
        label="Tempat rapat",
        max_length=150,
        required=False,
        help_text="Tercantum dalam berita acara, misalnya Ruang Rapat Utama, Jakarta.",
    )


class HadirForm(forms.Form):
    """Who is present, and as what."""

    pengguna = forms.TypedChoiceField(
        label="Nama", coerce=int, error_messages={"required": "Pilih siapa yang hadir."}
    )
    sebagai = BarisField(
        label="Kedudukan dalam pleno",
        max_length=100,
        help_text="Misalnya Ketua rapat, Anggota, atau Notulis.",
        error_messages={"required": "Isi kedudukannya dalam pleno."},
    )

    def __init__(self, *args, calon: list[tuple[int, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pengguna"].choices = [("", "Pilih nama"), *calon]


class PutusanForm(forms.Form):
    """The decision on one entry; `versi` is the list's version the chair saw."""

    versi = forms.IntegerField(widget=forms.HiddenInput)
    putusan = forms.ChoiceField(
        label="Putusan",
        choices=PUTUSAN,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih putusan."},
    )
    aspek = forms.ChoiceField(
        label="Penghargaan aspek",
        required=False,
        help_text="Hanya untuk pemenang; satu peserta paling banyak satu aspek.",
    )
    alasan = forms.CharField(
        label="Alasan",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Wajib bila putusan menyimpang dari usulan; tercantum dalam berita acara.",
        error_messages=ALASAN,
    )

    def __init__(self, *args, row: Peringkat, aspek: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, initial=self.initial_of(row, row.pleno.versi), **kwargs)
        self.row = row
        if aspek:
            self.fields["aspek"].choices = [
                ("usulan", "Sesuai usulan"),
                ("", "Tanpa penghargaan aspek"),
                *aspek,
            ]
        else:
            del self.fields["aspek"]

    @staticmethod
    def initial_of(row: Peringkat, versi: int) -> dict:
        """What is decided now."""
        putusan = "usulan" if not row.alasan else "menang" if row.menang else "tidak"
        return {
            "versi": versi,
            "putusan": "gugur" if row.didiskualifikasi else putusan,
            "aspek": "usulan" if row.aspek == row.usulan_aspek else row.aspek,
            "alasan": row.alasan,
        }

    def clean(self):
        """Nothing chosen or written is dropped unsaid: what would not be kept is refused."""
        data = super().clean()
        if "putusan" not in data:
            return data
        aspek = data.get("aspek") or "usulan"
        if aspek != "usulan" and not self._menang(data):
            self.add_error("aspek", "Penghargaan aspek hanya untuk pemenang.")
        reason = data.get("alasan", "")
        if reason and reason != self.row.alasan and not self._deviates(data):
            self.add_error(
                "alasan",
                "Putusan ini sama dengan usulan, sehingga alasan tidak disimpan. Kosongkan alasan, "
                "atau pilih putusan atau aspek yang menyimpang.",
            )
        return data

    def _menang(self, data: dict) -> bool:
        known = {"menang": True, "usulan": self.row.usulan_menang}
        return known.get(data["putusan"], False)

    def _deviates(self, data: dict) -> bool:
        menang, aspek = self._menang(data), data.get("aspek", "usulan")
        other = menang and aspek not in ("usulan", self.row.usulan_aspek)
        return data["putusan"] == "gugur" or menang != self.row.usulan_menang or other

    def decision(self) -> dict:
        """The arguments of decide_peringkat."""
        data = self.cleaned_data
        aspek = data.get("aspek", "usulan")
        return {
            "menang": self._menang(data),
            "didiskualifikasi": data["putusan"] == "gugur",
            "aspek": None if aspek == "usulan" else aspek,
            "alasan": data["alasan"],
            "versi": data["versi"],
        }


class SuaraForm(forms.Form):
    """The votes on entries that nothing else separates, one field for each."""

    versi = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, rows: list[Peringkat], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for row in rows:
            self.fields[f"suara-{row.pk}"] = forms.IntegerField(
                label=row.pendaftaran.peserta,
                min_value=0,
                max_value=1000,
                initial=row.suara_pleno,
                error_messages={
                    "required": "Isi jumlah suara.",
                    "invalid": "Tulis jumlah suara dengan angka.",
                },
            )

    def votes(self) -> dict[int, int]:
        """Primary key of the rank -> votes."""
        return {
            int(name.removeprefix("suara-")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("suara-")
        }


class AlasanJumlahForm(forms.Form):
    """Why more or fewer win than the edition says, in all and in each quota that is not met."""

    alasan = forms.CharField(
        label="Alasan jumlah pemenang berbeda",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kosongkan bila jumlah pemenang sama dengan ketentuan.",
    )

    def __init__(self, *args, kuota: Sequence[SelisihKuota], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.kuota = {f"kuota-{row.kunci}": row for row in kuota}
        for name, row in self.kuota.items():
            self.fields[name] = forms.CharField(
                label=f"Alasan {row.uraian}",
                required=False,
                max_length=2000,
                initial=row.alasan,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages=ALASAN,
            )

    def reasons(self) -> dict[str, str]:
        """Key of the quota -> its reason, as set_alasan_jumlah takes them."""
        return {row.kunci: self.cleaned_data[name] for name, row in self.kuota.items()}


class NomorForm(forms.Form):
    """The number of the minutes as the registry gave it."""

    nomor = BarisField(
        label="Nomor berita acara",
        max_length=100,
        help_text="Sesuai dengan nomor dari tata usaha.",
        error_messages={"required": "Isi nomor berita acara."},
    )
