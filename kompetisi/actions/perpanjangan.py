"""Extending a stage or one entry's deadline: proposed by one person, approved by another."""

from datetime import datetime, timedelta

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Pengguna, Pengumuman, Perpanjangan, Tahap
from kompetisi.queries.edisi import closing_instant
from kompetisi.queries.peran import peran_of
from kompetisi.rules.gangguan import closing_after, lost_time, multiple_of
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import YES, all_of, no
from kompetisi.templatetags.waktu import batas


@transaction.atomic
def propose_perpanjangan(
    *,
    tahap: Tahap,
    selesai_baru: datetime,
    alasan: str,
    oleh: Pengguna,
    kode_pendaftaran: str = "",
) -> Perpanjangan:
    """Propose a later closing instant (UTC); it is not in force before a second person agrees.

    Raises NotAllowedError without the role, InvalidInputError when the instant is not later than
    the closing in force and than now, or the reason is empty.
    """
    check_aksi("perpanjangan.ajukan", peran_of(oleh, tahap.edisi)).require()
    if selesai_baru <= closing_instant(tahap, kode_pendaftaran):
        raise InvalidInputError(
            "Waktu penutupan baru harus lebih lambat daripada yang berlaku sekarang.",
            rincian={"selesai_baru": "Pilih waktu setelah penutupan yang berlaku."},
        )
    if selesai_baru <= clock.db_now():
        raise InvalidInputError(
            "Waktu penutupan baru sudah lewat.",
            rincian={"selesai_baru": "Pilih waktu yang akan datang."},
        )
    if not alasan.strip():
        raise InvalidInputError(
            "Alasan perpanjangan wajib diisi.", rincian={"alasan": "Tuliskan alasannya."}
        )
    perpanjangan = Perpanjangan.objects.create(
        tahap=tahap,
        kode_pendaftaran=kode_pendaftaran,
        selesai_baru=selesai_baru,
        alasan=alasan.strip(),
        diajukan_oleh=oleh,
        diajukan_pada=clock.now(),
    )
    record(
        tindakan="perpanjangan.ajukan",
        objek=perpanjangan,
        oleh=oleh,
        rincian={
            "tahap": tahap.kode,
            "pendaftaran": kode_pendaftaran,
            "selesai_baru": selesai_baru,
            "alasan": alasan,
        },
    )
    return perpanjangan


@transaction.atomic
def adopt_perpanjangan(*, perpanjangan: Perpanjangan, oleh: Pengguna) -> None:
    """Make the system's draft one's own proposal; another person has still to approve it.

    Time that went by since the outage is given back: the closing is never nearer to now than what
    was lost. Raises NotAllowedError without the role, or when it is no draft any more.
    """
    row = _lock(perpanjangan)
    is_draft = row.diajukan_oleh_id is None and row.ditolak_pada is None
    all_of(
        check_aksi("perpanjangan.ajukan", peran_of(oleh, row.tahap.edisi)),
        YES if is_draft else no("Rancangan perpanjangan ini sudah diajukan atau ditolak."),
    ).require()
    now, tahap, closing = clock.db_now(), row.tahap, closing_instant(row.tahap)
    lost = sum(
        (lost_time(g.mulai, g.selesai, tahap.mulai, closing) for g in row.gangguan.all()),
        timedelta(0),
    )
    needed = closing_after(closing, lost, multiple_of(tahap.edisi.aturan), now)
    row.selesai_baru = max(row.selesai_baru, needed)
    row.diajukan_oleh, row.diajukan_pada = oleh, now
    row.save()
    record(
        tindakan="perpanjangan.ajukan",
        objek=row,
        oleh=oleh,
        rincian={"tahap": tahap.kode, "selesai_baru": row.selesai_baru, "alasan": row.alasan},
    )


def _lock(perpanjangan: Perpanjangan) -> Perpanjangan:
    rows = Perpanjangan.objects.select_for_update(of=("self",)).select_related("tahap__edisi")
    return rows.get(pk=perpanjangan.pk)


@transaction.atomic
def decide_perpanjangan(*, perpanjangan: Perpanjangan, setuju: bool, oleh: Pengguna) -> None:
    """Approve or refuse a proposal; the approver must be another person than the proposer.

    An approved extension of a whole stage is announced publicly in the same transaction.
    """
    row = _lock(perpanjangan)
    open_still = row.disetujui_pada is None and row.ditolak_pada is None
    all_of(
        check_aksi("perpanjangan.putuskan", peran_of(oleh, row.tahap.edisi)),
        YES if open_still else no("Usulan perpanjangan ini sudah diputuskan."),
        YES
        if not setuju or row.diajukan_oleh_id
        else no("Rancangan ini belum diajukan oleh siapa pun."),
        YES
        if not setuju or row.diajukan_oleh_id != oleh.pk
        else no("Perpanjangan harus disetujui orang lain, bukan pengusulnya."),
        YES
        if not setuju or row.selesai_baru > clock.db_now()
        else no("Waktu penutupan yang diusulkan sudah lewat; ajukan usulan baru."),
    ).require()
    now = clock.now()
    if setuju:
        row.disetujui_oleh, row.disetujui_pada = oleh, now
    else:
        row.ditolak_oleh, row.ditolak_pada = oleh, now
    row.save()
    record(
        tindakan="perpanjangan.setujui" if setuju else "perpanjangan.tolak",
        objek=row,
        oleh=oleh,
        rincian={"tahap": row.tahap.kode, "selesai_baru": row.selesai_baru},
    )
    if setuju and not row.kode_pendaftaran:
        _announce(row, oleh, now)


def _announce(row: Perpanjangan, oleh: Pengguna, now: datetime) -> None:
    Pengumuman.objects.get_or_create(
        kunci=f"perpanjangan:{row.pk}",
        defaults={
            "edisi": row.tahap.edisi,
            "judul": f"Perpanjangan {row.tahap.nama}",
            "isi": (
                f"Batas waktu {row.tahap.nama} diperpanjang sampai {batas(row.selesai_baru)}."
                f"\n\nAlasan: {row.alasan}"
            ),
            "terbit_pada": now,
            "oleh": oleh,
        },
    )
