"""Who is believed: notices, requests and answers, signed, forged, stale and sent again."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fieldcast.trade.providers.errors import ForgedNotice, ProviderUnavailable
from fieldcast.trade.providers.interface import Event, Forgery
from fieldcast.trade.providers.sandbox import keys
from fieldcast.trade.providers.sandbox.client import SandboxProvider
from fieldcast.trade.providers.sandbox.signing import NOTICE, Signer, answer_purpose, request_purpose
from tests.trade.providers.standing import HTTP, Delivery, Receiver, Server, choose, payment_request, until

pytestmark = pytest.mark.thorough  # a provider is started in a process of its own


@pytest.fixture
def delivery(provider: SandboxProvider, receiver: Receiver) -> Delivery:
    """A genuine notice, as the sandbox sent it."""
    request = payment_request(receiver.url)
    choose(provider.start(request).url)
    return until(lambda: receiver.of(request.reference))[0]


def reason_of(provider: SandboxProvider, headers: dict[str, str], body: bytes, now: datetime) -> Forgery:
    with pytest.raises(ForgedNotice) as caught:
        provider.verify(headers, body, now)
    assert caught.value.status == 401
    return caught.value.reason


def test_a_genuine_notice_is_read(provider: SandboxProvider, delivery: Delivery) -> None:
    notice = provider.verify(delivery.headers, delivery.body, datetime.now(UTC))
    assert notice.event is Event.PAYMENT_SUCCEEDED
    assert (notice.amount_fen, notice.refund_reference) == (3980, "")
    assert notice.reference == delivery.content["reference"]
    assert notice.raw == delivery.body.decode()
    assert abs(notice.occurred_at - datetime.now(UTC)) < timedelta(seconds=20)


def test_header_names_are_read_whatever_their_case(provider: SandboxProvider, delivery: Delivery) -> None:
    headers = {name.upper(): value for name, value in delivery.headers.items()}
    assert provider.verify(headers, delivery.body, datetime.now(UTC)).amount_fen == 3980


def test_a_notice_with_another_amount_is_forged(provider: SandboxProvider, delivery: Delivery) -> None:
    body = delivery.body.replace(b"3980", b"9980")
    assert body != delivery.body
    assert reason_of(provider, delivery.headers, body, datetime.now(UTC)) is Forgery.BAD_SIGNATURE


def test_a_notice_moved_to_another_time_is_forged(provider: SandboxProvider, delivery: Delivery) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    headers = {**delivery.headers, "sandbox-timestamp": str(int(later.timestamp()))}
    assert reason_of(provider, headers, delivery.body, later) is Forgery.BAD_SIGNATURE


def test_a_copy_verifies_to_the_same_notice_while_fresh_and_is_stale_after(
    provider: SandboxProvider, delivery: Delivery
) -> None:
    now = datetime.now(UTC)
    first = provider.verify(delivery.headers, delivery.body, now)
    assert provider.verify(delivery.headers, delivery.body, now + timedelta(minutes=4)) == first
    assert reason_of(provider, delivery.headers, delivery.body, now + timedelta(minutes=6)) is Forgery.STALE
    assert reason_of(provider, delivery.headers, delivery.body, now - timedelta(minutes=6)) is Forgery.STALE


def test_a_notice_from_a_stranger_is_refused(
    provider: SandboxProvider, delivery: Delivery, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    stranger = keys.signer(tmp_path, "provider")
    headers = stranger.headers(purpose=NOTICE, body=delivery.body, now=now)
    assert reason_of(provider, headers, delivery.body, now) is Forgery.UNKNOWN_KEY
    known_id = Signer(stranger.private, delivery.headers["sandbox-key-id"])
    headers = known_id.headers(purpose=NOTICE, body=delivery.body, now=now)
    assert reason_of(provider, headers, delivery.body, now) is Forgery.BAD_SIGNATURE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sandbox-signature", ""),
        ("sandbox-timestamp", "yesterday"),
        ("sandbox-timestamp", "-1"),
        ("sandbox-nonce", "a\nb"),
        ("sandbox-key-id", ""),
    ],
)
def test_a_notice_with_headers_that_make_no_sense_is_malformed(
    provider: SandboxProvider, delivery: Delivery, name: str, value: str
) -> None:
    headers = {**delivery.headers, name: value}
    assert reason_of(provider, headers, delivery.body, datetime.now(UTC)) is Forgery.MALFORMED


@pytest.mark.parametrize(
    "change",
    [
        {"amount_fen": "3980"},
        {"amount_fen": True},
        {"notice_id": None},
        {"event": "payment.exploded"},
        {"occurred_at": "2026-01-01T00:00:00"},
    ],
)
def test_a_signed_notice_that_says_nonsense_is_malformed(
    provider: SandboxProvider, server: Server, delivery: Delivery, change: dict[str, object]
) -> None:
    now = datetime.now(UTC)
    for body in (json.dumps({**delivery.content, **change}).encode(), b"[]", b"\xff"):
        headers = keys.signer(server.home, "provider").headers(purpose=NOTICE, body=body, now=now)
        assert reason_of(provider, headers, body, now) is Forgery.MALFORMED


def test_what_was_signed_for_an_answer_is_no_notice(
    provider: SandboxProvider, server: Server, delivery: Delivery
) -> None:
    now = datetime.now(UTC)
    headers = keys.signer(server.home, "provider").headers(
        purpose=answer_purpose("abcdefgh"), body=delivery.body, now=now
    )
    assert reason_of(provider, headers, delivery.body, now) is Forgery.BAD_SIGNATURE


def test_only_the_platform_may_query_and_refund(
    provider: SandboxProvider, server: Server, delivery: Delivery
) -> None:
    path = f"/payments/{delivery.content['reference']}"
    unsigned = HTTP.get(server.url + path)
    assert (unsigned.status_code, unsigned.json()["code"]) == (401, "unsigned")
    platform = keys.signer(server.home, "platform")
    old = platform.headers(
        purpose=request_purpose("GET", path), body=b"", now=datetime.now(UTC) - timedelta(minutes=6)
    )
    elsewhere = platform.headers(
        purpose=request_purpose("GET", "/payments/X"), body=b"", now=datetime.now(UTC)
    )
    good = platform.headers(purpose=request_purpose("GET", path), body=b"", now=datetime.now(UTC))
    answers = [HTTP.get(server.url + path, headers=each) for each in (old, elsewhere, good)]
    assert [answer.status_code for answer in answers] == [401, 401, 200]


def test_an_answer_the_provider_did_not_sign_is_not_believed(
    server: Server, delivery: Delivery, tmp_path: Path
) -> None:
    """A platform whose copy of the provider's key is another one trusts nothing it says."""
    mistaken = SandboxProvider(url=server.url, home=server.home)
    mistaken._provider = keys.verifier(tmp_path, "provider")
    with pytest.raises(ProviderUnavailable):
        mistaken.query(delivery.content["reference"])


def test_a_provider_that_is_not_there_is_unavailable(provider: SandboxProvider, server: Server) -> None:
    nobody = SandboxProvider(url="http://127.0.0.1:9", home=server.home)
    with pytest.raises(ProviderUnavailable):
        nobody.query("P1")
    with pytest.raises(ProviderUnavailable):
        nobody.refund(reference="P1", refund_reference="R1", amount_fen=1, reason="")
