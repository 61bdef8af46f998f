"""A right to act for an agency can have an end; a request by a new letter may wait beside it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registrasi', '0006_salinan_tanda_terima'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='keanggotaan',
            name='keanggotaan_aktif_sekali',
        ),
        migrations.AddField(
            model_name='keanggotaan',
            name='berlaku_sampai',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='keanggotaan',
            name='menggantikan',
            field=models.CharField(blank=True, max_length=150, verbose_name='pejabat yang digantikan'),
        ),
        migrations.AlterField(
            model_name='keanggotaan',
            name='status',
            field=models.CharField(choices=[('diajukan', 'Menunggu verifikasi'), ('disetujui', 'Disetujui'), ('ditolak', 'Ditolak'), ('dicabut', 'Dicabut'), ('berakhir', 'Berakhir')], default='diajukan', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='keanggotaan',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['diajukan', 'disetujui'])), fields=('pengguna', 'instansi', 'unit', 'status'), name='keanggotaan_aktif_sekali', nulls_distinct=False),
        ),
    ]
