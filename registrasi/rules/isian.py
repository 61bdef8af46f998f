"""What an answer may look like."""

import re

from kompetisi.models import Kriteria, Pertanyaan
from kompetisi.rules.verdict import YES, Verdict, no

WORD = re.compile(r"\S+")


def count_words(text: str) -> int:
    """Words as the counter on the page counts them: runs of characters between spaces."""
    return len(WORD.findall(text))


def check_jawaban(pertanyaan: Pertanyaan, isi: str) -> Verdict:
    """Whether an answer is one of the choices, or keeps within its limit of words."""
    if pertanyaan.pilihan:
        known = not isi or isi in pertanyaan.pilihan
        return YES if known else no("Pilih salah satu jawaban yang tersedia.")
    words = count_words(isi)
    if words <= pertanyaan.batas_kata:
        return YES
    more = words - pertanyaan.batas_kata
    return no(
        f"Jawaban berisi {words} kata; paling banyak {pertanyaan.batas_kata}. Kurangi {more} kata."
    )


def check_tingkat(kriteria: Kriteria, tingkat: str) -> Verdict:
    """Whether the level is one of the criterion's; empty means not chosen yet."""
    if not tingkat or tingkat in {level["kode"] for level in kriteria.tingkat}:
        return YES
    return no("Pilih salah satu tingkat yang tersedia.")
