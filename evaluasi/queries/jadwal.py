"""When entries take place, and who is expected where: sessions and visits as spans of time."""

from collections.abc import Collection

from evaluasi.models import Evaluator, KunjunganLapangan, Penugasan, SesiWawancara
from evaluasi.rules.panel import Waktu, home_of, meets
from evaluasi.rules.tim import minimal_asal, span_of
from kompetisi.models import Tahap
from kompetisi.rules.verdict import YES, Verdict, no
from kompetisi.templatetags.waktu import tanggal, wib
from registrasi.models import Pendaftaran

BERJADWAL = ("wawancara", "lapangan")


def times_of(tahap: Tahap) -> dict[int, Waktu] | None:
    """Entry -> when it takes place in this stage; None for a stage without appointments."""
    if tahap.jenis == "wawancara":
        rows = SesiWawancara.objects.filter(tahap=tahap)
        return {pk: (a, b) for pk, a, b in rows.values_list("pendaftaran", "mulai", "selesai")}
    if tahap.jenis == "lapangan":
        visits = KunjunganLapangan.objects.filter(tahap=tahap)
        return {pk: span_of(day) for pk, day in visits.values_list("pendaftaran", "tanggal")}
    return None


def homes_wanted(tahap: Tahap) -> int:
    """From how many different bodies a team of this stage must come; 0 where it does not matter."""
    return minimal_asal(tahap.edisi.aturan) if tahap.jenis == "lapangan" else 0


def busy_members(tahap: Tahap, pendaftaran: Pendaftaran, waktu: Waktu) -> list[str]:
    """Names of an entry's members who are expected elsewhere at that time in this stage."""
    members = _members(tahap, pendaftaran)
    if not members:
        return []
    times = times_of(tahap) or {}
    others = Penugasan.objects.filter(
        tahap=tahap, evaluator__in=members, dicabut_pada=None
    ).exclude(pendaftaran=pendaftaran)
    busy = {
        evaluator
        for evaluator, entri in others.values_list("evaluator_id", "pendaftaran_id")
        if entri in times and meets(times[entri], waktu)
    }
    people = Evaluator.objects.filter(pk__in=busy).select_related("pengguna")
    return sorted(str(row.pengguna) for row in people)


def can_attend(tahap: Tahap, pendaftaran: Pendaftaran, evaluator: Evaluator) -> Verdict:
    """Whether an evaluator is free when the entry takes place; yes where nothing is scheduled."""
    times = times_of(tahap)
    if not times or pendaftaran.pk not in times:
        return YES
    rows = Penugasan.objects.filter(tahap=tahap, evaluator=evaluator, dicabut_pada=None)
    for entri in rows.exclude(pendaftaran=pendaftaran).values_list("pendaftaran_id", flat=True):
        if entri in times and meets(times[entri], times[pendaftaran.pk]):
            when = times[entri][0]
            said = wib(when) if tahap.jenis == "wawancara" else tanggal(when)
            return no(f"{evaluator.pengguna} sudah bertugas untuk peserta lain pada {said}.")
    return YES


def teams_too_alike(tahap: Tahap, pendaftaran: Collection[int]) -> list[str]:
    """Codes of the entries whose whole team comes from too few home bodies."""
    wanted = homes_wanted(tahap)
    if not wanted:
        return []
    homes: dict[str, set[str]] = {}
    rows = Penugasan.objects.filter(
        tahap=tahap, pendaftaran__in=pendaftaran, dicabut_pada=None
    ).values_list(
        "pendaftaran__kode", "evaluator_id", "evaluator__instansi_asal", "evaluator__asal_lain"
    )
    for kode, evaluator, asal, lain in rows:
        homes.setdefault(kode, set()).add(home_of(asal, lain) or f"#{evaluator}")
    return sorted(kode for kode, found in homes.items() if len(found) < wanted)


def _members(tahap: Tahap, pendaftaran: Pendaftaran) -> list[int]:
    rows = Penugasan.objects.filter(tahap=tahap, pendaftaran=pendaftaran, dicabut_pada=None)
    return list(rows.values_list("evaluator_id", flat=True))
