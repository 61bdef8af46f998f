from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("penghargaan", "0003_hasil_beku")]
    operations = [
        migrations.AlterField("peringkat", "predikat", models.CharField(blank=True, max_length=500)),
        migrations.AlterField("piagam", "predikat", models.CharField(max_length=500)),
    ]
