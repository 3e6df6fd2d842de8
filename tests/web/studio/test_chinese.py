"""No Chinese reader of the studio's and the county's pages meets English."""

import pytest
from django.test import Client

from fieldcast.live import operations as live_operations
from fieldcast.live.types import MessageKind
from fieldcast.supervision.operations import report_sales
from fieldcast.trade import operations as trade_operations
from tests.factories.accounts import NOW
from tests.factories.trade import later, make_buyer, make_offer, make_order, make_sale, make_session
from tests.web.shared.desk import CHINESE, browser, make_officer, settle
from tests.web.shared.reading import english_in

pytestmark = pytest.mark.django_db


def test_a_chinese_host_meets_no_english() -> None:
    sale = make_sale()
    stall = sale.stall
    question = live_operations.say(
        by=make_buyer(sale), session_id=sale.session.id, text="甜吗", kind=MessageKind.QUESTION, now=NOW
    )
    client = browser(stall.presenter, language=CHINESE)
    pages = [
        "",
        "new/",
        "sessions/",
        "statements/",
        f"sessions/{sale.session.id}/",
        f"offers/{sale.offer.id}/",
    ]
    planned = make_session(stall, open_=False)
    make_offer(stall, planned, packs=1)
    pages += [f"sessions/{planned.id}/", f"sessions/{planned.id}/edit/", f"sessions/{planned.id}/offers/new/"]
    pages += [f"sessions/{planned.id}/offers/new/?lot={stall.lot.id}"]
    _read(client, "/studio/", pages)
    live_operations.hide_message(by=stall.presenter, message_id=question.id, why="广告", now=NOW)
    settle(sale)
    trade_operations.end_session(by=stall.presenter, session_id=sale.session.id, now=later(3700))
    report_sales(by=stall.presenter, session_id=sale.session.id, packs=9, amount_fen=1, now=NOW)
    trade_operations.cancel_session(by=stall.presenter, session_id=planned.id, now=NOW)
    _read(client, "/studio/", ["", "statements/", f"sessions/{sale.session.id}/", f"sessions/{planned.id}/"])


def test_a_chinese_officer_meets_no_english() -> None:
    sale = make_sale()
    county_id = sale.stall.county_id
    officer = browser(make_officer(county_id), language=CHINESE)
    pages = ["", "attention/", "notices/", "households/", "sessions/", "orders/", "settlement/"]
    pages += ["checks/", "sessions/?check=differs", "orders/?q=nothing", "settlement/?q=nothing"]
    pages += [f"figures/{slug}/" for slug in ("sales", "share", "in-time", "refunds", "orders")]
    _read(officer, "/county/", pages)
    order = make_order(sale)
    settle(sale)
    trade_operations.end_session(by=sale.stall.presenter, session_id=sale.session.id, now=later(3700))
    report_sales(by=sale.stall.presenter, session_id=sale.session.id, packs=9, amount_fen=1, now=NOW)
    officer.post("/county/checks/")
    part = officer.get("/county/histories/", headers={"HX-Request": "true"})
    assert english_in(part.content.decode()) == []
    _read(officer, "/county/", [*pages, f"sessions/{sale.session.id}/", f"orders/{order.number}/"])


def _read(client: Client, prefix: str, pages: list[str]) -> None:
    for page in pages:
        response = client.get(prefix + page)
        assert response.status_code == 200, page
        assert english_in(response.content.decode()) == [], page
