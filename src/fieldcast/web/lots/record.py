"""Everything a lot's page shows beside the lot itself, read from the rooms that know it."""

from dataclasses import dataclass
from datetime import datetime

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationRef
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotFileView, LotState, LotView, PlotUse, YieldCheck
from fieldcast.live import queries as live
from fieldcast.live.types import SessionState, SessionView
from fieldcast.trace import queries as trace
from fieldcast.trace.types import EventKind, History
from fieldcast.trace.verdict import Verdict, verdict
from fieldcast.trade import queries as trade
from fieldcast.trade.types import OfferState, OfferView, StockView
from fieldcast.web.shared.facts import Told, tell, value_words


@dataclass(frozen=True)
class OnSale:
    """An offer of the lot with the session that sells it."""

    offer: OfferView
    session: SessionView

    @property
    def now(self) -> bool:
        """Can it be bought this minute?"""
        return self.session.state == SessionState.LIVE and self.offer.left > 0


@dataclass(frozen=True)
class Record:
    """A lot's history, told and checked, with its figures. `on_sale` is live first, then what is planned."""

    history: History
    told: tuple[Told, ...]
    plot_yield: YieldCheck
    stock: StockView
    cooperative: OrganisationRef
    on_sale: tuple[OnSale, ...]
    photos: tuple[LotFileView, ...]
    stopped: bool

    @property
    def use(self) -> PlotUse:
        """How much of its plot is registered in its season, with everything else that grows there."""
        return self.plot_yield.use

    @property
    def verdict(self) -> Verdict:
        """Was it tested, and did it pass?"""
        return verdict(self.history.events)

    @property
    def why_stopped(self) -> str:
        """Why its sale was stopped, as the latest record of it says. Nothing in records of before that was kept."""
        stops = [event for event in self.history.events if event.kind == EventKind.STOPPED]
        return value_words(stops[-1].facts.get("reason", "")) if stops else ""

    @property
    def reassuring(self) -> bool:
        """May its page show a green tick? Shoppers read one as “safe”: not of what failed, or may not be sold."""
        return not self.stopped and not self.verdict.failed

    @property
    def buy(self) -> OnSale | None:
        """Where it can be bought now."""
        return next((one for one in self.on_sale if one.now), None)


def record_of(*, lot: LotView, now: datetime) -> Record:
    """The lot's record, its hashes computed anew."""
    history = trace.history(lot_id=lot.id)
    return Record(
        history=history,
        told=tell(history, unit=lot.product.unit.value, now=now),
        plot_yield=catalog.yield_check(
            plot_id=lot.plot.id, product_id=lot.product.id, harvested_on=lot.harvested_on, wanted=0
        ),
        stock=trade.stock(lot_id=lot.id),
        cooperative=accounts.organisation(organisation_id=lot.cooperative_id),
        on_sale=_on_sale(lot),
        photos=catalog.public_photos(lot_id=lot.id),
        stopped=lot.state == LotState.STOPPED,
    )


def _on_sale(lot: LotView) -> tuple[OnSale, ...]:
    offers = [one for one in trade.offers_of_lot(lot_id=lot.id) if one.state == OfferState.OPEN]
    sessions = live.sessions_by_ids(ids={one.session_id for one in offers}) if offers else {}
    found = [OnSale(offer=one, session=sessions[one.session_id]) for one in offers]
    planned = [one for one in sessions.values() if one.state == SessionState.PLANNED]
    announced = {one.id for one in trade.announced(sessions=planned)}
    open_ = [one for one in found if one.session.state == SessionState.LIVE or one.session.id in announced]
    return tuple(sorted(open_, key=lambda one: (not one.now, one.session.starts_at)))
