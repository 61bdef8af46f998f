"""What the secretariat does about entries: reminding, never changing."""

from collections.abc import Iterable

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.errors import NotAllowedError
from kompetisi.models import Pengguna
from kompetisi.queries.edisi import closing_instant, find_tahap, keadaan_of
from kompetisi.queries.peran import peran_of
from kompetisi.templatetags.waktu import batas
from registrasi.models import Pendaftaran
from registrasi.queries.kekurangan import kekurangan_of
from registrasi.queries.panitia import PENGINGAT, annotate_pengingat, was_today
from registrasi.queries.penerima import penerima_of, tautan_pendaftaran
from registrasi.rules.panitia import can_remind

MAX_NAMED = 10


@transaction.atomic
def remind_pendaftaran(*, pendaftaran: Pendaftaran, oleh: Pengguna) -> int:
    """Remind the people of an unsent entry, at most once a day (in WIB); returns how many.

    Raises NotAllowedError without the role, outside the window, for an entry that was sent, and
    for one already reminded today.
    """
    Pendaftaran.objects.select_for_update().get(pk=pendaftaran.pk)
    rows = annotate_pengingat(Pendaftaran.objects.filter(pk=pendaftaran.pk))
    row = rows.select_related("edisi", "instansi", "unit").get()
    now = clock.now()
    can_remind(
        peran_of(oleh, row.edisi),
        keadaan_of(row.edisi, "pendaftaran", now, row.kode),
        row.status,
        sudah_hari_ini=was_today(row.diingatkan_pada, now),
    ).require()
    people = penerima_of([row])[row.pk]
    subjek, isi = reminder_letter(row)
    for orang in people:
        queue_pesan(
            kunci=f"{PENGINGAT}:{row.pk}:{now.astimezone(clock.WIB):%Y-%m-%d}:{orang.pk}",
            jenis="pengingat",
            subjek=subjek,
            isi=isi,
            kepada=orang,
            tautan=tautan_pendaftaran(row.kode),
        )
    record(tindakan=PENGINGAT, objek=row, oleh=oleh, rincian={"penerima": len(people)})
    return len(people)


def remind_all(*, rows: Iterable[Pendaftaran], oleh: Pengguna) -> int:
    """Remind each of these entries that may be reminded now; returns how many entries.

    One act an entry: those that were reminded today or sent meanwhile are passed over. Raises
    NotAllowedError when every one was refused, with the last reason.
    """
    done, refusal = 0, None
    for row in rows:
        try:
            remind_pendaftaran(pendaftaran=row, oleh=oleh)
            done += 1
        except NotAllowedError as error:
            refusal = error
    if refusal and not done:
        raise refusal
    return done


def reminder_letter(row: Pendaftaran) -> tuple[str, str]:
    """Subject and text: until when, and what is still missing."""
    closing = closing_instant(find_tahap(row.edisi, "pendaftaran"), row.kode)
    missing = kekurangan_of([row])[row.pk]
    lines = [f"- {text}" for text in missing[:MAX_NAMED]]
    if len(missing) > MAX_NAMED:
        lines.append(f"- dan {len(missing) - MAX_NAMED} hal lain")
    what = (
        "Yang masih kurang:\n" + "\n".join(lines)
        if lines
        else "Semua isian sudah lengkap; pendaftaran tinggal dikirim."
    )
    return (
        f"Pendaftaran {row.kode} belum dikirim",
        f"Pendaftaran {row.kode} ({row.peserta}) masih berupa draf dan belum dikirim. Kirim "
        f"paling lambat {batas(closing)}.\n\n{what}\n\nDraf yang tidak dikirim sampai batas itu "
        "tidak ikut dinilai.",
    )
