"""The audit log only grows, and any tampering is found."""

import pytest
from django.db import DatabaseError, connection, transaction

from kompetisi.actions.jejak import record
from kompetisi.models import JejakAudit
from kompetisi.queries.jejak import verify_jejak
from kompetisi.tests.factories import make_pengguna

pytestmark = pytest.mark.django_db


@pytest.fixture
def tiga_catatan():
    person = make_pengguna()
    for number in range(3):
        record(tindakan="uji", objek=person, oleh=person, rincian={"nomor": number})
    return person


def raw(sql: str) -> None:
    """Run SQL as the owner of the table who has switched the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE kompetisi_jejakaudit DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE kompetisi_jejakaudit ENABLE TRIGGER USER")


def test_whole_chain_is_confirmed(tiga_catatan):
    hasil = verify_jejak()
    assert (hasil.jumlah, hasil.rusak) == (3, None)
    assert hasil.kepala == JejakAudit.objects.get(urutan=3).hash


@pytest.mark.parametrize(
    ("sql", "rusak"),
    [
        ("UPDATE kompetisi_jejakaudit SET tindakan = 'lain' WHERE urutan = 2", 2),
        ("UPDATE kompetisi_jejakaudit SET rincian = '{\"nomor\": 9}' WHERE urutan = 1", 1),
        ("DELETE FROM kompetisi_jejakaudit WHERE urutan = 2", 2),
        ("UPDATE kompetisi_jejakaudit SET pada = pada + interval '1 second' WHERE urutan = 3", 3),
    ],
)
def test_tampering_is_found_at_the_first_broken_record(tiga_catatan, sql, rusak):
    raw(sql)
    assert verify_jejak().rusak == rusak


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE kompetisi_jejakaudit SET tindakan = 'lain'",
        "DELETE FROM kompetisi_jejakaudit",
        "TRUNCATE kompetisi_jejakaudit",
    ],
)
def test_the_database_refuses_to_change_the_log(tiga_catatan, sql):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert verify_jejak().jumlah == 3


@pytest.mark.django_db(transaction=True)
def test_a_record_needs_the_transaction_of_its_act():
    person = make_pengguna()
    with pytest.raises(transaction.TransactionManagementError):
        record(tindakan="uji", objek=person, oleh=person)
