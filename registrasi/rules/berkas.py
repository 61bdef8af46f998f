"""Which stored files may be shown."""

from kompetisi.models import JenisDokumen
from kompetisi.rules.verdict import YES, Verdict, no
from registrasi.models import Berkas, Pemindaian, Pendaftaran

_WHY = {
    Pemindaian.MENUNGGU: "Berkas ini sedang menunggu pemindaian virus. Berkasnya aman tersimpan "
    "dan dapat dibuka begitu pemindai menjawab; coba lagi beberapa menit lagi.",
    Pemindaian.TERINFEKSI: "Berkas ini memuat virus menurut pemindai, sehingga tidak disajikan "
    "kepada siapa pun. Pemiliknya diminta menggantinya.",
}


def can_attach(pendaftaran: Pendaftaran, jenis_dokumen: JenisDokumen | None) -> Verdict:
    """Whether a file may be attached: evidence of complaints only after the declaration."""
    shows_complaints = jenis_dokumen is None or jenis_dokumen.memuat_aduan
    if shows_complaints and pendaftaran.perlindungan_pada is None:
        return no(
            "Nyatakan dahulu pada bagian atas halaman bahwa identitas pelapor sudah ditutup, lalu "
            "unggah berkasnya."
        )
    return YES


def can_read(berkas: Berkas) -> Verdict:
    """Whether the bytes of a file may be given out, whoever asks."""
    if berkas.dimusnahkan_pada is not None:
        return no(
            "Isi berkas ini sudah dimusnahkan karena masa simpannya berakhir. Sidik jarinya tetap "
            "tercatat."
        )
    why = _WHY.get(berkas.pemindaian)
    return no(why) if why else YES
