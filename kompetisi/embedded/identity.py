"""As whom a server runs: PostgreSQL refuses root, so root hands over to an ordinary user.

The project may lie in a folder that only root can enter. Therefore the server keeps one single
privilege, to pass through folders; its own files belong to the ordinary user.
"""

from __future__ import annotations

import os
import pwd
import shutil
from pathlib import Path

PREFERRED = ("postgres", "nobody")
# Any of these lets a process pass through folders; the first is the smaller privilege, the second
# the one that containers usually keep.
PASSAGE = {"dac_read_search": 2, "dac_override": 1}
CAP_SETPCAP = 8


def owner_for(folder: Path) -> pwd.struct_passwd | None:
    """The user who is to own and run what is in `folder`; None when we are not root."""
    if os.geteuid() != 0:
        return None
    if folder.exists() and folder.stat().st_uid != 0:
        return pwd.getpwuid(folder.stat().st_uid)
    return next(user for user in map(find_user, PREFERRED) if user)


def find_user(name: str) -> pwd.struct_passwd | None:
    """The system's user of this name."""
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def make_owned(folder: Path) -> None:
    """Create a private folder that belongs to the user who will run the server."""
    user = owner_for(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)


def hand_over(folder: Path) -> tuple[list[str], dict]:
    """What to put before a command, and the options of Popen, to run it as `folder`'s owner."""
    user = owner_for(folder)
    if user is None:
        return [], {}
    passage = next((name for name, bit in PASSAGE.items() if has_capability(bit)), None)
    setpriv = shutil.which("setpriv")
    if setpriv and passage:
        return [
            setpriv,
            f"--reuid={user.pw_uid}",
            f"--regid={user.pw_gid}",
            "--clear-groups",
            f"--inh-caps=+{passage}",
            f"--ambient-caps=+{passage}",
            # Without this the kernel forgets the privilege in access(2), by which PostgreSQL's
            # programs look for one another.
            *(["--securebits=+no_setuid_fixup"] if has_capability(CAP_SETPCAP) else []),
            "--",
        ], {}
    return [], {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def has_capability(bit: int) -> bool:
    """Whether this process may pass this capability on."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("CapPrm:"):
            return bool(int(line.split()[1], 16) >> bit & 1)
    return False
