"""A request to represent an agency may be taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registrasi', '0011_akses_hanya_bertambah'),
    ]

    operations = [
        migrations.AlterField(
            model_name='keanggotaan',
            name='status',
            field=models.CharField(choices=[('diajukan', 'Menunggu verifikasi'), ('disetujui', 'Disetujui'), ('ditolak', 'Ditolak'), ('ditarik', 'Ditarik kembali'), ('dicabut', 'Dicabut'), ('berakhir', 'Berakhir')], default='diajukan', max_length=10),
        ),
    ]
