"""Pictures of the secretariat's cockpit, drawn on the server: the tile map and the curve."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django import template

from kompetisi.clock import WIB
from registrasi.rules.peta import place_tiles

register = template.Library()
TILE, GAP = 64, 4
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 720, 200, 36, 12, 28  # of the curve's picture
TICKS = 6


@register.inclusion_tag("registrasi/panitia/_peta.html", takes_context=True)
def peta_petak(context: template.Context, rows: Iterable[Mapping], *, nilai: str) -> dict:
    """One tile a province with shade, name and number; each leads to the list of its entries.

    `nilai` names the count that is shown. Rows as of registrasi.queries.kokpit.
    """
    known = [{**row, "nilai": row[nilai]} for row in rows if row["kode_kemendagri"]]
    tiles = place_tiles(known)
    for tile in tiles:
        tile["x"], tile["y"] = tile["kolom"] * (TILE + GAP), tile["baris"] * (TILE + GAP)
        tile["tengah"] = tile["x"] + TILE // 2
    return {
        "petak": tiles,
        "sisi": TILE,
        "lebar": max((t["x"] for t in tiles), default=0) + TILE,
        "tinggi": max((t["y"] for t in tiles), default=0) + TILE,
    }


@register.inclusion_tag("registrasi/panitia/_kurva.html")
def kurva(rows: Iterable[Mapping], *, judul: str, nama: str, tutup: datetime | None = None) -> dict:
    """Bars of what was sent and a line of what was made, the closing marked; with its table.

    Rows {waktu, dibuat, dikirim} at even steps; `nama` makes the ids of the page unique.
    """
    rows = list(rows)
    step = rows[1]["waktu"] - rows[0]["waktu"] if len(rows) > 1 else timedelta(days=1)
    marked = bool(rows) and tutup is not None and tutup <= rows[-1]["waktu"] + step
    slots = max(len(rows), 1)
    most = max((max(r["dibuat"], r["dikirim"]) for r in rows), default=0) or 1
    wide, high = (WIDTH - LEFT) / slots, HEIGHT - TOP - BOTTOM

    def y(number: int) -> float:
        return TOP + high - high * number / most

    bars = [
        {
            "x": f"{LEFT + index * wide + wide * 0.1:.1f}",
            "y": f"{y(row['dikirim']):.1f}",
            "lebar": f"{wide * 0.8:.1f}",
            "tinggi": f"{TOP + high - y(row['dikirim']):.1f}",
        }
        for index, row in enumerate(rows)
    ]
    points = [
        f"{LEFT + (index + 0.5) * wide:.1f},{y(row['dibuat']):.1f}"
        for index, row in enumerate(rows)
    ]
    every = -(-slots // TICKS)
    return {
        "judul": judul,
        "nama": nama,
        "baris": rows,
        "per_jam": step < timedelta(days=1),
        "batang": bars,
        "titik": " ".join(points),
        "puncak": most,
        "dasar": TOP + high,
        "atas": TOP,
        "kiri": LEFT,
        "lebar": WIDTH,
        "tinggi": HEIGHT,
        "tanda": [
            {"x": f"{LEFT + (i + 0.5) * wide:.1f}", "teks": _tick(rows[i]["waktu"], step)}
            for i in range(0, len(rows), every)
        ],
        "tutup": tutup if marked else None,
        "tutup_x": f"{_place(rows, step, tutup, wide):.1f}" if marked else "",
    }


def _place(rows: list, step: timedelta, instant: datetime, wide: float) -> float:
    return min(LEFT + (instant - rows[0]["waktu"]) / step * wide, WIDTH - 1)


def _tick(instant: datetime, step: timedelta) -> str:
    local = instant.astimezone(WIB)
    return f"{local.day}/{local.month}" if step >= timedelta(days=1) else f"{local:%H.%M}"
