"""The pack that an agreement is worked out on: one that was really offered, or a plausible one."""

import pytest

from fieldcast.agreements import waterfalls
from fieldcast.agreements.terms import Terms
from fieldcast.trade import queries
from fieldcast.trade.types import TypicalPack
from tests.agreements.second_model import CONSIGNMENT
from tests.factories.market import Stall, make_stall
from tests.factories.terms import make_terms
from tests.factories.trade import make_offer, make_sale, make_session

pytestmark = pytest.mark.django_db


def typical(stall: Stall, *, host_id: int | None = None, codes: tuple[str, ...] = ()) -> TypicalPack:
    """The stall's typical pack of its own product, unless others are asked for."""
    return queries.typical_pack(
        county_id=stall.county_id,
        cooperative_id=stall.cooperative.id,
        host_id=host_id,
        terms=stall.version.terms,
        product_codes=codes or (stall.lot.product.code,),
    )


def test_it_is_one_that_was_offered_in_the_latest_session() -> None:
    sale = make_sale()
    make_offer(
        sale.stall, sale.session, title="礼盒", title_en="Gift", pack_units=10, price_fen=7_990, packs=10
    )
    found = TypicalPack(sale.stall.lot.product.code, sale.offer.pack_units, sale.offer.price_fen)
    assert typical(sale.stall) == found
    assert typical(sale.stall, host_id=sale.stall.host.id) == found


def test_what_is_not_sold_under_the_terms_is_passed_over() -> None:
    stall = make_stall(terms=make_terms())
    make_offer(stall, make_session(stall))
    terms = make_terms(product_code="pear")
    found = queries.typical_pack(
        county_id=stall.county_id,
        cooperative_id=stall.cooperative.id,
        host_id=None,
        terms=terms,
        product_codes=("pear",),
    )
    assert found.product_code == "pear"


def test_another_hosts_sessions_are_passed_over() -> None:
    sale = make_sale()
    found = typical(sale.stall, host_id=sale.stall.driver.pk + 10_000)
    assert (found.pack_units, found.price_fen) == (5, 2 * 5 * 380 + 860)


def test_before_any_was_offered_it_pays_the_guarantee_twice_and_what_a_pack_costs() -> None:
    stall = make_stall()
    assert typical(stall) == TypicalPack(stall.lot.product.code, 5, 2 * 5 * 380 + 860)


def test_where_nothing_is_guaranteed_and_nothing_costs_it_is_a_yuan_a_unit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(waterfalls, "BOOK", waterfalls.BOOK.adding(CONSIGNMENT))
    stall = make_stall()
    code = stall.lot.product.code
    found = queries.typical_pack(
        county_id=stall.county_id,
        cooperative_id=stall.cooperative.id,
        host_id=None,
        terms=Terms(model=CONSIGNMENT.name, farmer_bp=6000),
        product_codes=(code,),
    )
    assert found == TypicalPack(code, 5, 500)
