"""Who would read an entry besides those who do: the solver's proposal for one place."""

from collections.abc import Sequence
from dataclasses import replace

from evaluasi.models import Evaluator, Penugasan
from evaluasi.queries.bahan import Bahan, aturan_bagi, divide_stage, plan_input
from evaluasi.queries.jadwal import times_of
from evaluasi.queries.penugasan import ready_readers
from evaluasi.rules.pembagian import pick_reader
from kompetisi.models import Tahap


def pick_pembaca(
    tahap: Tahap, bahan: Bahan, ready: set[int] | None = None
) -> tuple[int | None, str]:
    """One more reader for the only entry of the material, or why there is none.

    Of those who have agreed to the pact and declared their conflicts (`ready`, asked for when not
    given), if any of them may; only then of the others.
    """
    ready = ready_readers(tahap.edisi_id) if ready is None else ready
    able = replace(bahan, penilai=[row for row in bahan.penilai if row.pk in ready])
    found, refusal = _pick(tahap, able)
    return (found, refusal) if found is not None else _pick(tahap, bahan)


def _pick(tahap: Tahap, bahan: Bahan) -> tuple[int | None, str]:
    (entri,) = bahan.entri
    wanted = len(entri.sudah) + 1
    if times_of(tahap) is None:
        aturan = replace(aturan_bagi(tahap), per_entri=wanted)
        return pick_reader(
            entri,
            bahan.penilai,
            terlarang=bahan.terlarang,
            aturan=aturan,
            beban=bahan.beban,
            benih=entri.pk,
        )
    hasil = divide_stage(tahap, bahan, entri.pk, wanted)
    if hasil.kekurangan:
        return None, hasil.kekurangan[0].sebab
    return hasil.tambahan[entri.pk][0], ""


def propose_pengganti(tahap: Tahap, tempat: Sequence[Penugasan]) -> list[Penugasan]:
    """The same rows with `usulan` (an evaluator, or None) and `sebab_kosong` (why there is none).

    Each proposal counts as a sheet more in those after it, so that they spread.
    """
    bahan, ready = plan_input(tahap), ready_readers(tahap.edisi_id)
    entries, beban = {row.pk: row for row in bahan.entri}, dict(bahan.beban)
    chosen: dict[int, tuple[int | None, str]] = {}
    for row in tempat:
        entri = entries.get(row.pendaftaran_id)
        if entri is None:
            chosen[row.pk] = None, "Pendaftaran ini tidak sedang menunggu penilaian."
            continue
        found, why = pick_pembaca(tahap, replace(bahan, entri=[entri], beban=beban), ready)
        chosen[row.pk] = found, why
        if found is not None:
            beban[found] = beban.get(found, 0) + 1
            entries[entri.pk] = replace(entri, sudah=tuple(sorted((*entri.sudah, found))))
    people = Evaluator.objects.select_related("pengguna", "instansi_asal").in_bulk(
        [found for found, _ in chosen.values() if found is not None]
    )
    for row in tempat:
        found, row.sebab_kosong = chosen[row.pk]
        row.usulan = people.get(found)
    return list(tempat)
