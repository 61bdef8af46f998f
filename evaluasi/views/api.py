"""The read API of the evaluation: assignments, never a score."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Query, Router, Schema

from evaluasi.queries.penugasan import penugasan_rows
from kompetisi.rules.cakupan import PENUGASAN
from kompetisi.views.api import Cakupan, Halaman, edisi_or_404, page_of

router = Router(tags=["penilaian"])


class PenugasanData(Schema):
    """Who reads which entry in which stage, and how far the sheet is."""

    pendaftaran: str
    tahap: str
    evaluator: str
    urutan: int
    dirilis_pada: datetime | None
    terkunci: bool


class PenugasanHalaman(Halaman):
    """A page of assignments."""

    butir: list[PenugasanData]


@router.get(
    "/edisi/{int:tahun}/penugasan/", response=PenugasanHalaman, url_name="penugasan",
    auth=Cakupan(PENUGASAN), summary="Penugasan yang boleh dilihat",
)  # fmt: skip
def penugasan(request: HttpRequest, tahun: int, halaman: int = Query(1, ge=1, le=1000)) -> dict:
    """The assignments of an edition that the token's person may see."""
    rows = penugasan_rows(request.user, edisi_or_404(tahun))
    told, page = page_of(rows, halaman, rows.count())
    names = {"kode": "pendaftaran", "kode_tahap": "tahap", "nama": "evaluator"}
    return told | {"butir": [{names.get(k, k): v for k, v in row.items()} for row in page]}
