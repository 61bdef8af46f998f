"""What everybody may read about an edition."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from kompetisi.models import Edisi, Kelompok, Kriteria, Pengumuman, Rubrik
from kompetisi.rules.tampil import describe_syarat


def pengumuman_terbit(edisi: Edisi, at: datetime) -> QuerySet[Pengumuman]:
    """Announcements that are public at an instant, newest first."""
    return Pengumuman.objects.filter(edisi=edisi, terbit_pada__lte=at)


def rubrik_list(edisi: Edisi) -> list[Rubrik]:
    """The rubrics in the order of their stages, with groups and criteria at hand."""
    kelompok = Kelompok.objects.prefetch_related(Prefetch("kriteria", Kriteria.objects.all()))
    return list(
        Rubrik.objects.filter(edisi=edisi)
        .select_related("tahap", "jalur")
        .prefetch_related(Prefetch("kelompok", kelompok))
        .order_by("tahap__urutan", "jalur__urutan")
    )


def syarat_of(edisi: Edisi) -> dict:
    """What is asked of an entry: tracks, documents, questions and the administrative gate.

    Documents and questions carry `syarat`, the condition under which they are asked, in words.
    """
    dokumen = list(edisi.jenis_dokumen.select_related("jalur"))
    pertanyaan = list(edisi.pertanyaan.select_related("jalur"))
    names = {
        ("kriteria", k.kode): f"{k.kode} {k.nama}"
        for k in Kriteria.objects.filter(kelompok__rubrik__edisi=edisi)
    } | {("pertanyaan", p.kode): p.teks for p in pertanyaan}
    for row in (*dokumen, *pertanyaan):
        row.syarat = describe_syarat(row.tampil_bila, names)
    return {
        "jalur_list": list(edisi.jalur.all()),
        "dokumen_list": dokumen,
        "pertanyaan_list": pertanyaan,
        "butir_list": list(edisi.butir_administrasi.select_related("jalur")),
    }
