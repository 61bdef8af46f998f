"""Quotas, weights and rules that point at tracks, stages and rubrics."""

from collections.abc import Iterator
from string import Formatter

from kompetisi.edisi_file.checks.common import (
    codes_in,
    rows_in,
    scored_codes,
    scored_rubrik,
    unknown,
)
from kompetisi.edisi_file.problems import Problems, suggest
from kompetisi.edisi_file.readers import Record
from kompetisi.edisi_file.schema import PLACEHOLDERS, SCORED


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
    scored = scored_codes(edisi)
    for kode in weights.key_lines:
        if kode not in scored:
            text = unknown("tahap penilaian", kode, scored)
            problems.add(weights.at(kode), text)
    for kode in scored:
        if kode not in weights.key_lines:
            problems.add(weights.place, f"bobot tahap '{kode}' belum ada")
    if len(weights) == len(weights.key_lines) and sum(weights.values()) != 100:
        problems.add(weights.place, f"jumlah bobot tahap {sum(weights.values())}, harus 100")


def check_penilai(edisi: Record, problems: Problems) -> None:
    """Readers, panel and team are stated for exactly the stages that exist."""
    rules = edisi.get("aturan")
    if rules is None:
        return
    stages = {row.get("jenis"): row["kode"] for row in rows_in(edisi, "tahap") if row.get("kode")}
    scored = [kode for jenis, kode in stages.items() if jenis in SCORED]
    _check_readers(rules.get("penilai_per_pendaftaran"), scored, problems)
    for jenis, key in (("wawancara", "panel_wawancara"), ("lapangan", "tim_lapangan")):
        if jenis in stages and "tahap" in edisi and rules.get(key) is None and key in rules:
            problems.add(rules.at(key), f"isian '{key}' wajib karena ada tahap {jenis}")
    panel = rules.get("panel_wawancara") or {}
    if panel.get("minimal", 0) > panel.get("anggota", 50):
        problems.add(panel.at("minimal"), "lebih banyak daripada anggota panel")


def _check_readers(readers: Record | None, scored: list[str], problems: Problems) -> None:
    if readers is None:
        return
    for kode in readers.key_lines:
        if kode not in scored:
            problems.add(readers.at(kode), unknown("tahap penilaian", kode, scored))
    for kode in scored:
        if kode not in readers.key_lines:
            problems.add(readers.place, f"jumlah penilai tahap '{kode}' belum ada")


def check_entri_jangkar(edisi: Record, problems: Problems) -> None:
    """Anchor entries are asked of stages whose sheets are read apart and whose score is the mean.

    Everybody reads an anchor entry; the mean of the two nearest of many totals would say nothing.
    """
    rules = edisi.get("aturan") or {}
    anchors = rules.get("entri_jangkar")
    if not anchors:
        return
    dokumen = [r["kode"] for r in rows_in(edisi, "tahap") if r.get("jenis") == "dokumen"]
    nearest = (rules.get("penilai_ketiga") or {}).get("gabung") == "dua_terdekat"
    for kode in anchors.key_lines:
        if kode not in dokumen:
            text = unknown("tahap penilaian dokumen", kode, dokumen)
            problems.add(anchors.at(kode), text)
        elif nearest:
            problems.add(
                anchors.at(kode),
                "entri jangkar dibaca semua evaluator, maka nilainya harus rata-rata semua lembar: "
                "ubah penilai_ketiga.gabung menjadi 'rata_rata', atau hapus entri_jangkar",
            )


def check_urutan_seri(edisi: Record, problems: Problems) -> None:
    """Every step of the tie order exists, and a plenary vote comes last, for it always decides."""
    rows = rows_in(edisi.get("aturan"), "urutan_seri")
    if rows and not rows[-1].get("pleno"):
        problems.add(rows.places[-1], "urutan terakhir harus 'pleno: suara'")
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
    scored = scored_codes(edisi)
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
            elif name not in PLACEHOLDERS:
                hint = suggest(name, list(PLACEHOLDERS))
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
