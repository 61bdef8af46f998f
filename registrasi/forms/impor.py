"""A table that is sent in: the file, and afterwards what was read from it, sealed.

Between looking and confirming nothing is kept on the server: the page carries what was read,
signed for the person, the purpose and two hours.
"""

import hashlib
from dataclasses import dataclass

from django import forms
from django.core import signing

from kompetisi.errors import InvalidInputError
from kompetisi.models import Pengguna
from registrasi.rules.berkas_tabel import MOST_BYTES, MOST_ROWS, Tabel, read_tabel

SALT = "registrasi.impor"
HOURS = 2
LONGEST_SEAL = 1_500_000  # characters; a form may carry 2 MB


class ImporForm(forms.Form):
    """The file to look at."""

    use_required_attribute = False

    berkas = forms.FileField(
        label="Berkas XLSX atau CSV",
        help_text=f"Paling besar {MOST_BYTES // 1024**2} MB. Belum ada yang diubah pada langkah "
        "ini.",
        allow_empty_file=True,
        error_messages={"required": "Pilih berkas dahulu."},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


@dataclass(frozen=True)
class Muatan:
    """A table that was read, with the name and hash of its file and what was shown of it."""

    tabel: Tabel
    nama: str
    sha256: str
    sidik: str = ""

    def seal(self, oleh: Pengguna, untuk: str, sidik: str) -> str:
        """As text for the page. Raises InvalidInputError when it is too long for a form."""
        sealed = signing.dumps(
            {
                "kolom": self.tabel.kolom, "baris": self.tabel.baris, "nama": self.nama,
                "sha256": self.sha256, "sidik": hashlib.sha256(sidik.encode()).hexdigest(),
                "oleh": oleh.pk, "untuk": untuk,
            },
            salt=SALT,
            compress=True,
        )  # fmt: skip
        if len(sealed) > LONGEST_SEAL:
            raise InvalidInputError("Isi berkas terlalu panjang. Bagi menjadi beberapa berkas.")
        return sealed

    def shown(self, sidik: str) -> bool:
        """Whether this plan is the one that the person was shown."""
        return self.sidik == hashlib.sha256(sidik.encode()).hexdigest()


def read_upload(upload, most_rows: int = MOST_ROWS) -> Muatan:
    """What a file of at most `most_rows` rows holds.

    Raises InvalidInputError that says what to do.
    """
    if upload.size > MOST_BYTES:
        raise InvalidInputError(
            f"Berkas lebih besar daripada {MOST_BYTES // 1024**2} MB. Bagi menjadi beberapa berkas."
        )
    content = upload.read()
    return Muatan(
        read_tabel(content, most_rows), upload.name or "", hashlib.sha256(content).hexdigest()
    )


def unseal(text: str, oleh: Pengguna, untuk: str) -> Muatan:
    """What the page carried. Raises InvalidInputError when altered, another's, or too old."""
    try:
        held = signing.loads(text, salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature as error:
        raise InvalidInputError("Pratinjau sudah kedaluwarsa. Unggah kembali berkasnya.") from error
    if (held["oleh"], held["untuk"]) != (oleh.pk, untuk):
        raise InvalidInputError("Pratinjau ini bukan milik Anda. Unggah kembali berkasnya.")
    rows = tuple((number, texts) for number, texts in held["baris"])
    return Muatan(Tabel(tuple(held["kolom"]), rows), held["nama"], held["sha256"], held["sidik"])
