"""A county of sellers with any number of finished orders, for benchmarks: made set-wise, as no county could sell them.

People, agreement, session and one order of each session come about through the rooms' own operations; every further
order is a copy of that one, with other packs and another refund, made in the database. Each is a closed order with
its line, its parcel, and its money in the seller's escrow: all that settlement reads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from fieldcast.accounts import queries as accounts
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.terms import Terms
from fieldcast.demo.cast import Cast, make_cast
from fieldcast.kit import sql
from fieldcast.ledger import operations as ledger_operations
from fieldcast.ledger.types import Draft, Entry
from fieldcast.rehearsal.buyers import DELIVERY
from fieldcast.trace import operations as trace_operations
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.types import Delivery, Wanted

PACK_UNITS = 5
PACKS = 50
AFTER_SALE = timedelta(hours=1)
SPREAD = timedelta(
    days=20
)  # over which the orders of a batch were finished: of two months, when it begins late in one
_batches = count(1)
Values = dict[str, Any]

# Of three sizes, and one in eight with some of ninety refunds: lines are alike as often as a county's are.
_PACKS = "1 + n %% 3"
_REFUND = "CASE WHEN n %% 8 = 0 THEN 100 + 10 * (n / 8 %% 90) ELSE 0 END"

_STATES = ("paid", "packed", "shipped", "received", "closed")
_MOVE = """
UPDATE trade_order SET state = %(state)s
WHERE buyer_id = (SELECT buyer_id FROM trade_order WHERE id = %(order)s) AND idempotency_key LIKE %(like)s
"""


@dataclass(frozen=True)
class Session:
    """A session that has sold, and the order that is copied."""

    county_id: int
    seller_id: int
    order_id: int


@transaction.atomic
def make_sessions(*, sellers: int, each: int, now: datetime) -> tuple[Session, ...]:
    """So many sellers of one county with so many sessions each; one closed order in each."""
    first = make_cast(buyers=1, now=now)
    casts = [first, *(make_cast(buyers=1, now=now, beside=first) for _ in range(sellers - 1))]
    return tuple(session for cast in casts for session in _sessions(cast, each, now))


@transaction.atomic
def make_orders(sessions: Sequence[Session], *, lines: int, since: datetime) -> None:
    """Closed orders of one line each, spread evenly over the sessions and the weeks from `since`."""
    share, more = divmod(lines, len(sessions))
    for number, session in enumerate(sessions):
        _copy(session, share + (number < more), since)


def _sessions(cast: Cast, each: int, now: datetime) -> list[Session]:
    version_id = _agree(cast, now)
    return [_session(cast, version_id, 3980 + 100 * number, now) for number in range(each)]


def _agree(cast: Cast, now: datetime) -> int:
    chief, presenter, driver = (
        accounts.person(person_id=one.id) for one in (cast.chief, cast.presenter, cast.carrier)
    )
    version = agreements_operations.create_agreement(
        by=chief,
        county_id=cast.county_id,
        name="保底收购",
        cooperative_id=cast.cooperative_id,
        host_id=cast.host_id,
        carrier_id=cast.carrier_id,
        terms=Terms(
            guarantee_fen={cast.product_code: 380},
            rebate_bp=3500,
            commission_bp=200,
            host_bp=1000,
            logistics_fen_per_pack=680,
            handling_fen_per_pack=120,
            cold_chain_bp=300,
            after_sale_seconds=int(AFTER_SALE.total_seconds()),
        ),
        now=now,
    )
    for person, party in ((presenter, cast.host_id), (driver, cast.carrier_id)):
        agreements_operations.consent(by=person, version_id=version.id, organisation_id=party, now=now)
    return version.id


def _session(cast: Cast, version_id: int, price_fen: int, now: datetime) -> Session:
    chief, presenter = (accounts.person(person_id=one.id) for one in (cast.chief, cast.presenter))
    lot = trace_operations.register_harvest(
        by=chief,
        plot_id=cast.plot_id,
        product_id=cast.product_id,
        cooperative_id=cast.cooperative_id,
        grade="一级",
        harvested_on=timezone.localdate(now),
        quantity=PACKS * PACK_UNITS,
        now=now,
        today=timezone.localdate(now),
    )
    session = trade_operations.plan_session(
        by=presenter,
        organiser_id=cast.host_id,
        cooperative_id=cast.cooperative_id,
        host_id=cast.host_id,
        agreement_version_id=version_id,
        title="专场",
        starts_at=now,
        now=now,
    )
    offer = trade_operations.offer(
        by=presenter,
        session_id=session.id,
        lot_id=lot.id,
        title="黄桃 5 斤装",
        pack_units=PACK_UNITS,
        price_fen=price_fen,
        packs=PACKS,
        per_buyer_limit=PACKS,
        now=now,
        confirms_jump=True,
    )
    trade_operations.open_session(by=presenter, session_id=session.id, now=now)
    order_id = _sell(cast, offer.id, price_fen, now)
    trade_operations.end_session(by=presenter, session_id=session.id, now=now)
    return Session(cast.county_id, cast.cooperative_id, order_id)


def _sell(cast: Cast, offer_id: int, price_fen: int, now: datetime) -> int:
    """One order, as far as it can come."""
    placed = trade_operations.place_order(
        by=accounts.person(person_id=cast.buyers[0].id),
        lines=[Wanted(offer_id=offer_id, packs=1, seen_price_fen=price_fen)],
        delivery=Delivery(**DELIVERY),
        idempotency_key=f"first-order-{offer_id}",
        now=now,
    )
    order_id = placed.order_id
    trade_operations.take_payment(order_id=order_id, now=now)
    trade_operations.pack(by=None, order_id=order_id, now=now)
    trade_operations.ship(by=None, order_id=order_id, tracking_number=f"T{placed.number}", now=now)
    trade_operations.receive(by=None, order_id=order_id, now=now)
    trade_operations.close_due(now=now + 2 * AFTER_SALE)
    return order_id


def _copy(session: Session, lines: int, since: datetime) -> None:
    """So many more orders like the session's first, and their money."""
    mark = f"copy-{next(_batches)}-"
    values: Values = {
        "order": session.order_id,
        "lines": lines,
        "mark": mark,
        "like": f"{mark}%",
        "since": since,
        "apart": SPREAD / max(lines, 1),
    }
    price = "(SELECT price_fen FROM trade_orderline WHERE order_id = %(order)s)"
    _insert(
        "trade_order",
        {
            "number": "t.id || '-' || %(mark)s || n",
            "idempotency_key": "%(mark)s || n",
            "total_fen": f"({_PACKS}) * {price}",
            "state": "'reserved'",
            "closed_at": "%(since)s + n * %(apart)s",
        },
        "trade_order t, generate_series(1, %(lines)s) n WHERE t.id = %(order)s ORDER BY n",
        values,
    )
    for state in _STATES:  # the guards let none be skipped
        with connection.cursor() as cursor:
            cursor.execute(_MOVE, {**values, "state": state})
    copied = """
    (SELECT id AS copy, closed_at, split_part(idempotency_key, '-', 3)::int AS n FROM trade_order
     WHERE buyer_id = (SELECT buyer_id FROM trade_order WHERE id = %(order)s) AND idempotency_key LIKE %(like)s) c
    """
    _insert(
        "trade_orderline",
        {
            "order_id": "copy",
            "packs": _PACKS,
            "total_fen": f"({_PACKS}) * price_fen",
            "refunded_fen": _REFUND,
            "settled_at": "NULL",
        },
        f"trade_orderline t, {copied} WHERE t.order_id = %(order)s ORDER BY n",
        values,
    )
    _insert(
        "trade_shipment",
        {"order_id": "copy", "tracking_number": "copy || '-' || %(mark)s || n"},
        f"trade_shipment t, {copied} WHERE t.order_id = %(order)s ORDER BY n",
        values,
    )
    _pay(session, mark, values)


def _pay(session: Session, mark: str, values: Values) -> None:
    """What the buyers paid and did not get back, in one transfer."""
    kept = """
    SELECT coalesce(sum(l.total_fen - l.refunded_fen), 0)
    FROM trade_orderline l JOIN trade_order o ON o.id = l.order_id
    WHERE o.buyer_id = (SELECT buyer_id FROM trade_order WHERE id = %(order)s) AND o.idempotency_key LIKE %(like)s
    """
    fen = int(sql.rows(kept, values)[0][0])
    entries = (
        Entry("outside:sandbox", "world", -fen),
        Entry(f"org:{session.seller_id}", "escrow", fen),
    )
    if fen:
        draft = Draft(client_id=f"payment:{session.order_id}-{mark}", kind="payment", entries=entries)
        ledger_operations.transfer_many(drafts=[draft], county_id=session.county_id, now=timezone.now())


def _insert(table: str, changes: Mapping[str, str], source: str, values: Values) -> None:
    """Copies of the row `t` of a table; columns not among `changes` are as they were."""
    columns = [
        name
        for (name,) in sql.rows(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND attidentity = '' ORDER BY attnum",
            [table],
        )
    ]
    said = ", ".join(changes.get(name, f"t.{name}") for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {said} FROM {source}",  # noqa: S608 — all written above
            values,
        )
