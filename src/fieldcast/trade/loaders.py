"""Offers and orders reach a view only through here. Strangers get `NotFound`: an order that is not theirs is not there.

An address is whole for its buyer, masked for those who sell and carry the parcel, absent for the authority; those who
pack or deliver it read it whole through loaders that write down who did and why.
"""

from dataclasses import replace
from datetime import datetime

from fieldcast.accounts.access import allowed, require
from fieldcast.accounts.operations import log_personal_read
from fieldcast.accounts.types import Actor, SignedIn
from fieldcast.kit.errors import NotFound
from fieldcast.live import queries as live
from fieldcast.live.loaders import load_session
from fieldcast.trade import queries
from fieldcast.trade.offers.types import OfferView
from fieldcast.trade.orders.types import OrderView


def load_offer(*, by: Actor, offer_id: int) -> OfferView:
    """An offer for anyone who may see its session."""
    offer = queries.offer(offer_id=offer_id)
    load_session(by=by, session_id=offer.session_id)
    return offer


def load_offer_of(*, by: Actor, offer_id: int, session_id: int) -> OfferView:
    """An offer of one session, for anyone who may see it."""
    offer = load_offer(by=by, offer_id=offer_id)
    if offer.session_id != session_id:
        raise NotFound("offer")
    return offer


def load_offer_to_run(*, by: Actor, offer_id: int) -> OfferView:
    """An offer for those who run its session."""
    offer = queries.offer(offer_id=offer_id)
    require(by, "live.run_session", live.session_brief(session_id=offer.session_id))
    return offer


def load_order(*, by: Actor, number: str) -> OrderView:
    """An order for its buyer, its seller's people, its carrier's and the authority's."""
    order = _load(by, "trade.view_order", number)
    if order.buyer_id == by.pk or order.delivery is None:
        return order
    return replace(
        order, delivery=order.delivery.masked if allowed(by, "trade.see_delivery", order) else None
    )


def load_own_order(*, by: Actor, number: str) -> OrderView:
    """An order for its buyer alone: to pay, cancel or receive it."""
    return _load(by, "trade.pay_order", number)


def load_order_to_pack(*, by: SignedIn, number: str, now: datetime) -> OrderView:
    """An order with its whole address for the seller's people, who write it on the parcel. The reading is logged."""
    return _logged(by, _load(by, "trade.pack_order", number), "packing the parcel", now)


def load_order_to_carry(*, by: SignedIn, number: str, now: datetime) -> OrderView:
    """An order with its whole address for the carrier's people. The reading is logged."""
    return _logged(by, _load(by, "trade.carry_order", number), "delivering the parcel", now)


def load_order_to_refund(*, by: Actor, number: str) -> OrderView:
    """An order for the seller's owner or managers, without the address, which a refund does not need."""
    return replace(_load(by, "trade.refund_order", number), delivery=None)


def _load(by: Actor, perm: str, number: str) -> OrderView:
    if "\x00" in number:
        raise NotFound("order")
    order = queries.order_by_number(number=number)
    require(by, perm, order)
    return order


def _logged(by: SignedIn, order: OrderView, reason: str, now: datetime) -> OrderView:
    log_personal_read(by=by, subject=f"order {order.number}", what="delivery", reason=reason, now=now)
    return order
