"""A lot is stopped on a page, and a room that is open shows it: from the form to the frame a phone draws."""

from contextlib import aclosing
from typing import Any

import pytest

from fieldcast.live.hub import Hub
from tests.factories.trade import Sale, make_sale
from tests.live.hub.test_hub import do, next_frame, run
from tests.web.shared.desk import browser, make_officer
from tests.web.shared.reading import hidden

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sale() -> Sale:
    return make_sale()


def frames(sale: Sale, *steps: Any) -> list[dict[str, Any]]:
    """What an open room is told about the sale's offer after each step."""
    told: list[dict[str, Any]] = []

    async def story(live: Hub) -> None:
        async with aclosing(await live.listen(session_id=sale.session.id, after=None)) as events:
            await anext(events)
            for step in steps:
                await do(step)
                told.append((await next_frame(events))["offers"][str(sale.offer.id)])

    run(story)
    return told


def test_a_seller_stops_and_resumes_and_the_open_room_shows_both(sale: Sale) -> None:
    client, page = browser(sale.stall.chief), f"/coop/lots/{sale.stall.lot.id}/state/"
    stopped, resumed = frames(
        sale,
        lambda: client.post(page, {"state": "stopped", "why": "买家说有异味"}),
        lambda: client.post(page, {"state": "open", "why": "查过了"}),
    )
    assert stopped == {"left": 0, "stopped": True}
    assert (resumed["left"], resumed["stopped"]) == (100, False)


def test_the_county_stops_and_the_open_room_shows_it(sale: Sale) -> None:
    client = browser(make_officer(sale.stall.county_id))
    page = f"/county/lots/{sale.stall.lot.id}/"
    (stopped,) = frames(sale, lambda: client.post(page, {"state": "stopped", "why": "抽查发现超标"}))
    assert stopped == {"left": 0, "stopped": True}


def test_a_failed_test_stops_what_the_open_room_shows(sale: Sale) -> None:
    client, page = browser(sale.stall.chief), f"/coop/lots/{sale.stall.lot.id}/events/inspected/"
    said = {"at": "2026-11-22T13:30", "result": "fail", "residue": "above limits"}
    form = {**hidden(client.get(page)), **said}
    (stopped,) = frames(sale, lambda: client.post(page, form))
    assert (stopped["left"], stopped["stopped"], stopped["state"]) == (0, True, "closed")
