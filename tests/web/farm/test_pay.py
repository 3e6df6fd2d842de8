"""What a household gets, on which day and why; each number opens its rows, and a file says the same."""

import csv
import io
import re

import pytest

from fieldcast.settlement import queries as settlement
from fieldcast.settlement.types import Stage
from fieldcast.web.shared.words import yuan
from tests.factories.trade import make_order, make_sale
from tests.web.shared.desk import CHINESE, browser, make_farmer, settle
from tests.web.shared.reading import english_in, words

pytestmark = pytest.mark.django_db


def test_a_farmer_reads_how_much_comes_on_which_day_and_opens_every_number() -> None:
    sale = make_sale()
    settle(sale)
    for until in ("paid", "received"):
        make_order(sale, until=until, packs=2)
    household = sale.stall.lot.plot.household_id
    coming = settlement.coming_to(organisation_id=household)
    farmer = browser(make_farmer(sale.stall), language=CHINESE)
    page = farmer.get("/farm/pay/")
    text, read = words(page), page.content.decode()
    assert english_in(read) == []
    assert re.search(rf"周.，你能拿到 {re.escape(yuan(coming.fen(Stage.AFTER_SALE)))} ", text)
    assert f"以后还有，日子还没定 {yuan(coming.fen(Stage.TO_SEND))}" in text
    assert "2 箱 × " in text, "how it came about, as a statement will say it"
    assert 'data-read-aloud="#pay-next"' in read
    assert 'id="pay-next"' in read
    for day in re.findall(r'href="/farm/money/(\?which=coming&amp;day=[^"]+)"', read):
        rows = words(farmer.get("/farm/money/" + day.replace("&amp;", "&")))
        fen = coming.fen(Stage.TO_SEND if "unknown" in day else Stage.AFTER_SALE)
        assert rows.count(yuan(fen)) >= 2, day

    [statement] = settlement.statements(county_id=sale.stall.county_id, organisation_id=household).items
    assert yuan(statement.total_fen) in text
    opened = re.findall(r'href="(/farm/pay/rows/\?month=[^"]+&amp;of=[^"]+)"', read)
    assert len(opened) >= 2
    for address in opened:
        rows_of_it = farmer.get(address.replace("&amp;", "&"))
        assert english_in(rows_of_it.content.decode()) == []
        assert f"/statements/{statement.id}/" in rows_of_it.content.decode()
    assert farmer.get("/farm/pay/rows/?month=2026-11&of=000000000000").status_code == 404

    for address in ("/farm/pay/?format=csv", "/farm/pay/rows/?format=csv"):
        table = list(csv.reader(io.StringIO(farmer.get(address).content.decode("utf-8-sig"))))
        assert table[-1][-1] == f"{statement.total_fen / 100:.2f}", "the last line is the total"
        parts = [round(float(row[-1]) * 100) for row in table[1:-1]]
        assert sum(parts) == statement.total_fen


def test_a_first_day_and_any_address_are_no_error() -> None:
    farmer = browser(make_farmer(make_sale().stall))
    assert "No money is on its way" in words(farmer.get("/farm/pay/?month=9999-99"))
    assert "No line matches" in words(farmer.get("/farm/pay/rows/?month=0000-00&page=99&q=%00"))
    assert farmer.get("/farm/pay/?month=9999-12").status_code == 200
    account = words(farmer.get("/farm/account/?year=0"))
    assert "My member account" in account
    assert "not known" in account
    assert farmer.get("/farm/account/?at=987654").status_code == 404
    assert farmer.get("/farm/account/rows/?of=nonsense&year=9998").status_code == 200
