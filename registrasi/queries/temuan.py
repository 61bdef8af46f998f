"""What a machine can say of entries at the gate, and which of them may pass at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Value
from django.db.models.functions import Concat

from kompetisi import clock
from kompetisi.models import ButirAdministrasi, Edisi
from kompetisi.models.rubrik import SebelumKirim
from registrasi.models import (
    BuktiDukung,
    HasilButir,
    Keanggotaan,
    Pendaftaran,
    Pengiriman,
    SeleksiAdministrasi,
)
from registrasi.models.keanggotaan import PeranInstansi
from registrasi.queries.administrasi import antrean_administrasi, butir_of, held_by_other
from registrasi.queries.kekurangan import (
    Tuntutan,
    berlaku_sampai_of,
    filled_of,
    kedaluwarsa_of,
)
from registrasi.rules.administrasi import can_pass_at_once
from registrasi.rules.temuan import MILIK_LAIN, SAAT_KIRIM, Fakta, Temuan, find_temuan

MAX_NAMED = 6
AT_ONCE = 50  # entries on the list that is confirmed together
LOOKED_AT = 200


def temuan_of(
    pendaftaran: Pendaftaran,
    butir: Sequence[ButirAdministrasi],
    pengiriman: Pengiriman | None,
    *,
    lain: bool = True,
) -> dict[str, Temuan]:
    """The machine's finding on each item, by the item's code; `lain` as in `fakta_list`."""
    fakta = fakta_list([pendaftaran], {pendaftaran.pk: pengiriman}, lain=lain)[pendaftaran.pk]
    return {row.kode: find_temuan(row.otomatis, fakta, row.dokumen) for row in butir}


def gerbang_of(pendaftaran: Pendaftaran) -> list[dict]:
    """The gate as a machine sees it before sending: {butir, temuan, tahan} for each item.

    The same checks as the secretariat is shown, without those that sending itself answers and those
    that look at other agencies' entries, of which an agency must not learn. `tahan` says that the
    item, not being met, holds the entry back; otherwise it only warns.
    """
    left_out = (*SAAT_KIRIM, *MILIK_LAIN)
    butir = [row for row in butir_of(pendaftaran) if row.otomatis and row.otomatis not in left_out]
    temuan = temuan_of(pendaftaran, butir, None, lain=False)
    return [
        {
            "butir": row,
            "temuan": temuan[row.kode],
            "tahan": temuan[row.kode].hasil == HasilButir.TIDAK_MEMENUHI
            and row.sebelum_kirim == SebelumKirim.TAHAN,
        }
        for row in butir
    ]


def fakta_list(
    rows: Sequence[Pendaftaran],
    pengiriman: Mapping[int, Pengiriman | None],
    *,
    lain: bool = True,
) -> dict[int, Fakta]:
    """What the checks look at, for entries of one edition in a constant number of queries.

    `pengiriman` is the submission in force by primary key of the entry. Without `lain` nothing is
    read of other agencies' entries.
    """
    if not rows:
        return {}
    aturan = rows[0].edisi.aturan
    acuan = aturan.get("tanggal_acuan_pemakaian")
    approved = _approved_when_sent(rows, pengiriman)
    dokumen, shared = _dokumen(rows), _shared_files(rows) if lain else {}
    asked, filled = Tuntutan(rows[0].edisi), filled_of([row.pk for row in rows])
    return {
        row.pk: Fakta(
            akun_disetujui=row.pk in approved,
            jenis_instansi=row.instansi.jenis,
            jenis_diterima=tuple(row.jalur.jenis_instansi),
            sasaran_unit=row.jalur.sasaran == "unit",
            ada_unit=row.unit_id is not None,
            mulai_pemakaian=row.mulai_pemakaian,
            minimal_bulan=aturan.get("minimal_bulan_pemakaian") or 0,
            tanggal_acuan=date.fromisoformat(acuan) if acuan else None,
            pernyataan_disetujui=bool(pengiriman.get(row.pk) and pengiriman[row.pk].pernyataan),
            terhubung_lapor=row.terhubung_lapor,
            kode_instansi=row.instansi.kode,
            pemenang_terdahulu=tuple(row.jalur.pemenang_terdahulu),
            dokumen=frozenset(dokumen[row.pk]),
            surat={kode: berlaku_sampai_of(one) for kode, one in dokumen[row.pk].items()},
            kedaluwarsa=frozenset(k for k, one in dokumen[row.pk].items() if kedaluwarsa_of(one)),
            tidak_diminta=frozenset(asked.unasked_dokumen(row, filled[row.pk])),
            kurang=tuple(_named([k.pesan for k in asked.missing(row, filled[row.pk])])),
            berkas_ganda=tuple(shared.get(row.pk, ())[:MAX_NAMED]),
        )
        for row in rows
    }


def _named(missing: list[str]) -> list[str]:
    more = len(missing) - MAX_NAMED
    return [*missing[:MAX_NAMED], f"dan {more} lainnya"] if more > 0 else missing


def _approved_when_sent(
    rows: Sequence[Pendaftaran], pengiriman: Mapping[int, Pengiriman | None]
) -> set[int]:
    """The entries whose agency had an admin when they were sent (or has now, if they were not).

    A right that ends later takes nothing back.
    """
    now = clock.now()
    sent = {row.pk: getattr(pengiriman.get(row.pk), "pada", now) for row in rows}
    ends: dict[int, list[datetime | None]] = defaultdict(list)
    found = Keanggotaan.objects.berlaku(min(sent.values())).filter(
        instansi__in=[row.instansi_id for row in rows], peran=PeranInstansi.ADMIN_INSTANSI
    )
    for instansi, end in found.values_list("instansi_id", "berlaku_sampai"):
        ends[instansi].append(end)
    return {
        row.pk
        for row in rows
        if any(end is None or end > sent[row.pk] for end in ends[row.instansi_id])
    }


def _dokumen(rows: Sequence[Pendaftaran]) -> dict[int, dict[str, BuktiDukung]]:
    """The documents attached to each entry, by the code of their kind."""
    found: dict[int, dict[str, BuktiDukung]] = defaultdict(dict)
    attached = BuktiDukung.objects.filter(
        pendaftaran__in=[row.pk for row in rows], dilepas_pada=None, jenis_dokumen__isnull=False
    )
    for row in attached.select_related("jenis_dokumen"):
        found[row.pendaftaran_id][row.jenis_dokumen.kode] = row
    return found


def _shared_files(rows: Sequence[Pendaftaran]) -> dict[int, list[str]]:
    """Files of each entry that another agency's entry of the edition holds too, a few of each.

    A letter that hundreds attach costs no more than one that two do.
    """
    attached = BuktiDukung.objects.filter(dilepas_pada=None)
    others = attached.filter(
        pendaftaran__edisi=rows[0].edisi_id, berkas__sha256=OuterRef("berkas__sha256")
    ).exclude(pendaftaran__instansi=OuterRef("pendaftaran__instansi"))
    label = Concat("berkas__nama_asli", Value(" ("), "pendaftaran__kode", Value(")"))
    told = others.values_list(label, flat=True)[: MAX_NAMED + 1]
    mine = attached.filter(pendaftaran__in=[row.pk for row in rows]).order_by("pk")
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for pk, texts in mine.values_list("pendaftaran_id", ArraySubquery(told)):
        found[pk].update(dict.fromkeys(texts))
    return {pk: list(texts) for pk, texts in found.items()}


def siap_lolos(
    peran: Collection[str], edisi: Edisi, oleh_id: int, at: datetime
) -> list[Pendaftaran]:
    """Entries of the queue that may pass together, the longest waiting first.

    Each has been opened by a person, and each of its items is met: by a person's finding, or by
    the machine's where nobody has found otherwise. `temuan` says which, by name of the item.
    What another officer has open at `at` (UTC) is left out.
    """
    rows = [
        row
        for row in antrean_administrasi(peran, edisi)[:LOOKED_AT]
        if not held_by_other(row, oleh_id, at)
    ]
    return judge_at_once(rows)[:AT_ONCE]


def judge_at_once(rows: Sequence[Pendaftaran]) -> list[Pendaftaran]:
    """Those of these entries of one edition that may pass together, each with its `temuan`.

    The queue's rows know `pemeriksa_id` and `dipegang_id`. A constant number of queries.
    """
    if not rows:
        return []
    butir = list(rows[0].edisi.butir_administrasi.all())
    sent = _in_force(rows)
    saved = _saved(sent.values())
    fakta = fakta_list(rows, sent)
    ready = []
    for row in rows:
        own = [item for item in butir if item.jalur_id in (None, row.jalur_id)]
        machine = {
            item.kode: find_temuan(item.otomatis, fakta[row.pk], item.dokumen).hasil for item in own
        }
        person = saved.get(row.pk, {})
        opened = row.dipegang_id is not None or row.pemeriksa_id is not None
        if can_pass_at_once(machine, person, dibuka=opened).ok:
            row.temuan = [(item, "orang" if item.kode in person else "mesin") for item in own]
            ready.append(row)
    return ready


def _in_force(rows: Sequence[Pendaftaran]) -> dict[int, Pengiriman]:
    found: dict[int, Pengiriman] = {}
    sent = Pengiriman.objects.filter(pendaftaran__in=[row.pk for row in rows], penarikan=None)
    for row in sent.order_by("pada", "pk"):
        found[row.pendaftaran_id] = row
    return found


def _saved(sent: Collection[Pengiriman]) -> dict[int, dict[str, str]]:
    """The findings of the check in work, by primary key of the entry and code of the item."""
    checks = SeleksiAdministrasi.objects.filter(
        pengiriman__in=[row.pk for row in sent], diputus_pada=None
    ).prefetch_related("butir__butir")
    entries = {row.pk: row.pendaftaran_id for row in sent}
    return {
        entries[check.pengiriman_id]: {b.butir.kode: b.hasil for b in check.butir.all()}
        for check in checks
    }
