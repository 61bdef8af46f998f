"""Where the winners and awards decided differ from the quotas of the edition."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from kompetisi.models import Jalur
from penghargaan.models import Peringkat, Pleno
from penghargaan.queries.peringkat import aspek_of


@dataclass(frozen=True)
class SelisihKuota:
    """One quota that is not met or exceeded, with the plenary's reason, empty while none.

    `kunci` names the quota in Pleno.alasan_kuota: `jalur:<track>` or `aspek:<track>:<aspect>`.
    """

    kunci: str
    nama: str
    jumlah: int
    kuota: int
    alasan: str = ""

    @property
    def uraian(self) -> str:
        """In words: "jalur Unit: 3 pemenang, kuota 2"."""
        return f"{self.nama}, kuota {self.kuota}"


def quota_differences(pleno: Pleno, rows: Collection[Peringkat]) -> list[SelisihKuota]:
    """The quotas of tracks and aspects from which the list (`rows`, all of it) differs.

    An aspect with awards left over is none while every winner of its track has an award: nobody
    is left who could get it.
    """
    found = []
    for jalur in pleno.edisi.jalur.all():
        won = [row for row in rows if row.jalur_id == jalur.pk and row.menang]
        if len(won) != jalur.kuota_pemenang:
            nama = f"jalur {jalur.nama}: {len(won)} pemenang"
            kunci = f"jalur:{jalur.kode}"
            found.append(_selisih(pleno, kunci, nama, len(won), jalur.kuota_pemenang))
        found += _aspects(pleno, jalur, won)
    return found


def _aspects(pleno: Pleno, jalur: Jalur, won: Collection[Peringkat]) -> list[SelisihKuota]:
    given = Counter(row.aspek for row in won)
    found = []
    for aspek in aspek_of(pleno.edisi, jalur.kode):
        kode, kuota = aspek["kode"], aspek["kuota"]
        if given[kode] > kuota or (given[kode] < kuota and given[""]):
            nama = f"aspek {aspek['nama']} jalur {jalur.nama}: {given[kode]} penerima"
            kunci = f"aspek:{jalur.kode}:{kode}"
            found.append(_selisih(pleno, kunci, nama, given[kode], kuota))
    return found


def _selisih(pleno: Pleno, kunci: str, nama: str, jumlah: int, kuota: int) -> SelisihKuota:
    return SelisihKuota(kunci, nama, jumlah, kuota, pleno.alasan_kuota.get(kunci, ""))
