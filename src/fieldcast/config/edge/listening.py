"""Tells the kernel to give up connections whose other end takes nothing.

The loop drops such a reader after a while (`answers`), but what the kernel holds for it, some megabytes, would stay as
long as the other end wants: it keeps on saying that it lives and has no room. Connections inherit this from the socket
they were accepted on.
"""

import os
import socket
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

GIVE_UP_MS: Final = 30_000
OPEN: Final = Path("/proc/self/fd")


def drop_who_takes_nothing() -> int:
    """Set it on every socket this process listens on; returns on how many. None where a system knows no such thing."""
    if not hasattr(socket, "TCP_USER_TIMEOUT") or not OPEN.is_dir():
        return 0
    found = 0
    for name in os.listdir(OPEN):
        with suppress(OSError):
            found += _give_up(int(name))
    return found


def _give_up(number: int) -> bool:
    """Set it where the open file `number` is a socket that listens. Raises `OSError` for a file that was closed."""
    if not stat.S_ISSOCK(os.fstat(number).st_mode):
        return False
    with socket.socket(fileno=os.dup(number)) as one:
        listens = one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        if not listens or one.family not in {socket.AF_INET, socket.AF_INET6}:
            return False
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, GIVE_UP_MS)
        return True
