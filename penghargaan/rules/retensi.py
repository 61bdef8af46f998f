"""When the time of what an edition keeps is over."""

from datetime import datetime

from kompetisi.clock import WIB
from registrasi.rules.temuan import add_months

# What may be said in `aturan.retensi` of the edition file, in words.
JENIS = {
    "draf_tidak_dikirim_bulan": "Isian dan berkas draf yang tidak pernah dikirim",
    "berkas_bukan_pemenang_bulan": "Isi berkas peserta yang bukan pemenang",
    "kontak_pribadi_bulan": "Narahubung pendaftaran",
}


def due_at(terbit: datetime, bulan: int) -> datetime:
    """So many months after publication, at the same time of day in WIB; never earlier."""
    local = terbit.astimezone(WIB)
    return datetime.combine(add_months(local.date(), bulan), local.timetz())
