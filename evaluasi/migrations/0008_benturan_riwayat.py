"""Earlier agencies and consultancies are conflicts; a right to represent bars for the whole edition.

The view keeps its name and columns, so that all that reads it sees the new causes. The edition
begins on 1 January of its year in WIB, or with its first stage where that is earlier. A right that
held at any time since then bars its holder, however it ended.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE OR REPLACE VIEW evaluasi_benturan_efektif AS
WITH asal AS NOT MATERIALIZED (
    SELECT e.id AS evaluator_id, e.pengguna_id, e.edisi_id, e.instansi_asal_id, i.induk_id,
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
        ON k.pengguna_id = a.pengguna_id
       AND k.status IN ('disetujui', 'berakhir', 'dicabut')
      JOIN kompetisi_edisi d ON d.id = a.edisi_id
     WHERE (k.status = 'disetujui' OR k.diputus_pada IS NULL OR k.diputus_pada >= least(
               make_timestamptz(d.tahun, 1, 1, 0, 0, 0, 'Asia/Jakarta'),
               (SELECT min(t.mulai) FROM kompetisi_tahap t WHERE t.edisi_id = d.id)))
       AND (k.berlaku_sampai IS NULL OR k.berlaku_sampai >= least(
               make_timestamptz(d.tahun, 1, 1, 0, 0, 0, 'Asia/Jakarta'),
               (SELECT min(t.mulai) FROM kompetisi_tahap t WHERE t.edisi_id = d.id)))
    UNION ALL
    SELECT r.evaluator_id, r.instansi_id,
           CASE r.jenis WHEN 'pendampingan' THEN 'pendampingan' ELSE 'riwayat' END
      FROM evaluasi_riwayatevaluator r
      JOIN evaluasi_evaluator e ON e.id = r.evaluator_id
      JOIN kompetisi_edisi d ON d.id = e.edisi_id
     WHERE r.tahun_selesai IS NULL OR r.tahun_selesai
           >= d.tahun - coalesce((d.aturan ->> 'benturan_riwayat_tahun')::integer, 5)
    UNION ALL
    SELECT evaluator_id, instansi_id, 'dinyatakan' FROM evaluasi_benturankepentingan
)
SELECT evaluator_id || '-' || instansi_id || '-' || sebab AS id, evaluator_id, instansi_id, sebab
  FROM pasangan WHERE instansi_id IS NOT NULL;
"""
BACKWARD = """
CREATE OR REPLACE VIEW evaluasi_benturan_efektif AS
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
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("evaluasi", "0007_bacaan"),
        ("registrasi", "0007_masa_berlaku_hak"),
    ]
    operations = [
        migrations.CreateModel(
            name='RiwayatEvaluator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('instansi', 'Bekerja di sana'), ('pendampingan', 'Mendampingi atau menjadi konsultan')], max_length=12)),
                ('nama_lain', models.CharField(blank=True, max_length=200, verbose_name='nama di luar daftar instansi')),
                ('tahun_mulai', models.PositiveSmallIntegerField()),
                ('tahun_selesai', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('dicatat_pada', models.DateTimeField()),
                ('dicatat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evaluator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='riwayat', to='evaluasi.evaluator')),
                ('instansi', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registrasi.instansi')),
            ],
            options={
                'verbose_name': 'riwayat evaluator',
                'verbose_name_plural': 'riwayat evaluator',
                'constraints': [models.CheckConstraint(condition=models.Q(('instansi__isnull', False), models.Q(('nama_lain', ''), _negated=True), _connector='XOR'), name='riwayat_satu_nama'), models.CheckConstraint(condition=models.Q(('tahun_selesai', None), ('tahun_selesai__gte', models.F('tahun_mulai')), _connector='OR'), name='riwayat_tahun_urut')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
