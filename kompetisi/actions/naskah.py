"""Editing the texts of messages: each change is a version, none is lost."""

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.models import Edisi, NaskahPesan, Pengguna
from kompetisi.queries.naskah import naskah_current
from kompetisi.queries.peran import peran_of
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.naskah import JenisPesan, faults_of


@transaction.atomic
def save_naskah(
    *, edisi: Edisi, jenis: JenisPesan, subjek: str, isi: str, versi: int, oleh: Pengguna
) -> NaskahPesan | None:
    """Store a new text of a kind of message; it holds for messages queued from now on.

    `versi` is the version that was edited, 0 for the default. Nothing is stored when the text is
    the one that holds (None when that is the untouched default). Raises NotAllowedError without
    the role, InvalidInputError for places that are unknown or missing, StaleVersionError when
    somebody saved in between.
    """
    check_aksi("naskah.ubah", peran_of(oleh, edisi)).require()
    subjek, isi = " ".join(subjek.split()), isi.replace("\r\n", "\n").strip()
    faults = faults_of(jenis, subjek=subjek, isi=isi)
    if faults or not subjek or not isi:
        raise InvalidInputError(
            "Naskah belum dapat disimpan.",
            rincian={field: " ".join(texts) for field, texts in faults.items()},
        )
    last = _take(edisi, jenis, versi)
    holding = jenis if last is None or last.bawaan else last
    if (subjek, isi) == (holding.subjek, holding.isi):
        return last
    bawaan = (subjek, isi) == (jenis.subjek, jenis.isi)
    return _write(edisi, jenis, subjek, isi, versi + 1, oleh, bawaan=bawaan)


@transaction.atomic
def reset_naskah(
    *, edisi: Edisi, jenis: JenisPesan, versi: int, oleh: Pengguna
) -> NaskahPesan | None:
    """Return to the text of the catalogue; None when it holds already.

    Raises NotAllowedError without the role, StaleVersionError when somebody saved in between.
    """
    check_aksi("naskah.ubah", peran_of(oleh, edisi)).require()
    last = _take(edisi, jenis, versi)
    if last is None or last.bawaan:
        return last
    return _write(edisi, jenis, jenis.subjek, jenis.isi, versi + 1, oleh, bawaan=True)


def _take(edisi: Edisi, jenis: JenisPesan, versi: int) -> NaskahPesan | None:
    """The last version, with the edition's texts held until the end of the transaction."""
    Edisi.objects.select_for_update().get(pk=edisi.pk)
    last = naskah_current(edisi, jenis.kode)
    if (last.versi if last else 0) != versi:
        raise StaleVersionError(
            "Naskah ini sudah diubah orang lain. Periksa keduanya, lalu simpan lagi.",
            rincian={"versi": last.versi, "tersimpan": last.isi, "oleh": str(last.oleh)},
        )
    return last


def _write(
    edisi: Edisi,
    jenis: JenisPesan,
    subjek: str,
    isi: str,
    versi: int,
    oleh: Pengguna,
    *,
    bawaan: bool,
) -> NaskahPesan:
    row = NaskahPesan.objects.create(
        edisi=edisi,
        jenis=jenis.kode,
        versi=versi,
        subjek=subjek,
        isi=isi,
        bawaan=bawaan,
        oleh=oleh,
        pada=clock.now(),
    )
    record(
        tindakan="naskah.bawaan" if bawaan else "naskah.ubah",
        objek=row,
        oleh=oleh,
        rincian={"jenis": jenis.kode, "versi": versi},
    )
    return row
