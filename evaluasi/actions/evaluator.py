"""Members of the evaluation team: added, changed, set aside."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from evaluasi.actions.benturan import recuse
from evaluasi.actions.dugaan import seek_dugaan
from evaluasi.models import Evaluator, Penugasan
from evaluasi.rules.benturan import provinsi_of
from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError, StaleVersionError
from kompetisi.models import Edisi, Pengguna, Peran
from kompetisi.queries.peran import peran_of
from kompetisi.rules.matriks import EVALUATOR, check_aksi
from registrasi.models import Instansi


@transaction.atomic
def add_evaluator(
    *,
    edisi: Edisi,
    email: str,
    nama: str,
    oleh: Pengguna,
    jabatan: str = "",
    instansi_asal: Instansi | None = None,
    asal_lain: str = "",
    provinsi: Instansi | None = None,
    kapasitas: int = 100,
    kapasitas_tahap: Mapping[str, int] | None = None,
    keahlian: Sequence[str] = (),
) -> Evaluator:
    """Make a person an evaluator of the edition, with the role that goes with it.

    An account is made when the address is new; the person sets the password by the reset page.
    The province that is barred to them is `provinsi` (a provincial government), else the home
    agency's. Raises InvalidInputError when the person is an evaluator already.
    """
    check_aksi("evaluator.atur", peran_of(oleh, edisi)).require()
    pengguna = _person(email.strip().lower(), nama.strip(), jabatan.strip())
    if Evaluator.objects.filter(pengguna=pengguna, edisi=edisi).exists():
        raise InvalidInputError(
            "Orang ini sudah menjadi evaluator.",
            rincian={"email": "Orang dengan alamat surel ini sudah menjadi evaluator."},
        )
    evaluator = Evaluator.objects.create(
        pengguna=pengguna,
        edisi=edisi,
        instansi_asal=instansi_asal,
        asal_lain=asal_lain.strip(),
        provinsi=provinsi or provinsi_of(instansi_asal),
        kapasitas=kapasitas,
        kapasitas_tahap=dict(kapasitas_tahap or {}),
        keahlian=sorted(keahlian),
    )
    _grant(evaluator, oleh)
    seek_dugaan(evaluator)
    record(
        tindakan="evaluator.tambah",
        objek=evaluator,
        oleh=oleh,
        rincian={
            "asal": instansi_asal.kode if instansi_asal else "",
            "provinsi": evaluator.provinsi.kode if evaluator.provinsi else "",
            **_able(evaluator),
        },
    )
    queue_pesan(
        kunci=f"evaluator_baru:{evaluator.pk}",
        jenis="evaluator_baru",
        kepada=pengguna,
        edisi=edisi,
        tautan="/evaluasi/",
    )
    return evaluator


@transaction.atomic
def update_evaluator(
    *,
    evaluator: Evaluator,
    instansi_asal: Instansi | None,
    asal_lain: str,
    kapasitas: int,
    aktif: bool,
    versi: int,
    oleh: Pengguna,
    provinsi: Instansi | None = None,
    kapasitas_tahap: Mapping[str, int] | None = None,
    keahlian: Sequence[str] | None = None,
) -> list[Penugasan]:
    """Change home agency, capacity and whether the person is active; returns what ended by it.

    Without `kapasitas_tahap` or `keahlian` these stay as they are.
    Another home agency or province bars other entries: assignments now in conflict end at once.
    Setting somebody aside withdraws the role, and with it all they see; bringing them back grants
    it anew.
    """
    check_aksi("evaluator.atur", peran_of(oleh, evaluator.edisi)).require()
    row = Evaluator.objects.select_for_update(of=("self",)).get(pk=evaluator.pk)
    if row.versi != versi:
        raise StaleVersionError(
            "Data evaluator ini telah diubah orang lain. Muat ulang halaman ini.",
            rincian={"versi": row.versi},
        )
    row.instansi_asal, row.asal_lain = instansi_asal, asal_lain.strip()
    row.provinsi = provinsi or provinsi_of(instansi_asal)
    row.kapasitas, row.aktif, row.versi = kapasitas, aktif, versi + 1
    if kapasitas_tahap is not None:
        row.kapasitas_tahap = dict(kapasitas_tahap)
    if keahlian is not None:
        row.keahlian = sorted(keahlian)
    row.save()
    if aktif:
        _grant(row, oleh)
    else:
        Peran.objects.filter(
            pengguna=row.pengguna_id, edisi=row.edisi_id, jenis=EVALUATOR, dicabut_pada=None
        ).update(dicabut_pada=clock.now())
    record(
        tindakan="evaluator.ubah",
        objek=row,
        oleh=oleh,
        rincian={
            "asal": instansi_asal.kode if instansi_asal else "",
            "provinsi": row.provinsi.kode if row.provinsi else "",
            **_able(row),
            "aktif": aktif,
        },
    )
    seek_dugaan(row)
    return recuse(evaluator=row, oleh=oleh)


def _able(row: Evaluator) -> dict:
    return {
        "kapasitas": row.kapasitas,
        "kapasitas_tahap": row.kapasitas_tahap,
        "keahlian": row.keahlian,
    }


def _person(email: str, nama: str, jabatan: str) -> Pengguna:
    found = Pengguna.objects.filter(email=email).first()
    if found is None:
        return Pengguna.objects.create_user(email, None, nama=nama, jabatan=jabatan)
    if not found.is_active:
        raise InvalidInputError(
            "Akun ini tidak aktif.", rincian={"email": "Akun dengan alamat ini tidak aktif."}
        )
    return found


def _grant(evaluator: Evaluator, oleh: Pengguna) -> None:
    Peran.objects.get_or_create(
        pengguna_id=evaluator.pengguna_id,
        edisi_id=evaluator.edisi_id,
        jenis=EVALUATOR,
        dicabut_pada=None,
        defaults={"diberikan_oleh": oleh, "diberikan_pada": clock.now()},
    )
