"""Does the public balance of each lot equal its history? What the records say was picked, lost and sorted into lower
grades beside what the stock says. It walks every lot: for checks and reports, not for pages that people wait for.
"""

from fieldcast.catalog import queries as catalog
from fieldcast.kit import sql
from fieldcast.kit.found import Found, found
from fieldcast.trace import queries as trace

_GONE = """
SELECT lot_id, coalesce(sum(units) FILTER (WHERE into_id IS NULL), 0)::bigint,
  coalesce(sum(units) FILTER (WHERE into_id IS NOT NULL), 0)::bigint
FROM trade_writeoff GROUP BY lot_id
"""
_PARTS = """
SELECT w.into_id, w.units - l.quantity FROM trade_writeoff w JOIN catalog_lot l ON l.id = w.into_id
WHERE w.units <> l.quantity
"""


def untold_units() -> Found:
    """By how many units lots' histories and stocks differ: picked, lost, and sorted into lots of a lower grade."""
    told = trace.losses_told()
    gone = {lot_id: (int(lost), int(moved)) for lot_id, lost, moved in sql.rows(_GONE)}
    rows = []
    for lot_id in sorted(told.keys() | gone.keys()):
        said, kept = told.get(lot_id, (0, 0)), gone.get(lot_id, (0, 0))
        for what, one, other in zip(("lost", "sorted out"), said, kept, strict=True):
            if one != other:
                rows.append(
                    (f"lot {lot_id}, {what}: {one} in its history, {other} in its stock", abs(one - other))
                )
    begun = trace.quantities_told()
    quantities = catalog.quantities(lot_ids=begun)
    for lot_id, first in sorted(begun.items()):
        if (had := quantities[lot_id]) != first:
            rows.append(
                (f"lot {lot_id}, picked: {first} in its history, {had} in its stock", abs(first - had))
            )
    rows += [
        (f"lot {lot_id} has other units than were sorted into it", abs(by)) for lot_id, by in sql.rows(_PARTS)
    ]
    return found("history", rows)
