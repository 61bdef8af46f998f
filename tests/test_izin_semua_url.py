"""Every address of the site, as everybody: tests/data/izin_url.txt says what each may do there.

The addresses come from the URL resolver itself: one without a row fails the test. Each is read
(an address for writing alone is posted to, without data) and, where it can be, also posted to.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponseNotFound
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kompetisi import clock, urls
from kompetisi.models import JejakAudit
from penghargaan.tests.factories import AFTER, DECREED
from tests.cast import ROLES, A, B, Cast

pytestmark = pytest.mark.timeout(600)  # the first test visits every address as everybody
TABLE = Path(__file__).parent / "data" / "izin_url.txt"
OUTSIDE = {"admin"}  # Django's own; allauth's addresses have no namespace and are outside too
KNOWS = ("sendiri", "evaluator", "ketua", "sekretariat", "admin", "pengamat")  # the code of A
PUBLIC_NAMES = (
    "publik:", "penghargaan:hasil", "penghargaan:verifikasi", "registrasi_publik:",
    "api:instansi", "api:peserta", "api:hasil", "api:verifikasi",
)  # fmt: skip
DECLARED = ("evaluasi:benturan",)  # one's own declaration names the agency
# What everybody sets for themselves, or takes of their own; who holds the address of the last one
# has it from a mail to its person, signed in or not.
OWN = {"publik:profil", "publik:pilihan", "publik:kalender", "publik:data-pribadi"}
OWN |= {"publik:berhenti"}
RECORD = f'INSERT INTO "{JejakAudit._meta.db_table}"'
HIDDEN = {"404", "masuk", "401"}


def addresses(resolver=None, space="", arguments=()):
    """(name, names of the arguments) of every address of ours."""
    for entry in (resolver or get_resolver()).url_patterns:
        found = (*arguments, *entry.pattern.converters)
        if isinstance(entry, URLResolver):
            if entry.namespace not in OUTSIDE and str(entry.pattern) != "akun/":
                yield from addresses(entry, entry.namespace or space, found)
        elif isinstance(entry, URLPattern):
            yield (f"{space}:{entry.name}" if space else entry.name), found


def expectations():
    """Name -> role -> what is expected, from the table."""
    lines = [line for line in TABLE.read_text().splitlines() if line and line[0] != "#"]
    rows = [line.split() for line in lines]
    return {name: dict(zip(ROLES, cells, strict=True)) for name, _, *cells in rows}


def kind(response) -> str:
    """The class of an answer, as the table names it."""
    status = response.status_code
    if status in (301, 302, 303):
        return "masuk" if response.url.startswith(reverse("account_login")) else "alih"
    return {201: "200", 400: "isian", 409: "isian", 422: "isian"}.get(status, str(status))


def text_of(response) -> str:
    """The page; nothing for a file, which is read to its end so that it is closed."""
    if response.streaming:
        b"".join(response.streaming_content)
        return ""
    readable = response.get("Content-Type", "").startswith(("text/", "application/json"))
    return response.text if readable else ""


@dataclass(frozen=True)
class Visit:
    """What one person met at one address: the first method that it answers, then posting to it."""

    method: str
    kind: str
    text: str
    posted: str
    recorded: int


def visit(client: Client, address: str, refused: set[str]) -> Visit:
    """Read, and post without data, save what `refused` says it never answers."""
    nothing = ("405", "", 0)
    read = nothing if "get" in refused else ask(client, "get", address)
    posted = nothing if "post" in refused else ask(client, "post", address)
    refused.update(m for m, met in (("get", read), ("post", posted)) if met[0] == "405")
    first, method = (posted, "POST") if read[0] == "405" else (read, "GET")
    return Visit(method, first[0], first[1], posted[0], posted[2])


def ask(client: Client, method: str, address: str) -> tuple[str, str, int]:
    """Class and text of the answer, and how many audit records came with it; then all is undone."""
    sent = []

    def note(execute, sql, *rest):
        sent.append(sql)
        return execute(sql, *rest)

    with transaction.atomic(), connection.execute_wrapper(note):
        response = getattr(client, method)(address)
        text = text_of(response)
        transaction.set_rollback(True)
    return kind(response), text, sum(sql.startswith(RECORD) for sql in sent)


def visit_all(cast: Cast, names, roles=ROLES) -> dict[tuple[str, str], Visit]:
    """(name, role) -> Visit."""
    seen, refused = {}, defaultdict(set)
    for role in roles:
        cache.clear()  # counters of the limiters
        client = Client(raise_request_exception=False)
        if cast.people[role]:
            client.force_login(cast.people[role])
        for name, arguments in names:
            values = {argument: cast.value(name, argument) for argument in arguments}
            address = reverse(name, kwargs=values)
            seen[name, role] = visit(client, address, refused[name])
    return seen


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    """The people and what they did, once for this file; taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Cast()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def seen(cast):
    """All visits after the result is public.

    Half of them end at the page that says 404, so a bare answer stands for it; the page itself
    has a test of its own.
    """
    with clock.travel(AFTER), pytest.MonkeyPatch.context() as patch:
        patch.setattr(urls, "handler404", lambda *_, **__: HttpResponseNotFound(), raising=False)
        return visit_all(cast, list(addresses()))


def line_of(seen, name) -> str:
    """The row of the table that says what was met."""
    cells = [seen[name, role].kind for role in ROLES]
    return f"{name:46} {seen[name, 'admin'].method:4} " + " ".join(f"{c:5}" for c in cells)


@pytest.mark.django_db  # one test must ask for the database, or none is made for `cast`
def test_every_row_has_an_address():
    assert not expectations().keys() - {name for name, _ in addresses()}


def test_every_address_has_a_row(seen):
    missing = {name for name, _ in seen} - expectations().keys()
    lines = [line_of(seen, name) for name in sorted(missing)]
    assert not lines, "Periksa lalu tambahkan pada izin_url.txt:\n" + "\n".join(lines)


def test_every_argument_leads_somewhere(cast):
    assert not cast.unknown(addresses()), "Tambahkan pada make_args di tests/cast.py"


@pytest.mark.parametrize("role", ROLES)
def test_everybody_meets_what_the_table_says(seen, role):
    wrong = [
        f"{name}: {seen[name, role].kind}, seharusnya {row[role]}"
        for name, row in expectations().items()
        if (name, role) in seen and seen[name, role].kind != row[role]
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_breaks(seen):
    broken = [
        f"{name} {role}: {met.kind} {met.posted}"
        for (name, role), met in seen.items()
        if "5" in (met.kind[0], met.posted[0])
    ]
    assert not broken, "\n".join(broken)


def test_what_one_may_not_read_one_may_not_write(seen):
    wrong = [
        f"{name} {role}: dibaca {met.kind}, ditulis {met.posted}"
        for (name, role), met in seen.items()
        if met.kind in HIDDEN and met.posted not in HIDDEN | {"405"}
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ["anonim", "asing", "lain", "benturan", "pengamat"])
def test_who_only_looks_records_nothing(seen, role):
    assert any(met.recorded for (_, r), met in seen.items() if r == "admin")
    wrote = [n for (n, r), v in seen.items() if r == role and v.recorded]
    assert set(wrote) <= OWN


def test_another_agencys_code_is_not_found(seen):
    wrong = [
        f"{name} {role}"
        for (name, role), met in seen.items()
        if role in ("asing", "lain", "unit")
        and name.startswith("registrasi:")
        and "kode" in dict(addresses())[name]
        and name != "registrasi:permohonan"  # the directory of agencies is for everybody
        and met.kind not in ("404", "405")
    ]
    assert not wrong, "\n".join(wrong)


def test_the_code_of_an_entry_is_on_no_page_of_those_outside_it(seen, cast):
    wrong = [
        f"{name} {role}"
        for (name, role), met in seen.items()
        if role not in KNOWS and cast.a.kode in met.text
    ]
    assert not wrong, "\n".join(wrong)


def test_an_evaluator_in_conflict_finds_no_trace(seen, cast):
    own = {
        name: met
        for (name, role), met in seen.items()
        if role == "benturan" and not name.startswith((*PUBLIC_NAMES, *DECLARED))
    }
    traces = [name for name, met in own.items() if A in met.text]
    assert traces in ([], ["registrasi:permohonan"])  # the directory of agencies
    client = Client()
    client.force_login(cast.people["benturan"])
    with clock.travel(AFTER):
        assert B in client.get(reverse("evaluasi:dasbor")).text
        for name in ("lembar", "penguncian", "lembar-berikutnya"):
            address = reverse(f"evaluasi:{name}", args=[cast.barred_sheet.pk])
            assert client.get(address).status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_the_page_that_says_404_tells_nothing(cast, role):
    client = Client()
    if cast.people[role]:
        client.force_login(cast.people[role])
    address = reverse("penghargaan:hasil", args=[1999])
    with clock.travel(AFTER):
        answer = client.get(address)
    assert answer.status_code == 404
    assert cast.a.kode not in answer.text
    assert A not in answer.text


def test_before_publication_nobody_outside_the_plenary_sees_a_result(cast):
    names = [(n, a) for n, a in addresses() if n.startswith("penghargaan:hasil")]
    outside = [r for r in ROLES if r not in ("ketua", "sekretariat", "admin", "pengamat")]
    with clock.travel(DECREED):
        seen = visit_all(cast, names, outside)
    open_ = [f"{n} {r}: {v.kind}" for (n, r), v in seen.items() if v.kind not in HIDDEN]
    assert not open_, "\n".join(open_)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "anonim"])
def test_djangos_admin_is_for_staff_alone(cast, role):
    client = Client()
    client.force_login(cast.people[role])
    answer = client.get(reverse("admin:index"))
    assert answer.status_code in (302, 404)


def test_a_units_admin_sees_the_entry_of_the_unit(cast):
    client = Client()
    client.force_login(cast.people["unit"])
    with clock.travel(AFTER):
        assert client.get(reverse("registrasi:rinci", args=[cast.draft.kode])).status_code == 200
