"""Files that are not what they say: of another kind, of two kinds, cut off, locked."""

import random

import pikepdf

from bench.korpus.dasar import page, rewritten, saved
from bench.korpus.penulis import MAKERS
from registrasi.tests.corpus import zipped
from registrasi.tests.factories import pdf_bytes

MAGICS = {
    "exe": b"MZ\x90\0\3\0",
    "elf": b"\x7fELF\2\1\1",
    "mach-o": b"\xcf\xfa\xed\xfe\7\0",
    "java": b"\xca\xfe\xba\xbe\0\0\0\x34",
    "rar": b"Rar!\x1a\7\1\0",
    "7z": b"7z\xbc\xaf'\x1c",
    "gzip": b"\x1f\x8b\x08\0",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "lnk": b"L\0\0\0\1\x14\2\0",
    "rtf": b"{\\rtf1\\ansi",
    "eml": b"From: a@b\r\n\r\n",
    "bat": b"@echo off\r\nformat c:\r\n",
    "vbs": b'CreateObject("WScript.Shell")',
    "mp4": b"\0\0\0\x18ftypmp42",
    "xml": b"<?xml version='1.0'?>",
    "hta": b"<HTML><HTA:APPLICATION>",
    "iso": bytes(64) + b"CD001",
    "fdf": b"%FDF-1.2\n",
    "json": b"{}",
    "heic": b"\0\0\0\x18ftypheic",
    "csv": b"nama;nilai\r\n",
    "bom": b"\xef\xbb\xbf%PDF-1.4\n",
    "ps": b"%!PS-Adobe-3.0\n",
    "pdf-salah": b"%PDf-1.4\n",
    "nol": bytes(8),
}


def renamed(rng: random.Random) -> bytes:
    """A file of another kind with the ending of a PDF, sometimes with a whole PDF behind."""
    magic = rng.choice(sorted(MAGICS))
    behind = pdf_bytes("Isi") if rng.random() < 0.4 else rng.randbytes(rng.randint(0, 3000))
    return MAGICS[magic] + behind


def office(rng: random.Random) -> bytes:
    """An archive or a document of a word processor."""
    return zipped(
        rng.choice(["word/document.xml", "xl/workbook.xml", "../../x", "a.exe", "META-INF/M"])
    )


def glued_behind(rng: random.Random) -> bytes:
    """A PDF with a program, an archive or a page behind it."""
    what = rng.choice(["zip", "exe", "html", "besar", "mp4"])
    behind = {
        "zip": zipped("x.exe"), "exe": MAGICS["exe"] + rng.randbytes(400),
        "html": b"<html><script>" + b"x()" * 40, "besar": b"MZ" + rng.randbytes(60_000),
        "mp4": MAGICS["mp4"] + rng.randbytes(5000),
    }[what]  # fmt: skip
    return pdf_bytes("Isi") + behind


def glued_before(rng: random.Random) -> bytes:
    """A web page or an archive in what a PDF passes over at its beginning."""
    isi = pdf_bytes("Isi")
    marks = (b"<html>", b"<SCRIPT src=x>", b"<svg onload=x>", b"<!DOCTYPE html>", b"<?php x();")
    words = rng.choice([*marks, b"Rar!\x1a\x07\x00" + rng.randbytes(40).replace(b"\n", b"")])
    return isi[:9] + b"%" + words.replace(b"\n", b" ") + b"\n" + isi[9:]


def cut(rng: random.Random) -> bytes:
    """The beginning of a file, as a broken line leaves it."""
    isi = MAKERS[rng.choice(["laporan", "pindaian", "pustaka"])](rng)
    return isi[: int(len(isi) * rng.uniform(0.1, 0.9))]


def cut_update(rng: random.Random) -> bytes:
    """A file whose update was cut off."""
    isi = pdf_bytes("Isi")
    more = rewritten(isi, {50 + n: b"<< /Baris (%d) >>" % n for n in range(20)})
    return more[: len(isi) + (len(more) - len(isi)) * 2 // 3]


# --- Locks ----------------------------------------------------------------------------------------


def locked(rng: random.Random) -> bytes:
    """A file that asks for a password."""
    kinds = [{"R": 2, "aes": False, "metadata": False}, {"R": 3, "aes": False, "metadata": False},
             {"R": 4}, {"R": 6}]  # fmt: skip
    lock = pikepdf.Encryption(owner="o", user="u", **rng.choice(kinds))
    with page(rng) as pdf:
        return saved(pdf, encryption=lock)


def foreign_lock(rng: random.Random) -> bytes:
    """Encrypted in a way that needs a key, or a program, of its own."""
    handler = rng.choice([b"/Adobe.PubSec", b"/FooSec", b"/EBX_HANDLER"])
    isi = pdf_bytes("Isi")
    lock = b"<< /Filter %b /V 4 /SubFilter /adbe.pkcs7.s5 /Recipients [] >>" % handler
    return rewritten(isi, {50: lock}, b"/Encrypt 50 0 R /ID [<00> <00>]")
