"""What the secretariat does about entries: reminding, never changing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.errors import NotAllowedError
from kompetisi.models import Edisi, Pengguna
from kompetisi.queries.edisi import tahap_list
from kompetisi.queries.naskah import render_pesan
from kompetisi.queries.peran import peran_of
from kompetisi.rules.tahap import Keadaan, closing_of, keadaan_at
from kompetisi.rules.verdict import Verdict
from kompetisi.templatetags.waktu import batas
from registrasi.models import Instansi, Pendaftaran
from registrasi.queries.kekurangan import kekurangan_of
from registrasi.queries.panitia import PENGINGAT, annotate_pengingat, was_today
from registrasi.queries.penerima import admin_of, penerima_of, tautan_pendaftaran
from registrasi.queries.sebab import PENGINGAT_AKUN, instansi_sebab
from registrasi.rules.panitia import can_remind, can_remind_instansi

MAX_NAMED = 10
CHUNK = 100  # entries reminded in one transaction


def remind_pendaftaran(*, pendaftaran: Pendaftaran, oleh: Pengguna) -> int:
    """Remind the people of an unsent entry, at most once a day (in WIB); returns how many.

    Raises NotAllowedError without the role, outside the window, for an entry that was sent, and
    for one already reminded today.
    """
    _, people, refusal = _remind_chunk([pendaftaran], oleh)
    if refusal is not None:
        refusal.require()
    return people


def remind_all(*, rows: Iterable[Pendaftaran], oleh: Pengguna) -> int:
    """Remind each of these entries that may be reminded now; returns how many entries.

    Each is recorded by itself: those that were reminded today or sent meanwhile are passed over.
    Raises NotAllowedError when every one was refused, with the last reason.
    """
    total, last, rows = 0, None, iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        done, _, refusal = _remind_chunk(chunk, oleh)
        total, last = total + done, last if refusal is None else refusal
    if last is not None and not total:
        raise NotAllowedError(last.alasan)
    return total


@transaction.atomic
def _remind_chunk(rows: Sequence[Pendaftaran], oleh: Pengguna) -> tuple[int, int, Verdict | None]:
    """How many entries and people were reminded, and the last refusal."""
    keys = [row.pk for row in rows]
    # Held in one order, so that two officers reminding at once cannot wait for each other.
    list(Pendaftaran.objects.select_for_update().filter(pk__in=keys).order_by("pk").values("pk"))
    fresh = list(
        annotate_pengingat(Pendaftaran.objects.filter(pk__in=keys))
        .select_related("edisi", "instansi", "unit")
        .order_by("pk")
    )
    now = clock.now()
    closings = _closings(fresh)
    peran = peran_of(oleh, fresh[0].edisi) if fresh else frozenset()
    people, missing = (penerima_of(fresh), kekurangan_of(fresh)) if fresh else ({}, {})
    done, told, refusal = 0, 0, None
    for row in fresh:
        keadaan, closing = _window(closings[row.pk], now)
        verdict = can_remind(
            peran, keadaan, row.status, sudah_hari_ini=was_today(row.diingatkan_pada, now)
        )
        if not verdict.ok:
            refusal = verdict
            continue
        _send(row, closing, missing[row.pk], people[row.pk], oleh=oleh, now=now)
        done, told = done + 1, told + len(people[row.pk])
    return done, told, refusal


def _closings(rows: Sequence[Pendaftaran]) -> dict[int, tuple[datetime, datetime] | None]:
    """Opening and closing (UTC) of registration for each entry of one edition."""
    tahap = registration_of(rows[0].edisi) if rows else None
    return {
        row.pk: tahap and (tahap.mulai, closing_of(tahap, tahap.perpanjangan_berlaku, row.kode))
        for row in rows
    }


def registration_of(edisi: Edisi):
    """The stage of registration with its extensions in force at hand; None without one."""
    return next((t for t in tahap_list(edisi) if t.jenis == "pendaftaran"), None)


def _window(
    window: tuple[datetime, datetime] | None, now: datetime
) -> tuple[Keadaan | None, datetime | None]:
    return (keadaan_at(*window, now), window[1]) if window else (None, None)


def _send(
    row: Pendaftaran,
    closing: datetime,
    missing: list[str],
    people: list[Pengguna],
    *,
    oleh: Pengguna,
    now: datetime,
) -> None:
    isian = _isian(row, closing, missing)
    for orang in people:
        queue_pesan(
            kunci=f"{PENGINGAT}:{row.pk}:{now.astimezone(clock.WIB):%Y-%m-%d}:{orang.pk}",
            jenis="pengingat_panitia",
            edisi=row.edisi,
            isian=isian,
            syarat=f"draf:{row.pk}",
            kepada=orang,
            tautan=tautan_pendaftaran(row.kode),
        )
    record(tindakan=PENGINGAT, objek=row, oleh=oleh, rincian={"penerima": len(people)})


def reminder_letter(row: Pendaftaran) -> tuple[str, str]:
    """Subject and text: until when, and what is still missing; empty outside registration."""
    window = _closings([row])[row.pk]
    if not window:
        return "", ""
    isian = _isian(row, window[1], kekurangan_of([row])[row.pk])
    return render_pesan("pengingat_panitia", isian, row.edisi, None)[1:]


def _isian(row: Pendaftaran, closing: datetime, missing: list[str]) -> dict[str, str]:
    lines = [f"- {text}" for text in missing[:MAX_NAMED]]
    if len(missing) > MAX_NAMED:
        lines.append(f"- dan {len(missing) - MAX_NAMED} hal lain")
    what = (
        "Yang masih kurang:\n" + "\n".join(lines)
        if lines
        else "Semua isian sudah lengkap; pendaftaran tinggal dikirim."
    )
    return {
        "kode": row.kode,
        "peserta": row.peserta,
        "tenggat": batas(closing),
        "kekurangan": what,
    }


@transaction.atomic
def remind_instansi(*, edisi: Edisi, kode: Sequence[str] | None, oleh: Pengguna) -> int:
    """Remind the admins of agencies that have an account but no entry; returns how many agencies.

    `kode` names the agencies, None means all. At most once a day (in WIB) for an agency, recorded
    for each. Raises NotAllowedError without the role, outside the window, and when every one was
    reminded today.
    """
    now, tahap, peran = clock.now(), registration_of(edisi), peran_of(oleh, edisi)
    closing = tahap and closing_of(tahap, tahap.perpanjangan_berlaku)
    keadaan = keadaan_at(tahap.mulai, closing, now) if tahap else None
    can_remind_instansi(peran, keadaan, sudah_hari_ini=False).require()
    rows = instansi_sebab(peran, edisi, "tanpa-draf")
    rows = list(rows if kode is None else rows.filter(kode__in=kode))
    list(
        Instansi.objects.select_for_update()
        .filter(pk__in=[row.pk for row in rows])
        .order_by("pk")
        .values("pk")
    )
    fresh = instansi_sebab(peran, edisi, "tanpa-draf").filter(pk__in=[row.pk for row in rows])
    due = [row for row in fresh if not was_today(row.diingatkan_pada, now)]
    if rows and not due:
        can_remind_instansi(peran, keadaan, sudah_hari_ini=True).require()
    people = admin_of(due)
    for row in due:
        _send_instansi(row, edisi, closing, people[row.pk], oleh=oleh, now=now)
    return len(due)


def _send_instansi(
    row: Instansi,
    edisi: Edisi,
    closing: datetime,
    people: list[Pengguna],
    *,
    oleh: Pengguna,
    now: datetime,
) -> None:
    isian = {"instansi": row.nama, "tenggat": batas(closing)}
    for orang in people:
        queue_pesan(
            kunci=f"{PENGINGAT_AKUN}:{edisi.pk}:{row.pk}:{now.astimezone(clock.WIB):%Y-%m-%d}"
            f":{orang.pk}",
            jenis="pengingat_instansi",
            edisi=edisi,
            isian=isian,
            syarat=f"instansi_belum:{row.pk}/{edisi.pk}/{orang.pk}",
            kepada=orang,
            tautan="/registrasi/",
        )
    record(
        tindakan=PENGINGAT_AKUN,
        objek=row,
        oleh=oleh,
        rincian={"edisi": edisi.kode, "penerima": len(people)},
    )


def instansi_letter(row: Instansi, edisi: Edisi, closing: datetime) -> tuple[str, str]:
    """Subject and text for an agency that has made no entry yet."""
    isian = {"instansi": row.nama, "tenggat": batas(closing)}
    return render_pesan("pengingat_instansi", isian, edisi, None)[1:]
