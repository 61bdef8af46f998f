"""The administrative check: who holds it, and findings item by item."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import ButirAdministrasi, Pengguna
from kompetisi.queries.edisi import keadaan_of
from kompetisi.queries.peran import peran_of
from kompetisi.rules.verdict import YES, Verdict, no
from registrasi.models import (
    MasaPerbaikan,
    PeganganPeriksa,
    PemeriksaanButir,
    Pendaftaran,
    Pengiriman,
    SeleksiAdministrasi,
)
from registrasi.queries.administrasi import (
    butir_of,
    pegangan_of,
    pengiriman_berlaku,
    usulan_berjalan,
)
from registrasi.queries.temuan import temuan_of
from registrasi.rules.administrasi import can_hold, can_periksa, check_butir


@dataclass(frozen=True)
class HasilPeriksa:
    """A person's finding on one item (HasilButir), and the reason."""

    hasil: str
    alasan: str = ""


@transaction.atomic
def save_pemeriksaan(
    *, pendaftaran: Pendaftaran, hasil: Mapping[str, HasilPeriksa], oleh: Pengguna
) -> SeleksiAdministrasi:
    """Keep findings of the check in work, by code of the item; items not named stay as they are.

    Begins the check when nobody has. Nothing is told to the agency yet, and the entry itself is
    never touched. Raises NotAllowedError outside the stage, for an entry that is not waiting, and
    while another officer holds it; InvalidInputError with a message for each item that cannot
    stand. Then nothing is kept.
    """
    row = lock_entry(pendaftaran)
    require_open(row, oleh, clock.db_now())
    require_hold(row, oleh)
    butir = {item.kode: item for item in butir_of(row)}
    _check_all(row, butir, hasil)
    now = clock.now()
    seleksi = _open_seleksi(row, oleh, now)
    PemeriksaanButir.objects.bulk_create(
        [
            PemeriksaanButir(
                seleksi=seleksi,
                butir=butir[kode],
                hasil=found.hasil,
                alasan=found.alasan.strip(),
                oleh=oleh,
                pada=now,
            )
            for kode, found in hasil.items()
        ],
        update_conflicts=True,
        unique_fields=["seleksi", "butir"],
        update_fields=["hasil", "alasan", "oleh", "pada"],
    )
    record(
        tindakan="administrasi.periksa",
        objek=seleksi,
        oleh=oleh,
        rincian={
            "pendaftaran": row.kode,
            "hasil": {kode: found.hasil for kode, found in hasil.items()},
        },
    )
    return seleksi


@transaction.atomic
def hold_pemeriksaan(*, pendaftaran: Pendaftaran, oleh: Pengguna) -> PeganganPeriksa | None:
    """Note that this officer has the entry open; None when it is not theirs to check now.

    Keeps what another officer holds: their row is returned as it is. No audit record, for looking
    decides nothing. Renews the officer's own.
    """
    row = lock_entry(pendaftaran)
    pengiriman = pengiriman_berlaku(row)
    if pengiriman is None or not _verdict(row, oleh, clock.db_now()).ok:
        return None
    held = pegangan_of(pengiriman)
    if not can_hold(held, oleh.pk, clock.now()).ok:
        return held
    return _hold(pengiriman, oleh)


@transaction.atomic
def take_over_pemeriksaan(*, pendaftaran: Pendaftaran, oleh: Pengguna) -> PeganganPeriksa:
    """Take an entry out of another officer's hands; recorded, for the other cannot save any more.

    Raises NotAllowedError when this person may not check it now.
    """
    row = lock_entry(pendaftaran)
    require_open(row, oleh, clock.db_now())
    pengiriman = pengiriman_berlaku(row)
    (YES if pengiriman else no("Pendaftaran ini belum mempunyai pengiriman.")).require()
    held = pegangan_of(pengiriman)
    if held is None or held.oleh_id == oleh.pk:
        return _hold(pengiriman, oleh)
    dari = held.oleh_id
    held = _hold(pengiriman, oleh)
    record(
        tindakan="administrasi.ambil_alih",
        objek=row,
        oleh=oleh,
        rincian={"pendaftaran": row.kode, "dari": dari},
    )
    return held


def _hold(pengiriman: Pengiriman, oleh: Pengguna) -> PeganganPeriksa:
    now = clock.now()
    held = pegangan_of(pengiriman)
    if held is None:
        return PeganganPeriksa.objects.create(
            pengiriman=pengiriman, oleh=oleh, sejak=now, terakhir_pada=now
        )
    if held.oleh_id != oleh.pk:
        held.oleh, held.sejak = oleh, now
    held.terakhir_pada = now
    held.save(update_fields=["oleh", "sejak", "terakhir_pada"])
    return held


def lock_entry(pendaftaran: Pendaftaran) -> Pendaftaran:
    """The entry with what a check looks at, its row held until the end of the transaction."""
    rows = Pendaftaran.objects.select_for_update(of=("self",))
    return rows.select_related("edisi", "jalur", "instansi", "unit").get(pk=pendaftaran.pk)


def require_open(row: Pendaftaran, oleh: Pengguna, at: datetime) -> None:
    """Raise NotAllowedError unless this person may check the entry at `at` (UTC)."""
    _verdict(row, oleh, at).require()


def require_hold(row: Pendaftaran, oleh: Pengguna) -> None:
    """Raise NotAllowedError while another officer has the entry in hand."""
    pengiriman = pengiriman_berlaku(row)
    can_hold(pengiriman and pegangan_of(pengiriman), oleh.pk, clock.now()).require()


def _verdict(row: Pendaftaran, oleh: Pengguna, at: datetime) -> Verdict:
    return can_periksa(
        peran_of(oleh, row.edisi),
        keadaan_of(row.edisi, "administrasi", at, row.kode),
        row.status,
        menunggu_orang_kedua=usulan_berjalan(row) is not None,
    )


def _check_all(
    row: Pendaftaran, butir: Mapping[str, ButirAdministrasi], hasil: Mapping[str, HasilPeriksa]
) -> None:
    """Refuse findings that cannot stand, naming each."""
    temuan = temuan_of(row, list(butir.values()), pengiriman_berlaku(row))
    terpakai = MasaPerbaikan.objects.filter(pendaftaran=row).exists()
    mistakes = {}
    for kode, found in hasil.items():
        if kode not in butir:
            mistakes[kode] = "Butir ini tidak diminta dari peserta."
            continue
        verdict = check_butir(
            found.hasil, found.alasan, temuan[kode].hasil, perbaikan_terpakai=terpakai
        )
        if not verdict.ok:
            mistakes[kode] = verdict.alasan
    if mistakes:
        raise InvalidInputError("Pemeriksaan belum tersimpan.", rincian=mistakes)


def _open_seleksi(row: Pendaftaran, oleh: Pengguna, now: datetime) -> SeleksiAdministrasi:
    pengiriman = pengiriman_berlaku(row)
    (YES if pengiriman else no("Pendaftaran ini belum mempunyai pengiriman.")).require()
    seleksi, _ = SeleksiAdministrasi.objects.get_or_create(
        pengiriman=pengiriman, defaults={"pemeriksa": oleh, "dimulai_pada": now}
    )
    (no("Pengiriman ini sudah diputuskan.") if seleksi.diputus_pada else YES).require()
    return seleksi
