"""What the secretariat may do about entries it cannot change."""

from collections.abc import Collection

from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.tahap import Keadaan
from kompetisi.rules.verdict import YES, Verdict, all_of, no
from registrasi.models import StatusPendaftaran


def can_remind(
    peran: Collection[str], keadaan: Keadaan | None, status: str, *, sudah_hari_ini: bool
) -> Verdict:
    """Whether an agency may be reminded of its unsent entry: once a day, while it can be sent."""
    draft = status == StatusPendaftaran.DRAF
    return all_of(
        check_aksi("pengingat.kirim", peran, keadaan),
        YES if draft else no("Pendaftaran ini sudah dikirim; tidak perlu diingatkan."),
        no("Pengingat untuk pendaftaran ini sudah dikirim hari ini.") if sudah_hari_ini else YES,
    )


def can_remind_instansi(
    peran: Collection[str], keadaan: Keadaan | None, *, sudah_hari_ini: bool
) -> Verdict:
    """Whether an agency without an entry may be reminded: once a day, while it can register."""
    return all_of(
        check_aksi("pengingat.kirim", peran, keadaan),
        no("Pengingat untuk instansi ini sudah dikirim hari ini.") if sudah_hari_ini else YES,
    )
