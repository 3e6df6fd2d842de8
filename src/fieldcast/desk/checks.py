"""Does every item stand where its steps say? Recomputed from the rows, set-wise; for checks, not for pages."""

from fieldcast.kit import sql
from fieldcast.kit.found import Found, found

_WRONG = """
WITH said AS (
  SELECT item_id,
    count(*) FILTER (WHERE deed IN ('done', 'withdrawn')) AS ends,
    max(deed) FILTER (WHERE deed IN ('done', 'withdrawn')) AS state,
    max(at) FILTER (WHERE deed IN ('done', 'withdrawn')) AS ended_at,
    max(at) FILTER (WHERE deed = 'opened') AS opened_at,
    max(at) FILTER (WHERE deed = 'reminded') AS reminded_at,
    max(at) FILTER (WHERE deed = 'escalated') AS escalated_at,
    (array_agg(to_id ORDER BY id DESC) FILTER (WHERE deed IN ('opened', 'accepted')))[1] AS person_id,
    (array_agg(CASE WHEN deed = 'handed_over' THEN to_id END ORDER BY id DESC)
      FILTER (WHERE deed IN ('handed_over', 'accepted', 'declined', 'done', 'withdrawn')))[1] AS offered_to_id
  FROM desk_itemstep GROUP BY item_id
)
SELECT i.kind || ' ' || i.subject, 1 FROM desk_item i LEFT JOIN said s ON s.item_id = i.id
WHERE coalesce(s.ends, 0) > 1
  OR (i.state, i.opened_at, i.ended_at, i.reminded_at, i.escalated_at, i.person_id, i.offered_to_id) IS DISTINCT FROM
    (coalesce(s.state, 'waiting'), s.opened_at, s.ended_at, s.reminded_at, s.escalated_at, s.person_id,
     s.offered_to_id)
ORDER BY i.id
"""


def wrong_items() -> Found:
    """Items whose state, holder or times are not what their steps say."""
    return found("item on the desk", sql.rows(_WRONG))
