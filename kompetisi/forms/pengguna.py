"""Forms about people."""

from django import forms

from kompetisi.forms.medan import BarisField
from kompetisi.models.pengguna import JenisPeran, Pengguna, ZonaWaktu


class ProfilForm(forms.Form):
    """One's own profile."""

    nama = BarisField(label="Nama lengkap", max_length=150)
    jabatan = BarisField(label="Jabatan", max_length=150, required=False)
    telepon = BarisField(label="Telepon kantor", max_length=30, required=False)
    zona_waktu = forms.ChoiceField(label="Zona waktu", choices=ZonaWaktu.choices)

    @staticmethod
    def initial_of(user: Pengguna) -> dict:
        """What is stored now."""
        fields = ("nama", "jabatan", "telepon", "zona_waktu")
        return {field: getattr(user, field) for field in fields}


class PeranForm(forms.Form):
    """Granting a role."""

    email = forms.EmailField(label="Alamat surel akun")
    jenis = forms.ChoiceField(label="Peran", choices=JenisPeran.choices)


class JamForm(forms.Form):
    """Where the demonstration's clock shall stand, in WIB; empty gives the real time back."""

    ke = forms.DateTimeField(
        label="Jam aplikasi (WIB)",
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}),
        help_text="Kosongkan untuk kembali ke waktu sebenarnya.",
    )
