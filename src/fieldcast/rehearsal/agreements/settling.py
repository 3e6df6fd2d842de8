"""Settles once, at a moment of the play, as a process of its own that may be killed: `python -m … MOMENT`.

It says when it is ready, and begins when it is told to.
"""

import sys
from datetime import datetime


def main() -> None:
    """Settle what has finished at the moment that is named."""
    from fieldcast.config import setup  # noqa: PLC0415 — the rooms' models need settings that are read first

    setup.django()
    from fieldcast.settlement import operations as settlement_operations  # noqa: PLC0415

    print("ready", flush=True)
    sys.stdin.readline()
    settlement_operations.settle_due(now=datetime.fromisoformat(sys.argv[1]))


if __name__ == "__main__":
    main()
