"""Does every conversation wait since when its letters say, and is it closed since then? Recomputed, set-wise."""

from fieldcast.kit import sql
from fieldcast.kit.found import Found, found

_WRONG = """
WITH last AS (
  SELECT conversation_id,
    max(at) FILTER (WHERE side NOT IN ('let_be', 'appeal', 'reply')) AS at,
    max(id) FILTER (WHERE side <> 'buyer') AS answer, max(id) FILTER (WHERE side = 'reply') AS reply,
    min(at) FILTER (WHERE side IN ('closed', 'ended')) AS closed
  FROM trade_letter GROUP BY conversation_id
), appeals AS (
  SELECT l.conversation_id, min(l.at) AS since
  FROM trade_letter l JOIN last USING (conversation_id)
  WHERE l.side = 'appeal' AND l.id > coalesce(last.reply, 0) GROUP BY l.conversation_id
), waits AS (
  SELECT l.conversation_id, min(l.at) AS since
  FROM trade_letter l JOIN last USING (conversation_id)
  WHERE l.side = 'buyer' AND l.id > coalesce(last.answer, 0) GROUP BY l.conversation_id
)
SELECT 'conversation ' || c.id, 1
FROM trade_conversation c
LEFT JOIN last ON last.conversation_id = c.id LEFT JOIN waits ON waits.conversation_id = c.id
LEFT JOIN appeals ON appeals.conversation_id = c.id
WHERE c.waiting_since IS DISTINCT FROM waits.since OR c.last_at IS DISTINCT FROM last.at
  OR c.closed_at IS DISTINCT FROM last.closed OR c.appealed_at IS DISTINCT FROM appeals.since
ORDER BY c.id
"""


def wrong_conversations() -> Found:
    """How many conversations wait, or do not, otherwise than their letters say."""
    return found("conversation", sql.rows(_WRONG))
