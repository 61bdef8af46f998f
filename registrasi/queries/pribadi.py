"""Personal data: what answers seem to hold of citizens, what is kept of those who work here."""

from kompetisi.models import Pengguna
from registrasi.models import (
    AksesBerkas,
    Berkas,
    Keanggotaan,
    Pendaftaran,
    Pengiriman,
    StatusPendaftaran,
)
from registrasi.models.keanggotaan import PeranInstansi
from registrasi.rules.pribadi import find_pribadi


def pribadi_in(dosir: dict) -> list[dict]:
    """What the dossier's answers seem to hold: {tempat, kata, bagian, kunci, medan} each."""
    answers = [
        (j["pertanyaan"].teks, j["isi"], "narasi", "", f"id_p{j['pertanyaan'].pk}")
        for j in dosir["jawaban"]
    ]
    for group in dosir["penilaian"]:
        answers += [
            (
                f"Catatan {b['kriteria'].kode}",
                b["catatan"],
                "mandiri",
                group["kelompok"].kode,
                f"id_k{b['kriteria'].pk}-catatan",
            )
            for b in group["butir"]
        ]
    return [
        {
            "tempat": place,
            "kata": " dan ".join(found),
            "bagian": bagian,
            "kunci": kunci,
            "medan": medan,
        }
        for place, text, bagian, kunci, medan in answers
        if (found := find_pribadi(text))
    ]


FINAL = (
    StatusPendaftaran.DRAF,
    StatusPendaftaran.TIDAK_LOLOS_ADMINISTRASI,
    StatusPendaftaran.TIDAK_MASUK,
    StatusPendaftaran.DITETAPKAN,
    StatusPendaftaran.TIDAK_DITETAPKAN,
    StatusPendaftaran.MENGUNDURKAN_DIRI,
    StatusPendaftaran.DIDISKUALIFIKASI,
)


def data_registrasi(orang: Pengguna) -> dict[str, object]:
    """Registration's part of a person's own data."""
    return {
        "keanggotaan": list(
            orang.keanggotaan.values(
                "instansi__nama", "unit__nama", "peran", "status", "nomor_surat_tugas",
                "tanggal_surat", "diajukan_pada", "diputus_pada",
            )
        ),
        "pendaftaran_dibuat": list(
            Pendaftaran.objects.filter(dibuat_oleh=orang).values(
                "kode", "instansi__nama", "unit__nama", "status", "dibuat_pada"
            )
        ),
        "pengiriman": list(
            Pengiriman.objects.filter(oleh=orang).values("nomor", "pada", "hash")
        ),
        "berkas": list(
            Berkas.objects.filter(diunggah_oleh=orang)
            .order_by("pk")
            .values("nama_asli", "sha256", "ukuran", "tipe", "diunggah_pada", "dimusnahkan_pada")
        ),
        "berkas_dibuka": list(
            AksesBerkas.objects.filter(oleh=orang).values(
                "berkas__nama_asli", "pada", "cara", "halaman"
            )
        ),
    }  # fmt: skip


def reasons_to_keep(orang: Pengguna) -> list[str]:
    """Agencies for which this person alone answers while an entry of theirs is being judged."""
    own = orang.keanggotaan.berlaku().filter(peran=PeranInstansi.ADMIN_INSTANSI)
    found = []
    for row in own.select_related("instansi"):
        others = Keanggotaan.objects.berlaku().filter(instansi=row.instansi, peran=row.peran)
        others = others.exclude(pengguna=orang)
        judged = row.instansi.pendaftaran.exclude(status__in=FINAL)
        if not others.exists() and judged.exists():
            found.append(
                f"Satu-satunya admin {row.instansi}, yang pendaftarannya sedang dinilai; tunggu "
                "hasil diumumkan atau minta sekretariat menyetujui admin lain."
            )
    return found
