"""What the committee sees of the assignments of a stage: the plan, loads, candidates."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from evaluasi.models import (
    BenturanEfektif,
    Evaluator,
    PaktaIntegritas,
    Penugasan,
    RencanaPenugasan,
    SebabCabut,
)
from evaluasi.queries.benturan import in_conflict, own_conflict
from evaluasi.queries.penugasan import edisi_where, is_locked
from evaluasi.rules.benturan import describe_sebab
from evaluasi.rules.kemampuan import bidang_of, kapasitas_at
from evaluasi.rules.pembagian import describe_pertimbangan
from evaluasi.rules.penugasan import DINILAI, SIAP, warnings_of
from kompetisi.models import Edisi, Pekerjaan, Pengguna, StatusAntrean, Tahap
from kompetisi.queries.urutan import natural
from registrasi.models import Pendaftaran
from registrasi.queries.instansi import named_by

SUSUN = "evaluasi.susun_rencana"  # name of the task that makes plans
REFUSED = "Ditolak: "  # before the reason why a plan could not be made


def readers_wanted(tahap: Tahap) -> int:
    """How many readers each entry of a stage gets, by the edition file."""
    return int(tahap.edisi.aturan.get("penilai_per_pendaftaran", {}).get(tahap.kode, 1))


def tahap_dinilai(edisi: Edisi) -> list[Tahap]:
    """The stages of an edition that have score sheets, in order."""
    rows = Tahap.objects.filter(edisi=edisi, jenis__in=DINILAI).select_related("edisi")
    return list(rows.order_by("urutan", "pk"))


def find_tahap_dinilai(edisi: Edisi, kode: str) -> Tahap | None:
    """A scored stage by its code."""
    return (
        Tahap.objects.filter(edisi=edisi, kode=kode, jenis__in=DINILAI)
        .select_related("edisi")
        .first()
    )


def entries_ready(tahap: Tahap) -> QuerySet[Pendaftaran]:
    """The entries that wait to be judged in a stage."""
    return Pendaftaran.objects.filter(edisi=tahap.edisi_id, status__in=SIAP[tahap.jenis])


def entries_for(tahap: Tahap, user: Pengguna) -> QuerySet[Pendaftaran]:
    """The entries the committee assigns in a stage: those waiting, and those with assignments.

    Empty for whoever may not see assignments; without what is in conflict with the reader. With
    `pembaca`, the number of assignments that are planned or in force.
    """
    live = Penugasan.objects.filter(tahap=tahap, pendaftaran=OuterRef("pk"), dicabut_pada=None)
    return (
        Pendaftaran.objects.filter(
            ~own_conflict(user, "instansi"),
            Q(status__in=SIAP[tahap.jenis]) | Exists(live),
            edisi__in=edisi_where(user, "penugasan.lihat"),
            edisi=tahap.edisi_id,
        )
        .select_related("instansi__provinsi", "unit", "jalur")
        .annotate(
            pembaca=Count(
                "penugasan",
                filter=Q(penugasan__tahap=tahap, penugasan__dicabut_pada=None),
            )
        )
    )


def filter_entries(
    rows: QuerySet[Pendaftaran], saring: Mapping[str, str], wanted: int
) -> QuerySet[Pendaftaran]:
    """What a filter leaves: words of the name or code, too few readers, one evaluator's."""
    rows = rows.filter(named_by(saring.get("cari") or "", "kode", "unit__nama"))
    if saring.get("kurang"):
        rows = rows.filter(pembaca__lt=wanted)
    if (saring.get("evaluator") or "").isdecimal():
        rows = rows.filter(
            Exists(
                Penugasan.objects.filter(
                    pendaftaran=OuterRef("pk"),
                    evaluator=int(saring["evaluator"]),
                    dicabut_pada=None,
                )
            )
        )
    return rows.order_by("instansi__nama", "pk")


def readers_of(tahap: Tahap, pendaftaran: list[int]) -> dict[int, list[dict]]:
    """Entry -> its assignments planned or in force, in reading order; one query."""
    found: dict[int, list[dict]] = defaultdict(list)
    rows = (
        Penugasan.objects.filter(tahap=tahap, pendaftaran__in=pendaftaran, dicabut_pada=None)
        .annotate(
            terkunci=is_locked("lembar__pk"),
            berbenturan=in_conflict("evaluator", "pendaftaran__instansi"),
        )
        .order_by("urutan", "pk")
    )
    for row in rows.values(
        "pk",
        "pendaftaran_id",
        "evaluator_id",
        "urutan",
        "dirilis_pada",
        "terkunci",
        "berbenturan",
        "diterima_pada",
        "pertimbangan",
        "evaluator__asal_lain",
        nama=F("evaluator__pengguna__nama"),
        email=F("evaluator__pengguna__email"),
        asal=F("evaluator__instansi_asal__nama"),
        provinsi=F("evaluator__provinsi__nama"),
    ):
        row["nama"] = row["nama"] or row["email"]
        row["asal"] = row["asal"] or row["evaluator__asal_lain"]
        row["alasan"] = describe_pertimbangan(row["pertimbangan"])
        row["alasan_utama"] = describe_pertimbangan(row["pertimbangan"], 2)
        found[row["pendaftaran_id"]].append(row)
    return found


def loads_of(tahap: Tahap) -> list[dict]:
    """Each evaluator of the edition with what they carry in a stage, by name; one query.

    `rencana` sheets are planned, `dirilis` released, `terkunci` locked.
    """
    mine = Q(penugasan__tahap=tahap, penugasan__dicabut_pada=None)
    released = mine & Q(penugasan__dirilis_pada__isnull=False)
    rows = (
        Evaluator.objects.filter(edisi=tahap.edisi_id)
        .annotate(
            siap=Exists(PaktaIntegritas.objects.filter(evaluator=OuterRef("pk"))),
            rencana=Count(
                "penugasan", filter=mine & Q(penugasan__dirilis_pada=None), distinct=True
            ),
            dirilis=Count("penugasan", filter=released, distinct=True),
            terkunci=Count(
                "penugasan",
                filter=released & Q(penugasan__lembar__penguncian__dibuka=False),
                distinct=True,
            ),
        )
        .filter(Q(aktif=True) | Q(dirilis__gt=0) | Q(rencana__gt=0))
        .order_by(*natural("pengguna__nama"), "pk")
        .values(
            "pk",
            "kapasitas",
            "kapasitas_tahap",
            "keahlian",
            "aktif",
            "siap",
            "rencana",
            "dirilis",
            "terkunci",
            "benturan_dinyatakan_pada",
            "asal_lain",
            nama=F("pengguna__nama"),
            email=F("pengguna__email"),
            asal=F("instansi_asal__nama"),
        )
    )
    found = list(rows)
    for row in found:
        row["nama"] = row["nama"] or row["email"]
        row["asal"] = row["asal"] or row["asal_lain"]
        row["kapasitas"] = kapasitas_at(row["kapasitas"], row["kapasitas_tahap"], tahap.kode)
        row["siap"] = bool(row["siap"] and row["benturan_dinyatakan_pada"])
        row["beban"] = row["rencana"] + row["dirilis"]
    return found


def rencana_open(tahap: Tahap) -> RencanaPenugasan | None:
    """The plan of a stage that is not released yet, with the number of its assignments."""
    return (
        tahap.rencana.filter(dirilis_pada=None)
        .select_related("dibuat_oleh")
        .annotate(jumlah=Count("penugasan"))
        .first()
    )


def rencana_in_work(tahap: Tahap) -> Pekerjaan | None:
    """The making of a stage's plan that waits or is under way, else None."""
    return (
        Pekerjaan.objects.filter(tugas=SUSUN, argumen__tahap=tahap.pk)
        .filter(status__in=[StatusAntrean.MENUNGGU, StatusAntrean.DIKERJAKAN])
        .first()
    )


def rencana_failed(tahap: Tahap) -> dict | None:
    """When the latest making of a plan was asked for and why it was given up, else None."""
    last = Pekerjaan.objects.filter(tugas=SUSUN, argumen__tahap=tahap.pk).first()
    if last is None or last.status != StatusAntrean.GAGAL:
        return None
    refused, _, reason = last.galat.partition(REFUSED)
    technical = "Terjadi kesalahan teknis yang tercatat pada antrean pekerjaan."
    return {"dibuat_pada": last.dibuat_pada, "alasan": technical if refused else reason}


def recusals_of(tahap: Tahap, user: Pengguna) -> list[Penugasan]:
    """Assignments ended by a conflict or by the evaluator, the place still empty; newest first."""
    taken = Count(
        "pendaftaran__penugasan",
        filter=Q(pendaftaran__penugasan__tahap=tahap, pendaftaran__penugasan__dicabut_pada=None),
    )
    return list(
        Penugasan.objects.filter(
            ~own_conflict(user, "pendaftaran__instansi"),
            tahap=tahap,
            tahap__edisi__in=edisi_where(user, "penugasan.lihat"),
            sebab_cabut__in=[SebabCabut.BENTURAN, SebabCabut.DITOLAK],
        )
        .annotate(terisi=taken)
        .filter(terisi__lt=readers_wanted(tahap))
        .select_related(
            "evaluator__pengguna", "pendaftaran__instansi", "pendaftaran__unit", "tahap__edisi"
        )
        .order_by("-dicabut_pada", "-pk")[:50]
    )


def places_to_fill(tahap: Tahap, user: Pengguna) -> list[Penugasan]:
    """Of these as many of each entry as it lacks readers, for a substitute each."""
    wanted, given = readers_wanted(tahap), Counter()
    found = []
    for row in recusals_of(tahap, user):
        given[row.pendaftaran_id] += 1
        if given[row.pendaftaran_id] <= wanted - row.terisi:
            found.append(row)
    return found


def candidates_for(tahap: Tahap, pendaftaran: Pendaftaran) -> list[dict]:
    """Every active evaluator for one entry: load, why not, and what to mind; least loaded first."""
    causes: dict[int, set[str]] = defaultdict(set)
    for evaluator, sebab in BenturanEfektif.objects.filter(
        instansi=pendaftaran.instansi_id, evaluator__edisi=tahap.edisi_id
    ).values_list("evaluator_id", "sebab"):
        causes[evaluator].add(sebab)
    readers = readers_of(tahap, [pendaftaran.pk]).get(pendaftaran.pk, [])
    taken = {row["evaluator_id"] for row in readers}
    rows = [row for row in loads_of(tahap) if row["aktif"]]
    homes = {row["asal"] for row in rows if row["pk"] in taken and row["asal"]}
    fields = bidang_of(pendaftaran.instansi.jenis, pendaftaran.jalur.kode)
    for row in rows:
        row["sudah"] = row["pk"] in taken
        row["benturan"] = describe_sebab(causes[row["pk"]]) if row["pk"] in causes else ""
        row["cocok"] = not fields.isdisjoint(row["keahlian"])
        row["peringatan"] = warnings_of(
            beban=row["beban"] + 1,
            kapasitas=row["kapasitas"],
            asal_sama=bool(row["asal"]) and row["asal"] in homes,
        )
    return sorted(
        rows,
        key=lambda r: (
            bool(r["benturan"] or r["sudah"]),
            r["beban"],
            not r["cocok"],
            r["nama"],
            r["pk"],
        ),
    )
