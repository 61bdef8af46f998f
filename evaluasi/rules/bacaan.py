"""Places in documents, and how much is left to read."""

from collections.abc import Iterable, Mapping

from kompetisi.rules.verdict import YES, Verdict, no

MOST_TITIK = 10  # places of one criterion
DETIK_PER_HALAMAN = 90  # an assumption: office documents read with care
LONGEST_BEAT = 60  # seconds one message of the browser may count for
MAX_PERTANYAAN = 1000  # characters
SERIBU = 1000


def read_kotak(text: str) -> tuple[int, int, int, int] | None:
    """ "kiri,atas,lebar,tinggi" in thousandths; all 0 for nothing given, None for nonsense."""
    if not text.strip():
        return (0, 0, 0, 0)
    parts = text.split(",")
    if len(parts) != 4 or not all(part.strip().isdecimal() for part in parts):
        return None
    kiri, atas, lebar, tinggi = (int(part) for part in parts)
    fits = kiri + lebar <= SERIBU and atas + tinggi <= SERIBU and lebar > 0 and tinggi > 0
    return (kiri, atas, lebar, tinggi) if fits else None


def can_point(halaman: int, jumlah: int | None, ada: int) -> Verdict:
    """Whether a criterion with `ada` places may point at this page of a document of `jumlah`."""
    if ada >= MOST_TITIK:
        return no(f"Paling banyak {MOST_TITIK} bukti untuk satu kriteria. Lepas satu lebih dahulu.")
    if halaman < 1 or halaman > (jumlah or 1):
        return no(f"Dokumen ini mempunyai {jumlah or 1} halaman.")
    return YES


def sisa_baca(berkas: Iterable[Mapping], dibaca: Mapping[int, Iterable[int]]) -> dict:
    """Pages read and in all, and the minutes the rest takes; `berkas` has pk and halaman."""
    rows = {row["pk"]: row["halaman"] or 1 for row in berkas}  # one file may serve twice
    semua = sum(rows.values())
    sudah = sum(min(len(set(dibaca.get(pk, ()))), pages) for pk, pages in rows.items())
    return {"semua": semua, "sudah": sudah, "menit": -(-(semua - sudah) * DETIK_PER_HALAMAN // 60)}
