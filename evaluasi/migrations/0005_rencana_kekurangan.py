"""A plan remembers which readers could not be found, and why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluasi", "0004_lembar_sah")]
    operations = [
        migrations.AddField(
            "rencanapenugasan", "kekurangan", models.JSONField(blank=True, default=list)
        )
    ]
