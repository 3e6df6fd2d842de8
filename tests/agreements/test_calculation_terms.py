"""Terms that exist are valid; a refusal names the clause, the value and what is allowed."""

import json
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given

from fieldcast.agreements import problems
from fieldcast.agreements.terms import Terms
from fieldcast.agreements.waterfalls import models
from fieldcast.kit.errors import Problem
from tests.agreements.sharing import EXAMPLE_TERMS, terms


@given(one=terms())
def test_terms_survive_a_json_column(one: Terms) -> None:
    assert Terms.from_json(json.loads(json.dumps(one.to_json()))) == one


@pytest.mark.parametrize(
    ("term", "value", "clause", "said", "allowed"),
    [
        ("commission_bp", 10_001, 1, "100.01%", "0%–100%"),
        ("commission_bp", -1, 1, "-0.01%", "0%–100%"),
        ("commission_bp", 10**400, 1, "…", "0%–100%"),
        ("commission_bp", "5", 1, "5", "0%–100%"),
        ("commission_bp", 5.0, 1, "5.0", "0%–100%"),
        ("commission_bp", True, 1, "True", "0%–100%"),
        ("public_benefit", "yes", 1, "yes", "true, false"),
        ("guarantee_fen", {"peach": 0}, 2, "peach ¥0.00", "¥0.01–¥10,000.00"),
        ("guarantee_fen", {"peach": 1_000_001}, 2, "peach ¥10,000.01", "¥0.01–¥10,000.00"),
        ("guarantee_fen", {"peach": "3.80"}, 2, "peach 3.80", "¥0.01–¥10,000.00"),
        ("host_bp", 9_501, 3, "95.01%", "0%–95%"),  # beside a commission of 5%
        ("host_fixed_fen_per_pack", -1, 3, "−¥0.01", "¥0.00–¥10,000.00"),
        ("rebate_bp", 20_000, 4, "200%", "0%–100%"),
        ("logistics_fen_per_pack", 1_000_001, 5, "¥10,000.01", "¥0.00–¥10,000.00"),
        ("cold_chain_bp", 801, 6, "8.01%", "0%–8%"),
        ("cold_chain_cap_bp", 499, 6, "4.99%", "5%–8%"),
        ("cold_chain_cap_bp", 900, 6, "9%", "5%–8%"),
        ("handling_fen_per_pack", None, 7, "None", "¥0.00–¥10,000.00"),
        ("after_sale_seconds", 90 * 86_400 + 1, 9, "7,776,001 秒", "0 秒–7,776,000 秒"),
    ],
)
def test_a_value_outside_its_range_is_refused(
    term: str, value: Any, clause: int, said: str, allowed: str
) -> None:
    with pytest.raises(problems.TermsRefused) as refused:
        Terms.from_json({**EXAMPLE_TERMS.to_json(), term: value})
    facts = refused.value.facts
    assert (facts["clause"], facts["term"], facts["value"], facts["allowed"]) == (clause, term, said, allowed)


def test_the_refusal_is_a_sentence_with_what_to_do_next() -> None:
    with pytest.raises(problems.TermsRefused) as refused:
        Terms.from_json({**EXAMPLE_TERMS.to_json(), "cold_chain_bp": 900})
    with translation.override("zh-hans"):
        assert str(refused.value) == "第 6 条“冷链分摊”：不能填 9%。请填 0%–8% 之间的值。"
    with translation.override("en"):
        assert (
            str(refused.value) == "Clause 6, Cold-chain share: 9% is not possible. Give a value within 0%–8%."
        )


def test_the_farmers_cold_chain_share_stays_within_the_agreed_cap() -> None:
    with pytest.raises(problems.TermsRefused) as refused:
        Terms.from_json({**EXAMPLE_TERMS.to_json(), "cold_chain_cap_bp": 500, "cold_chain_bp": 501})
    assert refused.value.facts["allowed"] == "0%–5%"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({}, problems.TermMissing),
        ({"rebate_bp": 1}, problems.TermMissing),
        ({"guarantee_fen": {"peach": 1}}, problems.TermMissing),
        ({"guarantee_fen": {}, "rebate_bp": 1}, problems.TermMissing),
        ({"guarantee_fen": [], "rebate_bp": 1}, problems.TermMissing),
        ({"guarantee_fen": {"": 1}, "rebate_bp": 1}, problems.TermUnknown),
        ({"guarantee_fen": {"peach": 1}, "rebate_bp": 1, "bonus_bp": 1}, problems.TermUnknown),
        ({"guarantee_fen": {"peach": 1}, "rebate_bp": 1, "model": "charity"}, problems.TermUnknown),
        ({"guarantee_fen": {"peach": 1}, "rebate_bp": 1, "model": ["charity"]}, problems.TermUnknown),
        ({"guarantee_fen": {"peach": 1}, "rebate_bp": 1, "self": 1}, problems.TermUnknown),
    ],
)
def test_what_is_missing_or_unheard_of_is_refused(data: dict[str, Any], problem: type[Problem]) -> None:
    with pytest.raises(problem) as refused:
        Terms.from_json(data)
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert "%(" not in str(refused.value)


def test_terms_do_not_change_with_the_mapping_they_were_made_from() -> None:
    prices = {"peach": 380}
    one = Terms(guarantee_fen=prices, rebate_bp=0)
    prices["peach"] = 1
    assert one.floor_fen(product_code="peach") == 380


def test_every_term_belongs_to_one_clause_and_every_model_is_known_by_its_name() -> None:
    model = models()[EXAMPLE_TERMS.to_json()["model"]]
    numbered = [term.name for _number, clause in model.clauses for term in clause.terms]
    assert sorted(numbered) == sorted(term for term in EXAMPLE_TERMS.to_json() if term != "model")
    assert [number for number, _clause in model.clauses] == list(range(1, 10))
    assert model.waterfall[6].title == "冷链分摊"
    assert all(one.name == name for name, one in models().items())
