"""Copies of files without their author's traces: asked for, made, confirmed or refused."""

import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from evaluasi.models import SalinanSamaran
from evaluasi.queries.samaran_berkas import bukti_wanting, names_of
from evaluasi.rules.penyamaran import LARGE
from evaluasi.rules.samaran import MAKS_MB, can_decide_samaran, is_masked, same_pages
from kompetisi import clock
from kompetisi.actions.antrean import fail_work, finish_work, queue_pekerjaan, take_work
from kompetisi.actions.berkas import purge_berkas
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Pekerjaan, Pengguna, Tahap
from kompetisi.queries.peran import peran_of
from kompetisi.rules.matriks import check_aksi
from kompetisi.storage import sha256_in
from registrasi.actions.berkas import check_isi, store_berkas
from registrasi.actions.pemusnahan import destroy_berkas
from registrasi.models import Berkas
from registrasi.rules.berkas import can_read

AKSI = "samaran.periksa"
TASK = "evaluasi.samarkan_berkas"
SECONDS = 90
AT_ONCE = 500  # copies asked for in one round
Keadaan = SalinanSamaran.Keadaan


@transaction.atomic
def ensure_salinan(tahap: Tahap) -> int:
    """A row and a work for each file of the entries to be judged that has no copy; how many.

    Only where the edition keeps names from the readers of this stage, else nothing is asked. The
    rest of a large edition follows in later rounds.
    """
    if not is_masked(tahap.edisi.aturan, tahap.jenis):
        return 0
    count = 0
    for bukti in bukti_wanting(tahap).select_related("berkas")[:AT_ONCE]:
        row, fresh = SalinanSamaran.objects.get_or_create(
            pendaftaran_id=bukti.pendaftaran_id,
            berkas=bukti.berkas,
            defaults={"dibuat_pada": clock.now()},
        )
        if fresh:
            _queue(row)
            count += 1
    return count


def _queue(row: SalinanSamaran) -> None:
    key = f"samaran:{row.pk}:{row.percobaan}"
    queue_pekerjaan(kunci=key, tugas=TASK, argumen={"salinan": row.pk})


def forget_samaran(at: datetime) -> int:
    """Remove the copies of files whose contents were destroyed by an instant; how many.

    What was blacked out by hand goes with them; its bytes with those of all destroyed files
    (penghargaan.actions.retensi).
    """
    over = SalinanSamaran.objects.exclude(berkas__dimusnahkan_pada=None)
    by_hand = Berkas.objects.filter(pk__in=over.exclude(pengganti=None).values("pengganti"))
    destroy_berkas(by_hand, at)
    rows = list(over.exclude(kunci="").values_list("pk", "kunci")[:1000])
    SalinanSamaran.objects.filter(pk__in=[pk for pk, _ in rows]).update(
        kunci="", sha256="", keadaan=Keadaan.GAGAL, alasan="Masa simpan berkasnya berakhir."
    )
    if rows:
        purge_berkas([kunci for _, kunci in rows])
    return len(rows)


def carry_out_samaran(*, pk: int) -> bool:
    """Make the copy of a queued row; False when another has the work, or it failed.

    A document that cannot be copied is told to the secretariat, who sends one blacked out by hand;
    any other fault is noted at the work and tried again.
    """
    work = take_work(Pekerjaan, pk)
    if work is None:
        return False
    row = (
        SalinanSamaran.objects.select_related(
            "berkas", "pengganti", "pendaftaran__instansi", "pendaftaran__unit"
        )
        .filter(pk=work.argumen["salinan"], keadaan=Keadaan.DIBUAT)
        .first()
    )
    if row is None:
        finish_work(work)
        return False
    try:
        _make(row)
    except Exception as error:  # noqa: BLE001 - whatever it was, the row says so and waits
        fail_work(work, f"{type(error).__name__}: {error}")
        return False
    finish_work(work)
    return True


def _make(row: SalinanSamaran) -> None:
    can_read(row.sumber).require()  # nothing is made from what the virus scanner holds back
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "asli", Path(folder) / "salinan"
        with default_storage.open(row.sumber.kunci) as stored, source.open("wb") as copy:
            for chunk in stored.chunks():
                copy.write(chunk)
        found = _in_child(source, target, names_of(row.pendaftaran))
        changes = {"keadaan": Keadaan.GAGAL, "alasan": found.get("alasan", "")}
        if "alasan" not in found:
            with target.open("rb") as made:
                kunci = default_storage.save("salinan", File(made, name="salinan"))
            changes = {
                "keadaan": Keadaan.MENUNGGU, "kunci": kunci, "sha256": sha256_in(kunci),
                "ukuran": target.stat().st_size, "alasan": "",
                **{name: found[name] for name in ("tipe", "halaman", "temuan", "tanpa_teks")},
            }  # fmt: skip
    SalinanSamaran.objects.filter(pk=row.pk, percobaan=row.percobaan).update(**changes)


def _in_child(source: Path, target: Path, names: list[str]) -> dict:
    """Ask the maker in its own process; dying or taking too long means too complex."""
    command = [sys.executable, "-m", "evaluasi.rules.penyamaran", str(source), str(target)]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(names).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ.get("PATH", "")},
        )
        return json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return {"alasan": LARGE}


def _hold(salinan: SalinanSamaran, oleh: Pengguna) -> SalinanSamaran:
    rows = SalinanSamaran.objects.select_for_update(of=("self",)).select_related(
        "pendaftaran__edisi", "berkas", "pengganti"
    )
    row = rows.get(pk=salinan.pk)
    check_aksi(AKSI, peran_of(oleh, row.pendaftaran.edisi)).require()
    return row


@transaction.atomic
def confirm_samaran(
    *, salinan: SalinanSamaran, sha256: str, oleh: Pengguna, temuan_dilihat: bool = False
) -> SalinanSamaran:
    """Let readers have this copy: a person saw that it names nobody.

    `sha256` is of the copy that was looked at; `temuan_dilihat` says that the names a machine
    still reads there were looked at and mean somebody else. Raises NotAllowedError without the
    role, or when the copy is another by now.
    """
    row = _hold(salinan, oleh)
    seen = 0 if temuan_dilihat else len(row.temuan)
    can_decide_samaran(row.keadaan if sha256 == row.sha256 else "", temuan=seen).require()
    return _decide(row, Keadaan.SAH, "", oleh, "samaran.sahkan")


@transaction.atomic
def refuse_samaran(*, salinan: SalinanSamaran, alasan: str, oleh: Pengguna) -> SalinanSamaran:
    """Keep the copy from readers until one is blacked out by hand; says why."""
    row = _hold(salinan, oleh)
    can_decide_samaran(row.keadaan, alasan=alasan, tolak=True).require()
    return _decide(row, Keadaan.DITOLAK, alasan.strip(), oleh, "samaran.tolak")


def _decide(row, keadaan: str, alasan: str, oleh: Pengguna, tindakan: str) -> SalinanSamaran:
    row.keadaan, row.alasan = keadaan, alasan
    row.diputus_oleh, row.diputus_pada = oleh, clock.now()
    row.save(update_fields=["keadaan", "alasan", "diputus_oleh", "diputus_pada"])
    record(
        tindakan=tindakan,
        objek=row,
        oleh=oleh,
        rincian={
            "pendaftaran": row.pendaftaran.kode, "sha256": row.sha256, "asli": row.berkas.sha256,
            "alasan": alasan,
        },
    )  # fmt: skip
    return row


def replace_samaran(*, salinan: SalinanSamaran, isi: File, oleh: Pengguna) -> SalinanSamaran:
    """Take a file blacked out by hand as the source of a new copy, to be looked at again.

    It goes through the same inspection as any upload and has as many pages as the original, so
    that places readers point at stay right. Raises InvalidInputError with the reason,
    NotAllowedError without the role.
    """
    check_aksi(AKSI, peran_of(oleh, salinan.pendaftaran.edisi)).require()
    found = check_isi(isi, maks_mb=MAKS_MB, gambar=True)
    verdict = same_pages(salinan.berkas.halaman or 1, found.halaman or 1)
    if not verdict:
        raise InvalidInputError(verdict.alasan)
    stored = store_berkas(isi=isi, oleh=oleh, maks_mb=MAKS_MB, gambar=True)
    with transaction.atomic():
        row = _hold(salinan, oleh)
        row.pengganti, row.keadaan, row.alasan = stored, Keadaan.DIBUAT, ""
        row.diputus_oleh = row.diputus_pada = None
        row.percobaan += 1
        row.save()
        _queue(row)
        record(
            tindakan="samaran.unggah",
            objek=row,
            oleh=oleh,
            rincian={"pendaftaran": row.pendaftaran.kode, "sha256": stored.sha256},
        )
    return row
