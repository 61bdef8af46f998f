"""Names of participants kept from those who judge documents, where the edition asks for it.

Pages, lists, searches, the names of files and the text of answers; files themselves only as copies
that a person confirmed (rules/penyamaran.py). The committee always sees the names, and so does
everybody in the later stages, where participants are met in person.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from kompetisi.rules.verdict import YES, Verdict, all_of, no

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


HIDDEN = "[nama disamarkan]"
MAKS_MB = 20  # of a file blacked out by hand
SHORTEST = 3  # letters of a name that is looked for


UNSEEN = {"Mn", "Cf"}  # accents; signs without a width, soft hyphens among them


def mask_text(text: str, names: Iterable[str]) -> str:
    """A text with every one of these plain phrases replaced, whatever stands between its words.

    Also with accents, with signs that have no width, and run together ("pemkotzamrud").
    """
    wanted = sorted({n for n in names if len(n) >= SHORTEST}, key=len, reverse=True)
    if not text or not wanted:
        return text
    signs, places = _fold(text)
    parts = (r"[\W_]*".join(map(re.escape, name.split())) for name in wanted)
    shown, last = [], 0
    for hit in re.finditer(rf"(?<![^\W_])(?:{'|'.join(parts)})(?![^\W_])", signs):
        shown += [text[last : places[hit.start()]], HIDDEN]
        last = places[hit.end() - 1] + 1
    return "".join([*shown, text[last:]])


def _fold(text: str) -> tuple[str, list[int]]:
    """Small letters without accents, and for each the place in the text it came from."""
    pairs = [
        (part, place)
        for place, sign in enumerate(text)
        for part in unicodedata.normalize("NFKD", sign.casefold())
        if unicodedata.category(part) not in UNSEEN
    ]
    return "".join(part for part, _ in pairs), [place for _, place in pairs]


def can_read_samaran(keadaan: str | None) -> Verdict:
    """Whether a reader from whom names are kept may open a file whose copy stands so."""
    if keadaan == "sah":
        return YES
    return no(
        "Berkas ini sedang disamarkan oleh sekretariat dan dapat dibuka begitu salinannya disahkan."
    )


def can_decide_samaran(
    keadaan: str, *, alasan: str = "", tolak: bool = False, temuan: int = 0
) -> Verdict:
    """Whether a copy may be confirmed or refused: it lies there to be looked at.

    `temuan` counts the names that a machine still reads and that the person does not say to have
    looked at.
    """
    return all_of(
        YES
        if keadaan == "menunggu"
        else no("Salinan ini tidak sedang menunggu diperiksa; muat ulang halaman."),
        no("Tulis mengapa salinan ini belum dapat dibaca penilai.")
        if tolak and not alasan.strip()
        else YES,
        no(
            f"Mesin masih membaca {temuan} nama pada salinan ini. Periksa halamannya, lalu "
            "centang bahwa nama itu tidak menunjuk peserta."
        )
        if temuan
        else YES,
    )


def same_pages(asli: int, baru: int) -> Verdict:
    """Whether a version blacked out by hand has the pages of the original."""
    if asli == baru:
        return YES
    return no(
        f"Versi ini berisi {baru} halaman, sedangkan aslinya {asli}. Hitamkan isinya tanpa "
        "menambah atau menghapus halaman, lalu unggah kembali."
    )
