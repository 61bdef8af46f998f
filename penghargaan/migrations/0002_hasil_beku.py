"""What the plenary has frozen stays: the database itself refuses to change or delete it.

Once a plenary is frozen, its list, its attendance and the sheets it was computed from do not
change any more. Only the number of the minutes may still be entered, which the registry gives out
afterwards. A decree does not change once its publication is approved; an issued certificate keeps
what it says and can only be revoked.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION penghargaan_pleno_beku() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.dibekukan_pada IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        OLD.nomor_berita_acara := NEW.nomor_berita_acara;
        OLD.versi := NEW.versi;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Hasil pleno sudah dibekukan.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'pleno_beku';
END $$;
CREATE TRIGGER pleno_beku BEFORE UPDATE OR DELETE ON penghargaan_pleno
    FOR EACH ROW EXECUTE FUNCTION penghargaan_pleno_beku();

CREATE FUNCTION penghargaan_isi_pleno_beku() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM penghargaan_pleno WHERE dibekukan_pada IS NOT NULL AND id IN (
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.pleno_id END,
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.pleno_id END)) THEN
        RAISE EXCEPTION 'Hasil pleno sudah dibekukan.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pleno_beku';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER peringkat_beku BEFORE INSERT OR UPDATE OR DELETE ON penghargaan_peringkat
    FOR EACH ROW EXECUTE FUNCTION penghargaan_isi_pleno_beku();
CREATE TRIGGER hadir_beku BEFORE INSERT OR UPDATE OR DELETE ON penghargaan_hadirpleno
    FOR EACH ROW EXECUTE FUNCTION penghargaan_isi_pleno_beku();

CREATE FUNCTION penghargaan_nilai_beku() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM evaluasi_lembarpenilaian l
          JOIN evaluasi_penugasan p ON p.id = l.penugasan_id
          JOIN kompetisi_tahap t ON t.id = p.tahap_id
          JOIN penghargaan_pleno h ON h.edisi_id = t.edisi_id
         WHERE h.dibekukan_pada IS NOT NULL AND l.id IN (
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.lembar_id END,
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.lembar_id END)
    ) THEN
        RAISE EXCEPTION 'Nilai tidak dapat diubah: hasil pleno sudah dibekukan.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pleno_beku';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER nilai_pleno_beku BEFORE INSERT OR UPDATE OR DELETE ON evaluasi_nilai
    FOR EACH ROW EXECUTE FUNCTION penghargaan_nilai_beku();
CREATE TRIGGER penguncian_pleno_beku BEFORE INSERT OR UPDATE OR DELETE ON evaluasi_penguncian
    FOR EACH ROW EXECUTE FUNCTION penghargaan_nilai_beku();

CREATE FUNCTION penghargaan_penerbitan_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.dituntaskan_pada IS NOT NULL THEN
        RAISE EXCEPTION 'Hasil sudah diumumkan.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'penerbitan_tetap';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER penerbitan_tetap BEFORE UPDATE OR DELETE ON penghargaan_penerbitan
    FOR EACH ROW EXECUTE FUNCTION penghargaan_penerbitan_tetap();

CREATE FUNCTION penghargaan_keputusan_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM penghargaan_penerbitan
                WHERE keputusan_id = OLD.id AND disetujui_pada IS NOT NULL) THEN
        RAISE EXCEPTION 'Keputusan tidak dapat diubah: penerbitannya sudah disetujui.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'keputusan_tetap';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keputusan_tetap BEFORE UPDATE OR DELETE ON penghargaan_keputusan
    FOR EACH ROW EXECUTE FUNCTION penghargaan_keputusan_tetap();

CREATE FUNCTION penghargaan_piagam_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.dicabut_pada IS NOT NULL
        OR (OLD.sha256 <> '' AND (NEW.sha256, NEW.berkas) IS DISTINCT FROM (OLD.sha256, OLD.berkas))
        OR (NEW.peringkat_id, NEW.jenis, NEW.nomor, NEW.kode_verifikasi, NEW.penerima,
            NEW.predikat, NEW.tanggal, NEW.isi, NEW.menggantikan_id)
        IS DISTINCT FROM (OLD.peringkat_id, OLD.jenis, OLD.nomor, OLD.kode_verifikasi, OLD.penerima,
            OLD.predikat, OLD.tanggal, OLD.isi, OLD.menggantikan_id) THEN
        RAISE EXCEPTION 'Piagam yang sudah diterbitkan tidak dapat diubah.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'piagam_tetap';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER piagam_tetap BEFORE UPDATE OR DELETE ON penghargaan_piagam
    FOR EACH ROW EXECUTE FUNCTION penghargaan_piagam_tetap();
"""
BACKWARD = """
DROP TRIGGER piagam_tetap ON penghargaan_piagam;
DROP TRIGGER keputusan_tetap ON penghargaan_keputusan;
DROP TRIGGER penerbitan_tetap ON penghargaan_penerbitan;
DROP TRIGGER penguncian_pleno_beku ON evaluasi_penguncian;
DROP TRIGGER nilai_pleno_beku ON evaluasi_nilai;
DROP TRIGGER hadir_beku ON penghargaan_hadirpleno;
DROP TRIGGER peringkat_beku ON penghargaan_peringkat;
DROP TRIGGER pleno_beku ON penghargaan_pleno;
DROP FUNCTION penghargaan_piagam_tetap();
DROP FUNCTION penghargaan_keputusan_tetap();
DROP FUNCTION penghargaan_penerbitan_tetap();
DROP FUNCTION penghargaan_nilai_beku();
DROP FUNCTION penghargaan_isi_pleno_beku();
DROP FUNCTION penghargaan_pleno_beku();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("penghargaan", "0001_initial"),
        ("evaluasi", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
