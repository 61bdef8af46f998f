"""The private Valkey (or Redis): broker and cache. Nothing is kept; PostgreSQL is the record."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
from pathlib import Path

import redis

from kompetisi.embedded.binaries import find_valkey
from kompetisi.embedded.identity import make_owned, owner_for
from kompetisi.embedded.launch import end, free_port, spawn, tick_of, wait_until
from kompetisi.embedded.record import Server

NAME = "valkey"


def start(folder: Path, former: Server | None, *, durable: bool) -> Server:
    """Start the server in `folder`; `durable` changes nothing here. Raises EmbeddedError."""
    program, version = find_valkey()
    home, log = folder / NAME, folder / "log" / "valkey.log"
    make_owned(home)
    port = free_port(former.port if former else None)
    password = former.password if former else secrets.token_urlsafe(24)
    process = launch(program, home, log, port=port, password=password)
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    wait_until(lambda: answers(url), process, log)
    return Server(
        name=NAME,
        url=url,
        port=port,
        pid=process.pid,
        started=tick_of(process),
        password=password,
        binary=str(program),
        version=version,
    )


def launch(program: Path, home: Path, log: Path, *, port: int, password: str) -> subprocess.Popen:
    """Write the configuration (the password stays off the command line) and start."""
    lines = [
        "bind 127.0.0.1",
        f"port {port}",
        f"requirepass {password}",
        f'dir "{home}"',
        'save ""',
        "appendonly no",
        "databases 64",
        "maxmemory-policy noeviction",
        "daemonize no",
    ]
    config = home / "valkey.conf"
    descriptor = os.open(config, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("\n".join(lines) + "\n")
    user = owner_for(home)
    if user:
        os.chown(config, user.pw_uid, user.pw_gid)
    return spawn([program, config], home=home, log=log)


def answers(url: str) -> bool:
    """Whether the server answers a PING with its password."""
    client = redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def stop(server: Server) -> None:
    """Stop the server."""
    end(server, signal.SIGTERM, seconds=5)
