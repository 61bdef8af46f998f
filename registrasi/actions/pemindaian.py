"""Scanning files for viruses: on arrival, and again for those that came while the scanner was away.

The state of each file is its row (`Berkas.pemindaian`); nothing is held in a queue besides.
"""

import logging

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from kompetisi import antivirus
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Pengguna
from registrasi.models import Berkas, Pemindaian

logger = logging.getLogger(__name__)
BATCH = 50
REFUSAL = (
    "Berkas ini memuat virus ({nama}) menurut pemindai. Bersihkan komputer Anda, buat ulang "
    "berkasnya dari sumber aslinya, lalu unggah kembali."
)


def scan_isi(isi: File, *, sha256: str, oleh: Pengguna) -> Pemindaian:
    """What the scanner says of an upload; the file is left at its start.

    Raises InvalidInputError for an infected one, after recording it in a transaction of its own.
    """
    if not antivirus.is_on():
        return Pemindaian.TIDAK
    try:
        nama = antivirus.scan(isi)
    except antivirus.ScannerAwayError as error:
        logger.warning("Pemindai virus tidak menjawab: %s", error)
        return Pemindaian.MENUNGGU
    if not nama:
        return Pemindaian.BERSIH
    with transaction.atomic():
        record(
            tindakan="berkas.tolak_virus",
            objek=oleh,
            oleh=oleh,
            rincian={"sha256": sha256, "virus": nama},
        )
    raise InvalidInputError(REFUSAL.format(nama=nama))


def scan_waiting(*, batch: int = BATCH) -> int:
    """Scan the files that wait, oldest first, until the scanner is away again; how many it judged.

    May run twice at once: a verdict is written once. Without a scanner they are let go, since
    nobody will ever judge them.
    """
    waiting = Berkas.objects.filter(pemindaian=Pemindaian.MENUNGGU)
    if not antivirus.is_on():
        return waiting.update(pemindaian=Pemindaian.TIDAK)
    judged = 0
    for row in waiting.select_related("diunggah_oleh").order_by("pk")[:batch]:
        try:
            with default_storage.open(row.kunci) as isi:
                nama = antivirus.scan(isi)
        except FileNotFoundError:  # `periksa_berkas` raises the alarm
            continue
        except antivirus.ScannerAwayError:
            break
        judge_berkas(berkas=row, nama=nama)
        judged += 1
    return judged


@transaction.atomic
def judge_berkas(*, berkas: Berkas, nama: str) -> None:
    """Write down the verdict on a file that waited; `nama` is the virus found, "" when clean."""
    state = Pemindaian.TERINFEKSI if nama else Pemindaian.BERSIH
    waiting = Berkas.objects.filter(pk=berkas.pk, pemindaian=Pemindaian.MENUNGGU)
    if not waiting.update(pemindaian=state) or not nama:
        return
    rincian = {"sha256": berkas.sha256, "virus": nama}
    record(tindakan="berkas.virus", objek=berkas, oleh=None, rincian=rincian)
    queue_pesan(
        kunci=f"virus:{berkas.pk}",
        jenis="berkas",
        isian={"berkas": berkas.nama_asli, "virus": nama},
        kepada=berkas.diunggah_oleh,
        tautan="/registrasi/",
    )
