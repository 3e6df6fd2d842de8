"""What can be done with a lot: events, write-offs, stopping and resuming its sale."""

from typing import Any

import pytest

from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotState
from fieldcast.trace import queries as trace
from fieldcast.trace.types import EventKind, EventView
from fieldcast.trade import queries as trade
from tests.factories.market import Stall, make_stall
from tests.factories.trace import make_old_event
from tests.factories.trade import make_sale
from tests.web.shared.desk import browser
from tests.web.shared.reading import error_beside, hidden, typed, words

pytestmark = pytest.mark.django_db
AT = "2026-11-22T13:30"
FORMS: dict[str, dict[str, str]] = {
    "treated": {"product": "吡虫啉", "amount": "10 克/亩", "interval_days": "14"},
    "inspected": {"result": "pass", "residue": "not detected", "report": "2026-3381", "station": "县检测站"},
    "graded": {"received": "820", "sorted_out": "24", "grade": "一级"},
    "stored": {"store": "镇冷库", "celsius": "2.1"},
}


def newest(stall: Stall) -> EventView:
    """The last event of the stall's lot."""
    return trace.history(lot_id=stall.lot.id).events[-1]


def send(stall: Stall, kind: str, **changes: str) -> Any:
    """Fill in an event's form and send it."""
    client, address = browser(stall.chief), f"/coop/lots/{stall.lot.id}/events/{kind}/"
    form = {**hidden(client.get(address)), "at": AT, **FORMS[kind], **changes}
    return client.post(address, form)


@pytest.mark.parametrize("kind", FORMS)
def test_an_event_is_written_into_the_history(kind: str) -> None:
    stall = make_stall()
    response = send(stall, kind)
    assert response["Location"] == f"/coop/lots/{stall.lot.id}/"
    event = newest(stall)
    assert event.kind == EventKind(kind)
    assert event.at.isoformat() == "2026-11-22T05:30:00+00:00"
    assert trace.history(lot_id=stall.lot.id).intact


def test_figures_are_kept_as_whole_numbers_and_text() -> None:
    stall = make_stall()
    send(stall, "graded")
    assert newest(stall).facts == {
        "received": 820,
        "sorted_out": 24,
        "grade": "一级",
        "unit": "jin",
        "becomes": "written off",
    }
    send(stall, "stored")
    assert newest(stall).facts == {"store": "镇冷库", "celsius": "2.1"}


def test_treatment_is_the_households_work_and_the_rest_the_cooperatives() -> None:
    stall = make_stall()
    send(stall, "treated")
    assert newest(stall).actor == "王秀兰家"
    send(stall, "inspected")
    assert newest(stall).actor == "青山合作社"


def test_the_page_says_what_happened_in_words() -> None:
    stall = make_stall()
    for kind in FORMS:
        send(stall, kind)
    text = words(browser(stall.chief).get(f"/coop/lots/{stall.lot.id}/"))
    assert "吡虫啉 10 克/亩, to be picked 14 days later at the earliest" in text
    assert "Test passed" in text
    assert "pesticide residue: none found · report 2026-3381 · tested by 县检测站" in text
    assert "820 jin came in, 796 jin kept, 24 jin sorted out · grade: First grade" in text
    assert "镇冷库, 2.1 ℃" in text


def test_an_event_sent_twice_is_written_once() -> None:
    stall = make_stall()
    client, address = browser(stall.chief), f"/coop/lots/{stall.lot.id}/events/stored/"
    form = {**hidden(client.get(address)), "at": AT, **FORMS["stored"]}
    assert client.post(address, form).status_code == client.post(address, form).status_code == 302
    assert len(trace.history(lot_id=stall.lot.id).events) == 2


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        ("treated", {"product": ""}, "product"),
        ("treated", {"interval_days": "-1"}, "interval_days"),
        ("treated", {"at": "2026-11-23T08:00"}, "at"),
        ("inspected", {"result": ""}, "result"),
        ("inspected", {"residue": "above limits"}, "result"),
        ("graded", {"sorted_out": "821"}, "sorted_out"),
        ("graded", {"becomes": "特级"}, "becomes"),
        ("stored", {"celsius": "cold"}, "celsius"),
    ],
)
def test_an_event_that_cannot_be_is_refused_beside_its_field(
    kind: str, changes: dict[str, str], field: str
) -> None:
    stall = make_stall()
    response = send(stall, kind, **changes)
    assert response.status_code == 422
    assert error_beside(response, field)
    assert len(trace.history(lot_id=stall.lot.id).events) == 1


def test_there_is_no_form_for_a_kind_that_writes_itself() -> None:
    stall = make_stall()
    assert browser(stall.chief).get(f"/coop/lots/{stall.lot.id}/events/shipped/").status_code == 404


def test_a_failed_test_stops_the_sale_and_says_so_until_another_is_passed() -> None:
    stall = make_stall()
    client, page = browser(stall.chief), f"/coop/lots/{stall.lot.id}/"
    send(stall, "inspected", result="fail", residue="above limits")
    assert catalog.lot(lot_id=stall.lot.id).state == LotState.STOPPED
    assert "Sale stopped today 14:00 the latest test was not passed" in words(client.get(page))
    refused = client.post(f"{page}state/", {"state": "open", "why": "再卖"})
    assert refused.status_code == 422
    assert "was not passed. Have it tested again" in words(refused)
    send(stall, "inspected", at="2026-11-22T13:45")
    client.post(f"{page}state/", {"state": "open", "why": "复检合格"})
    assert catalog.lot(lot_id=stall.lot.id).state == LotState.OPEN


def test_a_test_that_failed_before_lots_stopped_by_themselves_asks_for_a_hand() -> None:
    stall = make_stall()
    make_old_event(stall.lot, EventKind.INSPECTED, {"result": "fail"})
    client, page = browser(stall.chief), f"/coop/lots/{stall.lot.id}/"
    assert "The latest test failed and the lot is still on sale" in words(client.get(page))
    client.post(f"{page}state/", {"state": "stopped", "why": "抽检不合格"})
    assert "The latest test failed" not in words(client.get(page))


def test_the_sale_is_stopped_and_resumed() -> None:
    stall = make_stall()
    client, page = browser(stall.chief), f"/coop/lots/{stall.lot.id}/"
    stopped = client.post(f"{page}state/", {"state": "stopped", "why": "买家说有异味"}, follow=True)
    assert catalog.lot(lot_id=stall.lot.id).state == LotState.STOPPED
    assert f"Lot {stall.lot.code} is no longer on sale." in words(stopped)
    assert "Sale stopped today 14:00 Qingshan · 买家说有异味" in words(stopped)
    assert 'data-confirm="Sell this lot again?"' in stopped.content.decode()
    client.post(f"{page}state/", {"state": "open", "why": "查过了"})
    assert catalog.lot(lot_id=stall.lot.id).state == LotState.OPEN


@pytest.mark.parametrize("why", ["", "  ", "长" * 201])
def test_a_sale_is_not_stopped_without_a_reason_that_can_be_read(why: str) -> None:
    stall = make_stall()
    response = browser(stall.chief).post(
        f"/coop/lots/{stall.lot.id}/state/", {"state": "stopped", "why": why}
    )
    assert response.status_code == 422
    assert error_beside(response, "why")
    assert catalog.lot(lot_id=stall.lot.id).state == LotState.OPEN


def write_off(stall: Stall, **form: str) -> Any:
    """Send the write-off form of the stall's lot."""
    client, page = browser(stall.chief), f"/coop/lots/{stall.lot.id}/"
    return client.post(f"{page}write-off/", {**hidden(client.get(page)), **form})


def test_a_loss_leaves_the_stock_for_good_and_the_history_says_so() -> None:
    stall = make_stall(quantity=1000)
    assert write_off(stall, units="30", reason="霜冻").status_code == 302
    stock = trade.stock(lot_id=stall.lot.id)
    assert (stock.on_hand, stock.written_off) == (970, 30)
    text = words(browser(stall.chief).get(f"/coop/lots/{stall.lot.id}/"))
    assert "30 jin: 霜冻" in text


def test_a_loss_sent_twice_is_one_loss() -> None:
    stall = make_stall(quantity=1000)
    client, page = browser(stall.chief), f"/coop/lots/{stall.lot.id}/"
    form = {**hidden(client.get(page)), "units": "30", "reason": "霜冻"}
    client.post(f"{page}write-off/", form)
    client.post(f"{page}write-off/", form)
    assert trade.stock(lot_id=stall.lot.id).written_off == 30


def test_more_than_is_free_cannot_be_written_off_and_both_figures_are_said() -> None:
    sale = make_sale(quantity=1000, packs=100)  # 500 jin are in the offer
    response = write_off(sale.stall, units="501", reason="霜冻")
    assert response.status_code == 422
    assert "501" in error_beside(response, "units")
    assert "500" in error_beside(response, "units")
    assert typed(response, "reason") == "霜冻"
    assert trade.stock(lot_id=sale.stall.lot.id).written_off == 0


@pytest.mark.parametrize(
    ("form", "field"), [({"units": "0", "reason": "x"}, "units"), ({"units": "3", "reason": " "}, "reason")]
)
def test_a_loss_of_nothing_or_without_a_reason_is_refused(form: dict[str, str], field: str) -> None:
    stall = make_stall()
    response = write_off(stall, **form)
    assert response.status_code == 422
    assert error_beside(response, field)


def test_what_cannot_be_taken_back_is_asked_about_first() -> None:
    stall = make_stall()
    page = browser(stall.chief).get(f"/coop/lots/{stall.lot.id}/").content.decode()
    assert 'data-confirm="Write this off?"' in page
    assert 'data-confirm="Stop the sale of this lot?"' in page


def test_a_lot_leads_to_the_page_buyers_see() -> None:
    stall = make_stall()
    assert (
        f'href="/lots/{stall.lot.id}/"'
        in browser(stall.chief).get(f"/coop/lots/{stall.lot.id}/").content.decode()
    )
