"""Names of participants kept from those who judge documents, where the edition asks for it.

Pages, lists, searches and the names of files only: what stands in the answers and inside the files
is as the agency wrote it. The committee always sees the names, and so does everybody in the later
stages, where participants are met in person.
"""

from collections.abc import Mapping

MASKED = "dokumen"  # kind of stage


def is_masked(aturan: Mapping, jenis: str) -> bool:
    """Whether evaluators of a stage of this kind see no names (`samarkan_peserta`)."""
    return jenis == MASKED and bool(aturan.get("samarkan_peserta"))


def nama_samaran(kode: str) -> str:
    """What stands in place of a participant's name: the last part of the entry's code."""
    return f"Peserta {kode.rpartition('-')[2]}"


def nama_berkas(pk: int, nama: str) -> str:
    """What stands in place of a file's name: its number, with the ending it had."""
    return f"dokumen-{pk}{nama[nama.rfind('.') :].lower() if '.' in nama else ''}"
