"""Pointing at evidence, asking the site team, and noting what was read."""

from django.db import transaction

from evaluasi.actions.lembar import take_to_fill
from evaluasi.models import Bacaan, LembarPenilaian, PertanyaanLapangan, TitikBukti
from evaluasi.queries.lembar import butir_of
from evaluasi.queries.ruang import berkas_of_lembar
from evaluasi.rules.bacaan import LONGEST_BEAT, MAX_PERTANYAAN, can_point, read_kotak
from kompetisi import clock
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.models import Pengguna


@transaction.atomic
def add_titik(
    *, lembar: LembarPenilaian, kriteria: int, berkas: int, halaman: int, kotak: str, oleh: Pengguna
) -> TitikBukti:
    """Let a criterion of a draft point at a page, or at a region of it, of the entry's documents.

    The same place again is the same row. Raises NotAllowedError (not own, locked, stage not open,
    too many, no such page) and InvalidInputError for a file that is not the entry's.
    """
    now, _ = take_to_fill(lembar, oleh)
    _need_kriteria(lembar, kriteria)
    stored = berkas_of_lembar(lembar, berkas)
    box = read_kotak(kotak)
    if stored is None or box is None:
        raise InvalidInputError("Pilih dokumen pendaftaran ini dan bagian di dalam halamannya.")
    place = dict(zip(("kiri", "atas", "lebar", "tinggi"), box, strict=True))
    same = {"lembar": lembar, "kriteria_id": kriteria, "berkas": stored, "halaman": halaman} | place
    found = TitikBukti.objects.filter(**same).first()
    if found:
        return found
    there = TitikBukti.objects.filter(lembar=lembar, kriteria=kriteria).count()
    can_point(halaman, stored.halaman, there).require()
    return TitikBukti.objects.create(**same, dibuat_pada=now)


@transaction.atomic
def remove_titik(*, lembar: LembarPenilaian, titik: int, oleh: Pengguna) -> None:
    """Take a place off a draft; nothing happens when it is gone already."""
    take_to_fill(lembar, oleh)
    TitikBukti.objects.filter(lembar=lembar, pk=titik).delete()


@transaction.atomic
def save_pertanyaan(
    *, lembar: LembarPenilaian, kriteria: int, teks: str, versi: int, oleh: Pengguna
) -> int:
    """Ask the site team something about a criterion; an empty text takes the question back.

    Returns the new version, 0 for none. Raises NotAllowedError, InvalidInputError (too long), and
    StaleVersionError when another tab changed it first.
    """
    now, _ = take_to_fill(lembar, oleh)
    _need_kriteria(lembar, kriteria)
    teks = teks.strip()
    if len(teks) > MAX_PERTANYAAN:
        raise InvalidInputError(f"Pertanyaan paling panjang {MAX_PERTANYAAN} karakter.")
    row = PertanyaanLapangan.objects.filter(lembar=lembar, kriteria=kriteria).first()
    stored, number = (row.teks, row.versi) if row else ("", 0)
    if teks == stored:
        return number
    if versi != number:
        raise StaleVersionError(
            "Pertanyaan ini telah diubah di tempat lain.",
            rincian={"tersimpan": stored, "versi": number},
        )
    if not teks:
        row.delete()
        return 0
    PertanyaanLapangan.objects.update_or_create(
        lembar=lembar,
        kriteria_id=kriteria,
        defaults={"teks": teks, "versi": number + 1, "diubah_pada": now},
    )
    return number + 1


@transaction.atomic
def note_bacaan(
    *, lembar: LembarPenilaian, berkas: int, halaman: int, detik: int, oleh: Pengguna
) -> None:
    """Add the seconds a page was in view; a reader's own sheet only, locked or not.

    What is not the entry's document, or no page of it, is passed over.
    """
    stored = berkas_of_lembar(lembar, berkas)
    if stored is None or not 1 <= halaman <= (stored.halaman or 1):
        return
    now = clock.now()
    Bacaan.objects.get_or_create(
        lembar=lembar,
        berkas=stored,
        defaults={"pertama_pada": now, "terakhir_pada": now},
    )
    row = Bacaan.objects.select_for_update().get(lembar=lembar, berkas=stored)
    row.detik += min(max(detik, 0), LONGEST_BEAT)
    row.halaman = sorted({*row.halaman, halaman})
    row.terakhir_pada = now
    row.save()


def _need_kriteria(lembar: LembarPenilaian, kriteria: int) -> None:
    if kriteria not in {item.kriteria_id for item in butir_of(lembar.pk)}:
        raise InvalidInputError("Kriteria ini tidak ada pada rubrik lembar ini.")
