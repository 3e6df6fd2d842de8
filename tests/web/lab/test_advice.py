"""What the laboratory advises is what science advises, at the prices given, and can be tried with one touch."""

import html
import re
from typing import Any

import pytest
from django.http import QueryDict

from fieldcast.science.games.design import Enforcement, Prices, Terms, cheapest_mix, contract_check
from fieldcast.science.games.supervision import SupervisionGame
from tests.web.lab.asking import BASE, big_numbers, english, error_beside, lab
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db
GAME = SupervisionGame(**{name: int(value) for name, value in BASE.items()})
USUAL = Prices(subsidy=1, penalty=1, deposit=0.1, margin=1)


def tried(page: Any) -> Any:
    """The page behind "Show it on the map"."""
    found = re.search(r'id="advice".*?href="/lab/(\?[^"]+)"', page.content.decode(), re.S)
    assert found
    asked = QueryDict(html.unescape(found[1]).removeprefix("?"))
    return english(**asked.dict())


def number(percentage: str) -> float:
    """`more than 99.9%` is 99.9 at least."""
    return float(percentage.removeprefix("more than ").removeprefix("less than ").rstrip("%"))


@pytest.mark.parametrize("target", ["50", "80", "99"])
def test_the_cheapest_way_is_the_librarys(target: str) -> None:
    design = cheapest_mix(GAME, honesty=int(target) / 100, prices=USUAL)
    assert str(design.sentence) in words(english(**BASE, target=target))


def test_prices_change_the_advice() -> None:
    asked = {"price_penalty": "0.05", "price_margin": ""}
    design = cheapest_mix(GAME, honesty=0.8, prices=Prices(subsidy=1, penalty=0.05, deposit=0.1))
    assert str(design.sentence) in words(english(**BASE, **asked))


def test_what_is_not_to_be_had_is_not_advised() -> None:
    none = {f"price_{name}": "" for name in ("subsidy", "penalty", "deposit", "margin", "reporting")}
    page = english(**BASE, **none)
    assert "No mix within the limits reaches an honesty of 80%" in words(page)
    assert "Show it on the map" not in words(page)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"target": "95"},
        {"F": "5", "collect": "40"},
        {"F": "20", "collect": "30", "price_subsidy": "", "price_margin": ""},
        {"watched": "30"},
        {"C": "33.3333", "L": "7.7777"},
    ],
)
def test_the_advice_reaches_what_was_wished_when_it_is_tried(changes: dict[str, str]) -> None:
    asked = BASE | changes
    after = big_numbers(tried(english(**asked)))
    assert number(after[0]) >= float(asked.get("target", "80"))
    assert number(after[1]) <= float(asked.get("watched", "100"))


def test_rewards_for_reports_are_told_and_not_drawn() -> None:
    """The map knows no reports, so nothing there would show what they do."""
    page = english(**BASE, price_reporting="0.5")
    assert "reward reports until" in words(page)
    assert "Show it on the map" not in words(page)


def test_what_is_beyond_every_dial_is_told_and_not_drawn() -> None:
    only = {f"price_{name}": "" for name in ("subsidy", "deposit", "margin")}
    page = english(**(BASE | {"C": "400000"}), **only)
    assert "raise the penalty by 1999975 to 1999990" in words(page)
    assert "Show it on the map" not in words(page)


def test_the_prices_and_the_collection_are_sciences_own() -> None:
    design = cheapest_mix(
        GAME.with_(F=40),
        honesty=0.8,
        supervision=0.5,
        prices=USUAL,
        enforcement=Enforcement(collection=0.25, deposit=4),
    )
    page = english(**(BASE | {"F": "40"}), collect="25", deposit="4", watched="50")
    assert str(design.sentence) in words(page)


@pytest.mark.parametrize(
    ("changes", "deters"),
    [
        ({}, True),
        ({"F": "10"}, False),
        ({"detect": "50"}, False),
        ({"collect": "50"}, False),
        ({"F": "12"}, False),
    ],
)
def test_the_contract_is_checked_in_plain_words(changes: dict[str, str], deters: bool) -> None:
    asked = BASE | {"collect": "100", "detect": "100"} | changes
    check = contract_check(
        Terms(
            gain=12,
            penalty=float(asked["F"]),
            collection=float(asked["collect"]) / 100,
            detection=float(asked["detect"]) / 100,
        )
    )
    page = english(**asked)
    assert check.deters is deters
    assert ("It deters" if deters else "It does not deter") in words(page)
    assert str(check.sentence) in words(page)


def test_the_paper_baseline_is_told_to_raise_the_fine_above_twelve() -> None:
    assert "Raise the penalty above 12" in words(english(**(BASE | {"F": "10"})))
    assert "把罚金提到 12 以上" in words(lab(**(BASE | {"F": "10"})))


@pytest.mark.parametrize("value", ["-1", "1001", "much"])
def test_a_bad_price_is_refused_beside_its_field(value: str) -> None:
    page = english(**BASE, price_penalty=value)
    said = "Write a number from 0 to 1,000, or nothing where it is not to be had."
    assert error_beside(page, "price_penalty") == said
    assert re.search(r'<details class="lab-fold" open>\s*<summary>Prices', page.content.decode())
