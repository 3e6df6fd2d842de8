"""All rows or none; the same file twice changes nothing; a later export updates, an earlier one does not."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, OrganisationRef
from fieldcast.outside import queries
from fieldcast.outside.columns import MapFromNothing
from fieldcast.outside.models import ImportBatch, OutsideOrder, OutsideOrderRevision
from fieldcast.outside.operations import import_orders
from fieldcast.outside.parse import BadRows
from fieldcast.outside.types import ImportReport, OutsideFilter, Stage
from tests.factories import accounts
from tests.outside.files import GENERIC, GENERIC_ROW, NOW, export, table

pytestmark = pytest.mark.django_db


class Shop:
    """A cooperative whose manager brings files in."""

    def __init__(self, county_id: int | None = None) -> None:
        self.county_id = county_id or accounts.make_county()
        self.organisation: OrganisationRef = accounts.make_organisation(
            county_id=self.county_id, kind=OrganisationKind.COOPERATIVE
        )
        self.manager: Person = accounts.make_member(organisation=self.organisation)
        self.days = 0

    def bring(self, data: bytes, kind: str = "tmall", **more: Any) -> ImportReport:
        """Import `data`, each time a day later."""
        self.days += 1
        chosen: dict[str, Any] = {"organisation_id": self.organisation.id, "by": self.manager, **more}
        return import_orders(
            data=data,
            file_name="订单报表.csv",
            format_code=kind,
            county_id=self.county_id,
            now=NOW + timedelta(days=self.days),
            **chosen,
        )

    def order(self, number: str) -> OutsideOrder:
        return OutsideOrder.objects.get(county_id=self.county_id, outside_number=number)


@pytest.fixture
def shop() -> Shop:
    return Shop()


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.inserted, report.updated, report.unchanged, report.older


def everything() -> list[Any]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (ImportBatch, OutsideOrder, OutsideOrderRevision)
    ]


PAID_LATER = {"订单编号": "1", "订单付款时间 ": "", "买家实际支付金额": "0", "退款金额": "0"}
PAID = {"订单编号": "1", "买家实际支付金额": "178.8", "退款金额": "0"}
PARTLY_REFUNDED = {"订单编号": "1", "买家实际支付金额": "100", "退款金额": "78.8"}


def test_orders_are_stored_with_their_batch(shop: Shop) -> None:
    report = shop.bring(export("douyin"), "douyin")
    assert counts(report) == (1, 0, 0, 0)
    order = shop.order("6917926768823643752")
    assert (order.channel, order.province, order.city, order.quantity) == ("douyin", "浙江省", "杭州市", 2)
    assert (order.amount_fen, order.paid_fen, order.refund_fen) == (102890, 102890, 0)
    assert order.batch_id == report.batch_id
    batch = queries.batch(batch_id=order.batch_id)
    assert (batch.rows, batch.inserted, batch.imported_by_id) == (1, 1, shop.manager.pk)
    assert batch.sha256 == report.sha256


def test_the_same_file_twice_changes_nothing(shop: Shop) -> None:
    data = export("tmall", {}, {"订单编号": "2"})
    first = shop.bring(data)
    before = everything()
    second = shop.bring(data)
    assert counts(second) == (0, 0, 2, 0)
    assert second.seen_before
    assert second.batch_id == first.batch_id
    assert everything() == before


def test_the_same_orders_in_another_file_change_nothing_either(shop: Shop) -> None:
    shop.bring(export("tmall", {}, {"订单编号": "2"}))
    before = everything()
    again = shop.bring(export("tmall", {"订单编号": "2"}, {}, encoding="gb18030"))
    assert counts(again) == (0, 0, 2, 0)
    assert not again.seen_before
    assert again.batch_id is None
    assert everything() == before


def test_one_bad_row_and_nothing_is_written(shop: Shop) -> None:
    before = everything()
    with pytest.raises(BadRows) as refused:
        shop.bring(export("tmall", {}, {"订单编号": "2", "总金额": "x"}, {"订单编号": "3"}))
    assert refused.value.cells[0].line == 3
    assert everything() == before


def test_a_trial_says_what_would_happen_and_writes_nothing(shop: Shop) -> None:
    before = everything()
    report = shop.bring(export("tmall"), dry_run=True)
    assert counts(report) == (1, 0, 0, 0)
    assert report.batch_id is None
    assert everything() == before


def test_a_later_export_updates_and_keeps_what_was_said_before(shop: Shop) -> None:
    first = shop.bring(export("tmall", PAID_LATER))
    second = shop.bring(export("tmall", PAID, {"订单编号": "2"}))
    third = shop.bring(export("tmall", PARTLY_REFUNDED, {"订单编号": "2"}))
    assert [counts(report) for report in (first, second, third)] == [(1, 0, 0, 0), (1, 1, 0, 0), (0, 1, 1, 0)]
    order = shop.order("1")
    assert (order.paid_fen, order.refund_fen, order.batch_id) == (17880, 7880, third.batch_id)
    newest, oldest = queries.revisions(county_id=shop.county_id, order_id=order.pk)
    assert (newest.paid_fen, newest.refund_fen, newest.replaced_by_batch_id) == (17880, 0, third.batch_id)
    assert (oldest.paid_fen, oldest.paid_at, oldest.batch_id) == (0, None, first.batch_id)


@pytest.mark.parametrize("older", [PAID, PAID_LATER])
def test_an_earlier_export_changes_nothing_and_is_counted(shop: Shop, older: Mapping[str, str]) -> None:
    shop.bring(export("tmall", PARTLY_REFUNDED))
    before = everything()
    assert counts(shop.bring(export("tmall", older))) == (0, 0, 0, 1)
    assert everything() == before


def test_what_a_later_export_does_not_say_is_kept(shop: Shop) -> None:
    shop.bring(export("generic", {"退款金额": "9.8"}), "generic")
    later = export(
        "generic", {"退款金额": "", "商品": "", "数量": "", "省份": "", "城市": "", "实付金额": "39"}
    )
    assert counts(shop.bring(later, "generic")) == (0, 1, 0, 0)
    order = shop.order("G-1")
    assert (order.paid_fen, order.refund_fen) == (3900, 980)
    assert (order.product_title, order.quantity, order.province, order.city) == (
        "花椒",
        3,
        "四川省",
        "成都市",
    )


def test_a_refund_that_has_become_unknown_is_unknown(shop: Shop) -> None:
    shop.bring(export("douyin"), "douyin")
    report = shop.bring(export("douyin", {"售后状态": "退款中"}), "douyin")
    assert counts(report) == (0, 1, 0, 0)
    assert shop.order("6917926768823643752").refund_fen is None


def test_seconds_that_excel_dropped_are_no_change(shop: Shop) -> None:
    shop.bring(
        export("tmall", {"订单创建时间": "2026-09-01 08:00:41", "订单付款时间 ": "2026-09-01 08:00:59"})
    )
    saved = {"订单创建时间": "2026/9/1 8:00", "订单付款时间 ": "2026/9/1 8:00"}
    assert counts(shop.bring(export("tmall", saved))) == (0, 0, 1, 0)


def test_a_payment_whose_seconds_excel_dropped_is_not_before_its_order(shop: Shop) -> None:
    shop.bring(export("tmall", {**PAID_LATER, "订单创建时间": "2026-09-01 08:00:41"}))
    saved = {**PAID, "订单创建时间": "2026/9/1 8:00", "订单付款时间 ": "2026/9/1 8:00"}
    assert counts(shop.bring(export("tmall", saved))) == (0, 1, 0, 0)
    order = shop.order("1")
    assert order.paid_at == order.created_at


def test_a_number_that_is_here_as_an_order_of_another_time_is_another_shop_s(shop: Shop) -> None:
    shop.bring(export("tmall"))
    before = everything()
    with pytest.raises(BadRows) as refused:
        shop.bring(export("tmall", {"订单编号": "7"}, {"订单创建时间": "2026-08-31 08:00:00"}))
    (cell,) = refused.value.cells
    assert (cell.line, cell.column, cell.value) == (3, "订单编号", "1001")
    assert "2026-09-01 08:00:00" in cell.message
    assert everything() == before


def test_nobody_changes_another_seller_s_order(shop: Shop) -> None:
    other = Shop(shop.county_id)
    shop.bring(export("tmall", PAID))
    before = everything()
    assert counts(other.bring(export("tmall", PAID))) == (0, 0, 1, 0)
    with pytest.raises(BadRows):
        other.bring(export("tmall", PARTLY_REFUNDED))
    assert everything() == before


def test_whose_orders_a_file_names_is_said(shop: Shop) -> None:
    other = Shop(shop.county_id)
    shop.bring(export("tmall"))
    report = other.bring(export("tmall"))
    assert (report.of_others, report.others, report.all_of_others) == (1, (shop.organisation.id,), True)
    mixed = other.bring(export("tmall", {}, {"订单编号": "1002"}))
    assert (mixed.inserted, mixed.of_others, mixed.all_of_others) == (1, 1, False)
    assert other.bring(export("tmall", {"订单编号": "1002"})).of_others == 0


def test_counties_and_channels_do_not_know_each_other_s_numbers(shop: Shop) -> None:
    elsewhere = Shop()
    assert shop.bring(export("tmall")).inserted == 1
    assert elsewhere.bring(export("tmall")).inserted == 1
    assert shop.bring(export("generic", {"订单号": "1001"}), "generic").inserted == 1
    assert OutsideOrder.objects.filter(outside_number="1001").count() == 3


def test_the_county_itself_can_bring_orders_in(shop: Shop) -> None:
    report = shop.bring(export("tmall"), organisation_id=None, by=None)
    assert counts(report) == (1, 0, 0, 0)
    assert shop.order("1001").organisation_id is None
    assert shop.bring(export("tmall"), organisation_id=None, by=None).seen_before


def test_progress_passes_through_every_stage(shop: Shop) -> None:
    seen: list[tuple[Stage, int, int]] = []

    def progress(*, stage: Stage, done: int, total: int) -> None:
        seen.append((stage, done, total))

    data = export("tmall", *({"订单编号": str(number)} for number in range(6_000)))
    shop.bring(data, progress=progress)
    assert {stage for stage, _, _ in seen} == set(Stage)
    assert seen[-1] == (Stage.SAVING, 6_000, 6_000)


def test_a_map_of_nonsense_is_refused_before_it_reaches_the_database(shop: Shop) -> None:
    data = table(["a\0", *GENERIC[1:]], [GENERIC_ROW])
    with pytest.raises(MapFromNothing):
        shop.bring(data, "generic", column_map={"number": "a\0"})


def test_the_file_s_path_is_not_kept(shop: Shop) -> None:
    report = import_orders(
        data=export("tmall"), file_name="C:\\Users\\张三\\..\\订单\n报表.csv", format_code="tmall",
        county_id=shop.county_id, organisation_id=None, by=None, now=NOW,
    )  # fmt: skip
    assert report.file_name == "订单�报表.csv"


def test_nothing_of_the_buyer_is_anywhere_in_the_database(shop: Shop) -> None:
    shop.bring(
        export("douyin", {"收件人": "李雷", "收件人手机号": "13912345678", "详细地址": "灵隐路88号"}),
        "douyin",
    )
    shop.bring(export("tmall", {"收货地址 ": "浙江省 杭州市 西湖区 灵隐路88号 李雷 13912345678"}))
    with connection.cursor() as cursor:
        cursor.execute("SELECT o::text || b::text FROM trade_outsideorder o, trade_importbatch b")
        stored = "".join(row[0] for row in cursor.fetchall())
    assert "浙江省" in stored
    assert not any(secret in stored for secret in ("李雷", "13912345678", "灵隐", "西湖"))


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"amount_fen": -1, "paid_fen": 0, "refund_fen": 0, "paid_at": None}, "outside_order_not_negative"),
        ({"paid_fen": 17881}, "outside_order_paid_within_amount"),
        ({"refund_fen": 17881}, "outside_order_refund_within_paid"),
        ({"paid_at": None}, "outside_order_paid_at_a_time"),
        ({"paid_at": None, "paid_fen": 0, "refund_fen": None}, "outside_order_paid_at_a_time"),
        ({"paid_at": NOW - timedelta(days=300)}, "outside_order_paid_at_a_time"),
        ({"quantity": 0}, "outside_order_quantity_positive"),
    ],
)
def test_the_database_itself_refuses_nonsense(shop: Shop, change: dict[str, Any], constraint: str) -> None:
    shop.bring(export("tmall"))
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        OutsideOrder.objects.filter(outside_number="1001").update(**change)


def test_outside_orders_are_in_no_stock_and_no_sale_of_our_own(shop: Shop) -> None:
    from fieldcast.trade.models import LotStock, Order

    shop.bring(export("tmall"))
    assert not Order.objects.exists()
    assert not LotStock.objects.exists()
    assert queries.totals(which=OutsideFilter(county_id=shop.county_id)).orders == 1
