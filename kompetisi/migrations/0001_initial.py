import datetime
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Edisi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.SlugField(unique=True)),
                ('tahun', models.PositiveSmallIntegerField(unique=True)),
                ('nama', models.CharField(max_length=200)),
                ('dasar_hukum', models.CharField(max_length=300)),
                ('jumlah_pemenang', models.PositiveSmallIntegerField()),
                ('aturan', models.JSONField(default=dict)),
                ('sumber_hash', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 berkas edisi')),
                ('dimuat_pada', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'edisi',
                'verbose_name_plural': 'edisi',
                'ordering': ['-tahun'],
            },
        ),
        migrations.CreateModel(
            name='Kelompok',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.SlugField()),
                ('nama', models.CharField(max_length=200)),
                ('bobot', models.DecimalField(decimal_places=2, max_digits=5)),
                ('urutan', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'kelompok',
                'verbose_name_plural': 'kelompok',
                'ordering': ['urutan', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Pengguna',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='alamat surel')),
                ('nama', models.CharField(blank=True, max_length=150, verbose_name='nama lengkap')),
                ('jabatan', models.CharField(blank=True, max_length=150, verbose_name='jabatan')),
                ('telepon', models.CharField(blank=True, max_length=30, verbose_name='telepon kantor')),
                ('zona_waktu', models.CharField(choices=[('Asia/Jakarta', 'WIB (UTC+7)'), ('Asia/Makassar', 'WITA (UTC+8)'), ('Asia/Jayapura', 'WIT (UTC+9)')], default='Asia/Jakarta', max_length=20, verbose_name='zona waktu')),
                ('is_staff', models.BooleanField(default=False, verbose_name='petugas')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('dibuat_pada', models.DateTimeField(auto_now_add=True, verbose_name='dibuat pada')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'pengguna',
                'verbose_name_plural': 'pengguna',
            },
        ),
        migrations.CreateModel(
            name='Jalur',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.SlugField()),
                ('nama', models.CharField(max_length=120)),
                ('uraian', models.TextField(blank=True)),
                ('sasaran', models.CharField(choices=[('instansi', 'Instansi secara keseluruhan'), ('unit', 'Unit pelayanan')], max_length=10)),
                ('jenis_instansi', models.JSONField(blank=True, default=list)),
                ('kuota_pemenang', models.PositiveSmallIntegerField()),
                ('kuota_daftar_pendek', models.PositiveSmallIntegerField()),
                ('urutan', models.PositiveSmallIntegerField(default=0)),
                ('edisi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jalur', to='kompetisi.edisi')),
            ],
            options={
                'verbose_name': 'jalur',
                'verbose_name_plural': 'jalur',
                'ordering': ['urutan', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ButirAdministrasi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.SlugField()),
                ('nama', models.CharField(max_length=300)),
                ('petunjuk', models.TextField(blank=True)),
                ('otomatis', models.CharField(blank=True, max_length=50, verbose_name='nama pemeriksaan mesin')),
                ('urutan', models.PositiveSmallIntegerField(default=0)),
                ('edisi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='butir_administrasi', to='kompetisi.edisi')),
                ('jalur', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='butir_administrasi', to='kompetisi.jalur')),
            ],
            options={
                'verbose_name': 'butir administrasi',
                'verbose_name_plural': 'butir administrasi',
                'ordering': ['urutan', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Jam',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('geser', models.DurationField(default=datetime.timedelta(0))),
            ],
            options={
                'verbose_name': 'jam',
                'verbose_name_plural': 'jam',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='jam_satu_baris')],
            },
        ),
        migrations.CreateModel(
            name='JejakAudit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urutan', models.PositiveBigIntegerField(unique=True)),
                ('pada', models.DateTimeField()),
                ('tindakan', models.CharField(max_length=60)),
                ('objek_jenis', models.CharField(max_length=60)),
                ('objek_kunci', models.CharField(max_length=64)),
                ('rincian', models.JSONField(default=dict)),
                ('hash_sebelum', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64, unique=True)),
                ('oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'jejak audit',
                'verbose_name_plural': 'jejak audit',
                'ordering': ['urutan'],
            },
        ),
        migrations.CreateModel(
            name='JenisDokumen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.SlugField()),
                ('nama', models.CharField(max_length=200)),
                ('petunjuk', models.TextField(blank=True)),
                ('wajib', models.BooleanField(default=True)),
                ('maks_mb', models.PositiveSmallIntegerField(default=10)),
                ('urutan', models.PositiveSmallIntegerField(default=0)),
                ('edisi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jenis_dokumen', to='kompetisi.edisi')),
                ('jalur', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='jenis_dokumen', to='kompetisi.jalur')),
            ],
            options={
                'verbose_name': 'jenis dokumen',
                'verbose_name_plural': 'jenis dokumen',
                'ordering': ['urutan', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Kriteria',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.SlugField()),
                ('nama', models.CharField(max_length=300)),
                ('petunjuk', models.TextField(blank=True)),
                ('bobot', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(0)])),
                ('tingkat', models.JSONField(default=list)),
                ('butuh_bukti', models.BooleanField(default=False)),
                ('urutan', models.PositiveSmallIntegerField(default=0)),
                ('kelompok', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kriteria', to='kompetisi.kelompok')),
            ],
            options={
                'verbose_name': 'kriteria',
                'verbose_name_plural': 'kriteria',
                'ordering': ['urutan', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Lambang',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('berkas', models.CharField(max_length=120, verbose_name='kunci simpanan')),
                ('sha256', models.CharField(max_length=64)),
                ('nama_asli', models.CharField(max_length=200)),
                ('tipe', models.CharField(max_length=50)),
                ('diunggah_pada', models.DateTimeField()),
                ('diunggah_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'lambang',
                'verbose_name_plural': 'lambang',
                'ordering': ['-diunggah_pada', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Pekerjaan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kunci', models.CharField(max_length=200, unique=True, verbose_name='kunci tunggal')),
                ('status', models.CharField(choices=[('menunggu', 'Menunggu'), ('dikerjakan', 'Sedang dikerjakan'), ('selesai', 'Selesai'), ('gagal', 'Gagal'), ('dibatalkan', 'Dibatalkan')], default='menunggu', max_length=12)),
                ('dibuat_pada', models.DateTimeField()),
                ('jalankan_setelah', models.DateTimeField()),
                ('percobaan', models.PositiveSmallIntegerField(default=0)),
                ('sewa_sampai', models.DateTimeField(blank=True, null=True)),
                ('selesai_pada', models.DateTimeField(blank=True, null=True)),
                ('galat', models.TextField(blank=True)),
                ('tugas', models.CharField(max_length=100)),
                ('argumen', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'pekerjaan',
                'verbose_name_plural': 'pekerjaan',
                'ordering': ['-dibuat_pada', '-pk'],
                'indexes': [models.Index(fields=['status', 'jalankan_setelah'], name='pekerjaan_antrean')],
            },
        ),
        migrations.CreateModel(
            name='Pengumuman',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kunci', models.CharField(max_length=100, unique=True)),
                ('nomor', models.CharField(blank=True, max_length=100, verbose_name='nomor naskah')),
                ('judul', models.CharField(max_length=200)),
                ('isi', models.TextField()),
                ('terbit_pada', models.DateTimeField()),
                ('edisi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pengumuman', to='kompetisi.edisi')),
                ('oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pengumuman',
                'verbose_name_plural': 'pengumuman',
                'ordering': ['-terbit_pada', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Peran',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('evaluator', 'Evaluator'), ('ketua', 'Ketua tim evaluasi'), ('sekretariat', 'Sekretariat'), ('admin_panrb', 'Admin PANRB'), ('pengamat', 'Pengamat')], max_length=20)),
                ('diberikan_pada', models.DateTimeField()),
                ('dicabut_pada', models.DateTimeField(blank=True, null=True)),
                ('diberikan_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edisi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peran', to='kompetisi.edisi')),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peran', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'peran',
                'verbose_name_plural': 'peran',
            },
        ),
        migrations.CreateModel(
            name='Pertanyaan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.SlugField()),
                ('teks', models.CharField(max_length=300)),
                ('petunjuk', models.TextField(blank=True)),
                ('batas_kata', models.PositiveSmallIntegerField()),
                ('wajib', models.BooleanField(default=True)),
                ('urutan', models.PositiveSmallIntegerField(default=0)),
                ('edisi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pertanyaan', to='kompetisi.edisi')),
                ('jalur', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pertanyaan', to='kompetisi.jalur')),
            ],
            options={
                'verbose_name': 'pertanyaan',
                'verbose_name_plural': 'pertanyaan',
                'ordering': ['urutan', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Pesan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kunci', models.CharField(max_length=200, unique=True, verbose_name='kunci tunggal')),
                ('status', models.CharField(choices=[('menunggu', 'Menunggu'), ('dikerjakan', 'Sedang dikerjakan'), ('selesai', 'Selesai'), ('gagal', 'Gagal'), ('dibatalkan', 'Dibatalkan')], default='menunggu', max_length=12)),
                ('dibuat_pada', models.DateTimeField()),
                ('jalankan_setelah', models.DateTimeField()),
                ('percobaan', models.PositiveSmallIntegerField(default=0)),
                ('sewa_sampai', models.DateTimeField(blank=True, null=True)),
                ('selesai_pada', models.DateTimeField(blank=True, null=True)),
                ('galat', models.TextField(blank=True)),
                ('alamat', models.EmailField(max_length=254)),
                ('jenis', models.CharField(max_length=50)),
                ('subjek', models.CharField(max_length=200)),
                ('isi', models.TextField()),
                ('tautan', models.CharField(blank=True, max_length=300)),
                ('dibaca_pada', models.DateTimeField(blank=True, null=True)),
                ('kepada', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pesan', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pesan',
                'verbose_name_plural': 'pesan',
                'ordering': ['-dibuat_pada', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Rubrik',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(max_length=150)),
                ('hash', models.CharField(blank=True, max_length=64)),
                ('edisi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rubrik', to='kompetisi.edisi')),
                ('jalur', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rubrik', to='kompetisi.jalur')),
            ],
            options={
                'verbose_name': 'rubrik',
                'verbose_name_plural': 'rubrik',
            },
        ),
        migrations.AddField(
            model_name='kelompok',
            name='rubrik',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kelompok', to='kompetisi.rubrik'),
        ),
        migrations.CreateModel(
            name='Tahap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.SlugField()),
                ('jenis', models.CharField(choices=[('pendaftaran', 'Pendaftaran'), ('administrasi', 'Seleksi administrasi'), ('dokumen', 'Evaluasi dokumen'), ('wawancara', 'Presentasi dan wawancara'), ('lapangan', 'Verifikasi lapangan'), ('pleno', 'Penetapan'), ('pengumuman', 'Pengumuman')], max_length=20)),
                ('nama', models.CharField(max_length=120)),
                ('mulai', models.DateTimeField()),
                ('selesai', models.DateTimeField()),
                ('asumsi', models.BooleanField(default=False)),
                ('catatan', models.TextField(blank=True)),
                ('urutan', models.PositiveSmallIntegerField(default=0)),
                ('edisi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tahap', to='kompetisi.edisi')),
            ],
            options={
                'verbose_name': 'tahap',
                'verbose_name_plural': 'tahap',
                'ordering': ['urutan', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='rubrik',
            name='tahap',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rubrik', to='kompetisi.tahap'),
        ),
        migrations.CreateModel(
            name='Perpanjangan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode_pendaftaran', models.CharField(blank=True, max_length=32)),
                ('selesai_baru', models.DateTimeField()),
                ('alasan', models.TextField()),
                ('diajukan_pada', models.DateTimeField()),
                ('disetujui_pada', models.DateTimeField(blank=True, null=True)),
                ('ditolak_pada', models.DateTimeField(blank=True, null=True)),
                ('diajukan_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('disetujui_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ditolak_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tahap', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='perpanjangan', to='kompetisi.tahap')),
            ],
            options={
                'verbose_name': 'perpanjangan',
                'verbose_name_plural': 'perpanjangan',
                'ordering': ['-diajukan_pada'],
            },
        ),
        migrations.AddConstraint(
            model_name='jalur',
            constraint=models.UniqueConstraint(fields=('edisi', 'kode'), name='jalur_kode_unik'),
        ),
        migrations.AddConstraint(
            model_name='butiradministrasi',
            constraint=models.UniqueConstraint(fields=('edisi', 'kode'), name='butir_kode_unik'),
        ),
        migrations.AddIndex(
            model_name='jejakaudit',
            index=models.Index(fields=['objek_jenis', 'objek_kunci'], name='jejak_objek'),
        ),
        migrations.AddConstraint(
            model_name='jenisdokumen',
            constraint=models.UniqueConstraint(fields=('edisi', 'kode'), name='jenis_dokumen_kode_unik'),
        ),
        migrations.AddConstraint(
            model_name='kriteria',
            constraint=models.UniqueConstraint(fields=('kelompok', 'kode'), name='kriteria_kode_unik'),
        ),
        migrations.AddConstraint(
            model_name='peran',
            constraint=models.UniqueConstraint(condition=models.Q(('dicabut_pada', None)), fields=('pengguna', 'edisi', 'jenis'), name='peran_aktif_sekali'),
        ),
        migrations.AddConstraint(
            model_name='pertanyaan',
            constraint=models.UniqueConstraint(fields=('edisi', 'kode'), name='pertanyaan_kode_unik'),
        ),
        migrations.AddIndex(
            model_name='pesan',
            index=models.Index(fields=['status', 'jalankan_setelah'], name='pesan_antrean'),
        ),
        migrations.AddIndex(
            model_name='pesan',
            index=models.Index(fields=['kepada', '-dibuat_pada'], name='pesan_kotak_masuk'),
        ),
        migrations.AddConstraint(
            model_name='kelompok',
            constraint=models.UniqueConstraint(fields=('rubrik', 'kode'), name='kelompok_kode_unik'),
        ),
        migrations.AddConstraint(
            model_name='tahap',
            constraint=models.UniqueConstraint(fields=('edisi', 'kode'), name='tahap_kode_unik'),
        ),
        migrations.AddConstraint(
            model_name='tahap',
            constraint=models.UniqueConstraint(fields=('edisi', 'jenis'), name='tahap_jenis_unik'),
        ),
        migrations.AddConstraint(
            model_name='tahap',
            constraint=models.CheckConstraint(condition=models.Q(('mulai__lt', models.F('selesai'))), name='tahap_jendela'),
        ),
        migrations.AddConstraint(
            model_name='rubrik',
            constraint=models.UniqueConstraint(fields=('tahap', 'jalur'), name='rubrik_unik', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='perpanjangan',
            constraint=models.CheckConstraint(condition=models.Q(('disetujui_oleh', None), models.Q(('disetujui_oleh', models.F('diajukan_oleh')), _negated=True), _connector='OR'), name='perpanjangan_dua_orang'),
        ),
        migrations.AddConstraint(
            model_name='perpanjangan',
            constraint=models.CheckConstraint(condition=models.Q(('disetujui_pada', None), ('ditolak_pada', None), _connector='OR'), name='perpanjangan_satu_putusan'),
        ),
    ]
