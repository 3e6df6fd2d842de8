"""An order may have several lines and several attempts to be paid; all of it or nothing is sold, and paid once."""

import pytest

from fieldcast.kit.errors import NotFound
from fieldcast.kit.found import Found
from fieldcast.trade import operations, problems, queries
from fieldcast.trade.models import Offer, Order, Payment, Refund
from fieldcast.trade.payments.booking import book
from fieldcast.trade.types import NoticeOutcome, OfferView, OrderState, Placed, RefundKind, Wanted
from tests.factories.accounts import NOW
from tests.factories.trade import (
    DELIVERY,
    PRICE_FEN,
    Sale,
    assert_balanced,
    later,
    make_buyer,
    make_offer,
    make_order,
    make_sale,
    make_session,
    pay,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sale() -> Sale:
    return make_sale()


@pytest.fixture
def second(sale: Sale) -> OfferView:
    """The same lot in smaller packs of another offer."""
    return make_offer(sale.stall, sale.session, packs=5, position=1)


def wanted(offer: OfferView, packs: int = 1) -> Wanted:
    return Wanted(offer_id=offer.id, packs=packs, seen_price_fen=offer.price_fen)


def order(sale: Sale, *lines: Wanted, key: str = "two-lines", buyer: object = None) -> Placed:
    return operations.place_order(
        by=buyer or make_buyer(sale),  # type: ignore[arg-type]  # a person of the factories
        lines=lines,
        delivery=DELIVERY,
        idempotency_key=key,
        now=NOW,
    )


def test_two_lines_are_held_paid_and_given_back_together(sale: Sale, second: OfferView) -> None:
    placed = order(sale, wanted(second, 2), wanted(sale.offer))
    view = queries.order(order_id=placed.order_id)
    assert [(line.offer_id, line.packs) for line in view.lines] == [(sale.offer.id, 1), (second.id, 2)]
    assert placed.total_fen == view.total_fen == 3 * PRICE_FEN
    assert list(Offer.objects.order_by("id").values_list("held", flat=True)) == [1, 2]
    assert_balanced()
    assert pay(sale, placed) == NoticeOutcome.APPLIED
    assert list(Offer.objects.order_by("id").values_list("held", "sold")) == [(0, 1), (0, 2)]
    assert_balanced()
    operations.refund_order(by=sale.stall.chief, order_id=placed.order_id, reason="", now=later(10))
    assert list(Offer.objects.order_by("id").values_list("sold", flat=True)) == [0, 0]
    assert_balanced()
    assert queries.wrong_orders() == queries.wrong_refunds() == queries.wrong_steps() == Found()


def test_a_line_that_cannot_be_sold_keeps_the_others_too(sale: Sale, second: OfferView) -> None:
    Offer.objects.filter(id=second.id).update(per_buyer_limit=9)
    with pytest.raises(problems.TooFewLeft) as refused:
        order(sale, wanted(sale.offer), wanted(second, 6))
    assert refused.value.facts["left"] == 5
    assert not Order.objects.exists()
    assert list(Offer.objects.values_list("held", flat=True)) == [0, 0]


def test_the_price_that_changed_is_that_of_its_line(sale: Sale, second: OfferView) -> None:
    operations.change_price(by=sale.stall.chief, offer_id=second.id, price_fen=4280, now=NOW)
    with pytest.raises(problems.PriceChanged) as refused:
        order(sale, wanted(sale.offer), wanted(second))
    assert refused.value.facts["price_fen"] == 4280


def test_the_same_lines_in_another_order_are_the_same_request(sale: Sale, second: OfferView) -> None:
    buyer = make_buyer(sale)
    first = order(sale, wanted(sale.offer), wanted(second), buyer=buyer)
    again = order(sale, wanted(second), wanted(sale.offer), buyer=buyer)
    assert (again.number, again.repeated) == (first.number, True)
    with pytest.raises(problems.KeyReused):
        order(sale, wanted(sale.offer), wanted(second, 2), buyer=buyer)


def test_lines_are_of_one_session(sale: Sale) -> None:
    elsewhere = make_offer(sale.stall, make_session(sale.stall, open_=False), packs=5)
    with pytest.raises(NotFound):
        order(sale, wanted(sale.offer), wanted(elsewhere))


def test_no_line_and_one_offer_twice_are_no_order(sale: Sale) -> None:
    for lines in ([], [wanted(sale.offer), wanted(sale.offer, 2)]):
        with pytest.raises(ValueError, match="at least one"):
            order(sale, *lines)


def attempt(order_id: int, number: int) -> Payment:
    one = Order.objects.get(id=order_id)
    return Payment.objects.create(
        order=one,
        provider="sandbox",
        reference=f"P{one.number[1:]}-{number}",
        amount_fen=one.total_fen,
        started_at=NOW,
    )


def test_of_two_attempts_that_are_both_paid_the_later_goes_back(sale: Sale) -> None:
    placed = make_order(sale, until="reserved")
    first, other = attempt(placed.id, 1), attempt(placed.id, 2)
    assert book(other, other.order, provider_ref="b", paid_at=NOW, now=NOW) == NoticeOutcome.APPLIED
    assert book(other, other.order, provider_ref="b", paid_at=NOW, now=NOW) == NoticeOutcome.STALE
    assert book(first, first.order, provider_ref="a", paid_at=NOW, now=later(5)) == NoticeOutcome.RETURNED
    back = Refund.objects.get()
    assert (back.payment_id, back.kind, back.amount_fen) == (
        first.pk,
        RefundKind.LATE_PAYMENT.value,
        PRICE_FEN,
    )
    assert queries.order(order_id=placed.id).state == OrderState.PAID
    assert queries.wrong_orders() == queries.wrong_refunds() == Found()
    assert queries.money_imbalance(county_id=None).ok
    operations.refund_order(by=sale.stall.chief, order_id=placed.id, reason="", now=later(10))
    assert Refund.objects.latest("id").payment_id == other.pk
    assert queries.wrong_orders() == queries.wrong_refunds() == Found()
    assert queries.money_imbalance(county_id=None).ok
