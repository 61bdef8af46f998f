"""The snapshot of an entry that a receipt seals, and the hash of it."""

import hashlib
import json
from datetime import date

from registrasi.models import BuktiDukung, KinerjaSP4N, Pendaftaran
from registrasi.queries.pendaftaran import isian_of


def cuplikan_of(pendaftaran: Pendaftaran) -> dict:
    """All that is asked and its answers, with the SHA-256 of each file; only JSON's own types."""
    isian = isian_of(pendaftaran)
    kode = {k.pk: k.kode for k in isian.diminta.kriteria}
    return {
        "pendaftaran": pendaftaran.kode,
        "edisi": pendaftaran.edisi.kode,
        "jalur": pendaftaran.jalur.kode,
        "instansi": pendaftaran.instansi.nama,
        "unit": pendaftaran.unit.nama if pendaftaran.unit else "",
        "judul": pendaftaran.judul,
        "mulai_pemakaian": _plain(pendaftaran.mulai_pemakaian),
        "terhubung_lapor": pendaftaran.terhubung_lapor,
        "narahubung": [pendaftaran.narahubung_nama, pendaftaran.narahubung_telepon],
        "penilaian_mandiri": {
            kode[pk]: {"tingkat": row.tingkat, "catatan": row.catatan}
            for pk, row in sorted(isian.mandiri.items())
            if pk in kode
        },
        "narasi": {
            p.kode: isian.jawaban[p.pk].isi
            for p in isian.diminta.pertanyaan
            if p.pk in isian.jawaban
        },
        "kinerja": [_figures(row) for row in isian.kinerja],
        "berkas": [
            {
                "tempat": tempat,
                "nama": bukti.berkas.nama_asli,
                "ukuran": bukti.berkas.ukuran,
                "sha256": bukti.berkas.sha256,
                **_dates(bukti),
            }
            for tempat, bukti in [
                *(
                    (d.nama, isian.bukti_dokumen[d.pk])
                    for d in isian.diminta.dokumen
                    if d.pk in isian.bukti_dokumen
                ),
                *(
                    (f"Bukti {kode[pk]}", bukti)
                    for pk, bukti in sorted(isian.bukti_kriteria.items())
                    if pk in kode
                ),
            ]
        ],
    }


def hash_cuplikan(isi: dict) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(isi, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _figures(row: KinerjaSP4N) -> dict:
    periode = [_plain(row.periode_mulai), _plain(row.periode_selesai)]
    return {"periode": periode, **row.angka}


def _dates(bukti: BuktiDukung) -> dict:
    """The date of a letter and its last day, where they were given."""
    named = ("tanggal_surat", "berlaku_sampai")
    return {name: _plain(getattr(bukti, name)) for name in named if getattr(bukti, name)}


def _plain(value: object) -> object:
    return str(value) if isinstance(value, date) else value
