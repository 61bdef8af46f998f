"""Completeness asked of the database: which drafts lack what, in one query for any number of them.

The rules are those of registrasi.queries.kekurangan, which names each missing thing of a few
entries; here whole lists are counted and filtered. A test holds the two to each other.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from kompetisi.models import Edisi, JenisDokumen, Kriteria, Pertanyaan
from registrasi.models import (
    BuktiDukung,
    JawabanNarasi,
    KinerjaSP4N,
    Pemindaian,
    Pendaftaran,
    PenilaianMandiri,
)
from registrasi.queries.kekurangan import OWN_FIELDS, Tuntutan, needs_bukti
from registrasi.queries.syarat_sql import Syarat
from registrasi.rules.temuan import add_months

BAGIAN = ("identitas", "mandiri", "narasi", "dokumen", "angka")
LENGKAP = Q(**{f"ada_{name}": True for name in BAGIAN})
BLANK = r"^\s*$"


def annotate_kelengkapan(
    rows: QuerySet[Pendaftaran], edisi: Edisi, asked: Tuntutan | None = None
) -> QuerySet[Pendaftaran]:
    """Add `ada_<bagian>` for each part of the form: whether it lacks nothing; and `kosong`.

    `kosong`: nothing at all has been filled in since the draft was made. Asks the edition's
    demands (six queries) unless they were read already.
    """
    asked = asked or Tuntutan(edisi)
    tracks = list(edisi.jalur.values_list("pk", flat=True))
    pertanyaan = [row for row in asked.pertanyaan if row.wajib]
    dokumen = [row for row in asked.dokumen if row.wajib]
    return rows.alias(
        n_mandiri=_count(_claimed(asked, tracks)),
        n_narasi=_count(_answered()),
        n_dokumen=_count(_attached()),
    ).annotate(
        ada_identitas=_flag(_identity(asked)),
        ada_mandiri=_flag(
            Q(n_mandiri__gte=_asked({t: len(_plain(asked.kriteria(t))) for t in tracks}))
            & ~Exists(_unproved(asked, tracks))
            & _conditional(asked, tracks, asked.kriteria, _assessed)
        ),
        ada_narasi=_flag(
            Q(n_narasi__gte=_asked(_sizes(_plain(pertanyaan), tracks)))
            & _conditional(asked, tracks, _of(pertanyaan), _told)
        ),
        ada_dokumen=_flag(
            Q(n_dokumen__gte=_asked(_sizes(_plain(dokumen), tracks)))
            & _conditional(asked, tracks, _of(dokumen), _given)
        ),
        ada_angka=_flag(_figures(asked)),
        kosong=_flag(_untouched()),
    )


def _flag(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _asked(sizes: dict[int, int]) -> Case:
    """How many things an entry's track asks for, by primary key of the track."""
    whens = [When(jalur=track, then=Value(size)) for track, size in sizes.items()]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def _plain(items: list) -> list:
    """Those that are asked whatever else is answered; the others are looked at one by one."""
    return [item for item in items if not item.tampil_bila]


def _of(items: list) -> Callable[[int], list]:
    return lambda track: [item for item in items if item.jalur_id in (None, track)]


def _conditional(
    asked: Tuntutan, tracks: list[int], items: Callable[[int], list], filled: Callable[..., Q]
) -> Q:
    """That nothing with a condition is asked and yet not filled in."""
    found = Q()
    for track in tracks:
        syarat = Syarat(asked.kriteria(track), _of(asked.pertanyaan)(track))
        for item in items(track):
            if item.tampil_bila:
                found &= ~Q(jalur=track) | ~syarat.asked(item) | filled(item)
    return found


def _assessed(kriteria: Kriteria) -> Q:
    """That a criterion has a level, and proof where the level must be proved."""
    claims = PenilaianMandiri.objects.filter(pendaftaran=OuterRef("pk"), kriteria=kriteria)
    levels = [t["kode"] for t in kriteria.tingkat if needs_bukti(kriteria, t["kode"])]
    proof = _whole().filter(pendaftaran=OuterRef("pk"), kriteria=kriteria, dilepas_pada=None)
    free = Q(Exists(claims.exclude(tingkat__in=["", *levels])))
    return free | (Q(Exists(claims.filter(tingkat__in=levels))) & Q(Exists(proof)))


def _told(pertanyaan: Pertanyaan) -> Q:
    answers = JawabanNarasi.objects.filter(pendaftaran=OuterRef("pk"), pertanyaan=pertanyaan)
    return Q(Exists(answers.exclude(isi__regex=BLANK)))


def _given(dokumen: JenisDokumen) -> Q:
    files = _whole().filter(pendaftaran=OuterRef("pk"), dilepas_pada=None)
    return Q(Exists(files.filter(jenis_dokumen=dokumen)))


def _sizes(items: list, tracks: list[int]) -> dict[int, int]:
    return {t: sum(item.jalur_id in (None, t) for item in items) for t in tracks}


def _count(rows: QuerySet) -> Coalesce:
    """How many of these rows the outer entry has."""
    grouped = rows.filter(pendaftaran=OuterRef("pk")).order_by().values("pendaftaran")
    total = grouped.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


def _own_track(name: str) -> Q:
    """That a question or kind of document is always required of the entry's own track."""
    return Q(**{f"{name}__wajib": True, f"{name}__tampil_bila": {}}) & (
        Q(**{f"{name}__jalur": None}) | Q(**{f"{name}__jalur": OuterRef("jalur")})
    )


def _answered() -> QuerySet[JawabanNarasi]:
    return JawabanNarasi.objects.filter(_own_track("pertanyaan")).exclude(isi__regex=BLANK)


def _whole() -> QuerySet[BuktiDukung]:
    """Files that count: an infected one is as good as none."""
    return BuktiDukung.objects.exclude(berkas__pemindaian=Pemindaian.TERINFEKSI)


def _attached() -> QuerySet[BuktiDukung]:
    return _whole().filter(_own_track("jenis_dokumen"), dilepas_pada=None)


def _of_track(asked: Tuntutan, tracks: list[int]) -> Q:
    """That a claim is about a criterion of its entry's own track."""
    found = Q(pk__in=[])
    for track in tracks:
        keys = [kriteria.pk for kriteria in _plain(asked.kriteria(track))]
        found |= Q(pendaftaran__jalur=track, kriteria__in=keys)
    return found


def _claimed(asked: Tuntutan, tracks: list[int]) -> QuerySet[PenilaianMandiri]:
    return PenilaianMandiri.objects.filter(_of_track(asked, tracks)).exclude(tingkat="")


def _unproved(asked: Tuntutan, tracks: list[int]) -> QuerySet[PenilaianMandiri]:
    """Claims of the outer entry that must be proved and are not."""
    by_levels: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for track in tracks:
        for kriteria in _plain(asked.kriteria(track)):
            levels = [t["kode"] for t in kriteria.tingkat if needs_bukti(kriteria, t["kode"])]
            by_levels[tuple(levels)].add(kriteria.pk)
    claims = Q(pk__in=[])
    for levels, keys in by_levels.items():
        claims |= Q(kriteria__in=keys, tingkat__in=levels)
    proof = _whole().filter(
        pendaftaran=OuterRef("pendaftaran"), kriteria=OuterRef("kriteria"), dilepas_pada=None
    )
    return PenilaianMandiri.objects.filter(
        ~Exists(proof), claims, _of_track(asked, tracks), pendaftaran=OuterRef("pk")
    )


def _identity(asked: Tuntutan) -> Q:
    filled = Q(mulai_pemakaian__isnull=False)
    for name, _ in OWN_FIELDS:
        if name != "mulai_pemakaian":
            filled &= ~Q(**{name: ""})
    if "terhubung_lapor" in asked.tahan:
        filled &= Q(terhubung_lapor=True)
    latest = latest_start(asked)
    return filled & Q(mulai_pemakaian__lte=latest) if latest else filled


def latest_start(asked: Tuntutan) -> date | None:
    """The last day on which use may have begun to be long enough; None where none is asked."""
    acuan = asked.aturan.get("tanggal_acuan_pemakaian")
    months = asked.aturan.get("minimal_bulan_pemakaian") or 0
    if not ("lama_pemakaian" in asked.tahan and acuan):
        return None
    day = date.fromisoformat(acuan)
    latest = add_months(day, -months)
    while add_months(latest + timedelta(days=1), months) <= day:  # ends of months fall together
        latest += timedelta(days=1)
    return latest


def _figures(asked: Tuntutan) -> Q:
    needed = [k["kode"] for k in asked.kolom if k.get("wajib", True)]
    found = Q()
    for mulai, sampai, periode in asked.periode:
        rows = KinerjaSP4N.objects.filter(
            pendaftaran=OuterRef("pk"), periode_mulai=mulai, periode_selesai=sampai
        )
        if periode.get("wajib", True):
            found &= Q(Exists(rows.filter(angka__has_keys=needed)))
        else:
            found &= ~Q(Exists(rows.exclude(angka__has_keys=needed)))
    return found or Q(pk__isnull=False)


def _untouched() -> Q:
    found = Q(mulai_pemakaian=None)
    for name in ("judul", "narahubung_nama", "narahubung_telepon"):
        found &= Q(**{name: ""})
    for model in (PenilaianMandiri, JawabanNarasi, BuktiDukung, KinerjaSP4N):
        found &= ~Exists(model.objects.filter(pendaftaran=OuterRef("pk")))
    return found
