"""Members of the evaluation team as the committee sees them."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from evaluasi.models import Evaluator, PaktaIntegritas
from evaluasi.queries.penugasan import edisi_where
from evaluasi.rules.kemampuan import bidang_choices
from kompetisi.models import Edisi, Pengguna
from kompetisi.queries.urutan import natural
from registrasi.models import Instansi, JenisInstansi
from registrasi.queries.instansi import search_instansi


def evaluator_visible_to(user: Pengguna, edisi: Edisi) -> QuerySet[Evaluator]:
    """All evaluators of the edition, for those who may see assignments."""
    return (
        Evaluator.objects.filter(edisi=edisi, edisi__in=edisi_where(user, "penugasan.lihat"))
        .select_related("pengguna", "instansi_asal", "provinsi", "edisi")
        .annotate(
            pakta_ada=Exists(PaktaIntegritas.objects.filter(evaluator=OuterRef("pk"))),
            jumlah_benturan=Count("benturan", distinct=True),
            jumlah_tugas=Count(
                "penugasan",
                filter=Q(penugasan__dicabut_pada=None, penugasan__dirilis_pada__isnull=False),
                distinct=True,
            ),
        )
        .order_by("-aktif", *natural("pengguna__nama"), "pk")
    )


def bidang_of_edisi(edisi: Edisi) -> list[tuple[str, str]]:
    """The fields of expertise that an edition knows, as (code, label)."""
    return bidang_choices(edisi.jalur.order_by("pk").values_list("kode", "nama"))


def provinsi_list() -> QuerySet[Instansi]:
    """The provincial governments, by name; each stands for its province."""
    return Instansi.objects.filter(jenis=JenisInstansi.PROVINSI).order_by("nama", "pk")


def find_instansi(teks: str) -> tuple[Instansi | None, list[str]]:
    """The agency that is meant by a code or a name; else the names it may have been."""
    typed = teks.strip()
    exact = Instansi.objects.filter(Q(kode=typed) | Q(nama__iexact=typed)).order_by("pk")[:2]
    if len(exact) == 1:
        return exact[0], []
    near = search_instansi(typed, batas=6)
    if len(near) == 1:
        return Instansi.objects.get(pk=near[0]["id"]), []
    return None, [row["nama"] for row in near]


def suggest_instansi(teks: str) -> list[str]:
    """Names of agencies as somebody types."""
    return [row["nama"] for row in search_instansi(teks, batas=10)]
