"""Before signing: other prices, volumes, returns and unsold shares; the long chain beside it."""

import pytest

from fieldcast.agreements.composed import Facts, Line, read_terms, what_if
from fieldcast.agreements.composed.what_if import Axes, Stage, chain_share_bp, share_bp

TERMS = read_terms(
    {
        "schema": 2,
        "clauses": [
            {"kind": "per_pack", "to": "carrier", "fen": 900},
            {"kind": "guarantee", "to": "farmer", "price_fen": {"peach": 380}},
            {"kind": "rebate", "to": "farmer", "rate_bp": 3500},
            {"kind": "rest", "to": "cooperative"},
        ],
        "period_clauses": [{"kind": "unsold", "price_fen": {"A": 100}, "bearers": {"host": 1}}],
    }
)
LINE = Line(
    order_line_id=1, product="peach", grade="A", packs=10, units_per_pack=5, price_fen=4000, refunded_fen=0
)
HALF = Axes(price_bp=(10_000,), volume_bp=(10_000,), returned_bp=(0,), unsold_bp=(0, 5000))


def test_each_combination_is_worked_out_and_the_farmers_worst_is_named() -> None:
    cells = what_if.grid(TERMS, [LINE], Facts(), HALF)
    # ten boxes: 50 × ¥3.80 + 35 % of (¥400 − ¥90 − ¥190); five sold: 25 × ¥3.80 + 35 % of ¥60, and 25 × ¥1 unsold
    assert [cell.farmer_fen for cell in cells] == [19_000 + 4200, 9500 + 2100 + 2500]
    assert what_if.worst_for_farmer(cells).unsold_bp == 5000
    assert [cell.totals.get("host", 0) for cell in cells] == [0, -2500]
    assert all(sum(cell.totals.values()) == cell.net_fen for cell in cells)


def test_a_farmer_never_gets_less_for_a_higher_price() -> None:
    cells = what_if.grid(TERMS, [LINE], Facts(), Axes(volume_bp=(10_000,), unsold_bp=(0,), returned_bp=(0,)))
    earned = [cell.farmer_fen for cell in cells]
    assert earned == sorted(earned)
    assert earned[0] < earned[-1]


@pytest.mark.parametrize(
    ("stages", "consumer_fen", "share"),
    [
        (
            [
                Stage(name="farmer", fen=200),
                Stage(name="dealer", fen=100),
                Stage(name="shop", added_bp=10_000),
            ],
            None,
            3333,
        ),
        ([Stage(name="farmer", fen=200), Stage(name="dealer", fen=100)], 1000, 2000),
        ([Stage(name="farmer", fen=200), Stage(name="dealer")], 1000, None),
        ([Stage(name="farmer"), Stage(name="dealer", fen=5)], 1000, None),
        ([], 1000, None),
    ],
)
def test_a_stage_that_nobody_knows_is_a_gap_and_no_zero(
    stages: list[Stage], consumer_fen: int | None, share: int | None
) -> None:
    assert chain_share_bp(stages, consumer_fen=consumer_fen) == share


def test_of_nothing_there_is_no_share() -> None:
    assert share_bp(5, 0) is None
    assert share_bp(-5, 1000) == -50
