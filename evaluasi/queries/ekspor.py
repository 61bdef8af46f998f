"""The committee's lists of the evaluation as columns for a spreadsheet.

Each starts from the query of its page: what the page keeps from a reader is in no file either.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice

from django.db.models import QuerySet

from evaluasi.models import SesiWawancara
from evaluasi.queries.daftar_pendek import keputusan_visible_to, proposal_of
from evaluasi.queries.evaluator import bidang_of_edisi, evaluator_visible_to
from evaluasi.queries.lapangan import entries_to_visit, with_teams
from evaluasi.queries.rencana import (
    entries_for,
    filter_entries,
    loads_of,
    readers_of,
    readers_wanted,
    tahap_dinilai,
)
from evaluasi.queries.wawancara import filter_sesi, sesi_visible_to
from evaluasi.rules.benturan import provinsi_of
from evaluasi.rules.kemampuan import describe_bidang, kapasitas_at
from evaluasi.rules.wawancara import AturanPanel, state_of
from kompetisi.clock import WIB
from kompetisi.models import Edisi, Jalur, Pengguna, Tahap
from kompetisi.queries.ekspor import Kolom, Tabel
from registrasi.models import Instansi, JenisInstansi, Pendaftaran, StatusPendaftaran

CHUNK = 200
KEADAAN_SESI = {
    "belum": "Belum mulai",
    "berjalan": "Berlangsung",
    "sah": "Sah",
    "kurang_lembar": "Lembar belum cukup",
}


def _of_entry(entry) -> tuple[Kolom, ...]:
    """The columns that name an entry, wherever a row keeps it."""
    return (
        Kolom("Kode", lambda row: entry(row).kode, 16),
        Kolom("Instansi", lambda row: entry(row).instansi.nama, 42),
        Kolom("Unit", lambda row: entry(row).unit.nama if entry(row).unit else "", 36),
        Kolom("Jalur", lambda row: entry(row).jalur.nama, 28),
    )


def _provinsi(instansi: Instansi) -> str:
    """The province on whose territory an agency lies; a provincial government is its own."""
    row = provinsi_of(instansi)
    return row.nama if row else ""


def chunks(rows: QuerySet) -> Iterator[list]:
    """The rows of a query in lists of a bounded length."""
    source = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


# --- Evaluators -----------------------------------------------------------------------------------

EVALUATOR = (
    Kolom("Nama", lambda e: str(e.pengguna), 32),
    Kolom("Surel", lambda e: e.pengguna.email, 32),
    Kolom("Asal", lambda e: e.instansi_asal.nama if e.instansi_asal else e.asal_lain, 42),
    Kolom("Provinsi", lambda e: e.provinsi.nama if e.provinsi else "", 28),
    Kolom("Aktif", lambda e: e.aktif, 8),
    Kolom("Pakta disetujui", lambda e: e.pakta_ada, 10),
    Kolom("Benturan dinyatakan (WIB)", lambda e: e.benturan_dinyatakan_pada),
    Kolom("Jumlah benturan", lambda e: e.jumlah_benturan, 10),
    Kolom("Kapasitas", lambda e: e.kapasitas, 10),
)
PASANGAN = ("Kode", "Surel evaluator")  # the columns that an import of assignments reads


def tabel_evaluator(user: Pengguna, edisi: Edisi) -> Tabel:
    """The evaluation team with what each carries and has locked, stage by stage."""
    stages = tahap_dinilai(edisi)
    loads = {stage.pk: {row["pk"]: row for row in loads_of(stage)} for stage in stages}
    fields = bidang_of_edisi(edisi)
    columns = [
        Kolom("Bidang keahlian", lambda e: describe_bidang(e.keahlian, fields), 42),
        *(column for stage in stages for column in _progress(stage, loads[stage.pk])),
    ]
    return Tabel("Tim evaluasi", (*EVALUATOR, *columns), evaluator_visible_to(user, edisi))


def _progress(stage: Tahap, loads: Mapping[int, Mapping]) -> tuple[Kolom, ...]:
    def number(what: str):
        return lambda e: loads[e.pk][what] if e.pk in loads else 0

    return (
        Kolom(f"{stage.nama}: kapasitas", _most_in(stage.kode), 14),
        Kolom(f"{stage.nama}: direncanakan", number("rencana"), 14),
        Kolom(f"{stage.nama}: ditugaskan", number("dirilis"), 14),
        Kolom(f"{stage.nama}: terkunci", number("terkunci"), 14),
    )


def _most_in(kode: str):
    return lambda e: kapasitas_at(e.kapasitas, e.kapasitas_tahap, kode)


# --- Assignments ----------------------------------------------------------------------------------


def tabel_penugasan(user: Pengguna, tahap: Tahap, saring: Mapping[str, str]) -> Tabel:
    """One row for each reader of each entry of a stage; an entry without one has a row too.

    Home bodies and provinces stand beside each other, so that whoever has the file can check for
    themselves that nobody reads where they come from.
    """
    wanted = readers_wanted(tahap)
    rows = filter_entries(entries_for(tahap, user), saring, wanted)
    columns = (
        *_of_entry(lambda row: row[0]),
        Kolom("Jenis instansi", lambda row: JenisInstansi(row[0].instansi.jenis).label, 24),
        Kolom("Provinsi instansi", lambda row: _provinsi(row[0].instansi), 28),
        Kolom("Status", lambda row: StatusPendaftaran(row[0].status).label, 30),
        Kolom("Kurang pembaca", lambda row: max(0, wanted - row[0].pembaca), 10),
        Kolom("Urutan", lambda row: row[1] and row[1]["urutan"], 8),
        Kolom("Evaluator", lambda row: row[1] and row[1]["nama"], 32),
        Kolom(PASANGAN[1], lambda row: row[1] and row[1]["email"], 32),
        Kolom("Asal evaluator", lambda row: row[1] and row[1]["asal"], 42),
        Kolom("Provinsi evaluator", lambda row: row[1] and row[1]["provinsi"], 28),
        Kolom("Dirilis (WIB)", lambda row: row[1] and row[1]["dirilis_pada"]),
        Kolom("Keadaan", lambda row: row[1] and _keadaan(row[1]), 16),
        Kolom("Pertimbangan", lambda row: row[1] and row[1]["alasan"], 48),
    )
    return Tabel(f"Penugasan {tahap.nama}", columns, _with_readers(tahap, rows))


def _with_readers(
    tahap: Tahap, rows: QuerySet[Pendaftaran]
) -> Iterator[tuple[Pendaftaran, Mapping | None]]:
    for chunk in chunks(rows):
        readers = readers_of(tahap, [row.pk for row in chunk])
        for row in chunk:
            yield from ((row, reader) for reader in readers.get(row.pk) or [None])


def _keadaan(reader: Mapping) -> str:
    if reader["berbenturan"]:
        return "Berbenturan"
    if reader["terkunci"]:
        return "Terkunci"
    return "Belum terkunci" if reader["dirilis_pada"] else "Rencana"


# --- Interviews -----------------------------------------------------------------------------------

ENTRY_OF_SESI = _of_entry(lambda sesi: sesi.pendaftaran)
WAWANCARA = (
    Kolom("Tanggal", lambda s: s.mulai.astimezone(WIB).date(), 12),
    Kolom("Mulai (WIB)", lambda s: s.mulai),
    Kolom("Selesai (WIB)", lambda s: s.selesai),
    Kolom("Ruang", lambda s: s.ruang),
    Kolom("Tautan", lambda s: s.tautan, 32),
    *ENTRY_OF_SESI,
    Kolom("Zona waktu instansi", lambda s: s.pendaftaran.instansi.zona_waktu, 16),
    Kolom("Panel", lambda s: "; ".join(r["nama"] for r in s.panel), 48),
    Kolom("Dikonfirmasi (WIB)", lambda s: s.dikonfirmasi_pada),
    Kolom("Penyaji", lambda s: s.penyaji_nama, 28),
    Kolom("Jabatan penyaji", lambda s: s.penyaji_jabatan, 28),
    Kolom("Bahan paparan", lambda s: s.bahan_paparan_id is not None, 10),
    Kolom("Lembar terkunci", lambda s: s.sah, 10),
    Kolom("Keadaan", lambda s: KEADAAN_SESI[s.keadaan]),
)


def tabel_wawancara(
    user: Pengguna, tahap: Tahap, aturan: AturanPanel, saring: Mapping[str, str], at: datetime
) -> Tabel:
    """The timetable of interviews with panels and confirmations, by time."""
    rows = filter_sesi(sesi_visible_to(user, tahap.edisi), saring, aturan, at)
    return Tabel("Jadwal wawancara", WAWANCARA, _with_panels(tahap, rows, aturan, at))


def _with_panels(
    tahap: Tahap, rows: QuerySet[SesiWawancara], aturan: AturanPanel, at: datetime
) -> Iterator[SesiWawancara]:
    for chunk in chunks(rows):
        panels = readers_of(tahap, [row.pendaftaran_id for row in chunk])
        for row in chunk:
            row.panel = panels.get(row.pendaftaran_id, [])
            row.keadaan = state_of(row, at, terkunci=row.sah, minimal=aturan.minimal)
            yield row


# --- The shortlist --------------------------------------------------------------------------------


def _word(masuk: bool | None) -> str:  # noqa: FBT001
    return "" if masuk is None else "Masuk" if masuk else "Tidak masuk"


DAFTAR_PENDEK = (
    Kolom("Peringkat", lambda b: b["peringkat"], 10),
    *_of_entry(lambda b: b["entri"]),
    Kolom("Jenis instansi", lambda b: JenisInstansi(b["entri"].instansi.jenis).label, 24),
    Kolom("Provinsi", lambda b: _provinsi(b["entri"].instansi), 28),
    Kolom("Nilai", lambda b: b["nilai"], 16),
    Kolom("Usulan", lambda b: _word(b["usulan"]), 14),
    Kolom("Putusan", lambda b: _word(b["putusan"]), 14),
    Kolom("Alasan menyimpang", lambda b: b["alasan"], 48),
)


def tabel_daftar_pendek(user: Pengguna, jalur: Jalur, tahap: Tahap, *, diputus: bool) -> Tabel:
    """The decision about the shortlist of a track, or the proposal while there is none."""
    rows: Iterable[dict]
    if diputus:
        rows = (
            {
                "peringkat": d.peringkat, "entri": d.pendaftaran, "nilai": d.nilai,
                "usulan": d.usulan_masuk, "putusan": d.masuk, "alasan": d.alasan,
            }
            for d in keputusan_visible_to(user, jalur).select_related("pendaftaran__jalur")
        )  # fmt: skip
    else:
        rows = (
            {
                "peringkat": b.usulan.peringkat if b.usulan.nilai is not None else None,
                "entri": b.pendaftaran, "nilai": b.usulan.nilai, "usulan": b.usulan.masuk,
                "putusan": None, "alasan": "",
            }
            for b in proposal_of(jalur, tahap, user)
        )  # fmt: skip
    return Tabel(f"Daftar pendek {jalur.nama}", DAFTAR_PENDEK, rows)


# --- Site visits ----------------------------------------------------------------------------------


def _of_visit(name: str):
    """A field of the visit, empty while there is none."""
    return lambda row: getattr(row.jadwal, name) if row.jadwal else None


LAPANGAN = (
    *_of_entry(lambda row: row),
    Kolom("Status", lambda row: StatusPendaftaran(row.status).label, 30),
    Kolom("Tanggal", _of_visit("tanggal"), 12),
    Kolom("Tempat", _of_visit("tempat"), 42),
    Kolom("Tim", lambda row: "; ".join(member["nama"] for member in row.tim), 48),
    Kolom("Yang perlu diperbaiki", lambda row: "; ".join(row.peringatan), 48),
    Kolom("Lembar terkunci", lambda row: row.terkunci or 0, 10),
    Kolom("Diterima oleh", _of_visit("penerima_nama"), 28),
    Kolom("Nomor berita acara", _of_visit("nomor_berita_acara"), 28),
    Kolom("Ditutup (WIB)", _of_visit("ditutup_pada")),
)


def tabel_lapangan(user: Pengguna, tahap: Tahap, saring: Mapping[str, str]) -> Tabel:
    """The entries to be visited: when, where, by whom, how far."""
    rows = entries_to_visit(tahap, user, saring)
    return Tabel("Kunjungan lapangan", LAPANGAN, _with_teams(tahap, rows))


def _with_teams(tahap: Tahap, rows: QuerySet[Pendaftaran]) -> Iterator[Pendaftaran]:
    for chunk in chunks(rows):
        yield from with_teams(tahap, chunk)
