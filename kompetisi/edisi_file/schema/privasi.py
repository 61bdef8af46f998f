"""What the edition says about personal data: the public notice, and how long what is kept."""

from kompetisi.edisi_file import readers as r


def privasi() -> r.Reader:
    """The notice, in plain words, shown at /privasi/."""
    line = r.text(most=1000)
    return r.record(
        {
            "pengendali": line,
            "dasar": line,
            "tujuan": line,
            "data": r.listing(
                r.record({"nama": r.text(most=200), "isi": line, "alasan": line, "simpan": line}),
                least=1,
            ),
            "penerima": r.listing(line, least=1),
            "hak": r.listing(line, least=1),
            "kontak": line,
        }
    )


def retensi() -> r.Reader:
    """Months after publication; what is left out is kept until somebody erases it."""
    months = r.optional(r.integer(least=1, most=240))
    return r.record(
        {
            "draf_tidak_dikirim_bulan": months,
            "berkas_bukan_pemenang_bulan": months,
            "kontak_pribadi_bulan": months,
        }
    )
