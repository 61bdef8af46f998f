"""The sample of reports is drawn once; the database refuses to draw it again or to change it."""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION evaluasi_sampel_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sampel IS NOT NULL AND (NEW.sampel, NEW.sampel_pada, NEW.benih_sampel)
        IS DISTINCT FROM (OLD.sampel, OLD.sampel_pada, OLD.benih_sampel) THEN
        RAISE EXCEPTION 'Sampel laporan sudah diambil.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sampel_tetap';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sampel_tetap BEFORE UPDATE ON evaluasi_kunjunganlapangan
    FOR EACH ROW EXECUTE FUNCTION evaluasi_sampel_tetap();
"""
BACKWARD = """
DROP TRIGGER sampel_tetap ON evaluasi_kunjunganlapangan;
DROP FUNCTION evaluasi_sampel_tetap();
"""


class Migration(migrations.Migration):
    dependencies = [("evaluasi", "0003_lembar_sah")]
    operations = [
        migrations.AddField(
            model_name="kunjunganlapangan",
            name="sampel",
            field=models.JSONField(blank=True, null=True, verbose_name="sampel laporan"),
        ),
        migrations.AddField(
            model_name="kunjunganlapangan",
            name="sampel_pada",
            field=models.DateTimeField(blank=True, null=True, verbose_name="sampel diambil pada"),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
