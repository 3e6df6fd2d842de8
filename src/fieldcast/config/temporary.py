"""A platform's environment for a while: its own home and free ports, nothing of it left afterwards.

For rehearsals, tests and benchmarks, which must never touch the county's own data: what the surrounding environment
says about home, database and addresses is not used.
"""

import contextlib
import shutil
import socket
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from fieldcast.config import database, environment
from fieldcast.config.environment import Environment


@contextlib.contextmanager
def temporary(
    *, variables: Mapping[str, str] | None = None, home: Path | None = None, keep: bool = False
) -> Iterator[Environment]:
    """Yield an environment in a new directory (or `home`), with the sandbox payment provider beside it.

    `variables` are `FIELDCAST_…` settings laid over its own. The directory is deleted unless `keep` or `home` is given.
    """
    place = home or Path(tempfile.mkdtemp(prefix="fieldcast-"))
    port, provider_port = free_ports(2)
    settings = {
        "FIELDCAST_HOME": str(place),
        "FIELDCAST_PORT": str(port),
        "FIELDCAST_PROVIDER_PORT": str(provider_port),
        "FIELDCAST_SANDBOX": "1",
        **(variables or {}),
    }
    env = environment.read(settings)
    try:
        yield env
    finally:
        database.release(env)
        if home is None and not keep:
            shutil.rmtree(place, ignore_errors=True)


def free_ports(count: int) -> list[int]:
    """Ports that nothing uses now; all different."""
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
