"""What the calendar asks of registration: reminders, unsent drafts, expired corrections.

Each part may run late, twice or from two hosts at once with the outcome of once: messages carry
the occasion in their key, statuses change by conditional update, rows in other hands are passed.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.models import Pengguna, Perpanjangan, Pesan, Tahap
from kompetisi.rules.tahap import closing_of
from kompetisi.templatetags.waktu import batas
from registrasi.actions.status import change_status
from registrasi.models import (
    Keanggotaan,
    MasaPerbaikan,
    Pendaftaran,
    StatusKeanggotaan,
    StatusPendaftaran,
)
from registrasi.models.keanggotaan import PeranInstansi
from registrasi.queries.administrasi import approved_of_stage
from registrasi.queries.penerima import penerima_of, tautan_pendaftaran
from registrasi.rules.administrasi import closing_perbaikan
from registrasi.rules.tenggat import due_reminder, reminder_instant

REGISTRASI_LOCK = 310_2021  # one advisory lock, held by a transaction
TELAT_PERBAIKAN = "Perbaikan tidak dikirim sampai batas waktu masa perbaikan."


def enforce_registrasi(at: datetime) -> dict[str, int]:
    """Carry out all consequences of registration due at `at` (UTC); returns counts by name.

    A host whose clock runs ahead does nothing early: the database's clock is the limit.
    """
    at = min(at, clock.db_now())
    counts = {"tidak_lolos_karena_telat": fail_expired_perbaikan(at=at)}
    for tahap in _registration_stages():
        counts[f"pengingat {tahap.edisi.kode}"] = remind_drafts(tahap=tahap, at=at)
        counts[f"pengingat akun {tahap.edisi.kode}"] = remind_akun(tahap=tahap, at=at)
        counts[f"tidak terkirim {tahap.edisi.kode}"] = notify_unsent(tahap=tahap, at=at)
    return counts


def _registration_stages() -> list[Tahap]:
    rows = Tahap.objects.filter(jenis="pendaftaran").select_related("edisi")
    return list(rows.order_by("mulai", "pk"))


def _approved(tahap: Tahap) -> list[Perpanjangan]:
    return list(tahap.perpanjangan.filter(disetujui_pada__isnull=False))


def _alone() -> bool:
    """Whether this transaction is the only one at this work; released when it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [REGISTRASI_LOCK])
        return cursor.fetchone()[0]


# Corrections that did not come


def fail_expired_perbaikan(*, at: datetime) -> int:
    """Entries whose correction round ended without a new submission do not pass."""
    expired = MasaPerbaikan.objects.filter(
        tenggat__lte=at,
        dikirim_pada=None,
        pendaftaran__status=StatusPendaftaran.PERLU_PERBAIKAN,
    ).order_by("tenggat", "pk")
    return sum(_fail_expired(pk, at) for pk in list(expired.values_list("pk", flat=True)))


@transaction.atomic
def _fail_expired(masa_pk: int, at: datetime) -> bool:
    """One entry; false when somebody holds it, it was sent meanwhile, or it was extended."""
    masa = (
        MasaPerbaikan.objects.select_for_update(of=("self", "pendaftaran"), skip_locked=True)
        .filter(
            pk=masa_pk,
            dikirim_pada=None,
            pendaftaran__status=StatusPendaftaran.PERLU_PERBAIKAN,
        )
        .select_related("pendaftaran__edisi", "pendaftaran__instansi")
        .first()
    )
    if masa is None:
        return False
    row = masa.pendaftaran
    tenggat = closing_perbaikan(
        masa, approved_of_stage(row.edisi, [row.kode]).get(row.kode, [])
    )
    if tenggat > at:
        return False
    change_status(
        pendaftaran=row,
        ke=StatusPendaftaran.TIDAK_LOLOS_ADMINISTRASI,
        oleh=None,
        alasan=TELAT_PERBAIKAN,
        dari=[StatusPendaftaran.PERLU_PERBAIKAN],
    )
    record(
        tindakan="administrasi.perbaikan_lewat",
        objek=row,
        oleh=None,
        rincian={"tenggat": tenggat},
    )
    _send(
        [row],
        kunci="perbaikan_lewat:{row.pk}:{orang.pk}",
        jenis="administrasi_tidak_lolos",
        subjek="Pendaftaran {row.kode} tidak lolos seleksi administrasi",
        isi=(
            "Pendaftaran {row.kode} ({row.peserta}) tidak lolos seleksi administrasi.\n\nAlasan: "
            "perbaikan tidak dikirim sampai " + batas(tenggat) + ". Isian dan berkas tetap dapat "
            "dibaca."
        ),
    )
    return True


# Drafts


@transaction.atomic
def remind_drafts(*, tahap: Tahap, at: datetime) -> int:
    """Remind agencies of drafts as the closing comes near; returns the messages written.

    The days are those of the edition (`pengingat_hari`). Each reminder of a closing is sent once
    to a person; a draft made after a reminder's instant waits for the next.
    """
    hari = tahap.edisi.aturan.get("pengingat_hari") or []
    approved = _approved(tahap)
    last = max([closing_of(tahap, approved), *(p.selesai_baru for p in approved)])
    if not hari or not tahap.mulai <= at < last or not _alone():
        return 0
    sent = 0
    for closing, rows in _drafts_by_closing(tahap, approved).items():
        day = due_reminder(closing, hari, at)
        if day is None:
            continue
        since = reminder_instant(closing, day)
        sent += _send(
            [row for row in rows if row.dibuat_pada <= since],
            kunci=f"pengingat:{{row.pk}}:{closing:%Y%m%d%H%M}:{day}:{{orang.pk}}",
            jenis="pengingat",
            subjek="Pendaftaran {row.kode} belum dikirim",
            isi=(
                "Pendaftaran {row.kode} ({row.peserta}) masih berupa draf dan belum dikirim.\n\n"
                f"Pendaftaran ditutup {batas(closing)}. Lengkapi isian, kemudian kirim sebelum "
                "batas itu. Draf yang tidak dikirim tidak ikut dinilai."
            ),
        )
    _record_sent(tahap, "tenggat.pengingat", sent)
    return sent


@transaction.atomic
def remind_akun(*, tahap: Tahap, at: datetime) -> int:
    """Remind, once, approved agency admins whose agency has made no entry yet."""
    hari = tahap.edisi.aturan.get("pengingat_hari") or []
    closing = closing_of(tahap, _approved(tahap))
    day = due_reminder(closing, hari, at)
    if day is None or at < tahap.mulai or not _alone():
        return 0
    entries = Pendaftaran.objects.filter(edisi=tahap.edisi, instansi=OuterRef("instansi"))
    members = Keanggotaan.objects.filter(
        ~Exists(entries),
        status=StatusKeanggotaan.DISETUJUI,
        peran=PeranInstansi.ADMIN_INSTANSI,
        diputus_pada__lte=reminder_instant(closing, day),
        pengguna__is_active=True,
    ).select_related("pengguna", "instansi")
    keys = {f"pengingat_akun:{tahap.edisi_id}:{row.pk}": row for row in members}
    new = _new_keys(keys)
    for kunci in new:
        row = keys[kunci]
        queue_pesan(
            kunci=kunci,
            jenis="pengingat",
            subjek=f"{row.instansi.nama} belum mempunyai pendaftaran",
            isi=(
                f"Anda mewakili {row.instansi.nama}, tetapi belum ada pendaftaran yang dibuat.\n\n"
                f"Pendaftaran ditutup {batas(closing)}. Buat, isi, dan kirim pendaftaran sebelum "
                "batas itu."
            ),
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
    approved = _approved(tahap)
    if at < tahap.selesai or not _alone():
        return 0
    sent = 0
    for closing, rows in _drafts_by_closing(tahap, approved).items():
        if closing > at:
            continue
        sent += _send(
            rows,
            kunci=f"tidak_terkirim:{{row.pk}}:{closing:%Y%m%d%H%M}:{{orang.pk}}",
            jenis="tidak_terkirim",
            subjek="Pendaftaran {row.kode} tidak terkirim",
            isi=(
                "Pendaftaran {row.kode} ({row.peserta}) tidak dikirim sampai pendaftaran ditutup "
                f"pada {batas(closing)}, sehingga tidak ikut dinilai. Draf Anda tetap tersimpan "
                "dan dapat dibaca.\n\nBila pengiriman gagal karena gangguan layanan, hubungi "
                "sekretariat dengan menyebut kode pendaftaran."
            ),
        )
    _record_sent(tahap, "tenggat.tidak_terkirim", sent)
    return sent


def _drafts_by_closing(
    tahap: Tahap, approved: Sequence[Perpanjangan]
) -> dict[datetime, list[Pendaftaran]]:
    """Drafts of the edition by the closing instant that holds for each."""
    rows = Pendaftaran.objects.filter(
        edisi=tahap.edisi, status=StatusPendaftaran.DRAF
    ).select_related("instansi", "unit")
    own = {p.kode_pendaftaran for p in approved if p.kode_pendaftaran}
    common = closing_of(tahap, list(approved))
    result: dict[datetime, list[Pendaftaran]] = {}
    for row in rows.order_by("pk"):
        closing = closing_of(tahap, list(approved), row.kode) if row.kode in own else common
        result.setdefault(closing, []).append(row)
    return result


# Messages


def _send(
    rows: Sequence[Pendaftaran], *, kunci: str, jenis: str, subjek: str, isi: str
) -> int:
    """One message to each person of each entry, unless its key exists; returns how many.

    The texts are templates over `row` and `orang`.
    """
    people = penerima_of(rows) if rows else {}
    wanted: dict[str, tuple[Pendaftaran, Pengguna]] = {
        kunci.format(row=row, orang=orang): (row, orang)
        for row in rows
        for orang in people[row.pk]
    }
    new = _new_keys(wanted)
    for key in new:
        row, orang = wanted[key]
        queue_pesan(
            kunci=key,
            jenis=jenis,
            subjek=subjek.format(row=row),
            isi=isi.format(row=row),
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
