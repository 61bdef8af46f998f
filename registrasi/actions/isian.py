"""Keeping what an entry answers. Each row has its version: nobody overwrites unseen."""

from django.db import IntegrityError, transaction

from kompetisi import clock
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.models import Kriteria, Pengguna, Pertanyaan
from kompetisi.rules.verdict import Verdict
from registrasi.actions.pendaftaran import lock_for_edit
from registrasi.models import JawabanNarasi, KinerjaSP4N, Pendaftaran, PenilaianMandiri
from registrasi.models.isian import Isian
from registrasi.rules.isian import check_jawaban, check_kinerja, check_tingkat

# Filling in a draft leaves no audit record for each field; sending it does, with all answers.


@transaction.atomic
def save_mandiri(
    *,
    pendaftaran: Pendaftaran,
    kriteria: Kriteria,
    tingkat: str,
    catatan: str,
    versi: int,
    oleh: Pengguna,
) -> PenilaianMandiri:
    """Keep the level claimed for a criterion. `versi` is the one last seen, 0 when none was.

    Raises StaleVersionError when another saved first, InvalidInputError for an unknown level.
    """
    row = lock_for_edit(pendaftaran, oleh)
    _valid(check_tingkat(kriteria, tingkat), "tingkat")
    stored = PenilaianMandiri.objects.filter(pendaftaran=row, kriteria=kriteria).first()
    if stored is None:
        stored = PenilaianMandiri(pendaftaran=row, kriteria=kriteria, versi=0)
    _same_version(stored, versi, f"{stored.tingkat} {stored.catatan}".strip())
    stored.tingkat, stored.catatan = tingkat, catatan
    return _keep(stored, oleh)


@transaction.atomic
def save_jawaban(
    *, pendaftaran: Pendaftaran, pertanyaan: Pertanyaan, isi: str, versi: int, oleh: Pengguna
) -> JawabanNarasi:
    """Keep the answer to a question; versions as in `save_mandiri`.

    Raises InvalidInputError over the limit of words; the page keeps what was typed.
    """
    row = lock_for_edit(pendaftaran, oleh)
    _valid(check_jawaban(pertanyaan, isi), "isi")
    stored = JawabanNarasi.objects.filter(pendaftaran=row, pertanyaan=pertanyaan).first()
    if stored is None:
        stored = JawabanNarasi(pendaftaran=row, pertanyaan=pertanyaan, versi=0)
    _same_version(stored, versi, stored.isi)
    stored.isi = isi
    return _keep(stored, oleh)


@transaction.atomic
def save_kinerja(
    *, pendaftaran: Pendaftaran, data: dict, oleh: Pengguna, pk: int | None = None
) -> KinerjaSP4N:
    """Keep the figures of a period, a new one or (pk) one that is there.

    `data` has the fields of KinerjaSP4N. Raises InvalidInputError when the sums do not agree or
    the period is there already.
    """
    row = lock_for_edit(pendaftaran, oleh)
    if data["periode_selesai"] < data["periode_mulai"]:
        pesan = "Akhir periode harus sama dengan atau setelah awalnya."
        raise InvalidInputError(pesan, rincian={"periode_selesai": pesan})
    _valid(check_kinerja(data), "diterima")
    stored = KinerjaSP4N.objects.filter(pendaftaran=row, pk=pk).first() if pk else None
    stored = stored or KinerjaSP4N(pendaftaran=row, versi=0)
    for name, value in data.items():
        setattr(stored, name, value)
    try:
        with transaction.atomic():
            return _keep(stored, oleh)
    except IntegrityError as error:
        raise InvalidInputError(
            "Periode ini sudah ada.", rincian={"periode_mulai": "Ubah periode yang sudah ada."}
        ) from error


@transaction.atomic
def delete_kinerja(*, kinerja: KinerjaSP4N, oleh: Pengguna) -> None:
    """Take a period out of the draft."""
    lock_for_edit(kinerja.pendaftaran, oleh)
    kinerja.delete()


def _valid(verdict: Verdict, field: str) -> None:
    if not verdict:
        raise InvalidInputError(verdict.alasan, rincian={field: verdict.alasan})


def _same_version(stored: Isian, versi: int, text: str) -> None:
    if stored.versi != versi:
        raise StaleVersionError(
            "Isian ini sudah diubah dari perangkat atau orang lain.",
            rincian={"versi": stored.versi, "tersimpan": text},
        )


def _keep(stored: Isian, oleh: Pengguna) -> Isian:
    stored.versi += 1
    stored.disimpan_oleh, stored.disimpan_pada = oleh, clock.now()
    stored.save()
    return stored
