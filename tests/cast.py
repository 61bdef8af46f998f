"""Everybody who may come to the site, around one entry that went all the way to a certificate.

`Cast` builds the edition of 2019 once: agency A with an admin and a unit, agency B that must see
nothing of A, an evaluator who judged A, one who is in conflict with A, and the committee.
"""

from datetime import date, timedelta

from django.core.files.base import ContentFile

from evaluasi.models import (
    BenturanKepentingan,
    DugaanBenturan,
    FotoLapangan,
    KunjunganLapangan,
    RiwayatEvaluator,
    SalinanSamaran,
    SesiWawancara,
)
from evaluasi.tests.factories import make_evaluator, make_lembar
from kompetisi import clock
from kompetisi.actions.token import create_token
from kompetisi.models import (
    AlamatDiragukan,
    Pengumuman,
    Peran,
    PermintaanPenghapusan,
    Perpanjangan,
    Pesan,
    TautanKalender,
    TokenApi,
)
from kompetisi.queries.kalender import hash_token
from kompetisi.rules.berhenti import tanda_of
from penghargaan.actions.piagam import issue_piagam, render_and_store
from penghargaan.models import HadirPleno, Piagam
from penghargaan.tests.factories import AFTER, Panggung
from registrasi.actions.berkas import store_berkas
from registrasi.models import BuktiDukung, Keanggotaan, Undangan, Unggahan
from registrasi.queries.cuplikan import cuplikan_of, hash_cuplikan
from registrasi.queries.undangan import sidik_of
from registrasi.tests.factories import pdf_bytes
from registrasi.tests.factories_panitia import (
    BEFORE,
    make_anggota,
    make_instansi,
    make_pendaftaran,
    make_pengguna,
)

A, B = "Pemerintah Kota Alfa", "Pemerintah Kota Beta"
SAMARAN_PAGES = (
    "samaran-rinci", "samaran-asli", "samaran-berkas", "samaran-pengesahan", "samaran-penolakan",
    "samaran-penggantian",
)  # fmt: skip
ENTRY_PAGES = (  # of the committee about the evaluation, with the code of an entry
    "lapangan-rinci", "lapangan-tim", "lapangan-cabut", "lapangan-nomor", "wawancara-rinci",
    "wawancara-pembatalan", "wawancara-bahan",
)  # fmt: skip
ROLES = (
    "anonim", "asing", "lain", "sendiri", "unit", "evaluator", "benturan", "ketua", "sekretariat",
    "admin", "pengamat",
)  # fmt: skip


class Cast:
    """People by role (`people`) and the arguments that lead each address to agency A (`args`)."""

    def __init__(self) -> None:
        stage = self.stage = Panggung()
        self.edisi = stage.edisi
        stage.kuota(1)
        self.a = stage.masuk(A, lapangan=["1", "1"])  # a team of two, as minutes need
        self.b = stage.masuk(B, dokumen="0.5", wawancara="0.5", lapangan="0.5")
        self.draft = make_pendaftaran(self.edisi, self.a.instansi, jalur="unit")
        self.made_none = make_anggota(make_instansi()).instansi  # an account but no entry
        self.store_files()
        stage.umumkan()
        with clock.travel(AFTER):
            self.issue()
        self.people = self.make_people()
        self.args = self.make_args()

    def store_files(self) -> None:
        """A surat tugas, a document and a piece of evidence of A, with their bytes."""
        self.member = Keanggotaan.objects.get(instansi=self.a.instansi, unit=None)
        oleh = self.member.pengguna
        self.file = store_berkas(
            isi=ContentFile(pdf_bytes("alfa"), name="alfa.pdf"), oleh=oleh, maks_mb=5
        )
        Keanggotaan.objects.filter(pk=self.member.pk).update(surat_tugas=self.file)
        isi = cuplikan_of(self.a)
        self.a.pengiriman.update(isi=isi, hash=hash_cuplikan(isi))
        self.bukti = BuktiDukung.objects.create(
            pendaftaran=self.a,
            berkas=self.file,
            jenis_dokumen=self.edisi.jenis_dokumen.first(),
            dilampirkan_oleh=oleh,
            dilampirkan_pada=BEFORE,
        )

    def issue(self) -> None:
        """All certificates; that of A is rendered for real."""
        issue_piagam(
            edisi=self.edisi, pola="B/{urut:3}/2019", awal=1, tanggal=date(2019, 12, 9),
            oleh=self.stage.admin,
        )  # fmt: skip
        self.piagam = Piagam.objects.get(peringkat__pendaftaran=self.a)
        render_and_store(pk=self.piagam.pk)
        self.piagam.refresh_from_db()

    def make_people(self) -> dict:
        """One person for each role; None is nobody."""
        stage = self.stage
        unit = make_pengguna("Admin Unit")
        self.unit_member = make_anggota(
            self.a.instansi, unit, unit=self.draft.unit, peran="admin_unit"
        )
        other = Keanggotaan.objects.get(instansi=self.b.instansi).pengguna
        return {
            "anonim": None,
            "asing": make_pengguna("Orang Asing"),
            "lain": other,
            "sendiri": self.member.pengguna,
            "unit": unit,
            "evaluator": stage.evaluator[0].pengguna,
            "benturan": self.make_conflicted().pengguna,
            "ketua": stage.ketua,
            "sekretariat": stage.sekretariat,
            "admin": stage.admin,
            "pengamat": make_pengguna("Pengamat", "pengamat", edisi=self.edisi),
        }

    def make_conflicted(self):
        """An evaluator with sheets of A and B whose conflict with A became known afterwards."""
        evaluator, tahap = make_evaluator(self.edisi), self.stage.tahap["dokumen"]
        self.barred_sheet = make_lembar(evaluator, self.a, tahap)
        make_lembar(evaluator, self.b, tahap)
        BenturanKepentingan.objects.create(
            evaluator=evaluator,
            instansi=self.a.instansi,
            alasan="Pernah bekerja di sana.",
            dicatat_oleh=evaluator.pengguna,
            dicatat_pada=BEFORE,
        )
        return evaluator

    def make_args(self) -> dict[str, object]:
        """Value by "name:argument" for one address, or by "argument" for all others."""
        evaluator = self.stage.evaluator[0]
        assigned = evaluator.penugasan.get(pendaftaran=self.a, tahap=self.stage.tahap["dokumen"])
        criterion = assigned.lembar.nilai.first().kriteria
        message = Pesan.objects.filter(kepada=self.member.pengguna).first()
        notice = Pengumuman.objects.create(
            edisi=self.edisi, kunci="uji", judul="Uji", isi="Uji", terbit_pada=BEFORE
        )
        asked = make_anggota(make_instansi(), make_pengguna("Pemohon"), status="diajukan")
        Keanggotaan.objects.filter(pk=asked.pk).update(surat_tugas=self.file)
        longer = Perpanjangan.objects.create(
            tahap=self.stage.tahap["pendaftaran"],
            selesai_baru=AFTER + timedelta(days=7),
            alasan="Gangguan layanan.",
            diajukan_oleh=make_pengguna("Pengusul"),
            diajukan_pada=BEFORE,
        )
        drafted = Perpanjangan.objects.create(
            tahap=longer.tahap,
            selesai_baru=longer.selesai_baru,
            alasan="Terukur.",
            diajukan_pada=BEFORE,
        )
        create_token(oleh=self.people["sendiri"], nama="Uji", cakupan=["profil"], hari=30)
        token = TokenApi.objects.get()
        feed = TautanKalender.objects.create(
            pengguna=self.member.pengguna, sidik=hash_token("rahasia-uji"), dibuat_pada=BEFORE
        )
        doubt = AlamatDiragukan.objects.create(
            alamat="lama@uji.test", sejak=BEFORE, sebab="5.1.1", pesan=message
        )
        leaving = PermintaanPenghapusan.objects.create(
            pengguna=make_pengguna("Orang Pergi"), diajukan_pada=BEFORE
        )
        role = Peran.objects.get(pengguna=self.people["pengamat"])
        return {
            "kode": self.a.kode,
            "pendaftaran": self.a.kode,
            "periode": self.edisi.aturan["kinerja"]["periode"][0]["kode"],
            "kelompok": criterion.kelompok.kode,
            "kriteria": criterion.pk,
            "jenis": self.edisi.jenis_dokumen.first().kode,
            "nomor": self.a.pengiriman.first().nomor,
            "tahun": self.edisi.tahun,
            "jalur": "instansi",
            **self.make_visits(),
            **self.make_interview(),
            "registrasi:instansi:kode": self.a.instansi.kode,
            "registrasi:permohonan:kode": self.a.instansi.kode,
            "registrasi:unit:kode": self.a.instansi.kode,
            **self.make_invitation(),
            "registrasi:anggota-pencabutan:kode": self.a.instansi.kode,
            "registrasi:anggota-pencabutan:pk": self.unit_member.pk,
            "registrasi:surat-tugas:pk": self.member.pk,
            "registrasi:permohonan-penarikan:pk": self.member.pk,
            "registrasi:berkas:pk": self.bukti.pk,
            "registrasi:pelepasan:pk": self.bukti.pk,
            "registrasi:tanggal-surat:pk": self.bukti.pk,
            "registrasi:unggahan:token": self.make_upload().kode,
            "registrasi:bentuk": "zip",
            "registrasi_panitia:daftar": "belum-dikirim",
            "registrasi_panitia:sebab": "dokumen",
            "registrasi_panitia:angka-resmi-isi:kode": self.a.kode,
            "registrasi_panitia:angka-resmi-isi:periode": "periode_1",
            "registrasi_panitia:pengingat-instansi:kode": self.made_none.kode,
            "registrasi_panitia:pk": asked.pk,
            "registrasi_panitia:berkas:pk": self.file.pk,
            "registrasi_panitia:perpanjangan-pengajuan:pk": drafted.pk,
            "registrasi_panitia:perpanjangan-persetujuan:pk": longer.pk,
            "registrasi_panitia:perpanjangan-penolakan:pk": longer.pk,
            "evaluasi:pk": assigned.lembar.pk,
            "evaluasi:penugasan-buka:pk": assigned.pk,
            "evaluasi:pengembalian:pk": assigned.pk,
            "evaluasi:penerimaan:kode": "dokumen",
            "evaluasi_panitia:pengganti-tugaskan:pk": assigned.pk,
            "evaluasi:titik": 1,
            "evaluasi:berkas": self.file.pk,
            "evaluasi_panitia:pk": evaluator.pk,
            **self.make_doubt(evaluator),
            "evaluasi_panitia:riwayat": self.make_history(evaluator).pk,
            **dict.fromkeys(
                (f"evaluasi_panitia:{page}:pk" for page in SAMARAN_PAGES), self.make_samaran().pk
            ),
            "evaluasi_panitia:kode": "dokumen",
            "evaluasi_panitia:isi": "matriks",
            "evaluasi_panitia:daftar-pendek-jalur:kode": "instansi",
            "evaluasi_panitia:daftar-pendek-ekspor:kode": "instansi",
            **{f"evaluasi_panitia:{page}:kode": self.a.kode for page in ENTRY_PAGES},
            "evaluasi_panitia:penugasan-ganti:pk": assigned.pk,
            "evaluasi_panitia:penugasan-cabut:pk": assigned.pk,
            "evaluasi_panitia:pembukaan:pk": assigned.lembar.pk,
            "penghargaan:verifikasi-kode:kode": self.piagam.kode_verifikasi,
            "penghargaan_panitia:pk": self.piagam.pk,
            "penghargaan_panitia:pleno-hadir-hapus:pk": HadirPleno.objects.first().pk,
            "penghargaan_panitia:nomor": 1,
            "publik:kalender-umpan:token": "rahasia-uji",
            "publik:berhenti:tanda": tanda_of(self.member.pengguna_id, "pengingat"),
            "publik:kalender-pencabutan:pk": feed.pk,
            "publik:token-pencabutan:pk": token.pk,
            "api:verifikasi-kode:kode": self.piagam.kode_verifikasi,
            "api:sisa": "tidak/ada/",
            "api-tidak-ada:sisa": "v2/edisi/",
            "panitia:alamat-pulih:pk": doubt.pk,
            "panitia:naskah-rinci:jenis": "pengingat",
            "panitia:naskah-bawaan:jenis": "pengingat",
            "panitia:peran-cabut:pk": role.pk,
            "panitia:pk": message.pk,
            "panitia:pribadi-hapus:pk": leaving.pk,
            "panitia:pribadi-tolak:pk": leaving.pk,
            "publik:pesan-rinci:pk": message.pk,
            "publik:pengumuman-rinci:pk": notice.pk,
        }

    def make_upload(self) -> Unggahan:
        """An upload to A that was begun and left."""
        return Unggahan.objects.create(
            kode="f" * 32, pendaftaran=self.a, jenis_dokumen=self.bukti.jenis_dokumen,
            oleh=self.member.pengguna, nama="alfa.pdf", ukuran=10, diterima=5,
            dibuat_pada=BEFORE, kedaluwarsa_pada=AFTER,
        )  # fmt: skip

    def make_samaran(self) -> SalinanSamaran:
        """A confirmed copy without names of the file of A."""
        return SalinanSamaran.objects.create(
            pendaftaran=self.a, berkas=self.file, keadaan="sah", kunci=self.file.kunci,
            sha256=self.file.sha256, tipe=self.file.tipe, ukuran=self.file.ukuran, halaman=1,
            dibuat_pada=BEFORE, diputus_oleh=self.people["sekretariat"], diputus_pada=BEFORE,
        )  # fmt: skip

    def make_doubt(self, evaluator) -> dict[str, object]:
        """A suggested conflict of the evaluator of A with B, and where it is decided."""
        row = DugaanBenturan.objects.create(
            evaluator=evaluator, instansi=self.b.instansi, sumber="asal", teks="Kota Beta",
            frasa="kota beta", kemiripan=100, ditemukan_pada=BEFORE,
        )  # fmt: skip
        return {f"evaluasi_panitia:dugaan-{act}:pk": row.pk for act in ("benar", "abaikan")}

    def make_history(self, evaluator) -> RiwayatEvaluator:
        """Where the evaluator of A worked long ago, outside the directory."""
        return RiwayatEvaluator.objects.create(
            evaluator=evaluator, jenis="instansi", nama_lain="Universitas Uji", tahun_mulai=2001,
            tahun_selesai=2003, dicatat_oleh=evaluator.pengguna, dicatat_pada=BEFORE,
        )  # fmt: skip

    def make_invitation(self) -> dict[str, object]:
        """A waiting invitation of A to an address that nobody of the cast has."""
        row = Undangan.objects.create(
            instansi=self.a.instansi, peran="admin_instansi", alamat="diundang@uji.test",
            diundang_oleh=self.member.pengguna, dibuat_pada=BEFORE, dikirim_pada=BEFORE,
            berlaku_sampai=AFTER + timedelta(days=7), sidik=sidik_of("tanda"),
        )  # fmt: skip
        pages = ("kemajuan", "undangan-kirim", "undangan-ulang", "undangan-batal", "serah-terima")
        answers = ("undangan-ulang", "undangan-batal", "undangan", "undangan-terima")
        return {
            **{f"registrasi:{page}:kode": self.a.instansi.kode for page in pages},
            **{f"registrasi:{page}:pk": row.pk for page in (*answers, "undangan-tolak")},
            "registrasi:undangan-tautan:tanda": "tanda",
            "registrasi:pengunduran:pk": self.member.pk,
        }

    def make_visits(self) -> dict[str, object]:
        """The visit to A with a photograph, closed, and where its pages lead."""
        tahap = self.stage.tahap["lapangan"]
        visit = KunjunganLapangan.objects.create(
            tahap=tahap, pendaftaran=self.a, tanggal=date(2019, 11, 25), tempat="Balai Kota",
            dijadwalkan_pada=BEFORE, ditutup_pada=tahap.selesai,
        )  # fmt: skip
        picture = FotoLapangan.objects.create(
            kunjungan=visit, berkas=self.file, diunggah_oleh=self.stage.ketua,
            diunggah_pada=BEFORE,
        )  # fmt: skip
        member = self.stage.evaluator[0].penugasan.get(pendaftaran=self.a, tahap=tahap)
        return {
            "evaluasi:lapangan-rinci:pk": visit.pk,
            "evaluasi:lapangan-foto:pk": visit.pk,
            "evaluasi:lapangan-foto-lepas:pk": visit.pk,
            "evaluasi:foto": picture.pk,
            "evaluasi:kunjungan:pk": visit.pk,
            "evaluasi:kunjungan-berita-acara:pk": visit.pk,
            "evaluasi_panitia:lapangan-cabut:pk": member.pk,
        }

    def make_interview(self) -> dict[str, object]:
        """The interview of A, with what it presented, and where its pages lead."""
        tahap = self.stage.tahap["wawancara"]
        session = SesiWawancara.objects.create(
            tahap=tahap, pendaftaran=self.a, mulai=tahap.mulai + timedelta(hours=9),
            selesai=tahap.mulai + timedelta(hours=10), ruang="Ruang Uji", bahan_paparan=self.file,
            dijadwalkan_pada=BEFORE, dimulai_pada=tahap.mulai + timedelta(hours=9),
        )  # fmt: skip
        return {
            "evaluasi:wawancara-mulai:pk": session.pk,
            "evaluasi:wawancara-bahan:pk": session.pk,
        }

    def value(self, name: str, argument: str) -> object:
        """What this argument of this address is; 0 when nobody has said it (see `unknown`)."""
        space = name.partition(":")[0]
        keys = (f"{name}:{argument}", f"{space}:{argument}", argument)
        return next((self.args[key] for key in keys if key in self.args), 0)

    def unknown(self, addresses) -> list[str]:
        """The arguments of these addresses for which `make_args` has no value."""
        return [f"{n}: {a}" for n, names in addresses for a in names if not self.value(n, a)]
