"""Keeping the official SP4N-LAPOR! figures of one entry and period."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.models import Edisi, Pengguna
from kompetisi.queries.edisi import keadaan_of
from kompetisi.queries.peran import peran_of
from kompetisi.rules.matriks import check_aksi
from registrasi.actions.impor_kinerja import rules_of
from registrasi.models import AngkaResmi, Pendaftaran, StatusPendaftaran
from registrasi.rules.kinerja import clean_angka

AKSI = "angka_resmi.catat"
LONGEST_SOURCE = 200


@transaction.atomic
def save_angka_resmi(
    *,
    pendaftaran: Pendaftaran,
    periode: str,
    angka: Mapping,
    sumber: str,
    per_tanggal: date,
    oleh: Pengguna,
    versi: int | None = None,
) -> AngkaResmi:
    """Keep the official figures of one of the edition's periods; empty ones are not known.

    `versi` is the one the page was read at, 0 for none yet, None overwrites. Saving what is stored
    changes nothing. Raises NotAllowedError without the role or once the document stage has ended,
    InvalidInputError naming the columns, StaleVersionError when another saved first.
    """
    row = Pendaftaran.objects.select_for_update().select_related("edisi").get(pk=pendaftaran.pk)
    require_catat(oleh, row.edisi)
    if row.status == StatusPendaftaran.DRAF:
        raise InvalidInputError("Pendaftaran ini belum dikirim; angka resminya belum diperlukan.")
    rules = rules_of(row.edisi)
    asked = next((p for p in rules["periode"] if p["kode"] == periode), None)
    if asked is None:
        raise InvalidInputError("Periode ini tidak diminta edisi ini.")
    kept, mistakes = clean_angka(rules["kolom"], angka)
    mistakes |= wrong_source(sumber, per_tanggal)
    if mistakes:
        raise InvalidInputError(next(iter(mistakes.values())), rincian=mistakes)
    place = {
        "pendaftaran": row,
        "periode_mulai": date.fromisoformat(asked["mulai"]),
        "periode_selesai": date.fromisoformat(asked["sampai"]),
    }
    stored = AngkaResmi.objects.filter(**place).first() or AngkaResmi(**place, versi=0)
    if stored.pk and (stored.angka, stored.sumber, stored.per_tanggal) == (
        kept, sumber.strip(), per_tanggal,
    ):  # fmt: skip
        return stored
    if versi is not None and versi != stored.versi:
        raise StaleVersionError(
            "Angka resmi periode ini sudah diubah orang lain. Bandingkan, lalu simpan lagi.",
            rincian={"versi": stored.versi, "tersimpan": stored.angka},
        )
    before = stored.angka if stored.pk else {}
    stored.angka, stored.sumber, stored.per_tanggal = kept, sumber.strip(), per_tanggal
    stored.versi += 1
    stored.dicatat_oleh, stored.dicatat_pada = oleh, clock.now()
    stored.save()
    record(
        tindakan=AKSI,
        objek=stored,
        oleh=oleh,
        rincian={
            "pendaftaran": row.kode, "periode": periode, "sumber": stored.sumber,
            "per_tanggal": per_tanggal, "sebelum": before, "sesudah": kept,
        },
    )  # fmt: skip
    return stored


def require_catat(oleh: Pengguna, edisi: Edisi) -> None:
    """Raise NotAllowedError for who may not keep official figures of this edition now."""
    at = clock.db_now()
    check_aksi(AKSI, peran_of(oleh, edisi), keadaan_of(edisi, "dokumen", at)).require()


def wrong_source(sumber: str, per_tanggal: date | None) -> dict[str, str]:
    """What is wrong with where figures come from and when they stood there, by field."""
    mistakes = {}
    if not sumber.strip():
        mistakes["sumber"] = "Isi sumber angkanya, misalnya Dasbor nasional SP4N-LAPOR!."
    elif len(sumber.strip()) > LONGEST_SOURCE:
        mistakes["sumber"] = f"Paling panjang {LONGEST_SOURCE} huruf."
    if per_tanggal is None:
        mistakes["per_tanggal"] = "Isi tanggal angka itu diambil, misalnya 4-11-2019."
    elif per_tanggal > clock.now().astimezone(clock.WIB).date():
        mistakes["per_tanggal"] = "Tanggal ini belum lewat."
    return mistakes
