"""The first page, for anyone: who is live, who comes next, what is in season, what was just picked."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fieldcast.accounts.types import OrganisationKind
from fieldcast.catalog.operations import add_product, set_lot_state
from fieldcast.catalog.types import Category, LotState, Unit
from fieldcast.live import operations as live_operations
from fieldcast.trade import operations as trade_operations
from tests.factories.accounts import NOW, make_county, make_organisation
from tests.factories.catalog import make_lot
from tests.factories.market import make_stall
from tests.factories.trade import HOLD_SECONDS, Sale, later, make_buyer, make_offer, make_order, make_sale
from tests.web.shared.clock import Turn
from tests.web.shared.desk import sign_in
from tests.web.shared.reading import english_in, text_of


@pytest.fixture
def sale(db: None, clock: Turn) -> Sale:
    return make_sale()


def home(client: Client | None = None, headers: dict[str, str] | None = None) -> str:
    answer = (client or Client()).get("/", headers=headers)
    assert answer.status_code == 200
    page: str = answer.content.decode()
    return page


def test_what_is_live_stands_first_with_what_is_shown_now(sale: Sale) -> None:
    page = home()
    assert f'href="/live/{sale.session.id}/"' in page
    for words in ("河湾黄桃 早采现发", "果农秀兰", "黄桃 5 斤装", "¥39.80", "还剩 100 份"):
        assert words in text_of(page)
    assert english_in(page) == []


def test_the_page_is_english_for_those_who_read_it(sale: Sale) -> None:
    page = text_of(home(headers={"Accept-Language": "en"}))
    for words in ("Fresh from the field", "Yellow peaches, box of 5 jin", "100 packs left"):
        assert words in page


def test_what_the_host_explains_is_what_is_shown(sale: Sale) -> None:
    other = make_offer(sale.stall, sale.session, title="黄桃 尝鲜装", packs=10, position=5)
    live_operations.explain(by=sale.stall.chief, session_id=sale.session.id, offer_id=other.id, now=NOW)
    assert "黄桃 尝鲜装" in home()


@pytest.mark.scene("bare")
def test_what_is_sold_out_is_not_shown_for_sale(db: None, clock: Turn) -> None:
    sale = make_sale(packs=1)
    make_order(sale, until="paid")
    page = text_of(home())
    assert "暂时卖完了" in page
    assert "正在卖" not in page


def test_what_was_stopped_is_not_shown_for_sale(sale: Sale) -> None:
    set_lot_state(lot_id=sale.offer.lot_id, state=LotState.STOPPED)
    page = text_of(home())
    assert "正在卖" not in page
    assert "¥39.80" not in page


def test_what_is_in_season_is_shown_with_where_it_can_be_bought(sale: Sale) -> None:
    page = home()
    assert "当季" in page
    assert "正在卖" in page
    assert "¥7.96/斤" in page


def test_the_cheapest_offer_of_a_product_is_the_one_shown(sale: Sale) -> None:
    make_offer(sale.stall, sale.session, title="黄桃 大箱", packs=5, pack_units=10, price_fen=6980)
    assert "¥6.98/斤" in home()


@pytest.mark.scene("bare")
def test_a_product_without_an_offer_leads_to_its_lots(db: None, clock: Turn) -> None:
    make_stall()
    assert "/lots/?q=" in home()


@pytest.mark.parametrize(
    ("first", "last", "chinese", "english"),
    [
        (10, 12, "10月–12月采收", "Picked Oct to Dec"),
        (11, 4, "11月–4月采收", "Picked Nov to Apr"),
        (1, 12, "全年采收", "Picked all year"),
        (12, 11, "全年采收", "Picked all year"),
    ],
)
@pytest.mark.scene("bare")
def test_a_season_is_told_in_months(
    db: None, clock: Turn, first: int, last: int, chinese: str, english: str
) -> None:
    county_id = make_county()
    product_id = add_product(
        county_id=county_id,
        code="kiwi",
        category=Category.FRUIT,
        name="猕猴桃",
        name_en="Kiwi",
        unit=Unit.JIN,
        yield_ceiling_per_mu=3600,
        season_from=first,
        season_to=last,
    )
    assert chinese not in text_of(home())  # nothing of it is there
    make_lot(
        cooperative=make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE),
        product_id=product_id,
    )
    assert chinese in text_of(home())
    assert english in text_of(home(headers={"Accept-Language": "en"}))


@pytest.mark.scene("bare")
def test_when_nobody_is_live_the_next_session_is_named(db: None, clock: Turn) -> None:
    stall = make_stall()
    session = live_operations.plan(
        by=stall.chief,
        organiser_id=stall.cooperative.id,
        cooperative_id=stall.cooperative.id,
        host_id=stall.host.id,
        agreement_version_id=stall.version.id,
        title="露天蔬菜晚市",
        starts_at=NOW + timedelta(hours=5, minutes=30),
        now=NOW,
    )
    make_offer(stall, session)
    page = home()
    assert "现在没有人在直播" in page
    assert "下一场：今天 19:30「露天蔬菜晚市」" in text_of(page)
    assert english_in(page) == []


@pytest.mark.scene("bare")
def test_a_county_without_anything_yet_has_a_page_that_says_so(db: None, clock: Turn) -> None:
    make_county()
    page = home()
    for words in ("现在没有人在直播", "目前还没有安排下一场。", "这个月没有采收的。", "还没有登记批次。"):
        assert words in text_of(page)
    assert english_in(page) == []


@pytest.mark.scene("bare")
def test_a_platform_without_a_county_has_a_page_that_says_so(db: None, clock: Turn) -> None:
    page = home()
    assert "还没有开张" in page
    assert english_in(page) == []


def test_the_latest_lots_lead_to_their_pages(sale: Sale) -> None:
    page = home()
    assert f'href="/lots/{sale.stall.lot.id}/"' in page
    assert sale.stall.lot.code in page


def test_an_order_that_waits_for_payment_is_the_first_thing_its_buyer_sees(sale: Sale, clock: Turn) -> None:
    buyer = make_buyer(sale)
    order = make_order(sale, until="reserved", by=buyer)
    client = Client()
    sign_in(client, buyer)
    assert f'href="/me/orders/{order.number}/"' in home(client)
    assert order.number not in home()
    clock(later(HOLD_SECONDS))
    assert order.number not in home(client)


def test_a_session_that_has_ended_is_not_called_live(sale: Sale) -> None:
    trade_operations.end_session(by=sale.stall.chief, session_id=sale.session.id, now=NOW)
    assert f"/live/{sale.session.id}/" not in home()


def test_more_goods_take_no_more_questions_to_the_database(
    sale: Sale, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as one:
        home()
    for number in range(6):
        make_offer(sale.stall, sale.session, title=f"黄桃 {number}", packs=3, position=number)
    with django_assert_num_queries(len(one)):
        home()


@pytest.mark.scene("bare")
@pytest.mark.parametrize("address", ["/", "/join/", "/accounts/signup/"])
def test_before_there_is_a_county_nobody_is_sent_to_it(db: None, address: str) -> None:
    page = text_of(Client().get(address, headers={"Accept-Language": "zh-hans"}).content.decode())
    assert "还没有设县" in page
    for there_is_none in ("服务中心", "县里", "工作日", "我要申请"):
        assert there_is_none not in page
