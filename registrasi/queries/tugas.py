"""What an agency has to do now."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse

from kompetisi.models import Edisi, Pengguna
from kompetisi.queries.edisi import closing_instant, find_tahap, keadaan_of
from registrasi.models import StatusPendaftaran
from registrasi.queries.keanggotaan import keanggotaan_of
from registrasi.queries.pendaftaran import pendaftaran_visible_to


def tugas(
    user: Pengguna, edisi: Edisi | None, peran: Collection[str], at: datetime
) -> list[dict]:
    """Ask for an agency, begin an entry, finish and send drafts, correct what came back."""
    if edisi is None or peran:
        return []
    statuses = {row.status for row in keanggotaan_of(user)}
    if "disetujui" not in statuses:
        waiting = "diajukan" in statuses
        return [
            {
                "judul": "Permohonan menunggu sekretariat" if waiting else "Wakili instansi Anda",
                "uraian": "Anda menerima pesan begitu diputuskan."
                if waiting
                else "Pilih instansi dan unggah surat tugas.",
                "url": reverse("registrasi:daftar"),
                "urgensi": 3 if waiting else 1,
            }
        ]
    tahap = find_tahap(edisi, "pendaftaran")
    is_open = keadaan_of(edisi, "pendaftaran", at) == "berjalan"
    rows = list(pendaftaran_visible_to(user, edisi))
    closing = closing_instant(tahap) if tahap and is_open else None
    if not rows and is_open:
        return [
            {
                "judul": "Buat pendaftaran",
                "uraian": "Instansi Anda belum mempunyai pendaftaran pada edisi ini.",
                "url": reverse("registrasi:baru"),
                "tenggat": closing,
                "urgensi": 1,
            }
        ]
    return [item for row in rows if (item := _of_entry(row, closing))]


def _of_entry(row, closing: datetime | None) -> dict | None:
    url = reverse("registrasi:rinci", args=[row.kode])
    if row.status == StatusPendaftaran.DRAF and closing:
        return {
            "judul": f"Lengkapi dan kirim {row.kode}",
            "uraian": f"{row.peserta}: masih draf, belum dikirim.",
            "url": url,
            "tenggat": closing,
            "urgensi": 1,
        }
    if row.status == StatusPendaftaran.PERLU_PERBAIKAN:
        return {
            "judul": f"Perbaiki {row.kode}",
            "uraian": "Sekretariat mengembalikan pendaftaran ini dengan alasan.",
            "url": url,
            "urgensi": 1,
        }
    return None
