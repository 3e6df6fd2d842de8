"""What sessions sold, recomputed from the rows of their orders for many sessions at once.

Trade answers this for one session at a time (`trade.queries.session_sales`); a list that holds reports against records
needs it for a page of them in one statement. Like the checks of the books, this reads rows and never a counter; which
states count as paid and as sent is trade's to say.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from fieldcast.trade.types import SHIPPED, SOLD

_RECORDED = """
SELECT b.session_id,
  sum(l.units), sum(l.total_fen),
  coalesce(sum(l.units) FILTER (WHERE b.state = ANY (%(sold)s)), 0),
  coalesce(sum(l.total_fen) FILTER (WHERE b.state = ANY (%(sold)s)), 0),
  coalesce(sum(l.units) FILTER (WHERE b.state = ANY (%(shipped)s)), 0),
  coalesce(sum(l.total_fen) FILTER (WHERE b.state = ANY (%(shipped)s)), 0)
FROM trade_orderline l JOIN trade_order b ON b.id = l.order_id
WHERE b.session_id = ANY (%(sessions)s)
GROUP BY b.session_id
"""


@dataclass(frozen=True)
class Recorded:
    """Packs and fen (before refunds) of a session's orders: all placed, those paid for, those sent."""

    placed_packs: int
    placed_fen: int
    paid_packs: int
    paid_fen: int
    shipped_packs: int
    shipped_fen: int


NOTHING = Recorded(0, 0, 0, 0, 0, 0)


def recorded_sales(*, session_ids: Iterable[int]) -> dict[int, Recorded]:
    """What each session sold; one without an order sold nothing."""
    wanted = sorted(set(session_ids))
    with connection.cursor() as cursor:
        cursor.execute(_RECORDED, {"sold": list(SOLD), "shipped": list(SHIPPED), "sessions": wanted})
        found = {int(row[0]): Recorded(*(int(figure) for figure in row[1:])) for row in cursor.fetchall()}
    return {session_id: found.get(session_id, NOTHING) for session_id in wanted}
