"""Model agreements are valid as they stand and together, and stay so while clauses are moved, added and taken out."""

from itertools import combinations
from typing import Any

import pytest

from fieldcast.agreements.composed import drafting, read_terms
from fieldcast.agreements.composed.presets import PRESETS, combined
from fieldcast.agreements.problems import TermMissing, TermsRefused

PRICES = {"peach": {"一级": 380, "二级": 250}}


def lists(*names: str) -> dict[str, Any]:
    return combined([PRESETS[name] for name in names], prices=PRICES)


@pytest.mark.parametrize("name", PRESETS)
def test_each_model_can_be_agreed_as_it_stands(name: str) -> None:
    assert read_terms(lists(name)).line_clauses


def test_any_two_models_and_all_together_can_be_agreed() -> None:
    for pair in combinations(PRESETS, 2):
        read_terms(lists(*pair))
    everything = read_terms(lists(*PRESETS))
    kinds = [one.kind for one in everything.line_clauses.values()]
    assert kinds.count("rest") == kinds.count("guarantee") == 1
    assert kinds[-3:] == ["rebate", "split", "rest"]
    assert {one.kind for one in everything.period_clauses.values()} >= {"unsold", "points", "dividend"}


def test_prices_are_asked_for_where_nobody_gave_them() -> None:
    with pytest.raises(TermMissing) as missing:
        read_terms(combined([PRESETS["guarantee_rebate"]], prices={}))
    assert missing.value.facts["clause"] == 6


def test_what_is_borne_of_a_clause_follows_it() -> None:
    said = lists("guarantee_rebate")
    borne = next(one for one in drafting.numbered(said) if one[2]["kind"] == "borne")
    assert said["clauses"][borne[2]["of"] - 1]["to"] == "carrier"
    more, number = drafting.added(said, {"kind": "share_of_sales", "to": "brand_owner", "rate_bp": 100})
    assert (number, more["clauses"][2]["to"]) == (3, "brand_owner")
    assert more["clauses"][more["clauses"][5]["of"] - 1]["to"] == "carrier"
    fewer = drafting.removed(more, 1)
    assert fewer["clauses"][fewer["clauses"][4]["of"] - 1]["to"] == "carrier"
    read_terms(fewer)
    with pytest.raises(TermsRefused) as refused:
        read_terms(drafting.removed(fewer, 3))
    assert refused.value.facts["term"] == "of"


def test_a_clause_moves_inside_its_own_list() -> None:
    said = lists("order")
    first = len(said["clauses"]) + 1
    assert drafting.moved(said, first, -1) is said
    turned = drafting.moved(said, first, 1)
    assert [row["kind"] for row in turned["period_clauses"]] == ["shortfall", "unsold"]
    with pytest.raises(IndexError):
        drafting.removed(said, 99)
