"""Tries every tampering on the database that the environment names, as the user the platform is, and prints the result.

Run as `python -m fieldcast.rehearsal.tampering` beside a platform: a sale with something in every state is made,
tampered with and undone in one transaction, so nothing of it is ever seen by anybody else.
"""

import json
from dataclasses import asdict


def main() -> None:
    """Print one JSON object: `tried`, `refused`, `found`, and the names of what was `unseen`."""
    from fieldcast.config import setup  # noqa: PLC0415 — the rooms' models need settings that are read first

    setup.django()
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from fieldcast.rehearsal.tampering_scene import set_scene  # noqa: PLC0415
    from fieldcast.rehearsal.tamperings import try_all  # noqa: PLC0415
    from fieldcast.supervision import queries as supervision  # noqa: PLC0415

    now = timezone.now()
    with transaction.atomic():
        set_scene(now=now)
        result = try_all(check=lambda: supervision.invariants(now=now).details)
        transaction.set_rollback(True)
    print(json.dumps(asdict(result), ensure_ascii=False))


if __name__ == "__main__":
    main()
