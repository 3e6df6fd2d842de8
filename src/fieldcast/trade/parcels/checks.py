"""Were lots told of their parcels what the orders say? Recomputed from the rows, set-wise."""

from fieldcast.kit import sql
from fieldcast.kit.found import Found, found
from fieldcast.trace import queries as trace

_STEPS = """
SELECT lot_id, kind, sum(parcels)::bigint, sum(units)::bigint FROM (
  SELECT l.lot_id, step.kind, 1 AS parcels, l.packs * l.pack_units AS units
  FROM trade_orderline l JOIN trade_order o ON o.id = l.order_id
  CROSS JOIN LATERAL (VALUES ('packed', o.packed_at), ('shipped', o.shipped_at), ('received', o.received_at))
    AS step (kind, at)
  WHERE step.at IS NOT NULL
  UNION ALL SELECT lot_id, 'shipped', 1, units FROM trade_replacement
  UNION ALL SELECT lot_id, kind, -1, -units FROM trade_parcelstep
) steps GROUP BY lot_id, kind
"""


def untold_parcels() -> Found:
    """How many lots' histories and waiting steps differ from what their orders went through, by step."""
    told = trace.parcels_told()
    due = {(lot_id, kind): (int(parcels), int(units)) for lot_id, kind, parcels, units in sql.rows(_STEPS)}
    wrong = sorted(key for key in told.keys() | due.keys() if told.get(key, (0, 0)) != due.get(key, (0, 0)))
    return found("parcels", [(f"lot {lot_id}, {kind}", 1) for lot_id, kind in wrong])
