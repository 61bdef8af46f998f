"""Who has seen what: the access log of files and the lists and dossiers taken along."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from kompetisi import clock
from kompetisi.models import JejakAudit, Pengguna, Peran
from kompetisi.models.pengguna import JenisPeran
from kompetisi.rules.matriks import check_aksi
from registrasi.models import AksesBerkas, Berkas, Pendaftaran

LATELY = timedelta(hours=1)


def akses_of(pendaftaran: Pendaftaran) -> QuerySet[AksesBerkas]:
    """The file accesses of one entry, newest first, pictures of first pages left out."""
    rows = AksesBerkas.objects.filter(berkas__bukti__pendaftaran=pendaftaran)
    return rows.exclude(cara="kecil").select_related("berkas", "oleh").distinct()


def noted_lately(berkas: Berkas, user: Pengguna) -> bool:
    """Whether it was noted within the last hour that this person was given this file."""
    since = clock.now() - LATELY
    rows = AksesBerkas.objects.filter(berkas=berkas, oleh=user, pada__gt=since)
    return rows.exclude(cara="kecil").exists()


def name_for_agency(rows: Collection[AksesBerkas], pendaftaran: Pendaftaran) -> None:
    """Set `siapa` on each: people of the agency by name, all others by their role alone.

    An agency must not learn who its evaluators are. Two queries.
    """
    people = {row.oleh_id for row in rows}
    own = set(
        pendaftaran.instansi.keanggotaan.filter(pengguna__in=people).values_list(
            "pengguna_id", flat=True
        )
    )
    roles: dict[int, str] = {}
    held = Peran.objects.filter(pengguna__in=people, edisi=pendaftaran.edisi_id)
    for person, jenis in held.order_by("pk").values_list("pengguna_id", "jenis"):
        roles.setdefault(person, "Tim Evaluasi" if jenis == JenisPeran.EVALUATOR else "Panitia")
    for row in rows:
        row.siapa = str(row.oleh) if row.oleh_id in own else roles.get(row.oleh_id, "Panitia")


def akses_visible_to(
    peran: Collection[str],
    *,
    orang: str = "",
    pendaftaran: str = "",
    berkas: str = "",
    sejak: datetime | None = None,
    sampai: datetime | None = None,
) -> QuerySet[AksesBerkas]:
    """The access log, narrowed by a person's address, an entry's code, a file's SHA-256, time.

    `sejak` is included, `sampai` not.
    """
    rows = AksesBerkas.objects.select_related("berkas", "oleh")
    if not check_aksi("akses.lihat", peran):
        return rows.none()
    if orang:
        rows = rows.filter(oleh__email=orang.lower())
    if pendaftaran:
        rows = rows.filter(Q(berkas__bukti__pendaftaran__kode=pendaftaran)).distinct()
    if berkas:
        rows = rows.filter(berkas__sha256=berkas.lower())
    if sejak:
        rows = rows.filter(pada__gte=sejak)
    return rows.filter(pada__lt=sampai) if sampai else rows


def unduhan_visible_to(
    peran: Collection[str],
    *,
    orang: str = "",
    pendaftaran: str = "",
    sejak: datetime | None = None,
    sampai: datetime | None = None,
) -> QuerySet[JejakAudit]:
    """Lists and dossiers taken along, from the audit log, newest first; narrowed alike."""
    rows = JejakAudit.objects.filter(tindakan__startswith="unduh.").select_related("oleh")
    if not check_aksi("akses.lihat", peran):
        return rows.none()
    if orang:
        rows = rows.filter(oleh__email=orang.lower())
    if pendaftaran:
        rows = rows.filter(rincian__pendaftaran=pendaftaran)
    if sejak:
        rows = rows.filter(pada__gte=sejak)
    if sampai:
        rows = rows.filter(pada__lt=sampai)
    return rows.order_by("-urutan")
