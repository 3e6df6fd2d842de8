"""Sessions under the county's eyes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fieldcast.live import operations as live_operations
from fieldcast.trade import operations as trade_operations
from tests.factories.accounts import NOW
from tests.factories.trade import later, make_order, make_sale, make_session
from tests.web.county.office import end, make_desk, report
from tests.web.shared.desk import settle
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db


def test_each_session_says_what_it_sold_and_whether_its_report_agrees() -> None:
    desk = make_desk()
    make_order(desk.sale, packs=2)
    assert "2 ¥79.60 not reported yet" in words(desk.get("sessions/"))
    end(desk.sale)
    report(desk.sale, packs=2, amount_fen=7960)
    assert "2 ¥79.60 agrees" in words(desk.get("sessions/"))
    report(desk.sale, packs=5, amount_fen=7960)
    assert "2 ¥79.60 differs" in words(desk.get("sessions/"))


def test_sessions_are_filtered_by_state() -> None:
    desk = make_desk()
    planned = make_session(desk.sale.stall, open_=False)
    assert f"/county/sessions/{planned.id}/" not in desk.get("sessions/", state="live").content.decode()
    assert f"/county/sessions/{planned.id}/" in desk.get("sessions/", state="planned").content.decode()
    assert "No session here" in words(desk.get("sessions/", state="cancelled"))
    assert desk.get("sessions/", state="?", page="x").status_code == 200


def test_those_whose_report_differs_stand_by_themselves() -> None:
    desk = make_desk()
    assert "Every report agrees" in words(desk.get("sessions/", check="differs"))
    make_order(desk.sale)
    end(desk.sale)
    report(desk.sale, packs=4, amount_fen=1)
    other = make_session(desk.sale.stall, open_=False)
    page = desk.get("sessions/", check="differs").content.decode()
    assert f"/county/sessions/{desk.sale.session.id}/" in page
    assert f"/county/sessions/{other.id}/" not in page


def test_a_longer_list_takes_no_more_statements() -> None:
    desk = make_desk()
    counts = []
    for _number in range(3):
        make_session(desk.sale.stall, open_=False)
        with CaptureQueriesContext(connection) as asked:
            desk.get("sessions/")
        counts.append(len(asked))
    assert counts[0] == counts[-1] <= 13


def test_one_session_shows_the_report_beside_the_records_and_its_books() -> None:
    desk = make_desk()
    settle(desk.sale, packs=2)
    order = make_order(desk.sale)
    trade_operations.refund_order(by=desk.sale.stall.chief, order_id=order.id, reason="不要了", now=later(30))
    live_operations.transcribe(
        by=desk.sale.stall.presenter,
        session_id=desk.sale.session.id,
        text="坏果包赔",
        at=NOW,
        source="typed",
        now=NOW,
    )
    end(desk.sale)
    report(desk.sale, packs=2, amount_fen=7960)
    page = desk.get(f"sessions/{desk.sale.session.id}/")
    text = words(page)
    assert "The host reported 2 ¥79.60" in text
    assert "Reported less paid 0 0.00" in text
    assert "Given back before sending, and not counted as paid: 1 pack, ¥39.80." in text
    assert "Order lines settled 1 Settled ¥79.60" in text
    assert "Statements sum to what was settled, to the fen." in text
    assert "坏果包赔" in text
    assert 'class="flow"' in page.content.decode()
    assert "Platform" in text


def test_a_session_without_a_report_says_that_unknown_is_not_zero() -> None:
    desk = make_desk()
    text = words(desk.get(f"sessions/{desk.sale.session.id}/"))
    assert "unknown is not zero" in text
    assert "The host reported — —" in text
    assert "Nothing is settled yet." in text


def test_a_session_that_was_called_off_can_still_be_looked_at() -> None:
    desk = make_desk()
    planned = make_session(desk.sale.stall, open_=False)
    trade_operations.cancel_session(by=desk.sale.stall.chief, session_id=planned.id, now=NOW)
    page = desk.get(f"sessions/{planned.id}/")
    assert page.status_code == 200
    assert f'href="/live/{planned.id}/"' not in page.content.decode()


def test_a_session_of_another_county_is_not_there() -> None:
    desk = make_desk()
    assert desk.get(f"sessions/{make_sale().session.id}/").status_code == 404
    assert desk.get("sessions/999999/").status_code == 404
