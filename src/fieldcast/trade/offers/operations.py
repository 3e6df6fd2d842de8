"""Offers: what a session sells. An open offer has its unsold units set aside in the lot's stock (`allocated`), so two
sessions can never sell the same fruit; closing it frees them.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.problems import AgreementEnded, ProductNotAgreed
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotState, LotView
from fieldcast.kit.errors import NotFound
from fieldcast.kit.money import yuan
from fieldcast.kit.said import said
from fieldcast.live import queries as live
from fieldcast.live.types import SessionBrief, SessionState
from fieldcast.trace import operations as trace_operations
from fieldcast.trace.facts.offered import Offered
from fieldcast.trace.operations import NewEvent
from fieldcast.trade.models import Offer
from fieldcast.trade.offers import covering, jumps, queries
from fieldcast.trade.offers.changes import note_change, note_closed, note_offered
from fieldcast.trade.offers.frames import tell
from fieldcast.trade.offers.problems import (
    BadOffer,
    FewerThanTaken,
    LotStopped,
    OfferClosed,
    OfferUntitled,
    SessionOver,
    TermsNotAgreed,
    WrongAgreement,
    WrongLot,
)
from fieldcast.trade.offers.types import Changed, OfferState, OfferView
from fieldcast.trade.stock import units as moving
from fieldcast.trade.stock.operations import check_free, counted

TITLE_LENGTH = 60
TITLE_EN_LENGTH = 80
MOST_PRICE_FEN = 10_000_000  # ¥100,000 a pack: more is a slip of the finger
MOST_PACK_UNITS = 100_000
MOST_PACKS = 1_000_000
MOST_POSITION = 1000
MOST_PER_BUYER = 200  # with the highest price, one order's total still fits its column


def offer(
    *,
    by: SignedIn | None,
    session_id: int,
    lot_id: int,
    title: str,
    pack_units: int,
    price_fen: int,
    packs: int,
    per_buyer_limit: int,
    now: datetime,
    title_en: str = "",
    position: int | None = None,
    agreement_version_id: int | None = None,
    covers_shortfall: bool = False,
    confirms_jump: bool = False,
) -> OfferView:
    """Offer `packs` of `pack_units` lot units each at `price_fen` a pack, under the session's agreement or another.

    The units are set aside from the lot's free ones at once (`AboveFreeUnits`, naming both figures). Without a
    `position` it stands after everything the session offers. `by` None is the platform itself. Raises `NotFound` for
    strangers, `OfferUntitled`, `BadOffer`, `SessionOver`, `WrongLot`, `LotStopped`, `WrongAgreement`, `TermsNotAgreed`
    in a live session, and `ProductNotAgreed` when the agreement guarantees no price for the product.

    A price below what is promised from it raises `BelowDeductions`, unless `covers_shortfall` says that the cooperative
    covers the difference: then `CoverNotYours` from anyone else, and `CoverTooSmall` without what stands behind it.
    One more than a third from what as much of the lot, or of its product, was last offered for raises `PriceJumps`,
    unless `confirms_jump` says that someone has looked again.
    """
    name, name_en = _titles(title, title_en)
    _check_figures(pack_units=pack_units, price_fen=price_fen, packs=packs, per_buyer_limit=per_buyer_limit)
    session = live.session_brief(session_id=session_id)
    if by is not None:
        require(by, "live.run_session", session)
    if session.state not in (SessionState.PLANNED, SessionState.LIVE):
        raise SessionOver
    lot = catalog.lot(lot_id=lot_id)
    version_id = agreement_version_id or session.agreement_version_id
    _check_lot(lot, session)
    _check_agreement(version_id, lot, session)
    _check_agreed(version_id, session)
    with transaction.atomic():
        cover_operations.lock(cooperative_id=session.cooperative_id)
        stock = counted(lot)
        check_free(stock, lot, packs * pack_units)
        jumps.check(
            last_fen=jumps.last_fen(lot=lot, cooperative_id=session.cooperative_id, pack_units=pack_units),
            price_fen=price_fen,
            confirmed=confirms_jump or by is None,
        )
        stock.allocated += packs * pack_units
        stock.save(update_fields=["allocated"])
        row = Offer.objects.create(
            county_id=session.county_id,
            session_id=session_id,
            lot_id=lot_id,
            agreement_version_id=version_id,
            title=name,
            title_en=name_en,
            pack_units=pack_units,
            price_fen=price_fen,
            packs=packs,
            per_buyer_limit=per_buyer_limit,
            position=_position(position, session_id),
        )
        covering.check_change(
            row,
            cooperative_id=session.cooperative_id,
            before_fen=0,
            by=by,
            covers_it=covers_shortfall,
            now=now,
        )
        fact = Offered(session=session_id, title=session.title, packs=packs, pack_units=pack_units)
        event = NewEvent(fact=fact, at=now, actor_id=session.organiser_id)
        trace_operations.note(lot_id=lot_id, events=[event], by=by, now=now)
        note_offered(offer_id=row.pk, price_fen=price_fen, packs=packs, by=by, now=now)
        tell([row])
    return queries.offer(offer_id=row.pk)


def _position(wanted: int | None, session_id: int) -> int:
    """Where an offer stands on the run sheet. Read under the seller's lock, so that no two are the last."""
    if wanted is None:
        last = Offer.objects.filter(session_id=session_id).aggregate(last=Max("position"))["last"]
        wanted = 0 if last is None else last + 1
    return max(0, min(wanted, MOST_POSITION))


def change_price(
    *,
    by: SignedIn | None,
    offer_id: int,
    price_fen: int,
    now: datetime,
    covers_shortfall: bool = False,
    confirms_jump: bool = False,
) -> OfferView:
    """A new price for those who order from now on; placed orders keep theirs.

    Raises `NotFound` for strangers, `BadOffer` and `OfferClosed`; `TermsNotAgreed` in a live session, and for a price
    that does not carry what is promised from it, or is more than a third from the last, as `offer` does.
    """
    _check_figures(price_fen=price_fen)
    with transaction.atomic():
        cooperative_id = _lock_cover(offer_id)
        row = _open_offer(by, offer_id)
        _check_agreed(row.agreement_version_id, live.session_brief(session_id=row.session_id))
        jumps.check(last_fen=row.price_fen, price_fen=price_fen, confirmed=confirms_jump or by is None)
        before_fen = covering.need_of(row)
        note_change(
            offer_id=offer_id, what=Changed.PRICE, before=row.price_fen, after=price_fen, by=by, now=now
        )
        row.price_fen = price_fen
        row.save(update_fields=["price_fen"])
        covering.check_change(
            row,
            cooperative_id=cooperative_id,
            before_fen=before_fen,
            by=by,
            covers_it=covers_shortfall,
            now=now,
        )
        tell([row])
    return queries.offer(offer_id=offer_id)


def change_packs(
    *, by: SignedIn | None, offer_id: int, packs: int, now: datetime, covers_shortfall: bool = False
) -> OfferView:
    """Offer `packs` in all from now on: more, or fewer but not below those ordered already.

    Raises `NotFound` for strangers, `BadOffer`, `OfferClosed`, `FewerThanTaken`, `LotStopped` and `AboveFreeUnits`; for
    more packs `TermsNotAgreed` in a live session, and where the price does not carry them as `offer` does.
    """
    _check_figures(packs=packs)
    with transaction.atomic():
        cooperative_id = _lock_cover(offer_id)
        row = _open_offer(by, offer_id)
        if packs < row.held + row.sold:
            raise FewerThanTaken(taken=row.held + row.sold)
        lot = catalog.lot(lot_id=row.lot_id)
        stock = moving.lock_stock(row.lot_id)
        more = (packs - row.packs) * row.pack_units
        if more > 0:
            _check_open(lot)
            _check_agreed(row.agreement_version_id, live.session_brief(session_id=row.session_id))
            check_free(stock, lot, more)
        before_fen = covering.need_of(row)
        stock.allocated += more
        stock.save(update_fields=["allocated"])
        note_change(offer_id=offer_id, what=Changed.PACKS, before=row.packs, after=packs, by=by, now=now)
        row.packs = packs
        row.save(update_fields=["packs"])
        covering.check_change(
            row,
            cooperative_id=cooperative_id,
            before_fen=before_fen,
            by=by,
            covers_it=covers_shortfall,
            now=now,
        )
        tell([row])
    return queries.offer(offer_id=offer_id)


def close_offer(*, by: SignedIn | None, offer_id: int, now: datetime) -> OfferView:
    """Sell no more of it: unsold units are free again, held ones may still be paid for. Closing twice is harmless.

    Raises `NotFound` for strangers.
    """
    with transaction.atomic():
        row = moving.lock_offer(offer_id)
        _permit(by, row.session_id)
        close_locked([row], by=by, now=now)
    return queries.offer(offer_id=offer_id)


def close_session_offers(*, by: SignedIn | None, session_id: int, now: datetime) -> int:
    """Close what a session still offers, in the transaction that ends the session; returns how many offers it were.

    `by` None is the platform itself.
    """
    with transaction.atomic():
        rows = Offer.objects.filter(session_id=session_id, state=OfferState.OPEN.value)
        found = list(rows.select_for_update(no_key=True).order_by("id"))
        close_locked(found, by=by, now=now)
    return len(found)


def close_ended_offers(*, now: datetime, limit: int = 50) -> int:
    """Close offers left open in sessions that are over or were called off; returns how many sessions had some."""
    over = [SessionState.ENDED.value, SessionState.CANCELLED.value]
    rows = Offer.objects.filter(state=OfferState.OPEN.value, session__state__in=over)
    sessions = sorted(set(rows.values_list("session_id", flat=True)[:limit]))
    for session_id in sessions:
        close_session_offers(by=None, session_id=session_id, now=now)
    return len(sessions)


def close_locked(rows: Iterable[Offer], *, by: SignedIn | None, now: datetime) -> None:
    """Close offers whose rows are locked, taking their stocks' locks in order."""
    still_open = [row for row in rows if row.state == OfferState.OPEN]
    freed: dict[int, int] = {}
    for row in still_open:
        freed[row.lot_id] = freed.get(row.lot_id, 0) + (row.packs - row.held - row.sold) * row.pack_units
        row.state = OfferState.CLOSED.value
        row.save(update_fields=["state"])
    for lot_id in sorted(freed):
        stock = moving.lock_stock(lot_id)
        stock.allocated -= freed[lot_id]
        stock.save(update_fields=["allocated"])
    note_closed(offer_ids=[row.pk for row in still_open], by=by, now=now)
    tell(still_open)


def _lock_cover(offer_id: int) -> int:
    """Lock the cover of the cooperative whose goods are offered, before the offer's row; returns the cooperative."""
    found = Offer.objects.filter(id=offer_id).values_list("session__cooperative_id", flat=True).first()
    if found is None:
        raise NotFound("offer")
    cover_operations.lock(cooperative_id=found)
    return found


def _open_offer(by: SignedIn | None, offer_id: int) -> Offer:
    row = moving.lock_offer(offer_id)
    _permit(by, row.session_id)
    if row.state != OfferState.OPEN:
        raise OfferClosed
    return row


def _permit(by: SignedIn | None, session_id: int) -> None:
    if by is not None:
        require(by, "live.run_session", live.session_brief(session_id=session_id))


def _titles(title: str, title_en: str) -> tuple[str, str]:
    name, name_en = said(title), said(title_en)
    if (
        not 1 <= len(name) <= TITLE_LENGTH
        or len(name_en) > TITLE_EN_LENGTH
        or not (name + name_en).isprintable()
    ):
        raise OfferUntitled(most=TITLE_LENGTH)
    return name, name_en


_FIGURES: dict[str, tuple[str | Promise, int]] = {
    "pack_units": (_("The units in a pack"), MOST_PACK_UNITS),
    "price_fen": (_("The price"), MOST_PRICE_FEN),
    "packs": (_("The number of packs"), MOST_PACKS),
    "per_buyer_limit": (_("The limit for one buyer"), MOST_PER_BUYER),
}
_SENT_AS = {"packs": "units"}  # a refusal names the field as requests do, whose JSON keys are a contract


def _check_figures(**figures: int) -> None:
    for name, value in figures.items():
        what, most = _FIGURES[name]
        if not 1 <= value <= most:
            say = (lambda fen: f"¥{yuan(fen)}") if name.endswith("_fen") else str
            raise BadOffer(what=what, least=say(1), most=say(most), field=_SENT_AS.get(name, name))


def _check_lot(lot: LotView, session: SessionBrief) -> None:
    if lot.cooperative_id != session.cooperative_id:
        raise WrongLot(lot=lot.code)
    _check_open(lot)


def _check_open(lot: LotView) -> None:
    if lot.state != LotState.OPEN:
        raise LotStopped


def _check_agreement(version_id: int, lot: LotView, session: SessionBrief) -> None:
    version = agreements.version(version_id=version_id)
    if (version.cooperative_id, version.host_id) != (session.cooperative_id, session.host_id):
        raise WrongAgreement
    if version.ended:
        raise AgreementEnded
    if not version.terms.sells(lot.product.code, lot.grade):
        raise ProductNotAgreed(product=lot.product.name)


def _check_agreed(version_id: int, session: SessionBrief) -> None:
    """Before a session begins its terms may still wait for a signature; `open_session` asks for it then."""
    if session.state != SessionState.LIVE:
        return
    missing = queries.not_agreed(session=session, version_id=version_id)
    if missing:
        raise TermsNotAgreed(name=missing[0].name)
