"""The day a surat tugas bears."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registrasi', '0012_permohonan_ditarik'),
    ]

    operations = [
        migrations.AddField(
            model_name='keanggotaan',
            name='tanggal_surat',
            field=models.DateField(blank=True, null=True, verbose_name='tanggal surat tugas'),
        ),
    ]
