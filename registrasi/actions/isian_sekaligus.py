"""Filling in a whole draft at once, as an import does: few statements, one record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import JenisDokumen, Kriteria, Pengguna, Pertanyaan
from kompetisi.rules.verdict import Verdict, all_of
from registrasi.actions.pendaftaran import lock_for_edit
from registrasi.models import (
    Berkas,
    BuktiDukung,
    JawabanNarasi,
    KinerjaSP4N,
    Pendaftaran,
    PenilaianMandiri,
)
from registrasi.rules.isian import check_jawaban, check_tingkat
from registrasi.rules.kinerja import clean_angka, find_selisih
from registrasi.rules.pribadi import check_pribadi


@dataclass(frozen=True)
class IsianBaru:
    """What to fill in: level and note by criterion, answers, figures by period, files."""

    mandiri: Mapping[Kriteria, tuple[str, str]] = field(default_factory=dict)
    narasi: Mapping[Pertanyaan, str] = field(default_factory=dict)
    kinerja: Mapping[tuple[date, date], Mapping] = field(default_factory=dict)
    bukti: Mapping[Kriteria, Berkas] = field(default_factory=dict)
    dokumen: Mapping[JenisDokumen, Berkas] = field(default_factory=dict)


@transaction.atomic
def fill_isian(*, pendaftaran: Pendaftaran, isian: IsianBaru, oleh: Pengguna) -> None:
    """Fill in an empty draft. What may be filled and when is as for each field alone.

    Raises NotAllowedError outside the window, InvalidInputError when an answer cannot stand or
    the draft is not empty; then nothing is kept.
    """
    row = lock_for_edit(pendaftaran, oleh)
    if row.penilaian_mandiri.exists() or row.jawaban.exists() or row.bukti.exists():
        raise InvalidInputError("Draf ini sudah berisi; isi lewat formulirnya.")
    for kriteria, (tingkat, catatan) in isian.mandiri.items():
        _require(all_of(check_tingkat(kriteria, tingkat), check_pribadi(catatan)))
    for pertanyaan, isi in isian.narasi.items():
        _require(all_of(check_jawaban(pertanyaan, isi), check_pribadi(isi)))
    kept = {"pendaftaran": row, "disimpan_oleh": oleh, "disimpan_pada": clock.now()}
    PenilaianMandiri.objects.bulk_create(
        PenilaianMandiri(kriteria=k, tingkat=tingkat, catatan=catatan, **kept)
        for k, (tingkat, catatan) in isian.mandiri.items()
    )
    JawabanNarasi.objects.bulk_create(
        JawabanNarasi(pertanyaan=p, isi=isi, **kept) for p, isi in isian.narasi.items()
    )
    KinerjaSP4N.objects.bulk_create(_figures(row, isian.kinerja, kept))
    bukti = _attach(row, isian, oleh)
    record(
        tindakan="isian.sekaligus",
        objek=row,
        oleh=oleh,
        rincian={"pendaftaran": row.kode, "berkas": sorted({b.berkas.sha256 for b in bukti})},
    )


def _figures(row: Pendaftaran, kinerja: Mapping, kept: dict) -> list[KinerjaSP4N]:
    rules = row.edisi.aturan.get("kinerja", {})
    rows = []
    for (mulai, selesai), typed in kinerja.items():
        angka, mistakes = clean_angka(rules.get("kolom", []), typed)
        mistakes = mistakes or find_selisih(rules.get("pemeriksaan", []), angka)
        if mistakes:
            raise InvalidInputError(next(iter(mistakes.values())), rincian=mistakes)
        rows.append(KinerjaSP4N(periode_mulai=mulai, periode_selesai=selesai, angka=angka, **kept))
    return rows


def _attach(row: Pendaftaran, isian: IsianBaru, oleh: Pengguna) -> Sequence[BuktiDukung]:
    common = {"pendaftaran": row, "dilampirkan_oleh": oleh, "dilampirkan_pada": clock.now()}
    return BuktiDukung.objects.bulk_create(
        [
            *(BuktiDukung(kriteria=k, berkas=b, **common) for k, b in isian.bukti.items()),
            *(BuktiDukung(jenis_dokumen=d, berkas=b, **common) for d, b in isian.dokumen.items()),
        ]
    )


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise InvalidInputError(verdict.alasan)
