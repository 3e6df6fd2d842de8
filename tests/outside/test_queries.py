"""Reports read sums by channel, day and province, and a list; each narrows by whose, where and when."""

from datetime import date

import pytest

from fieldcast.kit.errors import NotFound
from fieldcast.outside import queries
from fieldcast.outside.types import Money, OutsideFilter
from tests.outside.files import export
from tests.outside.test_import import Shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    """Three Tmall orders (¥178.80, 78.80 of it refunded; the last unpaid) and one of Douyin with an unknown refund."""
    shop = Shop()
    shop.bring(
        export(
            "tmall",
            {"订单编号": "1", "订单创建时间": "2026-08-31 23:59:59"},
            {"订单编号": "2", "订单创建时间": "2026-09-01 00:00:00", "收货地址 ": "江苏省"},
            {
                "订单编号": "3", "订单创建时间": "2026-09-01 23:59:59", "收货地址 ": "江苏省",
                "订单付款时间 ": "", "买家实际支付金额": "0", "退款金额": "0",
            },
        )
    )  # fmt: skip
    shop.bring(export("douyin", {"售后状态": "退款成功", "订单提交时间": "2026-09-01 07:00:00"}), "douyin")
    return shop


def test_totals_add_up_and_say_how_many_refunds_are_unknown(shop: Shop) -> None:
    assert queries.totals(which=OutsideFilter(county_id=shop.county_id)) == Money(
        orders=4,
        paid_orders=3,
        amount_fen=3 * 17880 + 102890,
        paid_fen=2 * 17880 + 102890,
        refund_fen=2 * 7880,
        refunds_unknown=1,
    )


def test_of_nothing_the_totals_are_zero() -> None:
    assert queries.totals(which=OutsideFilter(county_id=0)) == Money()


def test_what_was_kept_is_paid_less_refunded(shop: Shop) -> None:
    assert queries.totals(which=OutsideFilter(county_id=shop.county_id, channel="tmall")).kept_fen == 20000


def test_channels_come_largest_first(shop: Shop) -> None:
    shares = queries.by_channel(which=OutsideFilter(county_id=shop.county_id))
    assert [(share.key, share.money.orders) for share in shares] == [("douyin", 1), ("tmall", 3)]


def test_a_day_is_a_day_in_china(shop: Shop) -> None:
    shares = queries.by_day(which=OutsideFilter(county_id=shop.county_id))
    assert [(share.key, share.money.orders) for share in shares] == [("2026-08-31", 1), ("2026-09-01", 3)]


def test_provinces_come_largest_first(shop: Shop) -> None:
    shares = queries.by_province(which=OutsideFilter(county_id=shop.county_id))
    assert [share.key for share in shares] == ["浙江省", "江苏省", "上海市"]


@pytest.mark.parametrize(
    ("narrowed", "numbers"),
    [
        ({}, ["3", "6917926768823643752", "2", "1"]),
        ({"channel": "tmall"}, ["3", "2", "1"]),
        ({"province": "江苏省"}, ["3", "2"]),
        ({"number": "2"}, ["2"]),
        ({"since": date(2026, 9, 1)}, ["3", "6917926768823643752", "2"]),
        ({"until": date(2026, 8, 31)}, ["1"]),
        ({"since": date(2026, 9, 1), "until": date(2026, 9, 1), "channel": "tmall"}, ["3", "2"]),
        ({"organisation_id": -1}, []),
        ({"batch_id": -1}, []),
    ],
)
def test_the_list_is_newest_first_and_narrows(
    shop: Shop, narrowed: dict[str, object], numbers: list[str]
) -> None:
    page = queries.orders(which=OutsideFilter(county_id=shop.county_id, **narrowed))  # type: ignore[arg-type]  # a table of cases
    assert [row.number for row in page.items] == numbers
    assert page.total == len(numbers)


def test_the_list_comes_in_pages(shop: Shop) -> None:
    which = OutsideFilter(county_id=shop.county_id)
    pages = [queries.orders(which=which, page=number, per_page=3) for number in (1, 2)]
    assert [len(page.items) for page in pages] == [3, 1]
    assert len({row.id for page in pages for row in page.items}) == 4


def test_another_county_sees_nothing(shop: Shop) -> None:
    which = OutsideFilter(county_id=shop.county_id + 1)
    assert queries.orders(which=which).total == 0
    assert queries.batches(county_id=shop.county_id + 1).total == 0
    (order, *_others) = queries.orders(which=OutsideFilter(county_id=shop.county_id)).items
    assert queries.revisions(county_id=shop.county_id + 1, order_id=order.id) == ()


def test_batches_come_newest_first_and_narrow_to_an_organisation(shop: Shop) -> None:
    other = Shop(shop.county_id)
    other.bring(export("generic"), "generic")
    assert [row.channel for row in queries.batches(county_id=shop.county_id).items] == [
        "douyin",
        "generic",
        "tmall",
    ]
    own = queries.batches(county_id=shop.county_id, organisation_id=shop.organisation.id)
    assert [(row.channel, row.rows) for row in own.items] == [("douyin", 1), ("tmall", 3)]


def test_a_batch_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        queries.batch(batch_id=0)
