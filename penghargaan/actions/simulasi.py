"""A whole competition played through the same acts as on the pages, repeatably for a seed.

For rehearsals, demonstrations and tests; never in production. Each stage is played at an instant
inside its own window, so every rule about time is asked as in earnest. The result depends on the
seed and the edition alone, save for the random codes of receipts and certificates.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db.models import Count

from evaluasi.actions.benturan import declare_benturan, sign_pakta
from evaluasi.actions.lembar import Isian, lock_lembar, save_lembar
from evaluasi.actions.penugasan import (
    assign_pembaca_ketiga,
    propose_rencana,
    release_rencana,
)
from evaluasi.models import Evaluator, LembarPenilaian
from evaluasi.queries.kemajuan import third_reader_proposals
from evaluasi.queries.lembar import butir_of
from kompetisi import clock
from kompetisi.actions.pesan import due_pekerjaan
from kompetisi.actions.tenggat import enforce_tenggat
from kompetisi.models import Edisi, Jalur, Pengguna, Tahap
from penghargaan.actions.antrean import carry_out_piagam
from penghargaan.actions.pembekuan import freeze_pleno
from penghargaan.actions.penetapan import approve_penerbitan, propose_penerbitan, set_keputusan
from penghargaan.actions.peragaan import seed_admin, seed_panitia, seed_pendaftaran
from penghargaan.actions.piagam import issue_piagam
from penghargaan.actions.pleno import add_hadir, open_pleno, set_alasan_jumlah, vote_seri
from penghargaan.models import Pleno
from penghargaan.queries.pleno import tie_group
from registrasi.actions.administrasi import HasilPeriksa, decide_seleksi, save_pemeriksaan
from registrasi.models import Instansi, Pendaftaran, SeleksiAdministrasi, StatusPendaftaran
from registrasi.queries.administrasi import butir_of as butir_administrasi_of
from registrasi.queries.pendaftaran import jalur_for

Putusan = SeleksiAdministrasi.Putusan
SENT_SHARE = 0.85  # the rest stays a draft: in 2022 29% of a sister competition's entries did
REFUSED_SHARE = 0.1
UNIT_SHARE = 0.25


class Simulasi:
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
            enforce_tenggat(at=instant)

    def people(self) -> None:
        """The committee and the evaluators, before anything begins."""
        with self.at("pendaftaran", 0.01):
            seed_panitia(edisi=self.edisi, evaluator=self.jumlah_evaluator)
        for name in ("admin", "sekretariat", "ketua"):
            self.orang[name] = Pengguna.objects.get(email=f"{name}@demo.test")

    def pendaftaran(self, peserta: int) -> int:
        """Agencies drawn by seed register; most send, some stay drafts. Returns how many sent."""
        drawn = self.acak.sample(list(Instansi.objects.order_by("kode")), peserta)
        for number, instansi in enumerate(drawn, 1):
            jalur = self._pick_jalur(instansi)
            if jalur is None:
                continue
            with self.at("pendaftaran", 0.1 + 0.85 * number / peserta):
                admin = seed_admin(
                    edisi=self.edisi,
                    instansi=instansi,
                    email=f"instansi{number}@demo.test",
                    sekretariat=self.orang["sekretariat"],
                )
                sent = self.acak.random() < SENT_SHARE
                seed_pendaftaran(
                    edisi=self.edisi,
                    instansi=instansi,
                    oleh=admin,
                    bagian=1 if sent else self.acak.choice((0.2, 0.6, 0.9)),
                    acak=self.acak,
                    jalur=jalur,
                )
        self.after("pendaftaran")
        return self._entries(StatusPendaftaran.DIKIRIM).count()

    def administrasi(self) -> int:
        """Every sent entry is checked item by item. Returns how many passed."""
        oleh = self.orang["sekretariat"]
        with self.at("administrasi", 0.5):
            for row in self._entries(StatusPendaftaran.DIKIRIM):
                refused = self.acak.random() < REFUSED_SHARE
                butir = butir_administrasi_of(row)
                hasil = {
                    item.kode: HasilPeriksa("memenuhi", "Telah diperiksa pada dokumen.")
                    for item in butir
                }
                if refused:
                    hasil[butir[-1].kode] = HasilPeriksa("tidak_memenuhi", "Tidak sesuai syarat.")
                save_pemeriksaan(pendaftaran=row, hasil=hasil, oleh=oleh)
                putusan = Putusan.TIDAK_LOLOS if refused else Putusan.LOLOS
                decide_seleksi(pendaftaran=row, putusan=putusan, oleh=oleh)
        return self._entries(StatusPendaftaran.LOLOS_ADMINISTRASI).count()

    def dokumen(self) -> int:
        """Readers are assigned and judge; a third reads where two differ. Returns sheets locked."""
        with self.at("dokumen", 0.45):
            for evaluator in Evaluator.objects.filter(edisi=self.edisi).order_by("pk"):
                sign_pakta(evaluator=evaluator, oleh=evaluator.pengguna)
                declare_benturan(evaluator=evaluator, pernyataan=[], oleh=evaluator.pengguna)
            self.assign("dokumen")
        with self.at("dokumen", 0.6):
            locked = self.judge("dokumen")
        with self.at("dokumen", 0.8):
            tahap, ketua = self.tahap["dokumen"], self.orang["ketua"]
            for usulan in third_reader_proposals(tahap, ketua):
                assign_pembaca_ketiga(tahap=tahap, pendaftaran=usulan.pendaftaran, oleh=ketua)
        with self.at("dokumen", 0.9):
            locked += self.judge("dokumen")
        self.after("dokumen")
        return locked

    def pleno(self) -> int:
        """The plenary: open ties voted on, the rest as proposed, frozen. Returns the winners."""
        ketua, sekretariat = self.orang["ketua"], self.orang["sekretariat"]
        with self.at("pleno", 0.3):
            pleno = open_pleno(edisi=self.edisi, tempat="Jakarta", oleh=ketua)
            add_hadir(pleno=pleno, pengguna=ketua, sebagai="Ketua rapat", oleh=ketua)
            add_hadir(pleno=pleno, pengguna=sekretariat, sebagai="Notulis", oleh=ketua)
            self._vote(pleno)
            winners = pleno.peringkat.filter(menang=True).count()
            if winners != self.edisi.jumlah_pemenang:
                alasan = f"Hanya {winners} peserta yang memenuhi syarat ditetapkan."
                set_alasan_jumlah(pleno=pleno, alasan=alasan, oleh=ketua)
            freeze_pleno(pleno=pleno, oleh=ketua)
        return winners

    def _vote(self, pleno: Pleno) -> None:
        """Vote on every tie that nothing else separates: each of the group other votes."""
        ranks = pleno.peringkat.values("jalur__kode", "peringkat").annotate(n=Count("pk"))
        for rank in ranks.filter(n__gt=1).order_by("jalur__kode", "peringkat"):
            group = tie_group(pleno, rank["jalur__kode"], rank["peringkat"])
            votes = {member.pk: 9 - place for place, member in enumerate(group)}
            vote_seri(pleno=pleno, suara=votes, oleh=self.orang["ketua"])

    def terbit(self) -> int:
        """Decree, publication by two people, certificates. Returns how many certificates."""
        sekretariat, admin = self.orang["sekretariat"], self.orang["admin"]
        instant = self.tahap["pengumuman"].mulai + timedelta(hours=9)
        with self.at("pengumuman", 0.05) as now:
            set_keputusan(
                edisi=self.edisi,
                nomor=f"SIMULASI/{self.benih}/{self.edisi.tahun}",
                tanggal=now.astimezone(clock.WIB).date(),
                tentang=f"Penetapan Pemenang {self.edisi.nama}",
                penandatangan_jabatan="Menteri (simulasi)",
                oleh=sekretariat,
            )
            propose_penerbitan(edisi=self.edisi, terbit_pada=instant, oleh=sekretariat)
            approve_penerbitan(edisi=self.edisi, oleh=admin)
        with clock.travel(instant + timedelta(minutes=1)):
            enforce_tenggat(at=clock.now())
            rows = issue_piagam(
                edisi=self.edisi,
                pola="SIMULASI/{urut:3}/" + str(self.edisi.tahun),
                awal=1,
                tanggal=instant.astimezone(clock.WIB).date(),
                oleh=admin,
            )
            for _, pk in due_pekerjaan():
                carry_out_piagam(pk=pk)
        return len(rows)

    def assign(self, jenis: str) -> int:
        """Plan by seed and release; returns how many assignments."""
        rencana = propose_rencana(
            tahap=self.tahap[jenis], oleh=self.orang["ketua"], benih=self.benih
        )
        return release_rencana(rencana=rencana, oleh=self.orang["ketua"])

    def judge(self, jenis: str) -> int:
        """Fill and lock every sheet of a stage that is not locked; returns how many."""
        rows = LembarPenilaian.objects.filter(
            penugasan__tahap=self.tahap[jenis],
            penugasan__dirilis_pada__isnull=False,
            penugasan__dicabut_pada=None,
            penguncian=None,
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
            save_lembar(
                lembar=lembar, isian=isian, catatan_umum="", versi=lembar.versi, oleh=oleh
            )
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

    def _entries(self, *status: str):
        rows = Pendaftaran.objects.filter(edisi=self.edisi, status__in=status)
        return rows.select_related("edisi", "jalur", "instansi", "unit").order_by("pk")

    def _pick_jalur(self, instansi: Instansi) -> Jalur | None:
        """A track this agency may enter, now and then one for units."""
        options = jalur_for(instansi, self.edisi)
        units = [j for j in options if j.sasaran == "unit"]
        others = [j for j in options if j.sasaran != "unit"]
        wants_unit = units and (self.acak.random() < UNIT_SHARE or not others)
        return self.acak.choice(units if wants_unit else others) if options else None


def play(
    *, edisi: Edisi, peserta: int, evaluator: int, benih: int, sampai: str,
    tell: Callable[[str], None],
) -> datetime:
    """Play the stages up to `sampai` and return the instant at which it stands (UTC).

    `tell` hears one sentence a stage.
    """
    game = Simulasi(edisi, evaluator=evaluator, benih=benih)
    game.people()
    tell(f"Pendaftaran: {game.pendaftaran(peserta)} dikirim.")
    if sampai == "pendaftaran":
        return game.tahap["pendaftaran"].selesai + timedelta(minutes=2)
    tell(f"Seleksi administrasi: {game.administrasi()} lolos.")
    if sampai == "administrasi":
        return game.tahap["administrasi"].selesai
    tell(f"Evaluasi dokumen: {game.dokumen()} lembar terkunci.")
    return game.tahap["dokumen"].selesai + timedelta(minutes=2)
