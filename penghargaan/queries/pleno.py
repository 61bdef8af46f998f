"""The plenary as its circle sees it: never what is in conflict with the reader."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from evaluasi.models import DaftarPendek
from evaluasi.queries.benturan import own_conflict
from evaluasi.queries.periksa_nilai import check_nilai
from kompetisi.models import Edisi, Jalur, Pengguna, Peran
from kompetisi.queries.edisi import keadaan_of, tahap_list
from kompetisi.queries.peran import pemegang_peran, peran_of
from kompetisi.rules.matriks import LINGKAR_PLENO, PERAN_LABEL
from kompetisi.rules.tahap import closing_of, keadaan_at
from penghargaan.models import HadirPleno, Peringkat, Pleno
from penghargaan.queries.kuota import quota_differences
from penghargaan.queries.peringkat import (
    Perhitungan,
    aspek_of,
    bobot_of,
    compute_peringkat,
    label_rujukan,
    tahap_dinilai,
)
from penghargaan.rules.pleno import Sidang
from penghargaan.templatetags.nilai import nilai
from registrasi.models import Pendaftaran

SHEETS_NAMED = 10  # in a refusal; the page about them names all


def sidang_of(user: Pengguna, edisi: Edisi, at: datetime, *, beku: bool = False) -> Sidang:
    """What a decision about the plenary rests on."""
    return Sidang(peran_of(user, edisi), keadaan_of(edisi, "pleno", at), beku)


def pleno_visible_to(user: Pengguna, edisi: Edisi) -> QuerySet[Pleno]:
    """The plenary of an edition, for its circle alone, with stages and tracks read once."""
    rows = (
        Pleno.objects.filter(edisi=edisi)
        .select_related("edisi", "dibuka_oleh", "dibekukan_oleh")
        .prefetch_related("edisi__tahap", "edisi__jalur")
    )
    return rows if LINGKAR_PLENO.intersection(peran_of(user, edisi)) else rows.none()


def peringkat_of(pleno: Pleno) -> QuerySet[Peringkat]:
    """Everything in the plenary's list, for the plenary's own acts, best first in each track."""
    return (
        Peringkat.objects.filter(pleno=pleno)
        .select_related("jalur", "pendaftaran__instansi", "pendaftaran__unit", "pendaftaran__jalur")
        .order_by("jalur__urutan", "jalur", "peringkat", "pendaftaran__instansi__nama", "pk")
    )


def peringkat_visible_to(user: Pengguna, pleno: Pleno) -> QuerySet[Peringkat]:
    """The plenary's list for one reader of its circle, without what is in conflict with them."""
    rows = peringkat_of(pleno)
    if not LINGKAR_PLENO.intersection(peran_of(user, pleno.edisi)):
        return rows.none()
    return rows.filter(~own_conflict(user, "pendaftaran__instansi"))


def in_conflict_with(user: Pengguna, pleno: Pleno) -> int:
    """How many entries of the list are kept from this reader."""
    rows = Peringkat.objects.filter(pleno=pleno)
    return rows.filter(own_conflict(user, "pendaftaran__instansi")).count()


def unscored_visible_to(
    user: Pengguna, rows: Collection[tuple[Pendaftaran, list[str]]]
) -> list[tuple[Pendaftaran, list[str]]]:
    """The entries left out for want of a score, without what is in conflict with the reader."""
    keys = [entry.pk for entry, _ in rows]
    kept = Pendaftaran.objects.filter(own_conflict(user, "instansi"), pk__in=keys)
    hidden = set(kept.values_list("pk", flat=True)) if keys else set()
    return [row for row in rows if row[0].pk not in hidden]


def is_conflicted(user: Pengguna, row: Peringkat) -> bool:
    """Whether this reader is in conflict with the entry."""
    rows = Peringkat.objects.filter(pk=row.pk)
    return rows.filter(own_conflict(user, "pendaftaran__instansi")).exists()


def opening_obstacles(edisi: Edisi, at: datetime) -> list[str]:
    """What keeps the plenary from being opened, in sentences."""
    found = open_stages(edisi, at)
    if len(bobot_of(edisi)) > 1:
        decided = DaftarPendek.objects.filter(jalur=OuterRef("pk"))
        waiting = Jalur.objects.filter(~Exists(decided), edisi=edisi, pendaftaran__isnull=False)
        found += [
            f"Daftar pendek jalur {jalur.nama} belum diputuskan." for jalur in waiting.distinct()
        ]
    return found


def open_stages(edisi: Edisi, at: datetime) -> list[str]:
    """The scored stages in which sheets may still change."""
    return [
        f"Tahap {tahap.nama} belum berakhir."
        for tahap in tahap_list(edisi)
        if tahap.kode in edisi.aturan["bobot_tahap"]
        and keadaan_at(tahap.mulai, closing_of(tahap, tahap.perpanjangan_berlaku), at) != "selesai"
    ]


def freezing_obstacles(
    pleno: Pleno, rows: Collection[Peringkat], hitungan: Perhitungan, at: datetime
) -> list[str]:
    """What keeps the list from being frozen, in sentences."""
    found = open_stages(pleno.edisi, at)
    if not HadirPleno.objects.filter(pleno=pleno).exists():
        found.append("Catat siapa yang hadir.")
    if not any(row.menang for row in rows):
        found.append("Belum ada pemenang.")
    if differs(rows, hitungan):
        found.append("Nilai berubah sejak usulan disusun; susun ulang usulan.")
    found += sheet_obstacles(pleno.edisi)
    if any(row.seri_terbuka and row.menang for row in rows) or tie_at_line(pleno.edisi, rows):
        found.append("Putuskan peserta yang seri dengan suara pleno.")
    winners = sum(row.menang for row in rows)
    if winners != pleno.edisi.jumlah_pemenang and not pleno.alasan_jumlah:
        found.append(
            f"Pemenang {winners}, menurut edisi {pleno.edisi.jumlah_pemenang}; samakan atau "
            "catat alasannya."
        )
    found += [
        f"Kuota {row.uraian}; samakan atau catat alasannya."
        for row in quota_differences(pleno, rows)
        if not row.alasan
    ]
    return found


def sheet_obstacles(edisi: Edisi) -> list[str]:
    """The sheets whose scores are not what was locked, each by its number; the first ten."""
    beda = check_nilai(edisi).beda
    found = [row.kalimat for row in beda[:SHEETS_NAMED]]
    if rest := len(beda) - len(found):
        found.append(f"Demikian pula {rest} lembar lain; lihat Periksa nilai.")
    return found


def tie_at_line(edisi: Edisi, rows: Collection[Peringkat]) -> bool:
    """Whether seats stay empty because entries that nothing separates stand at the line."""
    for jalur in edisi.jalur.all():
        own = [row for row in rows if row.jalur_id == jalur.pk and not row.didiskualifikasi]
        empty = jalur.kuota_pemenang - sum(row.usulan_menang for row in own)
        waiting = [row for row in own if not row.usulan_menang]
        if empty > 0 and waiting and any(row.seri_terbuka and not row.alasan for row in waiting):
            return True
    return False


def differs(rows: Collection[Peringkat], hitungan: Perhitungan) -> bool:
    """Whether what is stored is not what the sheets say now."""
    stored = {row.pendaftaran_id: _facts(row) for row in rows}
    now = {
        line.entri.pk: (
            line.peringkat,
            str(line.nilai_akhir),
            line.usulan_menang,
            line.usulan_aspek,
            line.seri_terbuka,
        )
        for lines in hitungan.baris.values()
        for line in lines
    }
    return stored != now


def _facts(row: Peringkat) -> tuple:
    return (
        row.peringkat,
        row.nilai_eksak,
        row.usulan_menang,
        row.usulan_aspek,
        row.seri_terbuka,
    )


def hadir_of(pleno: Pleno) -> QuerySet[HadirPleno]:
    """Who was present, in the order of entry."""
    return HadirPleno.objects.filter(pleno=pleno).select_related("pengguna").order_by("pk")


def calon_hadir(pleno: Pleno) -> list[tuple[int, str]]:
    """Who may be noted as present: people with a role in the edition, not noted yet."""
    noted = set(HadirPleno.objects.filter(pleno=pleno).values_list("pengguna_id", flat=True))
    roles: dict[int, list[str]] = {}
    held = Peran.objects.filter(edisi=pleno.edisi, dicabut_pada=None)
    for pengguna, jenis in held.values_list("pengguna_id", "jenis"):
        roles.setdefault(pengguna, []).append(PERAN_LABEL[jenis])
    people = pemegang_peran(pleno.edisi, *PERAN_LABEL)
    return [
        (person.pk, f"{person} ({', '.join(sorted(roles[person.pk]))})")
        for person in people
        if person.pk not in noted
    ]


def find_pengguna_hadir(pleno: Pleno, pk: int) -> Pengguna:
    """A person with a role in the edition. Raises Pengguna.DoesNotExist otherwise."""
    roles = Peran.objects.filter(edisi=pleno.edisi, dicabut_pada=None)
    return Pengguna.objects.get(pk=pk, pk__in=roles.values("pengguna"))


def jalur_tables(pleno: Pleno, rows: Collection[Peringkat], semua: Collection[Peringkat]) -> list:
    """For each track: its rows with stage scores to show, and counts over the whole list."""
    labels = label_rujukan(pleno.edisi)
    stages = tahap_dinilai(pleno.edisi)
    found = []
    for jalur in pleno.edisi.jalur.all():
        own = [row for row in rows if row.jalur_id == jalur.pk]
        names = {a["kode"]: a["nama"] for a in aspek_of(pleno.edisi, jalur.kode)}
        for row in own:
            row.tahap_list = [(t.nama, row.nilai_tahap.get(t.kode)) for t in stages]
            row.nama_aspek = names.get(row.aspek, "")
            row.catatan_seri = tie_note(row, labels, beku=pleno.dibekukan_pada is not None)
        mark_close(own)
        found.append(
            {
                "jalur": jalur,
                "tahap_list": stages,
                "baris": own,
                "aspek": bool(names),
                "menang": sum(r.menang for r in semua if r.jalur_id == jalur.pk),
                "seri": sorted({r.peringkat for r in own if r.seri_terbuka}),
            }
        )
    return found


def tie_note(row: Peringkat, labels: Mapping[str, str], *, beku: bool) -> str:
    """How a tie was broken, in words; that it is open; or that it was left, deciding nothing."""
    if row.seri_terbuka and beku:
        return "Nilai akhir dan semua pembanding sama; berbagi peringkat."
    if row.seri_terbuka:
        return "Seri belum terpecahkan; diputus dengan suara pleno."
    if not row.pemecah_seri:
        return ""
    rules = [labels.get(name, name) for name in row.pemecah_seri.split(",")]
    return f"Nilai akhir sama; seri dipecahkan oleh {' dan '.join(rules)}."


def mark_close(rows: list[Peringkat]) -> None:
    """Where two neighbours look equal at two decimals and are not, show the exact difference."""
    for row in rows:
        row.nilai_teliti = ""
    for above, below in zip(rows, rows[1:], strict=False):
        if above.nilai_eksak != below.nilai_eksak and shown(above) == shown(below):
            above.nilai_teliti = shown(above, 6)
            below.nilai_teliti = shown(below, 6)


def shown(row: Peringkat, places: int = 2) -> str:
    """The final score as people read it."""
    return nilai(row.nilai_eksak, places)


def perhitungan_of(pleno: Pleno) -> Perhitungan:
    """The ranking as the sheets say it now."""
    return compute_peringkat(pleno.edisi)


def tie_group(pleno: Pleno, jalur: str, peringkat: int) -> list[Peringkat]:
    """The entries of a track that may be voted on: those with the same final score that no rule
    but a vote separates, among them the one at this rank.
    """
    rows = [row for row in peringkat_of(pleno) if row.jalur.kode == jalur]
    here = [row for row in rows if row.peringkat == peringkat]
    if not here:
        return []
    if here[0].seri_terbuka:
        return here
    voted = [row for row in rows if row.suara_pleno is not None]
    return [row for row in voted if row.nilai_eksak == here[0].nilai_eksak]
