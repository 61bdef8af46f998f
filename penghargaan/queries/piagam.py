"""Certificates: who may see them, how far their rendering is, and what a code or a file proves."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kompetisi.models import Edisi, Lambang, Pekerjaan, Pengguna, StatusAntrean
from kompetisi.queries.berkas import BerkasDipakai
from kompetisi.rules.matriks import PANITIA
from penghargaan.models import Peringkat, Piagam, Pleno
from penghargaan.queries.hasil import is_published
from penghargaan.queries.peringkat import shortlisted
from penghargaan.rules.predikat import predikat_of
from registrasi.models import Pendaftaran, Pengiriman
from registrasi.queries.pendaftaran import pendaftaran_visible_to

JOB = "piagam:{}"  # the key of the work that renders a certificate


def piagam_of_edisi(peran: Collection[str], edisi: Edisi) -> QuerySet[Piagam]:
    """All certificates of an edition, for the committee: winners first, then by number."""
    rows = Piagam.objects.filter(pendaftaran__edisi=edisi)
    if not PANITIA.intersection(peran):
        return rows.none()
    return rows.select_related(
        "pendaftaran__instansi", "pendaftaran__jalur", "pengganti", "dicabut_oleh"
    ).order_by("-jenis", "pk")


def piagam_visible_to(user: Pengguna, edisi: Edisi) -> QuerySet[Piagam]:
    """The certificates in force that this person may fetch: the committee's, or the own entry's."""
    return Piagam.objects.filter(
        pendaftaran__in=pendaftaran_visible_to(user, edisi).values("pk"),
        dicabut_pada=None,
    ).exclude(sha256="")


def peringkat_without_piagam(edisi: Edisi) -> list[Peringkat]:
    """Ranks that are due a certificate: winners by track and rank, then the shortlist by name.

    Every shortlisted entry is in it, one that lacked a score with an unsaved rank of its own. One
    that was ever issued a certificate is due no other, revoked or not: what follows a revocation is
    decided by an admin with a reason (reissue_piagam), never by the bulk issue. The order of
    numbers must not give away the ranks of those who did not win.
    """
    ever = Piagam.objects.filter(pendaftaran=OuterRef("pendaftaran"))
    rows = (
        Peringkat.objects.filter(~Exists(ever), pleno__edisi=edisi, didiskualifikasi=False)
        .select_related("jalur", "pleno__edisi", "pendaftaran__instansi", "pendaftaran__unit")
        .order_by("jalur__urutan", "peringkat", "pendaftaran__instansi__nama")
    )
    winners = [row for row in rows if row.menang]
    others = [row for row in rows if not row.menang] + _without_rank(edisi)
    return winners + sorted(others, key=lambda row: (row.pendaftaran.peserta, row.pendaftaran_id))


def _without_rank(edisi: Edisi) -> list[Peringkat]:
    """The shortlisted entries on no list of the plenary that never had a certificate."""
    pleno = Pleno.objects.filter(edisi=edisi).select_related("edisi").first()
    if pleno is None:
        return []
    ever = Piagam.objects.filter(pendaftaran=OuterRef("pk"))
    listed = Peringkat.objects.filter(pendaftaran=OuterRef("pk"))
    rows = shortlisted(edisi).filter(~Exists(ever), ~Exists(listed))
    winners = Peringkat.objects.filter(pleno=pleno, menang=True).count()
    found = []
    for entry in rows:
        values = {
            "tahun": edisi.tahun, "jumlah_pemenang": winners, "jalur": entry.jalur.nama,
            "edisi": edisi.nama, "peringkat": "",
        }  # fmt: skip
        predikat = predikat_of(edisi.aturan["predikat"], values, menang=False)
        found.append(unranked(pleno, entry, predikat))
    return found


def unranked(pleno: Pleno, entry: Pendaftaran, predikat: str) -> Peringkat:
    """An unsaved rank that stands for an entry the plenary's list does not have."""
    return Peringkat(
        pleno=pleno, jalur=entry.jalur, pendaftaran=entry, menang=False, predikat=predikat
    )


def rank_of(piagam: Piagam) -> Peringkat:
    """The rank a certificate stands on, unsaved for an entry without one."""
    if piagam.peringkat is not None:
        return piagam.peringkat
    return unranked(piagam.pendaftaran.edisi.pleno, piagam.pendaftaran, piagam.predikat)


def lambang_current() -> Lambang | None:
    """The emblem in use: the newest."""
    return Lambang.objects.first()


def files_of_piagam() -> Iterator[BerkasDipakai]:
    """The certificates that were rendered."""
    for kunci, nomor in Piagam.objects.exclude(berkas="").values_list("berkas", "nomor"):
        yield BerkasDipakai(kunci, None, f"piagam {nomor}")


def kemajuan_of(peran: Collection[str], edisi: Edisi) -> dict[str, int]:
    """How many certificates are in force, ready, waiting and given up; two queries."""
    rows = piagam_of_edisi(peran, edisi).filter(dicabut_pada=None)
    keys = [JOB.format(pk) for pk in rows.filter(sha256="").values_list("pk", flat=True)]
    counts = rows.aggregate(jumlah=Count("pk"), siap=Count("pk", filter=~Q(sha256="")))
    gagal = Pekerjaan.objects.filter(kunci__in=keys, status=StatusAntrean.GAGAL).count()
    return {**counts, "gagal": gagal, "menunggu": len(keys) - gagal}


def pekerjaan_gagal(edisi: Edisi) -> QuerySet[Pekerjaan]:
    """The work on certificates of an edition that was given up."""
    keys = Piagam.objects.filter(pendaftaran__edisi=edisi, sha256="")
    return Pekerjaan.objects.filter(
        kunci__in=[JOB.format(pk) for pk in keys.values_list("pk", flat=True)],
        status=StatusAntrean.GAGAL,
    )


def normalize_kode(text: str) -> set[str]:
    """The codes a typed text may mean: without dashes and spaces, in either case."""
    bare = "".join(c for c in text if c.isascii() and c.isalnum())[:64]
    return {bare, bare.lower(), bare.upper()} - {""}


def find_by_kode(text: str) -> dict[str, Any] | None:
    """What a code stands for, as the public may know it; None when nobody gave it out."""
    codes = normalize_kode(text)
    piagam = (
        Piagam.objects.filter(kode_verifikasi__in=codes)
        .select_related("pendaftaran__edisi__pleno__keputusan", "pengganti")
        .first()
    )
    if piagam:
        return {"jenis": "piagam", "piagam": piagam, **_piagam_facts(piagam)}
    return _kiriman_facts(Pengiriman.objects.filter(kode_verifikasi__in=codes))


def find_by_hash(sha256: str) -> dict[str, Any] | None:
    """What the PDF with exactly this SHA-256 is, a certificate or a receipt; None if not ours."""
    piagam = (
        Piagam.objects.filter(sha256=sha256)
        .select_related("pendaftaran__edisi__pleno__keputusan", "pengganti")
        .first()
    )
    if piagam:
        return {"jenis": "piagam", "piagam": piagam, **_piagam_facts(piagam)}
    return _kiriman_facts(Pengiriman.objects.filter(salinan__sha256=sha256))


def _kiriman_facts(rows: QuerySet[Pengiriman]) -> dict[str, Any] | None:
    """A receipt as the public may know it: files by place, size and hash, never by name."""
    kiriman = (
        rows.select_related("pendaftaran__instansi", "pendaftaran__unit", "pendaftaran__edisi")
        .select_related("penarikan")
        .first()
    )
    if kiriman is None:
        return None
    ditarik = getattr(kiriman, "penarikan", None)
    return {
        "jenis": "tanda_terima",
        "pengiriman": kiriman,
        "sidik": [
            {name: b[name] for name in ("tempat", "ukuran", "sha256")}
            for b in kiriman.isi["berkas"]
        ],
        "ditarik": ditarik,
        "terbaru": None if ditarik else _newer(kiriman),
    }


def _piagam_facts(piagam: Piagam) -> dict[str, Any]:
    return {
        "keadaan": "dicabut" if piagam.dicabut_pada else "sah",
        "edisi_piagam": piagam.pendaftaran.edisi,
        "keputusan": piagam.pendaftaran.edisi.pleno.keputusan,
        "baris_predikat": piagam.predikat.split("\n"),
        "pengganti": getattr(piagam, "pengganti", None),
    }


def _newer(kiriman: Pengiriman) -> Pengiriman | None:
    """The submission that came after this one for the same entry."""
    rows = Pengiriman.objects.filter(pendaftaran=kiriman.pendaftaran_id, pada__gt=kiriman.pada)
    return rows.order_by("-pada").first()


def may_issue(edisi: Edisi, at: datetime) -> bool:
    """Whether the result is public, without which there are no certificates."""
    return is_published(edisi, at)
