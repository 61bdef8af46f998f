"""What agencies and panels are told about their sessions."""

from collections.abc import Sequence
from datetime import datetime

from evaluasi.models import SesiWawancara
from evaluasi.queries.wawancara import panel_members, panel_rules
from evaluasi.rules.wawancara import confirmation_due, said_for
from kompetisi.actions.antrean import queue_pesan
from kompetisi.models import Pengguna
from kompetisi.templatetags.waktu import batas, jam
from registrasi.queries.penerima import penerima_of


def tautan_sesi(sesi: SesiWawancara) -> str:
    """Where the agency finds its session."""
    return f"/evaluasi/jadwal/{sesi.pendaftaran.kode}/"


def place_of(sesi: SesiWawancara) -> str:
    """Room and link in one phrase."""
    return ", ".join(part for part in (sesi.ruang, sesi.tautan) if part)


def tell_schedule(sesi: SesiWawancara, *, baru: bool) -> None:
    """Tell the agency when and where, and until when to confirm; tell the panel of a change."""
    rule = panel_rules(sesi.tahap.edisi)
    entry = sesi.pendaftaran
    due = confirmation_due(sesi.mulai, sesi.dijadwalkan_pada, rule.konfirmasi_jam)
    when = said_for(sesi.mulai, entry.instansi.zona_waktu)
    subject = f"{'Undangan' if baru else 'Perubahan jadwal'} wawancara {entry.kode}"
    opening = (
        f"Kami mengundang {entry.peserta} untuk presentasi dan wawancara {sesi.tahap.edisi.nama}."
        if baru
        else f"Jadwal wawancara {entry.peserta} berubah. Konfirmasi sebelumnya tidak berlaku lagi."
    )
    for person in penerima_of([entry])[entry.pk]:
        queue_pesan(
            kunci=f"jadwal_wawancara:{sesi.pk}:{sesi.versi}:{person.pk}",
            jenis="jadwal_wawancara",
            kepada=person,
            subjek=subject,
            isi=(
                f"Dengan hormat,\n\n{opening}\n\nWaktu: {when}, sampai {jam(sesi.selesai)}\n"
                f"Tempat: {place_of(sesi)}\nSusunan: paparan {rule.paparan_menit} menit, tanya "
                f"jawab {rule.tanya_jawab_menit} menit\n\nMohon konfirmasi kehadiran beserta nama "
                f"dan jabatan penyaji paling lambat {batas(due)}. Bahan paparan (PDF) diunggah "
                "pada halaman yang sama."
            ),
            tautan=tautan_sesi(sesi),
        )
    if not baru:
        _tell_panel(sesi)


def _tell_panel(sesi: SesiWawancara) -> None:
    for _, evaluator in panel_members(sesi.tahap, [sesi.pendaftaran_id]):
        when = said_for(sesi.mulai, evaluator.pengguna.zona_waktu)
        queue_pesan(
            kunci=f"panel_jadwal:{sesi.pk}:{sesi.versi}:{evaluator.pk}",
            jenis="jadwal_wawancara",
            kepada=evaluator.pengguna,
            subjek=f"Jadwal wawancara {sesi.pendaftaran.kode} berubah",
            isi=f"Sesi {sesi.pendaftaran.peserta} kini pada {when}, {place_of(sesi)}.",
            tautan="/evaluasi/wawancara/",
        )


def tell_cancelled(sesi: SesiWawancara, alasan: str) -> None:
    """Tell the agency and the panel that a session does not take place."""
    entry = sesi.pendaftaran
    people = list(penerima_of([entry])[entry.pk])
    people += [member.pengguna for _, member in panel_members(sesi.tahap, [entry.pk])]
    for person in people:
        when = said_for(sesi.mulai, person.zona_waktu)
        queue_pesan(
            kunci=f"batal_wawancara:{sesi.pk}:{sesi.versi}:{person.pk}",
            jenis="jadwal_wawancara",
            kepada=person,
            subjek=f"Sesi wawancara {entry.kode} dibatalkan",
            isi=(
                f"Sesi wawancara {entry.peserta} pada {when} dibatalkan.\n\nAlasan: {alasan}\n\n"
                "Jadwal pengganti, bila ada, disampaikan melalui pesan tersendiri."
            ),
            tautan="/pesan/",
        )


def remind_agency(sesi: SesiWawancara, people: Sequence[Pengguna], due: datetime) -> int:
    """Remind an agency once that its confirmation is missing; returns messages made."""
    for person in people:
        queue_pesan(
            kunci=f"ingat_konfirmasi:{sesi.pk}:{sesi.dijadwalkan_pada:%Y%m%d%H%M%S}:{person.pk}",
            jenis="ingat_konfirmasi",
            kepada=person,
            subjek=f"Konfirmasi wawancara {sesi.pendaftaran.kode} belum kami terima",
            isi=(
                f"Sesi wawancara {sesi.pendaftaran.peserta} berlangsung "
                f"{said_for(sesi.mulai, person.zona_waktu)}. Mohon konfirmasi paling lambat "
                f"{batas(due)}."
            ),
            tautan=tautan_sesi(sesi),
        )
    return len(people)

