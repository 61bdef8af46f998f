"""The decree, the publication, and what the public sees from its instant on, never before."""

from datetime import datetime

from django.db.models import Count, F, Func, IntegerField, Q, QuerySet
from django.urls import reverse

from kompetisi.models import Edisi, Pengguna
from kompetisi.queries.peran import peran_of
from kompetisi.templatetags.waktu import tanggal
from penghargaan.models import Keputusan, Penerbitan, Peringkat, Pleno
from penghargaan.rules.hasil import Penetapan
from registrasi.models import Pendaftaran, Pengiriman, StatusPendaftaran

# Kept out of every page that does not give out the file itself.
HEAVY = ("keputusan__pleno__isi", "keputusan__pleno__samaran")


def penerbitan_published(at: datetime) -> QuerySet[Penerbitan]:
    """Publications in force at an instant: approved, and their time has come. Derived, no flag."""
    return (
        Penerbitan.objects.filter(disetujui_pada__isnull=False, terbit_pada__lte=at)
        .select_related("keputusan__pleno__edisi")
        .defer(*HEAVY)
    )


def is_published(edisi: Edisi, at: datetime) -> bool:
    """Whether the result of an edition is public at an instant."""
    return penerbitan_published(at).filter(keputusan__pleno__edisi=edisi).exists()


def published_of(tahun: int, at: datetime) -> Penerbitan | None:
    """The publication of a year's result, or None while there is none to see."""
    return penerbitan_published(at).filter(keputusan__pleno__edisi__tahun=tahun).first()


def sorotan(edisi: Edisi, at: datetime) -> dict | None:
    """What the front page leads with once the result of the edition is public."""
    found = penerbitan_published(at).filter(keputusan__pleno__edisi=edisi).first()
    if found is None:
        return None
    keputusan = found.keputusan
    return {
        "judul": f"Hasil {edisi.tahun} sudah diumumkan",
        "uraian": (
            f"Pemenang ditetapkan dengan Keputusan Nomor {keputusan.nomor} tanggal "
            f"{tanggal(keputusan.tanggal)}. Setiap orang dapat memeriksa perhitungannya."
        ),
        "label": "Lihat hasil",
        "url": reverse("penghargaan:hasil", args=[edisi.tahun]),
    }


def newest_year(edisi: Edisi | None, at: datetime) -> int | None:
    """The year whose result to show: the edition's own when public, else the newest public one."""
    years = list(
        penerbitan_published(at)
        .order_by("-keputusan__pleno__edisi__tahun")
        .values_list("keputusan__pleno__edisi__tahun", flat=True)
    )
    if edisi and edisi.tahun in years:
        return edisi.tahun
    return years[0] if years else None


def penetapan_of(user: Pengguna, edisi: Edisi) -> Penetapan:
    """Where the award stands, for the rules; two queries."""
    pleno = (
        Pleno.objects.filter(edisi=edisi)
        .values(
            "dibekukan_pada",
            "keputusan",
            "keputusan__penerbitan__diajukan_oleh",
            "keputusan__penerbitan__terbit_pada",
            "keputusan__penerbitan__disetujui_pada",
        )
        .first()
    )
    peran = peran_of(user, edisi)
    if pleno is None:
        return Penetapan(peran, beku=False)
    return Penetapan(
        peran,
        beku=pleno["dibekukan_pada"] is not None,
        ada_keputusan=pleno["keputusan"] is not None,
        pengusul=pleno["keputusan__penerbitan__diajukan_oleh"],
        terbit_pada=pleno["keputusan__penerbitan__terbit_pada"],
        disetujui=pleno["keputusan__penerbitan__disetujui_pada"] is not None,
    )


def keputusan_of(edisi: Edisi) -> Keputusan | None:
    """The decree of an edition as it was entered."""
    return Keputusan.objects.filter(pleno__edisi=edisi).select_related("diisi_oleh").first()


def penerbitan_of(edisi: Edisi) -> Penerbitan | None:
    """The publication as proposed or approved, for the committee."""
    return (
        Penerbitan.objects.filter(keputusan__pleno__edisi=edisi)
        .select_related("diajukan_oleh", "disetujui_oleh", "keputusan__pleno__edisi")
        .defer(*HEAVY)
        .first()
    )


def winners_by_jalur(pleno: Pleno) -> list[dict]:
    """The winners of each track by rank, for the public: names and awards, never a score."""
    rows = (
        Peringkat.objects.filter(pleno=pleno, menang=True)
        .select_related("pendaftaran__instansi", "pendaftaran__unit")
        .order_by("jalur__urutan", "peringkat", "pendaftaran__instansi__nama")
    )
    found = []
    for jalur in pleno.edisi.jalur.all():
        own = [row for row in rows if row.jalur_id == jalur.pk]
        for row in own:
            row.baris_predikat = row.predikat.split("\n")
        if own:
            found.append({"jalur": jalur, "baris": own})
    return found


def funnel_of(edisi: Edisi) -> list[dict]:
    """How many entries there were at each step, for the public."""
    gate = (
        StatusPendaftaran.DRAF,
        StatusPendaftaran.DIKIRIM,
        StatusPendaftaran.PERLU_PERBAIKAN,
        StatusPendaftaran.TIDAK_LOLOS_ADMINISTRASI,
    )
    sent = Pengiriman.objects.filter(pendaftaran__edisi=edisi, penarikan=None)
    numbers = Pendaftaran.objects.filter(pk__in=sent.values("pendaftaran")).aggregate(
        sent=Count("pk"),
        gate=Count("pk", filter=~Q(status__in=gate)),
        short=Count("pk", filter=Q(keputusan_daftar_pendek__masuk=True)),
        won=Count("pk", filter=Q(peringkat__menang=True)),
    )
    labels = {
        "sent": "Pendaftaran dikirim",
        "gate": "Lolos seleksi administrasi",
        "short": "Masuk daftar pendek",
        "won": "Ditetapkan sebagai pemenang",
    }
    return [{"label": label, "nilai": numbers[key]} for key, label in labels.items()]


def sizes_of(pleno: Pleno) -> dict[str, int]:
    """How many entries and sheets the frozen result holds, counted by the database."""

    def length(path: str) -> Func:
        return Func(
            F("isi"),
            template=f"jsonb_array_length(jsonb_path_query_array(%(expressions)s, '{path}'))",
            output_field=IntegerField(),
        )

    return (
        Pleno.objects.filter(pk=pleno.pk)
        .annotate(peserta=length("$.peserta[*]"), lembar=length("$.peserta[*].lembar[*]"))
        .values("peserta", "lembar")
        .get()
    )


def dokumen_hasil(pleno: Pleno) -> dict:
    """The replayable file: the frozen content and its hash. The same for committee and public."""
    return {"isi": pleno.isi, "hash": pleno.hash}


def frozen_of(tahun: int) -> Pleno | None:
    """The frozen plenary of a year, or None."""
    return (
        Pleno.objects.filter(edisi__tahun=tahun, dibekukan_pada__isnull=False)
        .select_related("edisi")
        .first()
    )


def samaran_of(pleno: Pleno, pendaftaran: Pendaftaran) -> str:
    """The name under which an entry stands in the result file; its own agency is told it."""
    names = {key: name for name, key in pleno.samaran.get("peserta", {}).items()}
    return names.get(pendaftaran.pk, "")
