"""Passing several entries at once: one list that is confirmed, one record each."""

from collections.abc import Sequence

from django.db import transaction

from kompetisi.errors import InvalidInputError, NotAllowedError
from kompetisi.models import Edisi, Pengguna
from kompetisi.queries.peran import peran_of
from kompetisi.rules.verdict import no
from registrasi.actions.administrasi import HasilPeriksa, lock_entry, save_pemeriksaan
from registrasi.actions.putusan import decide_seleksi
from registrasi.models import Pendaftaran
from registrasi.queries.administrasi import antrean_administrasi
from registrasi.queries.temuan import judge_at_once


def pass_list(
    *, kode: Sequence[str], edisi: Edisi, oleh: Pengguna
) -> tuple[list[str], dict[str, str]]:
    """Let each of these entries pass, in a transaction of its own.

    Returns the codes that passed and, for the others, why not: what changed since the list was
    shown is never passed. Items that nobody has found otherwise are kept as met by this person.
    Raises NotAllowedError when not one passed, with the last reason.
    """
    passed, refused = [], {}
    rows = antrean_administrasi(peran_of(oleh, edisi), edisi).filter(kode__in=list(kode))
    for row in rows:
        try:
            _pass(row, oleh)
            passed.append(row.kode)
        except (NotAllowedError, InvalidInputError) as error:
            refused[row.kode] = error.alasan
    if refused and not passed:
        raise NotAllowedError(next(reversed(refused.values())))
    return passed, refused


@transaction.atomic
def _pass(row: Pendaftaran, oleh: Pengguna) -> None:
    lock_entry(row)
    ready = judge_at_once([row])
    if not ready:
        no(
            f"Pendaftaran {row.kode} berubah atau belum pasti memenuhi; periksa satu per satu."
        ).require()
    by_machine = [item.kode for item, by in ready[0].temuan if by == "mesin"]
    if by_machine:
        hasil = {kode: HasilPeriksa("memenuhi") for kode in by_machine}
        save_pemeriksaan(pendaftaran=row, hasil=hasil, oleh=oleh)
    decide_seleksi(pendaftaran=row, putusan="lolos", oleh=oleh)
