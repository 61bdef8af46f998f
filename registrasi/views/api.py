"""The read API of registration: the directory, who takes part, and entries for those who may."""

from datetime import datetime
from typing import Literal

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from kompetisi import clock
from kompetisi.rules.cakupan import PENDAFTARAN
from kompetisi.views.api import Cakupan, Halaman, edisi_or_404, page_of
from registrasi.queries.api import bukti_rows, instansi_rows, pendaftaran_rows, riwayat_rows
from registrasi.queries.publik import is_peserta_public, peserta_list, with_names

router = Router()
BACA = Cakupan(PENDAFTARAN)
Jenis = Literal[
    "", "kementerian", "lembaga", "provinsi", "kabupaten", "kota", "bumn", "bumd", "ptn"
]


class InstansiData(Schema):
    """A public body."""

    kode: str
    nama: str
    singkatan: str
    jenis: str
    kode_kemendagri: str
    provinsi: str | None
    zona_waktu: str


class InstansiHalaman(Halaman):
    """A page of public bodies."""

    butir: list[InstansiData]


class PesertaData(Schema):
    """A participant: names only."""

    instansi: str
    unit: str | None
    jalur: str
    jenis: str
    provinsi: str


class PesertaHalaman(Halaman):
    """A page of participants."""

    butir: list[PesertaData]


class PendaftaranData(Schema):
    """An entry; `nomor` and `dikirim_pada` are of the receipt in force."""

    kode: str
    tahun: int
    instansi: str
    unit: str | None
    jalur: str
    judul: str
    status: str
    nomor: str | None
    dikirim_pada: datetime | None
    diubah_pada: datetime


class PendaftaranHalaman(Halaman):
    """A page of entries."""

    butir: list[PendaftaranData]


class BuktiData(Schema):
    """An attached file: where it belongs, its size in bytes and its hash."""

    tempat: str
    nama: str
    ukuran: int
    sha256: str
    dilampirkan_pada: datetime


class RiwayatData(Schema):
    """A change of status."""

    status: str
    pada: datetime


class PendaftaranRinci(PendaftaranData):
    """An entry with its files and its road."""

    bukti: list[BuktiData]
    riwayat: list[RiwayatData]


@router.get(
    "/instansi/", response=InstansiHalaman, url_name="instansi", tags=["instansi"],
    summary="Daftar instansi",
)  # fmt: skip
def instansi(
    request: HttpRequest, cari: str = "", jenis: Jenis = "", halaman: int = Query(1, ge=1, le=1000)
) -> dict:
    """The directory of public bodies, by name; `cari` asks for every word of it."""
    rows = instansi_rows(cari, jenis)
    told, page = page_of(rows, halaman, rows.count())
    return told | {"butir": [renamed(row) for row in page]}


@router.get(
    "/edisi/{int:tahun}/peserta/", response=PesertaHalaman, url_name="peserta", tags=["edisi"],
    summary="Peserta",
)  # fmt: skip
def peserta(request: HttpRequest, tahun: int, halaman: int = Query(1, ge=1, le=1000)) -> dict:
    """Who takes part; 404 before registration has closed."""
    edisi = edisi_or_404(tahun)
    if not is_peserta_public(edisi, clock.now()):
        raise Http404
    rows = peserta_list(edisi, {})
    told, page = page_of(rows, halaman, rows.count())
    found = with_names(list(page), {row["jenis"]: row["jenis"] for row in page})
    return told | {"butir": [renamed(row) for row in found]}


@router.get(
    "/edisi/{int:tahun}/pendaftaran/", response=PendaftaranHalaman, url_name="pendaftaran",
    auth=BACA, tags=["pendaftaran"], summary="Pendaftaran yang boleh dilihat",
)  # fmt: skip
def pendaftaran(request: HttpRequest, tahun: int, halaman: int = Query(1, ge=1, le=1000)) -> dict:
    """The entries of an edition that the token's person may see."""
    rows = pendaftaran_rows(request.user, edisi_or_404(tahun))
    told, page = page_of(rows, halaman, rows.count())
    return told | {"butir": [renamed(row) for row in page]}


@router.get(
    "/pendaftaran/{slug:kode}/", response=PendaftaranRinci, url_name="pendaftaran-rinci",
    auth=BACA, tags=["pendaftaran"], summary="Satu pendaftaran",
)  # fmt: skip
def pendaftaran_rinci(request: HttpRequest, kode: str) -> dict:
    """One entry with its files' hashes and its road; 404 for what the person may not see."""
    row = pendaftaran_rows(request.user).filter(kode=kode).first()
    if row is None:
        raise Http404
    return renamed(row) | {"bukti": bukti_rows(request.user, kode), "riwayat": riwayat_rows(kode)}


def renamed(row: dict) -> dict:
    """A row with the names of the API: a query may not call a column like a field of its model."""
    names = {
        "nama_instansi": "instansi",
        "nama_unit": "unit",
        "nama_jalur": "jalur",
        "kode_jalur": "jalur",
        "nama_provinsi": "provinsi",
    }
    return {names.get(key, key): value for key, value in row.items()}
