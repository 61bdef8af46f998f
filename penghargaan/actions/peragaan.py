"""People and entries of a demonstration, made through the same actions as on the pages.

The agencies are real public bodies; the persons are roles. Nothing here runs in production.
"""

import io
import random
from datetime import date, datetime, timedelta

import pikepdf
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from evaluasi.models import Evaluator
from kompetisi import clock
from kompetisi.actions.pengguna import grant_peran
from kompetisi.models import Edisi, Jalur, Kriteria, Pengguna
from registrasi.actions.akses import confirm_perlindungan
from registrasi.actions.akun import approve_akun
from registrasi.actions.berkas import store_berkas
from registrasi.actions.isian_sekaligus import IsianBaru, fill_isian
from registrasi.actions.keanggotaan import add_unit, request_keanggotaan
from registrasi.actions.pendaftaran import create_pendaftaran, save_identitas
from registrasi.actions.pengiriman import submit_pendaftaran
from registrasi.models import Berkas, Instansi, Pendaftaran
from registrasi.queries.pendaftaran import isian_of

STAFF = (
    ("admin@demo.test", "Admin PANRB", "admin_panrb"),
    ("sekretariat@demo.test", "Sekretariat Kompetisi", "sekretariat"),
    ("ketua@demo.test", "Ketua Tim Evaluasi", "ketua"),
    ("pengamat@demo.test", "Pengamat", "pengamat"),
)
AGENCIES = (
    "kota-semarang", "kabupaten-banjar", "kota-banjarmasin", "kemenpanrb", "kota-ambon",
    "kabupaten-pacitan",
)  # fmt: skip
UNITS = (
    "Dinas Kependudukan dan Pencatatan Sipil", "Rumah Sakit Umum", "Dinas Perizinan Terpadu",
    "Dinas Pekerjaan Umum", "Kantor Pelayanan Utama",
)  # fmt: skip
ANSWERS = (
    "Setiap laporan yang masuk diverifikasi pada hari yang sama, lalu diteruskan kepada pejabat "
    "penghubung perangkat yang berwenang dengan batas waktu yang tercatat.",
    "Kami menelaah pola laporan setiap bulan dan memakainya untuk memperbaiki alur layanan, "
    "terutama pada layanan kependudukan, jalan lingkungan, dan penerangan jalan.",
    "Pelapor menerima kabar pada setiap langkah, dan kepuasannya dicatat setelah laporan selesai.",
)


def make_akun(*, email: str, nama: str, jabatan: str = "") -> Pengguna:
    """An account with a verified address and the demonstration's password."""
    user = Pengguna.objects.filter(email=email).first()
    if user is None:
        user = Pengguna.objects.create_user(
            email, settings.DEMO_PASSWORD, nama=nama, jabatan=jabatan
        )
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


@transaction.atomic
def seed_panitia(*, edisi: Edisi, evaluator: int = 12) -> Pengguna:
    """The committee and the evaluators; returns the secretariat."""
    for email, nama, jenis in STAFF:
        make_akun(email=email, nama=nama, jabatan=nama)
        grant_peran(email=email, jenis=jenis, edisi=edisi, oleh=None)
    homes = list(Instansi.objects.filter(jenis__in=("lembaga", "bumn")).order_by("-jenis", "kode"))
    provinces = list(Instansi.objects.filter(jenis="provinsi").order_by("kode"))
    for number, home in enumerate(homes[:evaluator], 1):
        email = f"evaluator{number}@demo.test"
        user = make_akun(email=email, nama=f"Evaluator {number}", jabatan="Evaluator")
        grant_peran(email=email, jenis="evaluator", edisi=edisi, oleh=None)
        Evaluator.objects.get_or_create(
            pengguna=user,
            edisi=edisi,
            # Seven apart: neighbours in the list of evaluators come from all over the country.
            defaults={
                "instansi_asal": home,
                "provinsi": provinces[number * 7 % len(provinces)] if provinces else None,
            },
        )
    return Pengguna.objects.get(email="sekretariat@demo.test")


def seed_admin(*, edisi: Edisi, instansi: Instansi, email: str, sekretariat: Pengguna) -> Pengguna:
    """An agency's admin: asks with a surat tugas, and the secretariat approves."""
    user = make_akun(email=email, nama=f"Admin {instansi.singkatan or instansi.nama}")
    if not user.keanggotaan.exists():
        surat = store_pdf(f"Surat tugas {instansi.nama}", oleh=user)
        row = request_keanggotaan(
            instansi=instansi,
            nomor_surat_tugas="ST/1/2019",
            tanggal_surat=clock.now().astimezone(clock.WIB).date() - timedelta(days=14),
            surat_tugas=surat,
            oleh=user,
        )
        approve_akun(keanggotaan=row, oleh=sekretariat, edisi=edisi)
    return user


def seed_pendaftaran(
    *,
    edisi: Edisi,
    instansi: Instansi,
    oleh: Pengguna,
    bagian: float,
    acak: random.Random,
    jalur: Jalur | None = None,
) -> Pendaftaran:
    """An entry filled to a part between 0 and 1; sent when the part is 1.

    Without `jalur`, in the first track for agencies; in a track for units, a unit is added.
    """
    jalur = jalur or edisi.jalur.filter(sasaran="instansi").first()
    unit = None
    if jalur.sasaran == "unit":
        unit = add_unit(instansi=instansi, nama=acak.choice(UNITS), jenis="pelayanan", oleh=oleh)
    row = create_pendaftaran(edisi=edisi, jalur=jalur, instansi=instansi, unit=unit, oleh=oleh)
    save_identitas(
        pendaftaran=row,
        versi=row.versi,
        oleh=oleh,
        judul=f"Pengaduan Tuntas {instansi.singkatan or instansi.nama}"[:200],
        mulai_pemakaian=date(2017, acak.randint(1, 12), 1),
        terhubung_lapor=True,
        narahubung_nama=f"Narahubung {instansi.singkatan or instansi.nama}"[:150],
        narahubung_telepon="(021) 0000000",
    )
    confirm_perlindungan(pendaftaran=row, oleh=oleh)
    fill(row, oleh, bagian, acak)
    if bagian >= 1:
        submit_pendaftaran(
            pendaftaran=row,
            kunci=f"peragaan-{row.kode}",
            pernyataan=True,
            penandatangan_nama=f"Kepala Dinas Kominfo {instansi.singkatan}"[:150],
            penandatangan_jabatan="Penanggung jawab pengelolaan pengaduan",
            oleh=oleh,
        )
    return row


def fill(row: Pendaftaran, oleh: Pengguna, bagian: float, acak: random.Random) -> None:
    """Answer the first `bagian` of everything that is asked."""
    isian = isian_of(row)
    berkas = store_pdf(f"Bukti dukung {row.instansi.nama}", oleh=oleh)

    def part(rows: list) -> list:
        return rows[: round(len(rows) * bagian)]

    kriteria = part(isian.kriteria_list)
    periode = row.edisi.aturan.get("kinerja", {}).get("periode", [])
    fill_isian(
        pendaftaran=row,
        oleh=oleh,
        isian=IsianBaru(
            mandiri={k: (pick_level(k, acak), "Lihat bukti terlampir.") for k in kriteria},
            bukti=dict.fromkeys(kriteria, berkas),
            narasi={p: acak.choice(p.pilihan or ANSWERS) for p in part(isian.pertanyaan_list)},
            dokumen=dict.fromkeys(part(isian.dokumen_list), berkas),
            kinerja=dict(figures(p, row.edisi, acak) for p in periode),
        ),
    )


def pick_level(kriteria: Kriteria, acak: random.Random) -> str:
    """A level an agency would claim: rather high than low."""
    return kriteria.tingkat[min(acak.choice((0, 0, 1, 2)), len(kriteria.tingkat) - 1)]["kode"]


def figures(
    periode: dict, edisi: Edisi, acak: random.Random
) -> tuple[tuple[date, date], dict[str, object]]:
    """Plausible figures of a period that agree with each other, in the edition's own columns."""
    selesai, proses, belum = acak.randint(60, 900), acak.randint(5, 90), acak.randint(0, 40)
    diterima = selesai + proses + belum
    pengawasan, informasi, aspirasi = (diterima // part for part in (9, 5, 7))
    unit = acak.randint(20, 60)
    known = {
        "diterima": diterima,
        "berkadar_pengawasan": pengawasan,
        "tidak_berkadar_pengawasan": diterima - pengawasan - informasi - aspirasi,
        "permintaan_informasi": informasi,
        "aspirasi": aspirasi,
        "selesai": selesai,
        "proses": proses,
        "belum": belum,
        "lainnya": 0,
        "hari_tindak_lanjut": f"{acak.randint(10, 80) / 10:.1f}",
        "hari_selesai": f"{acak.randint(40, 200) / 10:.1f}",
        "kepuasan": f"{acak.randint(28, 49) / 10:.1f}",
        "jumlah_penilai": diterima // 4,
        "unit_terhubung": unit - acak.randint(0, 12),
        "unit_seluruhnya": unit,
        "masuk_terakhir": periode["sampai"],
    }
    dates = (date.fromisoformat(periode["mulai"]), date.fromisoformat(periode["sampai"]))
    return dates, _in_columns(edisi.aturan["kinerja"], known, periode)


def _in_columns(kinerja: dict, known: dict, periode: dict) -> dict[str, object]:
    """What is known in the edition's columns; a column we do not know is made to fit its sums."""
    columns = {kolom["kode"]: kolom["jenis"] for kolom in kinerja["kolom"]}
    found = {kode: value for kode, value in known.items() if kode in columns}
    for check in kinerja.get("pemeriksaan", []):
        new = [kode for kode in (*check["kiri"], *check["kanan"]) if kode not in found]
        if len(new) == 1 and check["hubungan"] == "sama_dengan":
            left = sum(int(found[k]) for k in check["kiri"] if k in found)
            right = sum(int(found[k]) for k in check["kanan"] if k in found)
            found[new[0]] = abs(left - right)
    default = {"jumlah": 0, "desimal": "3.5", "tanggal": periode["sampai"]}
    return {kode: found.get(kode, default[jenis]) for kode, jenis in columns.items()}


def store_pdf(teks: str, *, oleh: Pengguna) -> Berkas:
    """A real one-page PDF with this line of text, taken in like any upload."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    line = teks.encode("latin-1", "replace").replace(b"(", b"").replace(b")", b"")
    page.Contents = pdf.make_stream(b"BT /F1 14 Tf 60 760 Td (" + line + b") Tj ET")
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    isi = ContentFile(out.getvalue(), name=f"{teks}.pdf")
    return store_berkas(isi=isi, oleh=oleh, maks_mb=5)


def seed_demo(*, edisi: Edisi, at: datetime, peserta: int, benih: int) -> int:
    """The committee, six known agencies in mixed states and more drawn by seed; how many entries.

    Does nothing when it was done before. `at` is the instant at which it all happens (UTC).
    """
    if Pendaftaran.objects.filter(edisi=edisi).exists():
        return 0
    acak = random.Random(benih)  # noqa: S311 - a repeatable draw, no secret
    with clock.travel(at):
        sekretariat = seed_panitia(edisi=edisi)
        known = [Instansi.objects.get(kode=kode) for kode in AGENCIES]
        others = Instansi.objects.exclude(kode__in=AGENCIES).order_by("kode")
        drawn = acak.sample(list(others), peserta)
        states = [1, 0.5, 1, 0.9, 0, None, *acak.choices((1, 1, 1, 0.8, 0.3, 0), k=peserta)]
        for number, (instansi, bagian) in enumerate(zip([*known, *drawn], states, strict=True), 1):
            email = f"instansi{number}@demo.test"
            user = seed_admin(edisi=edisi, instansi=instansi, email=email, sekretariat=sekretariat)
            if bagian is not None:
                seed_pendaftaran(
                    edisi=edisi, instansi=instansi, oleh=user, bagian=bagian, acak=acak
                )
    return Pendaftaran.objects.filter(edisi=edisi).count()
