"""Importing pairs of entry and evaluator into the plan: looked at first, then confirmed.

The file is that of the export. Entries it names get the readers it names, as far as they are not
released yet; entries it does not name stay as they are. Every pair passes the rules of a pair that
is chosen by hand.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db import transaction

from evaluasi.actions.penugasan import begin_change
from evaluasi.models import Evaluator, Penugasan, RencanaPenugasan
from evaluasi.queries.bahan import aturan_bagi
from evaluasi.queries.benturan import benturan_causes
from evaluasi.queries.ekspor import PASANGAN
from evaluasi.queries.jadwal import can_attend
from evaluasi.queries.rencana import entries_for, entries_ready, loads_of, rencana_open
from evaluasi.rules.benturan import describe_sebab
from evaluasi.rules.keterhubungan import groups_of, name_groups
from evaluasi.rules.panel import home_of
from evaluasi.rules.penugasan import can_assign
from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Pengguna, Tahap
from registrasi.models import Pendaftaran
from registrasi.rules.berkas_tabel import Tabel
from registrasi.rules.rencana_impor import Kesalahan, RencanaImpor

MOST_ROWS = 20_000
MOST_TOLD = 20  # warnings of one kind
KODE, SUREL = PASANGAN


@dataclass(frozen=True)
class Pasangan:
    """A row of the table, or of what is stored: an entry and an evaluator."""

    pendaftaran: int
    evaluator: int
    kode: str
    peserta: str
    nama: str
    baris: int = 0


@dataclass
class RencanaPasangan(RencanaImpor):
    """Pairs to add, to take out (`ubah`) and to leave, and what to look at first."""

    peringatan: list[str] = field(default_factory=list)

    @property
    def sidik(self) -> str:
        """What would be done, as one text: another plan has another."""
        return repr(
            (
                [(p.pendaftaran, p.evaluator) for p in self.tambah],
                sorted((p.pendaftaran, p.evaluator) for p in self.ubah),
            )
        )


def plan_penugasan(tahap: Tahap, oleh: Pengguna, tabel: Tabel) -> RencanaPasangan:
    """What importing this table would do now; writes nothing."""
    plan = RencanaPasangan()
    for name in PASANGAN:
        if name not in tabel.kolom:
            text = "judul kolom ini tidak ada; gunakan berkas yang diunduh dari halaman penugasan"
            plan.salah.append(Kesalahan(1, name, text))
    if plan.salah:
        return plan
    _Papan(tahap, oleh, plan).read(tabel)
    plan.salah.sort(key=lambda s: s.baris)
    return plan


class _Papan:
    """What is stored, and what the table asks of it."""

    def __init__(self, tahap: Tahap, oleh: Pengguna, plan: RencanaPasangan) -> None:
        self.tahap, self.plan = tahap, plan
        self.entri = {row.kode: row for row in entries_for(tahap, oleh)}
        self.siap = set(entries_ready(tahap).values_list("pk", flat=True))
        people = Evaluator.objects.filter(edisi=tahap.edisi_id).select_related("pengguna")
        self.orang = {row.pengguna.email.lower(): row for row in people}
        self.by_pk = {row.pk: row for row in self.orang.values()}
        self.benturan = benturan_causes(tahap.edisi)
        live = Penugasan.objects.filter(tahap=tahap, dicabut_pada=None)
        self.live: dict[int, dict[int, bool]] = defaultdict(dict)
        for entri, evaluator, at in live.values_list(
            "pendaftaran_id", "evaluator_id", "dirilis_pada"
        ):
            self.live[entri][evaluator] = at is not None

    def read(self, tabel: Tabel) -> None:
        """Sort the rows into what they do; then what is to be taken out, and the warnings."""
        wanted: dict[int, dict[int, int]] = {}
        for number, texts in tabel.baris:
            entry = self._entry(number, texts[KODE])
            if entry is None:
                continue
            named = wanted.setdefault(entry.pk, {})
            if not texts[SUREL]:
                continue  # an entry without a reader
            evaluator = self._evaluator(number, texts[SUREL])
            if evaluator is None:
                continue
            if evaluator.pk in named:
                text = f"pasangan ini sudah ada di baris {named[evaluator.pk]}; hapus salah satu"
                self.plan.salah.append(Kesalahan(number, SUREL, text))
                continue
            named[evaluator.pk] = number
            self._sort(number, entry, evaluator)
        self._take_out(wanted)
        if not self.plan.salah:
            self._warn(wanted)

    def _entry(self, number: int, kode: str) -> Pendaftaran | None:
        entry = self.entri.get(kode)
        if entry is None:
            text = f"pendaftaran “{kode}” tidak ada pada tahap ini"
            self.plan.salah.append(Kesalahan(number, KODE, text))
        return entry

    def _evaluator(self, number: int, surel: str) -> Evaluator | None:
        found = self.orang.get(surel.lower())
        if found is None:
            text = f"tidak ada evaluator dengan surel “{surel}”"
            self.plan.salah.append(Kesalahan(number, SUREL, text))
        return found

    def _sort(self, number: int, entry: Pendaftaran, evaluator: Evaluator) -> None:
        pair = Pasangan(
            entry.pk, evaluator.pk, entry.kode, entry.peserta, str(evaluator.pengguna), number
        )
        if evaluator.pk in self.live[entry.pk]:
            self.plan.tetap.append(pair)
            return
        causes = self.benturan.get(evaluator.pk, {}).get(entry.instansi_id, set())
        verdict = can_assign(
            sebab_benturan=describe_sebab(causes),
            sudah=False,
            aktif=evaluator.aktif,
            siap=entry.pk in self.siap,
        )
        if verdict.ok:
            verdict = can_attend(self.tahap, entry, evaluator)
        if verdict.ok:
            self.plan.tambah.append(pair)
        else:
            self.plan.salah.append(Kesalahan(number, SUREL, verdict.alasan))

    def _take_out(self, wanted: dict[int, dict[int, int]]) -> None:
        """Planned pairs of the named entries that the table does not name; released ones stay."""
        by_pk, kept = {row.pk: row for row in self.entri.values()}, 0
        for pk, named in wanted.items():
            for evaluator, released in self.live[pk].items():
                if evaluator in named:
                    continue
                if released:
                    kept += 1
                    continue
                person = self.by_pk[evaluator]
                self.plan.ubah.append(
                    Pasangan(pk, evaluator, by_pk[pk].kode, by_pk[pk].peserta, str(person.pengguna))
                )
        if kept:
            self.plan.peringatan.append(
                f"{kept} penugasan yang sudah dirilis tidak disebut dalam berkas ini dan tetap "
                "berlaku. Akhiri satu per satu dengan alasan bila perlu."
            )

    # --- what to mind afterwards ---------------------------------------------------------------

    def _warn(self, wanted: dict[int, dict[int, int]]) -> None:
        after = {pk: set(readers) for pk, readers in self.live.items()}
        for pair in self.plan.tambah:
            after.setdefault(pair.pendaftaran, set()).add(pair.evaluator)
        for pair in self.plan.ubah:
            after[pair.pendaftaran].discard(pair.evaluator)
        kode = {row.pk: row.kode for row in self.entri.values()}
        aturan = aturan_bagi(self.tahap)
        named = {pk: after.get(pk, set()) for pk in wanted}
        short = [kode[pk] for pk, readers in named.items() if len(readers) < aturan.per_entri]
        many = [kode[pk] for pk, readers in named.items() if len(readers) > aturan.per_entri]
        alike = [kode[pk] for pk, readers in named.items() if self._alike(readers)]
        self._told(short, "pendaftaran masih kekurangan pembaca")
        self._told(many, f"pendaftaran mendapat lebih dari {aturan.per_entri} pembaca")
        if aturan.beda_asal:
            self._told(alike, "pendaftaran mendapat pembaca dari instansi yang sama")
        change = Counter(p.evaluator for p in self.plan.tambah)
        change.subtract(Counter(p.evaluator for p in self.plan.ubah))
        over = [
            f"{row['nama']} ({row['beban'] + change[row['pk']]} dari {row['kapasitas']})"
            for row in loads_of(self.tahap)
            if change[row["pk"]] > 0 and row["beban"] + change[row["pk"]] > row["kapasitas"]
        ]
        self._told(over, "evaluator melebihi kapasitasnya")
        groups = groups_of(after)
        if aturan.hubungkan and len(groups) > 1:
            names = {pk: str(row.pengguna) for pk, row in self.by_pk.items()}
            self.plan.peringatan.append(
                f"Evaluator terbagi dalam {len(groups)} kelompok yang tidak membaca pendaftaran "
                f"yang sama ({name_groups(groups, names)})."
            )

    def _alike(self, readers: set[int]) -> bool:
        homes = [
            home_of(row.instansi_asal_id, row.asal_lain) or f"#{row.pk}"
            for row in (self.by_pk[pk] for pk in readers)
        ]
        return len(set(homes)) < len(homes)

    def _told(self, names: list[str], text: str) -> None:
        if names:
            more = f", dan {len(names) - MOST_TOLD} lainnya" if len(names) > MOST_TOLD else ""
            self.plan.peringatan.append(
                f"{len(names)} {text}: {', '.join(names[:MOST_TOLD])}{more}."
            )


@transaction.atomic
def import_penugasan(
    *, tahap: Tahap, tabel: Tabel, nama: str, sha256: str, oleh: Pengguna
) -> tuple[int, int]:
    """Bring the plan to what the table says; returns how many pairs were added and taken out.

    Without an open plan one is made. Doing it again changes nothing and leaves no record. Raises
    NotAllowedError when assignments cannot be changed now, InvalidInputError while there is any
    mistake; then nothing is changed.
    """
    begin_change(tahap, oleh)
    plan = plan_penugasan(tahap, oleh, tabel)
    if plan.salah:
        raise InvalidInputError(
            f"Masih ada {len(plan.salah)} kesalahan; tidak ada yang diubah.",
            rincian={"berkas": [s.pesan for s in plan.salah]},
        )
    if not plan.tambah and not plan.ubah:
        return 0, 0
    rencana = rencana_open(tahap) or RencanaPenugasan.objects.create(
        tahap=tahap, benih=0, dibuat_oleh=oleh, dibuat_pada=clock.now()
    )
    out = {(p.pendaftaran, p.evaluator) for p in plan.ubah}
    planned = Penugasan.objects.filter(tahap=tahap, dirilis_pada=None, dicabut_pada=None)
    gone = [
        pk
        for pk, entri, evaluator in planned.values_list("pk", "pendaftaran_id", "evaluator_id")
        if (entri, evaluator) in out
    ]
    Penugasan.objects.filter(pk__in=gone).delete()
    Penugasan.objects.bulk_create(_rows(rencana, plan), batch_size=1000)
    record(
        tindakan="penugasan.impor",
        objek=rencana,
        oleh=oleh,
        rincian={
            "tahap": tahap.kode,
            "berkas": nama[:200],
            "sha256": sha256,
            "ditambah": len(plan.tambah),
            "dikeluarkan": len(plan.ubah),
        },
    )
    return len(plan.tambah), len(plan.ubah)


def _rows(rencana: RencanaPenugasan, plan: RencanaPasangan) -> list[Penugasan]:
    """The new assignments, each in the first free place of its entry."""
    taken: dict[int, set[int]] = defaultdict(set)
    rows = Penugasan.objects.filter(tahap=rencana.tahap, dicabut_pada=None)
    for entri, place in rows.values_list("pendaftaran_id", "urutan"):
        taken[entri].add(place)
    made = []
    for pair in plan.tambah:
        used = taken[pair.pendaftaran]
        place = next(n for n in range(1, len(used) + 2) if n not in used)
        used.add(place)
        made.append(
            Penugasan(
                rencana=rencana,
                tahap=rencana.tahap,
                pendaftaran_id=pair.pendaftaran,
                evaluator_id=pair.evaluator,
                urutan=place,
                pertimbangan=["impor"],
            )
        )
    return made
