"""Requests to act for an agency, as those who decide on them see them."""

from collections.abc import Collection, Mapping

from django.db.models import Exists, F, OuterRef, QuerySet

from kompetisi.rules.matriks import MATRIKS, PENGAMAT
from registrasi.models import Berkas, Keanggotaan, StatusKeanggotaan
from registrasi.models.keanggotaan import PeranInstansi
from registrasi.queries.instansi import named_by

MELIHAT_AKUN = MATRIKS["akun.putuskan"].peran | {PENGAMAT}


def keanggotaan_visible_to_panitia(peran: Collection[str]) -> QuerySet[Keanggotaan]:
    """All requests and memberships for those who decide on them and for the observer.

    `ada_admin` says whether the agency has another admin in force already.
    """
    if not MELIHAT_AKUN.intersection(peran):
        return Keanggotaan.objects.none()
    others = Keanggotaan.objects.berlaku().filter(
        instansi=OuterRef("instansi"), peran=PeranInstansi.ADMIN_INSTANSI
    )
    others = others.exclude(pk=OuterRef("pk"))
    return Keanggotaan.objects.select_related(
        "pengguna",
        "instansi__provinsi",
        "unit",
        "surat_tugas",
        "diputus_oleh",
        "undangan__diundang_oleh",
    ).annotate(ada_admin=Exists(others))


def filter_keanggotaan(
    rows: QuerySet[Keanggotaan], saring: Mapping[str, str]
) -> QuerySet[Keanggotaan]:
    """Those that a cleaned filter leaves: waiting ones oldest first, decided ones newest first."""
    rows = rows.filter(named_by(saring.get("cari") or "", "pengguna__nama", "pengguna__email"))
    status = saring.get("status") or StatusKeanggotaan.DIAJUKAN
    rows = _in_state(rows, status)
    if status == StatusKeanggotaan.DIAJUKAN:
        return rows.order_by("diajukan_pada", "pk")
    return rows.order_by(F("diputus_pada").desc(nulls_last=True), "-pk")


def _in_state(rows: QuerySet[Keanggotaan], status: str) -> QuerySet[Keanggotaan]:
    """Those that stand so now: an approved right past its end counts as ended."""
    if status == StatusKeanggotaan.DISETUJUI:
        return rows.berlaku()
    if status == StatusKeanggotaan.BERAKHIR:
        return rows.filter(status=status) | rows.lewat()
    return rows.filter(status=status)


def next_keanggotaan(peran: Collection[str], setelah: int | None = None) -> Keanggotaan | None:
    """The oldest request still waiting, other than the one just seen."""
    rows = keanggotaan_visible_to_panitia(peran).filter(status=StatusKeanggotaan.DIAJUKAN)
    return rows.exclude(pk=setelah).order_by("diajukan_pada", "pk").first()


def anggota_lain(keanggotaan: Keanggotaan) -> list[Keanggotaan]:
    """Those who act for the same agency now, oldest first."""
    rows = keanggotaan.instansi.keanggotaan.berlaku().exclude(pk=keanggotaan.pk)
    return list(rows.select_related("pengguna", "unit").order_by("diputus_pada", "pk"))


def admin_lain(keanggotaan: Keanggotaan) -> QuerySet[Keanggotaan]:
    """The rights, in force, of other people as admins of the same agency."""
    rows = keanggotaan.instansi.keanggotaan.berlaku().filter(peran=PeranInstansi.ADMIN_INSTANSI)
    return rows.exclude(pengguna=keanggotaan.pengguna_id).select_related("pengguna")


def penolakan_terdahulu(keanggotaan: Keanggotaan) -> list[Keanggotaan]:
    """Refused requests of the same person for the same agency, the newest first."""
    rows = Keanggotaan.objects.filter(
        pengguna=keanggotaan.pengguna_id,
        instansi=keanggotaan.instansi_id,
        status=StatusKeanggotaan.DITOLAK,
    )
    rows = rows.exclude(pk=keanggotaan.pk).select_related("diputus_oleh")
    return list(rows.order_by("-diputus_pada", "-pk"))


def surat_tugas_visible_to_panitia(peran: Collection[str], pk: int) -> Berkas | None:
    """The letter of a request, for those who may see the request."""
    row = keanggotaan_visible_to_panitia(peran).filter(pk=pk).first()
    return row.surat_tugas if row else None
