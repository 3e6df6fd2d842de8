"""No one sees or changes what is not theirs: every page and endpoint, knocked at by everyone.

Who may open what is in `doors/table.py`; what lies behind is in `doors/scene.py`, what is asked in `doors/asks.py`.
"""

from collections.abc import Iterable

import pytest
import rules
from pytest_django import Settings

from fieldcast.accounts import queries as accounts
from fieldcast.api.v1 import api
from tests.flows.doors.api_lines import API
from tests.flows.doors.lines import DEMO, PAGES
from tests.flows.doors.scene import Scene
from tests.flows.doors.table import ROLES, SKIPPED, Door, doors
from tests.flows.doors.walk import Walker, addresses, differences, openings, patterns

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
HOUSE = "fieldcast.config.urls"
DEMO_HOUSE = "tests.flows.doors.demo_urls"
UNGUARDED = "tests.flows.doors.unguarded_urls"
TABLE = doors(PAGES) + doors(API)
DEMO_TABLE = doors(DEMO)
SECRETS = Door("GET", "/county/secrets/", "", frozenset({"officer"}))
NAMES = Door("POST", "/county/names/", "", frozenset())


def report(heading: str, lines: Iterable[object]) -> None:
    """Fail with everything at once, a line for each."""
    if found := sorted(str(line) for line in lines):
        pytest.fail("\n  ".join([f"{heading} ({len(found)}):", *found]), pytrace=False)


def untold(urlconf: str, scene: Scene, table: Iterable[Door]) -> set[str]:
    """The doors of `urlconf` of which the table does not say who may enter."""
    told = {door.key for door in table}
    return {f"{method} {address}" for method, address in openings(urlconf, by=scene.person("shopper")) - told}


def test_every_door_says_who_may_enter(scene: Scene) -> None:
    report(
        "A new page must say who may open it: add a line to tests/flows/doors/table.py",
        untold(HOUSE, scene, TABLE),
    )


def test_every_door_of_the_table_is_there(scene: Scene) -> None:
    real = openings(HOUSE, by=scene.person("shopper"))
    report("There is no such door any more", {str(door) for door in TABLE if door.key not in real})
    assert len({str(door) for door in TABLE}) == len(TABLE), "a door is in the table twice"


def test_every_operation_of_the_api_is_a_door() -> None:
    told = {door.key for door in TABLE}
    operations = {
        (method.upper(), path.replace("{", "<").replace("}", ">"))
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
    }
    report("Operations without a line in tests/flows/doors/table.py", operations - told)
    assert len(operations) > 50


def test_what_is_not_walked_is_there_and_has_a_reason() -> None:
    real = set(patterns(HOUSE))
    for beginning, why in SKIPPED.items():
        assert why
        assert any(address.startswith(beginning) for address in real), beginning
    assert len(addresses(HOUSE)) > 100


@pytest.mark.parametrize("role", ROLES)
def test_doors_open_to_those_in_the_table_and_to_nobody_else(scene: Scene, role: str) -> None:
    report(f"Doors that are not as the table says, for {role}", differences(scene, role, TABLE))


@pytest.mark.parametrize(
    "role",
    [
        "other_chief",
        "far_chief",
        "far_packer",
        "other_presenter",
        "far_presenter",
        "far_driver",
        "far_farmer",
    ],
)
def test_naming_anothers_organisation_opens_nothing(scene: Scene, role: str) -> None:
    walker, found = Walker(scene, role), []
    places = {
        "/coop/": "cooperative",
        "/studio/": "host",
        "/statements/carrier/": "carrier",
        "/farm/": "household",
    }
    theirs = [
        (door, places[place])
        for door in TABLE
        for place in places
        if door.address.startswith(place) and role in door.open_to
    ]
    for door, kind in theirs:
        code = accounts.organisation(organisation_id=scene.parties[kind]).code
        if walker.knock(door, org=code).opened:
            found.append(door)
    assert len(theirs) >= {"far_driver": 1, "far_farmer": 3}.get(role, 5)
    report(f"Doors that open to {role} for a name", found)


def test_the_demos_doors_are_in_the_demo_alone(scene: Scene, settings: Settings) -> None:
    in_the_demo = {str(door) for door in DEMO_TABLE}
    assert not in_the_demo & {
        f"{method} {path}" for method, path in openings(HOUSE, by=scene.person("shopper"))
    }
    settings.ROOT_URLCONF = DEMO_HOUSE
    assert untold(DEMO_HOUSE, scene, TABLE) == in_the_demo


def test_in_the_demo_everyone_may_be_anyone(scene: Scene, settings: Settings) -> None:
    settings.DEMO, settings.ROOT_URLCONF = True, DEMO_HOUSE
    for role in ("visitor", "shopper", "far_chief"):
        report(f"Doors of the demo, for {role}", differences(scene, role, DEMO_TABLE))


def test_control_a_page_that_says_nothing_is_missed(scene: Scene, settings: Settings) -> None:
    settings.ROOT_URLCONF = UNGUARDED
    assert untold(UNGUARDED, scene, TABLE) == {str(SECRETS), str(NAMES)}


def test_control_a_page_that_asks_nobody_is_noticed(scene: Scene, settings: Settings) -> None:
    settings.ROOT_URLCONF = UNGUARDED
    (found,) = differences(scene, "visitor", [SECRETS])
    assert found.startswith("GET /county/secrets/: open to visitor (200)")
    assert differences(scene, "officer", [SECRETS]) == []


def test_control_a_page_that_writes_and_then_refuses_is_noticed(scene: Scene, settings: Settings) -> None:
    settings.ROOT_URLCONF = UNGUARDED
    (found,) = differences(scene, "shopper", [NAMES])
    assert found.startswith(
        'POST /county/names/: shut to shopper, and yet it wrote: UPDATE "accounts_person"'
    )


def test_control_private_words_are_read_by_someone(scene: Scene) -> None:
    unread = set(scene.private())
    for role in ("officer", "buyer", "packer"):
        walker = Walker(scene, role)
        mine = [door for door in TABLE if door.method == "GET" and role in door.open_to]
        said = " ".join(walker.knock(door).text for door in mine)
        unread = {words for words in unread if words not in said}
    assert not unread, "nobody would notice if these were shown to everyone"


def test_control_a_rule_that_lets_everyone_in_is_noticed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    refunds = [
        door for door in TABLE if door.address.startswith("/coop/orders/") and "refund" in door.address
    ]
    assert differences(scene, "packer", refunds) == []
    monkeypatch.setitem(rules.permissions.permissions, "trade.refund_order", rules.always_allow)
    found = differences(scene, "packer", refunds)
    assert [line.partition(": ")[0] for line in found] == [str(door) for door in refunds]
    assert all("open to packer" in line for line in found)


def test_control_a_county_that_nobody_asks_for_is_noticed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    lots = [door for door in TABLE if door.key == ("GET", "/county/lots/<int:lot_id>/")]
    assert differences(scene, "far_officer", lots) == []
    monkeypatch.setitem(rules.permissions.permissions, "catalog.stop_lot", rules.always_allow)
    (found,) = differences(scene, "far_officer", lots)
    assert "open to far_officer (200)" in found
