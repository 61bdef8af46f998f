"""Importing official SP4N-LAPOR! figures from a table: one line an entry and period."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.models import Edisi, Pengguna
from registrasi.actions.angka_resmi import require_catat, wrong_source
from registrasi.actions.impor_kinerja import rules_of
from registrasi.models import AngkaResmi
from registrasi.queries.angka_resmi import pendaftaran_berangka
from registrasi.rules.berkas_tabel import Tabel
from registrasi.rules.kinerja import clean_angka, plain_figure
from registrasi.rules.rencana_impor import Kesalahan, RencanaImpor

HEADS = ("kode", "peserta", "periode", "sumber", "per_tanggal")
FIELDS = ["angka", "sumber", "per_tanggal", "versi", "dicatat_oleh", "dicatat_pada"]
LINES_EACH = 200  # of one record of the audit log


@dataclass(frozen=True)
class BarisResmi:
    """One line that would be kept: which entry and period, its figures before and after."""

    baris: int
    pendaftaran: int
    kode: str
    peserta: str
    periode: str
    angka: dict
    sumber: str
    per_tanggal: date
    lama: dict | None
    versi: int

    @property
    def berubah(self) -> int:
        """How many figures the line changes."""
        before = self.lama or {}
        return sum(before.get(k) != self.angka.get(k) for k in before.keys() | self.angka.keys())


def angka_resmi_template(
    edisi: Edisi, peran: Collection[str]
) -> tuple[list[str], list[list[object]]]:
    """Heads and rows of the file to fill in: every sent entry and period, with what is stored."""
    rules = rules_of(edisi)
    codes = [k["kode"] for k in rules["kolom"]]
    rows = []
    for entry in pendaftaran_berangka(peran, edisi):
        stored = {row.periode_mulai.isoformat(): row for row in entry.angka_resmi.all()}
        for p in rules["periode"]:
            row = stored.get(p["mulai"])
            known = row.angka if row else {}
            rows.append(
                [
                    entry.kode, entry.peserta, p["kode"], row.sumber if row else "",
                    row.per_tanggal.isoformat() if row else "",
                    *(known.get(code, "") for code in codes),
                ]
            )  # fmt: skip
    return [*HEADS, *codes], rows


def plan_angka_resmi(edisi: Edisi, peran: Collection[str], tabel: Tabel) -> RencanaImpor:
    """What importing this table would do now; writes nothing.

    Lines without any figure are passed over; on the others an empty cell says that the records do
    not give that figure. `peserta` is there to be read and is not compared.
    """
    rules, plan = rules_of(edisi), RencanaImpor()
    columns = {k["kode"]: k for k in rules["kolom"]}
    plan.salah += [
        Kesalahan(1, name, "judul kolom ini tidak dikenal; gunakan berkas contoh")
        for name in tabel.kolom
        if name not in (*HEADS, *columns)
    ]
    plan.salah += [
        Kesalahan(1, name, "judul kolom ini tidak ada; gunakan berkas contoh")
        for name in HEADS
        if name not in tabel.kolom and name != "peserta"
    ]
    if plan.salah:
        return plan
    entries = {entry.kode: entry for entry in pendaftaran_berangka(peran, edisi)}
    periods = {p["kode"]: p for p in rules["periode"]}
    seen: dict[tuple[str, str], int] = {}
    for number, texts in tabel.baris:
        typed = {
            kode: plain_figure(columns[kode]["jenis"], texts[kode])
            for kode in columns
            if texts.get(kode)
        }
        if typed:
            _plan_line(number, texts, typed, rules, entries, periods, seen, plan)
    return plan


def _plan_line(number, texts, typed, rules, entries, periods, seen, plan) -> None:  # noqa: PLR0913, PLR0917
    entry, periode = entries.get(texts["kode"].strip()), periods.get(texts["periode"].strip())
    mistakes: dict[str, str] = {}
    if entry is None:
        mistakes["kode"] = "tidak ada pendaftaran terkirim dengan kode ini"
    if periode is None:
        mistakes["periode"] = f"harus salah satu dari {', '.join(periods)}"
    before = seen.setdefault((texts["kode"].strip(), texts["periode"].strip()), number)
    if before != number:
        mistakes["kode"] = f"pendaftaran dan periode ini sudah ada di baris {before}"
    day, wrong_day = _day(texts["per_tanggal"])
    kept, wrong = clean_angka(rules["kolom"], typed)
    mistakes |= wrong_source(texts["sumber"], day) | wrong_day | wrong
    if mistakes:
        plan.salah += [Kesalahan(number, kolom, text) for kolom, text in mistakes.items()]
        return
    stored = next(
        (r for r in entry.angka_resmi.all() if r.periode_mulai.isoformat() == periode["mulai"]),
        None,
    )
    line = BarisResmi(
        number, entry.pk, entry.kode, entry.peserta, periode["kode"], kept,
        texts["sumber"].strip(), day,
        stored.angka if stored else None, stored.versi if stored else 0,
    )  # fmt: skip
    same = stored and (stored.angka, stored.sumber, stored.per_tanggal) == (
        line.angka, line.sumber, line.per_tanggal,
    )  # fmt: skip
    (plan.tetap if same else plan.ubah if stored else plan.tambah).append(line)


def _day(text: str) -> tuple[date | None, dict[str, str]]:
    if not text.strip():
        return None, {}
    try:
        return date.fromisoformat(plain_figure("tanggal", text)[:10]), {}
    except ValueError:
        return None, {"per_tanggal": "Tulis tanggal yang benar, misalnya 4-11-2019."}


@transaction.atomic
def import_angka_resmi(
    *, edisi: Edisi, peran: Collection[str], tabel: Tabel, nama: str, sha256: str, oleh: Pengguna
) -> tuple[int, int]:
    """Keep the lines of a table; how many were added and changed.

    Doing it again changes nothing. The audit log, whose end everybody waits for, is written last
    and in few records. Raises NotAllowedError as `save_angka_resmi` does, InvalidInputError while
    there is any mistake, StaleVersionError when somebody typed one of the lines meanwhile; then
    nothing is changed.
    """
    require_catat(oleh, edisi)
    held = {
        (row.pendaftaran_id, row.periode_mulai): row
        for row in AngkaResmi.objects.select_for_update().filter(pendaftaran__edisi=edisi)
    }
    plan = plan_angka_resmi(edisi, peran, tabel)
    if plan.salah:
        raise InvalidInputError(
            f"Masih ada {len(plan.salah)} kesalahan; tidak ada yang diubah.",
            rincian={"berkas": [s.pesan for s in plan.salah]},
        )
    periods, now = {p["kode"]: p for p in rules_of(edisi)["periode"]}, clock.now()
    rows = []
    for line in plan.tambah + plan.ubah:
        begin, end = (date.fromisoformat(periods[line.periode][n]) for n in ("mulai", "sampai"))
        row = held.get((line.pendaftaran, begin)) or AngkaResmi(
            pendaftaran_id=line.pendaftaran, periode_mulai=begin, periode_selesai=end, versi=0
        )
        row.angka, row.sumber, row.per_tanggal = line.angka, line.sumber, line.per_tanggal
        row.versi, row.dicatat_oleh, row.dicatat_pada = row.versi + 1, oleh, now
        rows.append(row)
    try:
        with transaction.atomic():
            AngkaResmi.objects.bulk_create([row for row in rows if not row.pk])
    except IntegrityError as error:
        raise StaleVersionError(
            "Angka resmi diisi orang lain pada saat yang sama. Unggah berkasnya sekali lagi."
        ) from error
    AngkaResmi.objects.bulk_update([row for row in rows if row.versi > 1], FIELDS)
    _record(edisi, plan.tambah + plan.ubah, oleh, {"berkas": nama[:200], "sha256": sha256})
    return len(plan.tambah), len(plan.ubah)


def _record(edisi: Edisi, lines: list[BarisResmi], oleh: Pengguna, file: dict) -> None:
    """Every line with its figures before and after, some hundred to a record."""
    for start in range(0, len(lines), LINES_EACH):
        kept = [
            {
                "pendaftaran": line.kode, "periode": line.periode, "sumber": line.sumber,
                "per_tanggal": line.per_tanggal, "sebelum": line.lama or {}, "sesudah": line.angka,
            }
            for line in lines[start : start + LINES_EACH]
        ]  # fmt: skip
        record(tindakan="angka_resmi.impor", objek=edisi, oleh=oleh, rincian=file | {"baris": kept})
