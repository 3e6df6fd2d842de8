"""Does an offer stand as its history says? Recomputed from the rows, for checks and reports."""

from fieldcast.kit import sql
from fieldcast.kit.found import Found, found

# A chain is torn where a change does not begin with what the one before it left.
_HISTORY = """
WITH chain AS (
  SELECT offer_id, what, after, before IS DISTINCT FROM lag(after) OVER each AS torn,
    row_number() OVER (PARTITION BY offer_id, what ORDER BY id DESC) = 1 AS last
  FROM trade_offerchange WINDOW each AS (PARTITION BY offer_id, what ORDER BY id)
), said AS (
  SELECT offer_id, max(after) FILTER (WHERE what = 'price' AND last) AS price_fen,
    max(after) FILTER (WHERE what = 'packs' AND last) AS packs, count(*) FILTER (WHERE what = 'closed') AS ends,
    bool_or(torn) AS torn
  FROM chain GROUP BY offer_id
)
SELECT o.id, array_remove(ARRAY[
  CASE WHEN said.price_fen IS DISTINCT FROM o.price_fen THEN 'price' END,
  CASE WHEN said.packs IS DISTINCT FROM o.packs THEN 'packs' END,
  CASE WHEN coalesce(said.ends, 0) <> (o.state = 'closed')::int THEN 'end' END,
  CASE WHEN said.torn THEN 'order of changes' END
], NULL) AS wrong
FROM trade_offer o LEFT JOIN said ON said.offer_id = o.id
WHERE (said.price_fen, said.packs, said.ends, said.torn)
  IS DISTINCT FROM (o.price_fen::bigint, o.packs::bigint, (o.state = 'closed')::int::bigint, false)
ORDER BY o.id
"""


def wrong_offers() -> Found:
    """How many offers have another price or number of packs than their last change, or ended without saying so."""
    return found("offer", [(f"{id_}: {', '.join(wrong)}", 1) for id_, wrong in sql.rows(_HISTORY)])
