"""Numbers of certificates, after the pattern the registry gives; never made up here."""

import re

from kompetisi.rules.verdict import YES, Verdict, no

PLACE = re.compile(r"\{urut(?::0?(\d))?\}")
MAX = 100  # characters


def check_pola(pola: str) -> Verdict:
    """Whether a pattern has exactly one place for the running number and nothing else in braces."""
    if len(PLACE.findall(pola)) != 1:
        return no("Pola harus memuat {urut} satu kali, misalnya B/{urut}/PP.00.05/2019.")
    if "{" in PLACE.sub("", pola) or "}" in PLACE.sub("", pola):
        return no("Pola hanya boleh memuat {urut} di dalam kurung kurawal.")
    return YES


def numbers(pola: str, awal: int, jumlah: int) -> list[str]:
    """So many numbers from `awal` on. `{urut:3}` writes 007."""

    def number(value: int) -> str:
        return PLACE.sub(lambda found: str(value).zfill(int(found[1] or 1)), pola)

    return [number(awal + step) for step in range(jumlah)]
