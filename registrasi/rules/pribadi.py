"""Personal data of citizens in what an agency types: what is refused and what is only pointed out.

A NIK never belongs into an entry (domain rule: no NIK anywhere). An e-mail address or a telephone
number may be an office's own, so that it is only pointed out.
"""

import re

from kompetisi.rules.verdict import YES, Verdict, no

# Sixteen digits, also in groups. A NIK is region (6), day + 40 for women (2), month, year, number.
DIGITS = re.compile(r"(?<![\d])\d(?:[ .-]?\d){15}(?![ .-]?\d)")
NIK = re.compile(r"[1-9]\d{5}(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(?:0[1-9]|1[0-2])\d{6}")
SUREL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
TELEPON = re.compile(r"(?<![\d])(?:\+62|62|0)[ .-]?8\d(?:[ .-]?\d){6,10}(?![\d])")

REFUSED = (
    "Isian ini memuat angka yang berbentuk NIK ({}). Hapus atau samarkan, misalnya dengan tanda "
    "bintang, lalu simpan lagi; isian Anda yang lain tetap ada."
)
NOTES = (
    (DIGITS, "deret 16 angka"),
    (SUREL, "alamat surel"),
    (TELEPON, "nomor telepon seluler"),
)


def find_nik(text: str) -> str:
    """The first thing in a text that looks like a NIK, masked for showing; empty without one."""
    for found in DIGITS.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if NIK.fullmatch(digits):
            return f"{digits[:4]}********{digits[-4:]}"
    return ""


def check_pribadi(text: str) -> Verdict:
    """Whether a text may be kept: not when it holds a NIK."""
    nik = find_nik(text)
    return no(REFUSED.format(nik)) if nik else YES


def find_pribadi(text: str) -> list[str]:
    """Kinds of personal data that a text seems to hold, in words; the writer is to look again."""
    return [name for pattern, name in NOTES if pattern.search(text)]
