"""Composed terms, lines and facts as tests draw them."""

from typing import Any

from hypothesis import strategies as st

from fieldcast.agreements.composed import Facts, Line
from fieldcast.agreements.composed.shapes import Late

GRADES, PRODUCTS = ("A", "B"), ("kiwi", "peach")
HOUSEHOLDS = ("household:1", "household:2", "household:3")
FEN = st.integers(1, 9000)
COUNT = st.integers(0, 900)


def holders() -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries(dict.fromkeys(HOUSEHOLDS, COUNT))


def graded() -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries(dict.fromkeys(GRADES, COUNT))


@st.composite
def lines(draw: st.DrawFn) -> Line:
    packs, price_fen = draw(st.integers(1, 60)), draw(FEN)
    return Line(
        order_line_id=1,
        product=draw(st.sampled_from(PRODUCTS)),
        grade=draw(st.sampled_from(GRADES)),
        packs=packs,
        units_per_pack=draw(st.sampled_from((1, 3, 5, 10))),
        price_fen=price_fen,
        refunded_fen=draw(
            st.one_of(st.just(0), st.just(packs * price_fen), st.integers(0, packs * price_fen))
        ),
    )


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    return Facts(
        sessions_held=draw(st.integers(0, 15)),
        points=draw(holders()),
        performance=draw(holders()),
        shares=draw(holders()),
        accepted=draw(graded()),
        sold=draw(graded()),
        salvage_fen=draw(st.integers(0, 5000)),
        delivered=draw(st.integers(0, 5000)),
        force_majeure=draw(st.booleans()),
        late=[Late(due_fen=draw(FEN), days=draw(st.integers(0, 40)))],
    )


@st.composite
def terms(draw: st.DrawFn) -> dict[str, Any]:
    """Every kind of clause, each with figures of its own; the order of money is the usual one."""
    rate = st.integers(0, 1500)
    prices = {grade: draw(FEN) for grade in GRADES}
    weights = {"farmer": draw(st.integers(1, 5)), "host": draw(st.integers(0, 5)), "cooperative": 2}
    return {
        "schema": 2,
        "public_benefit": draw(st.booleans()),
        "clauses": [
            {"kind": "share_of_sales", "to": "platform", "rate_bp": draw(rate)},
            {"kind": "share_of_sales", "to": "mcn", "rate_bp": draw(rate)},
            {"kind": "share_of_sales", "to": "pool:dividend", "rate_bp": draw(rate)},
            {"kind": "per_pack", "to": "pool:service", "fen": draw(FEN)},
            {"kind": "per_pack", "to": "host", "fen": draw(FEN), "kept_only": True},
            {"kind": "per_pack", "to": "carrier", "fen": draw(FEN)},
            {"kind": "borne", "from": "farmer", "of": 6, "rate_bp": draw(st.integers(0, 500)), "cap_bp": 500},
            {"kind": "guarantee", "to": "farmer", "price_fen": dict.fromkeys(PRODUCTS, prices)},
            {"kind": "rebate", "to": "farmer", "rate_bp": draw(rate)},
            {"kind": "split", "weights": weights},
            {"kind": "rest", "to": "cooperative"},
        ],
        "period_clauses": [
            {"kind": "base_pay", "from": "cooperative", "to": "host", "fen": draw(FEN), "agreed_sessions": 7},
            {
                "kind": "tiered_bonus",
                "from": "cooperative",
                "to": "host",
                "tiers": [
                    {"up_to_fen": draw(FEN), "rate_bp": draw(rate)},
                    {"up_to_fen": 20_000, "rate_bp": draw(rate)},
                    {"up_to_fen": None, "rate_bp": draw(rate)},
                ],
            },
            {"kind": "points", "pool": "service", "unclaimed": "cooperative"},
            {"kind": "dividend", "pool": "dividend", "performance_bp": draw(st.integers(0, 10_000))},
            {"kind": "dividend", "from": "cooperative", "payout_bp": draw(rate), "performance_bp": 6000},
            {
                "kind": "unsold",
                "price_fen": prices,
                "bearers": {"host": draw(st.integers(0, 3)), "cooperative": 2},
            },
            {
                "kind": "shortfall",
                "to": "cooperative",
                "quantity": 3000,
                "tolerance_bp": draw(rate),
                "fen_per_unit": 12,
                "cap_fen": 20_000,
            },
            {"kind": "late_interest", "from": "platform", "to": "farmer", "ppm_per_day": 500},
        ],
    }
