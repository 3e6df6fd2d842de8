"""Notices on a real wire: told until heard, twice, late, out of order, before the browser, across a restart."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from fieldcast.trade.providers.interface import PaymentState
from fieldcast.trade.providers.sandbox.client import SandboxProvider
from fieldcast.trade.providers.sandbox.faults import from_dict, plan
from tests.trade.providers.standing import Receiver, Server, choose, payment_request, until

pytestmark = pytest.mark.thorough  # a provider is started, killed and waited for


def pay(provider: SandboxProvider, receiver: Receiver) -> str:
    request = payment_request(receiver.url)
    assert choose(provider.start(request).url).status_code == 303
    return request.reference


def owed(profile: dict[str, Any], payments: int) -> int:
    """How many deliveries the first `payments` payments under a profile lead to, when each is heard at once."""
    plans = [plan(from_dict(profile), "payment", number) for number in range(1, payments + 1)]
    return sum(1 + (each.again is not None) + each.out_of_order for each in plans if not each.lost)


def test_a_notice_is_sent_until_it_is_heard(
    server: Server, provider: SandboxProvider, receiver: Receiver
) -> None:
    server.misbehave(profile="none", retry_seconds=[0.1, 0.1, 0.1, 0.1])
    receiver.answers = [500, 401, 302]
    reference = pay(provider, receiver)
    until(lambda: len(receiver.of(reference)) >= 4)
    time.sleep(0.5)
    deliveries = receiver.of(reference)
    assert len(deliveries) == 4
    assert len({delivery.body for delivery in deliveries}) == 1
    nonces = {delivery.headers["sandbox-nonce"] for delivery in deliveries}
    assert len(nonces) == 4
    for delivery in deliveries:
        provider.verify(delivery.headers, delivery.body, datetime.now(UTC))


def test_after_the_last_retry_a_notice_is_given_up_and_the_payment_can_be_asked_for(
    server: Server, provider: SandboxProvider, receiver: Receiver
) -> None:
    before = server.misbehave(profile="none", retry_seconds=[0.05, 0.05])["deliveries"].get("given_up", 0)
    receiver.answers = [500] * 50
    reference = pay(provider, receiver)
    until(lambda: len(receiver.of(reference)) == 3)
    until(lambda: server.faults()["deliveries"].get("given_up", 0) > before)
    time.sleep(0.3)
    assert len(receiver.of(reference)) == 3
    assert provider.query(reference).state is PaymentState.PAID


def test_a_notice_told_twice_keeps_its_id(
    server: Server, provider: SandboxProvider, receiver: Receiver
) -> None:
    server.misbehave(twice=1)
    references = [pay(provider, receiver) for _ in range(3)]
    until(lambda: len(receiver.deliveries) >= 6)
    for reference in references:
        assert receiver.events(reference) == ["payment.succeeded"] * 2
        assert len({delivery.content["notice_id"] for delivery in receiver.of(reference)}) == 1
    assert server.faults()["dealt"]["twice"] == 3


def test_some_copies_arrive_while_the_first_is_still_being_heard(
    server: Server, provider: SandboxProvider, receiver: Receiver
) -> None:
    """Half of the copies are sent at the same moment: the platform must apply one and only one."""
    server.misbehave(twice=1, before_return=1)
    receiver.slow_seconds = 0.25
    references = [pay(provider, receiver) for _ in range(8)]
    until(lambda: len(receiver.deliveries) >= 16)
    gaps = [second.at - first.at for first, second in map(receiver.of, references)]
    assert any(gap < 0.2 for gap in gaps)
    assert any(gap > 0.25 for gap in gaps)


def test_a_late_notice_waits(server: Server, provider: SandboxProvider, receiver: Receiver) -> None:
    server.misbehave(late=1, late_seconds=[1.0, 1.2])
    paid_at = time.monotonic()
    reference = pay(provider, receiver)
    arrived = until(lambda: receiver.of(reference))[0].at
    assert 1.0 <= arrived - paid_at < 3.0


def test_an_older_notice_may_arrive_after_the_newer_one(
    server: Server, provider: SandboxProvider, receiver: Receiver
) -> None:
    server.misbehave(out_of_order=1, retry_seconds=[0.2])
    receiver.answers = [503]
    reference = pay(provider, receiver)
    until(lambda: len(receiver.of(reference)) >= 3)
    assert receiver.events(reference) == ["payment.succeeded", "payment.succeeded", "payment.processing"]


def test_a_notice_can_arrive_before_the_browser_and_otherwise_arrives_after(
    server: Server, provider: SandboxProvider, receiver: Receiver
) -> None:
    server.misbehave(before_return=1)
    early = pay(provider, receiver)
    assert receiver.events(early) == ["payment.succeeded"]
    server.misbehave(before_return=0)
    usual = pay(provider, receiver)
    assert receiver.events(usual) == []
    until(lambda: receiver.of(usual))


def test_a_platform_that_does_not_answer_keeps_no_browser_waiting_for_long(
    server: Server, provider: SandboxProvider, receiver: Receiver
) -> None:
    server.misbehave(before_return=1)
    receiver.slow_seconds = 6
    begun = time.monotonic()
    pay(provider, receiver)
    assert time.monotonic() - begun < 5


def test_a_lost_notice_never_comes_but_the_payment_can_be_asked_for(
    server: Server, provider: SandboxProvider, receiver: Receiver
) -> None:
    server.misbehave(lost=1)
    lost = pay(provider, receiver)
    server.misbehave(lost=0)
    told = pay(provider, receiver)
    until(lambda: receiver.of(told))
    assert receiver.of(lost) == []
    assert provider.query(lost).state is PaymentState.PAID


def test_the_same_seed_deals_the_same_faults_again(
    server: Server, provider: SandboxProvider, receiver: Receiver
) -> None:
    profile: dict[str, Any] = {
        "seed": 11,
        "twice": 0.5,
        "out_of_order": 0.4,
        "before_return": 0.3,
        "lost": 0.2,
    }

    def sale() -> list[list[str]]:
        server.misbehave(**profile)
        before = len(receiver.deliveries)
        references = [pay(provider, receiver) for _ in range(10)]
        until(lambda: len(receiver.deliveries) - before >= owed(profile, 10))
        return [receiver.events(reference) for reference in references]

    first = sale()
    assert first == sale()
    assert len({tuple(events) for events in first}) > 2


def test_a_killed_provider_remembers_what_it_owes(own_server: Server, receiver: Receiver) -> None:
    provider = SandboxProvider(url=own_server.url, home=own_server.home)
    own_server.misbehave(retry_seconds=[0.5] * 20)
    receiver.answers = [500]
    reference = pay(provider, receiver)
    first = until(lambda: receiver.of(reference))[0]
    own_server.misbehave(late=1, late_seconds=[1.5, 1.5])
    never_sent = pay(provider, receiver)
    own_server.kill()
    heard = len(receiver.deliveries)
    own_server.start()
    until(lambda: receiver.of(never_sent) and len(receiver.of(reference)) > 1)
    assert len(receiver.deliveries) > heard
    assert receiver.of(reference)[-1].body == first.body
    assert provider.query(reference).state is PaymentState.PAID


def test_a_delivery_cut_off_in_the_middle_is_sent_again(own_server: Server, receiver: Receiver) -> None:
    provider = SandboxProvider(url=own_server.url, home=own_server.home)
    receiver.slow_seconds = 3
    reference = pay(provider, receiver)
    until(lambda: receiver.of(reference))
    own_server.kill()
    receiver.slow_seconds = 0
    own_server.start()
    until(lambda: len(receiver.of(reference)) == 2)


def test_a_rush_is_told_whole(server: Server, provider: SandboxProvider, receiver: Receiver) -> None:
    profile: dict[str, Any] = {"profile": "mild", "late_seconds": [0.2, 1.0], "seed": 7}
    server.misbehave(**profile)
    lock = threading.Lock()
    references: list[str] = []

    def buy(_: int) -> None:
        reference = pay(provider, receiver)
        with lock:
            references.append(reference)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(buy, range(120)))
    until(lambda: len(receiver.deliveries) >= owed(profile, 120), 30)
    assert len(receiver.deliveries) == owed(profile, 120)
    ids: dict[str, set[str]] = {reference: set() for reference in references}
    for delivery in receiver.deliveries:
        if delivery.content["event"] == "payment.succeeded":
            ids[delivery.content["reference"]].add(delivery.content["notice_id"])
    assert len(ids) == 120
    assert {len(each) for each in ids.values()} == {1}
