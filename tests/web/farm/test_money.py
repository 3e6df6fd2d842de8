"""Where a farmer's money stands: in the bank, on its way, what today's boxes bring; each figure opens its rows."""

import pytest

from fieldcast.settlement import queries as settlement
from fieldcast.settlement.types import Stage
from fieldcast.web.shared.words import yuan
from tests.factories.trade import make_order, make_sale
from tests.web.shared.desk import CHINESE, browser, make_farmer, make_packer, settle
from tests.web.shared.reading import english_in, words

pytestmark = pytest.mark.django_db


def test_three_figures_and_the_rows_behind_each() -> None:
    sale = make_sale()
    settle(sale)
    for until in ("paid", "shipped", "received"):
        make_order(sale, until=until, packs=2)
    coming = settlement.coming_to(organisation_id=sale.stall.lot.plot.household_id)
    farmer = browser(make_farmer(sale.stall), language=CHINESE)
    first = farmer.get("/farm/")
    assert english_in(first.content.decode()) == []
    text = words(first)
    assert f"今天这些箱能得 2 箱等发货 {yuan(coming.fen(Stage.TO_SEND))}" in text
    assert yuan(coming.fen(Stage.ON_ITS_WAY, Stage.AFTER_SALE)) in text
    rows = farmer.get("/farm/money/?which=today")
    assert english_in(rows.content.decode()) == []
    assert words(rows).count(yuan(coming.fen(Stage.TO_SEND))) >= 2
    assert "售后期到" in words(farmer.get("/farm/money/?which=coming"))


def test_a_first_day_says_what_will_stand_here_and_no_address_is_an_error() -> None:
    farmer = browser(make_farmer(make_sale().stall))
    coming = words(farmer.get("/farm/money/?which=nonsense&page=99"))
    assert "Nothing is on its way" in coming
    assert "As soon as a buyer has paid" not in coming, "paid and not sent stands under today's boxes"
    assert "As soon as a buyer has paid" in words(farmer.get("/farm/money/?which=today"))


def test_host_and_cooperative_read_how_much_of_a_session_is_settled() -> None:
    from fieldcast.trade import operations as trade_operations
    from tests.factories.trade import later

    sale = make_sale()
    settle(sale, packs=2)
    make_order(sale, until="shipped", packs=3)
    trade_operations.end_session(by=sale.stall.chief, session_id=sale.session.id, now=later(5))
    for person, organisation, address in (
        (sale.stall.presenter, sale.stall.host, f"/studio/sessions/{sale.session.id}/"),
        (make_packer(sale.stall), sale.stall.cooperative, f"/coop/sessions/{sale.session.id}/"),
    ):
        fen = settlement.coming_to(organisation_id=organisation.id, session_id=sale.session.id).fen()
        text = words(browser(person).get(address))
        assert f"2 of 5 boxes settled, about {yuan(fen)} still to come." in text
    today = words(browser(sale.stall.chief).get("/coop/"))
    assert "3 boxes on the way to the buyer ¥119.40" in today
