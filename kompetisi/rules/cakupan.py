"""What a token of the read API may be made for."""

from collections.abc import Mapping

PROFIL = "profil"
PENDAFTARAN = "pendaftaran"
PENUGASAN = "penugasan"

CAKUPAN: Mapping[str, str] = {
    PROFIL: "Membaca nama dan peran Anda",
    PENDAFTARAN: "Membaca pendaftaran yang boleh Anda lihat, tanpa isi berkas",
    PENUGASAN: "Membaca penugasan penilaian yang boleh Anda lihat, tanpa nilai",
}
MASA_HARI = (30, 90, 365)  # days a token may last
