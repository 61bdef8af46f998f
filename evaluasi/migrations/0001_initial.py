import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kompetisi', '0001_initial'),
        ('registrasi', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BenturanEfektif',
            fields=[
                ('id', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('sebab', models.CharField(choices=[('asal', 'instansi asal'), ('induk', 'instansi induk dari instansi asal'), ('anak', 'instansi di bawah instansi asal'), ('provinsi', 'pemerintah provinsi asal'), ('wilayah', 'berada di provinsi asal'), ('mewakili', 'instansi yang diwakili akunnya'), ('dinyatakan', 'benturan kepentingan yang dinyatakan')], max_length=12)),
            ],
            options={
                'verbose_name': 'benturan efektif',
                'verbose_name_plural': 'benturan efektif',
                'db_table': 'evaluasi_benturan_efektif',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='LembarPenilaian',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('catatan_umum', models.TextField(blank=True)),
                ('versi', models.PositiveIntegerField(default=1)),
                ('dibuat_pada', models.DateTimeField()),
                ('diubah_pada', models.DateTimeField()),
                ('rubrik', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kompetisi.rubrik')),
            ],
            options={
                'verbose_name': 'lembar penilaian',
                'verbose_name_plural': 'lembar penilaian',
            },
        ),
        migrations.CreateModel(
            name='LembarSah',
            fields=[
                ('lembar', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='evaluasi.lembarpenilaian')),
                ('urutan', models.PositiveSmallIntegerField()),
                ('total', models.DecimalField(decimal_places=6, max_digits=12)),
            ],
            options={
                'verbose_name': 'lembar sah',
                'verbose_name_plural': 'lembar sah',
                'db_table': 'evaluasi_lembar_sah',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='DaftarPendek',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('diputus_pada', models.DateTimeField()),
                ('catatan', models.TextField(blank=True)),
                ('diputus_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edisi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='daftar_pendek', to='kompetisi.edisi')),
                ('jalur', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='daftar_pendek', to='kompetisi.jalur')),
            ],
            options={
                'verbose_name': 'daftar pendek',
                'verbose_name_plural': 'daftar pendek',
            },
        ),
        migrations.CreateModel(
            name='Evaluator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asal_lain', models.CharField(blank=True, max_length=200, verbose_name='asal di luar daftar instansi')),
                ('kapasitas', models.PositiveSmallIntegerField(default=100, verbose_name='jumlah lembar paling banyak')),
                ('aktif', models.BooleanField(default=True)),
                ('benturan_dinyatakan_pada', models.DateTimeField(blank=True, null=True)),
                ('versi', models.PositiveIntegerField(default=1)),
                ('edisi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluator', to='kompetisi.edisi')),
                ('instansi_asal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registrasi.instansi')),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluator', to=settings.AUTH_USER_MODEL)),
                ('provinsi', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registrasi.instansi')),
            ],
            options={
                'verbose_name': 'evaluator',
                'verbose_name_plural': 'evaluator',
            },
        ),
        migrations.CreateModel(
            name='BenturanKepentingan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alasan', models.TextField()),
                ('dicatat_pada', models.DateTimeField()),
                ('dicatat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registrasi.instansi')),
                ('evaluator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='benturan', to='evaluasi.evaluator')),
            ],
            options={
                'verbose_name': 'benturan kepentingan',
                'verbose_name_plural': 'benturan kepentingan',
            },
        ),
        migrations.CreateModel(
            name='KeputusanDaftarPendek',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('peringkat', models.PositiveIntegerField()),
                ('nilai', models.DecimalField(decimal_places=12, max_digits=16)),
                ('usulan_masuk', models.BooleanField()),
                ('masuk', models.BooleanField()),
                ('alasan', models.TextField(blank=True)),
                ('daftar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keputusan', to='evaluasi.daftarpendek')),
                ('pendaftaran', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='keputusan_daftar_pendek', to='registrasi.pendaftaran')),
            ],
            options={
                'verbose_name': 'keputusan daftar pendek',
                'verbose_name_plural': 'keputusan daftar pendek',
                'ordering': ['peringkat', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='KunjunganLapangan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tanggal', models.DateField()),
                ('tempat', models.CharField(max_length=200)),
                ('penerima_nama', models.CharField(blank=True, max_length=150, verbose_name='diterima oleh')),
                ('penerima_jabatan', models.CharField(blank=True, max_length=150)),
                ('temuan_material', models.TextField(blank=True)),
                ('nomor_berita_acara', models.CharField(blank=True, max_length=100)),
                ('benih_sampel', models.PositiveIntegerField(default=0)),
                ('dijadwalkan_pada', models.DateTimeField()),
                ('ditutup_pada', models.DateTimeField(blank=True, null=True)),
                ('versi', models.PositiveIntegerField(default=1)),
                ('ditutup_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pendaftaran', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='kunjungan', to='registrasi.pendaftaran')),
                ('tahap', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kunjungan', to='kompetisi.tahap')),
            ],
            options={
                'verbose_name': 'kunjungan lapangan',
                'verbose_name_plural': 'kunjungan lapangan',
                'ordering': ['tanggal', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FotoLapangan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('keterangan', models.CharField(blank=True, max_length=200)),
                ('diunggah_pada', models.DateTimeField()),
                ('berkas', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registrasi.berkas')),
                ('diunggah_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kriteria', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kompetisi.kriteria')),
                ('kunjungan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='foto', to='evaluasi.kunjunganlapangan')),
            ],
            options={
                'verbose_name': 'foto lapangan',
                'verbose_name_plural': 'foto lapangan',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Nilai',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tingkat', models.CharField(max_length=10, verbose_name='kode tingkat')),
                ('faktor', models.DecimalField(decimal_places=4, max_digits=5)),
                ('catatan', models.TextField(blank=True)),
                ('versi', models.PositiveIntegerField(default=1)),
                ('disimpan_pada', models.DateTimeField()),
                ('kriteria', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kompetisi.kriteria')),
                ('lembar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nilai', to='evaluasi.lembarpenilaian')),
            ],
            options={
                'verbose_name': 'nilai',
                'verbose_name_plural': 'nilai',
            },
        ),
        migrations.CreateModel(
            name='PaktaIntegritas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('teks', models.TextField()),
                ('disetujui_pada', models.DateTimeField()),
                ('evaluator', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pakta', to='evaluasi.evaluator')),
            ],
            options={
                'verbose_name': 'pakta integritas',
                'verbose_name_plural': 'pakta integritas',
            },
        ),
        migrations.CreateModel(
            name='Penguncian',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pada', models.DateTimeField()),
                ('isi', models.JSONField()),
                ('hash', models.CharField(max_length=64)),
                ('dibuka', models.BooleanField(default=False)),
                ('lembar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='penguncian', to='evaluasi.lembarpenilaian')),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'penguncian',
                'verbose_name_plural': 'penguncian',
                'ordering': ['-pada', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Pembukaan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pada', models.DateTimeField()),
                ('alasan', models.TextField()),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('penguncian', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pembukaan', to='evaluasi.penguncian')),
            ],
            options={
                'verbose_name': 'pembukaan',
                'verbose_name_plural': 'pembukaan',
            },
        ),
        migrations.CreateModel(
            name='Penugasan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urutan', models.PositiveSmallIntegerField()),
                ('dirilis_pada', models.DateTimeField(blank=True, null=True)),
                ('dicabut_pada', models.DateTimeField(blank=True, null=True)),
                ('sebab_cabut', models.CharField(blank=True, choices=[('benturan', 'Benturan kepentingan'), ('diganti', 'Diganti pembaca lain'), ('dibatalkan', 'Dibatalkan')], max_length=12)),
                ('alasan_cabut', models.TextField(blank=True)),
                ('dicabut_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evaluator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='penugasan', to='evaluasi.evaluator')),
                ('pendaftaran', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='penugasan', to='registrasi.pendaftaran')),
                ('tahap', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='penugasan', to='kompetisi.tahap')),
            ],
            options={
                'verbose_name': 'penugasan',
                'verbose_name_plural': 'penugasan',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='lembarpenilaian',
            name='penugasan',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='lembar', to='evaluasi.penugasan'),
        ),
        migrations.CreateModel(
            name='RencanaPenugasan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('benih', models.PositiveIntegerField()),
                ('kekurangan', models.JSONField(blank=True, default=list)),
                ('dibuat_pada', models.DateTimeField()),
                ('dirilis_pada', models.DateTimeField(blank=True, null=True)),
                ('dibuat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dirilis_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tahap', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rencana', to='kompetisi.tahap')),
            ],
            options={
                'verbose_name': 'rencana penugasan',
                'verbose_name_plural': 'rencana penugasan',
                'ordering': ['-dibuat_pada'],
            },
        ),
        migrations.AddField(
            model_name='penugasan',
            name='rencana',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='penugasan', to='evaluasi.rencanapenugasan'),
        ),
        migrations.CreateModel(
            name='SesiWawancara',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mulai', models.DateTimeField()),
                ('selesai', models.DateTimeField()),
                ('ruang', models.CharField(blank=True, max_length=120)),
                ('tautan', models.URLField(blank=True)),
                ('versi', models.PositiveIntegerField(default=1)),
                ('dijadwalkan_pada', models.DateTimeField()),
                ('dimulai_pada', models.DateTimeField(blank=True, null=True)),
                ('dikonfirmasi_pada', models.DateTimeField(blank=True, null=True)),
                ('penyaji_nama', models.CharField(blank=True, max_length=150)),
                ('penyaji_jabatan', models.CharField(blank=True, max_length=150)),
                ('bahan_paparan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registrasi.berkas')),
                ('dikonfirmasi_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pendaftaran', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sesi_wawancara', to='registrasi.pendaftaran')),
                ('tahap', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sesi', to='kompetisi.tahap')),
            ],
            options={
                'verbose_name': 'sesi wawancara',
                'verbose_name_plural': 'sesi wawancara',
                'ordering': ['mulai', 'ruang', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TemuanLapangan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uraian', models.TextField(blank=True)),
                ('versi', models.PositiveIntegerField(default=1)),
                ('diubah_pada', models.DateTimeField()),
                ('diubah_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kriteria', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kompetisi.kriteria')),
                ('kunjungan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='temuan', to='evaluasi.kunjunganlapangan')),
            ],
            options={
                'verbose_name': 'temuan lapangan',
                'verbose_name_plural': 'temuan lapangan',
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='evaluator',
            constraint=models.UniqueConstraint(fields=('pengguna', 'edisi'), name='evaluator_unik'),
        ),
        migrations.AddConstraint(
            model_name='benturankepentingan',
            constraint=models.UniqueConstraint(fields=('evaluator', 'instansi'), name='benturan_unik'),
        ),
        migrations.AddConstraint(
            model_name='keputusandaftarpendek',
            constraint=models.CheckConstraint(condition=models.Q(('masuk', models.F('usulan_masuk')), models.Q(('alasan', ''), _negated=True), _connector='OR'), name='penyimpangan_beralasan'),
        ),
        migrations.AddConstraint(
            model_name='kunjunganlapangan',
            constraint=models.UniqueConstraint(condition=models.Q(('nomor_berita_acara', ''), _negated=True), fields=('nomor_berita_acara',), name='nomor_berita_acara_unik'),
        ),
        migrations.AddConstraint(
            model_name='nilai',
            constraint=models.UniqueConstraint(fields=('lembar', 'kriteria'), name='nilai_unik'),
        ),
        migrations.AddConstraint(
            model_name='nilai',
            constraint=models.CheckConstraint(condition=models.Q(('faktor__gte', 0), ('faktor__lte', 1)), name='nilai_dalam_skala'),
        ),
        migrations.AddConstraint(
            model_name='penguncian',
            constraint=models.UniqueConstraint(condition=models.Q(('dibuka', False)), fields=('lembar',), name='terkunci_sekali'),
        ),
        migrations.AddIndex(
            model_name='penugasan',
            index=models.Index(fields=['evaluator', 'tahap'], name='penugasan_evaluator'),
        ),
        migrations.AddConstraint(
            model_name='penugasan',
            constraint=models.UniqueConstraint(condition=models.Q(('dicabut_pada', None)), fields=('tahap', 'pendaftaran', 'evaluator'), name='penugasan_sekali'),
        ),
        migrations.AddConstraint(
            model_name='sesiwawancara',
            constraint=models.CheckConstraint(condition=models.Q(('mulai__lt', models.F('selesai'))), name='sesi_jendela'),
        ),
        migrations.AddConstraint(
            model_name='sesiwawancara',
            constraint=models.CheckConstraint(condition=models.Q(('ruang', ''), ('tautan', ''), _negated=True), name='sesi_bertempat'),
        ),
        migrations.AddConstraint(
            model_name='temuanlapangan',
            constraint=models.UniqueConstraint(fields=('kunjungan', 'kriteria'), name='temuan_unik'),
        ),
    ]
