"""The plenary: open, record, decide. Every act locks the plenary's row first, so that nobody
decides on a list that changes under them; freezing is in penghargaan/actions/pembekuan.py.
"""

from collections.abc import Mapping

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.models import Edisi, Pengguna
from penghargaan.models import HadirPleno, Peringkat, Pleno
from penghargaan.queries.peringkat import Perhitungan, compute_peringkat, entries_in_pleno
from penghargaan.queries.pleno import (
    is_conflicted,
    opening_obstacles,
    sidang_of,
    tie_group,
)
from penghargaan.rules.peringkat import Baris, as_decimal
from penghargaan.rules.pleno import can_decide, can_open, check_putusan, check_suara
from registrasi.actions.status import change_status
from registrasi.models import StatusPendaftaran

MAX_ALASAN = 2000  # characters
COMPUTED = [
    "peringkat", "nilai_akhir", "nilai_eksak", "nilai_tahap", "pemecah_seri", "seri_terbuka",
    "usulan_menang", "usulan_aspek", "menang", "aspek",
]  # fmt: skip


@transaction.atomic
def open_pleno(*, edisi: Edisi, tempat: str, oleh: Pengguna) -> Pleno:
    """Open the plenary: the list is computed and every entry in it moves on.

    Raises NotAllowedError without the role, outside the stage, while a scored stage is open, or
    when a shortlist is missing. A second call returns the plenary as it is.
    """
    Edisi.objects.select_for_update(no_key=True).get(pk=edisi.pk)
    known = Pleno.objects.filter(edisi=edisi).first()
    if known:
        return known
    now = clock.db_now()
    can_open(sidang_of(oleh, edisi, now), opening_obstacles(edisi, now)).require()
    pleno = Pleno.objects.create(
        edisi=edisi, dibuka_oleh=oleh, dibuka_pada=now, tempat=tempat.strip()[:150]
    )
    write_peringkat(pleno, compute_peringkat(edisi))
    for row in entries_in_pleno(edisi):
        change_status(pendaftaran=row, ke=StatusPendaftaran.DIUSULKAN_PLENO, oleh=oleh)
    record(
        tindakan="pleno.buka",
        objek=pleno,
        oleh=oleh,
        rincian={"edisi": edisi.kode, "peserta": pleno.peringkat.count()},
    )
    return pleno


@transaction.atomic
def refresh_peringkat(*, pleno: Pleno, oleh: Pengguna) -> Pleno:
    """Compute the proposal anew from the sheets; decisions with a reason are kept."""
    row = take_pleno(pleno, oleh)
    write_peringkat(row, compute_peringkat(row.edisi))
    _bump(row)
    record(tindakan="pleno.susun_ulang", objek=row, oleh=oleh)
    return row


@transaction.atomic
def add_hadir(*, pleno: Pleno, pengguna: Pengguna, sebagai: str, oleh: Pengguna) -> HadirPleno:
    """Note who is present and in what capacity; noting the same person again changes that."""
    row = take_pleno(pleno, oleh)
    if not sebagai.strip():
        raise InvalidInputError(
            "Isi kedudukan yang hadir.", rincian={"sebagai": "Isi kedudukannya dalam pleno."}
        )
    hadir, _ = HadirPleno.objects.update_or_create(
        pleno=row, pengguna=pengguna, defaults={"sebagai": sebagai.strip()[:100]}
    )
    record(
        tindakan="pleno.hadir",
        objek=row,
        oleh=oleh,
        rincian={"pengguna": pengguna.pk, "sebagai": hadir.sebagai},
    )
    return hadir


@transaction.atomic
def remove_hadir(*, pleno: Pleno, hadir: int, oleh: Pengguna) -> None:
    """Take back a note of presence (its primary key) made by mistake."""
    row = take_pleno(pleno, oleh)
    gone = HadirPleno.objects.filter(pleno=row, pk=hadir).first()
    if gone is None:
        return
    pengguna = gone.pengguna_id
    gone.delete()
    record(tindakan="pleno.hadir_hapus", objek=row, oleh=oleh, rincian={"pengguna": pengguna})


@transaction.atomic
def vote_seri(
    *, pleno: Pleno, suara: Mapping[int, int], oleh: Pengguna, versi: int | None = None
) -> Pleno:
    """Record the votes on entries that nothing else separates: primary key of the rank -> votes.

    Votes must be given for all of them; equal votes leave the tie open.
    """
    row = take_pleno(pleno, oleh, versi)
    first = Peringkat.objects.select_related("jalur").filter(pleno=row, pk__in=suara).first()
    group = tie_group(row, first.jalur.kode, first.peringkat) if first else []
    check_suara([member.pk for member in group], suara).require()
    for member in group:
        can_decide(
            sidang_of(oleh, row.edisi, clock.db_now()), berbenturan=is_conflicted(oleh, member)
        ).require()
        Peringkat.objects.filter(pk=member.pk).update(suara_pleno=suara[member.pk])
    write_peringkat(row, compute_peringkat(row.edisi))
    _bump(row)
    record(
        tindakan="pleno.suara",
        objek=row,
        oleh=oleh,
        rincian={member.pendaftaran.kode: suara[member.pk] for member in group},
    )
    return row


@transaction.atomic
def decide_peringkat(
    *,
    pleno: Pleno,
    peringkat: Peringkat,
    menang: bool,
    oleh: Pengguna,
    alasan: str = "",
    aspek: str | None = None,
    didiskualifikasi: bool = False,
    versi: int | None = None,
) -> Peringkat:
    """Decide on one entry. What differs from the proposal needs a reason; what agrees with it
    clears an earlier deviation. `aspek` None keeps the proposed award of a winner.

    A disqualified entry leaves its seat to the next. Raises NotAllowedError (role, stage, frozen,
    conflict, missing reason), StaleVersionError when the list changed since `versi` was read.
    """
    parent = take_pleno(pleno, oleh, versi)
    row = Peringkat.objects.select_related("pendaftaran").get(pk=peringkat.pk, pleno=parent)
    can_decide(
        sidang_of(oleh, parent.edisi, clock.db_now()), berbenturan=is_conflicted(oleh, row)
    ).require()
    wanted = aspek_wanted(parent.edisi, row, menang, aspek)
    deviates = didiskualifikasi or menang != row.usulan_menang or wanted != row.usulan_aspek
    check_putusan(
        menyimpang=deviates, menang=menang, didiskualifikasi=didiskualifikasi, alasan=alasan
    ).require()
    row.menang, row.aspek, row.didiskualifikasi = menang, wanted, didiskualifikasi
    row.alasan = alasan.strip()[:MAX_ALASAN] if deviates else ""
    row.save(update_fields=["menang", "aspek", "didiskualifikasi", "alasan"])
    write_peringkat(parent, compute_peringkat(parent.edisi))
    _bump(parent)
    record(
        tindakan="pleno.putusan",
        objek=row,
        oleh=oleh,
        rincian={
            "pendaftaran": row.pendaftaran.kode,
            "menang": menang,
            "aspek": wanted,
            "didiskualifikasi": didiskualifikasi,
            "alasan": row.alasan,
        },
    )
    row.refresh_from_db()
    return row


@transaction.atomic
def set_alasan_jumlah(
    *, pleno: Pleno, alasan: str, oleh: Pengguna, kuota: Mapping[str, str] | None = None
) -> Pleno:
    """Record why more or fewer win than the edition says; empty takes the reason back.

    `kuota` gives reasons by the key of a quota (queries.kuota); quotas not named keep theirs.
    """
    row = take_pleno(pleno, oleh)
    row.alasan_jumlah = alasan.strip()[:MAX_ALASAN]
    given = {kunci: text.strip()[:MAX_ALASAN] for kunci, text in (kuota or {}).items()}
    row.alasan_kuota = {k: text for k, text in (row.alasan_kuota | given).items() if text}
    row.save(update_fields=["alasan_jumlah", "alasan_kuota"])
    _bump(row)
    record(
        tindakan="pleno.alasan_jumlah",
        objek=row,
        oleh=oleh,
        rincian={"alasan": row.alasan_jumlah, "kuota": row.alasan_kuota},
    )
    return row


def take_pleno(pleno: Pleno, oleh: Pengguna, versi: int | None = None) -> Pleno:
    """The plenary's row for update, when this person may decide on it now."""
    row = Pleno.objects.select_for_update(of=("self",)).select_related("edisi").get(pk=pleno.pk)
    sidang = sidang_of(oleh, row.edisi, clock.db_now(), beku=row.dibekukan_pada is not None)
    can_decide(sidang).require()
    if versi is not None and versi != row.versi:
        raise StaleVersionError(
            "Daftar pleno telah berubah sejak Anda membukanya. Periksa kembali, lalu putuskan.",
            rincian={"versi": row.versi},
        )
    return row


def aspek_wanted(edisi: Edisi, row: Peringkat, menang: bool, aspek: str | None) -> str:  # noqa: FBT001
    """The aspect award an entry gets: only a winner, only one the edition has."""
    if not menang:
        # The proposal's award of an entry that loses its seat goes with the seat.
        return ""
    if aspek is None:
        return row.usulan_aspek
    known = {a["kode"] for a in edisi.aturan.get("aspek_penghargaan") or []}
    if aspek and aspek not in known:
        raise InvalidInputError(
            "Aspek ini tidak ada pada edisi.", rincian={"aspek": "Pilih salah satu aspek."}
        )
    return aspek


def write_peringkat(pleno: Pleno, hitungan: Perhitungan) -> None:
    """Bring the stored list to what was computed; decisions with a reason stay."""
    jalur = {row.kode: row.pk for row in pleno.edisi.jalur.all()}
    stored = {row.pendaftaran_id: row for row in Peringkat.objects.filter(pleno=pleno)}
    fresh, changed = [], []
    for kode, lines in hitungan.baris.items():
        for line in lines:
            row = stored.pop(line.entri.pk, None)
            target = changed if row else fresh
            row = row or Peringkat(pleno=pleno, jalur_id=jalur[kode], pendaftaran_id=line.entri.pk)
            _fill(row, line)
            target.append(row)
    Peringkat.objects.filter(pk__in=[row.pk for row in stored.values()]).delete()
    Peringkat.objects.bulk_update(changed, COMPUTED, batch_size=200)
    Peringkat.objects.bulk_create(fresh, batch_size=200)


def _fill(row: Peringkat, line: Baris) -> None:
    row.peringkat = line.peringkat
    row.nilai_akhir = as_decimal(line.nilai_akhir)
    row.nilai_eksak = str(line.nilai_akhir)
    row.nilai_tahap = {name: str(v) for name, v in line.entri.poin.items() if "." not in name}
    row.pemecah_seri = ",".join(line.pemecah)
    row.seri_terbuka = line.seri_terbuka
    row.usulan_menang, row.usulan_aspek = line.usulan_menang, line.usulan_aspek
    if not row.alasan:
        row.menang, row.aspek = line.usulan_menang, line.usulan_aspek


def _bump(row: Pleno) -> None:
    row.versi += 1
    row.save(update_fields=["versi"])
