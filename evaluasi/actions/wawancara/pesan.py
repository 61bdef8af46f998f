"""What agencies and panels are told about their sessions."""

from collections.abc import Sequence
from datetime import datetime

from evaluasi.models import SesiWawancara
from evaluasi.queries.wawancara import panel_members, panel_rules
from evaluasi.rules.wawancara import confirmation_due, said_for
from kompetisi.actions.antrean import queue_pesan
from kompetisi.models import Pengguna
from kompetisi.rules.tangga import AnakTangga
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
    for person in penerima_of([entry])[entry.pk]:
        queue_pesan(
            kunci=f"jadwal_wawancara:{sesi.pk}:{sesi.versi}:{person.pk}",
            jenis="undangan_wawancara" if baru else "perubahan_wawancara",
            edisi=sesi.tahap.edisi,
            isian={
                "kode": entry.kode,
                "peserta": entry.peserta,
                "waktu": said_for(sesi.mulai, entry.instansi.zona_waktu),
                "sampai": jam(sesi.selesai),
                "tempat": place_of(sesi),
                "paparan": rule.paparan_menit,
                "tanya_jawab": rule.tanya_jawab_menit,
                "tenggat": batas(due),
            },
            kepada=person,
            tautan=tautan_sesi(sesi),
        )
    if not baru:
        _tell_panel(sesi)


def _session_of(sesi: SesiWawancara, person: Pengguna) -> dict[str, str]:
    return {
        "kode": sesi.pendaftaran.kode,
        "peserta": sesi.pendaftaran.peserta,
        "waktu": said_for(sesi.mulai, person.zona_waktu),
    }


def _tell_panel(sesi: SesiWawancara) -> None:
    for _, evaluator in panel_members(sesi.tahap, [sesi.pendaftaran_id]):
        queue_pesan(
            kunci=f"panel_jadwal:{sesi.pk}:{sesi.versi}:{evaluator.pk}",
            jenis="panel_wawancara",
            kepada=evaluator.pengguna,
            edisi=sesi.tahap.edisi,
            isian={**_session_of(sesi, evaluator.pengguna), "tempat": place_of(sesi)},
            tautan="/evaluasi/wawancara/",
        )


def tell_cancelled(sesi: SesiWawancara, alasan: str) -> None:
    """Tell the agency and the panel that a session does not take place."""
    entry = sesi.pendaftaran
    people = list(penerima_of([entry])[entry.pk])
    people += [member.pengguna for _, member in panel_members(sesi.tahap, [entry.pk])]
    for person in people:
        queue_pesan(
            kunci=f"batal_wawancara:{sesi.pk}:{sesi.versi}:{person.pk}",
            jenis="pembatalan_wawancara",
            kepada=person,
            edisi=sesi.tahap.edisi,
            isian={**_session_of(sesi, person), "alasan": alasan},
            tautan="/pesan/",
        )


def remind_agency(
    sesi: SesiWawancara, people: Sequence[Pengguna], due: datetime, rung: AnakTangga
) -> int:
    """Remind an agency of a rung once that its confirmation is missing; returns messages made."""
    schedule = f"{sesi.dijadwalkan_pada:%Y%m%d%H%M%S}"
    for person in people:
        queue_pesan(
            kunci=f"ingat_konfirmasi:{sesi.pk}:{schedule}:{rung.hari}:{person.pk}",
            jenis="ingat_konfirmasi",
            kepada=person,
            edisi=sesi.tahap.edisi,
            isian={**_session_of(sesi, person), "tenggat": batas(due)},
            segera=rung.segera,
            syarat=f"konfirmasi:{sesi.pk}/{schedule}",
            tautan=tautan_sesi(sesi),
        )
    return len(people)
