"""What a person may do with an entry now; the same verdicts serve button, action and test."""

from datetime import datetime

from kompetisi.models import Pengguna
from kompetisi.queries.edisi import keadaan_of
from kompetisi.rules.verdict import Verdict
from registrasi.models import Pendaftaran
from registrasi.queries.administrasi import masa_perbaikan_of
from registrasi.queries.keanggotaan import peran_di
from registrasi.rules.pendaftaran import Situasi, can_edit, can_submit, can_withdraw


def situasi_of(user: Pengguna, pendaftaran: Pendaftaran, at: datetime) -> Situasi:
    """The person's roles, the entry's status and the windows at an instant (UTC)."""
    masa = masa_perbaikan_of(pendaftaran)
    edisi, kode = pendaftaran.edisi, pendaftaran.kode
    return Situasi(
        peran=peran_di(user, pendaftaran.instansi, pendaftaran.unit),
        status=pendaftaran.status,
        pendaftaran=keadaan_of(edisi, "pendaftaran", at, kode),
        administrasi=keadaan_of(edisi, "administrasi", at, kode),
        tenggat_perbaikan=masa.tenggat_berlaku if masa else None,
        at=at,
    )


def izin_of(user: Pengguna, pendaftaran: Pendaftaran, at: datetime) -> dict[str, Verdict]:
    """Verdicts on `isi` (fill in), `kirim` (send) and `tarik` (withdraw)."""
    situasi = situasi_of(user, pendaftaran, at)
    return {
        "isi": can_edit(situasi),
        "kirim": can_submit(situasi),
        "tarik": can_withdraw(situasi),
    }
