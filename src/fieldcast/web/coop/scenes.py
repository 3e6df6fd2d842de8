"""What the cooperative's page of a session shows: its run sheet with what each box sold, its sales and their check."""

from datetime import datetime
from typing import Any

from fieldcast.live.types import SessionView
from fieldcast.settlement import queries as settlement
from fieldcast.trade import queries as trade
from fieldcast.web.sessions.brought import what_it_brought
from fieldcast.web.sessions.run_sheet import before_it_begins
from fieldcast.web.shared.coming import still_to_come


def shown(session: SessionView, now: datetime) -> dict[str, Any]:
    """The run sheet in every state; once the session has begun, what it brought."""
    sales = trade.session_sales(session_id=session.id)
    sold = {one.offer_id: one for one in sales.offers}
    sheet: dict[str, Any] = {
        "offers": [(one, sold.get(one.id)) for one in trade.offers_of_session(session_id=session.id)],
        "sales": sales,
        **before_it_begins(session),
    }
    if session.opened_at is None:
        return sheet
    coming = settlement.coming_to(organisation_id=session.cooperative_id, session_id=session.id)
    return (
        sheet
        | {"to_come": still_to_come(coming, packs=sales.paid.packs, now=now)}
        | what_it_brought(session, organisation_id=session.cooperative_id, now=now)
    )
