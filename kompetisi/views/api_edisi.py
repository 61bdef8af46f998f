"""The read API of the core: editions with their calendar and rubrics, and who is asking."""

from datetime import datetime
from decimal import Decimal

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema

from kompetisi import clock
from kompetisi.queries.edisi import edisi_list, tahap_list
from kompetisi.queries.peran import peran_semua
from kompetisi.queries.publik import rubrik_list
from kompetisi.rules.cakupan import PROFIL
from kompetisi.rules.tahap import closing_of, keadaan_at
from kompetisi.views.api import Cakupan, edisi_or_404

router = Router(tags=["edisi"])


class Akar(Schema):
    """Where to begin."""

    keterangan: str
    edisi: str


class EdisiRingkas(Schema):
    """An edition in a list."""

    tahun: int
    kode: str
    nama: str
    mulai: datetime | None
    selesai: datetime | None


class TahapData(Schema):
    """A stage; `selesai` is exclusive and counts approved extensions."""

    kode: str
    jenis: str
    nama: str
    mulai: datetime
    selesai: datetime
    keadaan: str
    diperpanjang: bool
    asumsi: bool


class JalurData(Schema):
    """A track."""

    kode: str
    nama: str
    uraian: str
    kuota_pemenang: int


class EdisiData(Schema):
    """An edition with its calendar and tracks."""

    tahun: int
    kode: str
    nama: str
    dasar_hukum: str
    jumlah_pemenang: int
    bobot_tahap: dict[str, str]
    tahap: list[TahapData]
    jalur: list[JalurData]


class KriteriaData(Schema):
    """A criterion with its levels, each with the anchor that describes it."""

    kode: str
    nama: str
    bobot: Decimal
    tingkat: list[dict]


class KelompokData(Schema):
    """A group of criteria."""

    kode: str
    nama: str
    bobot: Decimal
    kriteria: list[KriteriaData]


class RubrikData(Schema):
    """A rubric; `jalur` empty means all tracks without one of their own."""

    tahap: str
    jalur: str | None
    nama: str
    kelompok: list[KelompokData]


class Saya(Schema):
    """The person a token reads for."""

    nama: str
    surel: str
    cakupan: list[str]
    berakhir_pada: datetime
    peran: list[dict]


@router.get("/", response=Akar, url_name="akar", summary="Awal")
def akar(request: HttpRequest) -> dict:
    """Where to begin."""
    link = request.build_absolute_uri
    return {"keterangan": link(reverse("api:openapi-json")), "edisi": link(reverse("api:edisi"))}


@router.get("/edisi/", response=list[EdisiRingkas], url_name="edisi", summary="Semua edisi")
def edisi(request: HttpRequest) -> list[dict]:
    """All editions, newest first."""
    return [
        {
            "tahun": row.tahun,
            "kode": row.kode,
            "nama": row.nama,
            "mulai": row.dari,
            "selesai": row.hingga,
        }
        for row in edisi_list()
    ]


@router.get("/edisi/{int:tahun}/", response=EdisiData, url_name="edisi-rinci", summary="Satu edisi")
def edisi_rinci(request: HttpRequest, tahun: int) -> dict:
    """An edition, its stages with the closings in force, and its tracks."""
    row, now = edisi_or_404(tahun), clock.now()
    return {
        "tahun": row.tahun,
        "kode": row.kode,
        "nama": row.nama,
        "dasar_hukum": row.dasar_hukum,
        "jumlah_pemenang": row.jumlah_pemenang,
        "bobot_tahap": {k: str(v) for k, v in row.aturan.get("bobot_tahap", {}).items()},
        "tahap": [_tahap(tahap, now) for tahap in tahap_list(row)],
        "jalur": list(row.jalur.all()),
    }


def _tahap(tahap, at: datetime) -> dict:
    selesai = closing_of(tahap, tahap.perpanjangan_berlaku)
    return {
        "kode": tahap.kode,
        "jenis": tahap.jenis,
        "nama": tahap.nama,
        "mulai": tahap.mulai,
        "selesai": selesai,
        "keadaan": keadaan_at(tahap.mulai, selesai, at),
        "diperpanjang": selesai != tahap.selesai,
        "asumsi": tahap.asumsi,
    }


@router.get(
    "/edisi/{int:tahun}/rubrik/", response=list[RubrikData], url_name="rubrik", summary="Rubrik"
)
def rubrik(request: HttpRequest, tahun: int) -> list[dict]:
    """The rubrics of an edition with weights and level anchors."""
    return [
        {
            "tahap": row.tahap.kode,
            "jalur": row.jalur.kode if row.jalur else None,
            "nama": row.nama,
            "kelompok": [
                {
                    "kode": group.kode,
                    "nama": group.nama,
                    "bobot": group.bobot,
                    "kriteria": list(group.kriteria.all()),
                }
                for group in row.kelompok.all()
            ],
        }
        for row in rubrik_list(edisi_or_404(tahun))
    ]


@router.get("/saya/", response=Saya, url_name="saya", auth=Cakupan(PROFIL), summary="Pemilik token")
def saya(request: HttpRequest) -> dict:
    """Whom the token reads for."""
    token, user = request.auth, request.user
    return {
        "nama": user.nama,
        "surel": user.email,
        "cakupan": token.cakupan,
        "berakhir_pada": token.berakhir_pada,
        "peran": peran_semua(user),
    }
