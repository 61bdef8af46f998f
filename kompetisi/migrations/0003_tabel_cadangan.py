"""The table that serves as cache while Redis does not answer (the same as createcachetable's)."""

from django.db import migrations

CREATE = """
CREATE TABLE IF NOT EXISTS kompetisi_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX IF NOT EXISTS kompetisi_cache_expires ON kompetisi_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("kompetisi", "0002_jejak_hanya_bertambah")]
    operations = [migrations.RunSQL(CREATE, "DROP TABLE IF EXISTS kompetisi_cache")]
