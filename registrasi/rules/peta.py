"""Where each province stands on the tile map: one tile a province, neighbours near each other.

By Kemendagri code of two digits. The six provinces that came after 2019 have their places too; a
code that is not here is put into a row of its own below.
"""

from collections.abc import Iterable

PETAK: dict[str, tuple[int, int, str]] = {  # column, row, short name
    "11": (0, 0, "Aceh"),
    "12": (1, 0, "Sumut"),
    "13": (0, 1, "Sumbar"),
    "14": (1, 1, "Riau"),
    "21": (2, 1, "Kepri"),
    "15": (1, 2, "Jambi"),
    "17": (0, 2, "Bengkulu"),
    "16": (2, 2, "Sumsel"),
    "19": (3, 2, "Babel"),
    "18": (2, 3, "Lampung"),
    "36": (2, 4, "Banten"),
    "31": (3, 4, "DKI"),
    "32": (3, 5, "Jabar"),
    "33": (4, 5, "Jateng"),
    "34": (4, 6, "DIY"),
    "35": (5, 5, "Jatim"),
    "51": (6, 6, "Bali"),
    "52": (7, 6, "NTB"),
    "53": (8, 6, "NTT"),
    "61": (4, 2, "Kalbar"),
    "62": (5, 2, "Kalteng"),
    "63": (5, 3, "Kalsel"),
    "64": (6, 2, "Kaltim"),
    "65": (6, 1, "Kaltara"),
    "71": (9, 1, "Sulut"),
    "75": (8, 1, "Gorontalo"),
    "72": (8, 2, "Sulteng"),
    "76": (7, 2, "Sulbar"),
    "73": (7, 3, "Sulsel"),
    "74": (8, 3, "Sultra"),
    "82": (10, 1, "Malut"),
    "81": (10, 3, "Maluku"),
    "92": (11, 2, "Pabar"),
    "91": (12, 2, "Papua"),
    "96": (11, 1, "PBD"),
    "94": (12, 3, "Pateng"),
    "95": (13, 3, "Papeg"),
    "93": (13, 4, "Pasel"),
}
BELOW = 7
SHADES = 4  # 0 nothing, 1 to 3 by thirds of the greatest number


def place_tiles(rows: Iterable[dict]) -> list[dict]:
    """The same rows ({kode_kemendagri, label, nilai, …}) with `kolom`, `baris`, `pendek`, `rona`.

    Sorted as one reads: by row, then by column, which is also the order of the Tab key.
    """
    rows = list(rows)
    most = max((row["nilai"] for row in rows), default=0)
    spare, placed = 0, []
    for row in rows:
        spot = PETAK.get(row["kode_kemendagri"])
        if spot is None:
            spot, spare = (spare, BELOW, row["label"][:8]), spare + 1
        shade = -(-row["nilai"] * (SHADES - 1) // most) if most else 0
        placed.append({**row, "kolom": spot[0], "baris": spot[1], "pendek": spot[2], "rona": shade})
    return sorted(placed, key=lambda row: (row["baris"], row["kolom"]))
