"""Many whole entries from one, by copying its rows: sending is measured, not filling in."""

import secrets
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.test import override_settings

from kompetisi import clock
from kompetisi.models import Pengguna, Tahap
from registrasi.actions.berkas import store_berkas
from registrasi.models import BuktiDukung, JawabanNarasi, KinerjaSP4N, PenilaianMandiri
from registrasi.tests.factories import (
    make_admin,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    pdf_file,
)

PASSWORD = "rahasia-uji-123"  # noqa: S105 - what the factories give every account
PARTS = (PenilaianMandiri, JawabanNarasi, KinerjaSP4N, BuktiDukung)


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
def make_rows(number: int) -> list[tuple]:
    """(entry, its admin) of as many agencies; a real hash for each account would take minutes."""
    edisi = make_edisi()
    first = make_admin(make_instansi())
    model = make_pendaftaran(edisi, first, lengkap=True)
    stored = [store_berkas(isi=pdf_file(f"bukti {n}"), oleh=first, maks_mb=1) for n in range(3)]
    for place, bukti in enumerate(model.bukti.all()):
        bukti.berkas = stored[place % len(stored)]
        bukti.save(update_fields=["berkas"])
    now = clock.real_now()
    Tahap.objects.filter(edisi=edisi, jenis="pendaftaran").update(
        mulai=now - timedelta(days=7), selesai=now + timedelta(days=1)
    )
    rows = {part: list(part.objects.filter(pendaftaran=model)) for part in PARTS}
    return [copy_entry(model, rows) for _ in range(number)]


def make_entries(number: int) -> list[dict]:
    """`number` entries of as many agencies: code, e-mail and session of each admin."""
    made = make_rows(number)
    Pengguna.objects.update(password=make_password(PASSWORD))  # one real hash for all
    return [
        {
            "kode": entry.kode,
            "versi": entry.versi,
            "email": person.email,
            "sesi": make_session(person),
        }
        for entry, person in made
    ]


def copy_entry(model, rows: dict) -> tuple:
    """One more entry of a new agency with the same answers and files."""
    person = make_admin(make_instansi())
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    entry = type(model).objects.get(pk=model.pk)
    entry.pk, entry.kode = None, f"P19-{secrets.token_hex(5).upper()}"
    entry.instansi, entry.dibuat_oleh = person.keanggotaan.get().instansi, person
    entry.save(force_insert=True)
    for part, found in rows.items():
        for row in found:
            row.pk, row.pendaftaran = None, entry
        part.objects.bulk_create(found)
    return entry, person


def make_session(person) -> str:
    """The key of a session in which this person is signed in."""
    person.refresh_from_db(fields=["password"])
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return store.session_key
