"""Money going back: once per number, never more than was paid, told when it has arrived."""

import time
from datetime import UTC, datetime

import pytest

from fieldcast.trade.providers.errors import PaymentNotFound, ProviderUnavailable, RefundRefused
from fieldcast.trade.providers.interface import RefundState, RefusalReason
from fieldcast.trade.providers.sandbox import keys
from fieldcast.trade.providers.sandbox.client import SandboxProvider
from fieldcast.trade.providers.sandbox.signing import request_purpose
from tests.trade.providers.standing import HTTP, Receiver, Server, choose, payment_request, until

pytestmark = pytest.mark.thorough  # a provider is started in a process of its own


@pytest.fixture
def paid(provider: SandboxProvider, receiver: Receiver) -> str:
    """A payment of 39.80 yuan that the platform knows of."""
    request = payment_request(receiver.url)
    choose(provider.start(request).url)
    until(lambda: receiver.of(request.reference))
    return request.reference


def refund(provider: SandboxProvider, reference: str, number: str, amount_fen: int) -> RefundState:
    return provider.refund(
        reference=reference, refund_reference=f"{reference}-{number}", amount_fen=amount_fen, reason="坏果"
    ).state


def test_a_refund_is_on_its_way_then_arrives_and_is_told(
    provider: SandboxProvider, receiver: Receiver, paid: str
) -> None:
    assert refund(provider, paid, "R1", 3980) is RefundState.PROCESSING
    until(lambda: receiver.events(paid) == ["payment.succeeded", "refund.succeeded"])
    delivery = receiver.of(paid)[-1]
    notice = provider.verify(delivery.headers, delivery.body, datetime.now(UTC))
    assert (notice.refund_reference, notice.amount_fen) == (f"{paid}-R1", 3980)
    status = provider.query(paid)
    assert (status.refunded_fen, status.refunds[0].state) == (3980, RefundState.SUCCEEDED)


def test_the_same_refund_asked_for_again_is_the_same_refund(
    provider: SandboxProvider, receiver: Receiver, paid: str
) -> None:
    for _ in range(3):
        refund(provider, paid, "R1", 1000)
    refund(provider, paid, "R2", 500)
    until(lambda: receiver.events(paid).count("refund.succeeded") >= 2)
    assert provider.query(paid).refunded_fen == 1500
    assert receiver.events(paid).count("refund.succeeded") == 2


def test_parts_add_up_to_the_payment_and_no_further(provider: SandboxProvider, paid: str) -> None:
    refund(provider, paid, "R1", 3000)
    refund(provider, paid, "R2", 980)
    with pytest.raises(RefundRefused) as caught:
        refund(provider, paid, "R3", 1)
    assert caught.value.reason is RefusalReason.TOO_LARGE
    assert provider.query(paid).refunded_fen == 3980


def test_a_number_belongs_to_one_refund(provider: SandboxProvider, paid: str) -> None:
    refund(provider, paid, "R1", 100)
    with pytest.raises(RefundRefused) as caught:
        refund(provider, paid, "R1", 200)
    assert caught.value.reason is RefusalReason.REFERENCE_REUSED


def test_what_was_not_paid_is_not_refunded(provider: SandboxProvider, receiver: Receiver) -> None:
    request = payment_request(receiver.url)
    choose(provider.start(request).url, "fail")
    with pytest.raises(RefundRefused) as caught:
        refund(provider, request.reference, "R1", 100)
    assert caught.value.reason is RefusalReason.NOT_PAID


def test_an_unknown_payment_is_neither_refunded_nor_found(provider: SandboxProvider) -> None:
    with pytest.raises(PaymentNotFound):
        refund(provider, "PUNKNOWN", "R1", 100)
    with pytest.raises(PaymentNotFound):
        provider.query("PUNKNOWN")
    with pytest.raises(PaymentNotFound):
        provider.query("../healthz")


def test_a_refund_that_makes_no_sense_changes_nothing(provider: SandboxProvider, paid: str) -> None:
    for amount_fen in (0, -5):
        with pytest.raises(ProviderUnavailable):
            refund(provider, paid, "R1", amount_fen)
    assert provider.query(paid).refunds == ()


@pytest.mark.parametrize(("language", "sentence"), [("zh-CN", "只剩 ¥39.80 可退"), ("en", "only ¥39.80")])
def test_a_refusal_says_what_is_left_in_both_languages(
    server: Server, paid: str, language: str, sentence: str
) -> None:
    body = f'{{"reference":"{paid}","refund_reference":"R-{language}","amount_fen":4000}}'.encode()
    purpose = request_purpose("POST", "/refunds")
    headers = keys.signer(server.home, "platform").headers(purpose=purpose, body=body, now=datetime.now(UTC))
    headers["Accept-Language"] = language
    answer = HTTP.post(f"{server.url}/refunds", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "refund_too_large")
    assert sentence in answer.json()["message"]


def test_the_platform_may_hear_of_a_refund_before_the_payment(
    server: Server, provider: SandboxProvider, receiver: Receiver
) -> None:
    """The payment's notice is late, the platform learns of it by asking, refunds, and then everything arrives."""
    server.misbehave(late=1, late_seconds=[2, 2])
    request = payment_request(receiver.url)
    choose(provider.start(request).url)
    server.misbehave(out_of_order=1)
    refund(provider, request.reference, "R1", 3980)
    until(lambda: len(receiver.of(request.reference)) == 2)
    assert receiver.events(request.reference) == ["refund.succeeded", "payment.succeeded"]


def test_the_payment_may_be_told_again_after_its_refund(
    server: Server, provider: SandboxProvider, receiver: Receiver, paid: str
) -> None:
    server.misbehave(out_of_order=1)
    refund(provider, paid, "R1", 3980)
    until(lambda: len(receiver.of(paid)) == 3)
    time.sleep(0.2)
    assert receiver.events(paid) == ["payment.succeeded", "refund.succeeded", "payment.succeeded"]
    assert receiver.of(paid)[0].content["notice_id"] == receiver.of(paid)[2].content["notice_id"]
