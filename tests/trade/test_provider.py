"""With a real sandbox on a real wire: money nobody told us of is found, refunds are sent until they are done."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from fieldcast.demo.books import enter_payments
from fieldcast.ledger import queries as ledger
from fieldcast.trade import operations, problems, queries
from fieldcast.trade.models import Payment, PaymentNotice, Refund
from fieldcast.trade.providers import get_provider
from fieldcast.trade.providers.errors import RefundRefused
from fieldcast.trade.providers.interface import PaymentState
from fieldcast.trade.types import NoticeOutcome, OrderState, Placed, RefundState
from tests.factories.trade import Sale, assert_balanced, make_buyer, make_sale, place
from tests.trade.providers.standing import Server, choose, until

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("home"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def sandbox(running: Server, settings: Settings) -> Server:
    """A sandbox whose notices are all lost."""
    settings.HOME, settings.PROVIDER_URL = running.home, running.url
    running.misbehave(profile="none", lost=1)
    return running


@pytest.fixture
def now() -> datetime:
    """The sandbox has a clock of its own, so these tests live in the present."""
    return datetime.now(UTC)


def order_and_pay(sale: Sale, now: datetime, *, choice: str = "pay") -> Placed:
    """Order, go to the cashier and press a button there."""
    buyer = make_buyer(sale)
    placed = place(sale, by=buyer, now=now)
    checkout = operations.start_payment(
        by=buyer, order_id=placed.order_id, return_url="http://127.0.0.1:9/", now=now
    )
    assert choose(checkout.url, choice).status_code == 303
    return placed


def ask_until_it_arrived(*, after: datetime) -> None:
    """Reconcile as the workers do, later each time: the same refund is not asked about twice at once."""
    moments = itertools.count(2)
    until(lambda: operations.reconcile(now=after + next(moments) * MINUTE))


def escrow(sale: Sale) -> int:
    return ledger.balance(party=sale.stall.cooperative.party, purpose="escrow").balance_fen


def test_a_payment_whose_notice_was_lost_is_found_by_asking(sandbox: Server, now: datetime) -> None:
    sale = make_sale()
    placed = order_and_pay(sale, now)
    assert operations.reconcile(now=now + timedelta(seconds=5)) == 0  # its notice may still come
    assert operations.reconcile(now=now + MINUTE) == 1
    assert queries.order(order_id=placed.order_id).state == OrderState.PAID
    (record,) = queries.notices(county_id=sale.stall.county_id)
    assert (record.event, record.outcome) == ("asked", NoticeOutcome.APPLIED)
    assert operations.reconcile(now=now + 3 * MINUTE) == 0
    assert_balanced()


def test_a_payment_found_after_its_order_expired_goes_back(sandbox: Server, now: datetime) -> None:
    sale = make_sale()
    placed = order_and_pay(sale, now)
    operations.expire_due(now=placed.expires_at)
    assert operations.reconcile(now=placed.expires_at) == 1
    assert queries.order(order_id=placed.order_id).state == OrderState.EXPIRED
    assert operations.send_refunds(now=placed.expires_at) == 1
    ask_until_it_arrived(after=placed.expires_at)
    assert Refund.objects.get().state == RefundState.SUCCEEDED
    assert escrow(sale) == 0
    assert [row.outcome for row in queries.notices(county_id=sale.stall.county_id)] == ["applied", "returned"]
    assert_balanced()


def test_a_payment_not_made_is_asked_about_until_nothing_can_be_paid(sandbox: Server, now: datetime) -> None:
    sale = make_sale()
    placed = order_and_pay(sale, now, choice="fail")
    assert operations.reconcile(now=now + MINUTE) == 0
    payment = Payment.objects.get(order_id=placed.order_id)
    assert (payment.asked_at, payment.closed_at) == (now + MINUTE, None)
    unopened = place(sale, by=(buyer := make_buyer(sale)), now=now)
    operations.start_payment(by=buyer, order_id=unopened.order_id, return_url="http://127.0.0.1:9/", now=now)
    operations.expire_due(now=placed.expires_at)
    assert operations.reconcile(now=placed.expires_at + MINUTE) == 0
    closed = Payment.objects.filter(closed_at__isnull=False).values_list("order_id", flat=True)
    assert set(closed) == {unopened.order_id}  # the provider never saw it, and its time is over
    assert not PaymentNotice.objects.exists()


def test_a_refund_is_sent_once_and_confirmed_by_asking(sandbox: Server, now: datetime) -> None:
    sale = make_sale()
    placed = order_and_pay(sale, now)
    operations.reconcile(now=now + MINUTE)
    operations.refund_order(by=sale.stall.chief, order_id=placed.order_id, reason="缺货", now=now)
    assert operations.send_refunds(now=now) == 1
    assert operations.send_refunds(now=now) == 0
    refund = Refund.objects.get()
    assert (refund.state, refund.sent_at, refund.attempts) == (RefundState.SENT, now, 1)
    ask_until_it_arrived(after=now)
    assert Refund.objects.get().state == RefundState.SUCCEEDED
    assert (escrow(sale), ledger.balance(party="outside:sandbox", purpose="world").balance_fen) == (0, 0)
    assert_balanced()


def test_a_refund_that_never_arrived_is_sent_again_under_its_name(sandbox: Server, now: datetime) -> None:
    sale = make_sale()
    placed = order_and_pay(sale, now)
    operations.reconcile(now=now + MINUTE)
    operations.refund_order(by=sale.stall.chief, order_id=placed.order_id, reason="", now=now)
    Refund.objects.update(state="sent", sent_at=now)  # as when the process ends before it could speak
    operations.reconcile(now=now + 2 * MINUTE)
    assert Refund.objects.get().state == RefundState.REQUESTED
    assert operations.send_refunds(now=now + 2 * MINUTE) == 1


def test_a_provider_that_is_away_is_tried_again_later(
    sandbox: Server, now: datetime, settings: Settings, tmp_path: Path
) -> None:
    sale = make_sale()
    placed = order_and_pay(sale, now)
    operations.reconcile(now=now + MINUTE)
    operations.refund_order(by=sale.stall.chief, order_id=placed.order_id, reason="", now=now)
    settings.PROVIDER_URL = "http://127.0.0.1:9"  # nobody listens there
    assert operations.send_refunds(now=now) == 0
    refund = Refund.objects.get()
    assert (refund.state, refund.attempts) == (RefundState.REQUESTED, 1)
    assert refund.due_at > now
    assert operations.send_refunds(now=now) == 0
    assert Refund.objects.get().attempts == 1
    settings.PROVIDER_URL = sandbox.url
    assert operations.send_refunds(now=refund.due_at) == 1


def test_asking_a_provider_that_is_away_changes_nothing(
    sandbox: Server, now: datetime, settings: Settings
) -> None:
    sale = make_sale()
    placed = order_and_pay(sale, now)
    settings.PROVIDER_URL = "http://127.0.0.1:9"
    assert operations.reconcile(now=now + MINUTE) == 0
    payment = Payment.objects.get(order_id=placed.order_id)
    assert (payment.paid_at, payment.closed_at) == (None, None)
    settings.PROVIDER_URL = sandbox.url
    assert operations.reconcile(now=now + MINUTE) == 0  # not again so soon
    assert operations.reconcile(now=now + 2 * MINUTE) == 1


def test_a_refund_the_provider_will_not_take_waits_for_a_person(sandbox: Server, now: datetime) -> None:
    sale = make_sale()
    placed = order_and_pay(sale, now, choice="fail")
    operations.take_payment(order_id=placed.order_id, now=now)  # we say paid, the provider does not
    refund = operations.refund_order(by=sale.stall.chief, order_id=placed.order_id, reason="", now=now)
    with pytest.raises(problems.RefundNotFailed):
        operations.retry_refund(by=sale.stall.chief, refund_id=refund.id, now=now)
    assert operations.send_refunds(now=now) == 0
    row = Refund.objects.get()
    assert (row.state, row.failure) == (RefundState.FAILED, "not_paid")
    troubles = queries.refunds_in_trouble(county_id=sale.stall.county_id)
    assert [found.id for found in troubles] == [refund.id]
    retried = operations.retry_refund(by=sale.stall.chief, refund_id=refund.id, now=now)
    assert retried.state == RefundState.REQUESTED
    assert queries.refunds_in_trouble(county_id=sale.stall.county_id) == ()


def test_a_payment_that_is_older_than_the_sandbox_can_be_given_back(sandbox: Server, now: datetime) -> None:
    sale = make_sale()
    placed = place(sale, by=make_buyer(sale), now=now)
    operations.take_payment(order_id=placed.order_id, now=now)  # as the demo county's were
    enter_payments(county_id=sale.stall.county_id)
    enter_payments(county_id=sale.stall.county_id)  # entered again, it is there once
    sandbox.misbehave(profile="none", out_of_order=1)  # nobody can be told of the payment behind its refund
    operations.refund_order(by=sale.stall.chief, order_id=placed.order_id, reason="缺货", now=now)
    assert operations.send_refunds(now=now) == 1
    ask_until_it_arrived(after=now)
    assert Refund.objects.get().state == RefundState.SUCCEEDED
    assert escrow(sale) == 0
    assert_balanced()


def test_what_went_back_before_there_was_a_sandbox_does_not_go_back_twice(
    sandbox: Server, now: datetime
) -> None:
    sale = make_sale()
    chief = sale.stall.chief
    placed = place(sale, by=make_buyer(sale), now=now)
    operations.take_payment(order_id=placed.order_id, now=now)
    before = operations.refund_order(by=chief, order_id=placed.order_id, reason="缺货", now=now)
    operations.confirm_known(refund_id=before.id, now=now)
    enter_payments(county_id=sale.stall.county_id)
    payment = Payment.objects.get()
    status = get_provider("sandbox").query(payment.reference)
    assert (status.state, status.refunded_fen) == (PaymentState.PAID, placed.total_fen)
    with pytest.raises(RefundRefused):
        get_provider("sandbox").refund(
            reference=payment.reference, refund_reference="R1", amount_fen=1, reason=""
        )
