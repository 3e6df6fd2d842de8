"""What people are told of requests for money back, and what then waits on whose desk: opened and ended together."""

from collections.abc import Collection
from datetime import datetime

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import ANSWERABLE, OrganisationRef, Role, SignedIn
from fieldcast.desk import operations as desk_operations
from fieldcast.desk.kinds import Kind as Asked
from fieldcast.desk.types import Owner
from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.kinds import Kind
from fieldcast.inbox.types import Letter
from fieldcast.kit.money import yuan
from fieldcast.trade.aftersales import kinds
from fieldcast.trade.models import Order, RefundRequest

# On whose desk a request may stand, with the message that asks for the same.
_DESKS = (
    (kinds.REFUND_ASKED, kinds.RefundWanted.name),
    (kinds.REFUND_TO_SEND, kinds.RefundToSend.name),
    (kinds.REFUND_SENT_BACK, kinds.RefundSentBack.name),
    (kinds.REFUND_OBJECTED, kinds.RefundObjected.name),
    (kinds.REFUND_APPEALED, kinds.RefundAppealed.name),
)


def asked(row: RefundRequest, order: Order, *, by: SignedIn, now: datetime) -> None:
    """The seller's owners and managers are asked; what is held comes before the county after their time."""
    authority = accounts.authority(county_id=order.county_id) if row.held_for else None
    _open(
        kinds.REFUND_ASKED,
        row,
        order,
        owner=Owner(order.seller_id, Role.MANAGER),
        escalates_to=Owner(authority.id, Role.STAFF) if authority else None,
        by=by,
        now=now,
    )
    wanted = kinds.RefundWanted(order=order.number, fen=row.asked_fen)
    _send(wanted, row, order, to=_sellers(order), link=_coop(row), due=row.due_at, now=now)


def objected(
    row: RefundRequest, order: Order, authority: OrganisationRef, *, by: SignedIn, now: datetime
) -> None:
    """The county decides by `row.due_at`; then its owner hears of it. Nobody else is asked any more."""
    end(row, order, by=by, words=kinds.APPEALED, now=now)
    _open(
        kinds.REFUND_OBJECTED,
        row,
        order,
        owner=Owner(authority.id, Role.STAFF),
        escalates_to=Owner(authority.id, Role.OWNER),
        by=by,
        now=now,
    )
    what = kinds.RefundObjected(order=order.number, fen=row.asked_fen)
    _send(what, row, order, to=_officers(authority), link=_county(row), due=row.due_at, now=now)


def appealed(
    row: RefundRequest, order: Order, authority: OrganisationRef, *, by: SignedIn, now: datetime
) -> None:
    """The county decides once more by `row.due_at`; the other side hears of it."""
    _open(
        kinds.REFUND_APPEALED,
        row,
        order,
        owner=Owner(authority.id, Role.STAFF),
        escalates_to=Owner(authority.id, Role.OWNER),
        by=by,
        now=now,
    )
    what = kinds.RefundAppealed(order=order.number, fen=row.asked_fen)
    _send(what, row, order, to=_officers(authority), link=_county(row), due=row.due_at, now=now)
    by_buyer = by.pk == order.buyer_id
    others = _sellers(order) if by_buyer else (order.buyer_id,)
    link = _coop(row) if by_buyer else _mine(order)
    _send(what, row, order, to=others, link=link, part="other", now=now)


def answered(
    row: RefundRequest, order: Order, *, given_fen: int, by: SignedIn, by_county: bool, now: datetime
) -> None:
    """Nobody is asked any more, and the buyer hears of it; the seller too where the county answered."""
    end(row, order, by=by, words=kinds.DECIDED if by_county else kinds.ANSWERED, now=now)
    said = kinds.RefundAnswered(order=order.number, fen=given_fen, by_county=by_county)
    _send(said, row, order, to=(order.buyer_id,), link=_mine(order), part=row.state, now=now)
    if by_county:
        decided = kinds.RefundDecided(order=order.number, fen=given_fen)
        _send(decided, row, order, to=_sellers(order), link=_coop(row), part=row.state, now=now)


def granted(row: RefundRequest, order: Order, *, given_fen: int, now: datetime) -> None:
    """Nobody answered, so it was granted: both sides hear of it."""
    end(row, order, by=None, words=kinds.GRANTED, now=now)
    what = kinds.RefundGranted(order=order.number, fen=given_fen)
    _send(what, row, order, to=(order.buyer_id,), link=_mine(order), now=now)
    _send(what, row, order, to=_sellers(order), link=_coop(row), part="seller", now=now)


def takes_back(row: RefundRequest, order: Order, *, by: SignedIn | None, now: datetime) -> None:
    """The buyer is asked to send the goods back by `row.due_at`."""
    end(row, order, by=by, words=kinds.TAKEN_BACK, now=now)
    _open(kinds.REFUND_TO_SEND, row, order, owner=Owner(person_id=order.buyer_id), by=by, now=now)
    what = kinds.RefundToSend(order=order.number, fen=row.asked_fen)
    _send(what, row, order, to=(order.buyer_id,), link=_mine(order), due=row.due_at, now=now)


def sent_back(row: RefundRequest, order: Order, *, by: SignedIn, now: datetime) -> None:
    """The seller is asked to say, by `row.due_at`, that the goods have come."""
    end(row, order, by=by, words=kinds.SENT_BACK, now=now)
    _open(kinds.REFUND_SENT_BACK, row, order, owner=Owner(order.seller_id, Role.MANAGER), by=by, now=now)
    what = kinds.RefundSentBack(order=order.number, fen=row.asked_fen)
    _send(what, row, order, to=_sellers(order), link=_coop(row), due=row.due_at, now=now)


def not_sent_back(row: RefundRequest, order: Order, *, now: datetime) -> None:
    """The time to send goods back is over: both sides hear of it."""
    end(row, order, by=None, words=kinds.NOT_SENT_BACK, now=now)
    what = kinds.RefundNotSent(order=order.number, fen=row.asked_fen)
    _send(what, row, order, to=(order.buyer_id,), link=_mine(order), now=now)
    _send(what, row, order, to=_sellers(order), link=_coop(row), part="seller", now=now)


def end(row: RefundRequest, order: Order, *, by: SignedIn | None, words: str, now: datetime) -> None:
    """Whoever was asked is asked no more."""
    authority = accounts.authority(county_id=order.county_id)
    everyone = {order.buyer_id, *_sellers(order), *(_officers(authority) if authority else ())}
    for kind, name in _DESKS:
        desk_operations.finish(kind=kind, subject=str(row.pk), by=by, words=words, now=now)
        inbox_operations.mark_done(once_key=_key(name, row), to=everyone, now=now)


def _open(
    kind: Asked,
    row: RefundRequest,
    order: Order,
    *,
    owner: Owner,
    by: SignedIn | None,
    now: datetime,
    escalates_to: Owner | None = None,
) -> None:
    desk_operations.open_item(
        kind=kind,
        subject=str(row.pk),
        county_id=order.county_id,
        owner=owner,
        escalates_to=escalates_to,
        facts={"order": order.number, "amount": yuan(row.asked_fen)},
        due_at=row.due_at,
        by=by,
        now=now,
    )


def _sellers(order: Order) -> tuple[int, ...]:
    people = accounts.people_of(organisation_ids={order.seller_id}, roles=ANSWERABLE)
    return people.get(order.seller_id, ())


def _officers(authority: OrganisationRef) -> tuple[int, ...]:
    return accounts.people_of(organisation_ids={authority.id}).get(authority.id, ())


def _mine(order: Order) -> str:
    return f"/me/orders/{order.number}/#refund-request"


def _coop(row: RefundRequest) -> str:
    return f"/coop/refunds/{row.pk}/"


def _county(row: RefundRequest) -> str:
    return f"/county/refunds/{row.pk}/"


def _send(
    what: Kind,
    row: RefundRequest,
    order: Order,
    *,
    to: Collection[int],
    link: str,
    now: datetime,
    due: datetime | None = None,
    part: str = "",
) -> None:
    """`part` tells apart what is said to several, or several times: by the seller, and once more by the county."""
    key = f"{_key(what.name, row)}:{part}" if part else _key(what.name, row)
    letter = Letter(to=tuple(to), county_id=order.county_id, what=what, link=link, once_key=key, due=due)
    inbox_operations.send(letters=[letter], now=now)


def _key(name: str, row: RefundRequest) -> str:
    return f"{name}:{row.pk}"
