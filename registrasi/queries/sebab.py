"""Why an agency has not sent: the chase list by cause."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from kompetisi.models import Edisi, JejakAudit
from kompetisi.rules.matriks import PANITIA
from registrasi.models import Instansi, Keanggotaan, Pendaftaran
from registrasi.models.keanggotaan import PeranInstansi
from registrasi.queries.lengkap_sql import LENGKAP, annotate_kelengkapan
from registrasi.queries.panitia import draf_belum_dikirim

PENGINGAT_AKUN = "pengingat.akun"
OPENED = Q(kosong=False)


@dataclass(frozen=True)
class Sebab:
    """A cause: its name, what it means, and the condition on a draft; None for agencies."""

    judul: str
    uraian: str
    syarat: Q | None = None


SEBAB: Mapping[str, Sebab] = {
    "tanpa-akun": Sebab(
        "Ikut edisi lalu, tanpa akun",
        "Instansi peserta edisi sebelumnya yang kini tidak mempunyai admin aktif. Hubungi melalui "
        "telepon; tidak ada yang dapat dikirimi surel.",
    ),
    "tanpa-draf": Sebab(
        "Punya akun, belum ada draf",
        "Admin instansi sudah disetujui tetapi belum membuat pendaftaran.",
    ),
    "kosong": Sebab("Draf belum diisi", "Draf dibuat tetapi belum ada isian.", ~OPENED),
    "dokumen": Sebab(
        "Kurang dokumen", "Ada dokumen wajib yang belum terlampir.", OPENED & Q(ada_dokumen=False)
    ),
    "angka": Sebab(
        "Kurang angka kinerja", "Angka SP4N-LAPOR! belum lengkap.", OPENED & Q(ada_angka=False)
    ),
    "isian": Sebab(
        "Kurang isian",
        "Data peserta, penilaian mandiri beserta buktinya, atau jawaban belum lengkap.",
        OPENED & (Q(ada_identitas=False) | Q(ada_mandiri=False) | Q(ada_narasi=False)),
    ),
    "lengkap": Sebab("Lengkap, belum dikirim", "Tinggal dikirim.", LENGKAP),
}
DARI_INSTANSI = frozenset(kode for kode, sebab in SEBAB.items() if sebab.syarat is None)


def draf_sebab(peran: Collection[str], edisi: Edisi, sebab: str = "") -> QuerySet[Pendaftaran]:
    """Drafts of one cause, or all, those left untouched longest first, with their last reminder.

    A draft may lack several things and then stands under each of them.
    """
    rows = draf_belum_dikirim(peran, edisi)
    if not sebab:
        return rows
    return annotate_kelengkapan(rows, edisi).filter(SEBAB[sebab].syarat)


def instansi_sebab(peran: Collection[str], edisi: Edisi, sebab: str) -> QuerySet[Instansi]:
    """Agencies of one cause, with `ikut_lalu` and `diingatkan_pada` (UTC, or None)."""
    if not PANITIA.intersection(peran):
        return Instansi.objects.none()
    before = Pendaftaran.objects.filter(
        instansi=OuterRef("pk"),
        edisi__in=Edisi.objects.filter(tahun__lt=edisi.tahun).order_by("-tahun").values("pk")[:1],
    )
    entries = Pendaftaran.objects.filter(instansi=OuterRef("pk"), edisi=edisi)
    members = Keanggotaan.objects.berlaku().filter(
        instansi=OuterRef("pk"),
        peran=PeranInstansi.ADMIN_INSTANSI,
        pengguna__is_active=True,
    )
    reminders = JejakAudit.objects.filter(
        tindakan=PENGINGAT_AKUN,
        objek_jenis=Instansi._meta.label_lower,
        objek_kunci=Cast(OuterRef("pk"), CharField()),
    )
    rows = (
        Instansi.objects.filter(~Exists(entries))
        .select_related("provinsi")
        .annotate(
            ikut_lalu=Exists(before),
            diingatkan_pada=Subquery(reminders.order_by("-urutan").values("pada")[:1]),
        )
    )
    if sebab == "tanpa-akun":
        rows = rows.filter(~Exists(members), Exists(before))
    else:
        rows = rows.filter(Exists(members))
    return rows.order_by("-ikut_lalu", "nama", "pk")


def hitung_sebab(peran: Collection[str], edisi: Edisi) -> list[dict]:
    """The causes with how many wait under each: {kode, judul, uraian, jumlah}."""
    drafts = annotate_kelengkapan(draf_belum_dikirim(peran, edisi), edisi).order_by()
    numbers = drafts.aggregate(
        **{
            f"n_{kode}": Count("pk", filter=sebab.syarat)
            for kode, sebab in SEBAB.items()
            if sebab.syarat is not None
        }
    )
    for kode in DARI_INSTANSI:
        numbers[f"n_{kode}"] = instansi_sebab(peran, edisi, kode).count()
    return [
        {
            "kode": kode,
            "judul": sebab.judul,
            "uraian": sebab.uraian,
            "jumlah": numbers[f"n_{kode}"],
        }
        for kode, sebab in SEBAB.items()
    ]
