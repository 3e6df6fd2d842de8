"""May a buyer ask for money back, and what does it come to? Asked by pages before, and again under the order's lock."""

from datetime import datetime

from fieldcast.trade.aftersales.problems import AlreadyAsked, NotPossible, PacksOrSum
from fieldcast.trade.aftersales.steps import WAITS
from fieldcast.trade.aftersales.types import POSSIBLE, RequestState, Wrong
from fieldcast.trade.models import Order, OrderLine, RefundRequest
from fieldcast.trade.orders.problems import WrongState
from fieldcast.trade.orders.types import OrderState
from fieldcast.trade.refunds.problems import AfterSaleOver, AmountTooLarge

# After these there is nothing to ask again: what was refused may be objected to, what was dismissed is final.
_FINAL = (RequestState.REFUSED.value, RequestState.DISMISSED.value)


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
