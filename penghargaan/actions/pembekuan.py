"""Freezing the plenary: recompute, compare, seal. Afterwards the database refuses any change."""

from collections.abc import Collection

from django.db import connection, transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Pengguna
from kompetisi.queries.peran import peran_of
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import YES, all_of, no
from penghargaan import verify_hasil
from penghargaan.actions.pleno import take_pleno
from penghargaan.models import Peringkat, Pleno
from penghargaan.queries.isi_hasil import build_isi, draw_names, sheets_of
from penghargaan.queries.peringkat import Perhitungan, compute_peringkat, urutan_aspek
from penghargaan.queries.pleno import freezing_obstacles, peringkat_of, sidang_of
from penghargaan.rules.kanonik import hash_of
from penghargaan.rules.pleno import can_freeze
from penghargaan.rules.predikat import predikat_of


@transaction.atomic
def freeze_pleno(*, pleno: Pleno, oleh: Pengguna) -> Pleno:
    """Freeze the list, once. Its content, replayable from the sheets, is kept with its hash.

    Everything is computed anew in this transaction, by the application and by the stand-alone
    verifier; both must agree with what the plenary saw, and every sheet of the edition with its
    seal and the audit log (evaluasi.queries.periksa_nilai). The stages are locked meanwhile, so
    that no sheet changes in between. Raises NotAllowedError with all that
    stands in the way.
    """
    with connection.cursor() as cursor:
        # Writers of sheets hold their stage FOR SHARE: wait for them, and let none begin.
        cursor.execute(
            "SELECT id FROM kompetisi_tahap WHERE edisi_id = %s ORDER BY id FOR NO KEY UPDATE",
            [pleno.edisi_id],
        )
    row = take_pleno(pleno, oleh)
    now = clock.db_now()
    rows = list(peringkat_of(row))
    hitungan = compute_peringkat(row.edisi)
    can_freeze(
        sidang_of(oleh, row.edisi, now), freezing_obstacles(row, rows, hitungan, now)
    ).require()
    _give_predikat(row, rows, hitungan)
    isi, samaran = _seal(row, rows, hitungan)
    row.isi, row.hash, row.samaran = isi, hash_of(isi), samaran
    row.dibekukan_oleh, row.dibekukan_pada = oleh, now
    row.versi += 1
    row.save()
    record(
        tindakan="pleno.beku",
        objek=row,
        oleh=oleh,
        rincian={"hash": row.hash, "pemenang": sum(r.menang for r in rows)},
    )
    return row


def _seal(
    row: Pleno, rows: list[Peringkat], hitungan: Perhitungan
) -> tuple[dict, dict[str, dict[str, int]]]:
    """The content and the names drawn for it, checked by the independent verifier."""
    sheets = sheets_of(r.pendaftaran_id for r in rows)
    samaran = draw_names(rows, sheets)
    isi = build_isi(row, rows, hitungan.baris, sheets, samaran)
    recomputed, faults = verify_hasil.recompute(isi)
    if faults or recomputed["hasil"] != isi["hasil"]:
        no(
            "Hitungan ulang yang berdiri sendiri memberi hasil lain. Hasil tidak dibekukan. "
            + " ".join([*faults, *verify_hasil.differences(isi["hasil"], recomputed["hasil"])][:3])
        ).require()
    return isi, samaran


def _give_predikat(row: Pleno, rows: Collection[Peringkat], hitungan: Perhitungan) -> None:
    """Write down what each entry may be called, with its place in an aspect.

    `{jumlah_pemenang}` is how many the plenary decided on, not what the edition had planned.
    """
    edisi = row.edisi
    names = {a["kode"]: a["nama"] for a in edisi.aturan.get("aspek_penghargaan") or []}
    places = urutan_aspek(edisi, rows, hitungan)
    winners = sum(r.menang for r in rows)
    won: dict[int, int] = {}
    for r in rows:
        if r.didiskualifikasi:
            continue
        # A place among the winners of the track: the rank would tell who was passed over.
        won[r.jalur_id] = won.get(r.jalur_id, 0) + int(r.menang)
        r.predikat = predikat_of(
            edisi.aturan["predikat"],
            {
                "tahun": edisi.tahun,
                "jumlah_pemenang": winners,
                "jalur": r.jalur.nama,
                "peringkat": won[r.jalur_id],
                "edisi": edisi.nama,
            },
            menang=r.menang,
            aspek=names.get(r.aspek, ""),
            urutan_aspek=places.get(r.pendaftaran_id, 0),
        )
    Peringkat.objects.bulk_update(rows, ["predikat"])


@transaction.atomic
def set_nomor_berita_acara(*, pleno: Pleno, nomor: str, oleh: Pengguna) -> Pleno:
    """Enter the number of the minutes as the registry gave it; all that a freeze leaves open."""
    row = Pleno.objects.select_for_update(of=("self",)).select_related("edisi").get(pk=pleno.pk)
    all_of(
        check_aksi("keputusan.isi", peran_of(oleh, row.edisi)),
        YES if row.dibekukan_pada else no("Nomor diisi setelah hasil pleno dibekukan."),
    ).require()
    nomor = nomor.strip()
    taken = Pleno.objects.filter(nomor_berita_acara=nomor).exclude(pk=row.pk).exists()
    if not nomor or taken:
        pesan = "Nomor ini sudah dipakai." if nomor else "Isi nomor berita acara."
        raise InvalidInputError(pesan, rincian={"nomor": pesan})
    row.nomor_berita_acara = nomor
    row.save(update_fields=["nomor_berita_acara"])
    record(tindakan="pleno.nomor", objek=row, oleh=oleh, rincian={"nomor": nomor})
    return row
