"""The queue of the administrative gate, and what is known of an entry in it."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import (
    BooleanField,
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
)

from kompetisi.models import ButirAdministrasi, Edisi, Perpanjangan, Tahap
from kompetisi.queries.edisi import find_tahap
from registrasi.models import (
    MasaPerbaikan,
    PeganganPeriksa,
    Pendaftaran,
    Pengiriman,
    SeleksiAdministrasi,
    StatusPendaftaran,
    UsulanPenolakan,
)
from registrasi.queries.panitia import last_pengiriman, pendaftaran_visible_to_panitia
from registrasi.rules.administrasi import PEGANGAN, closing_perbaikan


def antrean_administrasi(peran: Collection[str], edisi: Edisi) -> QuerySet[Pendaftaran]:
    """Entries waiting for the check, the longest waiting first.

    `perbaikan` says that it is a corrected submission; `pemeriksa_id` and `pemeriksa_nama` who
    has begun to check it; `dipegang_id`, `dipegang_nama` and `dipegang_pada` (UTC) who has it open
    or had it last. Proposed refusals are not among them: they wait for a second person
    (`usulan_menunggu_kedua`).
    """
    return (
        pendaftaran_visible_to_panitia(peran, edisi)
        .filter(
            ~Exists(
                UsulanPenolakan.objects.filter(
                    seleksi__pengiriman__pendaftaran=OuterRef("pk"), diputus_pada=None
                )
            ),
            status=StatusPendaftaran.DIKIRIM,
        )
        .annotate(
            perbaikan=_of_last("perbaikan", BooleanField()),
            pemeriksa_id=_of_last("seleksi__pemeriksa"),
            pemeriksa_nama=_of_last("seleksi__pemeriksa__nama", CharField()),
            dipegang_id=_of_last("pegangan__oleh"),
            dipegang_nama=_of_last("pegangan__oleh__nama", CharField()),
            dipegang_pada=_of_last("pegangan__terakhir_pada", DateTimeField()),
        )
        .order_by(F("dikirim_pada").asc(nulls_last=True), "pk")
    )


def _of_last(field: str, output=None) -> Subquery:
    return Subquery(last_pengiriman().values(field)[:1], output_field=output)


def next_administrasi(
    peran: Collection[str], edisi: Edisi, oleh_id: int, at: datetime, setelah: str = ""
) -> Pendaftaran | None:
    """The next entry to check: one of one's own or untouched ones, else any that waits.

    What another officer has open at `at` (UTC) comes last.
    """
    rows = list(antrean_administrasi(peran, edisi).exclude(kode=setelah)[:200])
    idle = [row for row in rows if not held_by_other(row, oleh_id, at)]
    free = (row for row in idle if row.pemeriksa_id in (None, oleh_id))
    return next(free, next(iter(idle or rows), None))


def held_by_other(row: Pendaftaran, oleh_id: int, at: datetime) -> bool:
    """Whether another officer has this row of the queue open at `at` (UTC)."""
    return row.dipegang_id not in (None, oleh_id) and at - row.dipegang_pada < PEGANGAN


def perbaikan_berjalan(peran: Collection[str], edisi: Edisi) -> list[dict]:
    """Entries sent back and not returned, the nearest deadline first."""
    rows = list(
        MasaPerbaikan.objects.filter(
            pendaftaran__in=pendaftaran_visible_to_panitia(peran, edisi),
            pendaftaran__status=StatusPendaftaran.PERLU_PERBAIKAN,
        ).select_related("pendaftaran__instansi", "pendaftaran__unit", "pendaftaran__jalur")
    )
    approved = approved_of_stage(edisi, [row.pendaftaran.kode for row in rows])
    found = [
        {
            "pendaftaran": row.pendaftaran,
            "tenggat": closing_perbaikan(row, approved.get(row.pendaftaran.kode, [])),
        }
        for row in rows
    ]
    return sorted(found, key=lambda item: item["tenggat"])


def approved_of_stage(edisi: Edisi, kode: Collection[str]) -> dict[str, list[Perpanjangan]]:
    """Approved extensions of the administrative stage for these entries, by their code."""
    result: dict[str, list[Perpanjangan]] = {}
    rows = Perpanjangan.objects.filter(
        tahap__edisi=edisi,
        tahap__jenis="administrasi",
        disetujui_pada__isnull=False,
        kode_pendaftaran__in=kode,
    )
    for row in rows:
        result.setdefault(row.kode_pendaftaran, []).append(row)
    return result


def masa_perbaikan_of(pendaftaran: Pendaftaran) -> MasaPerbaikan | None:
    """The correction round of an entry, opened or used; None while it has had none.

    Carries `tenggat_berlaku`, its end with the extensions of this entry.
    """
    masa = MasaPerbaikan.objects.filter(pendaftaran=pendaftaran).first()
    if masa:
        approved = approved_of_stage(pendaftaran.edisi, [pendaftaran.kode])
        masa.tenggat_berlaku = closing_perbaikan(masa, approved.get(pendaftaran.kode, []))
    return masa


def usulan_berjalan(pendaftaran: Pendaftaran) -> UsulanPenolakan | None:
    """The refusal of this entry that waits for a second person, or None."""
    return (
        UsulanPenolakan.objects.filter(
            seleksi__pengiriman__pendaftaran=pendaftaran, diputus_pada=None
        )
        .select_related("diusulkan_oleh", "seleksi__pengiriman__pendaftaran__edisi")
        .first()
    )


def usulan_kembali(pendaftaran: Pendaftaran) -> UsulanPenolakan | None:
    """The last proposed refusal that a second person gave back, with the reason; or None."""
    rows = UsulanPenolakan.objects.filter(
        seleksi__pengiriman__pendaftaran=pendaftaran, setuju=False
    )
    return rows.select_related("diputus_oleh", "diusulkan_oleh").last()


def usulan_menunggu_kedua(peran: Collection[str], edisi: Edisi) -> QuerySet[UsulanPenolakan]:
    """Proposed refusals that wait for a second person, the oldest first."""
    return (
        UsulanPenolakan.objects.filter(
            seleksi__pengiriman__pendaftaran__in=pendaftaran_visible_to_panitia(peran, edisi),
            seleksi__pengiriman__pendaftaran__status=StatusPendaftaran.DIKIRIM,
            diputus_pada=None,
        )
        .select_related(
            "diusulkan_oleh",
            "seleksi__pengiriman__pendaftaran__instansi",
            "seleksi__pengiriman__pendaftaran__unit",
            "seleksi__pengiriman__pendaftaran__jalur",
        )
        .order_by("diusulkan_pada", "pk")
    )


def pegangan_of(pengiriman: Pengiriman) -> PeganganPeriksa | None:
    """Who has this submission open for checking, or had it last."""
    return PeganganPeriksa.objects.filter(pengiriman=pengiriman).select_related("oleh").first()


def tahap_administrasi(edisi: Edisi) -> Tahap | None:
    """The administrative stage of the edition, if it has one."""
    return find_tahap(edisi, "administrasi")


def butir_of(pendaftaran: Pendaftaran) -> list[ButirAdministrasi]:
    """The items of the gate asked of this entry, in order."""
    rows = pendaftaran.edisi.butir_administrasi.all()
    return [row for row in rows if row.jalur_id in (None, pendaftaran.jalur_id)]


def pengiriman_berlaku(pendaftaran: Pendaftaran) -> Pengiriman | None:
    """The submission to be checked: the last one that was not withdrawn."""
    rows = Pengiriman.objects.filter(pendaftaran=pendaftaran, penarikan=None)
    return rows.order_by("-pada", "-pk").first()


def seleksi_list(pendaftaran: Pendaftaran) -> list[SeleksiAdministrasi]:
    """The checks of an entry, the newest first, each with its findings at hand."""
    rows = SeleksiAdministrasi.objects.filter(pengiriman__pendaftaran=pendaftaran)
    return list(
        rows.select_related("pengiriman", "pemeriksa", "diputus_oleh")
        .prefetch_related("butir__butir", "butir__oleh")
        .order_by("-pengiriman__pada", "-pk")
    )


def waiting_since(rows: QuerySet[Pendaftaran]) -> datetime | None:
    """Since when the longest waiting entry of the queue has waited (UTC)."""
    first = rows.first()
    return first.dikirim_pada if first else None
