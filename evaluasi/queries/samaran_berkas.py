"""Copies of files for readers from whom names are kept: which are wanted, which lie to be seen."""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Count, Exists, OuterRef, QuerySet

from evaluasi.models import SalinanSamaran
from evaluasi.queries.benturan import own_conflict
from evaluasi.queries.penugasan import edisi_where
from evaluasi.queries.rencana import entries_ready
from evaluasi.rules.samaran import SHORTEST, is_masked
from kompetisi.models import Edisi, Pengguna, Tahap
from kompetisi.queries.berkas import BerkasDipakai
from registrasi.models import BuktiDukung, Pendaftaran
from registrasi.queries.instansi import KIND_WORDS, name_wilayah, normalize_cari

MENUNGGU = SalinanSamaran.Keadaan.MENUNGGU
SAH = SalinanSamaran.Keadaan.SAH


def names_of(pendaftaran: Pendaftaran) -> list[str]:
    """The plain phrases by which a participant is known, its unit's among them; longest first.

    A local government also as domains and accounts write it: "zamrudkota", "pemkotzamrud".
    """
    agency = pendaftaran.instansi
    phrases = [part.strip() for part in agency.nama_cari.split("|")]
    phrases += map(normalize_cari, [agency.nama, agency.singkatan])
    if agency.jenis in KIND_WORDS:
        place = normalize_cari(name_wilayah(agency.nama))
        joined = place.replace(" ", "")
        phrases += [place, joined]
        phrases += [w for kind in KIND_WORDS[agency.jenis] for w in (kind + joined, joined + kind)]
    if pendaftaran.unit:
        phrases.append(normalize_cari(pendaftaran.unit.nama))
    return sorted({p for p in phrases if len(p) >= SHORTEST}, key=lambda p: (-len(p), p))


def bukti_wanting(tahap: Tahap) -> QuerySet[BuktiDukung]:
    """The files of the entries to be judged that have no copy yet."""
    made = SalinanSamaran.objects.filter(
        pendaftaran=OuterRef("pendaftaran"), berkas=OuterRef("berkas")
    )
    return (
        BuktiDukung.objects.filter(
            ~Exists(made), pendaftaran__in=entries_ready(tahap).values("pk"), dilepas_pada=None
        )
        .order_by("pendaftaran_id", "berkas_id")
        .distinct("pendaftaran_id", "berkas_id")
    )


def masked_stages(edisi: Edisi | None) -> list[Tahap]:
    """The stages of an edition in which readers see no names; asks nothing where there are none."""
    if not edisi or not edisi.aturan.get("samarkan_peserta"):
        return []
    return [t for t in edisi.tahap.all() if is_masked(edisi.aturan, t.jenis)]


def samaran_among(user: Pengguna, edisi: Edisi) -> QuerySet[SalinanSamaran]:
    """The copies of an edition for those who look at them, none in conflict with this person."""
    return SalinanSamaran.objects.filter(
        ~own_conflict(user, "pendaftaran__instansi"),
        pendaftaran__edisi=edisi,
        pendaftaran__edisi__in=edisi_where(user, "samaran.periksa"),
    )


def samaran_visible_to_panitia(user: Pengguna, edisi: Edisi) -> QuerySet[SalinanSamaran]:
    """The same with all that their pages show."""
    return samaran_among(user, edisi).select_related(
        "pendaftaran__instansi", "pendaftaran__unit", "pendaftaran__jalur", "pendaftaran__edisi",
        "berkas", "pengganti", "diputus_oleh",
    )  # fmt: skip


def count_by_keadaan(user: Pengguna, edisi: Edisi) -> dict[str, int]:
    """How many copies stand where; one query."""
    rows = samaran_among(user, edisi).order_by().values("keadaan")
    return {row["keadaan"]: row["n"] for row in rows.annotate(n=Count("pk"))}


def tab_keadaan(counts: Mapping[str, int]) -> list[dict]:
    """Every state with its name and count, in the order in which they are worked on."""
    Keadaan = SalinanSamaran.Keadaan  # noqa: N806 - a class
    order = (Keadaan.MENUNGGU, Keadaan.DITOLAK, Keadaan.GAGAL, Keadaan.DIBUAT, Keadaan.SAH)
    return [{"kode": k.value, "nama": k.label, "jumlah": counts.get(k, 0)} for k in order]


def keadaan_of(pendaftaran: int, berkas: Iterable[int]) -> dict[int, str]:
    """File -> where its copy for this entry stands; files without one are left out. One query."""
    rows = SalinanSamaran.objects.filter(pendaftaran=pendaftaran, berkas__in=list(berkas))
    return dict(rows.values_list("berkas", "keadaan"))


def files_of_samaran() -> Iterator[BerkasDipakai]:
    """The copies that are in use, as long as their source is."""
    rows = SalinanSamaran.objects.exclude(kunci="").filter(berkas__dimusnahkan_pada=None)
    for kunci, ukuran, pk in rows.values_list("kunci", "ukuran", "pk").iterator(chunk_size=2000):
        yield BerkasDipakai(kunci, ukuran, f"salinan samaran {pk}")
