"""An officer looks at a lot of the county, stops its sale and allows it again."""

from typing import Any

import pytest

from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotState
from fieldcast.trace import operations as trace_operations
from fieldcast.trace.types import EventKind
from tests.factories.accounts import NOW
from tests.factories.market import make_stall
from tests.factories.trace import make_event
from tests.web.county.office import Desk, make_desk
from tests.web.shared.desk import CHINESE, browser
from tests.web.shared.reading import english_in, error_beside, words

pytestmark = pytest.mark.django_db


def state(desk: Desk) -> LotState:
    """The state of the sale's lot."""
    return catalog.lot(lot_id=desk.sale.stall.lot.id).state


def send(desk: Desk, **form: str) -> Any:
    """Send the form of the sale's lot."""
    return desk.client.post(f"/county/lots/{desk.sale.stall.lot.id}/", form, follow=True)


def test_an_officer_stops_a_sale_and_everyone_reads_why() -> None:
    desk = make_desk()
    assert "Not tested" in words(desk.get(f"lots/{desk.sale.stall.lot.id}/"))
    page = words(send(desk, state="stopped", why="抽查发现超标"))
    assert "is no longer on sale." in page
    assert "Qingshan · 抽查发现超标" in page
    assert state(desk) == LotState.STOPPED
    public = desk.client.get(f"/lots/{desk.sale.stall.lot.id}/")
    assert "Why: 抽查发现超标." in words(public)
    assert "Qingshan · 抽查发现超标" in words(public)
    page = words(send(desk, state="open", why="复检合格"))
    assert "may be sold again." in page
    assert state(desk) == LotState.OPEN


def test_what_an_officer_stopped_its_seller_cannot_resume() -> None:
    desk = make_desk()
    send(desk, state="stopped", why="抽查发现超标")
    chief = browser(desk.sale.stall.chief)
    refused = chief.post(f"/coop/lots/{desk.sale.stall.lot.id}/state/", {"state": "open", "why": "没事"})
    assert refused.status_code == 422
    assert "Ask the authority to allow it again." in words(refused)
    assert state(desk) == LotState.STOPPED


def test_without_a_reason_nothing_is_stopped() -> None:
    desk = make_desk()
    refused = desk.client.post(f"/county/lots/{desk.sale.stall.lot.id}/", {"state": "stopped", "why": " "})
    assert refused.status_code == 422
    assert error_beside(refused, "why")
    assert state(desk) == LotState.OPEN


def test_the_verdict_is_the_one_that_buyers_see() -> None:
    desk = make_desk()
    make_event(desk.sale.stall.lot, EventKind.INSPECTED, {"result": "fail", "residue": "above limits"})
    for page in (f"/county/lots/{desk.sale.stall.lot.id}/", f"/lots/{desk.sale.stall.lot.id}/"):
        assert "Test not passed" in words(desk.client.get(page))


def test_a_lot_of_another_county_is_not_there() -> None:
    desk, other = make_desk(), make_stall()
    assert desk.get(f"lots/{other.lot.id}/").status_code == 404


def test_the_page_speaks_chinese() -> None:
    desk = make_desk(language=CHINESE)
    lot = desk.sale.stall.lot
    trace_operations.stop_lot(by=desk.officer, lot_id=lot.id, reason="抽查", now=NOW)
    page = desk.get(f"lots/{lot.id}/").content.decode()
    assert english_in(page) == []
