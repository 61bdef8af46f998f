"""Limits of uploads in pieces, and when one may go on."""

from datetime import datetime, timedelta

from kompetisi.rules.verdict import YES, Verdict, all_of, no
from registrasi.models import KeadaanUnggahan, Unggahan

PIECE_MOST = 1024**2  # bytes of one piece
KEPT = timedelta(days=3)  # after the last piece
MOST_OF_ENTRY = 20  # unfinished, of all people who fill in one entry
MOST_OF_PERSON = 30
BYTES_OF_ENTRY = 400 * 1024**2  # of all unfinished ones together


def can_begin(*, of_entry: int, of_person: int, bytes_of_entry: int, ukuran: int) -> Verdict:
    """Whether another upload may begin beside those unfinished."""
    full = (
        of_entry >= MOST_OF_ENTRY
        or of_person >= MOST_OF_PERSON
        or bytes_of_entry + ukuran > BYTES_OF_ENTRY
    )
    return (
        no(
            "Terlalu banyak unggahan yang belum selesai pada saat yang sama. Selesaikan atau "
            "batalkan salah satunya, lalu coba lagi."
        )
        if full
        else YES
    )


def can_receive(unggahan: Unggahan, at: datetime) -> Verdict:
    """Whether an upload still takes pieces at an instant of the real clock."""
    return all_of(
        YES
        if unggahan.keadaan == KeadaanUnggahan.BERJALAN
        else no("Unggahan ini sudah berakhir. Pilih berkasnya lagi untuk mengunggah ulang."),
        YES
        if at < unggahan.kedaluwarsa_pada
        else no("Unggahan ini terlalu lama terhenti dan sudah dihapus. Pilih berkasnya lagi."),
    )
