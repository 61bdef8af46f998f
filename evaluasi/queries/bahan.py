"""The material of a division: entries, readers, conflicts, what is given and what was planned."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from evaluasi.models import Evaluator, Penugasan
from evaluasi.queries.benturan import benturan_causes
from evaluasi.queries.jadwal import homes_wanted, times_of
from evaluasi.queries.rencana import entries_ready, readers_wanted
from evaluasi.rules.benturan import short_sebab
from evaluasi.rules.kemampuan import bidang_of, kapasitas_at
from evaluasi.rules.panel import divide_by_time, home_of
from evaluasi.rules.pembagian import Aturan, Entri, Pembagian, Penilai, divide
from evaluasi.rules.penugasan import is_by_hand
from kompetisi.models import Tahap

WITHDRAWN = "penugasan yang pernah diakhiri"


@dataclass(frozen=True)
class Bahan:
    """What a division needs.

    `terlarang` maps a reader to the agencies barred to them, each with the cause in a word;
    `beban` to the sheets they carry already. `rencana` are the pairs of the plan that may move,
    `jangkar` its anchor entries, `tangan` the keys of the planned assignments that stay because a
    person chose them.
    """

    entri: list[Entri]
    penilai: list[Penilai]
    terlarang: dict[int, dict[int, str]]
    beban: dict[int, int]
    rencana: dict[int, list[int]] = field(default_factory=dict)
    jangkar: tuple[int, ...] = ()
    tangan: tuple[int, ...] = ()


def aturan_bagi(tahap: Tahap) -> Aturan:
    """What a division of this stage keeps, by the edition file.

    Documents are read apart by people of different bodies, who are to be comparable; panels and
    teams judge together.
    """
    apart = tahap.jenis == "dokumen"
    anchors = (tahap.edisi.aturan.get("entri_jangkar") or {}).get(tahap.kode, 0)
    return Aturan(
        readers_wanted(tahap),
        beda_asal=apart,
        jangkar=int(anchors) if apart else 0,
        hubungkan=apart,
    )


def plan_input(tahap: Tahap, pendaftaran: int | None = None) -> Bahan:
    """The material for readers that are still lacking; all planned and released count as given.

    With `pendaftaran` only that entry is to be divided. Five queries.
    """
    return _gather(tahap, _live(tahap), pendaftaran)


def replan_input(tahap: Tahap, *, pertahankan: bool) -> Bahan:
    """The material for a plan that takes the place of the one not released.

    Released assignments are given. Of the plan's, with `pertahankan` those that a person chose are
    given too and the others stay where they can; without it, all are forgotten.
    """
    rows = _live(tahap)
    ready = set(entries_ready(tahap).values_list("pk", flat=True))
    active = {p.pk for p in active_readers(tahap)}
    given = [row for row in rows if row.dirilis]
    movable: dict[int, list[int]] = defaultdict(list)
    anchors, hand = set(), []
    for row in rows:
        if row.dirilis:
            if "jangkar" in row.pertimbangan:
                anchors.add(row.entri)
        elif pertahankan and row.entri in ready and row.evaluator in active:
            if is_by_hand(row.pertimbangan):
                hand.append(row)
                continue
            movable[row.entri].append(row.evaluator)
            if "jangkar" in row.pertimbangan:
                anchors.add(row.entri)
    bahan = _gather(tahap, given + hand)
    return Bahan(
        bahan.entri,
        bahan.penilai,
        bahan.terlarang,
        bahan.beban,
        {pk: sorted(readers) for pk, readers in movable.items()},
        tuple(sorted(anchors)),
        tuple(sorted(row.pk for row in hand)),
    )


@dataclass(frozen=True)
class _Live:
    """An assignment in force or planned."""

    pk: int
    entri: int
    evaluator: int
    dirilis: bool
    pertimbangan: tuple[str, ...]


def _live(tahap: Tahap) -> list[_Live]:
    rows = Penugasan.objects.filter(tahap=tahap, dicabut_pada=None).order_by("pk")
    return [
        _Live(pk, entri, evaluator, released is not None, tuple(why))
        for pk, entri, evaluator, released, why in rows.values_list(
            "pk", "pendaftaran_id", "evaluator_id", "dirilis_pada", "pertimbangan"
        )
    ]


def _gather(tahap: Tahap, given: Iterable[_Live], pendaftaran: int | None = None) -> Bahan:
    on: dict[int, list[int]] = defaultdict(list)
    beban: dict[int, int] = defaultdict(int)
    for row in given:
        on[row.entri].append(row.evaluator)
        beban[row.evaluator] += 1
    ready = entries_ready(tahap)
    if pendaftaran is not None:
        ready = ready.filter(pk=pendaftaran)
    entri = [
        Entri(pk, instansi, tuple(sorted(on[pk])), bidang_of(jenis, jalur), unit or nama)
        for pk, instansi, jenis, jalur, nama, unit in ready.order_by("pk").values_list(
            "pk", "instansi_id", "instansi__jenis", "jalur__kode", "instansi__nama", "unit__nama"
        )
    ]
    terlarang = {
        evaluator: {instansi: short_sebab(causes) for instansi, causes in found.items()}
        for evaluator, found in benturan_causes(tahap.edisi).items()
    }
    # Whoever once read an entry and was withdrawn from it does not get it again.
    ended = Penugasan.objects.filter(tahap=tahap, dicabut_pada__isnull=False)
    for evaluator, instansi in ended.values_list("evaluator_id", "pendaftaran__instansi_id"):
        terlarang.setdefault(evaluator, {}).setdefault(instansi, WITHDRAWN)
    return Bahan(entri, active_readers(tahap), terlarang, dict(beban))


def active_readers(tahap: Tahap) -> list[Penilai]:
    """The active evaluators of a stage's edition, as the division knows them; one query."""
    rows = Evaluator.objects.filter(edisi=tahap.edisi_id, aktif=True).order_by("pk")
    return [
        Penilai(
            pk,
            kapasitas_at(most, by_stage, tahap.kode),
            home_of(asal, lain),
            frozenset(keahlian),
            nama or email,
        )
        for pk, most, by_stage, keahlian, asal, lain, nama, email in rows.values_list(
            "pk",
            "kapasitas",
            "kapasitas_tahap",
            "keahlian",
            "instansi_asal_id",
            "asal_lain",
            "pengguna__nama",
            "pengguna__email",
        )
    ]


def divide_stage(tahap: Tahap, bahan: Bahan, benih: int, per_entri: int = 0) -> Pembagian:
    """Divide the material by the rules of the stage; `per_entri` readers if it is given.

    Where entries have appointments nobody is expected at two places at once.
    """
    aturan = aturan_bagi(tahap)
    waktu = times_of(tahap)
    if waktu is not None:
        return divide_by_time(
            bahan.entri,
            bahan.penilai,
            waktu=waktu,
            terlarang=bahan.terlarang,
            per_entri=per_entri or aturan.per_entri,
            beban=bahan.beban,
            beda_asal=homes_wanted(tahap),
            rencana=bahan.rencana,
            benih=benih,
        )
    return divide(
        bahan.entri,
        bahan.penilai,
        terlarang=bahan.terlarang,
        aturan=aturan,
        beban=bahan.beban,
        rencana=bahan.rencana,
        jangkar=bahan.jangkar,
        benih=benih,
    )
