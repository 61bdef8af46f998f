"""Deciding who is on the shortlist of a track; once, with the reason of each deviation."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db import transaction

from evaluasi.models import DaftarPendek, KeputusanDaftarPendek
from evaluasi.queries.daftar_pendek import (
    SIAP_DIPUTUS,
    Baris,
    count_conflicts,
    proposal_of,
    tahap_penyaring,
)
from evaluasi.queries.rencana import tahap_dinilai
from evaluasi.rules.daftar_pendek import can_decide, fingerprint, problems_of
from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.models import Jalur, Pengguna, Tahap
from kompetisi.queries.edisi import keadaan_of
from kompetisi.queries.peran import peran_of
from kompetisi.rules.verdict import no
from registrasi.actions.status import change_status
from registrasi.models import Pendaftaran, StatusPendaftaran
from registrasi.queries.penerima import penerima_of, tautan_pendaftaran


@transaction.atomic
def decide_daftar_pendek(
    *,
    jalur: Jalur,
    masuk: Collection[int],
    oleh: Pengguna,
    alasan: Mapping[int, str] | None = None,
    catatan: str = "",
    sidik: str | None = None,
) -> DaftarPendek:
    """Decide a track's shortlist as a whole: entries by primary key that are in; all others out.

    Statuses follow, each agency is told. `alasan` gives the reason of each deviation from the
    proposal; `sidik` is the fingerprint of the proposal that was seen (None: not checked). Raises
    NotAllowedError (not the chair, already decided, stage open), InvalidInputError with the fields
    to complete, StaleVersionError when the proposal has changed meanwhile.
    """
    Jalur.objects.select_for_update().get(pk=jalur.pk)
    tahap = tahap_penyaring(jalur.edisi)
    if tahap is None:
        no("Edisi ini tidak memakai daftar pendek.").require()
    rows = proposal_of(jalur, tahap, oleh)
    can_decide(
        peran_of(oleh, jalur.edisi),
        keadaan_of(jalur.edisi, tahap.jenis, clock.db_now()),
        sudah=DaftarPendek.objects.filter(jalur=jalur).exists(),
        jumlah=len(rows),
        berbenturan=count_conflicts(jalur, oleh),
    ).require()
    alasan = {pk: text.strip() for pk, text in (alasan or {}).items()}
    _check(rows, masuk, alasan, catatan, sidik)
    daftar = DaftarPendek.objects.create(
        edisi=jalur.edisi,
        jalur=jalur,
        diputus_oleh=oleh,
        diputus_pada=clock.now(),
        catatan=catatan.strip(),
    )
    decisions = _store(daftar, rows, masuk, alasan)
    following = tahap_dinilai(jalur.edisi)[1]
    people = penerima_of([row.pendaftaran for row in rows])
    for row, decision in zip(rows, decisions, strict=True):
        _carry_out(row.pendaftaran, decision.masuk, oleh)
        _tell(row.pendaftaran, decision.masuk, people[row.pendaftaran.pk], following)
    record(
        tindakan="daftar_pendek.putuskan",
        objek=daftar,
        oleh=oleh,
        rincian={
            "jalur": jalur.kode,
            "masuk": [d.pendaftaran.kode for d in decisions if d.masuk],
            "menyimpang": {
                d.pendaftaran.kode: d.alasan for d in decisions if d.masuk != d.usulan_masuk
            },
        },
    )
    return daftar


def _check(
    rows: list[Baris],
    masuk: Collection[int],
    alasan: Mapping[int, str],
    catatan: str,
    sidik: str | None,
) -> None:
    proposal = [row.usulan for row in rows]
    if sidik is not None and sidik != fingerprint(proposal):
        raise StaleVersionError(
            "Usulan berubah sejak halaman ini dibuka. Periksa kembali sebelum memutuskan."
        )
    if unknown := set(masuk) - {row.pk for row in proposal}:
        raise InvalidInputError(
            "Sebagian pendaftaran yang dipilih tidak lagi menunggu putusan.",
            rincian={f"masuk-{pk}": "Tidak menunggu putusan." for pk in unknown},
        )
    found = problems_of(
        proposal,
        masuk=masuk,
        alasan=alasan,
        catatan=catatan,
        kurang=[row.calon.pk for row in rows if row.calon.kurang],
    )
    if found:
        raise InvalidInputError("Putusan belum lengkap.", rincian=found)


def _store(
    daftar: DaftarPendek, rows: list[Baris], masuk: Collection[int], alasan: Mapping[int, str]
) -> list[KeputusanDaftarPendek]:
    return KeputusanDaftarPendek.objects.bulk_create(
        [
            KeputusanDaftarPendek(
                daftar=daftar,
                pendaftaran=row.pendaftaran,
                peringkat=row.usulan.peringkat,
                nilai=row.usulan.nilai if row.usulan.nilai is not None else Decimal(0),
                usulan_masuk=row.usulan.masuk,
                masuk=row.usulan.pk in masuk,
                alasan=alasan.get(row.usulan.pk, ""),
            )
            for row in rows
        ]
    )


def _carry_out(entry: Pendaftaran, masuk: bool, oleh: Pengguna) -> None:  # noqa: FBT001
    change_status(
        pendaftaran=entry,
        ke=StatusPendaftaran.MASUK_DAFTAR_PENDEK if masuk else StatusPendaftaran.TIDAK_MASUK,
        oleh=oleh,
        dari=SIAP_DIPUTUS,
    )


def _tell(
    entry: Pendaftaran,
    masuk: bool,  # noqa: FBT001
    people: list[Pengguna],
    following: Tahap,
) -> None:
    isian = {"kode": entry.kode, "peserta": entry.peserta}
    if masuk:
        isian |= {"jalur": entry.jalur.nama, "tahap": following.nama}
    for person in people:
        queue_pesan(
            kunci=f"daftar_pendek:{entry.pk}:{person.pk}",
            jenis="daftar_pendek_masuk" if masuk else "daftar_pendek_tidak",
            kepada=person,
            edisi=following.edisi,
            isian=isian,
            tautan=tautan_pendaftaran(entry.kode),
        )
