"""After the end: what a session brought, the report beside the records, where each yuan went."""

import pytest

from fieldcast.live import operations as live_operations
from fieldcast.supervision import queries as supervision
from fieldcast.trade import operations as trade_operations
from tests.factories.accounts import NOW
from tests.factories.prepared import scene
from tests.factories.trade import Sale, later, make_order, make_sale, ordinary_sale
from tests.web.shared.desk import browser, settle
from tests.web.shared.reading import error_beside, hidden, typed, words

pytestmark = pytest.mark.django_db


@scene(on=ordinary_sale)
def ended(sale: Sale) -> Sale:
    """A session that sold three packs to two buyers and is over."""
    live_operations.visit(session_id=sale.session.id, count=300)
    make_order(sale, packs=2)
    make_order(sale)
    make_order(sale, until="reserved")
    trade_operations.end_session(by=sale.stall.chief, session_id=sale.session.id, now=later(60))
    return sale


def address(sale: Sale) -> str:
    """The session's page in the studio."""
    return f"/studio/sessions/{sale.session.id}/"


def test_the_summary_says_what_was_sold_to_whom_it_was_shown_and_at_what_rate() -> None:
    text = words(browser((sale := ended()).stall.presenter).get(address(sale)))
    assert "Sales ¥119.40" in text
    assert "Packs sold 3" in text
    assert "Buyers 2" in text
    assert "Visits 300" in text
    assert "Yellow peaches, box of 5 jin 3 ¥119.40 10" in text


def test_a_session_without_a_sale_says_so() -> None:
    sale = make_sale()
    trade_operations.end_session(by=sale.stall.chief, session_id=sale.session.id, now=later(60))
    text = words(browser(sale.stall.presenter).get(address(sale)))
    assert "Nothing was sold." in text
    assert "Nothing is settled yet." in text
    assert "not settled yet" in text


def test_a_report_is_held_against_the_records_at_once() -> None:
    sale = ended()
    client = browser(sale.stall.presenter)
    form = {**hidden(client.get(address(sale))), "units": "3", "amount": "119.40"}
    response = client.post(f"{address(sale)}report", form)
    assert response["Location"] == f"{address(sale)}#check"
    text = words(client.get(address(sale)))
    assert "Your report is in." in text
    assert "agrees" in text
    assert "The host reported 3 ¥119.40" in text
    assert "Orders placed 4 ¥159.20" in text
    assert "Parcels sent 0 ¥0.00" in text


def test_a_report_of_more_than_was_paid_shows_the_difference() -> None:
    sale = ended()
    client = browser(sale.stall.presenter)
    client.post(f"{address(sale)}report", {"units": "10", "amount": "398"})
    text = words(client.get(address(sale)))
    assert "differs" in text
    assert "Reported less paid +7 ＋278.60" in text


def test_a_report_sent_twice_is_one_report() -> None:
    from fieldcast.supervision.models import SalesReport

    sale = ended()
    client = browser(sale.stall.presenter)
    form = {**hidden(client.get(address(sale))), "units": "3", "amount": "119.40"}
    for _time in range(2):
        assert client.post(f"{address(sale)}report", form).status_code == 302
    assert SalesReport.objects.count() == 1


NO_REPORTS = (
    ({"units": ""}, "units"),
    ({"units": "-1"}, "units"),
    ({"units": "three"}, "units"),
    ({"units": "99999999999"}, "units"),
    ({"amount": "-5"}, "amount"),
    ({"amount": "12x"}, "amount"),
    ({"amount": "99999999999999"}, "amount"),
)


def test_a_report_that_cannot_be_is_refused_beside_its_field() -> None:
    sale = ended()
    client = browser(sale.stall.presenter)
    for changes, field in NO_REPORTS:
        form = {"units": "3", "amount": "119.40", **changes}
        response = client.post(f"{address(sale)}report", form)
        assert response.status_code == 422, changes
        assert error_beside(response, field), changes
        for name, value in form.items():
            assert typed(response, name) == value
    assert supervision.verify_session(session_id=sale.session.id, now=NOW).agrees is None


def test_a_session_that_has_not_begun_has_nothing_to_report() -> None:
    from tests.factories.market import make_stall
    from tests.factories.trade import make_session

    stall = make_stall()
    session = make_session(stall, open_=False)
    response = browser(stall.presenter).post(
        f"/studio/sessions/{session.id}/report", {"units": "3", "amount": "1"}, follow=True
    )
    assert "This session has not been live yet." in words(response)


def test_the_money_of_a_settled_session_is_drawn_and_leads_to_the_statement() -> None:
    sale = make_sale()
    settle(sale, packs=3)
    trade_operations.end_session(by=sale.stall.chief, session_id=sale.session.id, now=later(3700))
    page = browser(sale.stall.presenter).get(address(sale))
    text = words(page)
    assert 'class="flow"' in page.content.decode()
    assert "¥119.40 settled, 1 order lines." in text
    assert "Your pay for this session ¥9.55" in text
    from fieldcast.settlement import queries as settlement

    (statement,) = settlement.statements(
        county_id=sale.stall.county_id, organisation_id=sale.stall.host.id
    ).items
    assert f'href="/statements/{statement.id}/"' in page.content.decode()
