"""What settlement tells trade: which lines are settled, so that trade knows what is still pledged."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import connection

# the ids in one array: thousands of them are one parameter, not as many words for the server to read
_NOTE: Final = """
UPDATE trade_orderline SET settled_at = %(now)s WHERE id = ANY (%(ids)s) AND settled_at IS NULL
"""


def note_settled(*, order_line_ids: Iterable[int], now: datetime) -> int:
    """Write down that lines are settled, in settlement's own transaction; returns how many were not before."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, {"now": now, "ids": list(order_line_ids)})
        return int(cursor.rowcount)
