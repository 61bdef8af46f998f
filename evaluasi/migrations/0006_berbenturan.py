"""The conflict of one pair as a function over the one view: its plan is kept by the session."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION evaluasi_berbenturan(evaluator bigint, instansi bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM evaluasi_benturan_efektif b
                    WHERE b.evaluator_id = evaluator AND b.instansi_id = instansi);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("evaluasi", "0005_rencana_kekurangan")]
    operations = [
        migrations.RunSQL(FORWARD, "DROP FUNCTION evaluasi_berbenturan(bigint, bigint);")
    ]
