"""Compares a file's orders with what is here, inside the database: COPY into a temporary table, then set statements.

Used inside one transaction by `operations`. A known order is judged as a whole:
- `older`: it says less than what is here (not yet paid, or a smaller refund), so the file is an earlier export; the
  order is left as it is;
- `changed`: it says something new; what it does not say (an empty title, an unknown refund where one is known) is kept;
- `same`: nothing new. `new`: the number is not known in this county and channel.
Times that differ by less than a minute are the same time: Excel drops the seconds when it saves a CSV.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection

from fieldcast.outside.types import IncomingOrder, Progress, Stage

PROGRESS_EVERY = 5_000
_DROP = "DROP TABLE IF EXISTS pg_temp.outside_judged, pg_temp.outside_incoming"
_CREATE = """
CREATE TEMPORARY TABLE outside_incoming (
  line integer, number text, amount_fen bigint, paid_fen bigint, refund_fen bigint, province text, city text,
  product_title text, quantity integer, created_at timestamptz, paid_at timestamptz
) ON COMMIT DROP
"""
_COPY = """
COPY outside_incoming (line, number, amount_fen, paid_fen, refund_fen, province, city, product_title, quantity,
  created_at, paid_at) FROM STDIN
"""
# The known order beside the incoming one; `n.` is what the order will say if it is changed.
_JUDGE = """
CREATE TEMPORARY TABLE outside_judged ON COMMIT DROP AS
SELECT i.line, i.number, o.id AS order_id, o.created_at AS known_created_at, n.*,
  abs(extract(epoch FROM i.created_at - o.created_at)) >= 60 AS placed_at_another_time,
  o.organisation_id AS known_organisation_id,
  o.id IS NOT NULL AND o.organisation_id IS DISTINCT FROM %(organisation)s AS of_another,
  CASE
    WHEN o.id IS NULL THEN 'new'
    WHEN (n.amount_fen, n.paid_fen, n.refund_fen, n.province, n.city, n.product_title, n.quantity, n.paid_at)
      IS NOT DISTINCT FROM
      (o.amount_fen, o.paid_fen, o.refund_fen, o.province, o.city, o.product_title, o.quantity, o.paid_at) THEN 'same'
    WHEN (o.paid_at IS NOT NULL AND i.paid_at IS NULL) OR i.refund_fen < o.refund_fen THEN 'older'
    ELSE 'changed'
  END AS verdict
FROM outside_incoming i
LEFT JOIN trade_outsideorder o
  ON o.county_id = %(county)s AND o.channel = %(channel)s AND o.outside_number = i.number
CROSS JOIN LATERAL (
  SELECT i.amount_fen, i.paid_fen,
    CASE WHEN i.refund_fen IS NULL AND o.refund_fen BETWEEN 1 AND i.paid_fen THEN o.refund_fen ELSE i.refund_fen END
      AS refund_fen,
    coalesce(nullif(i.province, ''), o.province, '') AS province,
    CASE WHEN i.city = '' AND (i.province = '' OR i.province = o.province) THEN coalesce(o.city, '') ELSE i.city END
      AS city,
    coalesce(nullif(i.product_title, ''), o.product_title, '') AS product_title,
    coalesce(i.quantity, o.quantity) AS quantity,
    coalesce(o.created_at, i.created_at) AS created_at,
    CASE WHEN abs(extract(epoch FROM i.paid_at - o.paid_at)) < 60 THEN o.paid_at
      WHEN i.paid_at < o.created_at THEN o.created_at ELSE i.paid_at END AS paid_at
) n
"""
_CONFLICTS = """
SELECT line, number, known_created_at, placed_at_another_time FROM outside_judged
WHERE placed_at_another_time OR (of_another AND verdict = 'changed') ORDER BY line
"""
_REVISE = """
INSERT INTO trade_outsideorderrevision
  (order_id, amount_fen, paid_fen, refund_fen, paid_at, batch_id, replaced_by_id, replaced_at)
SELECT o.id, o.amount_fen, o.paid_fen, o.refund_fen, o.paid_at, o.batch_id, %(batch)s, %(now)s
FROM trade_outsideorder o JOIN outside_judged j ON j.order_id = o.id WHERE j.verdict = 'changed' ORDER BY j.line
"""
_UPDATE = """
UPDATE trade_outsideorder o SET amount_fen = j.amount_fen, paid_fen = j.paid_fen, refund_fen = j.refund_fen,
  province = j.province, city = j.city, product_title = j.product_title, quantity = j.quantity, paid_at = j.paid_at,
  batch_id = %(batch)s
FROM outside_judged j WHERE j.order_id = o.id AND j.verdict = 'changed'
"""
_INSERT = """
INSERT INTO trade_outsideorder (county_id, organisation_id, channel, outside_number, amount_fen, paid_fen, refund_fen,
  province, city, product_title, quantity, created_at, paid_at, batch_id)
SELECT %(county)s, %(organisation)s, %(channel)s, number, amount_fen, paid_fen, refund_fen,
  province, city, product_title, quantity, created_at, paid_at, %(batch)s
FROM outside_judged WHERE verdict = 'new' ORDER BY line
"""


def lock(*, county_id: int) -> None:
    """Until the transaction ends, nobody else brings orders into this county: two files at once cannot cross."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('trade.outside', %s))", [county_id])


@contextmanager
def judged(
    *,
    orders: Sequence[IncomingOrder],
    county_id: int,
    organisation_id: int | None,
    channel: str,
    progress: Progress | None,
) -> Iterator[None]:
    """Within the block the orders stand judged in a temporary table, for the functions below."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP)
        cursor.execute(_CREATE)
        with cursor.copy(_COPY) as copy:
            for count, order in enumerate(orders, start=1):
                copy.write_row(_values(order))
                if progress is not None and count % PROGRESS_EVERY == 0:
                    progress(stage=Stage.COMPARING, done=count, total=len(orders))
        cursor.execute("ANALYZE outside_incoming")
        cursor.execute(_JUDGE, {"county": county_id, "organisation": organisation_id, "channel": channel})
    yield
    with connection.cursor() as cursor:
        cursor.execute(_DROP)


def conflicts() -> list[tuple[int, str, datetime, bool]]:
    """Line, number, the known order's time and whether that time is the trouble; else it is another's order."""
    with connection.cursor() as cursor:
        cursor.execute(_CONFLICTS)
        return list(cursor.fetchall())


def counts() -> dict[str, int]:
    """How many orders are `new`, `changed`, `same` and `older`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT verdict, count(*) FROM outside_judged GROUP BY verdict")
        return dict(cursor.fetchall())


def of_others() -> dict[int | None, int]:
    """How many of the orders are here as another organisation's, by that organisation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT known_organisation_id, count(*) FROM outside_judged WHERE of_another"
            " GROUP BY known_organisation_id ORDER BY count(*) DESC, known_organisation_id"
        )
        return dict(cursor.fetchall())


def write(*, county_id: int, organisation_id: int | None, channel: str, batch_id: int, now: datetime) -> None:
    """Keep what the changed orders said, change them, and insert the new ones."""
    facts = {
        "county": county_id,
        "organisation": organisation_id,
        "channel": channel,
        "batch": batch_id,
        "now": now,
    }
    with connection.cursor() as cursor:
        for statement in (_REVISE, _UPDATE, _INSERT):
            cursor.execute(statement, facts)


def _values(order: IncomingOrder) -> tuple[Any, ...]:
    return (
        order.line,
        order.number,
        order.amount_fen,
        order.paid_fen,
        order.refund_fen,
        order.province,
        order.city,
        order.product_title,
        order.quantity,
        order.created_at,
        order.paid_at,
    )
