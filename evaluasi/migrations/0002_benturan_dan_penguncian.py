"""Conflicts in one database view; the database itself refuses what must never happen.

No assignment may join an evaluator with an agency in conflict; the scores of a locked sheet do not
change; a lock is never altered, except that it is marked as reopened. The conflict of one pair is
a function over the one view: its plan is kept by the session.
"""

from django.db import migrations

FORWARD = """
CREATE VIEW evaluasi_benturan_efektif AS
WITH asal AS NOT MATERIALIZED (
    SELECT e.id AS evaluator_id, e.pengguna_id, e.instansi_asal_id, i.induk_id,
           e.provinsi_id AS provinsi_sendiri, i.provinsi_id AS provinsi_instansi,
           CASE WHEN i.jenis = 'provinsi' THEN i.id END AS instansi_provinsi
      FROM evaluasi_evaluator e
      LEFT JOIN registrasi_instansi i ON i.id = e.instansi_asal_id
), wilayah AS NOT MATERIALIZED (
    SELECT evaluator_id, provinsi_sendiri AS provinsi_id FROM asal
    UNION SELECT evaluator_id, provinsi_instansi FROM asal
    UNION SELECT evaluator_id, instansi_provinsi FROM asal
), pasangan AS NOT MATERIALIZED (
    SELECT evaluator_id, instansi_asal_id AS instansi_id, 'asal' AS sebab FROM asal
    UNION ALL
    SELECT evaluator_id, induk_id, 'induk' FROM asal
    UNION ALL
    SELECT a.evaluator_id, i.id, 'anak'
      FROM asal a JOIN registrasi_instansi i ON i.induk_id = a.instansi_asal_id
    UNION ALL
    SELECT evaluator_id, provinsi_id, 'provinsi' FROM wilayah
    UNION ALL
    SELECT w.evaluator_id, i.id, 'wilayah'
      FROM wilayah w JOIN registrasi_instansi i ON i.provinsi_id = w.provinsi_id
    UNION ALL
    SELECT a.evaluator_id, k.instansi_id, 'mewakili'
      FROM asal a JOIN registrasi_keanggotaan k
        ON k.pengguna_id = a.pengguna_id AND k.status = 'disetujui'
    UNION ALL
    SELECT evaluator_id, instansi_id, 'dinyatakan' FROM evaluasi_benturankepentingan
)
SELECT evaluator_id || '-' || instansi_id || '-' || sebab AS id, evaluator_id, instansi_id, sebab
  FROM pasangan WHERE instansi_id IS NOT NULL;

CREATE FUNCTION evaluasi_berbenturan(evaluator bigint, instansi bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM evaluasi_benturan_efektif b
                    WHERE b.evaluator_id = evaluator AND b.instansi_id = instansi);
END $$;

CREATE FUNCTION evaluasi_tolak_benturan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.dicabut_pada IS NULL AND EXISTS (
        SELECT 1 FROM evaluasi_benturan_efektif b
          JOIN registrasi_pendaftaran p ON p.instansi_id = b.instansi_id
         WHERE b.evaluator_id = NEW.evaluator_id AND p.id = NEW.pendaftaran_id
    ) THEN
        RAISE EXCEPTION 'Evaluator % berbenturan kepentingan dengan pendaftaran %.',
            NEW.evaluator_id, NEW.pendaftaran_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'penugasan_tanpa_benturan';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER penugasan_tanpa_benturan
    BEFORE INSERT OR UPDATE OF evaluator_id, pendaftaran_id, dicabut_pada
    ON evaluasi_penugasan FOR EACH ROW EXECUTE FUNCTION evaluasi_tolak_benturan();

CREATE FUNCTION evaluasi_nilai_terkunci() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM evaluasi_penguncian
         WHERE NOT dibuka AND lembar_id IN (
             CASE WHEN TG_OP <> 'DELETE' THEN NEW.lembar_id END,
             CASE WHEN TG_OP <> 'INSERT' THEN OLD.lembar_id END)
    ) THEN
        RAISE EXCEPTION 'Lembar penilaian sudah terkunci.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'nilai_terkunci';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER nilai_terkunci BEFORE INSERT OR UPDATE OR DELETE ON evaluasi_nilai
    FOR EACH ROW EXECUTE FUNCTION evaluasi_nilai_terkunci();

CREATE FUNCTION evaluasi_penguncian_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.dibuka OR (NEW.lembar_id, NEW.pada, NEW.oleh_id, NEW.isi, NEW.hash)
        IS DISTINCT FROM (OLD.lembar_id, OLD.pada, OLD.oleh_id, OLD.isi, OLD.hash) THEN
        RAISE EXCEPTION 'Penguncian tidak dapat diubah atau dihapus.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'penguncian_tetap';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER penguncian_tetap BEFORE UPDATE OR DELETE ON evaluasi_penguncian
    FOR EACH ROW EXECUTE FUNCTION evaluasi_penguncian_tetap();
"""
BACKWARD = """
DROP TRIGGER penguncian_tetap ON evaluasi_penguncian;
DROP FUNCTION evaluasi_penguncian_tetap();
DROP TRIGGER nilai_terkunci ON evaluasi_nilai;
DROP FUNCTION evaluasi_nilai_terkunci();
DROP TRIGGER penugasan_tanpa_benturan ON evaluasi_penugasan;
DROP FUNCTION evaluasi_tolak_benturan();
DROP FUNCTION evaluasi_berbenturan(bigint, bigint);
DROP VIEW evaluasi_benturan_efektif;
"""


class Migration(migrations.Migration):
    dependencies = [("evaluasi", "0001_initial"), ("registrasi", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
