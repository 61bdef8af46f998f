"""Certificates: issued in bulk, rendered in the background, revoked and reissued."""

import base64
import secrets
from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from kompetisi import clock
from kompetisi.actions.antrean import queue_pekerjaan, queue_pesan, retry_work
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Edisi, Pengguna
from kompetisi.queries.peran import peran_of
from kompetisi.storage import sha256_in
from kompetisi.templatetags.waktu import tanggal as tanggal_text
from penghargaan.models import Keputusan, Peringkat, Piagam, Pleno
from penghargaan.models.piagam import JenisPiagam
from penghargaan.pdf import render_piagam
from penghargaan.queries.hasil import is_published
from penghargaan.queries.piagam import (
    JOB,
    lambang_current,
    pekerjaan_gagal,
    peringkat_without_piagam,
    rank_of,
)
from penghargaan.rules.hasil import can_issue, can_revoke
from penghargaan.rules.nomor import check_pola, numbers
from registrasi.queries.penerima import penerima_of

TASK = "penghargaan.render_piagam"


@transaction.atomic
def issue_piagam(
    *, edisi: Edisi, pola: str, awal: int, tanggal: date, oleh: Pengguna
) -> list[Piagam]:
    """Issue a certificate to every winner and shortlisted entry that never had one.

    `pola` is the registry's pattern with `{urut}`, `awal` the first running number. Rows and the
    work to render them are written together; a second call finds nobody left and issues nothing.
    Raises NotAllowedError before the result is public, InvalidInputError when a number is taken.
    """
    pleno = Pleno.objects.select_for_update().get(edisi=edisi)
    can_issue(peran_of(oleh, edisi), terbit=is_published(edisi, clock.db_now())).require()
    check_pola(pola).require()
    rows = peringkat_without_piagam(edisi)
    _check_numbers(numbers(pola, awal, len(rows)))
    made = [
        _create(row, pleno.keputusan, nomor, tanggal, row.pendaftaran.peserta, oleh)
        for row, nomor in zip(rows, numbers(pola, awal, len(rows)), strict=True)
    ]
    if made:
        record(
            tindakan="piagam.terbitkan",
            objek=pleno,
            oleh=oleh,
            rincian={"jumlah": len(made), "pola": pola, "dari": made[0].nomor},
        )
    return made


def _check_numbers(wanted: Collection[str]) -> None:
    taken = sorted(Piagam.objects.filter(nomor__in=wanted).values_list("nomor", flat=True))
    if taken:
        pesan = f"Nomor {taken[0]} sudah dipakai. Ubah pola atau nomor urut pertama."
        raise InvalidInputError(pesan, rincian={"awal": pesan})


def _create(
    row: Peringkat,
    keputusan: Keputusan,
    nomor: str,
    tanggal: date,
    penerima: str,
    oleh: Pengguna,
    menggantikan: Piagam | None = None,
) -> Piagam:
    kode = new_kode()
    piagam = Piagam.objects.create(
        pendaftaran=row.pendaftaran,
        peringkat=row if row.pk else None,
        jenis=JenisPiagam.PEMENANG if row.menang else JenisPiagam.DAFTAR_PENDEK,
        nomor=nomor,
        kode_verifikasi=kode,
        penerima=penerima,
        predikat=row.predikat,
        tanggal=tanggal,
        isi=printed(row, keputusan, nomor, tanggal, penerima, kode),
        dibuat_oleh=oleh,
        dibuat_pada=clock.now(),
        menggantikan=menggantikan,
    )
    queue_pekerjaan(kunci=JOB.format(piagam.pk), tugas=TASK, argumen={"piagam": piagam.pk})
    return piagam


def new_kode() -> str:
    """128 random bits in letters and digits that can be read over the telephone."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=")


def printed(
    row: Peringkat, keputusan: Keputusan, nomor: str, tanggal: date, penerima: str, kode: str
) -> dict:
    """Everything that stands on the certificate."""
    edisi = row.pleno.edisi
    lambang = lambang_current()
    return {
        "nomor": nomor,
        "penerima": penerima,
        "predikat": row.predikat.split("\n"),
        "menang": row.menang,
        "acara": edisi.nama,
        "dasar": (
            f"Keputusan Nomor {keputusan.nomor} tanggal {tanggal_text(keputusan.tanggal)} "
            f"tentang {keputusan.tentang}"
        ),
        "tempat": keputusan.tempat,
        "tanggal": tanggal_text(tanggal),
        "jabatan": keputusan.penandatangan_jabatan,
        "nama": keputusan.penandatangan_nama,
        "kode": kode,
        "alamat": f"{settings.SITE_URL}/verifikasi/{kode}/",
        "alamat_pendek": f"{settings.SITE_URL.partition('://')[2]}/verifikasi/",
        "lambang": {"kunci": lambang.berkas, "tipe": lambang.tipe} if lambang else None,
    }


def render_and_store(*, pk: int) -> bool:
    """Render one certificate, keep it under its hash, tell its people; False when done before.

    Running twice gives the same bytes and one message to each person.
    """
    piagam = Piagam.objects.get(pk=pk)
    if piagam.sha256 or piagam.dicabut_pada:
        return False
    content = ContentFile(render_piagam(piagam), name="piagam.pdf")
    stored = default_storage.save("piagam.pdf", content)
    return _keep(pk, stored)


@transaction.atomic
def _keep(pk: int, stored: str) -> bool:
    kept = Piagam.objects.filter(pk=pk, sha256="", dicabut_pada=None).update(
        berkas=stored, sha256=sha256_in(stored), dirender_pada=clock.now()
    )
    if not kept:
        return False
    piagam = Piagam.objects.select_related("pendaftaran__edisi").get(pk=pk)
    _tell(piagam, jenis="piagam_siap")
    record(
        tindakan="piagam.siap",
        objek=piagam,
        oleh=None,
        rincian={"nomor": piagam.nomor, "sha256": piagam.sha256},
    )
    return True


def _tell(piagam: Piagam, *, jenis: str, **alasan: str) -> None:
    entry = piagam.pendaftaran
    for person in penerima_of([entry])[entry.pk]:
        queue_pesan(
            kunci=f"{jenis}:{piagam.pk}:{person.pk}",
            jenis=jenis,
            edisi=entry.edisi,
            isian={
                "kode": entry.kode,
                "nomor": piagam.nomor,
                "penerima": piagam.penerima,
                **alasan,
            },
            kepada=person,
            tautan=f"/hasil/pendaftaran/{entry.kode}/",
        )


@transaction.atomic
def revoke_piagam(*, piagam: Piagam, alasan: str, oleh: Pengguna) -> Piagam:
    """Revoke a certificate for good; its page says so from now on, with date but no reason.

    The reason is told to the agency and kept in the audit log.
    """
    row = _take(piagam)
    edisi = row.pendaftaran.edisi
    can_revoke(peran_of(oleh, edisi), dicabut=row.dicabut_pada is not None, alasan=alasan).require()
    row.dicabut_oleh, row.dicabut_pada, row.alasan_cabut = oleh, clock.db_now(), alasan.strip()
    row.save(update_fields=["dicabut_oleh", "dicabut_pada", "alasan_cabut"])
    record(
        tindakan="piagam.cabut",
        objek=row,
        oleh=oleh,
        rincian={"nomor": row.nomor, "alasan": row.alasan_cabut},
    )
    _tell(row, jenis="piagam_dicabut", alasan=row.alasan_cabut)
    return row


@transaction.atomic
def reissue_piagam(
    *, piagam: Piagam, nomor: str, penerima: str, tanggal: date, alasan: str, oleh: Pengguna
) -> Piagam:
    """Revoke a certificate and issue a corrected one that names it; one act.

    Also for one that was revoked before and has no successor yet. Raises InvalidInputError when
    the number is taken or a field is empty.
    """
    row = _take(piagam)
    mistakes = {}
    if not penerima.strip():
        mistakes["penerima"] = "Isi nama penerima."
    if not nomor.strip() or Piagam.objects.filter(nomor=nomor.strip()).exists():
        mistakes["nomor"] = "Isi nomor yang belum dipakai."
    if mistakes:
        raise InvalidInputError("Piagam belum diganti.", rincian=mistakes)
    if row.dicabut_pada is None:
        revoke_piagam(piagam=row, alasan=alasan, oleh=oleh)
    else:
        can_revoke(peran_of(oleh, row.pendaftaran.edisi), dicabut=False, alasan=alasan).require()
    try:
        with transaction.atomic():
            made = _create(
                rank_of(row),
                row.pendaftaran.edisi.pleno.keputusan,
                nomor.strip(),
                tanggal,
                penerima.strip(),
                oleh,
                menggantikan=row,
            )
    except IntegrityError as error:
        raise InvalidInputError("Piagam ini sudah mempunyai pengganti.") from error
    record(
        tindakan="piagam.ganti",
        objek=made,
        oleh=oleh,
        rincian={"nomor": made.nomor, "menggantikan": row.nomor, "alasan": alasan.strip()},
    )
    return made


def _take(piagam: Piagam) -> Piagam:
    return (
        Piagam.objects.select_for_update(of=("self",))
        .select_related(
            "peringkat__pendaftaran__instansi",
            "peringkat__pendaftaran__unit",
            "peringkat__pleno__edisi",
            "pendaftaran__edisi__pleno__keputusan",
            "pendaftaran__instansi",
            "pendaftaran__jalur",
            "pendaftaran__unit",
        )
        .get(pk=piagam.pk)
    )


@transaction.atomic
def retry_rendering(*, edisi: Edisi, oleh: Pengguna) -> int:
    """Let every certificate whose rendering was given up be tried again; how many."""
    can_issue(peran_of(oleh, edisi), terbit=True).require()
    rows = list(pekerjaan_gagal(edisi))
    for row in rows:
        retry_work(row)
    if rows:
        record(tindakan="piagam.coba_lagi", objek=edisi, oleh=oleh, rincian={"jumlah": len(rows)})
    return len(rows)
