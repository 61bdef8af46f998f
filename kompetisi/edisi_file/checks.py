"""What must hold between the fields of an edition: calendar, quotas, references, the tie order.

Each check takes the sections and notes what is wrong. A field that could not be read is simply
absent here; its own mistake has been noted already, so a check then keeps silent about it.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from string import Formatter

from kompetisi.edisi_file import schema
from kompetisi.edisi_file.checks_rubrik import check_rubrik, scored_rubrik, unknown
from kompetisi.edisi_file.problems import Place, Problems, suggest
from kompetisi.edisi_file.readers import Record, Rows


def check_all(edisi: Record, problems: Problems) -> None:
    """Run every check; the order does not matter, mistakes are sorted by line."""
    for check in (
        check_codes,
        check_tahap,
        check_kuota,
        check_jalur_references,
        check_rubrik,
        check_bobot_tahap,
        check_penilai,
        check_urutan_seri,
        check_aspek,
        check_kuota_jenis,
        check_predikat,
        check_kinerja,
        check_ambang,
    ):
        check(edisi, problems)


def rows_in(section: Record | None, key: str) -> Rows:
    """A list of the section, or an empty one."""
    found = section.get(key) if section is not None else None
    return found if isinstance(found, Rows) else Rows(Place(1, key))


def codes_in(section: Record | None, key: str, name: str = "kode") -> list[str]:
    """The codes of a list's rows, in order."""
    return [row[name] for row in rows_in(section, key) if row.get(name)]


def unique(rows: Iterable[Record], key: str, problems: Problems) -> None:
    """Note the second and later row that carries a value already used."""
    seen: dict[str, int] = {}
    for row in rows:
        value = row.get(key)
        if value in seen:
            line = seen[value]
            problems.add(row.at(key), f"{key} '{value}' sudah dipakai di baris {line}")
        elif value is not None:
            seen[value] = row.at(key).line


def check_codes(edisi: Record, problems: Problems) -> None:
    """Codes are unique in their list."""
    for key in ("jalur", "tahap", "pertanyaan", "dokumen", "administrasi"):
        unique(rows_in(edisi, key), "kode", problems)
    unique(rows_in(edisi.get("aturan"), "aspek_penghargaan"), "kode", problems)
    for name, levels in (edisi.get("skala") or {}).items():
        unique(levels, "kode", problems)
        for before, after in zip(levels, levels[1:], strict=False):
            if after.get("faktor", 0) > before.get("faktor", 1):
                problems.add(
                    after.at("faktor"),
                    f"tingkat skala '{name}' harus dari faktor terbesar ke terkecil",
                )


# -------------------------------------------------------------------------------- calendar


def check_tahap(edisi: Record, problems: Problems) -> None:
    """Windows are not empty, needed stages exist once, and the road runs forward."""
    rows = rows_in(edisi, "tahap")
    unique(rows, "jenis", problems)
    for row in rows:
        _check_window(row, problems)
    kinds = {row.get("jenis"): row for row in rows}
    for needed in ("pendaftaran", "pleno", "pengumuman"):
        if needed not in kinds:
            problems.add(edisi.at("tahap"), f"tahap berjenis '{needed}' belum ada")
    if not any(kind in kinds for kind in schema.SCORED):
        problems.add(edisi.at("tahap"), f"perlu satu tahap penilaian: {', '.join(schema.SCORED)}")
    road = [kinds[kind] for kind in schema.STAGES if kind in kinds and kind != "administrasi"]
    for before, after in zip(road, road[1:], strict=False):
        _check_follows(before, after, problems)
    if "administrasi" in kinds and "pendaftaran" in kinds:
        _check_administrasi(kinds, problems)
    listed = [row for row in rows if row.get("mulai")]
    for before, after in zip(listed, listed[1:], strict=False):
        if after["mulai"] < before["mulai"]:
            text = f"mulai sebelum tahap '{before.get('kode')}' yang ditulis lebih dahulu"
            problems.add(after.at("mulai"), f"{text}; urutkan tahap menurut waktu")


def _check_window(row: Record, problems: Problems) -> None:
    begin, end = row.get("mulai"), row.get("selesai")
    if begin and end and begin >= end:
        problems.add(row.at("selesai"), f"selesai ({show(end)}) harus sesudah mulai ({show(begin)})")
    if end and (end.minute, end.second) == (59, 59):
        problems.add(
            row.at("selesai"),
            "selesai tidak termasuk dalam jendela; tulis pukul 00:00:00 hari berikutnya",
        )


def _check_follows(before: Record, after: Record, problems: Problems) -> None:
    end, begin = before.get("selesai"), after.get("mulai")
    if end and begin and begin < end:
        problems.add(
            after.at("mulai"),
            f"{show(begin)}, padahal tahap '{before.get('kode')}' baru selesai {show(end)}",
        )


def _check_administrasi(kinds: dict[str, Record], problems: Problems) -> None:
    row, entry = kinds["administrasi"], kinds["pendaftaran"]
    begin, end = row.get("mulai"), row.get("selesai")
    if begin and entry.get("mulai") and begin < entry["mulai"]:
        problems.add(row.at("mulai"), f"{show(begin)}, sebelum pendaftaran dibuka")
    first = kinds.get("wawancara") or kinds.get("lapangan") or kinds.get("pleno")
    if first and end and first.get("mulai") and end > first["mulai"]:
        problems.add(row.at("selesai"), f"{show(end)}, sesudah tahap '{first.get('kode')}' mulai")


def show(at: datetime) -> str:
    """An instant as people here write it, in the zone it was given in."""
    return f"{at:%d-%m-%Y pukul %H.%M}"


# ---------------------------------------------------------------------- quotas and references


def check_kuota(edisi: Record, problems: Problems) -> None:
    """The tracks' winners add up to the edition's; a shortlist holds at least its winners."""
    rows = rows_in(edisi, "jalur")
    quotas = [row.get("kuota_pemenang") for row in rows]
    total, stated = edisi.get("jumlah_pemenang"), None not in quotas
    if rows and total is not None and stated and sum(quotas) != total:
        text = f"jumlah kuota_pemenang seluruh jalur {sum(quotas)}, harus {total}"
        problems.add(edisi.at("jumlah_pemenang"), f"{text} (jumlah_pemenang)")
    for row in rows:
        winners, short = row.get("kuota_pemenang"), row.get("kuota_daftar_pendek")
        if winners is not None and short is not None and short < winners:
            problems.add(
                row.at("kuota_daftar_pendek"), f"{short}, kurang dari kuota_pemenang {winners}"
            )


def check_jalur_references(edisi: Record, problems: Problems) -> None:
    """Whatever is asked of one track only names a track that exists."""
    known = codes_in(edisi, "jalur")
    rules = edisi.get("aturan")
    for rows in (
        rows_in(edisi, "pertanyaan"),
        rows_in(edisi, "dokumen"),
        rows_in(edisi, "administrasi"),
        rows_in(rules, "aspek_penghargaan"),
        rows_in(rules, "kuota_jenis_instansi"),
    ):
        for row in rows:
            if row.get("jalur") and row["jalur"] not in known:
                problems.add(row.at("jalur"), unknown("jalur", row["jalur"], known))


def check_bobot_tahap(edisi: Record, problems: Problems) -> None:
    """The weights of the scored stages that exist sum to 100, none missing, none too many."""
    weights = (edisi.get("aturan") or {}).get("bobot_tahap")
    if weights is None:
        return
    scored = [row["kode"] for row in rows_in(edisi, "tahap") if _is_scored(row)]
    for kode in weights.key_lines:
        if kode not in scored:
            text = unknown("tahap penilaian", kode, scored)
            problems.add(weights.at(kode), text)
    for kode in scored:
        if kode not in weights.key_lines:
            problems.add(weights.place, f"bobot tahap '{kode}' belum ada")
    if len(weights) == len(weights.key_lines) and sum(weights.values()) != 100:
        problems.add(weights.place, f"jumlah bobot tahap {sum(weights.values())}, harus 100")


def _is_scored(row: Record) -> bool:
    return row.get("jenis") in schema.SCORED and bool(row.get("kode"))


def check_penilai(edisi: Record, problems: Problems) -> None:
    """Readers, panel and team are stated for exactly the stages that exist."""
    rules = edisi.get("aturan")
    if rules is None:
        return
    stages = {row.get("jenis"): row["kode"] for row in rows_in(edisi, "tahap") if row.get("kode")}
    scored = [kode for jenis, kode in stages.items() if jenis in schema.SCORED]
    readers = rules.get("penilai_per_pendaftaran")
    for kode in readers.key_lines if readers is not None else ():
        if kode not in scored:
            problems.add(readers.at(kode), unknown("tahap penilaian", kode, scored))
    for kode in scored if readers is not None else ():
        if kode not in readers.key_lines:
            problems.add(readers.place, f"jumlah penilai tahap '{kode}' belum ada")
    for jenis, key in (("wawancara", "panel_wawancara"), ("lapangan", "tim_lapangan")):
        if jenis in stages and "tahap" in edisi and rules.get(key) is None and key in rules:
            problems.add(rules.at(key), f"isian '{key}' wajib karena ada tahap {jenis}")
    panel = rules.get("panel_wawancara") or {}
    if panel.get("minimal", 0) > panel.get("anggota", 50):
        problems.add(panel.at("minimal"), "lebih banyak daripada anggota panel")


# ---------------------------------------------------------------------- rules that point at rubrics


def check_urutan_seri(edisi: Record, problems: Problems) -> None:
    """Every step of the tie order exists, and a plenary vote comes last."""
    rows = rows_in(edisi.get("aturan"), "urutan_seri")
    for index, row in enumerate(rows):
        if row.get("pleno"):
            if row.get("tahap"):
                problems.add(row.place, "isi 'tahap' atau 'pleno', tidak keduanya")
            if index != len(rows) - 1:
                problems.add(row.place, "suara pleno harus menjadi urutan terakhir")
        else:
            _check_reference(edisi, row, problems)
    if len({tuple(sorted((k, v) for k, v in row.items() if v)) for row in rows}) < len(rows):
        problems.add(rows.place, "ada urutan yang ditulis dua kali")


def check_aspek(edisi: Record, problems: Problems) -> None:
    """An aspect's items exist, and a track gives no more aspect awards than it has winners."""
    given: dict[str, int] = {}
    for row in rows_in(edisi.get("aturan"), "aspek_penghargaan"):
        for butir in rows_in(row, "butir"):
            _check_reference(edisi, butir, problems)
        given[row.get("jalur")] = given.get(row.get("jalur"), 0) + row.get("kuota", 0)
    for jalur in rows_in(edisi, "jalur"):
        wins, aspects = jalur.get("kuota_pemenang"), given.get(jalur.get("kode"), 0)
        if wins is not None and aspects > wins:
            text = f"kuota aspek jalur '{jalur.get('kode')}' {aspects}, lebih dari pemenang {wins}"
            problems.add(edisi["aturan"].at("aspek_penghargaan"), text)


def _check_reference(edisi: Record, row: Record, problems: Problems) -> None:
    """A reference names a scored stage, and a group and criterion of each of its rubrics."""
    scored = [tahap["kode"] for tahap in rows_in(edisi, "tahap") if _is_scored(tahap)]
    kode = row.get("tahap")
    if kode is None and "tahap" in row:
        problems.add(row.place, "isian 'tahap' belum ada")
    elif kode is not None and kode not in scored:
        problems.add(row.at("tahap"), unknown("tahap penilaian", kode, scored))
    if row.get("kriteria") and not row.get("kelompok"):
        problems.add(row.at("kriteria"), "sebutkan juga kelompoknya")
    if kode not in scored or not row.get("kelompok"):
        return
    for rubrik in scored_rubrik(edisi, kode):
        _check_in_rubrik(rubrik, row, problems)


def _check_in_rubrik(rubrik: Record, row: Record, problems: Problems) -> None:
    groups = {group.get("kode"): group for group in rows_in(rubrik, "kelompok")}
    group = groups.get(row["kelompok"])
    if group is None:
        known = [kode for kode in groups if kode]
        problems.add(row.at("kelompok"), unknown("kelompok", row["kelompok"], known))
        return
    known = codes_in(group, "kriteria")
    if row.get("kriteria") and row["kriteria"] not in known:
        problems.add(row.at("kriteria"), unknown("kriteria", row["kriteria"], known))


def check_kuota_jenis(edisi: Record, problems: Problems) -> None:
    """Quotas per kind of agency fit within the quotas of their track."""
    tracks = {row.get("kode"): row for row in rows_in(edisi, "jalur")}
    used: dict[tuple[str, str], int] = {}
    for row in rows_in(edisi.get("aturan"), "kuota_jenis_instansi"):
        track = tracks.get(row.get("jalur"))
        for key, of_track in (
            ("daftar_pendek", "kuota_daftar_pendek"),
            ("pemenang", "kuota_pemenang"),
        ):
            if track is None or row.get(key) is None or track.get(of_track) is None:
                continue
            total = used[row["jalur"], key] = used.get((row["jalur"], key), 0) + row[key]
            if total > track[of_track]:
                text = f"jumlah kuota jenis instansi {total}, lebih dari {of_track}"
                problems.add(row.at(key), f"{text} jalur '{row['jalur']}' ({track[of_track]})")


def check_predikat(edisi: Record, problems: Problems) -> None:
    """Titles mention only what can be filled in."""
    titles = (edisi.get("aturan") or {}).get("predikat") or {}
    for key, value in titles.items():
        for name in _placeholders(value):
            if name is None:
                problems.add(titles.at(key), "kurung kurawal tidak berpasangan")
            elif name not in schema.PLACEHOLDERS:
                hint = suggest(name, list(schema.PLACEHOLDERS))
                problems.add(titles.at(key), f"{{{name}}} tidak dikenal{hint}")


def _placeholders(template: str) -> Iterator[str | None]:
    try:
        parts = list(Formatter().parse(template or ""))
    except ValueError:
        yield None
        return
    for _, name, spec, conversion in parts:
        if name is not None:
            yield name if not spec and not conversion else f"{name}:{spec}{conversion or ''}"


# ------------------------------------------------------------------------- performance figures


def check_kinerja(edisi: Record, problems: Problems) -> None:
    """Columns, derived figures and cross-checks name columns that exist and can be added."""
    block = edisi.get("kinerja")
    if block is None:
        return
    columns, derived = rows_in(block, "kolom"), rows_in(block, "turunan")
    unique([*columns, *derived], "kode", problems)
    unique(rows_in(block, "periode"), "kode", problems)
    known = [row["kode"] for row in columns if row.get("kode") and row.get("jenis") != "tanggal"]
    for row in derived:
        _check_columns(row, ("pembilang", "penyebut"), known, problems)
    for row in rows_in(block, "pemeriksaan"):
        _check_columns(row, ("kiri", "kanan"), known, problems)
    periods = codes_in(block, "periode")
    if block.get("periode_acuan") and block["periode_acuan"] not in periods:
        text = unknown("periode", block["periode_acuan"], periods)
        problems.add(block.at("periode_acuan"), text)
    for row in rows_in(block, "periode"):
        if row.get("mulai", date.min) > row.get("sampai", date.max):
            problems.add(row.at("sampai"), "harus sesudah mulai")


def _check_columns(
    row: Record, keys: tuple[str, str], known: list[str], problems: Problems
) -> None:
    for key in keys:
        names = row.get(key)
        for name, place in zip(names or [], getattr(names, "places", []), strict=False):
            if name not in known:
                problems.add(place, unknown("kolom angka", name, known))


def check_ambang(edisi: Record, problems: Problems) -> None:
    """A threshold table names a criterion, a figure, and levels from best to worst."""
    block = edisi.get("kinerja")
    figures = [*codes_in(block, "kolom"), *codes_in(block, "turunan")]
    scored = [tahap["kode"] for tahap in rows_in(edisi, "tahap") if _is_scored(tahap)]
    for row in rows_in(block, "ambang"):
        if row.get("ukuran") and row["ukuran"] not in figures:
            problems.add(row.at("ukuran"), unknown("ukuran", row["ukuran"], figures))
        if row.get("tahap") and row["tahap"] not in scored:
            problems.add(row.at("tahap"), unknown("tahap penilaian", row["tahap"], scored))
        limits = row.get("batas") or {}
        values = list(limits.values())
        if values != sorted(values, reverse=row.get("arah") == "makin_besar"):
            problems.add(row.at("batas"), f"batas harus urut dari tingkat terbaik ({row['arah']})")
        for rubrik in scored_rubrik(edisi, row.get("tahap")):
            _check_limits(edisi, rubrik, row, problems)


def _check_limits(edisi: Record, rubrik: Record, row: Record, problems: Problems) -> None:
    criteria = {
        item.get("kode"): item
        for group in rows_in(rubrik, "kelompok")
        for item in rows_in(group, "kriteria")
    }
    item = criteria.get(row.get("kriteria"))
    if item is None and row.get("kriteria"):
        text = unknown("kriteria", row["kriteria"], [kode for kode in criteria if kode])
        problems.add(row.at("kriteria"), text)
    scale = (edisi.get("skala") or {}).get(item.get("skala")) if item else None
    if scale is None or "batas" not in row:
        return
    levels = [level.get("kode") for level in scale]
    for kode in row["batas"].key_lines:
        if kode not in levels:
            problems.add(row["batas"].at(kode), unknown("tingkat", kode, levels))
    if list(row["batas"]) != levels[: len(row["batas"])] or len(row["batas"]) != len(levels) - 1:
        text = f"isi batas semua tingkat kecuali yang terakhir: {', '.join(levels[:-1])}"
        problems.add(row.at("batas"), text)
