"""The section `kinerja`: the performance figures an entry states, per period."""

from kompetisi.edisi_file import readers as r


def kinerja() -> r.Reader:
    return r.record(
        {
            "petunjuk": r.optional(r.text(most=2000), ""),
            "periode_acuan": r.code,
            "periode": r.listing(
                r.record(
                    {
                        "kode": r.code,
                        "nama": r.text(most=120),
                        "mulai": r.day,
                        "sampai": r.day,
                        "wajib": r.optional(r.boolean, default=True),
                    }
                ),
                least=1,
            ),
            "kolom": r.listing(
                r.record(
                    {
                        "kode": r.code,
                        "nama": r.text(most=200),
                        "jenis": r.choice("jumlah", "desimal", "tanggal"),
                        "wajib": r.optional(r.boolean, default=True),
                        "satuan": r.optional(r.text(most=40), ""),
                        "paling_besar": r.optional(r.decimal(most="999999999")),
                        "petunjuk": r.optional(r.text(most=600), ""),
                    }
                ),
                least=1,
            ),
            "turunan": r.listing(
                r.record(
                    {
                        "kode": r.code,
                        "nama": r.text(most=200),
                        "pembilang": r.listing(r.code, least=1),
                        "penyebut": r.listing(r.code, least=1),
                    }
                )
            ),
            "pemeriksaan": r.listing(
                r.record(
                    {
                        "kiri": r.listing(r.code, least=1),
                        "hubungan": r.choice("sama_dengan", "paling_banyak"),
                        "kanan": r.listing(r.code, least=1),
                        "pesan": r.text(),
                    }
                )
            ),
            "ambang": r.listing(
                r.record(
                    {
                        "tahap": r.code,
                        "kriteria": r.code,
                        "ukuran": r.code,
                        "arah": r.choice("makin_besar", "makin_kecil"),
                        "batas": r.table(r.decimal(most="999999999"), least=1),
                    }
                )
            ),
        }
    )
