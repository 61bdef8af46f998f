"""The whole of an entry for reading: answers, files, receipts, timeline."""

from collections.abc import Collection

from kompetisi.models import JenisDokumen, Kriteria, Pengguna, Pertanyaan
from kompetisi.rules.matriks import PANITIA
from registrasi.models import Berkas, BuktiDukung, Pendaftaran, StatusPendaftaran
from registrasi.queries.formulir import diminta_dari
from registrasi.queries.kembar import with_kembar
from registrasi.queries.pendaftaran import bukti_lama, pendaftaran_visible_to
from registrasi.rules.kinerja import compare_periode, describe_kinerja


def dosir_of(pendaftaran: Pendaftaran, pembaca: Pengguna | None = None) -> dict:
    """Everything an entry is asked and holds, grouped as in the form; a constant number of queries.

    What is not asked, given the other answers, is left out, as on the receipt. Files say in which
    other entries that `pembaca` may see the same bytes are (`kembar`); without a reader, in none.
    """
    edisi = pendaftaran.edisi
    rules = edisi.aturan.get("kinerja", {})
    bukti = with_kembar(
        pendaftaran.bukti.filter(dilepas_pada=None),
        pendaftaran_visible_to(pembaca, edisi) if pembaca else Pendaftaran.objects.none(),
    )
    diminta, lama = diminta_dari(pendaftaran), bukti_lama(pendaftaran)
    return {
        "penilaian": _penilaian(pendaftaran, diminta.kriteria, bukti, lama),
        "kinerja": compare_periode(
            [describe_kinerja(row, rules) for row in pendaftaran.kinerja.all()]
        ),
        "jawaban": _jawaban(pendaftaran, diminta.pertanyaan),
        "dokumen": _dokumen(diminta.dokumen, bukti, lama),
        "pengiriman": list(pendaftaran.pengiriman.select_related("oleh", "penarikan")),
        "riwayat": riwayat_of(pendaftaran),
    }


def riwayat_of(pendaftaran: Pendaftaran) -> list[dict]:
    """The steps of an entry's road, newest first, as a timeline shows them."""
    return [
        {
            "waktu": step.pada,
            "judul": StatusPendaftaran(step.ke).label,
            "teks": step.alasan,
            "oleh": str(step.oleh) if step.oleh else "Sistem",
        }
        for step in pendaftaran.riwayat.select_related("oleh").order_by("-pada", "-pk")
    ]


def _penilaian(
    pendaftaran: Pendaftaran,
    asked: list[Kriteria],
    bukti: list[BuktiDukung],
    lama: dict[tuple, list[BuktiDukung]],
) -> list[dict]:
    claimed = {row.kriteria_id: row for row in pendaftaran.penilaian_mandiri.all()}
    files = {row.kriteria_id: row for row in bukti if row.kriteria_id}
    groups: list[dict] = []
    for kriteria in asked:
        kelompok = kriteria.kelompok
        if not groups or groups[-1]["kelompok"] != kelompok:
            groups.append({"kelompok": kelompok, "butir": []})
        groups[-1]["butir"].append(
            {
                "kriteria": kriteria,
                "tingkat": _tingkat(kriteria, claimed.get(kriteria.pk)),
                "catatan": getattr(claimed.get(kriteria.pk), "catatan", ""),
                "lama": lama.get((None, kriteria.pk), []),
                "bukti": files.get(kriteria.pk),
                "berkas": getattr(files.get(kriteria.pk), "berkas", None),
            }
        )
    return groups


def _tingkat(kriteria: Kriteria, claim) -> dict | None:
    if claim is None:
        return None
    return next((t for t in kriteria.tingkat if t["kode"] == claim.tingkat), None)


def _jawaban(pendaftaran: Pendaftaran, asked: list[Pertanyaan]) -> list[dict]:
    given = dict(pendaftaran.jawaban.values_list("pertanyaan_id", "isi"))
    return [{"pertanyaan": row, "isi": given.get(row.pk, "")} for row in asked]


def _dokumen(
    asked: list[JenisDokumen], bukti: list[BuktiDukung], lama: dict[tuple, list[BuktiDukung]]
) -> list[dict]:
    files = {row.jenis_dokumen_id: row for row in bukti if row.jenis_dokumen_id}
    return [
        {
            "jenis": row,
            "lama": lama.get((row.pk, None), []),
            "bukti": files.get(row.pk),
            "berkas": getattr(files.get(row.pk), "berkas", None),
        }
        for row in asked
    ]


def berkas_visible_to_panitia(
    peran: Collection[str], pendaftaran: Pendaftaran, pk: int
) -> Berkas | None:
    """A file that belongs, or once belonged, to this entry; for the committee."""
    if not PANITIA.intersection(peran):
        return None
    return Berkas.objects.filter(pk=pk, bukti__pendaftaran=pendaftaran).distinct().first()
