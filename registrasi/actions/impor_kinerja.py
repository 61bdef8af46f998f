"""Importing an entry's SP4N-LAPOR! figures from a table: one row a figure, one column a period."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Edisi, Pengguna
from registrasi.actions.isian import save_kinerja
from registrasi.models import KinerjaSP4N, Pendaftaran
from registrasi.queries.pendaftaran import find_kinerja
from registrasi.rules.berkas_tabel import Tabel
from registrasi.rules.kinerja import clean_angka, find_selisih, plain_figure
from registrasi.rules.rencana_impor import Kesalahan, RencanaImpor

HEADS = ("kode", "angka", "satuan")


@dataclass(frozen=True)
class SelKinerja:
    """One figure of one period: what is stored and what the table says."""

    baris: int
    nama: str
    periode: str
    lama: object
    baru: object


@dataclass
class RencanaKinerja(RencanaImpor):
    """Figures as SelKinerja, and by period all that is kept and the version it rests on."""

    angka: dict[str, dict] = field(default_factory=dict)
    versi: dict[str, int] = field(default_factory=dict)

    @property
    def sidik(self) -> str:
        """What would be done, as one text: another plan has another."""
        return repr((self.tambah, self.ubah, self.versi))


def kinerja_template(pendaftaran: Pendaftaran) -> tuple[list[str], list[list[object]]]:
    """Heads and rows of the file to fill in, with the figures that are stored already."""
    rules = rules_of(pendaftaran.edisi)
    stored = {p["kode"]: find_kinerja(pendaftaran, p) for p in rules["periode"]}
    heads = [*HEADS, *(p["kode"] for p in rules["periode"])]
    rows = [
        [
            k["kode"],
            k["nama"],
            k.get("satuan") or "",
            *(row.angka.get(k["kode"], "") if row else "" for row in stored.values()),
        ]
        for k in rules["kolom"]
    ]
    return heads, rows


def rules_of(edisi: Edisi) -> dict:
    """What the edition asks in figures: kolom, periode, pemeriksaan."""
    rules = edisi.aturan.get("kinerja", {})
    return {name: rules.get(name) or [] for name in ("kolom", "periode", "pemeriksaan")}


def plan_kinerja(pendaftaran: Pendaftaran, tabel: Tabel) -> RencanaKinerja:
    """What importing this table would do now; writes nothing. Empty cells leave what is stored."""
    rules, plan = rules_of(pendaftaran.edisi), RencanaKinerja()
    periods = {p["kode"]: p for p in rules["periode"]}
    plan.salah += _wrong_heads(tabel.kolom, periods)
    if plan.salah:
        return plan
    lines = _lines(tabel, {k["kode"]: k for k in rules["kolom"]}, plan)
    for kode, periode in periods.items():
        if kode in tabel.kolom:
            _plan_period(pendaftaran, rules, periode, lines, plan)
    plan.salah.sort(key=lambda s: s.baris)
    return plan


def _wrong_heads(heads: Iterable[str], periods: dict[str, dict]) -> list[Kesalahan]:
    wrong = [
        Kesalahan(1, name, "judul kolom ini tidak dikenal; gunakan berkas contoh")
        for name in heads
        if name not in (*HEADS, *periods)
    ]
    if "kode" not in heads:
        wrong.append(Kesalahan(1, "kode", "judul kolom ini tidak ada; gunakan berkas contoh"))
    if not set(heads) & set(periods):
        names = ", ".join(periods)
        wrong.append(Kesalahan(1, names, "tidak ada kolom periode; gunakan berkas contoh"))
    return wrong


def _lines(tabel: Tabel, kolom: dict, plan: RencanaKinerja) -> dict[str, tuple[int, dict]]:
    """Rows of the table by code of the figure; unknown and double codes are mistakes."""
    lines: dict[str, tuple[int, dict]] = {}
    for number, texts in tabel.baris:
        kode = texts["kode"]
        if kode not in kolom:
            text = "kode angka tidak dikenal; jangan ubah kolom kode pada berkas contoh"
            plan.salah.append(Kesalahan(number, "kode", text))
        elif kode in lines:
            text = f"angka ini sudah ada di baris {lines[kode][0]}; hapus salah satu"
            plan.salah.append(Kesalahan(number, "kode", text))
        else:
            lines[kode] = (number, texts)
    return lines


def _plan_period(
    pendaftaran: Pendaftaran,
    rules: dict,
    periode: dict,
    lines: dict[str, tuple[int, dict]],
    plan: RencanaKinerja,
) -> None:
    """Add what the table does to one period; its figures are merged over those stored."""
    name, kinds = periode["kode"], {k["kode"]: k for k in rules["kolom"]}
    stored: KinerjaSP4N | None = find_kinerja(pendaftaran, periode)
    before = stored.angka if stored else {}
    typed = {
        kode: plain_figure(kinds[kode]["jenis"], texts[name])
        for kode, (_, texts) in lines.items()
        if texts.get(name)
    }
    if not typed:
        return
    kept, mistakes = clean_angka(rules["kolom"], typed)
    merged = {**before, **kept}
    mistakes = mistakes or find_selisih(rules["pemeriksaan"], merged)
    plan.salah += [
        Kesalahan(lines[kode][0] if kode in lines else 1, name, text)
        for kode, text in mistakes.items()
    ]
    for kode, value in kept.items():
        cell = SelKinerja(
            lines[kode][0], kinds[kode]["nama"], periode["nama"], before.get(kode), value
        )
        place = (
            plan.tambah if kode not in before
            else plan.tetap if before[kode] == value
            else plan.ubah
        )  # fmt: skip
        place.append(cell)
    if merged != before:
        plan.angka[name], plan.versi[name] = merged, stored.versi if stored else 0


@transaction.atomic
def import_kinerja(
    *, pendaftaran: Pendaftaran, tabel: Tabel, nama: str, sha256: str, oleh: Pengguna
) -> int:
    """Keep the figures of a table as if each had been typed; returns how many changed.

    Doing it again changes nothing. Raises NotAllowedError when the entry may not be filled in now,
    InvalidInputError while there is any mistake; then nothing is changed.
    """
    plan = plan_kinerja(pendaftaran, tabel)
    if plan.salah:
        raise InvalidInputError(
            f"Masih ada {len(plan.salah)} kesalahan; tidak ada yang diubah.",
            rincian={"berkas": [s.pesan for s in plan.salah]},
        )
    periods = {p["kode"]: p for p in rules_of(pendaftaran.edisi)["periode"]}
    for kode, angka in plan.angka.items():
        days = {
            "periode_mulai": date.fromisoformat(periods[kode]["mulai"]),
            "periode_selesai": date.fromisoformat(periods[kode]["sampai"]),
        }
        save_kinerja(pendaftaran=pendaftaran, data=angka | days, oleh=oleh, versi=plan.versi[kode])
    changed = len(plan.tambah) + len(plan.ubah)
    if changed:
        record(
            tindakan="kinerja.impor",
            objek=pendaftaran,
            oleh=oleh,
            rincian={"berkas": nama[:200], "sha256": sha256, "angka": changed},
        )
    return changed
