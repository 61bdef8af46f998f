"""What the tests of the evaluation need: evaluators ready to judge, entries, sheets filled in."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import count

from evaluasi.actions.lembar import ensure_lembar, lock_lembar, save_nilai
from evaluasi.models import Evaluator, LembarPenilaian, Nilai, PaktaIntegritas, Penugasan
from evaluasi.queries.lembar import butir_of
from kompetisi import clock
from kompetisi.models import Edisi, Pengguna, Peran, Tahap
from registrasi.models import Instansi, Pendaftaran
from registrasi.tests.factories_panitia import (
    fill_pendaftaran,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    make_pengguna,
    wib,
)

BEFORE = datetime(2019, 10, 1, tzinfo=UTC)
IN_STAGE = wib(8)  # 8 November 2019, in the middle of the document stage
number = count(1)

__all__ = [
    "BEFORE",
    "IN_STAGE",
    "fill_kisi",
    "fill_pendaftaran",
    "make_edisi",
    "make_evaluator",
    "make_instansi",
    "make_lembar",
    "make_pendaftaran",
    "make_pengguna",
    "make_penugasan",
    "quick_lembar",
    "score_lembar",
    "tahap_dokumen",
    "wib",
]


def tahap_dokumen(edisi: Edisi) -> Tahap:
    """The document stage."""
    return edisi.tahap.select_related("edisi").get(jenis="dokumen")


def make_evaluator(
    edisi: Edisi,
    asal: Instansi | None = None,
    *,
    siap: bool = True,
    pengguna: Pengguna | None = None,
    **fields,
) -> Evaluator:
    """An active evaluator; `siap` has agreed to the pact and declared no conflicts."""
    user = pengguna or make_pengguna(f"Evaluator {next(number)}")
    Peran.objects.create(pengguna=user, edisi=edisi, jenis="evaluator", diberikan_pada=BEFORE)
    provinsi = asal if asal and asal.jenis == "provinsi" else getattr(asal, "provinsi", None)
    evaluator = Evaluator.objects.create(
        **{
            "pengguna": user,
            "edisi": edisi,
            "instansi_asal": asal,
            "asal_lain": "" if asal else f"Perguruan tinggi {next(number)}",
            "provinsi": provinsi,
            "benturan_dinyatakan_pada": BEFORE if siap else None,
        }
        | fields
    )
    if siap:
        PaktaIntegritas.objects.create(evaluator=evaluator, teks="Pakta", disetujui_pada=BEFORE)
    return evaluator


def make_penugasan(
    evaluator: Evaluator, pendaftaran: Pendaftaran, tahap: Tahap | None = None, **fields
) -> Penugasan:
    """A released assignment."""
    tahap = tahap or tahap_dokumen(evaluator.edisi)
    taken = Penugasan.objects.filter(tahap=tahap, pendaftaran=pendaftaran).count()
    return Penugasan.objects.create(
        **{
            "tahap": tahap,
            "pendaftaran": pendaftaran,
            "evaluator": evaluator,
            "urutan": taken + 1,
            "dirilis_pada": BEFORE,
        }
        | fields
    )


def make_lembar(
    evaluator: Evaluator, pendaftaran: Pendaftaran, tahap: Tahap | None = None, **fields
) -> LembarPenilaian:
    """The empty sheet of a released assignment."""
    return ensure_lembar([make_penugasan(evaluator, pendaftaran, tahap, **fields)])[0]


def score_lembar(
    lembar: LembarPenilaian,
    tingkat: str | dict = "A",
    *,
    kunci: bool = True,
    catatan: str = "Cukup.",
) -> LembarPenilaian:
    """Give levels (one for all, or by criterion code, "" the first) within the stage, and lock."""
    oleh = lembar.penugasan.evaluator.pengguna
    at = lembar.penugasan.tahap.mulai
    with clock.travel(at + (lembar.penugasan.tahap.selesai - at) / 2):
        for item in butir_of(lembar.pk):
            wanted = tingkat if isinstance(tingkat, str) else tingkat.get(item.kode, tingkat[""])
            codes = [t["kode"] for t in item.tingkat]
            other = codes[0] if wanted == "A" else codes[-1]
            save_nilai(
                lembar=lembar,
                kriteria=item.kriteria_id,
                tingkat=wanted if wanted in codes else other,
                catatan=catatan,
                versi=item.versi,
                oleh=oleh,
            )
        if kunci:
            lock_lembar(lembar=lembar, oleh=oleh)
    return lembar


def quick_lembar(
    evaluator: Evaluator, pendaftaran: Pendaftaran, faktor: float, tahap: Tahap | None = None
) -> LembarPenilaian:
    """A locked sheet whose total is near `faktor` times 100, its levels spread over the criteria.

    In a handful of statements, for worlds of many sheets.
    """
    lembar = make_lembar(evaluator, pendaftaran, tahap)
    at = lembar.penugasan.tahap.mulai
    rows, owed = [], Decimal(0)
    with clock.travel(at + (lembar.penugasan.tahap.selesai - at) / 2):
        for item in butir_of(lembar.pk):
            owed += item.bobot * Decimal(str(faktor))
            level = min(item.tingkat, key=lambda t: abs(item.bobot * Decimal(t["faktor"]) - owed))
            owed -= item.bobot * Decimal(level["faktor"])
            rows.append(
                Nilai(
                    lembar=lembar,
                    kriteria_id=item.kriteria_id,
                    tingkat=level["kode"],
                    faktor=Decimal(level["faktor"]),
                    catatan="Sesuai bukti.",
                    disimpan_pada=clock.now(),
                )
            )
        Nilai.objects.bulk_create(rows)
        lock_lembar(lembar=lembar, oleh=evaluator.pengguna)
    return lembar


def fill_kisi(
    edisi: Edisi, entries: int = 12, people: int = 4, jalur: str = "instansi", beda: float = 0.04
) -> tuple[list[Pendaftaran], list[Evaluator]]:
    """Entries that two neighbours of a ring of evaluators have judged, later ones more strictly.

    Each entry is worth `beda` less than the one before.
    """
    readers = [make_evaluator(edisi) for _ in range(people)]
    found = []
    for number_ in range(entries):
        entry = make_pendaftaran(edisi, status="lolos_administrasi", jalur=jalur)
        for place in (number_ % people, (number_ + 1) % people):
            worth = 0.9 - beda * number_ - 0.03 * place + 0.011 * ((number_ * 7 + place * 3) % 5)
            quick_lembar(readers[place], entry, max(worth, 0.0))
        found.append(entry)
    return found, readers
