"""What a price must carry, said of one pack and enough for every order the offer allows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcast.agreements.calculation import LineFacts, left_of, pack_sum, shares_of
from fieldcast.agreements.calculation.deductions import ANYONE
from fieldcast.agreements.problems import ProductNotAgreed
from fieldcast.agreements.terms import Terms
from tests.agreements.sharing import terms
from tests.factories.terms import make_terms


def line_left(agreed: Terms, *, packs: int, units: int, price_fen: int) -> int:
    facts = LineFacts(
        order_line_id=1,
        product_code="peach",
        packs=packs,
        units_per_pack=units,
        price_fen=price_fen,
        refunded_fen=0,
        parties=ANYONE,
    )
    return left_of(shares_of(line=facts, terms=agreed))


def test_the_sum_of_a_pack_is_what_its_statement_will_say() -> None:
    found = pack_sum(terms=make_terms(), product_code="peach", pack_units=5, price_fen=3980)
    # ¥39.80 − 3% − 8% − (¥8.60 − 5%) − ¥19.00 leave ¥9.82
    assert found.promised == {
        "guarantee_fen": 1900,
        "carriage_fen": 860 - 199,
        "host_fen": 318,
        "commission_fen": 119,
    }
    assert found.rounding_fen == 0
    assert (found.left_fen, found.shortfall_fen) == (982, 0)


def test_fifty_cents_beside_what_they_promise() -> None:
    agreed = Terms(guarantee_fen={"peach": 10_000}, rebate_bp=0, logistics_fen_per_pack=1_000_000)
    found = pack_sum(terms=agreed, product_code="peach", pack_units=1, price_fen=1)
    assert found.deductions_fen == 1_010_000
    assert found.shortfall_fen == 1_009_999


def test_a_product_that_nothing_is_agreed_for_has_no_sum() -> None:
    with pytest.raises(ProductNotAgreed):
        pack_sum(terms=make_terms(), product_code="plum", pack_units=1, price_fen=100)


@settings(max_examples=60, deadline=None)
@given(agreed=terms(), units=st.integers(1, 50), price_fen=st.integers(1, 20_000), packs=st.integers(1, 200))
def test_what_is_said_of_a_pack_is_enough_for_every_order(
    agreed: Terms, units: int, price_fen: int, packs: int
) -> None:
    found = pack_sum(
        terms=agreed, product_code="peach", pack_units=units, price_fen=price_fen, most_packs=200
    )
    left_fen = line_left(agreed, packs=packs, units=units, price_fen=price_fen)
    assert left_fen >= -found.shortfall_fen * packs
    assert found.rounding_fen <= 2
    assert found.price_fen - found.deductions_fen == found.left_fen
