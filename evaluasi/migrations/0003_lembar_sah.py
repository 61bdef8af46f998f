"""The sheets that count, with their exact totals, as one database view."""

from django.db import migrations

FORWARD = """
CREATE VIEW evaluasi_lembar_sah AS
SELECT l.id AS lembar_id, p.id AS penugasan_id, p.tahap_id, p.pendaftaran_id, p.evaluator_id,
       p.urutan, sum(k.bobot * n.faktor) AS total
  FROM evaluasi_penguncian c
  JOIN evaluasi_lembarpenilaian l ON l.id = c.lembar_id
  JOIN evaluasi_penugasan p ON p.id = l.penugasan_id
  JOIN registrasi_pendaftaran d ON d.id = p.pendaftaran_id
  JOIN evaluasi_nilai n ON n.lembar_id = l.id
  JOIN kompetisi_kriteria k ON k.id = n.kriteria_id
 WHERE NOT c.dibuka AND p.dirilis_pada IS NOT NULL AND p.dicabut_pada IS NULL
   AND NOT EXISTS (SELECT 1 FROM evaluasi_benturan_efektif b
                    WHERE b.evaluator_id = p.evaluator_id AND b.instansi_id = d.instansi_id)
 GROUP BY l.id, p.id;
"""


class Migration(migrations.Migration):
    dependencies = [("evaluasi", "0002_benturan_dan_penguncian")]
    operations = [migrations.RunSQL(FORWARD, "DROP VIEW evaluasi_lembar_sah;")]
