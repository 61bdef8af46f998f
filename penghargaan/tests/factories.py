"""A whole edition up to the plenary for tests: entries with locked sheets in every stage."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from evaluasi.actions.lembar import lock_lembar
from evaluasi.models import DaftarPendek, Evaluator, KeputusanDaftarPendek, Nilai
from evaluasi.queries.lembar import butir_of
from evaluasi.tests.factories import make_evaluator, make_lembar
from kompetisi import clock
from kompetisi.models import Edisi, Pengguna, Tahap
from penghargaan.actions.pembekuan import freeze_pleno
from penghargaan.actions.penetapan import (
    approve_penerbitan,
    propose_penerbitan,
    set_keputusan,
)
from penghargaan.actions.pengumuman import complete_due
from penghargaan.actions.pleno import add_hadir, open_pleno
from penghargaan.models import Pleno
from registrasi.models import Pendaftaran
from registrasi.tests.factories_panitia import (
    BEFORE,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    make_pengguna,
    wib,
)

PLENO = wib(3, 9, month=12)
DECREED = wib(4, 9, month=12)
PUBLISHED = wib(9, 19, month=12)
AFTER = wib(9, 20, month=12)


def at_stage(edisi: Edisi, jenis: str) -> datetime:
    """The middle of a stage."""
    tahap = edisi.tahap.get(jenis=jenis)
    return tahap.mulai + (tahap.selesai - tahap.mulai) / 2


def score(
    evaluator: Evaluator, row: Pendaftaran, tahap: Tahap, faktor: str | Mapping[str, str] = "1"
) -> None:
    """A locked sheet. `faktor` for every criterion, or by code with "" for the rest; the level
    nearest to it is taken.
    """
    with clock.travel(at_stage(row.edisi, tahap.jenis)):
        lembar = make_lembar(evaluator, row, tahap)
        rows = []
        for item in butir_of(lembar.pk):
            wanted = faktor if isinstance(faktor, str) else faktor.get(item.kode, faktor[""])
            level = min(item.tingkat, key=lambda t: abs(Decimal(t["faktor"]) - Decimal(wanted)))
            rows.append(
                Nilai(
                    lembar=lembar,
                    kriteria_id=item.kriteria_id,
                    tingkat=level["kode"],
                    faktor=Decimal(level["faktor"]),
                    catatan="Sesuai bukti.",
                    disimpan_pada=clock.now(),
                )
            )
        Nilai.objects.bulk_create(rows)
        lock_lembar(lembar=lembar, oleh=evaluator.pengguna)


class Panggung:
    """An edition with its people: `masuk(...)` adds a shortlisted entry with its scores."""

    def __init__(self, edisi: Edisi | None = None) -> None:
        self.edisi = edisi or make_edisi()
        self.ketua = make_pengguna("Ketua Tim Evaluasi", "ketua", edisi=self.edisi)
        self.sekretariat = make_pengguna("Sekretariat", "sekretariat", edisi=self.edisi)
        self.admin = make_pengguna("Admin PANRB", "admin_panrb", edisi=self.edisi)
        self.evaluator = [make_evaluator(self.edisi) for _ in range(2)]
        self.tahap = {t.kode: t for t in self.edisi.tahap.all()}
        self.daftar = {
            jalur.kode: DaftarPendek.objects.create(
                edisi=self.edisi, jalur=jalur, diputus_oleh=self.ketua, diputus_pada=BEFORE
            )
            for jalur in self.edisi.jalur.all()
        }

    def kuota(self, instansi: int, unit: int = 0, jumlah: int | None = None) -> None:
        """Set the seats of both tracks and the number of winners."""
        for kode, seats in (("instansi", instansi), ("unit", unit)):
            self.edisi.jalur.filter(kode=kode).update(kuota_pemenang=seats)
        self.edisi.jumlah_pemenang = instansi + unit if jumlah is None else jumlah
        self.edisi.save()

    def masuk(
        self, nama: str, dokumen="1", wawancara="1", lapangan="1", jalur: str = "instansi", **kw
    ) -> Pendaftaran:
        """A shortlisted entry of the 2019 edition with its sheets."""
        given = {"dokumen": dokumen, "wawancara": wawancara, "lapangan": lapangan}
        return self.masuk_dengan(nama, given, jalur, **kw)

    def masuk_dengan(
        self, nama: str, lembar: Mapping[str, object], jalur: str, **kw
    ) -> Pendaftaran:
        """A shortlisted entry; by stage one sheet, or one for each item of a list."""
        row = make_pendaftaran(
            self.edisi, make_instansi(nama, **kw), status="masuk_daftar_pendek", jalur=jalur
        )
        KeputusanDaftarPendek.objects.create(
            daftar=self.daftar[jalur],
            pendaftaran=row,
            peringkat=1,
            nilai=0,
            usulan_masuk=True,
            masuk=True,
        )
        for kode, given in lembar.items():
            for place, faktor in enumerate(given if isinstance(given, list) else [given]):
                if faktor is not None:
                    while len(self.evaluator) <= place:
                        self.evaluator.append(make_evaluator(self.edisi))
                    score(self.evaluator[place], row, self.tahap[kode], faktor)
        return row

    def buka(self) -> Pleno:
        """Open the plenary, with attendance."""
        with clock.travel(PLENO):
            pleno = open_pleno(edisi=self.edisi, tempat="Jakarta", oleh=self.ketua)
            add_hadir(pleno=pleno, pengguna=self.ketua, sebagai="Ketua rapat", oleh=self.ketua)
            add_hadir(pleno=pleno, pengguna=self.sekretariat, sebagai="Notulis", oleh=self.ketua)
        return pleno

    def bekukan(self, pleno: Pleno | None = None) -> Pleno:
        """Freeze."""
        with clock.travel(PLENO):
            return freeze_pleno(pleno=pleno or self.buka(), oleh=self.ketua)

    def tetapkan(self, pleno: Pleno | None = None) -> Pleno:
        """Freeze and enter the decree."""
        pleno = self.bekukan(pleno)
        with clock.travel(DECREED):
            set_keputusan(
                edisi=self.edisi,
                nomor="345 Tahun 2019",
                tanggal=date(2019, 12, 4),
                tentang="Penetapan Pemenang Kompetisi",
                penandatangan_jabatan="Menteri PANRB",
                oleh=self.sekretariat,
            )
        return pleno

    def umumkan(self, pleno: Pleno | None = None, *, tuntas: bool = True) -> Pleno:
        """Everything up to the public result."""
        pleno = self.tetapkan(pleno)
        with clock.travel(DECREED):
            propose_penerbitan(edisi=self.edisi, terbit_pada=PUBLISHED, oleh=self.sekretariat)
            approve_penerbitan(edisi=self.edisi, oleh=self.admin)
        if tuntas:
            with clock.travel(AFTER):
                complete_due(at=AFTER)
        return pleno

    def orang(self, *peran: str) -> Pengguna:
        """Somebody else with roles in the edition."""
        return make_pengguna("", *peran, edisi=self.edisi)
