"""The real report of 28,010 Tmall orders is read whole, and its sums are those a plain reading of the file gives."""

import csv
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from fieldcast.outside import queries as outside
from fieldcast.outside.models import OutsideOrder
from fieldcast.outside.operations import import_orders
from fieldcast.outside.parse import BadRows
from fieldcast.outside.types import ImportReport, OutsideFilter
from tests.factories import accounts
from tests.factories.prepared import scene
from tests.outside.files import NOW

REPORT = Path(__file__).resolve().parents[3] / "shared" / "data" / "tmall_order_report.csv"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not REPORT.exists(), reason=f"the real report is kept outside the product, at {REPORT}"
    ),
]


def bring(county_id: int, data: bytes) -> ImportReport:
    return import_orders(
        data=data, file_name=REPORT.name, format_code="tmall", county_id=county_id, organisation_id=None, by=None,
        now=NOW,
    )  # fmt: skip


@scene(on=None)
def brought(_nothing: None) -> tuple[int, ImportReport]:
    """The county that has read the report, and what was said of it."""
    county_id = accounts.make_county()
    return county_id, bring(county_id, REPORT.read_bytes())


def fen(yuan: str) -> int:
    return int(Decimal(yuan) * 100)


def test_the_real_report_is_read_whole_and_twice_changes_nothing() -> None:
    county_id, first = brought()
    data = REPORT.read_bytes()
    assert (first.rows, first.inserted, first.updated, first.unchanged, first.older) == (
        28_010,
        28_010,
        0,
        0,
        0,
    )
    second = bring(county_id, data)
    assert (second.inserted, second.updated, second.unchanged, second.seen_before) == (0, 0, 28_010, True)
    resaved = data.decode().replace("\r\n", "\n").encode("gb18030")
    third = bring(county_id, resaved)
    assert (third.inserted, third.updated, third.unchanged, third.seen_before) == (0, 0, 28_010, False)
    assert OutsideOrder.objects.count() == 28_010


def test_sums_are_those_of_a_plain_reading() -> None:
    county_id, _report = brought()
    with REPORT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    which = OutsideFilter(county_id=county_id)
    money = outside.totals(which=which)
    assert money.orders == len(rows)
    assert money.paid_orders == sum(1 for row in rows if row["订单付款时间 "])
    assert money.amount_fen == sum(fen(row["总金额"]) for row in rows)
    assert money.kept_fen == sum(fen(row["买家实际支付金额"]) for row in rows)
    assert money.refund_fen == sum(fen(row["退款金额"]) for row in rows)
    assert money.refunds_unknown == 0

    days: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        days[row["订单创建时间"][:10]] += fen(row["总金额"])
    assert {share.key: share.money.amount_fen for share in outside.by_day(which=which)} == days
    by_province = {share.key[:2]: share.money.orders for share in outside.by_province(which=which)}
    assert by_province == Counter(row["收货地址 "][:2] for row in rows)


def test_one_broken_row_of_28_010_and_nothing_is_written() -> None:
    county_id = accounts.make_county()
    lines = REPORT.read_bytes().split(b"\r\n")
    lines[20_000] = lines[20_000].replace(b"2020-", b"2O20-", 1)
    with pytest.raises(BadRows) as refused:
        bring(county_id, b"\r\n".join(lines))
    (cell,) = refused.value.cells
    assert (cell.line, cell.column) == (20_001, "订单创建时间")
    assert refused.value.facts["total"] == 1
    assert not OutsideOrder.objects.exists()
