"""What the team of a visit writes down together: the receiver, findings, photographs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from evaluasi.models import FotoLapangan, KunjunganLapangan, TemuanLapangan
from evaluasi.queries.lapangan import LAPANGAN
from evaluasi.queries.penugasan import penugasan_own
from evaluasi.queries.temuan import catatan_of, kriteria_kunjungan
from evaluasi.rules.foto import MAX_MB, clean_photo
from evaluasi.rules.lapangan import can_record
from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.models import Pengguna
from kompetisi.queries.edisi import keadaan_of
from kompetisi.queries.peran import peran_of
from registrasi.actions.berkas import store_berkas

MAX_FOTO = 10  # photographs for one criterion
MAX_URAIAN = 4000  # characters
HEAD = ("penerima_nama", "penerima_jabatan", "temuan_material")
STALE = "Catatan ini telah diubah anggota tim lain. Periksa kedua naskah, lalu simpan kembali."


@dataclass(frozen=True)
class IsianKunjungan:
    """The part of a visit that its team writes: who received them, and what is material."""

    penerima_nama: str = ""
    penerima_jabatan: str = ""
    temuan_material: str = ""


@dataclass(frozen=True)
class IsianTemuan:
    """What was typed for one criterion, and the version it was read at (0: nothing stored)."""

    uraian: str
    versi: int


def take_kunjungan(
    kunjungan: KunjunganLapangan, oleh: Pengguna
) -> tuple[KunjunganLapangan, datetime]:
    """The visit's row, locked, when this person may write to it now."""
    row = (
        KunjunganLapangan.objects.select_for_update(of=("self",))
        .select_related("tahap__edisi", "pendaftaran")
        .get(pk=kunjungan.pk)
    )
    now = clock.db_now()
    edisi = row.tahap.edisi
    can_record(
        peran=peran_of(oleh, edisi),
        tahap=keadaan_of(edisi, LAPANGAN, now, row.pendaftaran.kode),
        anggota=penugasan_own(oleh)
        .filter(tahap=row.tahap_id, pendaftaran=row.pendaftaran_id)
        .exists(),
        ditutup=row.ditutup_pada is not None,
    ).require()
    return row, now


@transaction.atomic
def save_kunjungan(
    *,
    kunjungan: KunjunganLapangan,
    isian: IsianKunjungan,
    temuan: Mapping[int, IsianTemuan],
    versi: int,
    oleh: Pengguna,
) -> KunjunganLapangan:
    """Store what the team has written: the receiver, material findings, findings by criterion.

    All or nothing; what is unchanged is no conflict. Raises NotAllowedError for whoever is not of
    the team, outside the stage or after closing, InvalidInputError, and StaleVersionError whose
    `rincian` has `isian` (the stored head, when it was changed) and `temuan`: criterion -> stored.
    """
    row, now = take_kunjungan(kunjungan, oleh)
    stored = {item.kriteria.pk: item for item in catatan_of(row).butir}
    _check_temuan(temuan, stored)
    changed = {
        key: given for key, given in temuan.items() if given.uraian.strip() != stored[key].uraian
    }
    head = _head_changes(row, isian)
    stale = {key: stored[key] for key, given in changed.items() if given.versi != stored[key].versi}
    if stale or (head and versi != row.versi):
        raise StaleVersionError(
            STALE,
            rincian={
                "temuan": {k: (item.uraian, item.versi) for k, item in stale.items()},
                "isian": head_of(row),
                "versi": row.versi,
            },
        )
    for key, given in changed.items():
        TemuanLapangan.objects.update_or_create(
            kunjungan=row,
            kriteria_id=key,
            defaults={
                "uraian": given.uraian.strip(),
                "versi": given.versi + 1,
                "diubah_oleh": oleh,
                "diubah_pada": now,
            },
        )
    if head:
        KunjunganLapangan.objects.filter(pk=row.pk).update(**head, versi=row.versi + 1)
    if head or changed:
        record(
            tindakan="lapangan.catat",
            objek=row,
            oleh=oleh,
            rincian={"pendaftaran": row.pendaftaran.kode, "butir": sorted(changed)},
        )
    row.refresh_from_db()
    return row


def head_of(row: KunjunganLapangan) -> dict[str, str]:
    """The head of a visit as it is stored."""
    return {name: getattr(row, name) for name in HEAD}


def _head_changes(row: KunjunganLapangan, isian: IsianKunjungan) -> dict[str, str]:
    given = {name: getattr(isian, name).strip() for name in head_of(row)}
    return {name: text for name, text in given.items() if text != getattr(row, name)}


def _check_temuan(temuan: Mapping[int, IsianTemuan], stored: Mapping) -> None:
    for key, given in temuan.items():
        if key not in stored:
            raise InvalidInputError("Kriteria ini tidak ada pada rubrik kunjungan ini.")
        if len(given.uraian.strip()) > MAX_URAIAN:
            raise InvalidInputError(
                f"Temuan {stored[key].kriteria.kode} terlalu panjang.",
                rincian={f"uraian-{key}": f"Paling banyak {MAX_URAIAN} karakter."},
            )


def add_foto(
    *,
    kunjungan: KunjunganLapangan,
    isi: UploadedFile | ContentFile,
    oleh: Pengguna,
    kriteria: int | None = None,
    keterangan: str = "",
) -> FotoLapangan:
    """Add a photograph to a criterion (its primary key), or without one to the visit as a whole.

    The picture is written anew: no place, time or device stays in it. Raises NotAllowedError, and
    InvalidInputError for what is no photograph, is too large, or one too many.
    """
    with transaction.atomic():  # refused before anything is stored
        row, _ = take_kunjungan(kunjungan, oleh)
        _check_place(row, kriteria)
    isi.seek(0)
    content = clean_photo(isi, isi.size)
    name = (isi.name or "foto").rpartition(".")[0] or "foto"
    berkas = store_berkas(
        isi=ContentFile(content, f"{name}.jpg"), oleh=oleh, maks_mb=MAX_MB, gambar=True
    )
    with transaction.atomic():
        row, now = take_kunjungan(kunjungan, oleh)
        _check_place(row, kriteria)
        foto = FotoLapangan.objects.create(
            kunjungan=row,
            kriteria_id=kriteria,
            berkas=berkas,
            keterangan=" ".join(keterangan.split())[:200],
            diunggah_oleh=oleh,
            diunggah_pada=now,
        )
        record(
            tindakan="lapangan.foto",
            objek=foto,
            oleh=oleh,
            rincian={"pendaftaran": row.pendaftaran.kode, "sha256": berkas.sha256},
        )
    return foto


def _check_place(row: KunjunganLapangan, kriteria: int | None) -> None:
    if kriteria is not None and kriteria not in {item.pk for item in kriteria_kunjungan(row)}:
        raise InvalidInputError("Kriteria ini tidak ada pada rubrik kunjungan ini.")
    if FotoLapangan.objects.filter(kunjungan=row, kriteria=kriteria).count() >= MAX_FOTO:
        raise InvalidInputError(f"Paling banyak {MAX_FOTO} foto untuk satu kriteria.")


@transaction.atomic
def remove_foto(*, foto: FotoLapangan, oleh: Pengguna) -> None:
    """Take a photograph off a visit that is not closed; the stored file and the record stay."""
    row, _ = take_kunjungan(foto.kunjungan, oleh)
    found = FotoLapangan.objects.filter(pk=foto.pk).select_related("berkas").first()
    if found is None:
        return
    record(
        tindakan="lapangan.foto_lepas",
        objek=found,
        oleh=oleh,
        rincian={"pendaftaran": row.pendaftaran.kode, "sha256": found.berkas.sha256},
    )
    found.delete()
