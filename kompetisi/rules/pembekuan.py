"""What of an edition is frozen, piece by piece, as its stages open.

A frozen piece cannot be changed by loading the edition file again: people have begun to rely on
it. Names, notes and explanations stay free. A closing instant moves only by an extension, which
two people decide.
"""

from collections.abc import Collection, Iterable, Mapping

from kompetisi.edisi_file import Change
from kompetisi.rules.verdict import YES, Verdict, no

SCORED = ("dokumen", "wawancara", "lapangan")
# The stages that work on the shortlist, which the first scored stage decides.
AFTER_SHORTLIST = ("wawancara", "lapangan", "pleno")
FORM = ("pendaftaran",)

# Section of the file and its field (or "" for a row that comes or goes) -> the stage kinds of
# which any, once begun, freezes it. What is not listed is never frozen.
FREEZING: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "edisi": {"tahun": FORM, "jumlah_pemenang": ("pleno",)},
    "jalur": {
        "": FORM,
        "sasaran": FORM,
        "jenis_instansi": FORM,
        "pemenang_terdahulu": FORM,
        "kuota_daftar_pendek": AFTER_SHORTLIST,
        "kuota_pemenang": ("pleno",),
    },
    "aturan": {
        "zona": FORM,
        "pernyataan_kebenaran": FORM,
        "maks_unit_per_instansi": FORM,
        "minimal_bulan_pemakaian": FORM,
        "tanggal_acuan_pemakaian": FORM,
        "masa_surat_tugas_bulan": FORM,
        "kinerja": FORM,
        "retensi": FORM,
        "masa_perbaikan_hari": ("administrasi",),
        "penolakan_dua_orang": ("administrasi",),
        "samarkan_peserta": ("dokumen",),
        "bobot_tahap": SCORED,
        "penilai_per_pendaftaran": SCORED,
        "entri_jangkar": SCORED,
        "penilai_ketiga": SCORED,
        "urutan_seri": SCORED,
        "aspek_penghargaan": SCORED,
        "pakta_integritas": SCORED,
        "benturan_riwayat_tahun": SCORED,
        "panel_wawancara": ("wawancara",),
        "tim_lapangan": ("lapangan",),
        "kuota_jenis_instansi": AFTER_SHORTLIST,
        "predikat": ("pleno",),
    },
}
# Sections that are frozen as a whole, row by row and field by field.
WHOLE: Mapping[str, tuple[str, ...]] = {
    "pertanyaan": FORM,
    "dokumen": FORM,
    "administrasi": ("administrasi",),
}
WINDOW = frozenset({"", "jenis", "mulai", "selesai"})


def frozen_by(change: Change, stages: Mapping[str, str]) -> tuple[str, ...]:
    """The stage kinds of which any, once begun, freezes this change; () when never frozen.

    `stages` gives the kind of each stage code stored so far.
    """
    if change.kind in WHOLE:
        return WHOLE[change.kind]
    if change.kind == "tahap":
        return _own_stage(change, stages)
    if change.kind == "rubrik":
        return _rubric_stages(change, stages)
    # A field below a key of `aturan`, such as aturan.bobot_tahap.dokumen, goes with that key.
    field = change.path[1] if change.kind == "aturan" and change.path[1:] else change.field
    return FREEZING[change.kind].get(field, ())


def _own_stage(change: Change, stages: Mapping[str, str]) -> tuple[str, ...]:
    kind = stages.get(change.path[1])
    return (kind,) if kind and change.field in WINDOW else ()


def _rubric_stages(change: Change, stages: Mapping[str, str]) -> tuple[str, ...]:
    """A rubric is frozen with its stage; that of the documents already with the entry form.

    Entrants assess themselves on the document rubric while they register.
    """
    kind = stages.get(change.path[1].partition("/")[0])
    # The hash only follows the rows, each of which is frozen itself.
    if kind is None or change.field == "hash":
        return ()
    return (*FORM, kind) if kind == "dokumen" else (kind,)


def frozen_names(
    changes: Iterable[Change], stages: Mapping[str, str], begun: Collection[str]
) -> list[str]:
    """The names of the changes that a stage already begun forbids, each with that stage's kind."""
    found = []
    for change in changes:
        by = [kind for kind in frozen_by(change, stages) if kind in begun]
        if by:
            found.append(f"{change.name} (dibekukan sejak tahap {by[0]} mulai)")
    return found


def can_load(
    changes: Iterable[Change], stages: Mapping[str, str], begun: Collection[str]
) -> Verdict:
    """Whether these changes may be loaded, the stages of the kinds in `begun` having begun."""
    names = frozen_names(changes, stages, begun)
    if not names:
        return YES
    listed = "\n".join(f"- {name}" for name in names)
    return no(f"Bagian yang sudah dibekukan tidak dapat diubah; tidak ada yang dimuat.\n{listed}")
