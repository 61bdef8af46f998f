"""Reminders of registration and what its closing tells; each occasion once to a person.

Messages carry the occasion in their key, and the condition under which they are still needed.
A stage given here has its approved extensions at hand (`perpanjangan_berlaku`).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.models import Edisi, Pengguna, Perpanjangan, Pesan, Tahap
from kompetisi.rules.tahap import closing_of
from kompetisi.rules.tangga import AnakTangga, ladder_of, rung_due
from kompetisi.templatetags.waktu import batas
from registrasi.models import (
    Keanggotaan,
    MasaPerbaikan,
    Pendaftaran,
    StatusPendaftaran,
)
from registrasi.models.keanggotaan import PeranInstansi
from registrasi.queries.administrasi import approved_of_stage
from registrasi.queries.penerima import penerima_of, tautan_pendaftaran
from registrasi.rules.administrasi import closing_perbaikan

REGISTRASI_LOCK = 310_2021  # one advisory lock, held by a transaction


def _alone() -> bool:
    """Whether this transaction is the only one at this work; released when it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [REGISTRASI_LOCK])
        return cursor.fetchone()[0]


# Drafts


@transaction.atomic
def remind_drafts(*, tahap: Tahap, at: datetime) -> int:
    """Remind agencies of drafts as the closing comes near; returns the messages written.

    The days are those of the edition. Each reminder of a closing is sent once
    to a person; a draft made after a reminder's instant waits for the next.
    """
    hari = ladder_of(tahap.edisi.aturan, "pendaftaran")
    approved = tahap.perpanjangan_berlaku
    last = max([closing_of(tahap, approved), *(p.selesai_baru for p in approved)])
    if not hari or not tahap.mulai <= at < last or not _alone():
        return 0
    sent = 0
    for closing, rows in _drafts_by_closing(tahap, approved).items():
        rung = rung_due(closing, hari, at)
        if rung is None:
            continue
        sent += send_letters(
            [row for row in rows if row.dibuat_pada <= rung.pada],
            kunci=f"pengingat:{{row.pk}}:{closing:%Y%m%d%H%M}:{rung.hari}:{{orang.pk}}",
            jenis="pengingat",
            tenggat=closing,
            segera=rung.segera,
            syarat="draf:{row.pk}",
        )
    _record_sent(tahap, "tenggat.pengingat", sent)
    return sent


@transaction.atomic
def remind_akun(*, tahap: Tahap, at: datetime) -> int:
    """Remind, once, approved agency admins whose agency has made no entry yet."""
    closing = closing_of(tahap, tahap.perpanjangan_berlaku)
    rung = rung_due(closing, ladder_of(tahap.edisi.aturan, "pendaftaran"), at)
    if rung is None or at < tahap.mulai or not _alone():
        return 0
    entries = Pendaftaran.objects.filter(edisi=tahap.edisi, instansi=OuterRef("instansi"))
    members = (
        Keanggotaan.objects.berlaku(at)
        .filter(
            ~Exists(entries),
            peran=PeranInstansi.ADMIN_INSTANSI,
            diputus_pada__lte=rung.pada,
            pengguna__is_active=True,
        )
        .select_related("pengguna", "instansi")
    )
    keys = {f"pengingat_akun:{tahap.edisi_id}:{row.pk}": row for row in members}
    new = _new_keys(keys)
    for kunci in new:
        row = keys[kunci]
        queue_pesan(
            kunci=kunci,
            jenis="pengingat_akun",
            edisi=tahap.edisi,
            isian={"instansi": row.instansi.nama, "tenggat": batas(closing)},
            segera=rung.segera,
            syarat=f"belum_mendaftar:{row.pk}/{tahap.edisi_id}",
            kepada=row.pengguna,
            tautan="/registrasi/",
        )
    _record_sent(tahap, "tenggat.pengingat_akun", len(new))
    return len(new)


@transaction.atomic
def notify_unsent(*, tahap: Tahap, at: datetime) -> int:
    """Tell the people of drafts that were never sent that these do not take part.

    The entry stays a draft. Once for each closing: should the stage be extended and close again,
    they are told again.
    """
    approved = tahap.perpanjangan_berlaku
    if at < tahap.selesai or not _alone():
        return 0
    sent = 0
    for closing, rows in _drafts_by_closing(tahap, approved).items():
        if closing > at:
            continue
        sent += send_letters(
            rows,
            kunci=f"tidak_terkirim:{{row.pk}}:{closing:%Y%m%d%H%M}:{{orang.pk}}",
            jenis="tidak_terkirim",
            tenggat=closing,
        )
    _record_sent(tahap, "tenggat.tidak_terkirim", sent)
    return sent


def _drafts_by_closing(
    tahap: Tahap, approved: Sequence[Perpanjangan]
) -> dict[datetime, list[Pendaftaran]]:
    """Drafts of the edition by the closing instant that holds for each."""
    rows = Pendaftaran.objects.filter(
        edisi=tahap.edisi, status=StatusPendaftaran.DRAF
    ).select_related("instansi", "unit", "edisi")
    own = {p.kode_pendaftaran for p in approved if p.kode_pendaftaran}
    common = closing_of(tahap, list(approved))
    result: dict[datetime, list[Pendaftaran]] = {}
    for row in rows.order_by("pk"):
        closing = closing_of(tahap, list(approved), row.kode) if row.kode in own else common
        result.setdefault(closing, []).append(row)
    return result


# Corrections and extensions


def remind_perbaikan(*, at: datetime) -> int:
    """Remind agencies of a correction that is not sent as its end comes near; how many messages."""
    rounds = MasaPerbaikan.objects.filter(
        dikirim_pada=None, pendaftaran__status=StatusPendaftaran.PERLU_PERBAIKAN
    ).select_related("pendaftaran__edisi", "pendaftaran__instansi", "pendaftaran__unit")
    rows = list(rounds.order_by("pk"))
    longer = _own_extensions(rows)
    due = [(masa, *_closing_and_rung(masa, longer, at)) for masa in rows]
    due = [(masa, closing, rung) for masa, closing, rung in due if rung]
    return _write_perbaikan(due) if due else 0


@transaction.atomic
def _write_perbaikan(due: list[tuple[MasaPerbaikan, datetime, AnakTangga]]) -> int:
    if not _alone():
        return 0
    return sum(
        send_letters(
            [masa.pendaftaran],
            kunci=f"pengingat_perbaikan:{masa.pk}:{closing:%Y%m%d%H%M}:{rung.hari}:{{orang.pk}}",
            jenis="pengingat_perbaikan",
            tenggat=closing,
            segera=rung.segera,
            syarat=f"perbaikan:{masa.pk}",
        )
        for masa, closing, rung in due
    )


def _own_extensions(rows: Sequence[MasaPerbaikan]) -> dict[str, list[Perpanjangan]]:
    """Approved extensions by the code of the entry; one query for each edition."""
    codes: dict[Edisi, list[str]] = {}
    for masa in rows:
        codes.setdefault(masa.pendaftaran.edisi, []).append(masa.pendaftaran.kode)
    found: dict[str, list[Perpanjangan]] = {}
    for edisi, kode in codes.items():
        found |= approved_of_stage(edisi, kode)
    return found


def _closing_and_rung(
    masa: MasaPerbaikan, longer: dict[str, list[Perpanjangan]], at: datetime
) -> tuple[datetime, AnakTangga | None]:
    row = masa.pendaftaran
    closing = closing_perbaikan(masa, longer.get(row.kode, []))
    days = ladder_of(row.edisi.aturan, "perbaikan")
    return closing, rung_due(closing, days, at, masa.dibuka_pada)


def tell_perpanjangan(*, tahap: Tahap, at: datetime) -> int:
    """Tell the people of drafts that they have longer, once for each extension in force."""
    approved = [p for p in tahap.perpanjangan_berlaku if p.disetujui_pada <= at < p.selesai_baru]
    return _write_perpanjangan(tahap, approved) if approved else 0


@transaction.atomic
def _write_perpanjangan(tahap: Tahap, approved: list[Perpanjangan]) -> int:
    if not _alone():
        return 0
    sent = 0
    drafts = Pendaftaran.objects.filter(
        edisi=tahap.edisi, status=StatusPendaftaran.DRAF
    ).select_related("instansi", "unit", "edisi")
    for row in approved:
        rows = drafts.filter(dibuat_pada__lte=row.disetujui_pada).order_by("pk")
        if row.kode_pendaftaran:
            rows = rows.filter(kode=row.kode_pendaftaran)
        sent += send_letters(
            list(rows),
            kunci=f"perpanjangan:{row.pk}:{{row.pk}}:{{orang.pk}}",
            jenis="perpanjangan",
            tenggat=row.selesai_baru,
            tahap=tahap.nama,
            alasan=row.alasan,
        )
    return sent


# Messages


def send_letters(
    rows: Sequence[Pendaftaran],
    *,
    kunci: str,
    jenis: str,
    tenggat: datetime,
    syarat: str = "",
    segera: bool | None = None,
    **isian: str,
) -> int:
    """One message to each person of each entry, unless its key exists; returns how many.

    Key and condition are templates over `row` and `orang`; the text names entry, entrant and
    deadline, and what else `isian` says.
    """
    people = penerima_of(rows) if rows else {}
    wanted: dict[str, tuple[Pendaftaran, Pengguna]] = {
        kunci.format(row=row, orang=orang): (row, orang) for row in rows for orang in people[row.pk]
    }
    new = _new_keys(wanted)
    for key in new:
        row, orang = wanted[key]
        queue_pesan(
            kunci=key,
            jenis=jenis,
            edisi=row.edisi,
            isian={
                "kode": row.kode,
                "peserta": row.peserta,
                "tenggat": batas(tenggat),
                **isian,
            },
            segera=segera,
            syarat=syarat.format(row=row),
            kepada=orang,
            tautan=tautan_pendaftaran(row.kode),
        )
    return len(new)


def _new_keys(keys: Iterable[str]) -> list[str]:
    """Those keys that no message has yet, in one query."""
    keys = list(keys)
    known = set(Pesan.objects.filter(kunci__in=keys).values_list("kunci", flat=True))
    return [key for key in keys if key not in known]


def _record_sent(tahap: Tahap, tindakan: str, jumlah: int) -> None:
    if jumlah:
        record(tindakan=tindakan, objek=tahap, oleh=None, rincian={"jumlah": jumlah})
