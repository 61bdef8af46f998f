"""What a team found on site, by criterion; shared by the team."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evaluasi", "0007_sesi_dan_kunjungan"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="TemuanLapangan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uraian", models.TextField(blank=True)),
                ("versi", models.PositiveIntegerField(default=1)),
                ("diubah_pada", models.DateTimeField()),
                (
                    "diubah_oleh",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kriteria",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kompetisi.kriteria",
                    ),
                ),
                (
                    "kunjungan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="temuan",
                        to="evaluasi.kunjunganlapangan",
                    ),
                ),
            ],
            options={
                "verbose_name": "temuan lapangan",
                "verbose_name_plural": "temuan lapangan",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kunjungan", "kriteria"), name="temuan_unik"
                    )
                ],
            },
        )
    ]
