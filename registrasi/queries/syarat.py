"""Whether a reminder of registration is still needed at the moment it leaves (SYARAT_PESAN)."""

from datetime import datetime

from kompetisi.models import Edisi
from kompetisi.queries.edisi import closing_instant, find_tahap
from registrasi.models import (
    Keanggotaan,
    MasaPerbaikan,
    Pendaftaran,
    StatusPendaftaran,
)
from registrasi.models.keanggotaan import PeranInstansi
from registrasi.queries.administrasi import approved_of_stage
from registrasi.rules.administrasi import closing_perbaikan


def masih_draf(argumen: str, at: datetime) -> bool:
    """`<pendaftaran>`: still a draft that can be sent."""
    rows = Pendaftaran.objects.filter(pk=argumen, status=StatusPendaftaran.DRAF)
    row = rows.select_related("edisi").first()
    return row is not None and _open(row.edisi, at, row.kode)


def belum_mendaftar(argumen: str, at: datetime) -> bool:
    """`<keanggotaan>/<edisi>`: still acts for an agency that has no entry in the edition."""
    member_pk, _, edisi_pk = argumen.partition("/")
    edisi = Edisi.objects.get(pk=edisi_pk)
    member = Keanggotaan.objects.berlaku(at).filter(pk=member_pk).first()
    if member is None or not _open(edisi, at):
        return False
    return not Pendaftaran.objects.filter(edisi=edisi, instansi=member.instansi_id).exists()


def instansi_belum(argumen: str, at: datetime) -> bool:
    """`<instansi>/<edisi>/<orang>`: still acts for the agency, which has no entry yet."""
    instansi_pk, edisi_pk, orang_pk = argumen.split("/")
    member = Keanggotaan.objects.berlaku(at).filter(
        instansi=instansi_pk, pengguna=orang_pk, peran=PeranInstansi.ADMIN_INSTANSI
    )
    found = member.first()
    return found is not None and belum_mendaftar(f"{found.pk}/{edisi_pk}", at)


def masih_berhak(argumen: str, at: datetime) -> bool:
    """`<keanggotaan>/<end>`: the right is in force, and still ends at that instant."""
    pk, _, end = argumen.partition("/")
    row = Keanggotaan.objects.berlaku(at).filter(pk=pk, pengguna__is_active=True).first()
    return row is not None and ends_of(row) == end


def ends_of(row: Keanggotaan) -> str:
    """The instant a right ends, as it stands in the condition of its reminder."""
    return f"{row.berlaku_sampai:%Y%m%d%H%M%S}" if row.berlaku_sampai else ""


def masih_perbaikan(argumen: str, at: datetime) -> bool:
    """`<masa perbaikan>`: still open and not sent."""
    masa = (
        MasaPerbaikan.objects.filter(
            pk=argumen, dikirim_pada=None, pendaftaran__status=StatusPendaftaran.PERLU_PERBAIKAN
        )
        .select_related("pendaftaran__edisi")
        .first()
    )
    if masa is None:
        return False
    row = masa.pendaftaran
    own = approved_of_stage(row.edisi, [row.kode]).get(row.kode, [])
    return at < closing_perbaikan(masa, own)


def _open(edisi: Edisi, at: datetime, kode: str = "") -> bool:
    tahap = find_tahap(edisi, "pendaftaran")
    return tahap is not None and at < closing_instant(tahap, kode)
