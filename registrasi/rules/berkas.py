"""Which stored files may be shown."""

from kompetisi.rules.verdict import YES, Verdict, no
from registrasi.models import Berkas, Pemindaian

_WHY = {
    Pemindaian.MENUNGGU: "Berkas ini sedang menunggu pemindaian virus. Berkasnya aman tersimpan "
    "dan dapat dibuka begitu pemindai menjawab; coba lagi beberapa menit lagi.",
    Pemindaian.TERINFEKSI: "Berkas ini memuat virus menurut pemindai, sehingga tidak disajikan "
    "kepada siapa pun. Pemiliknya diminta menggantinya.",
}


def can_read(berkas: Berkas) -> Verdict:
    """Whether the bytes of a file may be given out, whoever asks."""
    why = _WHY.get(berkas.pemindaian)
    return no(why) if why else YES
