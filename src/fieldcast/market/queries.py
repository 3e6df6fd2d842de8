"""Reads of market: what a room's audience asked, liked and bought."""

from fieldcast.live import queries as live
from fieldcast.market.types import ProductSignal, SessionSignals
from fieldcast.trade import queries as trade

A_THOUSAND = 1000


def session_signals(*, session_id: int) -> SessionSignals:
    """The counts of one session. Raises `NotFound`."""
    session = live.session(session_id=session_id)
    sales = trade.session_sales(session_id=session_id)
    talk = live.talk(session_id=session_id)
    visits = session.counts.visits
    return SessionSignals(
        session_id=session_id,
        visits=visits,
        peak_viewers=session.counts.peak_viewers,
        likes=session.counts.likes,
        shares=session.counts.shares,
        messages=talk.messages,
        questions=talk.questions,
        unanswered=talk.unanswered,
        buyers=sales.buyers,
        products=tuple(
            ProductSignal(
                offer_id=offer.offer_id,
                title=offer.title,
                title_en=offer.title_en,
                packs=offer.packs,
                amount_fen=offer.amount_fen,
                packs_per_1000_visits=offer.packs * A_THOUSAND // visits if visits else None,
            )
            for offer in sales.offers
        ),
    )
