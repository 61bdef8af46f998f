"""Playing registration and the administrative gate."""

from kompetisi.models import Jalur
from penghargaan.actions.peragaan import seed_admin, seed_pendaftaran
from penghargaan.actions.simulasi.dasar import Permainan
from registrasi.actions.administrasi import HasilPeriksa, save_pemeriksaan
from registrasi.actions.putusan import confirm_penolakan, decide_seleksi
from registrasi.models import Instansi, Keanggotaan, SeleksiAdministrasi, StatusPendaftaran
from registrasi.queries.administrasi import butir_of, usulan_berjalan
from registrasi.queries.pendaftaran import jalur_for

Putusan = SeleksiAdministrasi.Putusan
SENT_SHARE = 0.85  # the rest stays a draft: in 2022 29% of a sister competition's entries did
REFUSED_SHARE = 0.1
UNIT_SHARE = 0.25


def play_pendaftaran(game: Permainan, peserta: int) -> int:
    """Agencies drawn by seed register; most send, some stay drafts. Returns how many sent."""
    drawn = game.acak.sample(list(Instansi.objects.order_by("kode")), peserta)
    for number, instansi in enumerate(drawn, 1):
        jalur = _pick_jalur(game, instansi)
        if jalur is None:
            continue
        with game.at("pendaftaran", 0.1 + 0.85 * number / peserta):
            admin = seed_admin(
                edisi=game.edisi,
                instansi=instansi,
                email=_email_for(number, instansi),
                sekretariat=game.orang["sekretariat"],
            )
            sent = game.acak.random() < SENT_SHARE
            seed_pendaftaran(
                edisi=game.edisi,
                instansi=instansi,
                oleh=admin,
                bagian=1 if sent else game.acak.choice((0.2, 0.6, 0.9)),
                acak=game.acak,
                jalur=jalur,
            )
    game.after("pendaftaran")
    return game.entries(StatusPendaftaran.DIKIRIM).count()


def play_administrasi(game: Permainan) -> int:
    """Every sent entry is checked item by item, refusals by two people. Returns who passed."""
    oleh = game.orang["sekretariat"]
    with game.at("administrasi", 0.5):
        for row in game.entries(StatusPendaftaran.DIKIRIM):
            refused = game.acak.random() < REFUSED_SHARE
            butir = butir_of(row)
            hasil = {
                item.kode: HasilPeriksa("memenuhi", "Telah diperiksa pada dokumen.")
                for item in butir
            }
            if refused:
                hasil[butir[-1].kode] = HasilPeriksa("tidak_memenuhi", "Tidak sesuai syarat.")
            save_pemeriksaan(pendaftaran=row, hasil=hasil, oleh=oleh)
            putusan = Putusan.TIDAK_LOLOS if refused else Putusan.LOLOS
            decide_seleksi(pendaftaran=row, putusan=putusan, oleh=oleh)
            usulan = usulan_berjalan(row) if refused else None
            if usulan:
                confirm_penolakan(usulan=usulan, oleh=game.orang["admin"])
    return game.entries(StatusPendaftaran.LOLOS_ADMINISTRASI).count()


def _pick_jalur(game: Permainan, instansi: Instansi) -> Jalur | None:
    """A track this agency may enter, now and then one for units."""
    options = jalur_for(instansi, game.edisi)
    units = [j for j in options if j.sasaran == "unit"]
    others = [j for j in options if j.sasaran != "unit"]
    wants_unit = units and (game.acak.random() < UNIT_SHARE or not others)
    return game.acak.choice(units if wants_unit else others) if options else None


def _email_for(number: int, instansi: Instansi) -> str:
    """The numbered address, or one of its own when that belongs to another agency already."""
    numbered = f"instansi{number}@demo.test"
    taken = Keanggotaan.objects.filter(pengguna__email=numbered).exclude(instansi=instansi)
    return f"{instansi.kode}@demo.test" if taken.exists() else numbered
