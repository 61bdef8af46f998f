"""Playing the end: plenary, decree, publication, certificates."""

from datetime import timedelta

from django.db.models import Count

from kompetisi import clock
from kompetisi.actions.pesan import due_pekerjaan
from penghargaan.actions.antrean import carry_out_piagam
from penghargaan.actions.pembekuan import freeze_pleno
from penghargaan.actions.penetapan import approve_penerbitan, propose_penerbitan, set_keputusan
from penghargaan.actions.piagam import issue_piagam
from penghargaan.actions.pleno import add_hadir, open_pleno, set_alasan_jumlah, vote_seri
from penghargaan.actions.simulasi.dasar import Permainan
from penghargaan.models import Pleno
from penghargaan.queries.kuota import quota_differences
from penghargaan.queries.pleno import peringkat_of, tie_group


def play_pleno(game: Permainan) -> int:
    """The plenary: open ties voted on, the rest as proposed, frozen. Returns the winners."""
    ketua, sekretariat = game.orang["ketua"], game.orang["sekretariat"]
    with game.at("pleno", 0.3):
        pleno = open_pleno(edisi=game.edisi, tempat="Jakarta", oleh=ketua)
        add_hadir(pleno=pleno, pengguna=ketua, sebagai="Ketua rapat", oleh=ketua)
        add_hadir(pleno=pleno, pengguna=sekretariat, sebagai="Notulis", oleh=ketua)
        _vote(game, pleno)
        winners = pleno.peringkat.filter(menang=True).count()
        differences = quota_differences(pleno, list(peringkat_of(pleno)))
        if winners != game.edisi.jumlah_pemenang or differences:
            alasan = f"Hanya {winners} peserta yang memenuhi syarat ditetapkan."
            set_alasan_jumlah(
                pleno=pleno,
                alasan=alasan,
                kuota={row.kunci: "Mengikuti nilai peserta." for row in differences},
                oleh=ketua,
            )
            pleno.refresh_from_db()
        freeze_pleno(pleno=pleno, oleh=ketua)
    return winners


def _vote(game: Permainan, pleno: Pleno) -> None:
    """Vote on every tie that nothing else separates: each of the group other votes."""
    ranks = pleno.peringkat.values("jalur__kode", "peringkat").annotate(n=Count("pk"))
    for rank in ranks.filter(n__gt=1).order_by("jalur__kode", "peringkat"):
        group = tie_group(pleno, rank["jalur__kode"], rank["peringkat"])
        votes = {member.pk: 9 - place for place, member in enumerate(group)}
        vote_seri(pleno=pleno, suara=votes, oleh=game.orang["ketua"])


def play_terbit(game: Permainan) -> int:
    """Decree, publication by two people, certificates. Returns how many certificates."""
    sekretariat, admin = game.orang["sekretariat"], game.orang["admin"]
    tahap = game.tahap["pengumuman"]
    instant = tahap.mulai + (tahap.selesai - tahap.mulai) * 0.3
    with game.at("pengumuman", 0.05) as now:
        set_keputusan(
            edisi=game.edisi,
            nomor=f"SIMULASI/{game.benih}/{game.edisi.tahun}",
            tanggal=now.astimezone(clock.WIB).date(),
            tentang=f"Penetapan Pemenang {game.edisi.nama}",
            penandatangan_jabatan="Menteri (simulasi)",
            oleh=sekretariat,
        )
        propose_penerbitan(edisi=game.edisi, terbit_pada=instant, oleh=sekretariat)
        approve_penerbitan(edisi=game.edisi, oleh=admin)
    with clock.travel(instant + timedelta(minutes=1)):
        game.sweep(clock.now())
        rows = issue_piagam(
            edisi=game.edisi,
            pola="SIMULASI/{urut:3}/" + str(game.edisi.tahun),
            awal=1,
            tanggal=instant.astimezone(clock.WIB).date(),
            oleh=admin,
        )
        for _, pk in due_pekerjaan():
            carry_out_piagam(pk=pk)
    return len(rows)
