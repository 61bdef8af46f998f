"""TRUNCATE passes by the triggers on rows: refuse it too."""

from django.db import migrations

TABLES = ("pleno", "peringkat", "hadirpleno", "keputusan", "penerbitan", "piagam")
FORWARD = """
CREATE FUNCTION penghargaan_tidak_dikosongkan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Tabel % tidak boleh dikosongkan.', TG_TABLE_NAME;
END $$;
""" + "".join(
    f"CREATE TRIGGER tidak_dikosongkan BEFORE TRUNCATE ON penghargaan_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION penghargaan_tidak_dikosongkan();\n"
    for table in TABLES
)
BACKWARD = (
    "".join(f"DROP TRIGGER tidak_dikosongkan ON penghargaan_{table};\n" for table in TABLES)
    + "DROP FUNCTION penghargaan_tidak_dikosongkan();"
)


class Migration(migrations.Migration):
    dependencies = [("penghargaan", "0002_hasil_beku")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
