"""What the shortlist of a track rests on: scores, missing sheets, spread over agencies."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from evaluasi.models import DaftarPendek, KeputusanDaftarPendek
from evaluasi.queries.benturan import own_conflict
from evaluasi.queries.kemajuan import third_reader_proposals
from evaluasi.queries.nilai import nilai_tahap
from evaluasi.queries.penugasan import edisi_where
from evaluasi.queries.rencana import readers_wanted, tahap_dinilai
from evaluasi.rules.daftar_pendek import Calon, Usulan, propose
from kompetisi.models import Edisi, Jalur, Pengguna, Tahap
from registrasi.models import JenisInstansi, Pendaftaran, StatusPendaftaran

SIAP_DIPUTUS = (StatusPendaftaran.LOLOS_ADMINISTRASI, StatusPendaftaran.DINILAI_DOKUMEN)
PUSAT = "Pusat"


@dataclass(frozen=True)
class Baris:
    """An entry in the proposal, with what the chair looks at."""

    pendaftaran: Pendaftaran
    calon: Calon
    usulan: Usulan

    @property
    def provinsi(self) -> str:
        """The province it comes from; central bodies count as one."""
        return provinsi_of(self.pendaftaran)


def tahap_penyaring(edisi: Edisi) -> Tahap | None:
    """The stage whose scores make the shortlist: the first of several scored ones, else None."""
    stages = tahap_dinilai(edisi)
    return stages[0] if len(stages) > 1 else None


def jalur_visible_to(user: Pengguna, edisi: Edisi) -> QuerySet[Jalur]:
    """The tracks of an edition with `diputus` and `calon`, for those who may see scores."""
    decided = DaftarPendek.objects.filter(jalur=OuterRef("pk"))
    return Jalur.objects.filter(edisi=edisi, edisi__in=edisi_where(user, "nilai.lihat")).annotate(
        diputus=Exists(decided),
        calon=Count("pendaftaran", filter=Q(pendaftaran__status__in=SIAP_DIPUTUS)),
    )


def calon_of(jalur: Jalur) -> QuerySet[Pendaftaran]:
    """The entries of a track that wait for the decision."""
    return Pendaftaran.objects.filter(jalur=jalur, status__in=SIAP_DIPUTUS)


def count_conflicts(jalur: Jalur, user: Pengguna) -> int:
    """How many entries that wait this person may not judge."""
    return calon_of(jalur).filter(own_conflict(user, "instansi")).count()


def proposal_of(jalur: Jalur, tahap: Tahap, user: Pengguna) -> list[Baris]:
    """The proposal of a track as this person may see it, best first; a fixed number of queries."""
    entries = calon_of(jalur).filter(~own_conflict(user, "instansi"))
    found = {row.pk: row for row in entries.select_related("instansi__provinsi", "unit", "jalur")}
    scores = {row.pendaftaran_id: row for row in nilai_tahap(jalur.edisi, tahap, list(found))}
    more = {row.pendaftaran.pk for row in third_reader_proposals(tahap, user)}
    wanted = readers_wanted(tahap)
    calon = {
        pk: Calon(
            pk,
            scores[pk].nilai if pk in scores else None,
            scores[pk].jumlah if pk in scores else 0,
            wanted,
            pk in more,
        )
        for pk in found
    }
    ranked = propose(list(calon.values()), jalur.kuota_daftar_pendek)
    return [Baris(found[row.pk], calon[row.pk], row) for row in ranked]


def daftar_pendek_of(jalur: Jalur) -> DaftarPendek | None:
    """The decision of a track, with who made it."""
    return DaftarPendek.objects.filter(jalur=jalur).select_related("diputus_oleh").first()


def keputusan_visible_to(user: Pengguna, jalur: Jalur) -> QuerySet[KeputusanDaftarPendek]:
    """The decisions about the entries of a track, best first."""
    return (
        KeputusanDaftarPendek.objects.filter(
            ~own_conflict(user, "pendaftaran__instansi"),
            daftar__jalur=jalur,
            daftar__edisi__in=edisi_where(user, "nilai.lihat"),
        )
        .select_related("pendaftaran__instansi__provinsi", "pendaftaran__unit")
        .order_by("peringkat", "pk")
    )


def provinsi_of(pendaftaran: Pendaftaran) -> str:
    """The province an entry comes from, by name."""
    instansi = pendaftaran.instansi
    if instansi.provinsi:
        return instansi.provinsi.nama
    return instansi.nama if instansi.jenis == JenisInstansi.PROVINSI else PUSAT


def spread_of(
    jalur: Jalur, entries: Sequence[Pendaftaran], masuk: Collection[int]
) -> dict[str, list[dict]]:
    """How those taken in spread: by kind of agency, by province, and beside the quotas of kinds.

    Each row has `nama`, `masuk` and `calon`; rows of quotas have `kuota` and `kurang` too.
    """
    inside = [row for row in entries if row.pk in masuk]
    kinds = Counter(row.instansi.jenis for row in entries)
    return {
        "jenis": _rows(
            Counter(JenisInstansi(row.instansi.jenis).label for row in inside),
            Counter({JenisInstansi(kind).label: n for kind, n in kinds.items()}),
        ),
        "provinsi": _rows(
            Counter(provinsi_of(row) for row in inside),
            Counter(provinsi_of(row) for row in entries),
        ),
        "kuota": [_quota(rule, inside, kinds) for rule in _quotas(jalur)],
    }


def garis_of(rows: Sequence[Baris]) -> Decimal | None:
    """The score of the last one proposed; None when nobody is left out."""
    inside = [row.usulan.nilai for row in rows if row.usulan.masuk]
    return min(inside) if inside and len(inside) < len(rows) else None


def _rows(masuk: Counter, calon: Counter) -> list[dict]:
    names = sorted(calon, key=lambda name: (-masuk[name], -calon[name], name))
    return [{"nama": name, "masuk": masuk[name], "calon": calon[name]} for name in names]


def _quotas(jalur: Jalur) -> list[dict]:
    rules = jalur.edisi.aturan.get("kuota_jenis_instansi") or []
    return [rule for rule in rules if rule["jalur"] == jalur.kode and rule.get("daftar_pendek")]


def _quota(rule: dict, inside: Sequence[Pendaftaran], kinds: Counter) -> dict:
    taken = sum(row.instansi.jenis in rule["jenis"] for row in inside)
    quota = int(rule["daftar_pendek"])
    return {
        "nama": rule["nama"],
        "masuk": taken,
        "calon": sum(kinds[kind] for kind in rule["jenis"]),
        "kuota": quota,
        "kurang": max(0, quota - taken),
    }
