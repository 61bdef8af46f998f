"""The queue of the administrative gate, and what is known of an entry in it."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import BooleanField, CharField, F, QuerySet, Subquery

from kompetisi.models import ButirAdministrasi, Edisi, Perpanjangan, Tahap
from kompetisi.queries.edisi import find_tahap
from registrasi.models import (
    BuktiDukung,
    Keanggotaan,
    MasaPerbaikan,
    Pendaftaran,
    Pengiriman,
    SeleksiAdministrasi,
    StatusKeanggotaan,
    StatusPendaftaran,
)
from registrasi.models.keanggotaan import PeranInstansi
from registrasi.queries.kekurangan import kekurangan_of
from registrasi.queries.panitia import last_pengiriman, pendaftaran_visible_to_panitia
from registrasi.rules.administrasi import closing_perbaikan
from registrasi.rules.temuan import Fakta, Temuan, find_temuan

MAX_NAMED = 6


def antrean_administrasi(peran: Collection[str], edisi: Edisi) -> QuerySet[Pendaftaran]:
    """Entries waiting for the check, the longest waiting first.

    `perbaikan` says that it is a corrected submission; `pemeriksa_id` and `pemeriksa_nama` who
    has begun to check it.
    """
    return (
        pendaftaran_visible_to_panitia(peran, edisi)
        .filter(status=StatusPendaftaran.DIKIRIM)
        .annotate(
            perbaikan=_of_last("perbaikan", BooleanField()),
            pemeriksa_id=_of_last("seleksi__pemeriksa"),
            pemeriksa_nama=_of_last("seleksi__pemeriksa__nama", CharField()),
        )
        .order_by(F("dikirim_pada").asc(nulls_last=True), "pk")
    )


def _of_last(field: str, output=None) -> Subquery:
    return Subquery(last_pengiriman().values(field)[:1], output_field=output)


def next_administrasi(
    peran: Collection[str], edisi: Edisi, oleh_id: int, setelah: str = ""
) -> Pendaftaran | None:
    """The next entry to check: one of one's own or untouched ones, else any that waits."""
    rows = list(antrean_administrasi(peran, edisi).exclude(kode=setelah)[:200])
    free = (row for row in rows if row.pemeriksa_id in (None, oleh_id))
    return next(free, rows[0] if rows else None)


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


def temuan_of(
    pendaftaran: Pendaftaran, butir: list[ButirAdministrasi], pengiriman: Pengiriman | None
) -> dict[str, Temuan]:
    """The machine's finding on each item, by the item's code."""
    fakta = fakta_of(pendaftaran, pengiriman)
    return {row.kode: find_temuan(row.otomatis, fakta) for row in butir}


def fakta_of(pendaftaran: Pendaftaran, pengiriman: Pengiriman | None) -> Fakta:
    """What the checks of registrasi.rules.temuan look at."""
    aturan, jalur = pendaftaran.edisi.aturan, pendaftaran.jalur
    acuan = aturan.get("tanggal_acuan_pemakaian")
    dokumen = BuktiDukung.objects.filter(
        pendaftaran=pendaftaran, dilepas_pada=None, jenis_dokumen__isnull=False
    )
    missing = kekurangan_of([pendaftaran])[pendaftaran.pk]
    more = len(missing) - MAX_NAMED
    if more > 0:
        missing = [*missing[:MAX_NAMED], f"dan {more} lainnya"]
    return Fakta(
        akun_disetujui=Keanggotaan.objects.filter(
            instansi=pendaftaran.instansi_id,
            status=StatusKeanggotaan.DISETUJUI,
            peran=PeranInstansi.ADMIN_INSTANSI,
        ).exists(),
        jenis_instansi=pendaftaran.instansi.jenis,
        jenis_diterima=tuple(jalur.jenis_instansi),
        sasaran_unit=jalur.sasaran == "unit",
        ada_unit=pendaftaran.unit_id is not None,
        mulai_pemakaian=pendaftaran.mulai_pemakaian,
        minimal_bulan=aturan.get("minimal_bulan_pemakaian") or 0,
        tanggal_acuan=date.fromisoformat(acuan) if acuan else None,
        pernyataan_disetujui=bool(pengiriman and pengiriman.pernyataan),
        dokumen=frozenset(dokumen.values_list("jenis_dokumen__kode", flat=True)),
        kurang=tuple(missing),
        berkas_ganda=tuple(_shared_files(pendaftaran)),
    )


def _shared_files(pendaftaran: Pendaftaran) -> list[str]:
    """Files of this entry that another agency's entry of the edition holds too."""
    own = BuktiDukung.objects.filter(pendaftaran=pendaftaran, dilepas_pada=None)
    rows = (
        BuktiDukung.objects.filter(
            pendaftaran__edisi=pendaftaran.edisi_id,
            dilepas_pada=None,
            berkas__sha256__in=own.values("berkas__sha256"),
        )
        .exclude(pendaftaran__instansi=pendaftaran.instansi_id)
        .order_by("pk")
        .values_list("berkas__nama_asli", "pendaftaran__kode")
    )
    return [f"{nama} ({kode})" for nama, kode in rows[:MAX_NAMED]]


def waiting_since(rows: QuerySet[Pendaftaran]) -> datetime | None:
    """Since when the longest waiting entry of the queue has waited (UTC)."""
    first = rows.first()
    return first.dikirim_pada if first else None
