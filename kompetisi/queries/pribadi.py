"""What is kept about a person, gathered from all apps, and who has asked to be erased."""

from django.db.models import QuerySet

from kompetisi.hooks import functions_of
from kompetisi.models import JejakAudit, Pengguna, Peran, PermintaanPenghapusan, Pesan


def data_pribadi(orang: Pengguna) -> dict[str, object]:
    """All that is kept about a person, by part (setting DATA_PRIBADI); JSON's types and times."""
    found: dict[str, object] = {}
    for function in functions_of("DATA_PRIBADI"):
        found |= function(orang)
    return found


def data_inti(orang: Pengguna) -> dict[str, object]:
    """The core's part: profile, roles, messages, acts."""
    acts = JejakAudit.objects.filter(oleh=orang).order_by("urutan")
    return {
        "profil": {
            name: getattr(orang, name)
            for name in ("email", "nama", "jabatan", "telepon", "zona_waktu", "dibuat_pada")
        },
        "peran": list(
            Peran.objects.filter(pengguna=orang).values(
                "edisi__kode", "jenis", "diberikan_pada", "dicabut_pada"
            )
        ),
        "pesan": list(
            Pesan.objects.filter(kepada=orang).values(
                "dibuat_pada", "jenis", "subjek", "isi", "dibaca_pada"
            )
        ),
        "perbuatan": list(acts.values("urutan", "pada", "tindakan", "objek_jenis", "objek_kunci")),
    }


def reasons_to_keep(orang: Pengguna) -> list[str]:
    """Why a person cannot be erased yet, each with what to do (setting PENAHAN_HAPUS)."""
    reasons = []
    if Peran.objects.filter(pengguna=orang, dicabut_pada=None).exists():
        reasons.append("Masih memegang peran panitia atau evaluator; cabut perannya dahulu.")
    for function in functions_of("PENAHAN_HAPUS"):
        reasons += function(orang)
    return reasons


def penghapusan_of(orang: Pengguna) -> PermintaanPenghapusan | None:
    """The person's newest request, or None."""
    return PermintaanPenghapusan.objects.filter(pengguna=orang).order_by("-pk").first()


def penghapusan_list() -> QuerySet[PermintaanPenghapusan]:
    """All requests, those that wait first, the oldest first."""
    rows = PermintaanPenghapusan.objects.select_related("pengguna", "diputus_oleh")
    return rows.order_by("putusan", "diajukan_pada", "pk")


def find_orang(surel: str) -> Pengguna | None:
    """The account with this address."""
    return Pengguna.objects.filter(email=surel.strip().lower()).first()
