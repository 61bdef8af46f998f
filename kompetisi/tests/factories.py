"""Rows of the core for tests; registrasi's factories build on these."""

from datetime import datetime
from itertools import count

from kompetisi import clock
from kompetisi.models import Edisi, Pengguna, Peran, Tahap

_number = count(1)


def make_pengguna(nama: str = "", **fields) -> Pengguna:
    """An active account with the password `rahasia-uji-123`."""
    number = next(_number)
    return Pengguna.objects.create_user(
        f"orang{number}@uji.test", "rahasia-uji-123", nama=nama or f"Orang {number}", **fields
    )


def wib(text: str) -> datetime:
    """An instant from `YYYY-MM-DD HH:MM[:SS]` in WIB."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.WIB)


def make_edisi_kosong(tahun: int = 2019) -> Edisi:
    """An edition with a registration stage from 21 October to the end of 1 November."""
    edisi = Edisi.objects.create(
        kode=str(tahun), tahun=tahun, nama=f"Edisi {tahun}", dasar_hukum="-", jumlah_pemenang=12
    )
    Tahap.objects.create(
        edisi=edisi,
        kode="pendaftaran",
        jenis="pendaftaran",
        nama="Pendaftaran",
        mulai=wib(f"{tahun}-10-21 00:00"),
        selesai=wib(f"{tahun}-11-02 00:00"),
    )
    return edisi


def make_peran(edisi: Edisi, jenis: str, **fields) -> Pengguna:
    """A person with this role in the edition."""
    person = make_pengguna(**fields)
    Peran.objects.create(
        pengguna=person, edisi=edisi, jenis=jenis, diberikan_pada=wib("2019-10-01 08:00")
    )
    return person
