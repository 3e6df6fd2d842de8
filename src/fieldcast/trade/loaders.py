"""Offers and orders reach a view only through here. Strangers get `NotFound`: an order that is not theirs is not there.

An address is whole for its buyer, masked for those who sell and carry the parcel, absent for the authority; those who
pack or deliver it read it whole through loaders that write down who did and why.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from fieldcast.accounts.access import allowed, require
from fieldcast.accounts.operations import log_personal_read
from fieldcast.accounts.types import Actor, SignedIn
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.types import VersionView
from fieldcast.files import queries as files
from fieldcast.files.types import Content
from fieldcast.kit.errors import NotFound
from fieldcast.kit.said import said
from fieldcast.live import queries as live
from fieldcast.live.loaders import load_session
from fieldcast.trade import queries
from fieldcast.trade.aftersales.types import RequestView
from fieldcast.trade.carrying.problems import UnknownCode
from fieldcast.trade.carrying.types import ParcelView
from fieldcast.trade.letters.types import ConversationView, LetterView
from fieldcast.trade.offers.types import OfferView
from fieldcast.trade.orders.types import OrderView

LONGEST_CODE = 40


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


def load_terms_of_goods(*, by: Actor, version_id: int) -> VersionView:
    """A version of an agreement for the households whose lots are or were sold under it."""
    version = agreements.version(version_id=version_id)
    terms = queries.terms_of_goods(version_ids={version_id})[version_id]
    require(by, "trade.read_terms_of_goods", terms)
    return version


def load_order(*, by: Actor, number: str) -> OrderView:
    """An order for its buyer, its seller's people, its carrier's and the authority's."""
    return _as_seen(by, _load(by, "trade.view_order", number))


def load_orders(*, by: Actor, numbers: Sequence[str]) -> tuple[OrderView, ...]:
    """Several orders, each as `load_order` gives it, in as many statements as one; all of them, or `NotFound`."""
    return tuple(_as_seen(by, order) for order in _load_all(by, "trade.view_order", numbers))


def load_own_order(*, by: Actor, number: str) -> OrderView:
    """An order for its buyer alone: to pay, cancel or receive it."""
    return _load(by, "trade.pay_order", number)


def load_order_to_pack(*, by: SignedIn, number: str, now: datetime) -> OrderView:
    """An order with its whole address for the seller's people, who write it on the parcel. The reading is logged."""
    return _logged(by, _load(by, "trade.pack_order", number), "packing the parcel", now)


def load_orders_to_pack(*, by: SignedIn, numbers: Sequence[str], now: datetime) -> tuple[OrderView, ...]:
    """Several orders as `load_order_to_pack` gives each. Every reading is logged."""
    found = _load_all(by, "trade.pack_order", numbers)
    return tuple(_logged(by, order, "packing the parcel", now) for order in found)


def load_order_to_carry(*, by: SignedIn, number: str, now: datetime) -> OrderView:
    """An order with its whole address for the carrier's people. The reading is logged."""
    return _logged(by, _load(by, "trade.carry_order", number), "delivering the parcel", now)


def load_parcel(*, by: Actor, code: str) -> ParcelView:
    """A parcel for its carrier's people, by what its label says: see `code_of`. Raises `UnknownCode` for all others."""
    wanted = code_of(code)
    found = queries.parcels_by_code(code=wanted) if wanted else ()
    mine = [one for one in found if allowed(by, "trade.carry_order", one)]
    if not mine:
        raise UnknownCode(typed=wanted or said(code)[:LONGEST_CODE])
    # an own parcel number may be another order's number, scanned by mistake: the label's number is the order's
    return next((one for one in mine if one.number == wanted), mine[0])


def load_parcel_whole(*, by: SignedIn, code: str, now: datetime) -> ParcelView:
    """A parcel with its whole address, while its carrier has it to deliver. The reading is logged."""
    found = load_parcel(by=by, code=code)
    if not found.may_be_read:
        return found
    log_personal_read(
        by=by, subject=f"order {found.number}", what="delivery", reason="delivering the parcel", now=now
    )
    return replace(found, delivery=queries.whole_delivery(order_id=found.order_id))


def code_of(text: str) -> str:
    """The number that a label's square or a hand scanner gives: the last part of an address, in capitals."""
    plain = said(text).partition("?")[0].rstrip("/").rpartition("/")[2]
    return plain.replace(" ", "").upper()[:LONGEST_CODE]


def load_order_to_refund(*, by: Actor, number: str) -> OrderView:
    """An order for the seller's owner or managers, without the address, which a refund does not need."""
    return replace(_load(by, "trade.refund_order", number), delivery=None)


def load_order_to_ask_refund(*, by: Actor, number: str) -> OrderView:
    """An order for its buyer, who asks for money back."""
    return _load(by, "trade.ask_refund", number)


def load_order_with_requests(*, by: Actor, number: str) -> OrderView:
    """An order for those who read what its buyer asks back, without the address, which they need not know for that."""
    return replace(_load(by, "trade.view_refund_request", number), delivery=None)


def load_refund_request(
    *, by: Actor, request_id: int, perm: str = "trade.view_refund_request"
) -> RequestView:
    """A request for money back for its buyer, the seller's people and the authority's; not for the carrier's."""
    found = queries.request_view(request_id=request_id)
    require(by, perm, found)
    return found


def load_request_photo(*, by: Actor, file_id: int, thumbnail: bool) -> Content:
    """A picture that came with a request, or a small one, for the same people. Raises `NotFound` and `FileEnded`."""
    require(by, "trade.view_refund_request", queries.request_of_photo(file_id=file_id))
    return files.content(file_id=file_id, thumbnail=thumbnail)


def load_order_to_write_first(*, by: Actor, number: str) -> OrderView:
    """An order for the seller's people, who write to its buyer; without the address."""
    return replace(_load(by, "trade.write_to_buyer", number), delivery=None)


def load_order_to_write(*, by: Actor, number: str) -> OrderView:
    """An order for its buyer, who writes to the seller; without the address, which needs not be read for that."""
    return replace(_load(by, "trade.write_about_order", number), delivery=None)


def load_conversation(
    *, by: Actor, conversation_id: int, perm: str = "trade.view_letters"
) -> ConversationView:
    """A conversation for its buyer and the seller's people. Raises `NotFound` for everyone else."""
    found = queries.conversation(conversation_id=conversation_id)
    require(by, perm, found)
    return found


def load_late_conversation(*, by: Actor, conversation_id: int, now: datetime) -> ConversationView:
    """A conversation for the county's authority while its answer is late, or its buyer waits for the county; without
    what was written.

    Raises `NotFound` for everyone else, and for one that is answered.
    """
    found = load_conversation(by=by, conversation_id=conversation_id, perm="trade.read_late_letters")
    if not found.open_to_county(now):
        raise NotFound("conversation")
    return replace(found, latest=replace(found.latest, words="", photos=()))


def read_late_letters(
    *, by: SignedIn, conversation_id: int, reason: str, now: datetime
) -> tuple[LetterView, ...]:
    """What was written, for the county's authority while it may read it. The reading is logged."""
    load_late_conversation(by=by, conversation_id=conversation_id, now=now)
    _log_letters(by, conversation_id, what="letters", reason=reason, now=now)
    return queries.letters_of(conversation_id=conversation_id, to_county=True)


def load_letter_photo(*, by: SignedIn, file_id: int, thumbnail: bool, now: datetime) -> Content:
    """A picture that came with a letter, or a small one, for the same people; of the county's, that is logged too.

    Raises `NotFound` and `FileEnded`.
    """
    found = queries.conversation_of_photo(file_id=file_id)
    if not allowed(by, "trade.view_letters", found):
        load_late_conversation(by=by, conversation_id=found.id, now=now)
        _log_letters(by, found.id, what="photo", reason="an answer is late", now=now)
    return files.content(file_id=file_id, thumbnail=thumbnail)


def _log_letters(by: SignedIn, conversation_id: int, *, what: str, reason: str, now: datetime) -> None:
    log_personal_read(by=by, subject=f"conversation {conversation_id}", what=what, reason=reason, now=now)


def _load(by: Actor, perm: str, number: str) -> OrderView:
    (order,) = _load_all(by, perm, [number])
    return order


def _load_all(by: Actor, perm: str, numbers: Sequence[str]) -> list[OrderView]:
    """The orders of these numbers, one for each and in their order, if `by` may do `perm` with every one."""
    found = queries.orders_by_numbers(numbers=[number for number in numbers if "\x00" not in number])
    orders = [found.get(number.strip().upper()) for number in numbers]
    return [_allowed(by, perm, order) for order in orders]


def _allowed(by: Actor, perm: str, order: OrderView | None) -> OrderView:
    if order is None:
        raise NotFound("order")
    require(by, perm, order)
    return order


def _as_seen(by: Actor, order: OrderView) -> OrderView:
    """The address whole for its buyer, masked or left out for others."""
    if order.buyer_id == by.pk or order.delivery is None:
        return order
    return replace(
        order, delivery=order.delivery.masked if allowed(by, "trade.see_delivery", order) else None
    )


def _logged(by: SignedIn, order: OrderView, reason: str, now: datetime) -> OrderView:
    log_personal_read(by=by, subject=f"order {order.number}", what="delivery", reason=reason, now=now)
    return order
