"""When sessions and visits were set, begun and closed; photographs belong to the visit."""

from datetime import UTC, datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

BEGIN = datetime(2019, 1, 1, tzinfo=UTC)


class Migration(migrations.Migration):
    dependencies = [
        ("evaluasi", "0006_berbenturan"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField(
            "keputusandaftarpendek",
            "nilai",
            models.DecimalField(decimal_places=12, max_digits=16),
        ),
        migrations.AddField(
            "sesiwawancara",
            "dijadwalkan_pada",
            models.DateTimeField(default=BEGIN),
            preserve_default=False,
        ),
        migrations.AddField(
            "sesiwawancara", "dimulai_pada", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            "kunjunganlapangan", "benih_sampel", models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(
            "kunjunganlapangan",
            "dijadwalkan_pada",
            models.DateTimeField(default=BEGIN),
            preserve_default=False,
        ),
        migrations.AddField(
            "kunjunganlapangan", "ditutup_pada", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            "kunjunganlapangan",
            "ditutup_oleh",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            "kunjunganlapangan",
            models.UniqueConstraint(
                condition=models.Q(("nomor_berita_acara", ""), _negated=True),
                fields=("nomor_berita_acara",),
                name="nomor_berita_acara_unik",
            ),
        ),
        migrations.RemoveField("fotolapangan", "nilai"),
        migrations.AddField(
            "fotolapangan",
            "kunjungan",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="foto",
                to="evaluasi.kunjunganlapangan",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "fotolapangan",
            "kriteria",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kompetisi.kriteria",
            ),
        ),
    ]
