"""What a session brought once it began: the report beside the records, and where the money went."""

from datetime import datetime
from typing import Any

from fieldcast.live.types import SessionView
from fieldcast.settlement import queries as settlement
from fieldcast.supervision import queries as supervision
from fieldcast.web.shared.flow import flow_parts

MOST_STATEMENTS = 50


def what_it_brought(session: SessionView, *, organisation_id: int | None, now: datetime) -> dict[str, Any]:
    """For a session that was loaded for whoever looks: `check` holds the host's report against orders, payments and
    parcels, `flow` says where each settled yuan went, `statements` are one organisation's, or everyone's with None.
    """
    return {
        "check": supervision.verify_sessions(sessions=(session,), now=now)[session.id],
        "flow": flow_parts(settlement.where_it_went(session_id=session.id)),
        "statements": settlement.statements(
            county_id=session.county_id,
            organisation_id=organisation_id,
            session_id=session.id,
            per_page=MOST_STATEMENTS,
        ).items,
    }
