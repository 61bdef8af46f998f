"""A whole competition played through the same acts as on the pages, repeatably for a seed.

For rehearsals, demonstrations and tests; never in production. Each stage is played at an instant
inside its own window, so every rule about time is asked as in earnest. The result depends on the
seed and the edition alone, save for the random codes of entries, receipts and certificates.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from kompetisi.models import Edisi
from penghargaan.actions.simulasi.dasar import Permainan
from penghargaan.actions.simulasi.masuk import play_administrasi, play_pendaftaran
from penghargaan.actions.simulasi.nilai import (
    play_daftar_pendek,
    play_dokumen,
    play_lapangan,
    play_wawancara,
)
from penghargaan.actions.simulasi.putus import play_pleno, play_terbit

SAMPAI = ("pendaftaran", "administrasi", "dokumen", "wawancara", "lapangan", "pleno", "terbit")
AFTER = timedelta(minutes=2)


def play(
    *,
    edisi: Edisi,
    peserta: int,
    evaluator: int,
    benih: int,
    sampai: str,
    tell: Callable[[str], None],
) -> datetime:
    """Play the stages up to `sampai` (one of SAMPAI) and return where the clock then stands (UTC).

    Stages the edition does not have are passed over. `tell` hears one sentence a stage.
    """
    game = Permainan(edisi, evaluator=evaluator, benih=benih)
    game.people()
    stands = game.tahap["pendaftaran"].selesai + AFTER
    for name in SAMPAI[: SAMPAI.index(sampai) + 1]:
        if name != "terbit" and name not in game.tahap:
            continue
        tell(_play_one(game, name, peserta))
        jenis = "pengumuman" if name == "terbit" else name
        stands = game.tahap[jenis].selesai + (AFTER if name != "terbit" else -AFTER)
    return stands


def _play_one(game: Permainan, name: str, peserta: int) -> str:
    if name == "pendaftaran":
        return f"Pendaftaran: {play_pendaftaran(game, peserta)} dikirim."
    if name == "administrasi":
        return f"Seleksi administrasi: {play_administrasi(game)} lolos."
    if name == "dokumen":
        locked = play_dokumen(game)
        inside = play_daftar_pendek(game)
        return f"Evaluasi dokumen: {locked} lembar terkunci, {inside} masuk daftar pendek."
    if name == "wawancara":
        return f"Wawancara: {play_wawancara(game)} sesi."
    if name == "lapangan":
        return f"Verifikasi lapangan: {play_lapangan(game)} kunjungan."
    if name == "pleno":
        return f"Pleno: {play_pleno(game)} pemenang."
    return f"Penerbitan: {play_terbit(game)} piagam."
