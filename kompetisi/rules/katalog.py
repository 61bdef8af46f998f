"""The catalogue of all kinds of messages: those of the core, and those the settings name."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from kompetisi.hooks import functions_of
from kompetisi.rules.naskah import Isian, JenisPesan, wajib

AKUN = "akun"

PESAN = (
    JenisPesan(
        kode=AKUN,
        nama="Pesan akun",
        untuk="pemilik akun",
        subjek="",
        isi="",
        harus=True,
        segera=True,
        tetap=True,
    ),
    JenisPesan(
        kode="gangguan",
        nama="Gangguan layanan terukur",
        untuk="sekretariat dan admin PANRB",
        subjek="Gangguan layanan terukur: rancangan perpanjangan {tahap}",
        isi=(
            "{alasan}\n\nSistem menyiapkan rancangan perpanjangan sampai {tenggat}. Rancangan itu "
            "belum berlaku: satu orang perlu mengajukannya dan orang lain menyetujuinya."
        ),
        isian={
            "tahap": Isian("nama tahap", "Pendaftaran"),
            "alasan": wajib("kapan dan berapa lama", "Layanan terganggu selama 12 menit."),
            "tenggat": wajib("batas waktu dengan zonanya", "2 November 2019 00.14 WIB"),
        },
        harus=True,
        segera=True,
    ),
    JenisPesan(
        kode="ringkasan",
        nama="Ringkasan harian",
        untuk="siapa pun yang memilih ringkasan harian",
        subjek="Ringkasan {jumlah} pesan, {tanggal}",
        isi="Pesan untuk Anda sejak ringkasan terakhir:\n\n{daftar}",
        isian={
            "jumlah": wajib("jumlah pesan", "2"),
            "tanggal": Isian("tanggal ringkasan", "25 Oktober 2019"),
            "daftar": wajib(
                "perihal dan alamat setiap pesan",
                "- Pendaftaran 2019-0042 belum dikirim\n  https://contoh.go.id/pesan/1/",
            ),
        },
        harus=True,
    ),
)


@cache
def katalog() -> Mapping[str, JenisPesan]:
    """Kind of message by its code, app by app. Raises ValueError when a code is given twice."""
    found: dict[str, JenisPesan] = {}
    for part in functions_of("KATALOG_PESAN"):
        for jenis in part:
            if jenis.kode in found:
                raise ValueError(f"Message kind {jenis.kode} is listed twice.")
            found[jenis.kode] = jenis
    return MappingProxyType(found)


def find_jenis(kode: str) -> JenisPesan | None:
    """The kind with this code; what follows a dot only says which of a family it is."""
    return katalog().get(kode.partition(".")[0])
