"""Prepare .venv and the few system packages the project needs: `make setup`.

Standard library only: it runs before anything is installed. It may be run as often as wanted;
when the lock files have not changed since the last success it ends at once.
"""

from __future__ import annotations

import argparse
import ctypes
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".setup-stamp"
LOCKS = ["requirements.txt", "requirements-demo.txt", "requirements-dev.txt"]
SUPPORTED = ((3, 11), (3, 13))
# What WeasyPrint opens at run time, and the Debian package that brings it.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
FONT_FOLDERS = ["/usr/share/fonts", "/usr/local/share/fonts"]


def main() -> int:
    """Run the steps that are still missing; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", action="store_true", help="also the browser for the tests")
    parser.add_argument("--production", action="store_true", help="requirements.txt alone")
    options = parser.parse_args()
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two `make` at once wait for each other
        locks = LOCKS[:1] if options.production else LOCKS
        check_python()
        if not is_fresh(locks):
            STAMP.unlink(missing_ok=True)
            install_system_libraries()
            make_venv()
            install_locked(locks)
            if not options.production:
                install_servers()
            STAMP.write_text(fingerprint(locks))
            say("Siap: .venv")
        if options.chromium:
            install_chromium()
    return 0


def is_fresh(locks: list[str]) -> bool:
    """Whether the last complete installation was of exactly these lock files."""
    return STAMP.exists() and STAMP.read_text() == fingerprint(locks) and works(PYTHON)


def fingerprint(locks: list[str]) -> str:
    """Hash of the lock files and of the Python they were installed for."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for name in locks:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def works(python: Path) -> bool:
    """Whether this interpreter starts (a copied or half-made .venv does not)."""
    if not python.exists():
        return False
    return subprocess.run([python, "-c", ""], capture_output=True).returncode == 0


def check_python() -> None:
    """Stop with a clear sentence on a Python that the lock was not made for."""
    low, high = SUPPORTED
    if not low <= sys.version_info[:2] <= high:
        sys.exit(
            "Diperlukan Python 3.11 sampai 3.13; yang ditemukan "
            f"{sys.version.split()[0]}. Pilih yang lain dengan: make setup PYTHON=python3.11"
        )


def make_venv() -> None:
    """Create .venv, bringing Debian's venv package first where it is missing."""
    if works(PYTHON) and works_pip():
        return
    if not has_ensurepip():
        apt_install([f"python3.{sys.version_info[1]}-venv"], otherwise=["python3-venv"])
    say("Membuat .venv")
    run([sys.executable, "-m", "venv", "--clear", VENV])


def works_pip() -> bool:
    """Whether .venv has pip."""
    return subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0


def has_ensurepip() -> bool:
    """Whether `python -m venv` will be able to put pip inside."""
    probe = [sys.executable, "-c", "import ensurepip, venv"]
    return subprocess.run(probe, capture_output=True).returncode == 0


def install_locked(locks: list[str]) -> None:
    """Install the locked sets with uv, or with pip where uv cannot be had."""
    say("Memasang pustaka Python")
    files = [part for name in locks for part in ("-r", ROOT / name)]
    uv = find_uv()
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", *files]
        if subprocess.run(command, env=os.environ | {"UV_LINK_MODE": "copy"}).returncode == 0:
            return
        say("uv tidak berhasil; mencoba dengan pip")
    run([PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", *files])


def find_uv() -> str | None:
    """Return a uv to use: the machine's own, or one put into .venv."""
    found = shutil.which("uv")
    if found:
        return found
    own = VENV / "bin" / "uv"
    if not own.exists():
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes"]
        subprocess.run([*pip, "-r", ROOT / "requirements-setup.txt"])
    return str(own) if own.exists() else None


def install_system_libraries() -> None:
    """Bring WeasyPrint's libraries and one font family, only where they are absent."""
    missing = [package for name, package in LIBRARIES.items() if not loads(name)]
    if not any(next(Path(folder).rglob("*.[to]tf"), None) for folder in FONT_FOLDERS):
        missing.append("fonts-dejavu-core")
    if missing:
        apt_install(missing)


def install_servers() -> None:
    """Bring Debian's PostgreSQL and Redis where the wheels' programs do not run on this machine.

    The packages would start servers of their own; ours are private, so that is held back.
    """
    names = {"postgres": "postgresql", "valkey": "redis-server"}
    missing = [package for name, package in names.items() if not has_server(name)]
    if not missing:
        return
    if os.geteuid() == 0:
        settings = Path("/etc/postgresql-common/createcluster.conf")
        settings.parent.mkdir(exist_ok=True)
        if not settings.exists():
            settings.write_text("create_main_cluster = false\n")
    with services_held_back():
        apt_install(missing)


def has_server(name: str) -> bool:
    """Whether the private server of this name finds its program."""
    code = f"from kompetisi.embedded import binaries; binaries.find_{name}()"
    return subprocess.run([PYTHON, "-c", code], cwd=ROOT, capture_output=True).returncode == 0


@contextmanager
def services_held_back() -> Iterator[None]:
    """Let Debian's packages start no service while they are installed."""
    policy = Path("/usr/sbin/policy-rc.d")
    ours = os.geteuid() == 0 and not policy.exists()
    if ours:
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
    try:
        yield
    finally:
        if ours:
            policy.unlink()


def loads(library: str) -> bool:
    """Whether the dynamic linker finds this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_chromium() -> None:
    """Bring Debian's Chromium for the browser tests, and strace to see what precedes COMMIT."""
    if not shutil.which("strace"):
        apt_install(["strace"])
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        apt_install(["chromium"])


def apt_install(packages: list[str], *, otherwise: list[str] | None = None) -> None:
    """Install Debian packages; `otherwise` names what to try when the first are unknown."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = shutil.which("apt-get")
    if not apt or (prefix and not shutil.which("sudo")):
        sys.exit(f"Paket sistem ini belum ada; pasang lebih dahulu: {' '.join(packages)}")
    say(f"Memasang paket sistem: {' '.join(packages)}")
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = [*prefix, apt, "install", "-y", "-q", "--no-install-recommends"]
    attempts = [packages, packages] + ([otherwise] if otherwise else [])
    for number, wanted in enumerate(attempts):
        if number == 1:  # lists may be missing or old on a fresh machine
            subprocess.run([*prefix, apt, "update", "-q"], env=environ, stdout=subprocess.DEVNULL)
        done = subprocess.run([*install, *wanted], env=environ, capture_output=True, text=True)
        if done.returncode == 0:
            return
    sys.exit(f"apt-get tidak berhasil memasang {' '.join(packages)}:\n{done.stderr.strip()}")


def run(command: list) -> None:
    """Run one command and stop with its status when it fails."""
    status = subprocess.run(command).returncode
    if status:
        sys.exit(status)


def say(text: str) -> None:
    """Tell the person what is going on."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
