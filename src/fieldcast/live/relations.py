"""What rooms above may compare their own rows with, set-wise, without naming this room's tables."""

from typing import Final

SESSIONS: Final = "SELECT id AS session_id, county_id, cooperative_id FROM live_session"
