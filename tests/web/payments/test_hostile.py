"""The door for notices answers 2xx or 4xx whatever is thrown at it, and 503 when it is we who cannot act."""

import gzip
import json
import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.http import UnreadablePostError
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from fieldcast.trade import queries as trade
from fieldcast.trade.models import NoticeCount
from fieldcast.trade.types import NoticeOutcome, OrderState
from fieldcast.web.payments.views import LARGEST, notice
from tests.factories.trade import Sale, everything, make_sale, paid_notice, place, signed
from tests.web.shared.clock import Turn

URL = "/payments/notices/sandbox"


@pytest.fixture
def sale(db: None, clock: Turn) -> Sale:
    return make_sale()


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    log = logging.getLogger("django.request")
    before, log.level = log.level, logging.ERROR
    yield
    log.level = before


STRANGER = Client(raise_request_exception=False)


def knock(method: str = "POST", url: str = URL, **sent: Any) -> int:
    return STRANGER.generic(method, url, **sent).status_code


HEADER = some.text(some.characters(min_codepoint=1, max_codepoint=255), max_size=80)
PLAUSIBLE = some.fixed_dictionaries(
    {},
    optional={
        "HTTP_SANDBOX_SIGNATURE": HEADER | some.just("AAAA"),
        "HTTP_SANDBOX_TIMESTAMP": HEADER | some.integers().map(str),
        "HTTP_SANDBOX_NONCE": HEADER | some.just("abcdefgh"),
        "HTTP_SANDBOX_KEY_ID": HEADER,
        "HTTP_CONTENT_ENCODING": HEADER,
        "CONTENT_LENGTH": HEADER,
        "HTTP_ACCEPT_LANGUAGE": HEADER,
        "HTTP_COOKIE": HEADER,
    },
)


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(body=some.binary(max_size=200), headers=PLAUSIBLE, genuine=some.booleans(), kind=HEADER)
def test_whatever_bytes_and_headers_come_are_answered(
    sale: Sale, body: bytes, headers: dict[str, str], genuine: bool, kind: str
) -> None:
    true, content = signed({"said": body.decode("latin-1")})
    names = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in true.items()}
    sent = (content, {**headers, **names}) if genuine else (body, headers)
    with transaction.atomic():
        status = knock(data=sent[0], content_type=kind, **sent[1])
        transaction.set_rollback(True)
    assert 200 <= status < 500


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_a_notice_is_posted_and_nothing_else(sale: Sale, method: str) -> None:
    assert knock(method) == 405


def test_what_was_packed_is_not_what_was_signed(sale: Sale) -> None:
    headers, body = signed(paid_notice(place(sale).order_id))
    packed = gzip.compress(body)
    assert Client().post(URL, packed, "application/json", headers=headers).status_code == 401
    true_headers, _body = signed({})
    sent = {**true_headers, "Content-Encoding": "gzip"}
    assert Client().post(URL, packed, "application/gzip", headers=sent).status_code == 401


def test_a_form_with_files_is_no_notice_and_is_not_unpacked(sale: Sale) -> None:
    file = BytesIO(b"x" * 1000)
    file.name = "notice.json"
    assert Client().post(URL, {"file": file}).status_code == 401


def test_a_letter_that_says_it_is_too_large_is_not_read(sale: Sale) -> None:
    class Unread:
        def read(self, size: int = -1) -> bytes:
            raise AssertionError("it was read")

    request = RequestFactory().post(URL, b"", content_type="application/json")
    request.META["CONTENT_LENGTH"] = str(LARGEST + 1)
    request._stream = Unread()  # type: ignore[assignment] # what a server hands over
    assert notice(request, "sandbox").status_code == 413


def test_a_letter_that_breaks_off_is_refused(sale: Sale) -> None:
    class Broken:
        def read(self, size: int = -1) -> bytes:
            raise UnreadablePostError("connection lost")

    before = everything()
    request = RequestFactory().post(URL, b"{}", content_type="application/json")
    request._stream = Broken()  # type: ignore[assignment] # what a server hands over
    assert notice(request, "sandbox").status_code == 400
    assert everything() == before


@pytest.mark.parametrize("name", ["nobody", "n%00", "%F0%9F%8C%BE", "x" * 3000, "sandbox%20", "SANDBOX"])
def test_a_notice_to_no_provider_is_answered_404_and_counted(sale: Sale, name: str) -> None:
    for _ in range(3):
        assert knock(url=f"/payments/notices/{name}", data=b"{}") == 404
    (row,) = NoticeCount.objects.all()
    assert (row.provider, row.reason, row.count) == ("", "unknown_provider", 3)
    assert trade.forged_notices() == ()
    assert [run.count for run in trade.forged_notices(strays=True)] == [3]


def test_when_the_database_is_away_the_provider_is_asked_to_send_it_again(sale: Sale) -> None:
    placed = place(sale)
    headers, body = signed(paid_notice(placed.order_id))
    before = everything()

    def gone(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "trade_book_payment" in sql:
            raise OperationalError("the connection is lost")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(gone):
        answer = Client().post(URL, body, "application/json", headers=headers)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert everything() == before
    assert Client().post(URL, body, "application/json", headers=headers).content == b"applied"
    assert trade.order(order_id=placed.order_id).state == OrderState.PAID


def test_what_is_answered_for_a_true_notice_that_makes_no_sense_ends_its_being_sent(sale: Sale) -> None:
    headers, body = signed({"deep": "x"})
    answer = Client().post(URL, body, "application/json", headers=headers)
    assert (answer.status_code, answer.content) == (200, b"mismatched")
    seen = trade.notices(county_id=sale.stall.county_id, outcome=NoticeOutcome.MISMATCHED)
    assert [(one.reason, json.loads(body)) for one in seen] == [("unreadable", {"deep": "x"})]
