"""The timetable of interviews: set, changed, cancelled; nothing overlaps.

Every change takes the stage's planning lock, the same as the assignment of panels: rooms and
members are compared with what really stands.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from evaluasi.actions.penugasan import PLAN_LOCK, withdraw_penugasan
from evaluasi.actions.wawancara.pesan import tell_cancelled, tell_schedule
from evaluasi.models import Penugasan, SesiWawancara
from evaluasi.queries.jadwal import busy_members
from evaluasi.queries.wawancara import find_tahap_wawancara, panel_rules, sessions_overlapping
from evaluasi.rules.jadwal import Slot, same_place
from evaluasi.rules.wawancara import DAPAT_DIJADWALKAN, can_schedule, fits_stage, no_clash
from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.models import Pengguna, Tahap
from kompetisi.queries.edisi import closing_instant, keadaan_of
from kompetisi.queries.peran import peran_of
from kompetisi.rules.verdict import no
from registrasi.actions.status import change_status
from registrasi.models import Pendaftaran, StatusPendaftaran


@transaction.atomic
def schedule_wawancara(
    *,
    pendaftaran: Pendaftaran,
    mulai: datetime,
    oleh: Pengguna,
    selesai: datetime | None = None,
    ruang: str = "",
    tautan: str = "",
) -> SesiWawancara:
    """Give a shortlisted entry its session; the agency is told and asked to confirm.

    `selesai` None means the edition's length. Raises NotAllowedError when the stage, the entry,
    the room or a member of the panel does not allow it, InvalidInputError without a place.
    """
    tahap = _begin(pendaftaran, oleh)
    rule = panel_rules(tahap.edisi)
    selesai = selesai or mulai + rule.lama
    row = Pendaftaran.objects.select_for_update(of=("self",)).get(pk=pendaftaran.pk)
    if row.status not in DAPAT_DIJADWALKAN:
        no("Hanya peserta pada daftar pendek yang dapat dijadwalkan.").require()
    if SesiWawancara.objects.filter(pendaftaran=row).exists():
        no("Peserta ini sudah mempunyai sesi; ubah sesinya.").require()
    _check(tahap, pendaftaran, mulai, selesai, ruang, tautan)
    sesi = SesiWawancara.objects.create(
        tahap=tahap,
        pendaftaran=pendaftaran,
        mulai=mulai,
        selesai=selesai,
        ruang=ruang.strip(),
        tautan=tautan.strip(),
        dijadwalkan_pada=clock.now(),
    )
    if row.status != StatusPendaftaran.TERJADWAL_WAWANCARA:
        change_status(
            pendaftaran=pendaftaran,
            ke=StatusPendaftaran.TERJADWAL_WAWANCARA,
            oleh=oleh,
            dari=DAPAT_DIJADWALKAN,
        )
    _record("wawancara.jadwalkan", sesi, oleh)
    tell_schedule(sesi, baru=True)
    return sesi


@transaction.atomic
def store_jadwal(
    *,
    pendaftaran: Mapping[int, Pendaftaran],
    slot: Mapping[int, Slot],
    oleh: Pengguna,
) -> list[SesiWawancara]:
    """Store a whole proposal, all or nothing; entries and slots by primary key of the entry.

    A room that is an address on line becomes the session's link.
    """
    found = []
    for pk, place in sorted(slot.items(), key=lambda item: (item[1].mulai, item[0])):
        online = place.ruang.startswith("https://")
        found.append(
            schedule_wawancara(
                pendaftaran=pendaftaran[pk],
                mulai=place.mulai,
                selesai=place.selesai,
                ruang="" if online else place.ruang,
                tautan=place.ruang if online else "",
                oleh=oleh,
            )
        )
    return found


@transaction.atomic
def reschedule_wawancara(
    *,
    sesi: SesiWawancara,
    mulai: datetime,
    ruang: str,
    tautan: str,
    versi: int,
    oleh: Pengguna,
    selesai: datetime | None = None,
) -> SesiWawancara:
    """Change time or place: the confirmation is taken back, agency and panel are told.

    `selesai` None means the edition's length. The same schedule again changes nothing. Who
    presents and what is shown stays as given.
    Raises StaleVersionError when somebody changed the session meanwhile.
    """
    tahap = _begin(sesi.pendaftaran, oleh)
    row = _take(sesi)
    if row.versi != versi:
        raise StaleVersionError(
            "Sesi ini telah diubah orang lain. Periksa isinya, lalu simpan lagi.",
            rincian={"versi": row.versi},
        )
    if row.dimulai_pada is not None:
        no("Sesi ini sudah dimulai; jadwalnya tidak dapat diubah.").require()
    ruang, tautan = ruang.strip(), tautan.strip()
    selesai = selesai or mulai + panel_rules(tahap.edisi).lama
    if (row.mulai, row.selesai, row.ruang, row.tautan) == (mulai, selesai, ruang, tautan):
        return row
    _check(tahap, row.pendaftaran, mulai, selesai, ruang, tautan)
    row.mulai, row.selesai, row.ruang, row.tautan = mulai, selesai, ruang, tautan
    row.dikonfirmasi_oleh = row.dikonfirmasi_pada = None
    row.dijadwalkan_pada, row.versi = clock.now(), row.versi + 1
    row.save()
    _record("wawancara.ubah_jadwal", row, oleh)
    tell_schedule(row, baru=False)
    return row


@transaction.atomic
def cancel_wawancara(*, sesi: SesiWawancara, alasan: str, oleh: Pengguna) -> None:
    """Take a session off the timetable before it was held; the panel ends, the agency is told."""
    tahap = _begin(sesi.pendaftaran, oleh)
    row = _take(sesi)
    if not alasan.strip():
        no("Tuliskan alasan pembatalan.").require()
    if row.dimulai_pada is not None:
        no("Sesi ini sudah dimulai dan tidak dapat dibatalkan.").require()
    tell_cancelled(row, alasan.strip())
    members = Penugasan.objects.filter(
        tahap=tahap, pendaftaran=row.pendaftaran, dicabut_pada=None
    ).select_related("tahap__edisi", "pendaftaran")
    for member in members:
        withdraw_penugasan(penugasan=member, alasan=f"Sesi dibatalkan: {alasan}", oleh=oleh)
    if row.pendaftaran.status == StatusPendaftaran.TERJADWAL_WAWANCARA:
        change_status(
            pendaftaran=row.pendaftaran, ke=StatusPendaftaran.MASUK_DAFTAR_PENDEK, oleh=oleh
        )
    _record("wawancara.batalkan", row, oleh, alasan=alasan.strip())
    row.delete()


def _begin(pendaftaran: Pendaftaran, oleh: Pengguna) -> Tahap:
    """One change of the stage's timetable and panels at a time; the stage must not have closed."""
    tahap = find_tahap_wawancara(pendaftaran.edisi)
    if tahap is None or panel_rules(tahap.edisi) is None:
        no("Edisi ini tidak memiliki tahap wawancara.").require()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [PLAN_LOCK, tahap.pk])
    keadaan = keadaan_of(tahap.edisi, tahap.jenis, clock.db_now())
    can_schedule(peran_of(oleh, tahap.edisi), keadaan).require()
    return tahap


def _take(sesi: SesiWawancara) -> SesiWawancara:
    return (
        SesiWawancara.objects.select_for_update(of=("self",))
        .select_related(
            "tahap__edisi", "pendaftaran__instansi", "pendaftaran__unit", "pendaftaran__edisi"
        )
        .get(pk=sesi.pk)
    )


def _check(
    tahap: Tahap,
    pendaftaran: Pendaftaran,
    mulai: datetime,
    selesai: datetime,
    ruang: str,
    tautan: str,
) -> None:
    if not (ruang.strip() or tautan.strip()):
        raise InvalidInputError(
            "Isi ruang atau tautan pertemuan.",
            rincian={"ruang": "Isi ruang, atau tautan pertemuan daring."},
        )
    fits_stage(mulai, selesai, tahap.mulai, closing_instant(tahap)).require()
    others = sessions_overlapping(tahap, mulai, selesai, pendaftaran.pk)
    no_clash(
        [
            other.pendaftaran.peserta
            for other in others
            if (ruang.strip() and same_place(ruang, other.ruang))
            or (tautan.strip() and same_place(tautan, other.tautan))
        ],
        busy_members(tahap, pendaftaran, (mulai, selesai)),
    ).require()


def _record(tindakan: str, sesi: SesiWawancara, oleh: Pengguna, alasan: str = "") -> None:
    record(
        tindakan=tindakan,
        objek=sesi,
        oleh=oleh,
        rincian={
            "pendaftaran": sesi.pendaftaran.kode,
            "mulai": sesi.mulai,
            "selesai": sesi.selesai,
            "ruang": sesi.ruang,
            "tautan": sesi.tautan,
        }
        | ({"alasan": alasan} if alasan else {}),
    )
