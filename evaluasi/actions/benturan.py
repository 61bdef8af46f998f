"""Promises of evaluators: the integrity pact, and conflicts with what follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from evaluasi.actions.dugaan import seek_dugaan
from evaluasi.models import (
    BenturanKepentingan,
    Evaluator,
    PaktaIntegritas,
    Penugasan,
    RiwayatEvaluator,
    SebabCabut,
)
from evaluasi.queries.benturan import in_conflict
from evaluasi.rules.benturan import can_declare_benturan, can_note_riwayat, can_sign_pakta
from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Pengguna, Tahap
from kompetisi.queries.peran import pemegang_peran, peran_of
from kompetisi.rules.matriks import KETUA, check_aksi
from kompetisi.rules.verdict import no
from registrasi.models import Instansi


@dataclass(frozen=True)
class Pernyataan:
    """One agency an evaluator must not judge, and why."""

    instansi: Instansi
    alasan: str


@dataclass(frozen=True)
class Riwayat:
    """A body an evaluator once worked for or advised, in calendar years (the last None: still).

    Of `instansi` (in the directory) and `nama_lain` one is given.
    """

    jenis: str
    tahun_mulai: int
    tahun_selesai: int | None = None
    instansi: Instansi | None = None
    nama_lain: str = ""


@transaction.atomic
def sign_pakta(*, evaluator: Evaluator, oleh: Pengguna) -> PaktaIntegritas:
    """Agree to the integrity pact; the text of the edition is kept as it was agreed to.

    With it the evaluator confirms where they come from, which the audit record keeps.
    """
    _own(evaluator, oleh)
    row = Evaluator.objects.select_for_update().get(pk=evaluator.pk)
    done = PaktaIntegritas.objects.filter(evaluator=evaluator).exists()
    can_sign_pakta(peran_of(oleh, evaluator.edisi), evaluator, sudah=done).require()
    pakta = PaktaIntegritas.objects.create(
        evaluator=evaluator,
        teks=evaluator.edisi.aturan.get("pakta_integritas", ""),
        disetujui_pada=clock.now(),
    )
    record(
        tindakan="pakta.setujui",
        objek=evaluator,
        oleh=oleh,
        rincian={
            "asal": row.instansi_asal.kode if row.instansi_asal else row.asal_lain,
            "provinsi": row.provinsi.kode if row.provinsi else "",
        },
    )
    return pakta


@transaction.atomic
def declare_benturan(
    *,
    evaluator: Evaluator,
    pernyataan: Sequence[Pernyataan],
    oleh: Pengguna,
    riwayat: Sequence[Riwayat] = (),
) -> list[Penugasan]:
    """Declare conflicts, or with an empty list that there are none (further); by the evaluator.

    With it go the bodies they worked for or advised earlier; these are only added to.
    Assignments in conflict end at once and the chair is told; returns those that ended. Agencies
    declared before stay as they are. Raises InvalidInputError without a reason.
    """
    _own(evaluator, oleh)
    row = Evaluator.objects.select_for_update().get(pk=evaluator.pk)
    signed = PaktaIntegritas.objects.filter(evaluator=row).exists()
    can_declare_benturan(peran_of(oleh, evaluator.edisi), row, pakta=signed).require()
    _note(row, pernyataan, oleh)
    _note_riwayat(row, riwayat, oleh)
    if row.benturan_dinyatakan_pada is None:
        row.benturan_dinyatakan_pada = clock.now()
        row.save(update_fields=["benturan_dinyatakan_pada"])
        evaluator.benturan_dinyatakan_pada = row.benturan_dinyatakan_pada
    record(
        tindakan="benturan.nyatakan",
        objek=row,
        oleh=oleh,
        rincian={
            "instansi": [p.instansi.kode for p in pernyataan],
            "riwayat": [_of_riwayat(r) for r in riwayat],
        },
    )
    seek_dugaan(row)
    return recuse(evaluator=row, oleh=oleh)


@transaction.atomic
def record_benturan(
    *, evaluator: Evaluator, instansi: Instansi, alasan: str, oleh: Pengguna
) -> list[Penugasan]:
    """Record a conflict that came to light otherwise; by the chair or the secretariat."""
    check_aksi("benturan.catat", peran_of(oleh, evaluator.edisi)).require()
    _note(evaluator, [Pernyataan(instansi, alasan)], oleh)
    record(
        tindakan="benturan.catat",
        objek=evaluator,
        oleh=oleh,
        rincian={"instansi": instansi.kode, "alasan": alasan.strip()},
    )
    seek_dugaan(evaluator)
    return recuse(evaluator=evaluator, oleh=oleh)


@transaction.atomic
def add_riwayat(*, evaluator: Evaluator, riwayat: Riwayat, oleh: Pengguna) -> list[Penugasan]:
    """Add an earlier agency or consultancy to a profile; by the committee. Returns what ended."""
    check_aksi("evaluator.atur", peran_of(oleh, evaluator.edisi)).require()
    _note_riwayat(evaluator, [riwayat], oleh)
    record(
        tindakan="riwayat_evaluator.tambah",
        objek=evaluator,
        oleh=oleh,
        rincian=_of_riwayat(riwayat),
    )
    seek_dugaan(evaluator)
    return recuse(evaluator=evaluator, oleh=oleh)


@transaction.atomic
def remove_riwayat(*, riwayat: RiwayatEvaluator, alasan: str, oleh: Pengguna) -> None:
    """Take a mistaken row out of a profile; by the committee, with the reason.

    What ended because of it stays ended: the chair assigns anew.
    """
    evaluator = riwayat.evaluator
    check_aksi("evaluator.atur", peran_of(oleh, evaluator.edisi)).require()
    if not alasan.strip():
        no("Tuliskan alasan menghapus riwayat ini.").require()
    record(
        tindakan="riwayat_evaluator.hapus",
        objek=evaluator,
        oleh=oleh,
        rincian=_of_riwayat(riwayat) | {"alasan": alasan.strip()},
    )
    riwayat.delete()
    seek_dugaan(evaluator)


@transaction.atomic
def end_conflicts(tahap: Tahap) -> int:
    """End released assignments of a stage that came into conflict by no act on the evaluator.

    As when a right to represent the agency is approved, or the directory changes. They were hidden
    at once already; with this they are recorded and the chair is told. Returns how many.
    """
    rows = Penugasan.objects.filter(
        in_conflict("evaluator", "pendaftaran__instansi"),
        tahap=tahap,
        dicabut_pada=None,
        dirilis_pada__isnull=False,
    )
    people = Evaluator.objects.filter(pk__in=set(rows.values_list("evaluator_id", flat=True)))
    people = people.select_related("pengguna").order_by("pk")
    return sum(len(recuse(evaluator=person, oleh=None)) for person in people)


def recuse(*, evaluator: Evaluator, oleh: Pengguna | None) -> list[Penugasan]:
    """End what an evaluator may no longer judge; part of the caller's transaction.

    `oleh` None means the system itself.

    Released assignments end with the cause and are told to the chair, sheets that were locked
    stop counting; those of an unreleased plan are taken out of it.
    """
    barred = (
        Penugasan.objects.filter(
            in_conflict("evaluator", "pendaftaran__instansi"),
            evaluator=evaluator,
            dicabut_pada=None,
        )
        .select_related("pendaftaran__instansi", "pendaftaran__unit", "tahap__edisi")
        .order_by("pk")
    )
    now, ended = clock.now(), []
    for row in barred:
        if row.dirilis_pada is None:
            row.delete()
            continue
        row.dicabut_pada, row.dicabut_oleh = now, oleh
        row.sebab_cabut = SebabCabut.BENTURAN
        row.alasan_cabut = "Benturan kepentingan diketahui setelah penugasan dirilis."
        row.save()
        record(
            tindakan="penugasan.cabut",
            objek=row,
            oleh=oleh,
            rincian={"pendaftaran": row.pendaftaran.kode, "sebab": SebabCabut.BENTURAN},
        )
        ended.append(row)
    if ended:
        _tell_chair(evaluator, ended)
    return ended


def _tell_chair(evaluator: Evaluator, ended: list[Penugasan]) -> None:
    kode = ", ".join(row.pendaftaran.kode for row in ended)
    for ketua in pemegang_peran(ended[0].tahap.edisi, KETUA):
        queue_pesan(
            kunci=f"benturan:{ended[0].pk}:{ended[-1].pk}:{ketua.pk}",
            jenis="benturan_baru",
            kepada=ketua,
            edisi=ended[0].tahap.edisi,
            isian={"jumlah": len(ended), "evaluator": evaluator.pengguna, "kode": kode},
            tautan=f"/panitia/penugasan/{ended[0].tahap.kode}/",
        )


def _note(evaluator: Evaluator, pernyataan: Sequence[Pernyataan], oleh: Pengguna) -> None:
    if any(not p.alasan.strip() for p in pernyataan):
        raise InvalidInputError(
            "Tuliskan alasan untuk setiap instansi.", rincian={"alasan": "Alasan wajib diisi."}
        )
    now = clock.now()
    BenturanKepentingan.objects.bulk_create(
        [
            BenturanKepentingan(
                evaluator=evaluator,
                instansi=p.instansi,
                alasan=p.alasan.strip(),
                dicatat_oleh=oleh,
                dicatat_pada=now,
            )
            for p in pernyataan
        ],
        ignore_conflicts=True,
    )


def _note_riwayat(evaluator: Evaluator, riwayat: Sequence[Riwayat], oleh: Pengguna) -> None:
    for row in riwayat:
        can_note_riwayat(row.tahun_mulai, row.tahun_selesai, now=clock.now().year).require()
        RiwayatEvaluator.objects.get_or_create(
            evaluator=evaluator,
            jenis=row.jenis,
            instansi=row.instansi,
            nama_lain="" if row.instansi else row.nama_lain.strip(),
            tahun_mulai=row.tahun_mulai,
            tahun_selesai=row.tahun_selesai,
            defaults={"dicatat_oleh": oleh, "dicatat_pada": clock.now()},
        )


def _of_riwayat(row: Riwayat | RiwayatEvaluator) -> dict:
    return {
        "jenis": row.jenis,
        "instansi": row.instansi.kode if row.instansi else row.nama_lain,
        "tahun": [row.tahun_mulai, row.tahun_selesai],
    }


def _own(evaluator: Evaluator, oleh: Pengguna) -> None:
    if evaluator.pengguna_id != oleh.pk:
        no("Hanya evaluator yang bersangkutan yang dapat menyatakan ini.").require()
