"""Messages that leave when, and only when, the transaction commits.

PostgreSQL's NOTIFY is transactional: a payload published inside a transaction reaches listeners in commit order after
it commits, and never when it rolls back. That is the whole outbox the live room needs; work that must be retried is a
procrastinate job, which is a row of the same transaction.
"""

import json
from typing import Any

from django.db import connection

LIVE_CHANNEL = "fieldcast_live"
PAYLOAD_LIMIT = 7900  # bytes; PostgreSQL refuses 8000


def publish(channel: str, message: dict[str, Any]) -> None:
    """Send `message` (small, JSON) to every process listening on `channel`, once this transaction commits.

    Raises `ValueError` when it is larger than PostgreSQL can carry: send an id and let the listener read.
    """
    payload = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    if len(payload.encode()) > PAYLOAD_LIMIT:
        raise ValueError(f"a message on {channel} may hold {PAYLOAD_LIMIT} bytes")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel, payload])
