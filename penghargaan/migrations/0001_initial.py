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
            name='Pleno',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dibuka_pada', models.DateTimeField()),
                ('tempat', models.CharField(blank=True, max_length=150)),
                ('nomor_berita_acara', models.CharField(blank=True, max_length=100)),
                ('dibekukan_pada', models.DateTimeField(blank=True, null=True)),
                ('isi', models.JSONField(blank=True, null=True, verbose_name='hasil yang dapat dihitung ulang')),
                ('hash', models.CharField(blank=True, max_length=64)),
                ('alasan_jumlah', models.TextField(blank=True, verbose_name='alasan jumlah pemenang berbeda')),
                ('samaran', models.JSONField(blank=True, default=dict, verbose_name='nama samaran dalam berkas hasil')),
                ('versi', models.PositiveIntegerField(default=1)),
                ('dibekukan_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dibuka_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edisi', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pleno', to='kompetisi.edisi')),
            ],
            options={
                'verbose_name': 'pleno',
                'verbose_name_plural': 'pleno',
            },
        ),
        migrations.CreateModel(
            name='Peringkat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('peringkat', models.PositiveIntegerField()),
                ('nilai_akhir', models.DecimalField(decimal_places=8, max_digits=12)),
                ('nilai_tahap', models.JSONField(default=dict)),
                ('pemecah_seri', models.CharField(blank=True, max_length=300)),
                ('nilai_eksak', models.CharField(blank=True, max_length=120)),
                ('seri_terbuka', models.BooleanField(default=False)),
                ('suara_pleno', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('usulan_menang', models.BooleanField()),
                ('usulan_aspek', models.CharField(blank=True, max_length=50)),
                ('aspek', models.CharField(blank=True, max_length=50)),
                ('menang', models.BooleanField()),
                ('didiskualifikasi', models.BooleanField(default=False)),
                ('alasan', models.TextField(blank=True)),
                ('predikat', models.CharField(blank=True, max_length=500)),
                ('jalur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kompetisi.jalur')),
                ('pendaftaran', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='peringkat', to='registrasi.pendaftaran')),
                ('pleno', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peringkat', to='penghargaan.pleno')),
            ],
            options={
                'verbose_name': 'peringkat',
                'verbose_name_plural': 'peringkat',
                'ordering': ['jalur__urutan', 'peringkat', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Keputusan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.CharField(max_length=100, unique=True)),
                ('tanggal', models.DateField()),
                ('tentang', models.CharField(max_length=300)),
                ('tempat', models.CharField(default='Jakarta', max_length=80)),
                ('penandatangan_nama', models.CharField(blank=True, max_length=150)),
                ('penandatangan_jabatan', models.CharField(max_length=150)),
                ('diisi_pada', models.DateTimeField()),
                ('diisi_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pleno', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='keputusan', to='penghargaan.pleno')),
            ],
            options={
                'verbose_name': 'keputusan',
                'verbose_name_plural': 'keputusan',
            },
        ),
        migrations.CreateModel(
            name='HadirPleno',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sebagai', models.CharField(max_length=100)),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pleno', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hadir', to='penghargaan.pleno')),
            ],
            options={
                'verbose_name': 'hadir pleno',
                'verbose_name_plural': 'hadir pleno',
            },
        ),
        migrations.CreateModel(
            name='Penerbitan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('terbit_pada', models.DateTimeField()),
                ('diajukan_pada', models.DateTimeField()),
                ('disetujui_pada', models.DateTimeField(blank=True, null=True)),
                ('dituntaskan_pada', models.DateTimeField(blank=True, null=True)),
                ('diajukan_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('disetujui_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('keputusan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='penerbitan', to='penghargaan.keputusan')),
            ],
            options={
                'verbose_name': 'penerbitan',
                'verbose_name_plural': 'penerbitan',
                'constraints': [models.CheckConstraint(condition=models.Q(('disetujui_oleh', None), models.Q(('disetujui_oleh', models.F('diajukan_oleh')), _negated=True), _connector='OR'), name='penerbitan_dua_orang')],
            },
        ),
        migrations.CreateModel(
            name='Piagam',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('pemenang', 'Pemenang'), ('daftar_pendek', 'Masuk daftar pendek')], max_length=15)),
                ('nomor', models.CharField(max_length=100, unique=True)),
                ('kode_verifikasi', models.CharField(max_length=32, unique=True)),
                ('penerima', models.CharField(max_length=400)),
                ('predikat', models.CharField(max_length=500)),
                ('tanggal', models.DateField()),
                ('isi', models.JSONField(default=dict, verbose_name='yang tercetak')),
                ('berkas', models.CharField(blank=True, max_length=200, verbose_name='kunci simpanan')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('dibuat_pada', models.DateTimeField()),
                ('dirender_pada', models.DateTimeField(blank=True, null=True)),
                ('dicabut_pada', models.DateTimeField(blank=True, null=True)),
                ('alasan_cabut', models.TextField(blank=True)),
                ('dibuat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dicabut_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('menggantikan', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pengganti', to='penghargaan.piagam')),
                ('peringkat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='piagam', to='penghargaan.peringkat')),
            ],
            options={
                'verbose_name': 'piagam',
                'verbose_name_plural': 'piagam',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('dicabut_pada', None)), fields=('peringkat',), name='piagam_berlaku_sekali')],
            },
        ),
        migrations.AddConstraint(
            model_name='peringkat',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('aspek', models.F('usulan_aspek')), ('didiskualifikasi', False), ('menang', models.F('usulan_menang'))), models.Q(('alasan', ''), _negated=True), _connector='OR'), name='peringkat_penyimpangan_beralasan'),
        ),
        migrations.AddConstraint(
            model_name='peringkat',
            constraint=models.CheckConstraint(condition=models.Q(('menang', False), ('didiskualifikasi', False), _connector='OR'), name='peringkat_diskualifikasi_tidak_menang'),
        ),
        migrations.AddConstraint(
            model_name='hadirpleno',
            constraint=models.UniqueConstraint(fields=('pleno', 'pengguna'), name='hadir_unik'),
        ),
    ]
