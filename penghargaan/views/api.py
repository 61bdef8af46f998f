"""The read API of the awards: the published result, and whether a document is genuine."""

from datetime import date, datetime

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Query, Router, Schema
from ninja.errors import HttpError

from kompetisi import clock
from penghargaan.queries.hasil import published_of, winners_by_jalur
from penghargaan.queries.piagam import find_by_hash, find_by_kode
from penghargaan.views.pintu import too_many

router = Router()


class PemenangData(Schema):
    """A winner: name and award, never a score."""

    jalur: str
    peringkat: int
    instansi: str
    unit: str | None
    predikat: list[str]


class HasilData(Schema):
    """A published result. `hash` is of the file at `berkas`, from which anybody recomputes it."""

    tahun: int
    keputusan: str
    tanggal_keputusan: date
    terbit_pada: datetime
    hash: str
    berkas: str
    program: str
    pemenang: list[PemenangData]


class SidikData(Schema):
    """A file named on a receipt: its place, size in bytes and hash, never its name."""

    tempat: str
    ukuran: int
    sha256: str


class DokumenData(Schema):
    """What a code or a file stands for; `keadaan` is sah, dicabut, ditarik or diperbarui."""

    jenis: str
    keadaan: str
    nomor: str
    pemegang: str
    tahun: int
    pada: date | datetime
    predikat: list[str] = []
    berkas: list[SidikData] = []


@router.get(
    "/edisi/{int:tahun}/hasil/", response=HasilData, url_name="hasil", tags=["hasil"],
    summary="Hasil yang diumumkan",
)  # fmt: skip
def hasil(request: HttpRequest, tahun: int) -> dict:
    """The result of a year; 404 before its instant, by the database's clock."""
    row = published_of(tahun, clock.db_now())
    if row is None:
        raise Http404
    keputusan, pleno = row.keputusan, row.keputusan.pleno
    link = request.build_absolute_uri
    return {
        "tahun": tahun,
        "keputusan": keputusan.nomor,
        "tanggal_keputusan": keputusan.tanggal,
        "terbit_pada": row.terbit_pada,
        "hash": pleno.hash,
        "berkas": link(reverse("penghargaan:hasil-berkas", args=[tahun])),
        "program": link(reverse("penghargaan:verifikasi-program")),
        "pemenang": [
            {
                "jalur": group["jalur"].kode,
                "peringkat": winner.peringkat,
                "instansi": winner.pendaftaran.instansi.nama,
                "unit": winner.pendaftaran.unit.nama if winner.pendaftaran.unit else None,
                "predikat": winner.baris_predikat,
            }
            for group in winners_by_jalur(pleno)
            for winner in group["baris"]
        ],
    }


@router.get(
    "/verifikasi/{slug:kode}/", response=DokumenData, url_name="verifikasi-kode",
    tags=["verifikasi"], summary="Periksa kode",
)  # fmt: skip
def verifikasi_kode(request: HttpRequest, kode: str) -> dict:
    """What the code of a certificate or receipt stands for; 404 when nobody gave it out."""
    _within_bounds(request)
    return _dokumen(find_by_kode(kode))


@router.get(
    "/verifikasi/", response=DokumenData, url_name="verifikasi", tags=["verifikasi"],
    summary="Periksa berkas",
)  # fmt: skip
def verifikasi(request: HttpRequest, sha256: str = Query(..., pattern="^[0-9a-f]{64}$")) -> dict:
    """What the PDF with exactly this SHA-256 is; 404 when it is none of ours."""
    _within_bounds(request)
    return _dokumen(find_by_hash(sha256))


def _within_bounds(request: HttpRequest) -> None:
    """Raises HttpError 429: whoever guesses codes gets no more tries here than on the page."""
    if too_many(request):
        raise HttpError(429, "Tunggu sebentar, lalu coba lagi.")


def _dokumen(found: dict | None) -> dict:
    if found is None:
        raise Http404
    if found["jenis"] == "piagam":
        row = found["piagam"]
        return {
            "jenis": "piagam",
            "keadaan": found["keadaan"],
            "nomor": row.nomor,
            "pemegang": row.penerima,
            "tahun": found["edisi_piagam"].tahun,
            "pada": row.tanggal,
            "predikat": found["baris_predikat"],
        }
    row = found["pengiriman"]
    renewed = "diperbarui" if found["terbaru"] else "sah"
    return {
        "jenis": "tanda_terima",
        "keadaan": "ditarik" if found["ditarik"] else renewed,
        "nomor": row.nomor,
        "pemegang": row.pendaftaran.peserta,
        "tahun": row.pendaftaran.edisi.tahun,
        "pada": row.pada,
        "berkas": found["sidik"],
    }
