"""What a person may do with an entry now; the same verdicts serve button, action and test."""

from datetime import datetime

from kompetisi.models import Edisi, Pengguna
from kompetisi.queries.edisi import closing_instant, find_tahap, tahap_list
from kompetisi.rules.tahap import keadaan_at, tahap_keadaan
from kompetisi.rules.verdict import Verdict
from registrasi.models import Pendaftaran, StatusPendaftaran
from registrasi.queries.administrasi import masa_perbaikan_of
from registrasi.queries.keanggotaan import peran_di
from registrasi.rules.pendaftaran import Situasi, can_edit, can_submit, can_withdraw


def situasi_of(user: Pengguna, pendaftaran: Pendaftaran, at: datetime) -> Situasi:
    """The person's roles, the entry's status and the windows at an instant (UTC).

    Three queries; the correction round is read only where it matters.
    """
    returned = pendaftaran.status == StatusPendaftaran.PERLU_PERBAIKAN
    masa = masa_perbaikan_of(pendaftaran) if returned else None
    keadaan = {
        tahap.jenis: tahap_keadaan(tahap, at, tahap.perpanjangan_berlaku, pendaftaran.kode)
        for tahap in tahap_list(pendaftaran.edisi)
    }
    return Situasi(
        peran=peran_di(user, pendaftaran.instansi, pendaftaran.unit),
        status=pendaftaran.status,
        pendaftaran=keadaan.get("pendaftaran"),
        administrasi=keadaan.get("administrasi"),
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


def tenggat_of(pendaftaran: Pendaftaran) -> datetime | None:
    """Until when (exclusive, UTC) the entry can be sent: its correction round or registration."""
    if pendaftaran.status == StatusPendaftaran.PERLU_PERBAIKAN:
        masa = masa_perbaikan_of(pendaftaran)
        return masa.tenggat_berlaku if masa else None
    tahap = find_tahap(pendaftaran.edisi, "pendaftaran")
    return closing_instant(tahap, pendaftaran.kode) if tahap else None


def masa_pendaftaran(edisi: Edisi, at: datetime) -> dict | None:
    """Registration of an edition: {keadaan, mulai, selesai}, instants in UTC, `selesai` exclusive.

    None when the edition has no such stage.
    """
    tahap = find_tahap(edisi, "pendaftaran")
    if tahap is None:
        return None
    selesai = closing_instant(tahap)
    return {
        "keadaan": keadaan_at(tahap.mulai, selesai, at),
        "mulai": tahap.mulai,
        "selesai": selesai,
    }
