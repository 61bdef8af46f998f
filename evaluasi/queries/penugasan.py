"""Assignments and entries as an evaluator or the committee may see them.

Lists, counts, searches and files of evaluators all start from `penugasan_own`.
"""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from evaluasi.models import Evaluator, PaktaIntegritas, Penguncian, Penugasan
from evaluasi.queries.benturan import own_conflict, pair_in_conflict
from kompetisi.models import Edisi, Pengguna, Peran
from kompetisi.rules.matriks import EVALUATOR, MATRIKS
from registrasi.models import Pendaftaran


def edisi_where(user: Pengguna, aksi: str) -> QuerySet:
    """Keys of the editions in which a role of this person permits the action; a subquery."""
    return Peran.objects.filter(
        pengguna=user, pengguna__is_active=True, jenis__in=MATRIKS[aksi].peran, dicabut_pada=None
    ).values("edisi")


def penugasan_own(user: Pengguna) -> QuerySet[Penugasan]:
    """The released assignments of this evaluator that hold: no conflict, pact and declaration made.

    Whoever lost the role, or is no longer active, has none.
    """
    evaluator = OuterRef("evaluator")
    return Penugasan.objects.filter(
        Exists(PaktaIntegritas.objects.filter(evaluator=evaluator)),
        Exists(
            Peran.objects.filter(
                pengguna=user, jenis=EVALUATOR, edisi=OuterRef("tahap__edisi"), dicabut_pada=None
            )
        ),
        ~Q(pair_in_conflict("evaluator", "pendaftaran__instansi")),
        evaluator__pengguna=user,
        evaluator__aktif=True,
        evaluator__benturan_dinyatakan_pada__isnull=False,
        dirilis_pada__isnull=False,
        dicabut_pada=None,
    )


def penugasan_visible_to(user: Pengguna) -> QuerySet[Penugasan]:
    """Own assignments, and all of an edition for those who may see its assignments.

    Somebody of the committee who is an evaluator too does not see what is in conflict with them.
    """
    circle = Q(tahap__edisi__in=edisi_where(user, "penugasan.lihat"))
    seen = circle & ~own_conflict(user, "pendaftaran__instansi")
    return Penugasan.objects.filter(seen | Q(pk__in=penugasan_own(user).values("pk")))


def pendaftaran_assigned_to(user: Pengguna, jenis: str | None = None) -> QuerySet[Pendaftaran]:
    """The entries this evaluator is to judge, in a stage of this kind (None: in any)."""
    own = penugasan_own(user).filter(pendaftaran=OuterRef("pk"))
    if jenis:
        own = own.filter(tahap__jenis=jenis)
    return Pendaftaran.objects.filter(Exists(own))


def evaluator_of(user: Pengguna, edisi) -> Evaluator | None:
    """The evaluator this person is in an edition, with `pakta_ada`; None when they are not."""
    if not edisi or not user.is_authenticated:
        return None
    return (
        Evaluator.objects.filter(pengguna=user, edisi=edisi)
        .select_related("instansi_asal", "provinsi", "edisi")
        .annotate(pakta_ada=Exists(PaktaIntegritas.objects.filter(evaluator=OuterRef("pk"))))
        .first()
    )


def ready_readers(edisi_id: int) -> set[int]:
    """The active evaluators of an edition who signed the pact and declared their conflicts."""
    rows = Evaluator.objects.filter(
        edisi=edisi_id, aktif=True, pakta__isnull=False, benturan_dinyatakan_pada__isnull=False
    )
    return set(rows.values_list("pk", flat=True))


def is_locked(lembar: str = "pk") -> Exists:
    """An EXISTS for the outer query: its sheet is locked now."""
    return Exists(Penguncian.objects.filter(lembar=OuterRef(lembar), dibuka=False))


def penugasan_rows(user: Pengguna, edisi: Edisi) -> QuerySet:
    """The assignments in force this person may see, as dicts for programs; never a score."""
    locked = Penguncian.objects.filter(lembar__penugasan=OuterRef("pk"), dibuka=False)
    return (
        penugasan_visible_to(user)
        .filter(tahap__edisi=edisi, dicabut_pada=None)
        .order_by("pk")
        .values(
            "urutan",
            "dirilis_pada",
            kode=F("pendaftaran__kode"),
            kode_tahap=F("tahap__kode"),
            nama=F("evaluator__pengguna__nama"),
            terkunci=Exists(locked),
        )
    )
