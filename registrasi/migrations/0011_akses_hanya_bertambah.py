"""The access log of files only grows: the database itself refuses UPDATE and DELETE."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION akses_hanya_bertambah() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Catatan akses hanya bertambah: % ditolak.', TG_OP;
END $$;
CREATE TRIGGER akses_tetap BEFORE UPDATE OR DELETE ON registrasi_aksesberkas
    FOR EACH ROW EXECUTE FUNCTION akses_hanya_bertambah();
"""
BACKWARD = """
DROP TRIGGER akses_tetap ON registrasi_aksesberkas;
DROP FUNCTION akses_hanya_bertambah();
"""


class Migration(migrations.Migration):
    dependencies = [("registrasi", "0010_akses_berkas")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
