"""A buyer goes to pay. The order's row is not locked: whatever happens meanwhile is settled when the money comes."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language

from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotState, LotView
from fieldcast.catalog.words import with_pack
from fieldcast.kit.errors import NotFound
from fieldcast.trade.models import Order, OrderLine, Payment
from fieldcast.trade.offers.problems import LotStopped
from fieldcast.trade.orders.problems import WrongState
from fieldcast.trade.orders.types import OrderState
from fieldcast.trade.payments.problems import HoldOver
from fieldcast.trade.providers import get_provider, provider_for
from fieldcast.trade.providers.interface import Checkout, PaymentRequest

NOTICE_PATH = "/payments/notices/"


def start_payment(*, by: SignedIn, order_id: int, return_url: str, now: datetime) -> Checkout:
    """Where the buyer's browser goes to pay an order, until its packs are given up. Asked again, it pays the same.

    Raises `NotFound` for anyone else's order, `HoldOver`, `WrongState` and `LotStopped`.
    """
    order = Order.objects.filter(id=order_id).first()
    if order is None:
        raise NotFound("order")
    require(by, "trade.pay_order", order)
    _check(order, now)
    lines = list(OrderLine.objects.filter(order=order).select_related("offer").order_by("id"))
    lots = catalog.lots_by_ids(ids=[line.lot_id for line in lines])
    if any(lot.state == LotState.STOPPED for lot in lots.values()):
        raise LotStopped
    payment = begin(order, now=now)
    return get_provider(payment.provider).start(
        PaymentRequest(
            reference=payment.reference,
            amount_fen=payment.amount_fen,
            description=_described(order, lines[0], lots[lines[0].lot_id]),
            return_url=return_url,
            notify_url=f"{settings.PUBLIC_URL}{NOTICE_PATH}{payment.provider}",
            expires_at=order.expires_at,
        )
    )


def begin_payment(*, order_id: int, now: datetime) -> str:
    """Make the payment of an order without speaking to its provider; returns its reference. Raises `NotFound`."""
    order = Order.objects.filter(id=order_id).defer("delivery").first()
    if order is None:
        raise NotFound("order")
    return begin(order, now=now).reference


def begin(order: Order, *, now: datetime) -> Payment:
    """The order's first attempt to be paid, made when it is first asked for, with the provider that takes its county's
    orders then: so far there is no other.

    Its reference follows from the order's number, so that two who ask at once get the same one.
    """
    payment, _ = Payment.objects.get_or_create(
        reference=f"P{order.number[1:]}",
        defaults={
            "order": order,
            "provider": provider_for(county_id=order.county_id),
            "amount_fen": order.total_fen,
            "started_at": now,
        },
    )
    return payment


def _described(order: Order, line: OrderLine, lot: LotView) -> str:
    """What the payment is for, as the provider's page shows it: number, goods, pack, packs."""
    english = (get_language() or "zh").startswith("en") and line.offer.title_en
    title = with_pack(
        english or line.offer.title, pack_units=line.offer.pack_units, unit=lot.product.unit.value
    )
    return f"{order.number} {title} × {line.packs}"


def _check(order: Order, now: datetime) -> None:
    if order.state == OrderState.EXPIRED or (order.state == OrderState.RESERVED and order.expires_at <= now):
        raise HoldOver
    if order.state != OrderState.RESERVED:
        raise WrongState(state=OrderState(order.state))
