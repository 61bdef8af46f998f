"""What evaluation keeps about a person."""

from evaluasi.models import DugaanBenturan, Evaluator, Penguncian, RiwayatEvaluator, Tanggapan
from evaluasi.queries.benturan import in_conflict, own_conflict
from kompetisi.models import Pengguna


def data_evaluasi(orang: Pengguna) -> dict[str, object]:
    """One's own work as evaluator, save what is in conflict; never what others wrote."""
    rows = Evaluator.objects.filter(pengguna=orang)
    return {
        "evaluator": [
            {name: str(row[name]) for name in row if not name.endswith("_id")}
            for row in rows.values()
        ],
        "riwayat_evaluator": list(
            RiwayatEvaluator.objects.filter(evaluator__in=rows).values(
                "jenis", "instansi__nama", "nama_lain", "tahun_mulai", "tahun_selesai"
            )
        ),
        "dugaan_benturan": list(
            DugaanBenturan.objects.filter(evaluator__in=rows).values(
                "sumber", "teks", "instansi__nama", "putusan", "alasan", "diputus_pada"
            )
        ),
        "lembar_terkunci": list(
            Penguncian.objects.filter(
                ~in_conflict(
                    "lembar__penugasan__evaluator", "lembar__penugasan__pendaftaran__instansi"
                ),
                lembar__penugasan__evaluator__in=rows,
            ).values(
                "lembar__penugasan__pendaftaran__kode", "lembar__penugasan__tahap__kode", "hash"
            )
        ),
        "tanggapan_diskusi": list(
            Tanggapan.objects.filter(
                ~own_conflict(orang, "diskusi__pendaftaran__instansi"), oleh=orang
            ).values("diskusi__pendaftaran__kode", "diskusi__tahap__kode", "pada", "isi")
        ),
    }
