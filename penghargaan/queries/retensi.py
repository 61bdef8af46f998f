"""What an edition keeps no longer, and from when: the preview and the work are the same rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from kompetisi.models import Edisi
from kompetisi.rules.matriks import check_aksi
from penghargaan.queries.hasil import penerbitan_published
from penghargaan.rules.retensi import JENIS, due_at
from registrasi.models import (
    Berkas,
    BuktiDukung,
    JawabanNarasi,
    KinerjaSP4N,
    Pendaftaran,
    Pengiriman,
    PenilaianMandiri,
    StatusPendaftaran,
)


@dataclass(frozen=True)
class Retensi:
    """One kind of data of one edition: when its time is over (None: not published), how much."""

    edisi: Edisi
    jenis: str
    judul: str
    bulan: int
    jatuh_tempo: datetime | None
    jumlah: int


def retensi_of(edisi: Edisi, at: datetime) -> list[Retensi]:
    """What of the edition is kept for a time, and how much of it is still there."""
    rules = edisi.aturan.get("retensi") or {}
    found = penerbitan_published(at).filter(keputusan__pleno__edisi=edisi).first()
    return [
        Retensi(
            edisi,
            jenis,
            judul,
            rules[jenis],
            due_at(found.terbit_pada, rules[jenis]) if found else None,
            ROWS[jenis](edisi).count(),
        )
        for jenis, judul in JENIS.items()
        if rules.get(jenis)
    ]


def retensi_visible_to(peran: Collection[str], edisi: Edisi, at: datetime) -> list[Retensi]:
    """The preview for those who may read it."""
    return retensi_of(edisi, at) if check_aksi("retensi.lihat", peran) else []


def draf_berisi(edisi: Edisi) -> QuerySet[Pendaftaran]:
    """Entries never sent that still hold anything."""
    filled = Q()
    for model in (JawabanNarasi, PenilaianMandiri, KinerjaSP4N):
        filled |= Q(Exists(model.objects.filter(pendaftaran=OuterRef("pk"))))
    files = BuktiDukung.objects.filter(pendaftaran=OuterRef("pk"), berkas__dimusnahkan_pada=None)
    filled |= Q(Exists(files)) | ~Q(judul="", narahubung_nama="", narahubung_telepon="")
    return Pendaftaran.objects.filter(
        filled, ~Exists(Pengiriman.objects.filter(pendaftaran=OuterRef("pk"))), edisi=edisi
    )


def berkas_bukan_pemenang(edisi: Edisi) -> QuerySet[Berkas]:
    """Files of entries that were sent and did not win, with their bytes."""
    own = BuktiDukung.objects.filter(berkas=OuterRef("pk"))
    sent = Pengiriman.objects.filter(pendaftaran=OuterRef("pendaftaran"))
    lost = own.filter(Exists(sent), pendaftaran__edisi=edisi)
    kept = Q(pendaftaran__status=StatusPendaftaran.DITETAPKAN) | ~Q(pendaftaran__edisi=edisi)
    return Berkas.objects.filter(Exists(lost), ~Exists(own.filter(kept)), dimusnahkan_pada=None)


def kontak_tersimpan(edisi: Edisi) -> QuerySet[Pendaftaran]:
    """Entries that still name their contact people."""
    rows = Pendaftaran.objects.filter(edisi=edisi)
    return rows.exclude(narahubung_nama="", narahubung_telepon="")


ROWS = {
    "draf_tidak_dikirim_bulan": draf_berisi,
    "berkas_bukan_pemenang_bulan": berkas_bukan_pemenang,
    "kontak_pribadi_bulan": kontak_tersimpan,
}


def published_editions(at: datetime) -> list[Edisi]:
    """The editions whose result is public at an instant."""
    keys = penerbitan_published(at).values("keputusan__pleno__edisi")
    return list(Edisi.objects.filter(pk__in=keys))
