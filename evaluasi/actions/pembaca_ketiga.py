"""The chair decides about one more reading: it is given, or left out with the reason."""

from django.db import transaction

from evaluasi.actions.penugasan import assign_pembaca_ketiga
from evaluasi.models import KeputusanPembaca, Penugasan
from evaluasi.queries.pembaca_ketiga import UsulanBaca, is_decided, weigh_readings
from evaluasi.rules.pembaca_ketiga import PUTUSKAN, can_skip, totals_text
from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.models import Pengguna, Tahap
from kompetisi.queries.peran import peran_of
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import no
from registrasi.models import Pendaftaran

Putusan = KeputusanPembaca.Putusan


@transaction.atomic
def give_pembaca(*, tahap: Tahap, pendaftaran: Pendaftaran, oleh: Pengguna) -> Penugasan:
    """Give a proposed entry one more reader, the least loaded without conflict, and keep why.

    Raises NotAllowedError when the entry is not proposed (any more), for whoever is not the chair,
    after the stage has closed, or when nobody may read it.
    """
    check_aksi(PUTUSKAN, peran_of(oleh, tahap.edisi)).require()
    usulan = _take(tahap, pendaftaran, oleh)
    if usulan is None:
        no("Pendaftaran ini tidak sedang menunggu putusan tentang pembaca tambahan.").require()
    row = assign_pembaca_ketiga(tahap=tahap, pendaftaran=pendaftaran, oleh=oleh)
    _keep(tahap, usulan, Putusan.TUGASKAN, oleh, penugasan=row)
    return row


@transaction.atomic
def skip_pembaca(
    *, tahap: Tahap, pendaftaran: Pendaftaran, alasan: str, oleh: Pengguna
) -> KeputusanPembaca:
    """Leave a proposed reading out, with the reason; it is proposed anew once a total changes.

    Raises NotAllowedError as the rule says.
    """
    usulan = _take(tahap, pendaftaran, oleh)
    can_skip(
        peran_of(oleh, tahap.edisi),
        dapat_dinilai=usulan is not None,
        diputus=is_decided(pendaftaran),
        alasan=alasan,
    ).require()
    return _keep(tahap, usulan, Putusan.LEWATI, oleh, alasan=alasan.strip())


def _take(tahap: Tahap, pendaftaran: Pendaftaran, oleh: Pengguna) -> UsulanBaca | None:
    """Decisions about one entry come one after another; what is to decide now, if anything."""
    Pendaftaran.objects.select_for_update(no_key=True).get(pk=pendaftaran.pk)
    weighed = weigh_readings(tahap, oleh, pendaftaran.pk)
    return next(iter([*weighed.usul, *weighed.aturan]), None)


def _keep(
    tahap: Tahap,
    usulan: UsulanBaca,
    putusan: Putusan,
    oleh: Pengguna,
    *,
    alasan: str = "",
    penugasan: Penugasan | None = None,
) -> KeputusanPembaca:
    gain = usulan.manfaat
    row = KeputusanPembaca.objects.create(
        tahap=tahap,
        pendaftaran=usulan.pendaftaran,
        putusan=putusan,
        sebab=usulan.sebab,
        total=totals_text(usulan.total),
        mungkin=gain.mungkin,
        peluang=gain.peluang,
        alasan=alasan,
        penugasan=penugasan,
        oleh=oleh,
        pada=clock.now(),
    )
    record(
        tindakan=f"pembaca_ketiga.{putusan.value}",
        objek=row,
        oleh=oleh,
        rincian={
            "tahap": tahap.kode,
            "pendaftaran": usulan.pendaftaran.kode,
            "sebab": usulan.sebab,
            "peluang": None if gain.peluang is None else round(gain.peluang, 4),
            "alasan": alasan,
        },
    )
    return row
