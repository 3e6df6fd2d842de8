"""May a buyer ask for money back, and what does it come to? Asked by pages before, and again under the order's lock."""

from dataclasses import dataclass
from datetime import datetime

from fieldcast.agreements import queries as agreements
from fieldcast.kit.money import share_fen, split_fen
from fieldcast.trade.aftersales.problems import (
    AlreadyAsked,
    BadPart,
    NotPossible,
    PacksOrSum,
    RemedyNotPossible,
)
from fieldcast.trade.aftersales.steps import WAITS
from fieldcast.trade.aftersales.types import POSSIBLE, Remedy, RequestState, Wrong, remedies_for
from fieldcast.trade.models import Order, OrderLine, RefundRequest
from fieldcast.trade.orders.problems import WrongState
from fieldcast.trade.orders.types import OrderState
from fieldcast.trade.refunds.problems import AfterSaleOver, AmountTooLarge

# After these there is nothing to ask again: what was refused may be objected to, what was dismissed is final.
_FINAL = (RequestState.REFUSED.value, RequestState.DISMISSED.value, RequestState.FINAL.value)


@dataclass(frozen=True)
class Asked:
    """What is asked: packs, a sum, or a part of the units."""

    fen: int
    packs: int | None = None
    damaged_units: int | None = None
    all_units: int | None = None


def check_may_ask(order: Order, *, wrong: Wrong | None, now: datetime) -> None:
    """Raises `WrongState`, `AfterSaleOver`, `AlreadyAsked`; `NotPossible` for what cannot be `wrong` yet."""
    state = OrderState(order.state)
    over = order.after_sale_until is not None and now > order.after_sale_until
    if state == OrderState.CLOSED or (state == OrderState.RECEIVED and over):
        raise AfterSaleOver
    if state not in POSSIBLE:
        raise WrongState(state=state)
    rows = RefundRequest.objects.filter(order=order)
    latest = rows.order_by("-id").first()
    objectable = latest is not None and latest.open_until is not None and now < latest.open_until
    if rows.filter(WAITS).exists() or objectable or (latest is not None and latest.state in _FINAL):
        raise AlreadyAsked
    if wrong is not None and wrong not in POSSIBLE[state]:
        raise NotPossible


def wanted(
    order: Order,
    *,
    wrong: Wrong,
    remedy: Remedy,
    packs: int | None,
    amount_fen: int | None,
    damaged_units: int | None,
) -> Asked:
    """What is asked and what it comes to, as the server works it out.

    Raises `RemedyNotPossible`, `BadPart`, `PacksOrSum`, `AmountTooLarge`.
    """
    if remedy not in remedies_for(wrong, OrderState(order.state)):
        raise RemedyNotPossible
    if remedy == Remedy.PART:
        if packs is not None or amount_fen is not None:
            raise PacksOrSum(packs=sum(line.packs for line in OrderLine.objects.filter(order=order)))
        return part_of(order, damaged_units=damaged_units)
    if damaged_units is not None:
        raise RemedyNotPossible
    fen = asked_fen(order, packs=packs, amount_fen=None if remedy == Remedy.EXCHANGE else amount_fen)
    return Asked(fen=fen, packs=packs)


def part_of(order: Order, *, damaged_units: int | None) -> Asked:
    """What so many bad units of an order come to: their share of its whole price, half a fen up, at most what is left.

    Where the agreement it was sold under says steps for damaged goods, they count instead. Raises `BadPart`,
    `AmountTooLarge` where nothing is left.
    """
    lines = list(OrderLine.objects.filter(order=order))
    every = sum(line.packs * line.pack_units for line in lines)
    if damaged_units is None or not 0 < damaged_units <= every:
        raise BadPart(units=every)
    total_fen = sum(line.total_fen for line in lines)
    left_fen = total_fen - sum(line.refunded_fen for line in lines)
    terms = agreements.version(version_id=lines[0].agreement_version_id).terms
    steps_bp = terms.damage_bp(damaged_units, every)
    part_fen = (
        split_fen(total_fen, [damaged_units, every - damaged_units])[0]
        if steps_bp is None
        else share_fen(total_fen, steps_bp)
    )
    if left_fen == 0 or part_fen == 0:
        raise AmountTooLarge(wanted_fen=part_fen, left_fen=left_fen)
    return Asked(fen=min(part_fen, left_fen), damaged_units=damaged_units, all_units=every)


def asked_fen(order: Order, *, packs: int | None, amount_fen: int | None) -> int:
    """What the packs cost, the dearest first, at most what is left; or the sum that was named.

    Raises `PacksOrSum`, and `AmountTooLarge` for a sum above what was paid and not yet given back.
    """
    lines = list(OrderLine.objects.filter(order=order).order_by("-price_fen", "id"))
    left_fen = sum(line.total_fen - line.refunded_fen for line in lines)
    bought = sum(line.packs for line in lines)
    if (packs is None) == (amount_fen is None):
        raise PacksOrSum(packs=bought)
    if packs is None:
        wanted_fen = amount_fen or 0
        if not 0 < wanted_fen <= left_fen:
            raise AmountTooLarge(wanted_fen=wanted_fen, left_fen=left_fen)
        return wanted_fen
    if not 0 < packs <= bought:
        raise PacksOrSum(packs=bought)
    cost_fen = 0
    for line in lines:
        taken = min(packs, line.packs)
        cost_fen, packs = cost_fen + taken * line.price_fen, packs - taken
    if left_fen == 0:
        raise AmountTooLarge(wanted_fen=cost_fen, left_fen=0)
    return min(cost_fen, left_fen)
