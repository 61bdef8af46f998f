"""Playing the judging: documents, shortlist, interviews, site visits."""

from datetime import timedelta

from evaluasi.actions.benturan import declare_benturan, sign_pakta
from evaluasi.actions.daftar_pendek import decide_daftar_pendek
from evaluasi.actions.lapangan import schedule_kunjungan
from evaluasi.actions.pembaca_ketiga import give_pembaca
from evaluasi.actions.wawancara import confirm_wawancara, start_wawancara, store_jadwal
from evaluasi.models import Evaluator, KunjunganLapangan, Penugasan, SesiWawancara
from evaluasi.queries.daftar_pendek import calon_of, proposal_of, tahap_penyaring
from evaluasi.queries.kemajuan import third_reader_proposals
from evaluasi.queries.wawancara import panel_rules
from evaluasi.rules.jadwal import AturanJadwal, Peserta, propose_jadwal, slots_of
from evaluasi.rules.lapangan import days_of, minimal_tim
from kompetisi import clock
from penghargaan.actions.simulasi.dasar import Permainan
from registrasi.models import StatusPendaftaran
from registrasi.queries.penerima import penerima_of

ROOMS = ("Ruang Rapat A", "Ruang Rapat B")


def play_dokumen(game: Permainan) -> int:
    """Readers are assigned and judge; a third reads where two differ. Returns sheets locked."""
    with game.at("dokumen", 0.45):
        for evaluator in Evaluator.objects.filter(edisi=game.edisi).order_by("pk"):
            sign_pakta(evaluator=evaluator, oleh=evaluator.pengguna)
            declare_benturan(evaluator=evaluator, pernyataan=[], oleh=evaluator.pengguna)
        game.assign("dokumen")
    with game.at("dokumen", 0.6):
        locked = game.judge("dokumen")
    with game.at("dokumen", 0.8):
        tahap, ketua = game.tahap["dokumen"], game.orang["ketua"]
        for usulan in third_reader_proposals(tahap, ketua):
            give_pembaca(tahap=tahap, pendaftaran=usulan.pendaftaran, oleh=ketua)
    with game.at("dokumen", 0.9):
        locked += game.judge("dokumen")
    game.after("dokumen")
    return locked


def play_daftar_pendek(game: Permainan) -> int:
    """The chair follows the proposal, leaving out what lacks a score. Returns how many are in."""
    stage = tahap_penyaring(game.edisi)
    if stage is None:
        return 0
    count, ketua = 0, game.orang["ketua"]
    with clock.travel(stage.selesai + timedelta(hours=1)):
        for jalur in game.edisi.jalur.all():
            if not calon_of(jalur).exists():
                continue
            rows = proposal_of(jalur, stage, ketua)
            inside = [r.usulan.pk for r in rows if r.usulan.masuk and not r.calon.kurang]
            alasan = {
                r.usulan.pk: "Nilai dokumen belum lengkap."
                for r in rows
                if r.usulan.masuk and r.calon.kurang
            }
            count += len(inside)
            decide_daftar_pendek(
                jalur=jalur,
                masuk=inside,
                alasan=alasan,
                oleh=ketua,
                catatan="Mengikuti usulan peringkat.",
            )
    return count


def play_wawancara(game: Permainan) -> int:
    """A timetable, panels, confirmations, sessions one by one. Returns how many were held."""
    tahap, oleh = game.tahap["wawancara"], game.orang["sekretariat"]
    rule = panel_rules(game.edisi)
    entries = {row.pk: row for row in game.entries(StatusPendaftaran.MASUK_DAFTAR_PENDEK)}
    aturan = AturanJadwal(lama=rule.lama, jeda=timedelta(minutes=10), ruang=ROOMS)
    usulan = propose_jadwal(
        [Peserta(row.pk, row.instansi.zona_waktu) for row in entries.values()],
        slots_of(tahap.mulai, tahap.selesai, aturan),
        serempak=max(1, min(len(ROOMS), game.jumlah_evaluator // (rule.anggota + 1))),
    )
    with clock.travel(tahap.mulai - timedelta(days=2)):
        store_jadwal(pendaftaran=entries, slot=usulan.slot, oleh=oleh)
        game.assign("wawancara")
        for sesi in SesiWawancara.objects.filter(tahap=tahap).select_related(
            "tahap__edisi", "pendaftaran__instansi", "pendaftaran__unit"
        ):
            people = penerima_of([sesi.pendaftaran])[sesi.pendaftaran_id]
            confirm_wawancara(
                sesi=sesi,
                penyaji_nama="Kepala Dinas Kominfo",
                penyaji_jabatan="Penanggung jawab pengelolaan pengaduan",
                oleh=people[0],
            )
    held = sum(hold_session(game, sesi) for sesi in SesiWawancara.objects.filter(tahap=tahap))
    game.after("wawancara")
    return held


def hold_session(game: Permainan, sesi: SesiWawancara) -> bool:
    """Begin a session at its time and let its panel judge; false without a panel."""
    panel = Penugasan.objects.filter(
        tahap=sesi.tahap_id, pendaftaran=sesi.pendaftaran_id, dicabut_pada=None
    ).select_related("evaluator__pengguna")
    first = panel.first()
    if first is None:
        return False
    with clock.travel(sesi.mulai):
        start_wawancara(sesi=sesi, oleh=first.evaluator.pengguna)
    with clock.travel(sesi.selesai - timedelta(minutes=2)):
        game.judge("wawancara", sesi.pendaftaran_id)
    return True


def play_lapangan(game: Permainan) -> int:
    """As many visits as there are teams and days, each recorded on its day. Returns how many."""
    tahap, oleh = game.tahap["lapangan"], game.orang["sekretariat"]
    dari, hingga = days_of(tahap.mulai, tahap.selesai)
    days = [dari + timedelta(days=n) for n in range((hingga - dari).days + 1)]
    teams = max(1, game.jumlah_evaluator // (minimal_tim(game.edisi.aturan) + 1))
    waiting = game.entries(StatusPendaftaran.DIWAWANCARAI, StatusPendaftaran.MASUK_DAFTAR_PENDEK)[
        : teams * len(days)
    ]
    with clock.travel(tahap.mulai - timedelta(days=1)):
        for place, row in enumerate(waiting):
            schedule_kunjungan(
                pendaftaran=row,
                tanggal=days[place // teams],
                tempat=f"Kantor {row.instansi.nama}"[:200],
                oleh=oleh,
            )
        game.assign("lapangan")
    visits = KunjunganLapangan.objects.filter(tahap=tahap).order_by("tanggal", "pk")
    for visit in visits:
        noon = timedelta(hours=12) + (visit.tanggal - dari) * 1
        with clock.travel(tahap.mulai + noon):
            game.judge("lapangan", visit.pendaftaran_id)
    game.after("lapangan")
    return visits.count()
