"""Writing in the discussion of an entry's readers; nothing said is ever changed."""

import hashlib

from django.db import transaction

from evaluasi.models import BacaDiskusi, Diskusi, JenisTanggapan, Penguncian, Tanggapan
from evaluasi.queries.diskusi import keadaan_diskusi, recipients_of, waiting
from evaluasi.rules.diskusi import MAX_TANGGAPAN, can_ask_reopen, can_decline, can_write
from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Pengguna, Tahap
from registrasi.models import Pendaftaran


@transaction.atomic
def write_tanggapan(
    *, tahap: Tahap, pendaftaran: Pendaftaran, isi: str, kunci: str, oleh: Pengguna
) -> Tanggapan:
    """Say something to the other readers; they are told, without the text.

    The same `kunci` again writes nothing. Raises NotAllowedError as `can_write` says.
    """
    diskusi = _take(tahap, pendaftaran)
    can_write(keadaan_diskusi(tahap, pendaftaran, oleh)).require()
    return _write(diskusi, JenisTanggapan.PESAN, isi, kunci, oleh)


@transaction.atomic
def ask_reopen(
    *, tahap: Tahap, pendaftaran: Pendaftaran, alasan: str, kunci: str, oleh: Pengguna
) -> Tanggapan:
    """Ask the chair to reopen one's own locked sheet, with the reason, in the thread.

    The same `kunci` again writes nothing. Raises NotAllowedError as `can_ask_reopen` says.
    """
    diskusi = _take(tahap, pendaftaran)
    if known := Tanggapan.objects.filter(oleh=oleh, kunci=kunci).first():
        return known
    can_ask_reopen(keadaan_diskusi(tahap, pendaftaran, oleh)).require()
    lock = Penguncian.objects.get(
        dibuka=False,
        lembar__penugasan__tahap=tahap,
        lembar__penugasan__pendaftaran=pendaftaran,
        lembar__penugasan__evaluator__pengguna=oleh,
        lembar__penugasan__dicabut_pada=None,
    )
    return _write(diskusi, JenisTanggapan.MINTA_BUKA, alasan, kunci, oleh, penguncian=lock)


@transaction.atomic
def decline_reopen(
    *, tahap: Tahap, pendaftaran: Pendaftaran, permintaan: int, alasan: str, kunci: str,
    oleh: Pengguna,
) -> Tanggapan:  # fmt: skip
    """Answer a request to reopen (its primary key) with no, and say why; by the chair.

    The same `kunci` again writes nothing. Raises NotAllowedError as `can_decline` says.
    """
    diskusi = _take(tahap, pendaftaran)
    if known := Tanggapan.objects.filter(oleh=oleh, kunci=kunci).first():
        return known
    asked = waiting().filter(diskusi=diskusi, pk=permintaan).first()
    keadaan = keadaan_diskusi(tahap, pendaftaran, oleh)
    can_decline(keadaan, menunggu=asked is not None).require()
    return _write(diskusi, JenisTanggapan.TOLAK_BUKA, alasan, kunci, oleh, menjawab=asked)


@transaction.atomic
def mark_read(*, diskusi: Diskusi, sampai: int, oleh: Pengguna) -> None:
    """Remember how far somebody has read (key of a Tanggapan); never back. No audit record."""
    row, new = BacaDiskusi.objects.get_or_create(
        diskusi=diskusi, pengguna=oleh, defaults={"sampai": sampai}
    )
    if not new and row.sampai < sampai:
        BacaDiskusi.objects.filter(pk=row.pk, sampai__lt=sampai).update(sampai=sampai)


def _take(tahap: Tahap, pendaftaran: Pendaftaran) -> Diskusi:
    """The thread with its row locked: what is said in it comes one after another."""
    row, _ = Diskusi.objects.get_or_create(
        tahap=tahap, pendaftaran=pendaftaran, defaults={"dimulai_pada": clock.now()}
    )
    return Diskusi.objects.select_for_update().get(pk=row.pk)


def _write(
    diskusi: Diskusi, jenis: JenisTanggapan, isi: str, kunci: str, oleh: Pengguna, **about
) -> Tanggapan:
    text = isi.strip()
    if not text or len(text) > MAX_TANGGAPAN:
        raise InvalidInputError(f"Tulis 1 sampai {MAX_TANGGAPAN} karakter.")
    row, new = Tanggapan.objects.get_or_create(
        oleh=oleh,
        kunci=kunci,
        defaults={"diskusi": diskusi, "jenis": jenis, "isi": text, "pada": clock.now(), **about},
    )
    if not new:
        return row
    record(
        tindakan=f"diskusi.{jenis.value}",
        objek=row,
        oleh=oleh,
        rincian={
            "tahap": diskusi.tahap.kode,
            "pendaftaran": diskusi.pendaftaran.kode,
            "sidik": hashlib.sha256(text.encode()).hexdigest(),
        },
    )
    mark_read(diskusi=diskusi, sampai=row.pk, oleh=oleh)
    _tell(row)
    return row


def _tell(row: Tanggapan) -> None:
    """Tell the others that something was said, never what: mail is read on other screens."""
    diskusi = row.diskusi
    asked = row.jenis == JenisTanggapan.MINTA_BUKA
    for person, page in recipients_of(diskusi, row.oleh, ketua=asked):
        queue_pesan(
            kunci=f"diskusi:{row.pk}:{person.pk}",
            jenis="diskusi_baru",
            kepada=person,
            edisi=diskusi.tahap.edisi,
            isian={
                "kode": diskusi.pendaftaran.kode,
                "tahap": diskusi.tahap.nama,
                "perihal": row.get_jenis_display(),
            },
            tautan=page,
        )
