"""Rows as evaluators of the document stage may see them: without names, where the edition asks."""

from dataclasses import replace

from evaluasi.models import LembarPenilaian, Penugasan, SalinanSamaran
from evaluasi.queries.ruang import Ruang
from evaluasi.queries.samaran_berkas import keadaan_of, names_of
from evaluasi.rules.samaran import (
    can_read_samaran,
    is_masked,
    mask_text,
    nama_berkas,
    nama_samaran,
)
from kompetisi.models import Tahap
from registrasi.models import Berkas, Pendaftaran


def mask_entry(entry: Pendaftaran, tahap: Tahap) -> bool:
    """Keep the name of an entry from an evaluator of this stage; whether it is kept."""
    masked = is_masked(tahap.edisi.aturan, tahap.jenis)
    if masked:
        entry.samaran = nama_samaran(entry.kode)
        entry.judul = mask_text(entry.judul, names_of(entry))
    return masked


def mask_penugasan(row: Penugasan) -> bool:
    """The same for the entry of an assignment."""
    return mask_entry(row.pendaftaran, row.tahap)


def mask_lembar(row: LembarPenilaian) -> bool:
    """The same for the entry of a sheet."""
    return mask_penugasan(row.penugasan)


def mask_berkas(stored: Berkas) -> Berkas:
    """A file without the name it was given or its first page; for showing, never to be saved."""
    stored.nama_asli = nama_berkas(stored.pk, stored.nama_asli)
    stored.gambar_kecil = ""
    return stored


def mask_ruang(ruang: Ruang, entry: Pendaftaran) -> None:
    """Keep the participant's names out of what is read beside a sheet; one query.

    Answers and notes lose them; a file can be opened once its copy was confirmed (`disamarkan`
    says that it was not).
    """
    names = names_of(entry)
    states = keadaan_of(entry.pk, [file["pk"] for file in ruang.berkas])
    for file in ruang.berkas:
        mask_berkas(file["berkas"])
        _keep_closed(file, states.get(file["pk"]))
    for row in ruang.jawaban:
        row["isi"] = mask_text(row["isi"], names)
    for group in ruang.kelompok:
        for item in group["butir"]:
            item["b"] = replace(item["b"], klaim_catatan=mask_text(item["b"].klaim_catatan, names))
            if item["berkas"]:
                _keep_closed(item, states.get(item["berkas"].pk))


def _keep_closed(row: dict, keadaan: str | None) -> None:
    row["disamarkan"] = not can_read_samaran(keadaan)
    row["terbaca"] = row["terbaca"] and not row["disamarkan"]


def samaran_of(pendaftaran_id: int, stored: Berkas) -> Berkas:
    """The confirmed copy of a file in its place; for giving out, never to be saved.

    Raises NotAllowedError while there is none.
    """
    copy = SalinanSamaran.objects.filter(pendaftaran=pendaftaran_id, berkas=stored).first()
    can_read_samaran(copy.keadaan if copy else None).require()
    stored.kunci, stored.tipe, stored.ukuran = copy.kunci, copy.tipe, copy.ukuran
    return mask_berkas(stored)
