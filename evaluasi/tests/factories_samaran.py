"""A sheet whose entry's name is kept from its reader, and documents that give it away."""

import io

import pikepdf
from django.core.files.base import ContentFile

from evaluasi.actions.samaran import carry_out_samaran, ensure_salinan
from evaluasi.models import LembarPenilaian, SalinanSamaran
from evaluasi.tests import factories as f
from kompetisi.models import Edisi, Pekerjaan
from registrasi.actions.berkas import store_berkas
from registrasi.models import BuktiDukung
from registrasi.tests.factories import pdf_bytes

NAME = "Pemerintah Kota Zamrud"


def traced_pdf() -> bytes:
    """A PDF that names its author in every place but the page itself."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes("Standar pelayanan"))) as pdf:
        pdf.docinfo["/Author"] = NAME
        with pdf.open_metadata() as meta:
            meta["dc:creator"] = [NAME]
        page = pdf.pages[0].obj
        page["/PieceInfo"] = pikepdf.Dictionary(Catatan=NAME)
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text,
                                  Rect=[0, 0, 9, 9], T=NAME, Contents=NAME)  # fmt: skip
        stamp = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square,
                                   Rect=[0, 0, 9, 9], T=NAME)  # fmt: skip
        page["/Annots"] = pikepdf.Array([note, stamp])
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(NAME, 0))
        pdf.save(out)
    return out.getvalue()


def unpacked(content: bytes) -> bytes:
    """Every object of a PDF in plain bytes."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False,
                 stream_decode_level=pikepdf.StreamDecodeLevel.all)  # fmt: skip
    return out.getvalue()


def make_tersamar() -> LembarPenilaian:
    """A sheet of an edition without names, with `berkas`, the one file of its entry, and `petugas`.

    Within the document stage (factories.IN_STAGE).
    """
    edisi = f.make_edisi()
    Edisi.objects.update(aturan=edisi.aturan | {"samarkan_peserta": True})
    kota = f.make_instansi(NAME)
    entry = f.fill_pendaftaran(
        f.make_pendaftaran(edisi, status="lolos_administrasi", instansi=kota)
    )
    isi = ContentFile(traced_pdf(), name=f"SK {NAME}.pdf")
    stored = store_berkas(isi=isi, oleh=entry.dibuat_oleh, maks_mb=5)
    place, *others = BuktiDukung.objects.filter(pendaftaran=entry).order_by("pk")
    BuktiDukung.objects.filter(pk__in=[row.pk for row in others]).update(dilepas_pada=f.BEFORE)
    place.berkas = stored
    place.save()
    row = f.make_lembar(f.make_evaluator(Edisi.objects.get()), entry)
    row.berkas, row.petugas = stored, f.make_pengguna("Petugas", "sekretariat", edisi=edisi)
    return row


def owner(row):
    return row.penugasan.evaluator.pengguna


def made(lembar) -> SalinanSamaran:
    """The copy of the file, as the worker leaves it."""
    assert ensure_salinan(f.tahap_dokumen(lembar.penugasan.tahap.edisi)) == 1
    work = Pekerjaan.objects.get(tugas="evaluasi.samarkan_berkas")
    assert carry_out_samaran(pk=work.pk)
    return SalinanSamaran.objects.get()
