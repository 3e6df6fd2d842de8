"""Who may open which of the cooperative's pages: its own people; and staff may look and pack, but not decide."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from fieldcast.trade.types import OrderView
from tests.factories.accounts import make_person
from tests.factories.market import make_stall
from tests.factories.trade import Sale, make_order, make_sale
from tests.web.coop.desk import browser, make_farmer, make_officer, make_packer, settle

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@dataclass(frozen=True)
class Scene:
    """A sale with one order that waits to be packed."""

    sale: Sale
    order: OrderView


@pytest.fixture
def scene() -> Scene:
    sale = make_sale()
    settle(sale)
    return Scene(sale=sale, order=make_order(sale))


Address = Callable[[Scene], str]
PLACES: tuple[str, ...] = (
    "/coop/",
    "/coop/lots/",
    "/coop/sessions/",
    "/coop/orders/",
    "/coop/orders/list.csv",
    "/coop/statements/",
    "/coop/agreements/",
    "/coop/outside/",
    "/coop/outside/orders/",
)
MANAGERS_PLACES: tuple[str, ...] = (
    "/coop/lots/new/",
    "/coop/sessions/new/",
    "/coop/agreements/new/",
    "/coop/outside/upload/",
)
THINGS: dict[str, Address] = {
    "lot": lambda s: f"/coop/lots/{s.sale.stall.lot.id}/",
    "session": lambda s: f"/coop/sessions/{s.sale.session.id}/",
    "order": lambda s: f"/coop/orders/{s.order.number}/",
    "labels": lambda s: f"/coop/orders/labels/?o={s.order.number}",
    "ship": lambda s: f"/coop/orders/ship/?o={s.order.number}",
    "agreement": lambda s: f"/coop/agreements/{s.sale.stall.version.id}/",
}
MANAGERS_THINGS: dict[str, Address] = {
    "event": lambda s: f"/coop/lots/{s.sale.stall.lot.id}/events/inspected/",
    "session's time": lambda s: f"/coop/sessions/{s.sale.session.id}/edit/",
    "new offer": lambda s: f"/coop/sessions/{s.sale.session.id}/offers/new/",
    "offer": lambda s: f"/coop/sessions/offers/{s.sale.offer.id}/",
    "refund": lambda s: f"/coop/orders/{s.order.number}/refund/",
    "revision": lambda s: f"/coop/agreements/{s.sale.stall.version.id}/revise/",
}
STEPS: dict[str, Address] = {
    "refund sent again": lambda s: f"/coop/orders/{s.order.number}/refund/again/",
    "write-off": lambda s: f"/coop/lots/{s.sale.stall.lot.id}/write-off/",
    "lot's state": lambda s: f"/coop/lots/{s.sale.stall.lot.id}/state/",
    "open": lambda s: f"/coop/sessions/{s.sale.session.id}/open/",
    "end": lambda s: f"/coop/sessions/{s.sale.session.id}/end/",
    "cancel": lambda s: f"/coop/sessions/{s.sale.session.id}/cancel/",
    "close offer": lambda s: f"/coop/sessions/offers/{s.sale.offer.id}/close/",
}


@pytest.mark.parametrize("address", [*PLACES, *MANAGERS_PLACES])
def test_a_visitor_is_asked_to_sign_in(address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=/coop/")


@pytest.mark.parametrize("address", [*PLACES, *MANAGERS_PLACES])
def test_someone_of_another_kind_of_place_is_told_whom_the_page_is_for(scene: Scene, address: str) -> None:
    for person in (scene.sale.stall.presenter, make_person(county_id=scene.sale.stall.county_id)):
        response = browser(person).get(address)
        assert response.status_code == 403
        assert "This page is for people of a cooperative." in response.content.decode()


@pytest.mark.parametrize("address", [*PLACES, *MANAGERS_PLACES])
def test_the_chief_opens_every_place(scene: Scene, address: str) -> None:
    assert browser(scene.sale.stall.chief).get(address).status_code == 200


@pytest.mark.parametrize("what", [*THINGS, *MANAGERS_THINGS])
def test_the_chief_opens_everything_of_the_cooperative(scene: Scene, what: str) -> None:
    address = (THINGS | MANAGERS_THINGS)[what](scene)
    response = browser(scene.sale.stall.chief).get(address)
    # a session that is live already keeps its time, but the page to change it is the chief's
    assert response.status_code == 200


@pytest.mark.parametrize("address", PLACES)
def test_staff_may_look_at_every_list(scene: Scene, address: str) -> None:
    assert browser(make_packer(scene.sale.stall)).get(address).status_code == 200


@pytest.mark.parametrize("address", MANAGERS_PLACES)
def test_staff_are_told_who_decides(scene: Scene, address: str) -> None:
    response = browser(make_packer(scene.sale.stall)).get(address)
    assert response.status_code == 403
    assert "its owner and managers" in response.content.decode()


@pytest.mark.parametrize("what", THINGS)
def test_staff_see_what_they_pack(scene: Scene, what: str) -> None:
    assert browser(make_packer(scene.sale.stall)).get(THINGS[what](scene)).status_code == 200


@pytest.mark.parametrize("what", MANAGERS_THINGS)
def test_staff_do_not_find_what_managers_decide(scene: Scene, what: str) -> None:
    assert browser(make_packer(scene.sale.stall)).get(MANAGERS_THINGS[what](scene)).status_code == 404


@pytest.mark.parametrize("what", STEPS)
def test_staff_cannot_take_a_managers_step(scene: Scene, what: str) -> None:
    client = browser(make_packer(scene.sale.stall))
    assert (
        client.post(STEPS[what](scene), {"units": "1", "reason": "x", "state": "stopped"}).status_code == 404
    )


@pytest.mark.parametrize("what", [*THINGS, *MANAGERS_THINGS])
def test_another_cooperatives_chief_finds_nothing(scene: Scene, what: str) -> None:
    address = (THINGS | MANAGERS_THINGS)[what](scene)
    assert browser(make_stall().chief).get(address).status_code == 404


@pytest.mark.parametrize("what", [name for name in THINGS if name != "agreement"])
def test_the_authority_the_farmer_and_the_host_find_nothing_to_pack_here(scene: Scene, what: str) -> None:
    stall = scene.sale.stall
    for person in (make_officer(stall.county_id), make_farmer(stall), stall.presenter):
        assert browser(person).get(THINGS[what](scene)).status_code == 404


@pytest.mark.parametrize("what", STEPS)
def test_a_stranger_cannot_take_a_step(scene: Scene, what: str) -> None:
    client = browser(make_stall().chief)
    assert (
        client.post(STEPS[what](scene), {"units": "1", "reason": "x", "state": "stopped"}).status_code == 404
    )


@pytest.mark.parametrize("what", STEPS)
def test_a_step_is_not_taken_by_looking(scene: Scene, what: str) -> None:
    assert browser(scene.sale.stall.chief).get(STEPS[what](scene)).status_code == 405


@pytest.mark.parametrize(
    "address", ["/coop/lots/999999999/", "/coop/sessions/99999999999999999999999/", "/coop/orders/D1-NO/"]
)
def test_what_is_not_there_is_not_found(scene: Scene, address: str) -> None:
    assert browser(scene.sale.stall.chief).get(address).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "?page=0",
        "?page=-3",
        "?page=99999999999999",
        "?page=x",
        "?q=%00",
        "?state=zzz&category=zzz&session=zzz",
        "?since=2026-99-99",
    ],
)
@pytest.mark.parametrize("address", [*PLACES])
def test_no_query_string_is_an_error(scene: Scene, address: str, query: str) -> None:
    assert browser(scene.sale.stall.chief).get(address + query).status_code == 200
