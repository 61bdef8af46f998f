"""Each quota that is not met or exceeded is given its reason before the freeze."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("penghargaan", "0003_tidak_dikosongkan")]
    operations = [
        migrations.AddField(
            model_name="pleno",
            name="alasan_kuota",
            field=models.JSONField(blank=True, default=dict, verbose_name="alasan kuota berbeda"),
        ),
    ]
