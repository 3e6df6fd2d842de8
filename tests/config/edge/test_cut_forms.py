"""A form and an order cut in the middle, through the real pages: neither is taken for whole."""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.utils import timezone

from fieldcast.accounts.models import Person
from fieldcast.accounts.operations import issue_token
from fieldcast.config.edge import Pages, guarded
from fieldcast.config.edge.health import Health
from fieldcast.live.hub.process import conninfo
from fieldcast.supervision.models import SalesReport
from fieldcast.trade import operations as trade_operations
from tests.factories.accounts import make_person
from tests.factories.trade import DELIVERY, Sale, later, make_order, make_sale

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = "a" * 32


def sent(
    tmp_path: Path,
    path: str,
    body: bytes,
    headers: dict[str, str],
    *,
    arrives: int,
    length: int | None = None,
) -> tuple[int, bytes]:
    """What the platform's own application answers to a body of which only so many bytes arrive."""
    messages = [{"type": "http.request", "body": body[:arrives], "more_body": arrives < len(body)}]
    told: list[dict[str, Any]] = []

    async def receive() -> Any:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        told.append(message)

    said = {"host": "testserver", "content-length": str(length or len(body)), **headers}
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "client": ("203.0.113.5", 4711),
        "headers": [(name.encode(), value.encode()) for name, value in said.items()],
    }
    application = guarded(Pages(get_wsgi_application(), incoming=tmp_path), health=Health(conninfo()))

    async def whole() -> None:
        await application(scope, receive, send)

    asyncio.run(whole())
    return told[0]["status"], b"".join(message.get("body", b"") for message in told)


def signed_in(person: Person) -> dict[str, str]:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {
        "cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={TOKEN}",
        "x-csrftoken": TOKEN,
        "content-type": "application/x-www-form-urlencoded",
    }


def ended() -> Sale:
    sale = make_sale()
    make_order(sale, packs=2)
    trade_operations.end_session(by=sale.stall.chief, session_id=sale.session.id, now=later(60))
    return sale


def test_a_hosts_report_that_is_cut_in_its_amount_is_not_a_report_of_less(tmp_path: Path) -> None:
    sale = ended()
    headers, path = signed_in(sale.stall.presenter), f"/studio/sessions/{sale.session.id}/report"
    form = urlencode({"units": "120", "amount": "4776.00"}).encode()
    cut = form.index(b"776.00")
    status, page = sent(tmp_path, path, form, headers, arrives=cut)
    assert status == 400
    assert b"body_cut_off" in page
    assert not SalesReport.objects.exists()
    # the control: what arrived would have been a report, had it been taken for whole
    assert sent(tmp_path, path, form[:cut], headers, arrives=cut)[0] == 302
    assert SalesReport.objects.get().amount_fen == 400


def test_an_order_by_the_api_that_is_cut_is_no_order(tmp_path: Path) -> None:
    sale = make_sale()
    _token, secret = issue_token(
        by=make_person(county_id=sale.stall.county_id), name="test", now=timezone.now()
    )
    body = json.dumps(
        {
            "offer_id": sale.offer.id,
            "units": 1,
            "seen_price_fen": sale.offer.price_fen,
            "delivery": asdict(DELIVERY),
        }
    ).encode()
    headers = {
        "authorization": f"Bearer {secret}",
        "content-type": "application/json",
        "idempotency-key": "k1",
    }
    status, told = sent(tmp_path, "/api/v1/orders", body, headers, arrives=len(body) - 1)
    assert (status, json.loads(told)["code"]) == (400, "body_cut_off")


def test_only_someone_signed_in_may_send_more_than_a_form(tmp_path: Path) -> None:
    headers = signed_in(make_sale().stall.chief)
    large = b"x" * 100_000
    path = "/coop/outside/upload/"
    assert sent(tmp_path, path, large, headers, arrives=len(large))[0] not in {400, 413}
    for changes in ({"cookie": "sessionid=invented"}, {"authorization": "Bearer fc_invented", "cookie": ""}):
        status, page = sent(tmp_path, path, large, {**headers, **changes}, arrives=0)
        assert (status, b"sign_in_to_send_more" in page) == (413, True)
    status, page = sent(tmp_path, path, b"x", headers, arrives=1, length=40 * 1024 * 1024)
    assert (status, b"body_too_large" in page) == (413, True)
    assert sent(tmp_path, "/", b"x", headers, arrives=1, length=5 * 1024 * 1024)[0] == 413


def test_a_refusal_at_the_edge_speaks_the_readers_language(tmp_path: Path) -> None:
    for language, words in (("en", "broke off before its end"), ("zh-CN", "没有传完就断了")):
        headers = {"accept-language": language}
        _status, page = sent(tmp_path, "/accounts/login/", b"a=1", headers, arrives=1)
        assert words in page.decode()
        notice = sent(tmp_path, "/x", b"a=1", {**headers, "hx-request": "true"}, arrives=1)[1].decode()
        assert words in notice
        assert "<html" not in notice
