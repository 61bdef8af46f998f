"""The items of the administrative gate: what the machine's checks look at is in the form."""

from kompetisi.edisi_file.checks.common import codes_in, rows_in, unknown
from kompetisi.edisi_file.problems import Problems
from kompetisi.edisi_file.readers import Record
from kompetisi.edisi_file.schema import ABOUT_DOCUMENT


def check_administrasi(edisi: Record, problems: Problems) -> None:
    """A check about a document names one that is asked on the item's tracks."""
    known = codes_in(edisi, "dokumen")
    tracks = {row["kode"]: row.get("jalur") for row in rows_in(edisi, "dokumen") if "kode" in row}
    for row in rows_in(edisi, "administrasi"):
        name, check = row.get("dokumen"), row.get("otomatis")
        if check in ABOUT_DOCUMENT and not name:
            problems.add(row.at("otomatis"), f"sebutkan 'dokumen' yang diperiksa {check}")
        elif name and name not in known:
            problems.add(row.at("dokumen"), unknown("dokumen", name, known))
        elif name and tracks.get(name) not in (None, row.get("jalur")):
            text = f"dokumen '{name}' hanya diminta pada jalur '{tracks[name]}'"
            problems.add(row.at("dokumen"), text)
        if row.get("sebelum_kirim") == "tahan" and "otomatis" in row and not check:
            text = "hanya butir dengan 'otomatis' dapat menahan pengiriman"
            problems.add(row.at("sebelum_kirim"), text)
