"""The checker in a process of its own for each file, without starting Python each time.

`python -m bench.korpus.pekerja` reads a path a line and answers with one line of JSON: what the
checker printed, how its process ended, what it took. It imports the checker alone and forks, so
that each file is looked at by the very code and limits of service, some twenty times sooner.
"""

import ctypes
import json
import os
import resource
import signal
import sys
import time

import pypdfium2
import pypdfium2.raw as pdfium

from registrasi.rules import berkas_pdf

SECONDS = 30  # as registrasi.actions.isi_berkas
SCRIPTS, FILES, XFA, LINKS = "skrip", "lampiran", "xfa", "tautan"
ACTS = {pdfium.PDFACTION_LAUNCH, pdfium.PDFACTION_REMOTEGOTO, pdfium.PDFACTION_EMBEDDEDGOTO}
TRIGGERS = (pdfium.FPDF_ANNOT_AACTION_KEY_STROKE, pdfium.FPDF_ANNOT_AACTION_FORMAT,
            pdfium.FPDF_ANNOT_AACTION_VALIDATE, pdfium.FPDF_ANNOT_AACTION_CALCULATE)  # fmt: skip
PAGES = 20


def main() -> None:
    """Answer until nothing more is asked."""
    for line in sys.stdin:
        print(json.dumps(judge(line.strip())), flush=True)


def judge(path: str) -> dict:
    """What the checker says of a file and, when it would be taken, what a witness sees in it."""
    found = apart(lambda: check(path))
    first = (found["kata"].splitlines() or [""])[0]
    if "halaman" in first:
        found["saksi"] = apart(lambda: testify(path))["kata"]
    return found


def apart(work) -> dict:
    """Do this in a child: what it printed, its signal, its memory in KB, seconds of computing."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(into, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            work()
        finally:
            sys.stdout.flush()
            os._exit(0)
    os.close(into)
    os.set_blocking(out, False)
    said, end = b"", time.monotonic() + SECONDS
    while True:
        said += drained(out)
        pid, status, used = os.wait4(child, os.WNOHANG)
        if pid:
            break
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.002)
    said += drained(out)
    os.close(out)
    return {
        "kata": said.decode(),
        "sinyal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        "memori": used.ru_maxrss,
        "detik": round(used.ru_utime + used.ru_stime, 2),
    }


def drained(out: int) -> bytes:
    """What has been said so far."""
    said = b""
    while True:
        try:
            piece = os.read(out, 65536)
        except BlockingIOError:
            return said
        if not piece:
            return said
        said += piece


def check(path: str) -> None:
    """The checker itself, as service runs it."""
    sys.argv[1:] = [path]
    berkas_pdf.main()


def testify(path: str) -> None:
    """Print what the witness sees, within the same time as the checker has."""
    resource.setrlimit(resource.RLIMIT_CPU, (berkas_pdf.CPU, berkas_pdf.CPU))
    print(json.dumps(witness(path)), flush=True)


def witness(path: str) -> list[str]:
    """What PDFium, which is not what the checker walks the objects with, finds active in a file."""
    pdf = pypdfium2.PdfDocument(path)
    raw, seen = pdf.raw, set()
    if pdfium.FPDFDoc_GetJavaScriptActionCount(raw) > 0:
        seen.add(SCRIPTS)
    if pdfium.FPDFDoc_GetAttachmentCount(raw) > 0:
        seen.add(FILES)
    if pdf.get_formtype() in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND):
        seen.add(XFA)
    form = pdfium.FPDFDOC_InitFormFillEnvironment(raw, pdfium.FPDF_FORMFILLINFO(version=2))
    for number in range(min(len(pdf), PAGES)):
        page = pdfium.FPDF_LoadPage(raw, number)
        if page:
            seen |= on_page(raw, page, form)
    return sorted(seen)


def on_page(raw, page, form) -> set[str]:
    """What the annotations of a page would do."""
    seen = set()
    place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page, place, link):
        action = pdfium.FPDFLink_GetAction(link)
        if action and pdfium.FPDFAction_GetType(action) in ACTS:
            seen.add(LINKS)
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annot = pdfium.FPDFPage_GetAnnot(page, number)
        if not annot:
            continue
        for trigger in TRIGGERS:
            if (
                pdfium.FPDFAnnot_GetFormAdditionalActionJavaScript(form, annot, trigger, None, 0)
                > 2
            ):
                seen.add(SCRIPTS)
        pdfium.FPDFPage_CloseAnnot(annot)
    return seen


if __name__ == "__main__":
    main()
