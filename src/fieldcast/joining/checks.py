"""Does every request and invitation stand where its steps say, and did each that was accepted make what it says?"""

from fieldcast.kit import sql
from fieldcast.kit.found import Found, found

_WRONG = """
SELECT 'request ' || r.id, 1 FROM joining_joinrequest r
LEFT JOIN LATERAL (
  SELECT state FROM joining_joinrequeststep WHERE request_id = r.id ORDER BY id DESC LIMIT 1
) last ON true
WHERE last.state IS DISTINCT FROM r.state
  OR (r.state = 'accepted' AND NOT EXISTS (
    SELECT 1 FROM accounts_membershipchange c
    WHERE c.person_id = r.person_id AND c.organisation_id = r.organisation_id AND c.role <> ''))
UNION ALL
SELECT 'invitation ' || i.id, 1 FROM joining_invitation i
LEFT JOIN LATERAL (
  SELECT state FROM joining_invitationstep WHERE invitation_id = i.id ORDER BY id DESC LIMIT 1
) last ON true
WHERE last.state IS DISTINCT FROM i.state
  OR (i.state = 'accepted' AND NOT EXISTS (
    SELECT 1 FROM accounts_membershipchange c
    WHERE c.person_id = i.answered_by_id AND c.organisation_id = i.organisation_id AND c.role = i.role))
ORDER BY 1
"""


def wrong_ways_in() -> Found:
    """Requests and invitations whose state is not what their steps say, or that were accepted and gave no role."""
    return found("way in", sql.rows(_WRONG))
