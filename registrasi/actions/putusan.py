"""Deciding the administrative check; a refusal by two people where the edition asks for it."""

from datetime import datetime

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.models import Pengguna
from kompetisi.queries.edisi import closing_instant, keadaan_of
from kompetisi.queries.peran import peran_of
from kompetisi.rules.verdict import YES, all_of, no
from kompetisi.templatetags.waktu import batas
from registrasi.actions.administrasi import lock_entry, require_hold, require_open
from registrasi.actions.status import change_status
from registrasi.models import (
    HasilButir,
    MasaPerbaikan,
    PemeriksaanButir,
    Pendaftaran,
    SeleksiAdministrasi,
    StatusPendaftaran,
    UsulanPenolakan,
)
from registrasi.queries.administrasi import butir_of, pengiriman_berlaku, tahap_administrasi
from registrasi.queries.penerima import penerima_of, tautan_pendaftaran
from registrasi.rules.administrasi import (
    Putusan,
    allowed_putusan,
    can_konfirmasi,
    needs_second,
    tenggat_perbaikan,
)
from registrasi.rules.akun import check_alasan

STATUS = {
    Putusan.LOLOS.value: StatusPendaftaran.LOLOS_ADMINISTRASI,
    Putusan.TIDAK_LOLOS.value: StatusPendaftaran.TIDAK_LOLOS_ADMINISTRASI,
    Putusan.PERBAIKAN.value: StatusPendaftaran.PERLU_PERBAIKAN,
}


@transaction.atomic
def decide_seleksi(
    *, pendaftaran: Pendaftaran, putusan: str, alasan: str = "", oleh: Pengguna
) -> SeleksiAdministrasi:
    """Decide the check: `lolos`, `tidak_lolos` or `perbaikan` (SeleksiAdministrasi.Putusan).

    What can be decided follows from the findings. `perbaikan` opens the one correction round of
    the entry. The status changes and the agency is told every reason. `alasan` is a note added to
    the items' own reasons. Where the edition asks two people for a refusal, `tidak_lolos` is only
    proposed: the check stays undecided (`diputus_pada` empty) until `confirm_penolakan`. Raises
    NotAllowedError when it cannot be decided so.
    """
    at = clock.db_now()
    row = lock_entry(pendaftaran)
    require_open(row, oleh, at)
    require_hold(row, oleh)
    seleksi = _current_seleksi(row)
    findings = findings_of(seleksi)
    terpakai = MasaPerbaikan.objects.filter(pendaftaran=row).exists()
    _require_putusan(row, findings, putusan, terpakai=terpakai)
    if needs_second(putusan, row.edisi.aturan):
        _propose(row, seleksi, alasan, oleh, at)
    else:
        _finish(row, seleksi, putusan, alasan, oleh=oleh, at=at)
        pendaftaran.status = row.status
    return seleksi


@transaction.atomic
def confirm_penolakan(*, usulan: UsulanPenolakan, oleh: Pengguna) -> SeleksiAdministrasi:
    """Agree to a proposed refusal as the second person: now it holds and the agency is told.

    Raises NotAllowedError for the person who proposed it, without the role, outside the stage, and
    when the proposal is settled already.
    """
    row, proposal, at = _lock_usulan(usulan, oleh)
    proposal.setuju, proposal.diputus_oleh, proposal.diputus_pada = True, oleh, at
    proposal.save(update_fields=["setuju", "diputus_oleh", "diputus_pada"])
    seleksi = proposal.seleksi
    _finish(
        row, seleksi, Putusan.TIDAK_LOLOS.value, proposal.catatan, oleh=oleh, at=at,
        pengusul=proposal.diusulkan_oleh_id,
    )  # fmt: skip
    return seleksi


@transaction.atomic
def return_penolakan(*, usulan: UsulanPenolakan, alasan: str, oleh: Pengguna) -> None:
    """Give a proposed refusal back to be checked again, as the second person, with a reason.

    The findings stay as they are and can be changed again; the agency is told nothing, the
    proposer is. Raises NotAllowedError as `confirm_penolakan`, and without a reason.
    """
    row, proposal, at = _lock_usulan(usulan, oleh)
    check_alasan(alasan, "mengembalikan usulan").require()
    proposal.setuju, proposal.alasan_kembali = False, alasan.strip()
    proposal.diputus_oleh, proposal.diputus_pada = oleh, at
    proposal.save(update_fields=["setuju", "alasan_kembali", "diputus_oleh", "diputus_pada"])
    record(
        tindakan="administrasi.kembalikan_usulan",
        objek=proposal,
        oleh=oleh,
        rincian={"pendaftaran": row.kode},
    )
    queue_pesan(
        kunci=f"usulan_penolakan_kembali:{proposal.pk}",
        jenis="usulan_penolakan_kembali",
        edisi=row.edisi,
        isian={
            "kode": row.kode,
            "peserta": row.peserta,
            "pemutus": oleh,
            "alasan": proposal.alasan_kembali,
        },
        kepada=proposal.diusulkan_oleh,
        tautan=f"/panitia/administrasi/{row.kode}/",
    )


def _lock_usulan(
    usulan: UsulanPenolakan, oleh: Pengguna
) -> tuple[Pendaftaran, UsulanPenolakan, datetime]:
    """The entry and the proposal, both held, once this person may settle it."""
    at = clock.db_now()
    row = lock_entry(usulan.seleksi.pengiriman.pendaftaran)
    proposal = (
        UsulanPenolakan.objects.select_for_update(of=("self",))
        .select_related("seleksi", "diusulkan_oleh")
        .get(pk=usulan.pk)
    )
    can_konfirmasi(
        peran_of(oleh, row.edisi),
        keadaan_of(row.edisi, "administrasi", at, row.kode),
        berjalan=proposal.diputus_pada is None,
        pengusul=proposal.diusulkan_oleh_id == oleh.pk,
    ).require()
    return row, proposal, at


def _propose(
    row: Pendaftaran, seleksi: SeleksiAdministrasi, alasan: str, oleh: Pengguna, at: datetime
) -> None:
    """Write down a refusal that waits for a second person; nobody outside is told."""
    proposal = UsulanPenolakan.objects.create(
        seleksi=seleksi, catatan=alasan.strip(), diusulkan_oleh=oleh, diusulkan_pada=at
    )
    record(
        tindakan="administrasi.usulkan_penolakan",
        objek=proposal,
        oleh=oleh,
        rincian={"pendaftaran": row.kode},
    )


def _finish(
    row: Pendaftaran,
    seleksi: SeleksiAdministrasi,
    putusan: str,
    alasan: str,
    *,
    oleh: Pengguna,
    at: datetime,
    pengusul: int | None = None,
) -> None:
    """Let a decision hold: kept, status changed, recorded, told to the agency."""
    findings = findings_of(seleksi)
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
    second = {"diusulkan_oleh": pengusul} if pengusul else {}
    record(
        tindakan="administrasi.putuskan",
        objek=seleksi,
        oleh=oleh,
        rincian={"pendaftaran": row.kode, "putusan": putusan, "tenggat": tenggat, **second},
    )
    _tell(row, seleksi, reasons, tenggat)


def findings_of(seleksi: SeleksiAdministrasi) -> list[PemeriksaanButir]:
    """The findings of a check in the order of the items."""
    return list(seleksi.butir.select_related("butir").order_by("butir__urutan", "butir_id"))


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
    MasaPerbaikan.objects.create(pendaftaran=row, dibuka_pada=at, dibuka_oleh=oleh, tenggat=tenggat)
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
    jenis, isian = _letter(seleksi.putusan, reasons, tenggat)
    for orang in penerima_of([row])[row.pk]:
        queue_pesan(
            kunci=f"{jenis}:{seleksi.pk}:{orang.pk}",
            jenis=jenis,
            edisi=row.edisi,
            isian={"kode": row.kode, "peserta": row.peserta, **isian},
            kepada=orang,
            tautan=tautan_pendaftaran(row.kode),
        )


def _letter(putusan: str, reasons: str, tenggat: datetime | None) -> tuple[str, dict[str, str]]:
    """Kind of the message on a decision, and what it says beyond the entry itself."""
    if putusan == Putusan.LOLOS:
        return "administrasi_lolos", {"catatan": f"Catatan: {reasons}" if reasons else ""}
    if putusan == Putusan.PERBAIKAN:
        return "administrasi_perbaikan", {"alasan": reasons, "tenggat": batas(tenggat)}
    return "administrasi_tidak_lolos", {"alasan": reasons}
