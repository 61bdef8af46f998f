"""What the committee finds in the main menu about registration."""

from collections.abc import Collection

from django.db.models import Count, Exists, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from kompetisi import clock
from kompetisi.models import Edisi, Pengguna
from kompetisi.rules.matriks import MATRIKS, PANITIA, check_aksi
from registrasi.models import Keanggotaan, Pendaftaran, StatusKeanggotaan, StatusPendaftaran
from registrasi.queries.akun import MELIHAT_AKUN

KELOMPOK = "Registrasi"


def navigasi(user: Pengguna, edisi: Edisi | None, peran: Collection[str]) -> list[dict]:
    """Entries of the menu with what waits behind them; one query, none for other people."""
    if not edisi or not PANITIA.intersection(peran):
        return []
    akun, administrasi = _waiting(edisi)
    entries = [
        {"label": "Panitia", "url_name": "registrasi_panitia:beranda", "urutan": 10},
        _entry("Pendaftaran", "pendaftaran", 22),
        _entry("Administrasi", "administrasi", 24, administrasi),
        _entry("Perpanjangan", "perpanjangan", 26),
    ]
    if MATRIKS["angka_resmi.catat"].peran.intersection(peran):
        entries.append(_entry("Angka resmi", "angka-resmi", 25))
    if check_aksi("akses.lihat", peran):
        entries.append(_entry("Siapa melihat apa", "akses", 63) | {"kelompok": "Sistem"})
    if check_aksi("berkas.lihat", peran):
        entries.append(_entry("Keadaan berkas", "keadaan-berkas", 66) | {"kelompok": "Sistem"})
    if MELIHAT_AKUN.intersection(peran):
        entries.append(_entry("Akun", "akun", 20, akun))
    return entries


def _entry(label: str, page: str, urutan: int, jumlah: int = 0) -> dict:
    """An entry of the group of registration; nothing waiting is not shown as a nought."""
    return {
        "label": label,
        "url_name": f"registrasi_panitia:{page}",
        "urutan": urutan,
        "jumlah": jumlah or None,
        "kelompok": KELOMPOK,
    }


def _waiting(edisi: Edisi) -> tuple[int, int]:
    """How many requests and how many entries that can be checked wait, in one query."""
    akun = Keanggotaan.objects.filter(status=StatusKeanggotaan.DIAJUKAN)
    begun = edisi.tahap.filter(jenis="administrasi", mulai__lte=clock.now())
    entries = Pendaftaran.objects.filter(
        Exists(begun), edisi=edisi, status=StatusPendaftaran.DIKIRIM
    )
    rows = Edisi.objects.filter(pk=edisi.pk).annotate(
        akun=_count(akun), administrasi=_count(entries)
    )
    return rows.values_list("akun", "administrasi").get()


def _count(rows: QuerySet) -> Coalesce:
    total = rows.order_by().annotate(_all=Value(1)).values("_all").annotate(n=Count("pk"))
    return Coalesce(Subquery(total.values("n"), output_field=IntegerField()), 0)
