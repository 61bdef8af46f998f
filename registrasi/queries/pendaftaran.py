"""Entries and what they hold, as far as a person may see them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from kompetisi.models import Edisi, Jalur, JenisDokumen, Kelompok, Kriteria, Pertanyaan, Rubrik
from kompetisi.models.pengguna import Pengguna
from kompetisi.queries.peran import peran_of
from kompetisi.rules.matriks import PANITIA
from registrasi.models import (
    BuktiDukung,
    Instansi,
    JawabanNarasi,
    Keanggotaan,
    KinerjaSP4N,
    Pendaftaran,
    Pengiriman,
    PenilaianMandiri,
    RiwayatStatus,
    StatusKeanggotaan,
    StatusPendaftaran,
)
from registrasi.models.keanggotaan import PeranInstansi


def pendaftaran_visible_to(user: Pengguna, edisi: Edisi) -> QuerySet[Pendaftaran]:
    """The entries of an edition this person may see: the committee all, agencies their own.

    An agency's admin sees those of the agency and its units, a unit's admin the unit's alone.
    Evaluators see none here; theirs come from evaluasi.
    """
    rows = Pendaftaran.objects.filter(edisi=edisi).select_related(
        "edisi", "jalur", "instansi", "unit"
    )
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    if PANITIA.intersection(peran_of(user, edisi)):
        return rows
    approved = Keanggotaan.objects.filter(pengguna=user, status=StatusKeanggotaan.DISETUJUI)
    agencies = approved.filter(peran=PeranInstansi.ADMIN_INSTANSI).values("instansi")
    units = approved.filter(peran=PeranInstansi.ADMIN_UNIT).values("unit")
    return rows.filter(Q(instansi__in=agencies) | Q(unit__in=units))


def bukti_visible_to(user: Pengguna, edisi: Edisi) -> QuerySet[BuktiDukung]:
    """The files of the entries this person may see, earlier versions among them."""
    return BuktiDukung.objects.filter(
        pendaftaran__in=pendaftaran_visible_to(user, edisi)
    ).select_related("berkas", "pendaftaran")


@dataclass(frozen=True)
class IsianLengkap:
    """All that an entry is asked and has answered, read at once."""

    rubrik: Rubrik | None
    mandiri: dict[int, PenilaianMandiri]
    bukti_kriteria: dict[int, BuktiDukung]
    dokumen_list: list[JenisDokumen]
    bukti_dokumen: dict[int, BuktiDukung]
    pertanyaan_list: list[Pertanyaan]
    jawaban: dict[int, JawabanNarasi]
    kinerja: list[KinerjaSP4N]

    @property
    def kriteria_list(self) -> list[Kriteria]:
        """The criteria of the rubric in order."""
        if self.rubrik is None:
            return []
        return [k for kelompok in self.rubrik.kelompok.all() for k in kelompok.kriteria.all()]


def isian_of(pendaftaran: Pendaftaran) -> IsianLengkap:
    """Read what an entry is asked and has answered: nine queries, however much it is."""
    own = Q(jalur=None) | Q(jalur=pendaftaran.jalur_id)
    bukti = list(pendaftaran.bukti.filter(dilepas_pada=None).select_related("berkas"))
    return IsianLengkap(
        rubrik=rubrik_mandiri(pendaftaran),
        mandiri={row.kriteria_id: row for row in pendaftaran.penilaian_mandiri.all()},
        bukti_kriteria={row.kriteria_id: row for row in bukti if row.kriteria_id},
        dokumen_list=list(pendaftaran.edisi.jenis_dokumen.filter(own)),
        bukti_dokumen={row.jenis_dokumen_id: row for row in bukti if row.jenis_dokumen_id},
        pertanyaan_list=list(pendaftaran.edisi.pertanyaan.filter(own)),
        jawaban={row.pertanyaan_id: row for row in pendaftaran.jawaban.all()},
        kinerja=list(pendaftaran.kinerja.all()),
    )


def rubrik_mandiri(pendaftaran: Pendaftaran) -> Rubrik | None:
    """The document rubric an entry assesses itself on: its track's own, else the common one."""
    kelompok = Kelompok.objects.prefetch_related(Prefetch("kriteria", Kriteria.objects.all()))
    rows = (
        Rubrik.objects.filter(edisi=pendaftaran.edisi_id, tahap__jenis="dokumen")
        .filter(Q(jalur=None) | Q(jalur=pendaftaran.jalur_id))
        .prefetch_related(Prefetch("kelompok", kelompok))
    )
    return max(rows, key=lambda row: row.jalur_id is not None, default=None)


def jalur_for(instansi: Instansi, edisi: Edisi) -> list[Jalur]:
    """The tracks of an edition that are open to this kind of agency."""
    return [
        jalur
        for jalur in edisi.jalur.all()
        if not jalur.jenis_instansi or instansi.jenis in jalur.jenis_instansi
    ]


def pengiriman_terakhir(pendaftaran: Pendaftaran) -> Pengiriman | None:
    """The newest receipt, withdrawn or not."""
    return pendaftaran.pengiriman.select_related("penarikan", "oleh").first()


def riwayat_of(pendaftaran: Pendaftaran) -> list[dict]:
    """The road travelled, newest first, as the timeline component takes it."""
    rows: Collection[RiwayatStatus] = pendaftaran.riwayat.select_related("oleh").order_by(
        "-pada", "-pk"
    )
    return [
        {
            "waktu": row.pada,
            "judul": StatusPendaftaran(row.ke).label,
            "teks": row.alasan,
            "oleh": str(row.oleh) if row.oleh else "Sistem",
            "status": row.ke,
        }
        for row in rows
    ]
