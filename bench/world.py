"""An edition with as many entries as wanted, from the same factories as the tests."""

from datetime import date
from decimal import Decimal
from random import Random

from django.urls import reverse

from evaluasi.queries.lembar import butir_of
from evaluasi.tests.factories import make_lembar
from kompetisi import clock
from penghargaan.actions.piagam import issue_piagam
from penghargaan.tests.factories import AFTER, Panggung, at_stage
from registrasi.queries.pendaftaran import isian_of
from registrasi.tests.factories import make_pendaftaran as make_draft
from registrasi.tests.factories_panitia import fill_pendaftaran, make_anggota, make_instansi
from registrasi.tests.factories_panitia import make_pendaftaran as make_entry

WINNERS = 6


class World:
    """Entries through every stage, beside them drafts, entries at the gate, accounts that wait."""

    def __init__(self) -> None:
        self.stage = Panggung()
        self.stage.kuota(WINNERS)
        self.edisi, self.size = self.stage.edisi, 0
        self.draw, self.totals = Random(2019), set()
        self.admin = make_anggota(make_instansi("Pemerintah Kota Ukur")).pengguna
        self.entry = make_draft(self.edisi, self.admin, lengkap=True)
        self.sheet = self.make_sheet()

    def make_sheet(self):
        """An empty sheet of an evaluator who has also judged all others."""
        row = fill_pendaftaran(make_entry(self.edisi, make_instansi(), status="lolos_administrasi"))
        with clock.travel(at_stage(self.edisi, "dokumen")):
            return make_lembar(self.stage.evaluator[0], row, self.stage.tahap["dokumen"])

    def grow(self, size: int) -> None:
        """Add until there are `size` of each kind."""
        for number in range(self.size, size):
            self.stage.masuk(f"Pemerintah Kota Ukur {number:04}", self.marks())
            make_entry(self.edisi, make_instansi(), status="draf")
            make_entry(self.edisi, make_instansi(), status="dikirim")
            make_anggota(make_instansi(), status="diajukan")
        self.size = size

    def marks(self) -> dict[str, str]:
        """Levels of a document sheet whose total no other entry has, so that none are tied."""
        items = butir_of(self.sheet.pk)
        while True:
            chosen = {item.kode: self.draw.choice(item.tingkat)["faktor"] for item in items}
            total = sum(item.bobot * Decimal(chosen[item.kode]) for item in items)
            if total not in self.totals:
                self.totals.add(total)
                return {"": "1"} | {code: str(factor) for code, factor in chosen.items()}

    def publish(self) -> None:
        """The plenary, the decree, the publication, the certificates."""
        self.stage.umumkan()
        with clock.travel(AFTER):
            issue_piagam(
                edisi=self.edisi, pola="B/{urut:4}/2019", awal=1, tanggal=date(2019, 12, 9),
                oleh=self.stage.admin,
            )  # fmt: skip

    def sheet_posts(self) -> list[tuple[str, str, dict | None]]:
        """(what, address, data) of an evaluator's work on one sheet."""
        items, pk = butir_of(self.sheet.pk), self.sheet.pk
        whole = {"catatan_umum": "Cukup.", "versi": self.sheet.versi}
        for item in items:
            key, level = item.kriteria_id, item.tingkat[0]["kode"]
            whole |= {f"tingkat-{key}": level, f"catatan-{key}": "Cukup.", f"versi-{key}": 0}
        one = {"tingkat": items[0].tingkat[0]["kode"], "catatan": "Cukup.", "versi": 0}
        return [
            ("lembar: halaman", reverse("evaluasi:lembar", args=[pk]), None),
            ("lembar: simpan satu kriteria",
             reverse("evaluasi:nilai", args=[pk, items[0].kriteria_id]), one),
            (f"lembar: simpan seluruhnya ({len(items)} kriteria)",
             reverse("evaluasi:lembar", args=[pk]), whole),
        ]  # fmt: skip

    def entry_posts(self) -> list[tuple[str, str, dict | None]]:
        """(what, address, data) of an agency's work on one entry."""
        row, question = self.entry, isian_of(self.entry).pertanyaan_list[0]
        kode = [row.kode]
        field = {"nama": "judul", "nilai": "Lapor Tuntas", "versi": row.versi}
        answer = {"nama": f"p{question.pk}", "nilai": "Jawaban kami yang baru.", "versi": 1}
        send = {
            "kunci": "bench", "pernyataan": "on", "penandatangan_nama": "Kepala Dinas",
            "penandatangan_jabatan": "Kepala Dinas",
        }  # fmt: skip
        return [
            ("pendaftaran: halaman", reverse("registrasi:rinci", args=kode), None),
            ("pendaftaran: narasi", reverse("registrasi:narasi", args=kode), None),
            ("pendaftaran: periksa jawaban", reverse("registrasi:periksa", args=kode), None),
            ("pendaftaran: simpan satu isian", reverse("registrasi:simpan", args=kode), field),
            ("pendaftaran: simpan satu jawaban", reverse("registrasi:simpan", args=kode), answer),
            ("pendaftaran: kirim", reverse("registrasi:pengiriman", args=kode), send),
        ]
