"""What a person may do with an entry now; the same verdicts serve button, action and test."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max, Q

from kompetisi.models import Edisi, Pengguna, Perpanjangan
from kompetisi.queries.edisi import closing_instant, find_tahap
from kompetisi.rules.tahap import keadaan_at
from kompetisi.rules.verdict import Verdict
from registrasi.models import MasaPerbaikan, Pendaftaran, StatusPendaftaran
from registrasi.queries.administrasi import approved_of_stage, masa_perbaikan_of
from registrasi.queries.keanggotaan import peran_di
from registrasi.rules.administrasi import closing_perbaikan
from registrasi.rules.pendaftaran import (
    Situasi,
    can_delete,
    can_edit,
    can_submit,
    can_withdraw,
)


def jendela_of(pendaftaran: Pendaftaran) -> dict[str, tuple[datetime, datetime]]:
    """Opening and closing (exclusive, UTC) of each kind of stage for one entry; one query.

    The closing is the latest of the stage's own and of the extensions in force for all or for
    this entry, as `kompetisi.rules.tahap.closing_of` says.
    """
    in_force = Q(
        perpanjangan__disetujui_pada__isnull=False,
        perpanjangan__kode_pendaftaran__in=["", pendaftaran.kode],
    )
    rows = pendaftaran.edisi.tahap.order_by("pk").annotate(
        diperpanjang=Max("perpanjangan__selesai_baru", filter=in_force)
    )
    return {
        jenis: (mulai, max(selesai, diperpanjang or selesai))
        for jenis, mulai, selesai, diperpanjang in rows.values_list(
            "jenis", "mulai", "selesai", "diperpanjang"
        )
    }


def situasi_of(user: Pengguna, pendaftaran: Pendaftaran, at: datetime) -> Situasi:
    """The person's roles, the entry's status and the windows at an instant (UTC).

    Two queries; the correction round is read only where it matters.
    """
    returned = pendaftaran.status == StatusPendaftaran.PERLU_PERBAIKAN
    masa = masa_perbaikan_of(pendaftaran) if returned else None
    keadaan = {
        jenis: keadaan_at(mulai, selesai, at)
        for jenis, (mulai, selesai) in jendela_of(pendaftaran).items()
    }
    return Situasi(
        peran=peran_di(user, pendaftaran.instansi, pendaftaran.unit, at),
        status=pendaftaran.status,
        pendaftaran=keadaan.get("pendaftaran"),
        administrasi=keadaan.get("administrasi"),
        tenggat_perbaikan=masa.tenggat_berlaku if masa else None,
        at=at,
    )


def izin_of(user: Pengguna, pendaftaran: Pendaftaran, at: datetime) -> dict[str, Verdict]:
    """Verdicts on `isi` (fill in), `kirim` (send) and `tarik` (withdraw)."""
    situasi = situasi_of(user, pendaftaran, at)
    return {
        "isi": can_edit(situasi),
        "kirim": can_submit(situasi),
        "tarik": can_withdraw(situasi),
    }


def boleh_hapus(user: Pengguna, pendaftaran: Pendaftaran, at: datetime) -> Verdict:
    """Whether this person may delete the draft at an instant (UTC). Three queries."""
    sent = pendaftaran.pengiriman.exists()
    return can_delete(situasi_of(user, pendaftaran, at), pernah_dikirim=sent)


def tenggat_of(pendaftaran: Pendaftaran) -> datetime | None:
    """Until when (exclusive, UTC) the entry can be sent: its correction round or registration."""
    if pendaftaran.status == StatusPendaftaran.PERLU_PERBAIKAN:
        masa = masa_perbaikan_of(pendaftaran)
        return masa.tenggat_berlaku if masa else None
    return jendela_of(pendaftaran).get("pendaftaran", (None, None))[1]


def tenggat_list(
    edisi: Edisi, rows: Sequence[Pendaftaran], selesai: datetime | None
) -> dict[int, datetime | None]:
    """`tenggat_of` many drafts and returned entries of one edition, by primary key.

    `selesai` is the closing of registration for all. Three queries for any number of entries.
    """
    codes = [row.kode for row in rows]
    own = _own_closing(edisi, codes)
    approved = approved_of_stage(edisi, codes)
    rounds = {
        masa.pendaftaran_id: closing_perbaikan(masa, approved.get(masa.pendaftaran.kode, []))
        for masa in MasaPerbaikan.objects.filter(pendaftaran__in=rows).select_related("pendaftaran")
    }
    return {
        row.pk: rounds.get(row.pk)
        if row.status == StatusPendaftaran.PERLU_PERBAIKAN
        else max(filter(None, (selesai, own.get(row.kode))), default=None)
        for row in rows
    }


def _own_closing(edisi: Edisi, kode: Sequence[str]) -> dict[str, datetime]:
    """The latest closing of registration that is in force for one entry alone, by its code."""
    found = Perpanjangan.objects.filter(
        tahap__edisi=edisi,
        tahap__jenis="pendaftaran",
        disetujui_pada__isnull=False,
        kode_pendaftaran__in=kode,
    ).order_by()
    return dict(found.values_list("kode_pendaftaran").annotate(Max("selesai_baru")))


def masa_pendaftaran(edisi: Edisi, at: datetime) -> dict | None:
    """Registration of an edition: {keadaan, mulai, selesai}, instants in UTC, `selesai` exclusive.

    None when the edition has no such stage.
    """
    tahap = find_tahap(edisi, "pendaftaran")
    if tahap is None:
        return None
    selesai = closing_instant(tahap)
    return {
        "keadaan": keadaan_at(tahap.mulai, selesai, at),
        "mulai": tahap.mulai,
        "selesai": selesai,
    }
