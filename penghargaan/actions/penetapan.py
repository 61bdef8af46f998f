"""The decree as given, and the publication that two people decide."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Edisi, Pengguna
from penghargaan.models import Keputusan, Penerbitan, Pleno
from penghargaan.queries.hasil import penetapan_of
from penghargaan.rules.hasil import can_approve, can_cancel, can_enter_keputusan, can_propose


@transaction.atomic
def set_keputusan(
    *,
    edisi: Edisi,
    nomor: str,
    tanggal: date,
    tentang: str,
    penandatangan_jabatan: str,
    oleh: Pengguna,
    penandatangan_nama: str = "",
    tempat: str = "Jakarta",
) -> Keputusan:
    """Enter the decree as the registry gave it, or correct it before a publication is proposed.

    Raises InvalidInputError when another decree has the number or the date lies in the future.
    """
    pleno = _take(edisi)
    can_enter_keputusan(penetapan_of(oleh, edisi)).require()
    now = clock.db_now()
    if tanggal > now.astimezone(clock.WIB).date():
        pesan = "Tanggal keputusan tidak boleh di masa depan."
        raise InvalidInputError(pesan, rincian={"tanggal": pesan})
    values = {
        "nomor": nomor.strip(),
        "tanggal": tanggal,
        "tentang": tentang.strip(),
        "tempat": tempat.strip(),
        "penandatangan_nama": penandatangan_nama.strip(),
        "penandatangan_jabatan": penandatangan_jabatan.strip(),
        "diisi_oleh": oleh,
        "diisi_pada": now,
    }
    try:
        with transaction.atomic():
            row, _ = Keputusan.objects.update_or_create(pleno=pleno, defaults=values)
    except IntegrityError as error:
        pesan = "Nomor keputusan ini sudah dipakai."
        raise InvalidInputError(pesan, rincian={"nomor": pesan}) from error
    record(
        tindakan="keputusan.isi",
        objek=row,
        oleh=oleh,
        rincian={"nomor": row.nomor, "tanggal": row.tanggal, "tentang": row.tentang},
    )
    return row


@transaction.atomic
def propose_penerbitan(*, edisi: Edisi, terbit_pada: datetime, oleh: Pengguna) -> Penerbitan:
    """Propose the instant (UTC) of publication; nothing is public before a second person agrees.

    Raises InvalidInputError when the instant has passed.
    """
    pleno = _take(edisi)
    can_propose(penetapan_of(oleh, edisi)).require()
    now = clock.db_now()
    if terbit_pada < now:
        pesan = "Waktu pengumuman sudah lewat. Pilih waktu yang akan datang."
        raise InvalidInputError(pesan, rincian={"terbit_pada": pesan})
    row = Penerbitan.objects.create(
        keputusan=pleno.keputusan, terbit_pada=terbit_pada, diajukan_oleh=oleh, diajukan_pada=now
    )
    record(
        tindakan="penerbitan.ajukan",
        objek=row,
        oleh=oleh,
        rincian={"terbit_pada": terbit_pada, "hash": pleno.hash},
    )
    return row


@transaction.atomic
def approve_penerbitan(*, edisi: Edisi, oleh: Pengguna) -> Penerbitan:
    """Approve the proposed publication; the approver is another person than the proposer.

    When the proposed instant passed while it waited, the result is public at once.
    """
    pleno = _take(edisi)
    can_approve(penetapan_of(oleh, edisi), oleh.pk).require()
    row = Penerbitan.objects.select_for_update().get(keputusan__pleno=pleno)
    row.disetujui_oleh, row.disetujui_pada = oleh, clock.db_now()
    row.save(update_fields=["disetujui_oleh", "disetujui_pada"])
    record(
        tindakan="penerbitan.setujui",
        objek=row,
        oleh=oleh,
        rincian={"terbit_pada": row.terbit_pada, "hash": pleno.hash},
    )
    return row


@transaction.atomic
def cancel_penerbitan(*, edisi: Edisi, alasan: str, oleh: Pengguna) -> None:
    """Take a proposal back, or an approved publication before its instant, with a reason."""
    pleno = _take(edisi)
    can_cancel(penetapan_of(oleh, edisi), clock.db_now()).require()
    if not alasan.strip():
        raise InvalidInputError(
            "Tuliskan alasan pembatalan.", rincian={"alasan": "Tuliskan alasannya."}
        )
    row = Penerbitan.objects.select_for_update().get(keputusan__pleno=pleno)
    record(
        tindakan="penerbitan.batalkan",
        objek=row,
        oleh=oleh,
        rincian={"terbit_pada": row.terbit_pada, "alasan": alasan.strip()},
    )
    row.delete()


def _take(edisi: Edisi) -> Pleno:
    """The plenary's row for update: one act of the award at a time."""
    row = Pleno.objects.select_for_update().filter(edisi=edisi).first()
    if row is None:
        raise InvalidInputError("Pleno belum dibuka.")
    return row
