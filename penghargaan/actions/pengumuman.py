"""What follows from a publication: statuses, an announcement, a message to everybody. Once."""

from datetime import datetime

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.models import Edisi, Pengumuman
from kompetisi.templatetags.waktu import tanggal
from penghargaan.models import Keputusan, Penerbitan, Peringkat, Pleno
from penghargaan.queries.hasil import penerbitan_published
from penghargaan.queries.peringkat import entries_in_pleno, shortlisted
from registrasi.actions.status import change_status
from registrasi.models import Pendaftaran, Pengiriman, StatusPendaftaran
from registrasi.queries.penerima import penerima_of


def complete_due(*, at: datetime) -> int:
    """Carry out the consequences of every publication whose instant has come; how many.

    Safe to run late, twice, or from two hosts at once.
    """
    due = penerbitan_published(at).filter(dituntaskan_pada=None)
    return sum(complete_penerbitan(pk=pk) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def complete_penerbitan(*, pk: int) -> bool:
    """All consequences of one publication in one transaction; False when there is nothing to do.

    The page itself has been public since the instant: it does not wait for this.
    """
    row = (
        Penerbitan.objects.select_for_update(of=("self",))
        .filter(pk=pk, dituntaskan_pada=None, disetujui_pada__isnull=False)
        .select_related("keputusan__pleno__edisi")
        .first()
    )
    now = clock.db_now()
    if row is None or row.terbit_pada > now:
        return False
    pleno = row.keputusan.pleno
    ranks = {
        r.pendaftaran_id: r
        for r in Peringkat.objects.filter(pleno=pleno).select_related("pendaftaran")
    }
    _move(pleno, ranks, row.keputusan)
    _announce(row)
    told = _tell(pleno.edisi, ranks, row.keputusan)
    row.dituntaskan_pada = now
    row.save(update_fields=["dituntaskan_pada"])
    record(tindakan="penerbitan.tuntas", objek=row, oleh=None, rincian={"pesan": told})
    return True


def _move(pleno: Pleno, ranks: dict[int, Peringkat], keputusan: Keputusan) -> None:
    for entry in entries_in_pleno(pleno.edisi):
        rank = ranks.get(entry.pk)
        ke, alasan = StatusPendaftaran.TIDAK_DITETAPKAN, ""
        if rank and rank.didiskualifikasi:
            ke, alasan = StatusPendaftaran.DIDISKUALIFIKASI, rank.alasan
        elif rank and rank.menang:
            ke, alasan = StatusPendaftaran.DITETAPKAN, f"Keputusan Nomor {keputusan.nomor}."
        change_status(pendaftaran=entry, ke=ke, oleh=None, alasan=alasan)


def _announce(row: Penerbitan) -> None:
    keputusan, edisi = row.keputusan, row.keputusan.pleno.edisi
    Pengumuman.objects.get_or_create(
        kunci=f"hasil:{edisi.kode}",
        defaults={
            "edisi": edisi,
            "nomor": keputusan.nomor,
            "judul": f"Hasil {edisi.nama}"[:200],
            "isi": (
                f"Pemenang {edisi.nama} telah ditetapkan dengan Keputusan Nomor "
                f"{keputusan.nomor} tanggal {tanggal(keputusan.tanggal)} tentang "
                f"{keputusan.tentang}.\n\nDaftar pemenang dan berkas hasil yang dapat dihitung "
                f"ulang tersedia pada halaman hasil: /hasil/{edisi.tahun}/"
            ),
            "terbit_pada": row.terbit_pada,
        },
    )


def _tell(edisi: Edisi, ranks: dict[int, Peringkat], keputusan: Keputusan) -> int:
    """One message to each person of each entry that was sent in, whatever became of it."""
    sent = Pengiriman.objects.filter(pendaftaran__edisi=edisi, penarikan=None)
    entries = list(
        Pendaftaran.objects.filter(pk__in=sent.values("pendaftaran")).select_related(
            "instansi", "unit", "jalur"
        )
    )
    people = penerima_of(entries)
    named = set(ranks) | set(shortlisted(edisi).values_list("pk", flat=True))
    count = 0
    for entry in entries:
        jenis, isian = letter_of(
            edisi, entry, ranks.get(entry.pk), keputusan, daftar_pendek=entry.pk in named
        )
        for person in people[entry.pk]:
            queue_pesan(
                kunci=f"hasil:{entry.kode}:{person.pk}",
                jenis=jenis,
                edisi=edisi,
                isian=isian,
                kepada=person,
                tautan=f"/hasil/pendaftaran/{entry.kode}/",
            )
            count += 1
    return count


def letter_of(
    edisi: Edisi,
    entry: Pendaftaran,
    rank: Peringkat | None,
    keputusan: Keputusan,
    *,
    daftar_pendek: bool,
) -> tuple[str, dict[str, str]]:
    """Kind of the message an entrant gets and what it says; never anybody's score or rank."""
    isian = {
        "kode": entry.kode,
        "peserta": entry.peserta,
        "keputusan": f"Keputusan Nomor {keputusan.nomor} tanggal {tanggal(keputusan.tanggal)}",
        "halaman": f"/hasil/{edisi.tahun}/",
    }
    if rank and rank.menang:
        return "hasil_pemenang", isian | {"predikat": rank.predikat}
    if rank and rank.didiskualifikasi:
        return "hasil_didiskualifikasi", isian | {"alasan": rank.alasan}
    return ("hasil_daftar_pendek" if daftar_pendek else "hasil_belum"), isian
