"""Entries and what they hold, as far as a person may see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from kompetisi.models import (
    Edisi,
    Jalur,
    JejakAudit,
    JenisDokumen,
    Kelompok,
    Kriteria,
    Peran,
    Pertanyaan,
    Rubrik,
)
from kompetisi.models.pengguna import Pengguna
from kompetisi.rules.matriks import PANITIA
from kompetisi.rules.tampil import Diminta
from registrasi.models import (
    BuktiDukung,
    Instansi,
    JawabanNarasi,
    KinerjaSP4N,
    KunciUlang,
    Pendaftaran,
    Pengiriman,
    PenilaianMandiri,
)
from registrasi.queries.keanggotaan import milik
from registrasi.rules.diminta import diminta_of


def pendaftaran_of(user: Pengguna) -> QuerySet[Pendaftaran]:
    """The entries of all editions this person may see; one query.

    The committee of an edition sees all of it, an agency's admin those of the agency and its
    units, a unit's admin the unit's alone. Evaluators see none here; theirs come from evaluasi.
    """
    rows = Pendaftaran.objects.select_related("edisi", "jalur", "instansi", "unit")
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    committee = Peran.objects.filter(pengguna=user, jenis__in=PANITIA, dicabut_pada=None)
    return rows.filter(milik(user) | Q(edisi__in=committee.values("edisi")))


def pendaftaran_visible_to(user: Pengguna, edisi: Edisi) -> QuerySet[Pendaftaran]:
    """The entries of one edition this person may see."""
    return pendaftaran_of(user).filter(edisi=edisi)


def pendaftaran_list(user: Pengguna, edisi: Edisi) -> QuerySet[Pendaftaran]:
    """The person's own entries of an edition for a list, each with its last receipt.

    `nomor` and `dikirim_pada` are those of the newest submission, empty for none, `ditarik_pada`
    the instant it was taken back, empty while it is in force (UTC). The committee's own view of
    all entries is elsewhere.
    """
    last = Pengiriman.objects.filter(pendaftaran=OuterRef("pk")).order_by("-pada", "-pk")
    return (
        pendaftaran_visible_to(user, edisi)
        .filter(instansi__keanggotaan__pengguna=user)
        .annotate(nomor=Subquery(last.values("nomor")[:1]),
                  dikirim_pada=Subquery(last.values("pada")[:1]),
                  ditarik_pada=Subquery(last.values("penarikan__pada")[:1]))
        .order_by("instansi__nama", "jalur__urutan", "unit__nama", "pk")
        .distinct()
    )  # fmt: skip


def bukti_of(user: Pengguna) -> QuerySet[BuktiDukung]:
    """The files of the entries this person may see, earlier versions among them."""
    return BuktiDukung.objects.filter(pendaftaran__in=pendaftaran_of(user)).select_related(
        "berkas", "jenis_dokumen", "kriteria__kelompok", "pendaftaran__edisi"
    )


@dataclass(frozen=True)
class IsianLengkap:
    """All that the form of an entry's track holds and what is answered, read at once.

    `diminta` is what of it is asked, given the answers (registrasi.rules.diminta).
    """

    rubrik: Rubrik | None
    mandiri: dict[int, PenilaianMandiri]
    bukti_kriteria: dict[int, BuktiDukung]
    dokumen_list: list[JenisDokumen]
    bukti_dokumen: dict[int, BuktiDukung]
    pertanyaan_list: list[Pertanyaan]
    jawaban: dict[int, JawabanNarasi]
    kinerja: list[KinerjaSP4N]
    diminta: Diminta

    @property
    def kriteria_list(self) -> list[Kriteria]:
        """The criteria of the rubric in order."""
        return kriteria_in(self.rubrik)


def isian_of(pendaftaran: Pendaftaran) -> IsianLengkap:
    """Read what an entry is asked and has answered: nine queries, however much it is."""
    bukti = list(pendaftaran.bukti.filter(dilepas_pada=None).select_related("berkas"))
    rubrik = rubrik_mandiri(pendaftaran)
    mandiri = {row.kriteria_id: row for row in pendaftaran.penilaian_mandiri.all()}
    jawaban = {row.pertanyaan_id: row for row in pendaftaran.jawaban.all()}
    dokumen, pertanyaan = dokumen_list(pendaftaran), pertanyaan_of(pendaftaran)
    return IsianLengkap(
        rubrik=rubrik,
        mandiri=mandiri,
        bukti_kriteria={row.kriteria_id: row for row in bukti if row.kriteria_id},
        dokumen_list=dokumen,
        bukti_dokumen={row.jenis_dokumen_id: row for row in bukti if row.jenis_dokumen_id},
        pertanyaan_list=pertanyaan,
        jawaban=jawaban,
        kinerja=list(pendaftaran.kinerja.all()),
        diminta=diminta_of(
            pendaftaran,
            kriteria=kriteria_in(rubrik),
            pertanyaan=pertanyaan,
            dokumen=dokumen,
            tingkat={pk: row.tingkat for pk, row in mandiri.items()},
            jawaban={pk: row.isi for pk, row in jawaban.items()},
        ),
    )


def kriteria_in(rubrik: Rubrik | None) -> list[Kriteria]:
    """The criteria of a rubric in order."""
    if rubrik is None:
        return []
    return [k for kelompok in rubrik.kelompok.all() for k in kelompok.kriteria.all()]


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
    """The tracks of an edition that are open to this agency: by kind, and by earlier awards."""
    return [
        jalur
        for jalur in edisi.jalur.all()
        if (not jalur.jenis_instansi or instansi.jenis in jalur.jenis_instansi)
        and (not jalur.pemenang_terdahulu or instansi.kode in jalur.pemenang_terdahulu)
    ]


def pengiriman_terakhir(pendaftaran: Pendaftaran) -> Pengiriman | None:
    """The newest receipt, withdrawn or not."""
    return pendaftaran.pengiriman.select_related("penarikan", "oleh").first()


def pengiriman_by_kunci(pendaftaran: Pendaftaran, kunci: str) -> Pengiriman | None:
    """The receipt this entry was ever acknowledged with for an idempotency key, withdrawn or not.

    Its own key or one that was led to it later (KunciUlang).
    """
    again = KunciUlang.objects.filter(pengiriman=OuterRef("pk"), kunci=kunci)
    rows = Pengiriman.objects.filter(Q(kunci=kunci) | Exists(again), pendaftaran=pendaftaran)
    return rows.first()


def kriteria_of_kelompok(pendaftaran: Pendaftaran, kode: str) -> list[Kriteria]:
    """The criteria of one group an entry assesses itself on, in order; one query.

    The track's own rubric counts before the common one. Empty when there is no such group.
    """
    rows = Kriteria.objects.filter(
        Q(kelompok__rubrik__jalur=None) | Q(kelompok__rubrik__jalur=pendaftaran.jalur_id),
        kelompok__kode=kode,
        kelompok__rubrik__edisi=pendaftaran.edisi_id,
        kelompok__rubrik__tahap__jenis="dokumen",
    ).select_related("kelompok__rubrik")
    own = [row for row in rows if row.kelompok.rubrik.jalur_id]
    return own or list(rows)


def kelompok_list(pendaftaran: Pendaftaran) -> list[Kelompok]:
    """The groups of criteria an entry assesses itself on, in order."""
    rubrik = rubrik_mandiri(pendaftaran)
    return list(rubrik.kelompok.all()) if rubrik else []


def kriteria_of(pendaftaran: Pendaftaran, pk: int) -> Kriteria | None:
    """A criterion an entry assesses itself on, or None."""
    return (
        Kriteria.objects.filter(
            Q(kelompok__rubrik__jalur=None) | Q(kelompok__rubrik__jalur=pendaftaran.jalur_id),
            pk=pk,
            kelompok__rubrik__edisi=pendaftaran.edisi_id,
            kelompok__rubrik__tahap__jenis="dokumen",
        )
        .select_related("kelompok")
        .first()
    )


def dokumen_list(pendaftaran: Pendaftaran) -> list[JenisDokumen]:
    """The kinds of documents of this entry's track, in order, asked or not."""
    own = Q(jalur=None) | Q(jalur=pendaftaran.jalur_id)
    return list(pendaftaran.edisi.jenis_dokumen.filter(own))


def pertanyaan_of(pendaftaran: Pendaftaran) -> list[Pertanyaan]:
    """The questions of this entry's track, in order, asked or not."""
    own = Q(jalur=None) | Q(jalur=pendaftaran.jalur_id)
    return list(pendaftaran.edisi.pertanyaan.filter(own))


def bukti_lama(pendaftaran: Pendaftaran) -> dict[tuple, list[BuktiDukung]]:
    """Earlier versions of files by (document kind, criterion), newest first; one query."""
    rows = pendaftaran.bukti.filter(dilepas_pada__isnull=False)
    return lama_in(rows.select_related("berkas"))


def lama_in(rows: Iterable[BuktiDukung]) -> dict[tuple, list[BuktiDukung]]:
    """The earlier versions among these, as `bukti_lama` gives them."""
    found: dict[tuple, list[BuktiDukung]] = {}
    earlier = [row for row in rows if row.dilepas_pada is not None]
    for row in sorted(earlier, key=lambda row: (row.dilampirkan_pada, row.pk), reverse=True):
        found.setdefault((row.jenis_dokumen_id, row.kriteria_id), []).append(row)
    return found


def find_kinerja(pendaftaran: Pendaftaran, periode: dict) -> KinerjaSP4N | None:
    """The figures kept for one of the edition's periods."""
    return pendaftaran.kinerja.filter(
        periode_mulai=periode["mulai"], periode_selesai=periode["sampai"]
    ).first()


def pengiriman_list(pendaftaran: Pendaftaran) -> list[Pengiriman]:
    """All receipts of an entry, newest first, with the withdrawal of those withdrawn."""
    return list(pendaftaran.pengiriman.select_related("penarikan", "oleh"))


def isi_draf(pendaftaran: Pendaftaran) -> dict[str, int]:
    """How much a draft holds: `isian` answers and periods of figures, `berkas` with earlier ones.

    Two queries.
    """
    counted = Pendaftaran.objects.filter(pk=pendaftaran.pk).aggregate(
        jawaban=Count("jawaban", distinct=True),
        mandiri=Count("penilaian_mandiri", distinct=True),
        kinerja=Count("kinerja", distinct=True),
    )
    return {"isian": sum(counted.values()), "berkas": pendaftaran.bukti.count()}


def was_deleted(user: Pengguna, kode: str) -> bool:
    """Whether this person deleted a draft with this code."""
    rows = JejakAudit.objects.filter(tindakan="pendaftaran.hapus", oleh=user)
    return rows.filter(rincian__kode=kode).exists()


def has_pendaftaran(edisi: Edisi) -> bool:
    """Whether an edition has any entry."""
    return Pendaftaran.objects.filter(edisi=edisi).exists()
