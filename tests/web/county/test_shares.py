"""The platform's commission beside the ceiling and the farmers' share by month; a month by agreement, as files too."""

import csv
import io

import pytest

from fieldcast.agreements.operations import publish_ceiling
from fieldcast.kit.months import month_of
from fieldcast.settlement.models import Statement
from fieldcast.web.shared.words import percent_bp, yuan
from tests.factories.accounts import NOW, make_administrator
from tests.factories.trade import make_sale
from tests.web.shared.desk import CHINESE, browser, make_officer, settle
from tests.web.shared.reading import english_in, words

pytestmark = pytest.mark.django_db


def test_commission_stands_beside_the_ceiling_and_the_platform_reads_that_all_adds_up() -> None:
    sale = make_sale()
    settle(sale, orders=2)
    officer = make_officer(sale.stall.county_id)
    publish_ceiling(by=officer, county_id=sale.stall.county_id, ceiling_bp=350, source="公告", now=NOW)
    totals = dict(Statement.objects.values_list("role", "total_fen"))
    net, fee, month = sum(totals.values()), totals["platform"], f"{month_of(NOW):%Y-%m}"
    county = browser(officer, language=CHINESE)
    for address in ("/county/settlement/shares/", f"/county/settlement/shares/?month={month}"):
        shown = county.get(address)
        assert english_in(shown.content.decode()) == []
        text = words(shown)
        assert yuan(net) in text
        assert yuan(fee) in text
        assert percent_bp(350) in text
        assert percent_bp(round(totals["farmer"] * 10_000 / net)) in text
        file = county.get(address, {"month": month, "format": "csv"}).content.decode("utf-8-sig")
        table = list(csv.reader(io.StringIO(file)))
        assert table[-1][1] == f"{net / 100:.2f}"
    assert sale.stall.version.name in words(county.get(f"/county/settlement/shares/?month={month}"))
    assert "J2" in words(county.get(f"/county/settlement/?month={month}"))
    assert "J2" not in words(county.get("/county/settlement/?month=2020-01"))

    keeper = browser(make_administrator(county_id=sale.stall.county_id), language=CHINESE)
    for address in ("/office/money/", "/office/money/rows/", "/office/money/commission/"):
        shown = keeper.get(address)
        left = [one for one in english_in(shown.content.decode()) if "platform" not in one]
        assert left == [], "but for a name in the book"
        assert yuan(fee) in words(shown)
    assert "对不上的 ¥0.00" in words(keeper.get("/office/money/"))
    assert keeper.get("/office/money/nothing/").status_code == 404
