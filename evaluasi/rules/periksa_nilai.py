"""Whether a sheet is as it was locked: what is stored now beside the seal and the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evaluasi.rules.lembar import hash_isi

KUNCI, BUKA = "lembar.kunci", "lembar.buka"
NILAI = {"tingkat": "tingkat", "faktor": "faktor", "bobot": "bobot", "catatan": "catatan"}
KEPALA = {
    "pendaftaran": "pendaftaran",
    "tahap": "tahap",
    "evaluator": "evaluator",
    "penugasan": "penugasan",
    "rubrik_hash": "rubrik",
}


@dataclass(frozen=True)
class Kini:
    """A sheet as the tables say now, in the words of a seal.

    `kepala` and `nilai` (by criterion) have the keys of `seal_lembar`. `total` is what the official
    score uses, None where the sheet does not count. `dicabut` says that its assignment has ended.
    """

    kepala: Mapping[str, object]
    nilai: Mapping[str, Mapping[str, Any]]
    catatan_umum: str
    total: str | None
    dicabut: bool = False


@dataclass(frozen=True)
class Jejak:
    """What the audit log last said of a sheet, and whether that record is whole.

    `dicabut`: it knows that the assignment ended.
    """

    tindakan: str = ""
    hash: str = ""
    utuh: bool = True
    dicabut: bool = False


def differences(isi: Mapping | None, hash_: str, kini: Kini, jejak: Jejak) -> list[str]:
    """Everything in which a sheet differs from its lock, in words; `isi` None means not locked."""
    if isi is None:
        lost = jejak.tindakan == KUNCI
        return ["penguncian yang tercatat di jejak audit tidak ada lagi"] if lost else []
    found = _seal(isi, hash_, jejak)
    found += [
        f"{label} tidak sama dengan saat dikunci"
        for key, label in KEPALA.items()
        if isi.get(key) != kini.kepala.get(key)
    ]
    found += _scores(isi, kini)
    if kini.total is not None and kini.total != isi.get("total"):
        found.append(f"total: dikunci {_shown(isi.get('total'))}, kini {_shown(kini.total)}")
    if kini.catatan_umum != isi.get("catatan_umum"):
        found.append("catatan umum tidak sama dengan saat dikunci")
    if kini.dicabut and not jejak.dicabut:
        found.append("penugasan diakhiri tanpa catatan di jejak audit")
    return found


def _seal(isi: Mapping, hash_: str, jejak: Jejak) -> list[str]:
    found = []
    if hash_isi(isi) != hash_:
        found.append("isi penguncian tidak cocok dengan sidiknya")
    if jejak.tindakan != KUNCI:
        found.append("penguncian tidak tercatat di jejak audit")
    elif jejak.hash != hash_:
        found.append("sidik penguncian tidak sama dengan jejak audit")
    if not jejak.utuh:
        found.append("catatan jejak auditnya tidak cocok dengan sidiknya")
    return found


def _scores(isi: Mapping, kini: Kini) -> list[str]:
    sealed = {row["kriteria"]: row for row in isi.get("nilai", [])}
    found = [
        f"{kode}: nilai terkunci tidak ada lagi" for kode in sorted(sealed.keys() - kini.nilai)
    ]
    found += [f"{kode}: nilai ditambahkan" for kode in sorted(kini.nilai.keys() - sealed)]
    for kode in sorted(sealed.keys() & kini.nilai.keys()):
        was, now = sealed[kode], kini.nilai[kode]
        if was.get("bukti", []) != now.get("bukti", []):
            found.append(f"{kode}: bukti yang ditunjuk tidak sama dengan saat dikunci")
        for key, label in NILAI.items():
            if was.get(key) == now[key]:
                continue
            if key == "catatan":
                found.append(f"{kode}: {label} tidak sama dengan saat dikunci")
                continue
            found.append(f"{kode}: {label} dikunci {_shown(was.get(key))}, kini {_shown(now[key])}")
    return found


def _shown(text: object) -> str:
    return str(text or "kosong").replace(".", ",")
