import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kompetisi', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Berkas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('kunci', models.CharField(max_length=200, verbose_name='kunci simpanan')),
                ('nama_asli', models.CharField(max_length=200)),
                ('tipe', models.CharField(max_length=50)),
                ('ukuran', models.PositiveBigIntegerField(verbose_name='ukuran (bita)')),
                ('halaman', models.PositiveIntegerField(default=0)),
                ('diunggah_pada', models.DateTimeField()),
                ('diunggah_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'berkas',
                'verbose_name_plural': 'berkas',
            },
        ),
        migrations.CreateModel(
            name='Instansi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.SlugField(max_length=80, unique=True)),
                ('nama', models.CharField(max_length=200)),
                ('singkatan', models.CharField(blank=True, max_length=40)),
                ('nama_cari', models.TextField(blank=True)),
                ('jenis', models.CharField(choices=[('kementerian', 'Kementerian'), ('lembaga', 'Lembaga'), ('provinsi', 'Pemerintah provinsi'), ('kabupaten', 'Pemerintah kabupaten'), ('kota', 'Pemerintah kota'), ('bumn', 'Badan usaha milik negara'), ('bumd', 'Badan usaha milik daerah'), ('ptn', 'Perguruan tinggi negeri')], max_length=12)),
                ('kode_kemendagri', models.CharField(blank=True, max_length=10)),
                ('zona_waktu', models.CharField(choices=[('Asia/Jakarta', 'WIB (UTC+7)'), ('Asia/Makassar', 'WITA (UTC+8)'), ('Asia/Jayapura', 'WIT (UTC+9)')], default='Asia/Jakarta', max_length=20)),
                ('berlaku_mulai', models.DateField(blank=True, null=True)),
                ('berlaku_sampai', models.DateField(blank=True, null=True)),
                ('induk', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='anak', to='registrasi.instansi')),
                ('provinsi', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wilayah', to='registrasi.instansi')),
            ],
            options={
                'verbose_name': 'instansi',
                'verbose_name_plural': 'instansi',
                'ordering': ['nama'],
            },
        ),
        migrations.CreateModel(
            name='Pendaftaran',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(max_length=20, unique=True)),
                ('judul', models.CharField(blank=True, max_length=200, verbose_name='nama program atau inovasi pengelolaan')),
                ('mulai_pemakaian', models.DateField(blank=True, null=True, verbose_name='SP4N-LAPOR! dipakai sejak')),
                ('terhubung_lapor', models.BooleanField(default=False, verbose_name='terhubung dengan SP4N-LAPOR!')),
                ('narahubung_nama', models.CharField(blank=True, max_length=150)),
                ('narahubung_telepon', models.CharField(blank=True, max_length=30)),
                ('status', models.CharField(choices=[('draf', 'Draf, belum dikirim'), ('dikirim', 'Dikirim'), ('perlu_perbaikan', 'Perlu perbaikan'), ('lolos_administrasi', 'Lolos seleksi administrasi'), ('tidak_lolos_administrasi', 'Tidak lolos seleksi administrasi'), ('dinilai_dokumen', 'Dokumen telah dinilai'), ('masuk_daftar_pendek', 'Masuk daftar pendek'), ('tidak_masuk', 'Tidak masuk daftar pendek'), ('terjadwal_wawancara', 'Terjadwal wawancara'), ('diwawancarai', 'Telah diwawancarai'), ('terjadwal_verifikasi', 'Terjadwal verifikasi lapangan'), ('terverifikasi', 'Telah diverifikasi di lapangan'), ('diusulkan_pleno', 'Dibahas dalam pleno'), ('ditetapkan', 'Ditetapkan sebagai pemenang'), ('tidak_ditetapkan', 'Tidak ditetapkan sebagai pemenang'), ('mengundurkan_diri', 'Mengundurkan diri'), ('didiskualifikasi', 'Didiskualifikasi')], default='draf', max_length=30)),
                ('versi', models.PositiveIntegerField(default=1)),
                ('dibuat_pada', models.DateTimeField()),
                ('diubah_pada', models.DateTimeField()),
                ('dibuat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edisi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pendaftaran', to='kompetisi.edisi')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pendaftaran', to='registrasi.instansi')),
                ('jalur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pendaftaran', to='kompetisi.jalur')),
            ],
            options={
                'verbose_name': 'pendaftaran',
                'verbose_name_plural': 'pendaftaran',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='MasaPerbaikan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dibuka_pada', models.DateTimeField()),
                ('tenggat', models.DateTimeField()),
                ('dikirim_pada', models.DateTimeField(blank=True, null=True)),
                ('dibuka_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pendaftaran', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='masa_perbaikan', to='registrasi.pendaftaran')),
            ],
            options={
                'verbose_name': 'masa perbaikan',
                'verbose_name_plural': 'masa perbaikan',
            },
        ),
        migrations.CreateModel(
            name='KinerjaSP4N',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('versi', models.PositiveIntegerField(default=1)),
                ('disimpan_pada', models.DateTimeField()),
                ('periode_mulai', models.DateField()),
                ('periode_selesai', models.DateField()),
                ('angka', models.JSONField(default=dict)),
                ('disimpan_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pendaftaran', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kinerja', to='registrasi.pendaftaran')),
            ],
            options={
                'verbose_name': 'kinerja SP4N-LAPOR!',
                'verbose_name_plural': 'kinerja SP4N-LAPOR!',
                'ordering': ['periode_mulai', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='JawabanNarasi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('versi', models.PositiveIntegerField(default=1)),
                ('disimpan_pada', models.DateTimeField()),
                ('isi', models.TextField(blank=True)),
                ('disimpan_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pertanyaan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kompetisi.pertanyaan')),
                ('pendaftaran', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jawaban', to='registrasi.pendaftaran')),
            ],
            options={
                'verbose_name': 'jawaban narasi',
                'verbose_name_plural': 'jawaban narasi',
            },
        ),
        migrations.CreateModel(
            name='BuktiDukung',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dilampirkan_pada', models.DateTimeField()),
                ('dilepas_pada', models.DateTimeField(blank=True, null=True)),
                ('berkas', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bukti', to='registrasi.berkas')),
                ('dilampirkan_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('jenis_dokumen', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kompetisi.jenisdokumen')),
                ('kriteria', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kompetisi.kriteria')),
                ('pendaftaran', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bukti', to='registrasi.pendaftaran')),
            ],
            options={
                'verbose_name': 'bukti dukung',
                'verbose_name_plural': 'bukti dukung',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Pengiriman',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.CharField(max_length=40, unique=True, verbose_name='nomor tanda terima')),
                ('kode_verifikasi', models.CharField(max_length=32, unique=True)),
                ('kunci', models.CharField(max_length=64, unique=True)),
                ('pada', models.DateTimeField()),
                ('pernyataan', models.TextField()),
                ('penandatangan_nama', models.CharField(max_length=150)),
                ('penandatangan_jabatan', models.CharField(max_length=150)),
                ('perbaikan', models.BooleanField(default=False, verbose_name='hasil masa perbaikan')),
                ('isi', models.JSONField()),
                ('hash', models.CharField(max_length=64)),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pendaftaran', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pengiriman', to='registrasi.pendaftaran')),
            ],
            options={
                'verbose_name': 'pengiriman',
                'verbose_name_plural': 'pengiriman',
                'ordering': ['-pada', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Penarikan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pada', models.DateTimeField()),
                ('alasan', models.TextField(blank=True)),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pengiriman', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='penarikan', to='registrasi.pengiriman')),
            ],
            options={
                'verbose_name': 'penarikan',
                'verbose_name_plural': 'penarikan',
            },
        ),
        migrations.CreateModel(
            name='PenilaianMandiri',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('versi', models.PositiveIntegerField(default=1)),
                ('disimpan_pada', models.DateTimeField()),
                ('tingkat', models.CharField(blank=True, max_length=10, verbose_name='kode tingkat')),
                ('catatan', models.TextField(blank=True)),
                ('disimpan_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kriteria', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kompetisi.kriteria')),
                ('pendaftaran', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='penilaian_mandiri', to='registrasi.pendaftaran')),
            ],
            options={
                'verbose_name': 'penilaian mandiri',
                'verbose_name_plural': 'penilaian mandiri',
            },
        ),
        migrations.CreateModel(
            name='RiwayatStatus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dari', models.CharField(blank=True, max_length=30)),
                ('ke', models.CharField(choices=[('draf', 'Draf, belum dikirim'), ('dikirim', 'Dikirim'), ('perlu_perbaikan', 'Perlu perbaikan'), ('lolos_administrasi', 'Lolos seleksi administrasi'), ('tidak_lolos_administrasi', 'Tidak lolos seleksi administrasi'), ('dinilai_dokumen', 'Dokumen telah dinilai'), ('masuk_daftar_pendek', 'Masuk daftar pendek'), ('tidak_masuk', 'Tidak masuk daftar pendek'), ('terjadwal_wawancara', 'Terjadwal wawancara'), ('diwawancarai', 'Telah diwawancarai'), ('terjadwal_verifikasi', 'Terjadwal verifikasi lapangan'), ('terverifikasi', 'Telah diverifikasi di lapangan'), ('diusulkan_pleno', 'Dibahas dalam pleno'), ('ditetapkan', 'Ditetapkan sebagai pemenang'), ('tidak_ditetapkan', 'Tidak ditetapkan sebagai pemenang'), ('mengundurkan_diri', 'Mengundurkan diri'), ('didiskualifikasi', 'Didiskualifikasi')], max_length=30)),
                ('pada', models.DateTimeField()),
                ('alasan', models.TextField(blank=True)),
                ('oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pendaftaran', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='riwayat', to='registrasi.pendaftaran')),
            ],
            options={
                'verbose_name': 'riwayat status',
                'verbose_name_plural': 'riwayat status',
                'ordering': ['pada', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SeleksiAdministrasi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dimulai_pada', models.DateTimeField()),
                ('putusan', models.CharField(blank=True, choices=[('lolos', 'Lolos'), ('tidak_lolos', 'Tidak lolos'), ('perbaikan', 'Dikembalikan untuk diperbaiki')], max_length=12)),
                ('alasan', models.TextField(blank=True)),
                ('diputus_pada', models.DateTimeField(blank=True, null=True)),
                ('diputus_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pemeriksa', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pengiriman', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seleksi', to='registrasi.pengiriman')),
            ],
            options={
                'verbose_name': 'seleksi administrasi',
                'verbose_name_plural': 'seleksi administrasi',
            },
        ),
        migrations.CreateModel(
            name='PemeriksaanButir',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hasil', models.CharField(choices=[('memenuhi', 'Memenuhi'), ('tidak_memenuhi', 'Tidak memenuhi'), ('perlu_perbaikan', 'Perlu perbaikan')], max_length=20)),
                ('alasan', models.TextField(blank=True)),
                ('pada', models.DateTimeField()),
                ('butir', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kompetisi.butiradministrasi')),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seleksi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='butir', to='registrasi.seleksiadministrasi')),
            ],
            options={
                'verbose_name': 'pemeriksaan butir',
                'verbose_name_plural': 'pemeriksaan butir',
            },
        ),
        migrations.CreateModel(
            name='UnitPengelola',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(max_length=200)),
                ('jenis', models.CharField(choices=[('pengelola', 'Unit pengelola pengaduan'), ('pelayanan', 'Unit penyelenggara pelayanan')], max_length=10)),
                ('alamat', models.TextField(blank=True)),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='unit', to='registrasi.instansi')),
            ],
            options={
                'verbose_name': 'unit pengelola',
                'verbose_name_plural': 'unit pengelola',
                'ordering': ['nama'],
            },
        ),
        migrations.AddField(
            model_name='pendaftaran',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pendaftaran', to='registrasi.unitpengelola'),
        ),
        migrations.CreateModel(
            name='Keanggotaan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('peran', models.CharField(choices=[('admin_instansi', 'Admin instansi'), ('admin_unit', 'Admin unit')], default='admin_instansi', max_length=20)),
                ('status', models.CharField(choices=[('diajukan', 'Menunggu verifikasi'), ('disetujui', 'Disetujui'), ('ditolak', 'Ditolak'), ('dicabut', 'Dicabut')], default='diajukan', max_length=10)),
                ('nomor_surat_tugas', models.CharField(blank=True, max_length=100)),
                ('diajukan_pada', models.DateTimeField()),
                ('diputus_pada', models.DateTimeField(blank=True, null=True)),
                ('alasan', models.TextField(blank=True)),
                ('diputus_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keanggotaan', to='registrasi.instansi')),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keanggotaan', to=settings.AUTH_USER_MODEL)),
                ('surat_tugas', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registrasi.berkas')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='keanggotaan', to='registrasi.unitpengelola')),
            ],
            options={
                'verbose_name': 'keanggotaan',
                'verbose_name_plural': 'keanggotaan',
                'ordering': ['diajukan_pada', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='instansi',
            index=models.Index(fields=['jenis', 'nama'], name='instansi_jenis'),
        ),
        migrations.AddConstraint(
            model_name='kinerjasp4n',
            constraint=models.UniqueConstraint(fields=('pendaftaran', 'periode_mulai', 'periode_selesai'), name='kinerja_periode'),
        ),
        migrations.AddConstraint(
            model_name='kinerjasp4n',
            constraint=models.CheckConstraint(condition=models.Q(('periode_mulai__lte', models.F('periode_selesai'))), name='kinerja_urut'),
        ),
        migrations.AddConstraint(
            model_name='jawabannarasi',
            constraint=models.UniqueConstraint(fields=('pendaftaran', 'pertanyaan'), name='jawaban_unik'),
        ),
        migrations.AddConstraint(
            model_name='buktidukung',
            constraint=models.CheckConstraint(condition=models.Q(('jenis_dokumen', None), ('kriteria', None), _connector='XOR'), name='bukti_satu_tempat'),
        ),
        migrations.AddConstraint(
            model_name='buktidukung',
            constraint=models.UniqueConstraint(condition=models.Q(('dilepas_pada', None), ('jenis_dokumen__isnull', False)), fields=('pendaftaran', 'jenis_dokumen'), name='dokumen_terpasang_sekali'),
        ),
        migrations.AddConstraint(
            model_name='buktidukung',
            constraint=models.UniqueConstraint(condition=models.Q(('dilepas_pada', None), ('kriteria__isnull', False)), fields=('pendaftaran', 'kriteria'), name='bukti_terpasang_sekali'),
        ),
        migrations.AddConstraint(
            model_name='penilaianmandiri',
            constraint=models.UniqueConstraint(fields=('pendaftaran', 'kriteria'), name='penilaian_mandiri_unik'),
        ),
        migrations.AddConstraint(
            model_name='pemeriksaanbutir',
            constraint=models.UniqueConstraint(fields=('seleksi', 'butir'), name='pemeriksaan_unik'),
        ),
        migrations.AddConstraint(
            model_name='unitpengelola',
            constraint=models.UniqueConstraint(fields=('instansi', 'nama'), name='unit_nama_unik'),
        ),
        migrations.AddIndex(
            model_name='pendaftaran',
            index=models.Index(fields=['edisi', 'status'], name='pendaftaran_status'),
        ),
        migrations.AddConstraint(
            model_name='pendaftaran',
            constraint=models.UniqueConstraint(fields=('edisi', 'jalur', 'instansi', 'unit'), name='pendaftaran_sekali', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='keanggotaan',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['diajukan', 'disetujui'])), fields=('pengguna', 'instansi', 'unit'), name='keanggotaan_aktif_sekali', nulls_distinct=False),
        ),
    ]
