"""The buyer's way through the cashier page, and every checkout that must be refused."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from fieldcast.trade.providers.errors import PaymentNotFound
from fieldcast.trade.providers.interface import PaymentState
from fieldcast.trade.providers.sandbox.checkout import confirm_form
from fieldcast.trade.providers.sandbox.client import SandboxProvider
from tests.trade.providers.standing import HTTP, Receiver, choose, payment_request, until

pytestmark = pytest.mark.thorough  # a provider is started in a process of its own


def open_page(url: str, **headers: str) -> httpx.Response:
    return HTTP.get(url, headers=headers)


def test_the_page_says_it_is_a_sandbox_and_what_is_bought(
    provider: SandboxProvider, receiver: Receiver
) -> None:
    request = payment_request(receiver.url, description="<b>黄桃</b> & 枇杷")
    page = open_page(provider.start(request).url)
    assert page.status_code == 200
    assert "不会真的扣钱" in page.text
    assert "39.80" in page.text
    assert "&lt;b&gt;黄桃&lt;/b&gt; &amp; 枇杷" in page.text
    assert '<html lang="zh-Hans">' in page.text
    assert [value in page.text for value in ('value="pay"', 'value="fail"', 'value="leave"')] == [True] * 3


def test_the_page_speaks_english_when_asked(provider: SandboxProvider, receiver: Receiver) -> None:
    url = provider.start(payment_request(receiver.url)).url.replace("lang=zh", "lang=en")
    page = open_page(url)
    assert "no money moves" in page.text
    assert '<html lang="en">' in page.text
    assert '<input type="hidden" name="lang" value="en">' in page.text


def test_no_script_can_run_and_the_form_may_only_end_at_the_shop(
    provider: SandboxProvider, receiver: Receiver
) -> None:
    page = open_page(provider.start(payment_request(receiver.url)).url)
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "form-action 'self' http://127.0.0.1:9;" in policy
    assert "<script" not in page.text
    assert " style=" not in page.text


def test_paying_sends_the_browser_back_and_the_books_say_paid(
    provider: SandboxProvider, receiver: Receiver
) -> None:
    request = payment_request(receiver.url)
    answer = choose(provider.start(request).url)
    assert answer.status_code == 303
    assert answer.headers["location"] == "http://127.0.0.1:9/orders/1?tab=a&payment=paid"
    status = provider.query(request.reference)
    assert (status.state, status.amount_fen) == (PaymentState.PAID, 3980)
    assert status.paid_at is not None
    assert abs(status.paid_at - datetime.now(UTC)) < timedelta(seconds=20)


def test_paying_twice_pays_once_and_tells_once(provider: SandboxProvider, receiver: Receiver) -> None:
    request = payment_request(receiver.url)
    url = provider.start(request).url
    first, second = choose(url), choose(url)
    assert (first.status_code, second.status_code) == (303, 303)
    assert second.headers["location"] == first.headers["location"]
    later = payment_request(receiver.url)
    choose(provider.start(later).url)
    until(lambda: receiver.of(later.reference))
    assert receiver.events(request.reference) == ["payment.succeeded"]


def test_an_address_opened_after_paying_says_so_and_offers_no_button(
    provider: SandboxProvider, receiver: Receiver
) -> None:
    url = provider.start(payment_request(receiver.url)).url
    choose(url)
    page = open_page(url)
    assert page.status_code == 200
    assert "不会再收第二次" in page.text
    assert "<button" not in page.text


def test_a_failed_attempt_may_be_tried_again(provider: SandboxProvider, receiver: Receiver) -> None:
    request = payment_request(receiver.url)
    url = provider.start(request).url
    failed = choose(url, "fail")
    assert failed.headers["location"].endswith("payment=failed")
    assert provider.query(request.reference).state is PaymentState.FAILED
    assert "再试一次" in open_page(url).text
    choose(url)
    assert provider.query(request.reference).state is PaymentState.PAID


def test_leaving_pays_nothing(provider: SandboxProvider, receiver: Receiver) -> None:
    request = payment_request(receiver.url)
    url = provider.start(request).url
    open_page(url)
    assert choose(url, "leave").headers["location"].endswith("payment=left")
    assert provider.query(request.reference).state is PaymentState.WAITING


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("amount_fen", "1"),
        ("reference", "P-OTHER"),
        ("notify_url", "http://127.0.0.1:9/x"),
        ("expires_at", "9999999999"),
    ],
)
def test_a_changed_checkout_is_refused_and_nothing_is_paid(
    provider: SandboxProvider, receiver: Receiver, name: str, value: str
) -> None:
    request = payment_request(receiver.url)
    answer = choose(provider.start(request).url, **{name: value})
    assert answer.status_code == 403
    assert "被改动过" in answer.text
    with pytest.raises(PaymentNotFound):
        provider.query(request.reference)


def test_a_checkout_signed_by_someone_else_is_refused(
    provider: SandboxProvider, receiver: Receiver, tmp_path: Path
) -> None:
    stranger = SandboxProvider(
        url=urlsplit(provider.start(payment_request(receiver.url)).url)._replace(path="", query="").geturl(),
        home=tmp_path,
    )
    assert choose(stranger.start(payment_request(receiver.url)).url).status_code == 403


def test_an_expired_checkout_is_refused_with_a_way_back(
    provider: SandboxProvider, receiver: Receiver
) -> None:
    request = payment_request(receiver.url, expires_at=datetime.now(UTC) - timedelta(seconds=1))
    url = provider.start(request).url
    page, answer = open_page(url), choose(url)
    assert (page.status_code, answer.status_code) == (410, 410)
    assert "付款时间已过" in page.text
    assert "http://127.0.0.1:9/orders/1?tab=a&amp;payment=left" in page.text
    with pytest.raises(PaymentNotFound):
        provider.query(request.reference)


def test_an_unpaid_payment_past_its_time_is_closed(provider: SandboxProvider, receiver: Receiver) -> None:
    request = payment_request(receiver.url, expires_at=datetime.now(UTC) + timedelta(seconds=2))
    open_page(provider.start(request).url)
    assert provider.query(request.reference).state is PaymentState.WAITING
    until(lambda: provider.query(request.reference).state is PaymentState.CLOSED)


def test_a_reference_cannot_be_used_for_another_amount(provider: SandboxProvider, receiver: Receiver) -> None:
    request = payment_request(receiver.url)
    open_page(provider.start(request).url)
    other = payment_request(receiver.url, reference=request.reference, amount_fen=1)
    answer = choose(provider.start(other).url, lang="en")
    assert answer.status_code == 409
    assert "already belongs to a payment of another amount" in answer.text
    assert provider.query(request.reference).state is PaymentState.WAITING


def test_a_field_given_twice_is_refused(provider: SandboxProvider, receiver: Receiver) -> None:
    url = provider.start(payment_request(receiver.url)).url
    assert open_page(f"{url}&amount_fen=1").status_code == 400


def test_a_checkout_with_a_missing_field_is_refused(provider: SandboxProvider, receiver: Receiver) -> None:
    address, fields = confirm_form(provider.start(payment_request(receiver.url)).url)
    del fields["amount_fen"]
    answer = HTTP.post(address, data=fields)
    assert answer.status_code == 400
    assert "不完整" in answer.text


def test_a_long_description_is_cut_not_refused(provider: SandboxProvider, receiver: Receiver) -> None:
    url = provider.start(payment_request(receiver.url, description="桃" * 500)).url
    description = parse_qs(urlsplit(url).query)["description"][0]
    assert (len(description), description[-1]) == (120, "…")
    assert open_page(url).status_code == 200


def test_an_address_nobody_serves_is_a_plain_404(provider: SandboxProvider, receiver: Receiver) -> None:
    base = provider.start(payment_request(receiver.url)).url.partition("/pay?")[0]
    assert open_page(f"{base}/nothing").status_code == 404
    assert httpx.delete(f"{base}/pay").status_code == 405
    assert HTTP.post(f"{base}/pay/confirm", content=b"a" * 70_000).status_code == 413
