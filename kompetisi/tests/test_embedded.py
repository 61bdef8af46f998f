"""The private servers: started once, joined, found dead, stopped only when nobody uses them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
import redis
from django.conf import settings

from kompetisi import embedded
from kompetisi.embedded import identity, launch

CODE = """
import sys, time
from pathlib import Path
from kompetisi import embedded
record = embedded.ensure(Path(sys.argv[1]), durable=False)
print(record.get("postgres").pid, record.get("valkey").pid, flush=True)
sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder that only its owner can enter, as in a home directory."""
    home = tmp_path_factory.mktemp("rumah")
    home.chmod(0o700)
    yield home / "data"
    embedded.stop(home / "data")


def other_process(folder: Path) -> subprocess.Popen:
    """Another command of the project that uses the same folder until its input is closed."""
    return subprocess.Popen(
        [sys.executable, "-c", CODE, str(folder)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def query(url: str, statement: str):
    """One statement on a connection of its own."""
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone() if cursor.description else None
    finally:
        connection.close()


def test_commands_that_start_at_once_share_the_servers(folder):
    others = [other_process(folder) for _ in range(3)]
    pids = {other.stdout.readline() for other in others}
    for other in others:
        other.communicate()
    assert len(pids) == 1
    assert all(embedded.status(folder).values())


def test_database_is_utf8_and_our_role_is_no_superuser(folder):
    server = embedded.ensure(folder, durable=False).get("postgres")
    statement = "SELECT usesuper, current_setting('server_encoding'), upper('é') FROM pg_user"
    assert query(server.url, f"{statement} WHERE usename = current_user") == (False, "UTF8", "É")


def test_servers_listen_on_the_loopback_and_ask_for_a_password(folder):
    record = embedded.ensure(folder, durable=False)
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=record.get("valkey").port).ping()
    server = record.get("postgres")
    with pytest.raises(psycopg2.OperationalError):
        query(server.url.replace(server.password, "salah"), "SELECT 1")
    assert (folder / "embedded.json").stat().st_mode & 0o077 == 0


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands over to another user")
ONE_PRIVILEGE = {1 << bit for bit in identity.PASSAGE.values()}


@as_root
def test_servers_do_not_run_as_root(folder):
    record = embedded.ensure(folder, durable=False)
    for server in record.servers.values():
        assert Path(f"/proc/{server.pid}").stat().st_uid != 0
        assert int(capabilities(server.pid, "CapPrm"), 16) in ONE_PRIVILEGE


@as_root
def test_programs_in_a_folder_only_root_can_enter_are_found(tmp_path):
    tmp_path.chmod(0o700)
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\ntest -x $0 && test $(id -u) -ne 0\n")
    program.chmod(0o755)
    identity.make_owned(tmp_path / "milik")
    launch.run([program], home=tmp_path / "milik", log=tmp_path / "log")


def capabilities(pid: int, kind: str) -> str:
    """One line of the kernel's account of a process's privileges."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(line.split()[1] for line in lines if line.startswith(f"{kind}:"))


def test_data_and_addresses_survive_kill_9(folder):
    embedded.stop(folder)
    before = embedded.ensure(folder, durable=True)
    query(before.get("postgres").url, "CREATE TABLE catatan AS SELECT 'tersimpan' AS isi")
    for server in before.servers.values():
        os.kill(server.pid, signal.SIGKILL)
        wait_gone(server)
    assert embedded.status(folder) == {"postgres": None, "valkey": None}
    after = embedded.ensure(folder)
    assert [s.url for s in after.servers.values()] == [s.url for s in before.servers.values()]
    assert query(after.get("postgres").url, "SELECT isi FROM catatan") == ("tersimpan",)


def test_a_lost_record_does_not_lock_us_out(folder):
    embedded.ensure(folder, durable=False)
    embedded.stop(folder)
    (folder / "embedded.json").unlink()
    server = embedded.ensure(folder, durable=False).get("postgres")
    assert query(server.url, "SELECT 1") == (1,)


def test_stop_unused_leaves_the_servers_to_another_user(folder):
    other = other_process(folder)
    other.stdout.readline()
    assert embedded.stop_unused(folder) == []
    other.communicate()
    assert embedded.stop_unused(folder) == ["postgres", "valkey"]
    assert embedded.status(folder) == {"postgres": None, "valkey": None}


def wait_gone(server: embedded.Server) -> None:
    """Wait until a killed server is gone, and take note of it if it was our child."""
    try:
        os.waitpid(server.pid, 0)
    except ChildProcessError:
        while server.runs():
            pass
