"""The private PostgreSQL: one cluster, one database, one role that is no superuser."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import time
from pathlib import Path

import psycopg2
from psycopg2 import sql

from kompetisi.embedded.binaries import find_postgres, major_of
from kompetisi.embedded.errors import EmbeddedError
from kompetisi.embedded.identity import make_owned, owner_for
from kompetisi.embedded.launch import end, free_port, run, spawn, tick_of, wait_until
from kompetisi.embedded.record import Server, start_tick

NAME = "postgres"
ROLE = DATABASE = "kompetisi"
SUPERUSER = "postgres"
MADE = "superuser-password"
NEW_PROVIDER_SINCE = 17  # PostgreSQL's own C.UTF-8, independent of the system's locales
ORPHAN_SECONDS = 15.0

OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    # Statements and their values may hold personal data: the log says what failed, not with what.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}
VOLATILE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def start(folder: Path, former: Server | None, *, durable: bool) -> Server:
    """Start the cluster in `folder`, making it first where there is none. Raises EmbeddedError."""
    home, log = folder / NAME, folder / "log" / "postgres.log"
    data = home / "data"
    make_owned(home)
    bin_folder, version = find_postgres(major_in(data))
    if not is_made(data):
        make_cluster(bin_folder, home, log, durable=durable)
    admin_password = (home / MADE).read_text()
    clear_stale_lock(data)
    password = former.password if former else secrets.token_urlsafe(24)
    port = free_port(former.port if former else None)
    options = OPTIONS | ({} if durable else VOLATILE) | {"port": str(port)}
    process = launch(bin_folder, home, log, options)
    wait_until(lambda: answers(port, admin_password), process, log)
    make_role(port, admin_password, password)
    return Server(
        name=NAME,
        url=f"postgres://{ROLE}:{password}@127.0.0.1:{port}/{DATABASE}",
        port=port,
        pid=process.pid,
        started=tick_of(process),
        password=password,
        admin_password=admin_password,
        binary=str(bin_folder),
        version=version,
    )


def is_made(data: Path) -> bool:
    """Whether the cluster was made to its end: the mark, which is its password, comes last."""
    return (data.parent / MADE).exists()


def major_in(data: Path) -> int | None:
    """The major version that made the data folder; None when there is none yet."""
    return int((data / "PG_VERSION").read_text()) if is_made(data) else None


def make_cluster(bin_folder: Path, home: Path, log: Path, *, durable: bool) -> None:
    """Make an empty UTF-8 cluster and leave the superuser's password beside it."""
    data, password = home / "data", secrets.token_urlsafe(24)
    if data.exists():  # left by an initdb that was killed
        data.rename(home / f"data-gagal-{secrets.token_hex(4)}")
    secret = home / "password"
    descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(password)
    user = owner_for(home)
    if user:
        os.chown(secret, user.pw_uid, user.pw_gid)
    run(
        [
            bin_folder / "initdb",
            f"--pgdata={data}",
            f"--username={SUPERUSER}",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            *locale_options(bin_folder),
            *([] if durable else ["--no-sync"]),
        ],
        home=home,
        log=log,
    )
    secret.rename(home / MADE)


def locale_options(bin_folder: Path) -> list[str]:
    """Sort by code point, and know the letters of Unicode, the same on every machine."""
    if major_of(find_version(bin_folder)) >= NEW_PROVIDER_SINCE:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def find_version(bin_folder: Path) -> str:
    """The version of the programs in a folder."""
    done = subprocess.run([bin_folder / "postgres", "--version"], capture_output=True, text=True)
    return done.stdout


def clear_stale_lock(data: Path) -> None:
    """Remove postmaster.pid when its process is not a PostgreSQL of this folder (after kill -9)."""
    lock = data / "postmaster.pid"
    try:
        pid = int(lock.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    if start_tick(pid) and str(data) in command_line(pid):
        raise EmbeddedError(
            f"PostgreSQL (proses {pid}) sedang memakai {data}, tetapi tidak tercatat. "
            "Hentikan proses itu, lalu ulangi."
        )
    lock.unlink(missing_ok=True)


def command_line(pid: int) -> str:
    """The command line of a process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (OSError, UnicodeDecodeError):
        return ""


def launch(bin_folder: Path, home: Path, log: Path, options: dict[str, str]) -> subprocess.Popen:
    """Start the postmaster; wait out the orphans of a killed one, which hold its shared memory."""
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    command = [bin_folder / "postgres", "-D", home / "data", *settings]
    deadline = time.monotonic() + ORPHAN_SECONDS
    while True:
        process = spawn(command, home=home, log=log)
        try:
            process.wait(0.3)
        except subprocess.TimeoutExpired:
            return process
        if time.monotonic() > deadline:
            return process


def answers(port: int, password: str) -> bool:
    """Whether the cluster takes connections."""
    try:
        connect(port, password, SUPERUSER, "postgres").close()
    except psycopg2.OperationalError:
        return False
    return True


def make_role(port: int, admin_password: str, password: str) -> None:
    """Make the project's role and database where they are missing, and set the password."""
    connection = connect(port, admin_password, SUPERUSER, "postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
            verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
            role = sql.Identifier(ROLE)
            statement = sql.SQL("{} ROLE {} LOGIN CREATEDB PASSWORD {}")
            cursor.execute(statement.format(verb, role, sql.Literal(password)))
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                statement = sql.SQL("CREATE DATABASE {} OWNER {}")
                cursor.execute(statement.format(sql.Identifier(DATABASE), role))
    finally:
        connection.close()


def connect(port: int, password: str, user: str, database: str):
    """Open one connection to the private cluster."""
    return psycopg2.connect(
        host="127.0.0.1",
        port=port,
        user=user,
        password=password,
        dbname=database,
        connect_timeout=5,
    )


def stop(server: Server) -> None:
    """Stop the cluster: at once for those connected, cleanly for the data."""
    end(server, signal.SIGINT, signal.SIGQUIT)
