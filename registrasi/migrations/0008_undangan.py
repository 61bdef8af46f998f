"""Invitations to act for an agency, by e-mail address."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registrasi', '0007_masa_berlaku_hak'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Undangan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('peran', models.CharField(choices=[('admin_instansi', 'Admin instansi'), ('admin_unit', 'Admin unit')], max_length=20)),
                ('alamat', models.EmailField(max_length=254)),
                ('dibuat_pada', models.DateTimeField()),
                ('sidik', models.CharField(max_length=64, unique=True)),
                ('kiriman', models.PositiveSmallIntegerField(default=1)),
                ('dikirim_pada', models.DateTimeField()),
                ('berlaku_sampai', models.DateTimeField()),
                ('status', models.CharField(choices=[('menunggu', 'Menunggu jawaban'), ('diterima', 'Diterima'), ('ditolak', 'Ditolak'), ('dibatalkan', 'Dibatalkan'), ('kedaluwarsa', 'Kedaluwarsa')], default='menunggu', max_length=12)),
                ('dijawab_pada', models.DateTimeField(blank=True, null=True)),
                ('dijawab_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('diundang_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='undangan', to='registrasi.instansi')),
                ('keanggotaan', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undangan', to='registrasi.keanggotaan')),
                ('menggantikan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='serah_terima', to='registrasi.keanggotaan')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undangan', to='registrasi.unitpengelola')),
            ],
            options={
                'verbose_name': 'undangan',
                'verbose_name_plural': 'undangan',
                'ordering': ['-dibuat_pada', '-pk'],
                'indexes': [models.Index(fields=['alamat', 'status'], name='undangan_alamat')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'menunggu')), fields=('instansi', 'unit', 'peran', 'alamat'), name='undangan_menunggu_sekali', nulls_distinct=False)],
            },
        ),
    ]
