"""The audit log only grows: the database itself refuses UPDATE, DELETE and TRUNCATE."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION jejak_hanya_bertambah() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Jejak audit hanya bertambah: % ditolak.', TG_OP;
END $$;
CREATE TRIGGER jejak_tetap BEFORE UPDATE OR DELETE ON kompetisi_jejakaudit
    FOR EACH ROW EXECUTE FUNCTION jejak_hanya_bertambah();
CREATE TRIGGER jejak_tidak_dikosongkan BEFORE TRUNCATE ON kompetisi_jejakaudit
    FOR EACH STATEMENT EXECUTE FUNCTION jejak_hanya_bertambah();
"""
BACKWARD = """
DROP TRIGGER jejak_tetap ON kompetisi_jejakaudit;
DROP TRIGGER jejak_tidak_dikosongkan ON kompetisi_jejakaudit;
DROP FUNCTION jejak_hanya_bertambah();
"""


class Migration(migrations.Migration):
    dependencies = [("kompetisi", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
