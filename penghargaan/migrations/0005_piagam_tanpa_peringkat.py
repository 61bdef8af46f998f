"""A shortlisted entry without a rank has a certificate too: it names its entry, the rank if any."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

FILL = """
ALTER TABLE penghargaan_piagam DISABLE TRIGGER piagam_tetap;
UPDATE penghargaan_piagam p SET pendaftaran_id = r.pendaftaran_id
  FROM penghargaan_peringkat r WHERE r.id = p.peringkat_id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE penghargaan_piagam ENABLE TRIGGER piagam_tetap;
"""
FORWARD = """
CREATE OR REPLACE FUNCTION penghargaan_piagam_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.dicabut_pada IS NOT NULL
        OR (OLD.sha256 <> '' AND (NEW.sha256, NEW.berkas) IS DISTINCT FROM (OLD.sha256, OLD.berkas))
        OR (NEW.pendaftaran_id, NEW.peringkat_id, NEW.jenis, NEW.nomor,
            NEW.kode_verifikasi, NEW.penerima,
            NEW.predikat, NEW.tanggal, NEW.isi, NEW.menggantikan_id)
        IS DISTINCT FROM (OLD.pendaftaran_id, OLD.peringkat_id, OLD.jenis, OLD.nomor,
            OLD.kode_verifikasi, OLD.penerima,
            OLD.predikat, OLD.tanggal, OLD.isi, OLD.menggantikan_id) THEN
        RAISE EXCEPTION 'Piagam yang sudah diterbitkan tidak dapat diubah.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'piagam_tetap';
    END IF;
    RETURN NEW;
END $$;
"""
BACKWARD = """
CREATE OR REPLACE FUNCTION penghargaan_piagam_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("penghargaan", "0004_alasan_kuota"), ("registrasi", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="piagam",
            name="pendaftaran",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="piagam",
                to="registrasi.pendaftaran",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="piagam",
            name="pendaftaran",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="piagam",
                to="registrasi.pendaftaran",
            ),
        ),
        migrations.AlterField(
            model_name="piagam",
            name="peringkat",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="piagam",
                to="penghargaan.peringkat",
            ),
        ),
        migrations.RemoveConstraint(model_name="piagam", name="piagam_berlaku_sekali"),
        migrations.AddConstraint(
            model_name="piagam",
            constraint=models.UniqueConstraint(
                fields=["pendaftaran"],
                condition=Q(dicabut_pada=None),
                name="piagam_berlaku_sekali",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
