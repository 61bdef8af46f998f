"""Every message that is queued has its text in the catalogue, and every text there is used."""

import ast
from functools import cache

import pytest
from django.conf import settings

from kompetisi.rules.katalog import find_jenis, katalog
from kompetisi.rules.naskah import faults_of, fill_isi, fill_subjek

pytestmark = pytest.mark.fast
APPS = ("kompetisi", "registrasi", "evaluasi", "penghargaan")
QUEUES = {"queue_pesan", "send_letters", "_tell", "_send"}  # the others are wrappers of the first


@cache
def trees() -> dict[str, ast.Module]:
    """The source of every action, and of the adapter that queues allauth's mails."""
    files = [settings.BASE_DIR / "kompetisi" / "adapter.py"]
    for app in APPS:
        files += sorted((settings.BASE_DIR / app / "actions").rglob("*.py"))
    return {str(path): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def queueing() -> list[tuple[str, dict[str, ast.expr]]]:
    """(place, arguments by name) of every call that queues a message."""
    return [
        (f"{path}:{node.lineno}", {keyword.arg: keyword.value for keyword in node.keywords})
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in QUEUES
    ]


def kinds_named() -> list[tuple[str, str]]:
    """(place, kind) of every `jenis=` that is written out where a message is queued."""
    return [
        (place, text)
        for place, given in queueing()
        if "jenis" in given
        for text in texts(given["jenis"])
    ]


def texts(node: ast.expr) -> list[str]:
    """The strings an expression may be; the beginning of one that is put together."""
    if isinstance(node, ast.Constant):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*texts(node.body), *texts(node.orelse)]
    if isinstance(node, ast.JoinedStr):
        return texts(node.values[0])
    return []


def test_every_kind_that_is_queued_is_in_the_catalogue():
    assert [place for place in kinds_named() if find_jenis(place[1]) is None] == []


def test_every_reminder_carries_the_condition_under_which_it_is_needed():
    """What may be done between queueing and sending is asked again at the moment of sending."""
    reminders = [
        (place, given.get("syarat"))
        for place, given in queueing()
        if "jenis" in given
        and any(kode.startswith(("pengingat", "ingat_")) for kode in texts(given["jenis"]))
    ]
    assert len(reminders) >= 8
    assert [place for place, syarat in reminders if syarat is None] == []
    names = {text.partition(":")[0] for _, syarat in reminders for text in texts(syarat)}
    assert names <= set(settings.SYARAT_PESAN)


def test_no_entry_of_the_catalogue_is_dead():
    words = {
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(set(katalog()) - words) == []


@pytest.mark.parametrize("kode", sorted(set(katalog())))
def test_a_default_text_is_sound_and_fills_without_a_hole(kode):
    jenis = katalog()[kode]
    assert faults_of(jenis, subjek=jenis.subjek, isi=jenis.isi) == {}
    assert "{" not in fill_subjek(jenis.subjek, jenis.contoh)
    assert "{" not in fill_isi(jenis.isi, jenis.contoh)
    assert jenis.nama and jenis.untuk
