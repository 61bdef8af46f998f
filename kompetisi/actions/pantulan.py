"""What follows when mail comes back: the message, the address, and the way to be well again."""

from pathlib import Path

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.antrean import queue_gerbang
from kompetisi.actions.jejak import record
from kompetisi.models import AlamatDiragukan, Edisi, Pengguna, Pesan, StatusAntrean
from kompetisi.queries.edisi import edisi_current
from kompetisi.queries.peran import peran_of
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.pantulan import MAX_BYTES, parse_report
from kompetisi.rules.verdict import no

BATCH = 500


@transaction.atomic
def mark_bounced(*, pesan: Pesan, sebab: str) -> bool:
    """Mark a message as returned and its address as doubtful; false when it was so already.

    It goes by telephone instead where its person agreed to that.
    """
    changed = (
        Pesan.objects.filter(pk=pesan.pk)
        .exclude(status__in=[StatusAntrean.TERPANTUL, StatusAntrean.DIBATALKAN])
        .update(
            status=StatusAntrean.TERPANTUL,
            galat=sebab,
            sewa_sampai=None,
            selesai_pada=clock.now(),
        )
    )
    if not changed:
        return False
    AlamatDiragukan.objects.update_or_create(
        alamat=pesan.alamat.lower(),
        defaults={
            "sejak": clock.now(),
            "sebab": sebab,
            "pesan": pesan,
            "pulih_pada": None,
            "pulih_oleh": None,
        },
    )
    queue_gerbang(pesan, edisi_current(clock.now()))
    record(tindakan="pesan.terpantul", objek=pesan, oleh=None, rincian={"sebab": sebab[:40]})
    return True


def receive_report(raw: bytes) -> int:
    """Take in one mail that came to the bounce address; how many messages it marks.

    A report counts only for the address its message went to: a forged one would have to know
    both. The same report twice marks once.
    """
    marked = 0
    for found in parse_report(raw):
        pesan = Pesan.objects.filter(pk=found.pesan, alamat__iexact=found.alamat).first()
        if pesan and mark_bounced(pesan=pesan, sebab=found.sebab):
            marked += 1
    return marked


def read_maildir(folder: str) -> int:
    """Take in the new mails of a Maildir and file each as seen; how many messages were marked.

    A mail whose taking in fails stays new and is tried again.
    """
    if not folder or not Path(folder, "new").is_dir():
        return 0
    marked = 0
    for path in sorted(Path(folder, "new").iterdir())[:BATCH]:
        try:
            with path.open("rb") as stored:
                marked += receive_report(stored.read(MAX_BYTES))
            path.rename(Path(folder, "cur", f"{path.name.partition(':')[0]}:2,S"))
        except FileNotFoundError:  # another host was quicker
            continue
    return marked


@transaction.atomic
def clear_alamat(*, alamat: AlamatDiragukan, oleh: Pengguna, edisi: Edisi | None = None) -> None:
    """Say that an address is well again: its owner, or the committee of the edition.

    Raises NotAllowedError for others.
    """
    own = alamat.alamat == oleh.email.lower()
    if not own:
        refusal = no("Hanya panitia yang dapat memulihkan alamat orang lain.")
        (check_aksi("alamat.pulihkan", peran_of(oleh, edisi)) if edisi else refusal).require()
    changed = AlamatDiragukan.objects.filter(pk=alamat.pk, pulih_pada=None).update(
        pulih_pada=clock.now(), pulih_oleh=oleh
    )
    if changed:
        record(tindakan="alamat.pulih", objek=alamat, oleh=oleh)
