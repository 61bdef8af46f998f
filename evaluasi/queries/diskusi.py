"""Discussions of readers: who may see which, what is in them, what is new."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from evaluasi.models import (
    BacaDiskusi,
    Diskusi,
    JenisTanggapan,
    LembarPenilaian,
    Penguncian,
    Penugasan,
    Tanggapan,
)
from evaluasi.queries.benturan import in_conflict, own_conflict
from evaluasi.queries.lembar import lembar_visible_to
from evaluasi.queries.penugasan import edisi_where, is_locked, penugasan_own
from evaluasi.rules.diskusi import KeadaanDiskusi, Perubahan, compare_isi
from kompetisi import clock
from kompetisi.models import Edisi, Pengguna, Tahap
from kompetisi.queries.edisi import closing_instant
from kompetisi.queries.peran import pemegang_peran, peran_of
from kompetisi.rules.matriks import KETUA
from kompetisi.rules.tahap import keadaan_at
from registrasi.models import Pendaftaran


def diskusi_read_by(user: Pengguna) -> QuerySet[Diskusi]:
    """Discussions of one's own entries: the own sheet is locked, or one has written in it before.

    Whoever wrote reads on while the sheet is open again; nobody reads before the first lock.
    """
    wrote = Tanggapan.objects.filter(diskusi=OuterRef(OuterRef("pk")), oleh=user)
    own = penugasan_own(user).filter(
        Q(is_locked("lembar__pk")) | Q(Exists(wrote)),
        tahap=OuterRef("tahap"),
        pendaftaran=OuterRef("pendaftaran"),
    )
    return Diskusi.objects.filter(Exists(own))


def diskusi_visible_to(user: Pengguna) -> QuerySet[Diskusi]:
    """Those of one's own entries, and all of an edition for the circle of the plenary.

    Nothing that is in conflict with the reader is among them.
    """
    circle = Q(tahap__edisi__in=edisi_where(user, "nilai.lihat"))
    seen = circle & ~own_conflict(user, "pendaftaran__instansi")
    return Diskusi.objects.filter(seen | Q(pk__in=diskusi_read_by(user).values("pk")))


def readers_of(tahap: int, pendaftaran: int) -> QuerySet[Penugasan]:
    """The assignments of an entry in force, none in conflict, with `terkunci` and `pernah`."""
    ever = Penguncian.objects.filter(lembar=OuterRef("lembar__pk"))
    return Penugasan.objects.filter(
        ~in_conflict("evaluator", "pendaftaran__instansi"),
        tahap=tahap,
        pendaftaran=pendaftaran,
        dirilis_pada__isnull=False,
        dicabut_pada=None,
    ).annotate(terkunci=is_locked("lembar__pk"), pernah=Exists(ever))


def keadaan_diskusi(tahap: Tahap, pendaftaran: Pendaftaran, user: Pengguna) -> KeadaanDiskusi:
    """The state of a discussion for one person now; a constant number of queries."""
    own = penugasan_own(user).filter(tahap=tahap, pendaftaran=pendaftaran)
    mine = own.annotate(terkunci=is_locked("lembar__pk")).values_list("terkunci", flat=True)
    locked = list(mine[:1])
    ever = list(readers_of(tahap.pk, pendaftaran.pk).values_list("pernah", flat=True))
    free = Pendaftaran.objects.filter(~own_conflict(user, "instansi"), pk=pendaftaran.pk)
    begun = Tanggapan.objects.filter(diskusi__tahap=tahap, diskusi__pendaftaran=pendaftaran)
    return KeadaanDiskusi(
        peran=frozenset(peran_of(user, tahap.edisi)),
        tahap=keadaan_at(tahap.mulai, closing_instant(tahap), clock.now()),
        bebas=free.exists(),
        pembaca=bool(locked),
        terkunci=bool(locked and locked[0]),
        lengkap=len(ever) > 1 and all(ever),
        sudah=begun.exists(),
        diminta=waiting()
        .filter(diskusi__tahap=tahap, diskusi__pendaftaran=pendaftaran, oleh=user)
        .exists(),
    )


def waiting() -> QuerySet[Tanggapan]:
    """The requests to reopen that wait: not answered, and the lock is still in force."""
    return Tanggapan.objects.filter(
        jenis=JenisTanggapan.MINTA_BUKA,
        jawaban=None,
        penguncian__dibuka=False,
        penguncian__lembar__penugasan__dicabut_pada=None,
    )


def waiting_for(user: Pengguna, edisi: Edisi) -> QuerySet[Tanggapan]:
    """The requests that wait in the discussions of an edition that this person may see."""
    return waiting().filter(diskusi__in=diskusi_visible_to(user), diskusi__tahap__edisi=edisi)


def unread(user: Pengguna) -> QuerySet[Tanggapan]:
    """What others wrote, in discussions one may see, since one last looked."""
    seen = BacaDiskusi.objects.filter(
        diskusi=OuterRef("diskusi"), pengguna=user, sampai__gte=OuterRef("pk")
    )
    return Tanggapan.objects.filter(~Exists(seen)).exclude(oleh=user)


def count_unread(user: Pengguna, edisi: Edisi) -> int:
    """How much is new in the discussions of one's own entries."""
    rows = unread(user).filter(diskusi__in=diskusi_read_by(user), diskusi__tahap__edisi=edisi)
    return rows.count()


def unread_of(lembar: LembarPenilaian, user: Pengguna) -> int:
    """How much is new in the discussion about the entry of a sheet."""
    seen = diskusi_visible_to(user).filter(
        tahap=lembar.penugasan.tahap_id, pendaftaran=lembar.penugasan.pendaftaran_id
    )
    return unread(user).filter(diskusi__in=seen).count()


def with_counts(rows: QuerySet[Diskusi], user: Pengguna) -> QuerySet[Diskusi]:
    """Discussions with `jumlah`, `baru`, `terakhir` and `minta` (requests that wait)."""
    fresh = unread(user).filter(diskusi=OuterRef("pk")).order_by().values("diskusi")
    asked = waiting().filter(diskusi=OuterRef("pk")).order_by().values("diskusi")
    return (
        rows.select_related(
            "tahap__edisi", "pendaftaran__instansi", "pendaftaran__unit", "pendaftaran__jalur"
        )
        .annotate(
            jumlah=Count("tanggapan"),
            terakhir=Max("tanggapan__pada"),
            baru=Subquery(fresh.annotate(n=Count("pk")).values("n")),
            minta=Subquery(asked.annotate(n=Count("pk")).values("n")),
        )
        .order_by(F("baru").desc(nulls_last=True), "-terakhir", "pk")
    )


def diskusi_own(user: Pengguna, edisi: Edisi) -> QuerySet[Diskusi]:
    """The list of a reader, what is new first, with `lembar` (key of the own sheet)."""
    own = penugasan_own(user).filter(tahap=OuterRef("tahap"), pendaftaran=OuterRef("pendaftaran"))
    rows = diskusi_read_by(user).filter(tahap__edisi=edisi)
    return with_counts(rows, user).annotate(lembar=Subquery(own.values("lembar")[:1]))


def diskusi_of_stage(user: Pengguna, tahap: Tahap, *, minta: bool = False) -> QuerySet[Diskusi]:
    """The list of the committee for one stage; `minta` leaves those with a request that waits."""
    rows = with_counts(diskusi_visible_to(user).filter(tahap=tahap), user)
    return rows.filter(minta__gt=0) if minta else rows


def diskusi_by_entry(user: Pengguna, tahap: Tahap, entries: list[int]) -> dict[int, Diskusi]:
    """Entry -> its discussion with the counts, for a page of a list; one query."""
    rows = diskusi_visible_to(user).filter(tahap=tahap, pendaftaran__in=entries)
    return {row.pendaftaran_id: row for row in with_counts(rows, user)}


def find_diskusi(user: Pengguna, tahap: Tahap, pendaftaran: Pendaftaran) -> Diskusi | None:
    """The discussion of an entry in a stage; None when there is none or it may not be seen."""
    return diskusi_visible_to(user).filter(tahap=tahap, pendaftaran=pendaftaran).first()


@dataclass(frozen=True)
class Kejadian:
    """One thing in the thread: something said, or a sheet opened again or locked anew."""

    pada: datetime
    jenis: str
    oleh: Pengguna
    teks: str = ""
    tanggapan: Tanggapan | None = None
    lembar: LembarPenilaian | None = None
    total_dari: str = ""
    total_ke: str = ""
    perubahan: list[Perubahan] = field(default_factory=list)


def thread_of(
    diskusi: Diskusi | None, tahap: Tahap, pendaftaran: Pendaftaran, user: Pengguna
) -> list[Kejadian]:
    """All that was said and what became of the sheets this person may see, in order of time.

    Two queries. Sheets come by `lembar_visible_to`: a colleague's opened sheet shows nothing.
    """
    said = Tanggapan.objects.filter(diskusi=diskusi) if diskusi else Tanggapan.objects.none()
    found = [
        Kejadian(row.pada, row.jenis, row.oleh, row.isi, tanggapan=row)
        for row in said.select_related("oleh", "penguncian", "jawaban", "menjawab").order_by("pk")
    ]
    found += _reopened(tahap, pendaftaran, user)
    return sorted(found, key=lambda row: row.pada)


def _reopened(tahap: Tahap, pendaftaran: Pendaftaran, user: Pengguna) -> Iterable[Kejadian]:
    """Reopenings, and each later lock with what changed since the one before."""
    sheets = lembar_visible_to(user).filter(
        penugasan__tahap=tahap, penugasan__pendaftaran=pendaftaran
    )
    rows = (
        Penguncian.objects.filter(lembar__in=sheets.values("pk"))
        .select_related("oleh", "pembukaan__oleh", "lembar__penugasan__evaluator__pengguna")
        .order_by("lembar", "pk")
    )
    before: Penguncian | None = None
    for row in rows:
        if before is not None and before.lembar_id == row.lembar_id:
            yield Kejadian(
                row.pada,
                "dikunci_lagi",
                row.oleh,
                before.pembukaan.alasan,
                lembar=row.lembar,
                total_dari=before.isi["total"],
                total_ke=row.isi["total"],
                perubahan=compare_isi(before.isi, row.isi),
            )
        if row.dibuka:
            opened = row.pembukaan
            yield Kejadian(opened.pada, "dibuka", opened.oleh, opened.alasan, lembar=row.lembar)
        before = row


def recipients_of(
    diskusi: Diskusi, penulis: Pengguna, *, ketua: bool
) -> list[tuple[Pengguna, str]]:
    """Who is told, and the address of the thread for them; nobody in conflict with the entry.

    The other readers who may read on, and the chairs who wrote, or all when they are asked.
    """
    wrote = set(Tanggapan.objects.filter(diskusi=diskusi).values_list("oleh", flat=True))
    rows = readers_of(diskusi.tahap_id, diskusi.pendaftaran_id).filter(
        evaluator__aktif=True, evaluator__pengguna__is_active=True
    )
    found = {}
    for row in rows.select_related("evaluator__pengguna", "lembar").order_by("pk"):
        person = row.evaluator.pengguna
        if row.terkunci or (row.pernah and person.pk in wrote):
            found[person.pk] = (person, reverse("evaluasi:diskusi", args=[row.lembar.pk]))
    page = reverse("evaluasi_panitia:diskusi", args=[diskusi.tahap.kode, diskusi.pendaftaran.kode])
    for person in pemegang_peran(diskusi.tahap.edisi, KETUA):
        free = Diskusi.objects.filter(~own_conflict(person, "pendaftaran__instansi"), pk=diskusi.pk)
        if (ketua or person.pk in wrote) and free.exists():
            found[person.pk] = (person, page)
    found.pop(penulis.pk, None)
    return list(found.values())


def request_for(lembar: LembarPenilaian) -> Tanggapan | None:
    """The request to reopen this sheet that waits, if there is one."""
    return waiting().filter(penguncian__lembar=lembar.pk).select_related("oleh").first()
