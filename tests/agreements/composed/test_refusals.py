"""Terms that cannot be are refused, naming the clause, the value and what would do."""

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldcast.agreements.composed import Facts, Line, read_terms, work_out
from fieldcast.agreements.problems import ProductNotAgreed, TermMissing, TermsRefused, TermUnknown
from fieldcast.kit.errors import Problem
from tests.agreements.composed import making

Change = Callable[[dict[str, Any]], Any]


def plain() -> dict[str, Any]:
    """Terms with a pool, a guarantee and a rebate."""
    return {
        "schema": 2,
        "clauses": [
            {"kind": "share_of_sales", "to": "platform", "rate_bp": 200},
            {"kind": "share_of_sales", "to": "pool:dividend", "rate_bp": 300},
            {"kind": "per_pack", "to": "carrier", "fen": 860},
            {"kind": "borne", "from": "farmer", "of": 3, "rate_bp": 500, "cap_bp": 800},
            {"kind": "guarantee", "to": "farmer", "price_fen": {"peach": {"A": 380}}},
            {"kind": "rebate", "to": "farmer", "rate_bp": 3500},
            {"kind": "rest", "to": "cooperative"},
        ],
        "period_clauses": [
            {"kind": "dividend", "pool": "dividend", "performance_bp": 6000},
            {
                "kind": "tiered_bonus",
                "from": "cooperative",
                "to": "host",
                "tiers": [{"up_to_fen": 1000, "rate_bp": 0}, {"up_to_fen": None, "rate_bp": 100}],
            },
        ],
    }


def clause(number: int, **fields: Any) -> Change:
    def change(terms: dict[str, Any]) -> None:
        lines = terms["clauses"]
        row = lines[number - 1] if number <= len(lines) else terms["period_clauses"][number - 1 - len(lines)]
        row.update(fields)

    return change


def without(number: int) -> Change:
    return lambda terms: terms["clauses"].pop(number - 1)


REFUSED: dict[str, tuple[Change, type[Problem], dict[str, Any]]] = {
    "no rest": (without(7), TermsRefused, {"clause": 6, "value": "0"}),
    "two rests": (clause(6, kind="rest", to="host", rate_bp=0), TermUnknown, {"term": "6.rate_bp"}),
    "a rest that is not the last": (
        lambda terms: terms["clauses"].insert(0, terms["clauses"].pop()),
        TermsRefused,
        {"value": "1", "clause": 1},
    ),
    "a rebate before the guarantee": (
        lambda terms: terms["clauses"].insert(4, terms["clauses"].pop(5)),
        TermsRefused,
        {"clause": 5},
    ),
    "rates above all of the sale": (clause(2, rate_bp=9801), TermsRefused, {"clause": 2, "value": "98.01%"}),
    "a pool that nobody shares out": (clause(2, to="pool:service"), TermsRefused, {"clause": 8}),
    "a dividend of a pool that nothing fills": (clause(2, to="mcn"), TermsRefused, {"value": "dividend"}),
    "a cap outside five to eight percent": (
        clause(4, cap_bp=900),
        TermsRefused,
        {"clause": 4, "term": "cap_bp"},
    ),
    "more borne than the cap": (
        clause(4, rate_bp=600, cap_bp=500),
        TermsRefused,
        {"clause": 4, "term": "rate_bp"},
    ),
    "borne of a later clause": (clause(4, of=5), TermsRefused, {"clause": 4, "term": "of"}),
    "a role that nobody has": (clause(3, to="uncle"), TermsRefused, {"clause": 3, "value": "uncle"}),
    "a rate that is no number": (clause(1, rate_bp="2%"), TermsRefused, {"clause": 1}),
    "a rate of true": (clause(1, rate_bp=True), TermsRefused, {"clause": 1}),
    "a price of nothing": (clause(5, price_fen={"peach": {"A": 0}}), TermsRefused, {"clause": 5}),
    "a field that no such clause has": (clause(7, rate_bp=1), TermUnknown, {"term": "7.rate_bp"}),
    "a clause of no known kind": (clause(1, kind="gift"), TermUnknown, {"term": "1.kind = gift"}),
    "a surplus shared by less than sixty percent of what was delivered": (
        lambda terms: terms["period_clauses"].append(
            {"kind": "dividend", "from": "cooperative", "payout_bp": 3000, "performance_bp": 5999}
        ),
        TermsRefused,
        {"clause": 10, "term": "performance_bp", "allowed": "6,000–10,000"},
    ),
    "a dividend of a pool and of a surplus": (
        clause(8, **{"from": "cooperative"}),
        TermsRefused,
        {"clause": 8},
    ),
    "tiers with a hole": (
        clause(9, tiers=[{"up_to_fen": None, "rate_bp": 0}, {"up_to_fen": 9, "rate_bp": 1}]),
        TermsRefused,
        {"clause": 9, "term": "tiers"},
    ),
    "tiers that fall": (
        clause(9, tiers=[{"up_to_fen": n, "rate_bp": 0} for n in (9, 8, None)]),
        TermsRefused,
        {"clause": 9, "term": "tiers", "value": "[9, 8]"},
    ),
    "tiers whose last ends": (clause(9, tiers=[{"up_to_fen": 9, "rate_bp": 0}]), TermsRefused, {"clause": 9}),
    "a tier without a rate": (clause(9, tiers=[{"up_to_fen": None}]), TermMissing, {"clause": 9}),
    "an older schema": (lambda terms: terms.update(schema=1), TermsRefused, {"clause": 0}),
    "something that no agreement has": (lambda terms: terms.update(gift=1), TermUnknown, {"term": "gift"}),
    "no clauses": (lambda terms: terms.update(clauses=[]), TermMissing, {}),
    "weights of nothing": (
        lambda terms: terms["clauses"].insert(6, {"kind": "split", "weights": {"farmer": 0, "host": 0}}),
        TermsRefused,
        {"clause": 7, "term": "weights"},
    ),
}


def test_they_are_taken_as_they_stand() -> None:
    terms = read_terms(plain())
    assert [*terms.line_clauses, *terms.period_clauses] == list(range(1, 10))


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_refused_by_name(what: str) -> None:
    change, problem, named = REFUSED[what]
    terms = plain()
    change(terms)
    with pytest.raises(problem) as refused:
        read_terms(terms)
    assert {name: refused.value.facts[name] for name in named} == named


def test_goods_without_a_guaranteed_price_are_not_sold_under_it() -> None:
    line = Line(
        order_line_id=1,
        product="peach",
        grade="C",
        packs=1,
        units_per_pack=1,
        price_fen=900,
        refunded_fen=0,
    )
    with pytest.raises(ProductNotAgreed, match="peach C"):
        work_out(read_terms(plain()), [line], Facts())


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(
    terms=making.terms(), at=st.integers(0, 18), name=st.text(max_size=9), value=ANYTHING, other=st.booleans()
)
def test_whatever_is_sent_is_taken_or_refused_in_words(
    terms: dict[str, Any], at: int, name: str, value: object, other: bool
) -> None:
    rows = [*terms["clauses"], *terms["period_clauses"]]
    row = rows[at % len(rows)]
    row[name if other else sorted(row)[at % len(row)]] = value
    with contextlib.suppress(Problem):  # and nothing else
        read_terms(terms)
