"""How a division is made: anchors, the flow, the linking, then what there is to say about it."""

from collections.abc import Collection, Mapping
from math import ceil

from evaluasi.rules.keterhubungan import can_link, groups_of, name_groups
from evaluasi.rules.pembagian import pemecah
from evaluasi.rules.pembagian.bahan import Aturan, Entri, Pembagian, Penilai, mix
from evaluasi.rules.pembagian.isi import fill
from evaluasi.rules.pembagian.sambung import exchange
from evaluasi.rules.pembagian.sebab import explain
from evaluasi.rules.pembagian.soal import Soal


def divide(
    entri: Collection[Entri],
    penilai: Collection[Penilai],
    *,
    terlarang: Mapping[int, Collection[int]],
    aturan: Aturan,
    beban: Mapping[int, int] | None = None,
    rencana: Mapping[int, Collection[int]] | None = None,
    jangkar: Collection[int] = (),
    benih: int = 0,
) -> Pembagian:
    """Give each entry its readers, counting those it has.

    `terlarang` maps a reader to the agencies barred to them (as a mapping: each with the cause in
    a word), `beban` to the sheets they have
    already; `rencana` maps an entry to the readers of the earlier plan, of which as many stay as
    the rules permit; `jangkar` are the entries that everybody read in it. The same input and
    `benih` give the same outcome, whatever the order of the input.
    """
    soal = Soal.of(
        entri,
        penilai,
        terlarang=terlarang,
        aturan=aturan,
        beban=beban or {},
        rencana=rencana or {},
        benih=benih,
    )
    hasil = Pembagian()
    hasil.jangkar = _anchor(soal, jangkar, hasil)
    hasil.terbaik = fill(soal)
    linked = _link(soal, hasil) if aturan.hubungkan else set()
    _close(soal, hasil, linked)
    hasil.kekurangan = [explain(soal, pk) for pk in soal.entri if soal.kurang(pk)]
    return hasil


def pick_reader(
    entri: Entri,
    penilai: Collection[Penilai],
    *,
    terlarang: Mapping[int, Collection[int]],
    aturan: Aturan,
    beban: Mapping[int, int],
    benih: int = 0,
) -> tuple[int | None, str]:
    """One more reader for one entry without a solver, or None and why there is none.

    Of another home body if there is one, then the least loaded, then who knows the field.
    """
    soal = Soal.of(
        [entri],
        penilai,
        terlarang=terlarang,
        aturan=aturan,
        beban=beban,
        rencana={},
        benih=benih,
    )
    homes = soal.rumah_pada(entri.pk)
    able = [r for r in soal.boleh[entri.pk] if r not in entri.sudah and soal.sisa(r)]
    best = min(
        able,
        key=lambda r: (
            aturan.beda_asal and soal.penilai[r].rumah in homes,
            soal.beban[r],
            not soal.cocok(entri.pk, r),
            mix(benih, entri.pk, r),
        ),
        default=None,
    )
    if best is not None:
        return best, ""
    return None, explain(soal, entri.pk).sebab


def _anchor(soal: Soal, lama: Collection[int], hasil: Pembagian) -> tuple[int, ...]:
    """Choose the anchor entries and give them to everybody who may read them."""
    chosen: list[int] = []
    seen: set[str] = set()
    while len(chosen) < min(soal.aturan.jangkar, len(soal.entri)):
        best = min(
            (pk for pk in soal.entri if pk not in chosen),
            key=lambda pk: (
                pk not in lama,
                -len(soal.boleh[pk]),
                len(soal.entri[pk].bidang & seen),
                mix(soal.benih, pk),
            ),
        )
        chosen.append(best)
        seen |= soal.entri[best].bidang
    for pk in chosen:
        full = [r for r in sorted(soal.boleh[pk]) if r not in soal.pada[pk] and not soal.sisa(r)]
        for r in sorted(soal.boleh[pk] - set(soal.pada[pk]) - set(full)):
            soal.put(pk, r)
        soal.terikat.add(pk)
        if full:
            names = ", ".join(soal.penilai[r].nama or f"evaluator {r}" for r in full[:5])
            hasil.peringatan.append(
                f"{_name(soal, pk)} adalah entri jangkar, tetapi {len(full)} evaluator sudah penuh "
                f"dan tidak membacanya: {names}."
            )
    return tuple(sorted(chosen))


def _link(soal: Soal, hasil: Pembagian) -> set[tuple[int, int]]:
    """Link all readers through shared entries; returns the pairs that came by it."""
    if len(groups_of(soal.pada)) <= 1:
        return set()
    if not can_link(soal.pada):
        return set()  # nothing could: said by _close
    made = exchange(soal)
    if len(groups_of(soal.pada)) <= 1:
        return made
    found, proved = pemecah.link(soal)
    hasil.terbaik = hasil.terbaik and proved
    if found is None:
        return made
    before = {(e, r) for e in soal.entri for r in soal.movable(e)}
    for e, r in before - set(found):
        soal.take(e, r)
    for e, r in sorted(set(found) - before):
        soal.put(e, r)
    return (made & set(found)) | (set(found) - before)


def _close(soal: Soal, hasil: Pembagian, linked: set[tuple[int, int]]) -> None:
    """Write down the outcome with the reason for each pair, and what is to be minded."""
    carried = [soal.beban[pk] for pk in soal.penilai]
    light = ceil(sum(carried) / len(carried)) if carried else 0
    for pk, entri in soal.entri.items():
        added = [r for r in soal.pada[pk] if r not in entri.sudah]
        hasil.tambahan[pk] = sorted(
            added, key=lambda r: (r not in soal.lama[pk], mix(soal.benih, pk, r))
        )
        for r in added:
            hasil.pertimbangan[pk, r] = _reasons(soal, pk, r, light, hasil, (pk, r) in linked)
        hasil.berubah += len(soal.lama[pk] - set(soal.pada[pk]))
    hasil.kelompok = groups_of(soal.pada)
    hasil.peringatan += _warnings(soal, hasil)


def _reasons(
    soal: Soal,
    entri: int,
    penilai: int,
    light: int,
    hasil: Pembagian,
    linked: bool,  # noqa: FBT001
) -> list[str]:
    """Why this reader has this entry, as codes of PERTIMBANGAN."""
    if entri in hasil.jangkar:
        return ["jangkar"]
    homes = soal.rumah_pada(entri, penilai)
    holds = {
        "satu_satunya": len(soal.boleh[entri]) <= soal.aturan.per_entri,
        "penghubung": linked,
        "tetap": penilai in soal.lama[entri],
        "keahlian": soal.cocok(entri, penilai),
        "asal": bool(homes) and soal.penilai[penilai].rumah not in homes,
    }
    found = [kode for kode, yes in holds.items() if yes]
    if soal.beban[penilai] < light or not found:
        found.append("beban")
    return found


def _warnings(soal: Soal, hasil: Pembagian) -> list[str]:
    """Same homes, uneven loads and groups that share no entry, in sentences."""
    found = []
    if soal.aturan.beda_asal:
        alike = [pk for pk in soal.entri if pk not in hasil.jangkar and _alike(soal, pk)]
        if alike:
            names = ", ".join(_name(soal, pk) for pk in alike[:5])
            more = f" dan {len(alike) - 5} lainnya" if len(alike) > 5 else ""
            found.append(
                f"{len(alike)} pendaftaran mendapat dua pembaca dari instansi yang sama karena "
                f"tidak ada pilihan lain: {names}{more}."
            )
    found += _uneven(soal)
    if soal.aturan.hubungkan and len(hasil.kelompok) > 1:
        found.append(_apart(soal, hasil))
    return found


def _alike(soal: Soal, entri: int) -> bool:
    homes = soal.rumah_pada(entri)
    return bool(soal.movable(entri)) and len(set(homes)) < len(homes)


def _uneven(soal: Soal) -> list[str]:
    """That loads differ by more than one, and why, among those who could take more."""
    free = {pk: soal.beban[pk] for pk in soal.penilai if soal.sisa(pk)}
    if not free or max(soal.beban.values()) - min(free.values()) <= 1:
        return []
    low, high = min(free.values()), max(soal.beban.values())
    few = [soal.penilai[pk].nama or f"evaluator {pk}" for pk, n in free.items() if n < high - 1]
    names = ", ".join(few[:5]) + (f" dan {len(few) - 5} lainnya" if len(few) > 5 else "")
    return [
        f"Beban berkisar {low} sampai {high} lembar. Benturan kepentingan, asal yang harus "
        f"berbeda, atau penugasan yang sudah ada tidak memungkinkan beban lebih besar bagi {names}."
    ]


def _apart(soal: Soal, hasil: Pembagian) -> str:
    nama = {pk: p.nama for pk, p in soal.penilai.items()}
    groups = name_groups(hasil.kelompok, nama)
    if not can_link(soal.pada):
        help_ = (
            "Pembacaan bersama terlalu sedikit untuk menghubungkan semuanya: tambah pembaca setiap "
            "pendaftaran, pakai entri jangkar, atau kurangi evaluator."
        )
    elif hasil.terbaik:
        help_ = (
            "Benturan dan kapasitas tidak memungkinkannya: pakai entri jangkar atau tambah "
            "evaluator yang boleh membaca bagi kedua kelompok."
        )
    else:
        help_ = "Penghubung belum ditemukan dalam batas waktu: undi ulang atau hubungkan sendiri."
    return (
        f"Evaluator terbagi dalam {len(hasil.kelompok)} kelompok yang tidak membaca pendaftaran "
        f"yang sama ({groups}), sehingga keketatan mereka tidak dapat dibandingkan. {help_}"
    )


def _name(soal: Soal, entri: int) -> str:
    return soal.entri[entri].nama or f"pendaftaran {entri}"
