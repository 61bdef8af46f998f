"""Keeping what an entry answers. Each row has its version: nobody overwrites unseen."""

from collections.abc import Mapping

from django.db import transaction

from kompetisi import clock
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.models import Kriteria, Pengguna, Pertanyaan
from kompetisi.rules.verdict import Verdict
from registrasi.actions.pendaftaran import lock_for_edit
from registrasi.models import JawabanNarasi, KinerjaSP4N, Pendaftaran, PenilaianMandiri
from registrasi.models.isian import Isian
from registrasi.rules.isian import check_jawaban, check_tingkat
from registrasi.rules.kinerja import angka_text, clean_angka, find_selisih
from registrasi.rules.pribadi import check_pribadi

# Filling in a draft leaves no audit record for each field; sending it does, with all answers.


@transaction.atomic
def save_mandiri(
    *,
    pendaftaran: Pendaftaran,
    kriteria: Kriteria,
    tingkat: str | None = None,
    catatan: str | None = None,
    versi: int,
    oleh: Pengguna,
) -> PenilaianMandiri:
    """Keep the level claimed for a criterion, the note on it, or both; None leaves one as it is.

    `versi` is the one last seen, 0 when none was. Saving what is stored already changes nothing.
    Raises StaleVersionError when another saved something else first, InvalidInputError for an
    unknown level.
    """
    row = lock_for_edit(pendaftaran, oleh)
    stored = PenilaianMandiri.objects.filter(pendaftaran=row, kriteria=kriteria).first()
    stored = stored or PenilaianMandiri(pendaftaran=row, kriteria=kriteria, versi=0)
    before = {"tingkat": stored.tingkat, "catatan": stored.catatan}
    after = {
        "tingkat": stored.tingkat if tingkat is None else tingkat,
        "catatan": stored.catatan if catatan is None else catatan,
    }
    if after == before:
        return stored
    _valid(check_tingkat(kriteria, after["tingkat"]), "tingkat")
    _valid(check_pribadi(after["catatan"]), "catatan")
    _same_version(stored, versi, f"{stored.tingkat} {stored.catatan}".strip(), **before)
    stored.tingkat, stored.catatan = after["tingkat"], after["catatan"]
    return _keep(stored, oleh)


@transaction.atomic
def save_jawaban(
    *, pendaftaran: Pendaftaran, pertanyaan: Pertanyaan, isi: str, versi: int, oleh: Pengguna
) -> JawabanNarasi:
    """Keep the answer to a question; versions as in `save_mandiri`.

    Raises InvalidInputError over the limit of words; the page keeps what was typed.
    """
    row = lock_for_edit(pendaftaran, oleh)
    stored = JawabanNarasi.objects.filter(pendaftaran=row, pertanyaan=pertanyaan).first()
    stored = stored or JawabanNarasi(pendaftaran=row, pertanyaan=pertanyaan, versi=0)
    if isi == stored.isi:
        return stored
    _valid(check_jawaban(pertanyaan, isi), "isi")
    _valid(check_pribadi(isi), "isi")
    _same_version(stored, versi, stored.isi)
    stored.isi = isi
    return _keep(stored, oleh)


@transaction.atomic
def save_kinerja(
    *, pendaftaran: Pendaftaran, data: Mapping, oleh: Pengguna, versi: int | None = None
) -> KinerjaSP4N:
    """Keep the figures of one of the edition's periods, new or there already.

    `data` has `periode_mulai`, `periode_selesai` (dates) and the edition's columns by code; empty
    columns may follow later. Saving what is stored changes nothing. `versi` as in `save_mandiri`;
    None overwrites whatever is there.
    Raises InvalidInputError naming the columns when figures contradict each other or cannot be
    read, or when the edition has no such period; StaleVersionError when another saved first.
    """
    row = lock_for_edit(pendaftaran, oleh)
    rules = row.edisi.aturan.get("kinerja", {})
    dates = (data["periode_mulai"], data["periode_selesai"])
    if [day.isoformat() for day in dates] not in [
        [p["mulai"], p["sampai"]] for p in rules.get("periode", [])
    ]:
        raise InvalidInputError("Periode ini tidak diminta edisi ini.")
    typed = {k: v for k, v in data.items() if k not in ("periode_mulai", "periode_selesai")}
    angka, mistakes = clean_angka(rules.get("kolom", []), typed)
    mistakes = find_selisih(rules.get("pemeriksaan", []), angka) | mistakes
    if mistakes:
        raise InvalidInputError(next(iter(mistakes.values())), rincian=mistakes)
    place = {"pendaftaran": row, "periode_mulai": dates[0], "periode_selesai": dates[1]}
    stored = KinerjaSP4N.objects.filter(**place).first() or KinerjaSP4N(**place, versi=0)
    if stored.pk and angka == stored.angka:
        return stored
    if versi is not None:
        _same_version(stored, versi, angka_text(rules.get("kolom", []), stored.angka))
    stored.angka = angka
    return _keep(stored, oleh)


@transaction.atomic
def delete_kinerja(*, kinerja: KinerjaSP4N, oleh: Pengguna) -> None:
    """Take a period out of the draft."""
    lock_for_edit(kinerja.pendaftaran, oleh)
    kinerja.delete()


def _valid(verdict: Verdict, field: str) -> None:
    if not verdict:
        raise InvalidInputError(verdict.alasan, rincian={field: verdict.alasan})


def _same_version(stored: Isian, versi: int, text: str, **fields: str) -> None:
    """Raise StaleVersionError with what is stored, as one text and by field."""
    if stored.versi != versi:
        by = stored.disimpan_oleh if stored.disimpan_oleh_id else None
        raise StaleVersionError(
            "Isian ini sudah diubah dari perangkat atau orang lain.",
            rincian={
                "versi": stored.versi,
                "tersimpan": text,
                "oleh": str(by or ""),
                "pada": stored.disimpan_pada,
                **fields,
            },
        )


def _keep(stored: Isian, oleh: Pengguna) -> Isian:
    stored.versi += 1
    stored.disimpan_oleh, stored.disimpan_pada = oleh, clock.now()
    stored.save()
    return stored
