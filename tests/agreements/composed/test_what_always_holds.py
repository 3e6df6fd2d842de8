"""What holds for all composed terms, lines and periods."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcast.agreements import calculation as first
from fieldcast.agreements.composed import Facts, Line, Move, Share, read_terms, work_out
from fieldcast.agreements.composed.formulas import unexplained_fen
from fieldcast.agreements.composed.terms import ComposedTerms
from fieldcast.agreements.terms import Terms
from tests.agreements import sharing
from tests.agreements.composed import making

EVERY = settings(deadline=None, max_examples=150)


def amounts(terms: dict[str, Any], line: Line, facts: Facts) -> tuple[tuple[Share, ...], tuple[Move, ...]]:
    worked = work_out(read_terms(terms), [line], facts)
    assert sum(worked.totals.values()) == worked.net_fen == line.net_fen
    [(_line, shares)] = worked.lines
    assert sum(share.amount_fen for share in shares) == line.net_fen
    return shares, worked.moves


@EVERY
@given(terms=making.terms(), line=making.lines(), facts=making.facts())
def test_no_fen_appears_or_vanishes_and_every_amount_can_be_worked_out_again(
    terms: dict[str, Any], line: Line, facts: Facts
) -> None:
    shares, moves = amounts(terms, line, facts)
    assert unexplained_fen([*shares, *moves]) == 0
    assert {share.clause for share in shares} == set(range(1, 12))
    assert all(move.amount_fen > 0 for move in moves)
    # nobody but whoever covers the rest puts in, and a farmer what is borne, never above what is guaranteed
    assert {share.role for share in shares if share.amount_fen < 0} <= {"farmer", "cooperative"}
    assert sum(share.amount_fen for share in shares if share.role == "farmer") >= 0


@EVERY
@given(
    terms=making.terms(),
    line=making.lines(),
    facts=making.facts(),
    at=st.integers(0, 50),
    off=st.integers(1, 99),
)
def test_an_amount_that_was_changed_is_unexplained_by_just_as_much(
    terms: dict[str, Any], line: Line, facts: Facts, at: int, off: int
) -> None:
    shares, moves = amounts(terms, line, facts)
    every: list[Share | Move] = [*shares, *moves]
    at %= len(every)
    every[at] = replace(every[at], amount_fen=every[at].amount_fen + off)
    assert unexplained_fen(every) == off


@EVERY
@given(terms=making.terms(), line=making.lines(), facts=making.facts())
def test_a_pool_hands_out_what_it_holds_and_keeps_the_rest(
    terms: dict[str, Any], line: Line, facts: Facts
) -> None:
    worked = work_out(read_terms(terms), [line], facts)
    pools = {role: fen for role, fen in worked.totals.items() if role.startswith("pool:")}
    assert all(fen >= 0 for fen in pools.values())
    if any(facts.performance.values()) and any(facts.shares.values()):
        assert set(pools.values()) == {0}


def as_composed(agreed: Terms) -> dict[str, Any]:
    """The first model of sharing, clause by clause."""
    said = agreed.values
    return {
        "schema": 2,
        "public_benefit": said["public_benefit"],
        "after_sale_seconds": said["after_sale_seconds"],
        "clauses": [
            {"kind": "share_of_sales", "to": "platform", "rate_bp": said["commission_bp"]},
            {"kind": "share_of_sales", "to": "host", "rate_bp": said["host_bp"]},
            {"kind": "per_pack", "to": "host", "fen": said["host_fixed_fen_per_pack"], "kept_only": True},
            {"kind": "per_pack", "to": "carrier", "fen": said["logistics_fen_per_pack"]},
            {
                "kind": "borne",
                "from": "farmer",
                "of": 4,
                "rate_bp": said["cold_chain_bp"],
                "cap_bp": said["cold_chain_cap_bp"],
            },
            {"kind": "per_pack", "to": "cooperative", "fen": said["handling_fen_per_pack"]},
            {"kind": "guarantee", "to": "farmer", "price_fen": said["guarantee_fen"]},
            {"kind": "rebate", "to": "farmer", "rate_bp": said["rebate_bp"]},
            {"kind": "rest", "to": "cooperative"},
        ],
    }


@settings(deadline=None, max_examples=300)
@given(line=sharing.lines(), agreed=sharing.terms())
def test_the_first_model_is_one_of_them(line: first.LineFacts, agreed: Terms) -> None:
    theirs: dict[str, int] = {}
    for share in first.shares_of(line=line, terms=agreed):
        theirs[share.role] = theirs.get(share.role, 0) + share.amount_fen
    same = Line(
        order_line_id=line.order_line_id,
        product=line.product_code,
        grade="A",
        packs=line.packs,
        units_per_pack=line.units_per_pack,
        price_fen=line.price_fen,
        refunded_fen=line.refunded_fen,
    )
    ours = dict(work_out(read_terms(as_composed(agreed)), [same], Facts()).totals)
    assert {role: fen for role, fen in ours.items() if fen} == {
        role: fen for role, fen in theirs.items() if fen
    }


def test_steps_of_damage_say_what_goes_back() -> None:
    damage = {
        "kind": "damage",
        "steps": [
            {"up_to_bp": 1000, "refund_bp": 1000},
            {"up_to_bp": 5000, "refund_bp": 5000},
            {"up_to_bp": 10_000, "refund_bp": 10_000},
        ],
    }
    terms = ComposedTerms.from_json(
        {
            "schema": 2,
            "clauses": [{"kind": "rest", "to": "cooperative"}],
            "promise_clauses": [damage],
        }
    )
    assert [terms.damage_bp(bad, 20) for bad in (0, 1, 2, 3, 10, 11, 20)] == [
        0, 1000, 1000, 5000, 5000, 10_000, 10_000,
    ]  # fmt: skip
