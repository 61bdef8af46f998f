"""The administrative check: findings item by item, then one decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import ButirAdministrasi, Pengguna
from kompetisi.queries.edisi import closing_instant, keadaan_of
from kompetisi.queries.peran import peran_of
from kompetisi.rules.verdict import YES, all_of, no
from kompetisi.templatetags.waktu import batas
from registrasi.actions.status import change_status
from registrasi.models import (
    HasilButir,
    MasaPerbaikan,
    PemeriksaanButir,
    Pendaftaran,
    SeleksiAdministrasi,
    StatusPendaftaran,
)
from registrasi.queries.administrasi import (
    butir_of,
    pengiriman_berlaku,
    tahap_administrasi,
    temuan_of,
)
from registrasi.queries.penerima import penerima_of, tautan_pendaftaran
from registrasi.rules.administrasi import (
    Putusan,
    allowed_putusan,
    can_periksa,
    check_butir,
    tenggat_perbaikan,
)

STATUS = {
    Putusan.LOLOS.value: StatusPendaftaran.LOLOS_ADMINISTRASI,
    Putusan.TIDAK_LOLOS.value: StatusPendaftaran.TIDAK_LOLOS_ADMINISTRASI,
    Putusan.PERBAIKAN.value: StatusPendaftaran.PERLU_PERBAIKAN,
}


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
    never touched. Raises NotAllowedError outside the stage or for an entry that is not waiting,
    InvalidInputError with a message for each item that cannot stand; then nothing is kept.
    """
    row = _lock(pendaftaran)
    _require_open(row, oleh, clock.db_now())
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
def decide_seleksi(
    *, pendaftaran: Pendaftaran, putusan: str, alasan: str = "", oleh: Pengguna
) -> SeleksiAdministrasi:
    """Decide the check: `lolos`, `tidak_lolos` or `perbaikan` (SeleksiAdministrasi.Putusan).

    What can be decided follows from the findings. `perbaikan` opens the one correction round of
    the entry. The status changes and the agency is told every reason. `alasan` is a note added to
    the items' own reasons. Raises NotAllowedError when it cannot be decided so.
    """
    at = clock.db_now()
    row = _lock(pendaftaran)
    _require_open(row, oleh, at)
    seleksi = _current_seleksi(row)
    findings = list(seleksi.butir.select_related("butir").order_by("butir__urutan", "butir_id"))
    terpakai = MasaPerbaikan.objects.filter(pendaftaran=row).exists()
    _require_putusan(row, findings, putusan, terpakai=terpakai)
    tenggat = _open_perbaikan(row, oleh, at) if putusan == Putusan.PERBAIKAN else None
    seleksi.putusan, seleksi.alasan = putusan, alasan.strip()
    seleksi.diputus_oleh, seleksi.diputus_pada = oleh, at
    seleksi.save(update_fields=["putusan", "alasan", "diputus_oleh", "diputus_pada"])
    reasons = _reasons(findings, seleksi.alasan)
    change_status(
        pendaftaran=row,
        ke=STATUS[putusan],
        oleh=oleh,
        alasan=reasons,
        dari=[StatusPendaftaran.DIKIRIM],
    )
    record(
        tindakan="administrasi.putuskan",
        objek=seleksi,
        oleh=oleh,
        rincian={"pendaftaran": row.kode, "putusan": putusan, "tenggat": tenggat},
    )
    _tell(row, seleksi, reasons, tenggat)
    pendaftaran.status = row.status
    return seleksi


def _lock(pendaftaran: Pendaftaran) -> Pendaftaran:
    rows = Pendaftaran.objects.select_for_update(of=("self",))
    return rows.select_related("edisi", "jalur", "instansi", "unit").get(pk=pendaftaran.pk)


def _require_open(row: Pendaftaran, oleh: Pengguna, at: datetime) -> None:
    keadaan = keadaan_of(row.edisi, "administrasi", at, row.kode)
    can_periksa(peran_of(oleh, row.edisi), keadaan, row.status).require()


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


def _current_seleksi(row: Pendaftaran) -> SeleksiAdministrasi:
    seleksi = SeleksiAdministrasi.objects.filter(pengiriman=pengiriman_berlaku(row)).first()
    begun = seleksi is not None
    all_of(
        YES if begun else no("Periksa setiap butir terlebih dahulu."),
        no("Pengiriman ini sudah diputuskan.") if begun and seleksi.diputus_pada else YES,
    ).require()
    return seleksi


def _require_putusan(
    row: Pendaftaran, findings: list[PemeriksaanButir], putusan: str, *, terpakai: bool
) -> None:
    allowed = allowed_putusan(
        {found.butir.kode: found.hasil for found in findings},
        [item.kode for item in butir_of(row)],
        perbaikan_terpakai=terpakai,
    )
    allowed.get(putusan, no("Pilih putusan: lolos, tidak lolos, atau perbaikan.")).require()


def _open_perbaikan(row: Pendaftaran, oleh: Pengguna, at: datetime) -> datetime:
    """Open the correction round; returns its end (exclusive, UTC)."""
    penutupan = closing_instant(tahap_administrasi(row.edisi), row.kode)
    hari = row.edisi.aturan.get("masa_perbaikan_hari") or 0
    tenggat = tenggat_perbaikan(at, hari, penutupan)
    (
        YES
        if tenggat
        else no(
            "Masa perbaikan tidak dapat dibuka karena seleksi administrasi hampir ditutup atau "
            "edisi ini tidak memberi masa perbaikan. Ajukan perpanjangan tahap lebih dahulu."
        )
    ).require()
    MasaPerbaikan.objects.create(
        pendaftaran=row, dibuka_pada=at, dibuka_oleh=oleh, tenggat=tenggat
    )
    return tenggat


def _reasons(findings: list[PemeriksaanButir], note: str) -> str:
    """What did not satisfy, one line an item, and the note; shown to the agency."""
    lines = [
        f"- {found.butir.nama}: {found.alasan}"
        for found in findings
        if found.hasil != HasilButir.MEMENUHI
    ]
    return "\n".join([*lines, note]).strip()


def _tell(
    row: Pendaftaran, seleksi: SeleksiAdministrasi, reasons: str, tenggat: datetime | None
) -> None:
    subjek, isi = _letter(row, seleksi.putusan, reasons, tenggat)
    for orang in penerima_of([row])[row.pk]:
        queue_pesan(
            kunci=f"administrasi_{seleksi.putusan}:{seleksi.pk}:{orang.pk}",
            jenis=f"administrasi_{seleksi.putusan}",
            subjek=subjek,
            isi=isi,
            kepada=orang,
            tautan=tautan_pendaftaran(row.kode),
        )


def _letter(
    row: Pendaftaran, putusan: str, reasons: str, tenggat: datetime | None
) -> tuple[str, str]:
    """Subject and text of the message on a decision: what was decided, why, what to do."""
    name = f"Pendaftaran {row.kode} ({row.peserta})"
    if putusan == Putusan.LOLOS:
        note = f"\n\nCatatan: {reasons}" if reasons else ""
        return (
            f"Pendaftaran {row.kode} lolos seleksi administrasi",
            f"{name} memenuhi seluruh syarat administrasi dan diteruskan ke tahap penilaian."
            f"{note}",
        )
    if putusan == Putusan.PERBAIKAN:
        return (
            f"Pendaftaran {row.kode} perlu diperbaiki",
            f"{name} dikembalikan untuk diperbaiki satu kali.\n\nYang harus diperbaiki:\n{reasons}"
            f"\n\nPerbaiki dan kirim kembali paling lambat {batas(tenggat)}. Bila tidak dikirim "
            "kembali sampai batas itu, pendaftaran dinyatakan tidak lolos seleksi administrasi.",
        )
    return (
        f"Pendaftaran {row.kode} tidak lolos seleksi administrasi",
        f"{name} tidak lolos seleksi administrasi.\n\nAlasan:\n{reasons}\n\n"
        "Terima kasih atas keikutsertaan Anda. Isian dan berkas tetap dapat dibaca.",
    )
