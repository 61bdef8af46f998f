"""The stage on which a simulated competition is played: people, chance, the clock."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db.models import QuerySet

from evaluasi.actions.lembar import Isian, lock_lembar, save_lembar
from evaluasi.actions.penugasan import release_rencana
from evaluasi.actions.rencana import propose_rencana
from evaluasi.models import LembarPenilaian
from evaluasi.queries.lembar import butir_of
from kompetisi import clock
from kompetisi.actions.tenggat import enforce_tenggat
from kompetisi.models import Edisi, Pengguna, Tahap
from penghargaan.actions.peragaan import seed_panitia
from registrasi.models import Pendaftaran


class Permainan:
    """The people of one edition and the chance that decides for them."""

    def __init__(self, edisi: Edisi, *, evaluator: int, benih: int) -> None:
        self.edisi, self.jumlah_evaluator = edisi, evaluator
        self.acak = random.Random(benih)  # noqa: S311 - a repeatable draw, no secret
        self.benih = benih
        self.tahap: dict[str, Tahap] = {t.jenis: t for t in edisi.tahap.all()}
        self.orang: dict[str, Pengguna] = {}

    @contextmanager
    def at(self, jenis: str, part: float) -> Iterator[datetime]:
        """Be at this part (0 to 1) of a stage's window."""
        tahap = self.tahap[jenis]
        instant = tahap.mulai + (tahap.selesai - tahap.mulai) * part
        with clock.travel(instant):
            yield instant

    def after(self, jenis: str) -> None:
        """Let the calendar do what it does when a stage has closed."""
        instant = self.tahap[jenis].selesai + timedelta(minutes=1)
        with clock.travel(instant):
            self.sweep(instant)

    @staticmethod
    def sweep(at: datetime) -> None:
        """Enforce what is due; a sweep of beat's that is under way is waited for."""
        while not enforce_tenggat(at=at):
            time.sleep(0.2)

    def people(self) -> None:
        """The committee and the evaluators, before anything begins."""
        with self.at("pendaftaran", 0.01):
            seed_panitia(edisi=self.edisi, evaluator=self.jumlah_evaluator)
        for name in ("admin", "sekretariat", "ketua"):
            self.orang[name] = Pengguna.objects.get(email=f"{name}@demo.test")

    def assign(self, jenis: str) -> int:
        """Plan by seed and release; returns how many assignments."""
        rencana = propose_rencana(
            tahap=self.tahap[jenis], oleh=self.orang["ketua"], benih=self.benih
        )
        return release_rencana(rencana=rencana, oleh=self.orang["ketua"])

    def judge(self, jenis: str, pendaftaran: int | None = None) -> int:
        """Fill and lock every sheet of a stage that is not locked; returns how many."""
        rows = LembarPenilaian.objects.filter(
            penugasan__tahap=self.tahap[jenis],
            penugasan__dirilis_pada__isnull=False,
            penugasan__dicabut_pada=None,
            penguncian=None,
            **({"penugasan__pendaftaran": pendaftaran} if pendaftaran else {}),
        ).select_related("penugasan__evaluator__pengguna", "penugasan__tahap__edisi")
        count = 0
        for lembar in rows.order_by("pk"):
            oleh = lembar.penugasan.evaluator.pengguna
            quality = self._quality(lembar.penugasan.pendaftaran_id)
            isian = {
                item.kriteria_id: Isian(
                    self._level(item.tingkat, quality), "Sesuai bukti yang diperiksa.", item.versi
                )
                for item in butir_of(lembar.pk)
            }
            save_lembar(lembar=lembar, isian=isian, catatan_umum="", versi=lembar.versi, oleh=oleh)
            lock_lembar(lembar=lembar, oleh=oleh)
            count += 1
        return count

    def _quality(self, pendaftaran: int) -> float:
        """How good an entry is, 0 to 1: the same whenever it is asked."""
        return random.Random(f"{self.benih}:{pendaftaran}").random()  # noqa: S311

    def _level(self, tingkat: list[dict], quality: float) -> str:
        """A level near the entry's quality, as one of several judges would see it."""
        seen = min(max(self.acak.gauss(quality, 0.15), 0), 0.999)
        ordered = sorted(tingkat, key=lambda level: level["faktor"])
        return ordered[int(seen * len(ordered))]["kode"]

    def entries(self, *status: str) -> QuerySet[Pendaftaran]:
        """The entries in one of these states, oldest first."""
        rows = Pendaftaran.objects.filter(edisi=self.edisi, status__in=status)
        return rows.select_related("edisi", "jalur", "instansi", "unit").order_by("pk")
