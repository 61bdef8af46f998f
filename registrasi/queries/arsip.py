"""What goes into an entry's archive, and where the making of a large one stands."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from django.utils.text import slugify

from kompetisi import clock
from kompetisi.models import Pekerjaan, StatusAntrean
from registrasi.models import ArsipDosir, BuktiDukung, Pendaftaran
from registrasi.queries.cuplikan import cuplikan_of, hash_cuplikan
from registrasi.queries.formulir import diminta_dari

JOB = "dosir:{}"  # the key of the work that makes an archive


def dosir_files(pendaftaran: Pendaftaran) -> list[tuple[str, BuktiDukung]]:
    """The current files with a name that says what each is; plain letters only, each once.

    A file of what is no longer asked, given the other answers, is left out, as on the receipt.
    """
    asked = diminta_dari(pendaftaran)
    kinds = {row.pk for row in asked.dokumen}
    criteria = {row.pk for row in asked.kriteria}
    rows = pendaftaran.bukti.filter(dilepas_pada=None).select_related(
        "berkas", "jenis_dokumen", "kriteria"
    )
    found = []
    for row in rows.order_by("jenis_dokumen__urutan", "kriteria__kode", "pk"):
        if row.jenis_dokumen_id in kinds:
            kind, place = "dokumen", row.jenis_dokumen.kode
        elif row.kriteria_id in criteria:
            kind, place = "bukti", row.kriteria.kode
        else:
            continue
        found.append((f"{kind}/{place}-{row.pk}-{_plain_name(row.berkas.nama_asli)}", row))
    return found


def _plain_name(nama: str) -> str:
    path = PurePosixPath(nama.replace("\\", "/"))
    stem = slugify(path.stem)[:80] or "berkas"
    ending = re.sub(r"[^a-z0-9]", "", path.suffix.lower())[:5]
    return f"{stem}.{ending}" if ending else stem


def bytes_of(files: list[tuple[str, BuktiDukung]]) -> int:
    """How many bytes the files have together."""
    return sum(row.berkas.ukuran for _, row in files)


def sidik_dosir(pendaftaran: Pendaftaran, files: list[tuple[str, BuktiDukung]]) -> str:
    """The SHA-256 of everything the archive depends on: answers, files, receipts, status.

    Also whether each file may be given out: what the scanner has found since is in no archive.
    """
    stands = [
        [name, row.berkas.sha256, row.berkas.pemindaian, row.berkas.dimusnahkan_pada is None]
        for name, row in files
    ]
    sent = pendaftaran.pengiriman.order_by("pk").values_list("nomor", "penarikan__pk")
    state = [
        pendaftaran.status,
        pendaftaran.diubah_pada.timestamp(),
        hash_cuplikan(cuplikan_of(pendaftaran)),
        stands,
        [list(row) for row in sent],
    ]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()


@dataclass(frozen=True)
class KeadaanArsip:
    """An entry's archive: `arsip` is None while nobody has asked for one of its present state.

    `keadaan` is "belum", "menunggu", "berjalan", "siap" or "gagal".
    """

    keadaan: str
    sidik: str
    total: int
    arsip: ArsipDosir | None = None

    @property
    def bergerak(self) -> bool:
        """Whether the page should look again by itself."""
        return self.keadaan in ("menunggu", "berjalan")

    @property
    def sampai(self) -> datetime | None:
        """Until when it is kept, on the clock that pages show."""
        return self.arsip and clock.now() + (self.arsip.kedaluwarsa_pada - clock.real_now())

    @property
    def persen(self) -> int:
        """How far the making is, in whole per cents."""
        return min(99, self.arsip.ditulis * 100 // self.total) if self.arsip and self.total else 0


def keadaan_arsip(pendaftaran: Pendaftaran) -> KeadaanArsip:
    """Where the archive of an entry, as it stands now, is."""
    files = dosir_files(pendaftaran)
    sidik, total = sidik_dosir(pendaftaran, files), bytes_of(files)
    arsip = ArsipDosir.objects.filter(
        pendaftaran=pendaftaran, sidik=sidik, kedaluwarsa_pada__gt=clock.real_now()
    ).first()
    if arsip is None:
        return KeadaanArsip("belum", sidik, total)
    if arsip.kunci:
        return KeadaanArsip("siap", sidik, total, arsip)
    work = Pekerjaan.objects.filter(kunci=JOB.format(arsip.pk)).first()
    given_up = work is not None and work.status in (
        StatusAntrean.GAGAL,
        StatusAntrean.DIBATALKAN,
    )
    if given_up:
        return KeadaanArsip("gagal", sidik, total, arsip)
    begun = work is not None and work.status == StatusAntrean.DIKERJAKAN
    return KeadaanArsip("berjalan" if begun else "menunggu", sidik, total, arsip)
