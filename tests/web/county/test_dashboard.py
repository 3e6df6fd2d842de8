"""The county's morning: what needs a person, the figures, where each leads."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fieldcast.catalog.operations import set_lot_state
from fieldcast.catalog.types import LotState
from fieldcast.outside.operations import import_orders
from fieldcast.trace.operations import check_histories
from fieldcast.trade import operations as trade_operations
from tests.factories.accounts import NOW
from tests.factories.trade import (
    PRICE_FEN,
    later,
    make_order,
    make_sale,
    paid_notice,
    place,
    send_notice,
)
from tests.web.county.office import THREE_DAYS, Desk, end, make_desk, report, stick
from tests.web.shared.clock import Turn
from tests.web.shared.desk import CHINESE, settle
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7).total_seconds()


def cards(desk: Desk) -> list[str]:
    """The cards of the dashboard, each in words."""
    page = desk.get().content.decode()
    found = re.findall(r'<article class="card attention.*?</article>', page, flags=re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", card).split()) for card in found]


def test_a_quiet_county_says_that_all_is_well() -> None:
    desk = make_desk()
    text = words(desk.get())
    assert "Nothing needs you today" in text
    assert "All is well" in text
    assert cards(desk) == []


def test_the_day_opens_with_its_date_and_the_time_it_was_read() -> None:
    assert "Sunday 22 November 14:00 · every figure opens its source" in words(make_desk().get())
    assert "11月22日 周日 14:00 更新" in words(make_desk(language=CHINESE).get())


def test_each_kind_of_trouble_is_a_card_with_a_colour_a_sentence_and_a_way_on(clock: Turn) -> None:
    desk = make_desk()
    sale = desk.sale
    make_order(sale)
    order = stick(sale)
    end(sale)
    report(sale, packs=9, amount_fen=1)
    set_lot_state(lot_id=sale.stall.lot.id, state=LotState.STOPPED)
    trade_operations.receive_notice(provider="sandbox", headers={"x": "1"}, body=b"{}", now=later(THREE_DAYS))
    clock(later(THREE_DAYS))
    page = desk.get().content.decode()
    assert "5 things need you today" in words(desk.get())
    assert page.count("attention flag-persimmon") == 2
    assert page.count("attention flag-wheat") == 3
    said = " | ".join(cards(desk))
    assert "1 forged payment notice" in said
    assert "may not be sold 1 paid order of it is held back: release the lot or give the money back." in said
    assert "The host reported 7 packs more than were paid for." in said
    assert "青山合作社" not in said
    assert "Qingshan: 1 parcel is late" in said
    assert f"Order {order.number}: the payment provider would not take it" in said
    for way in (
        "/county/notices/",
        f"/county/lots/{sale.stall.lot.id}/",
        f"/county/sessions/{sale.session.id}/",
        "/county/figures/in-time/",
        f"/county/orders/{order.number}/",
    ):
        assert f'class="more" href="{way}"' in page
        if way.startswith("/county"):
            assert desk.client.get(way).status_code == 200


def test_a_notice_that_waits_on_the_readers_desk_is_counted_once(clock: Turn) -> None:
    desk = make_desk()
    placed = place(desk.sale)
    send_notice(paid_notice(placed.order_id, amount_fen=PRICE_FEN - 1))
    clock(later(60))
    page = desk.get()
    assert "1 thing needs you today" in words(page)
    assert "What waits for me" in words(page)
    assert "could not be used" not in " ".join(cards(desk))
    assert "could not be used" in words(desk.get("attention/"))


def test_a_report_whose_money_alone_differs_says_so() -> None:
    desk = make_desk()
    make_order(desk.sale)
    end(desk.sale)
    report(desk.sale, packs=1, amount_fen=1)
    assert "The packs agree, the money does not." in cards(desk)[0]


def test_a_report_of_fewer_says_fewer() -> None:
    desk = make_desk()
    make_order(desk.sale, packs=3)
    end(desk.sale)
    report(desk.sale, packs=1, amount_fen=3980)
    assert "The host reported 2 packs fewer than were paid for." in cards(desk)[0]


def test_refunds_that_are_stuck_are_one_thing_to_do_and_are_listed_each_by_itself() -> None:
    desk = make_desk()
    orders = [stick(desk.sale, 500) for _number in range(3)]
    (card,) = cards(desk)
    assert "3 refunds did not go through" in card
    assert "Buyers wait for ¥15.00 in all" in card
    listed = words(desk.get("attention/"))
    assert all(order.number in listed for order in orders)


def test_the_histories_come_after_the_page_and_are_counted_in() -> None:
    desk = make_desk()
    page = desk.get().content.decode()
    assert 'hx-get="/county/histories/?others=0" hx-trigger="load"' in page
    assert "The record of 1 lot waits to be checked" in words(desk.part("histories/?others=0"))
    check_histories(now=NOW)
    text = words(desk.part("histories/?others=0"))
    assert "The records of all lots were checked at" in text
    assert "none was changed" in text
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE trace_lotevent SET at = at - interval '1 day'")
        cursor.execute("SET LOCAL session_replication_role = origin")
    check_histories(now=later(60))
    fragment = desk.part("histories/?others=2")
    assert "3 things need you today" in words(fragment)
    assert f"The record of lot {desk.sale.stall.lot.code} was changed" in words(fragment)
    assert 'id="first-line" hx-swap-oob="true"' in fragment.content.decode()
    assert "The record of lot" in words(desk.get("attention/"))
    assert desk.get("histories/").url == "/county/attention/"  # a part of a page is no page


def test_today_stands_beside_the_same_weekday_a_week_before(clock: Turn) -> None:
    desk = make_desk()
    make_order(desk.sale, packs=2)
    assert "nothing was sold last Sunday" in words(desk.get())
    make_order(desk.sale, packs=3, now=later(WEEK))
    clock(later(WEEK + 60))
    text = words(desk.get())
    assert "Today's sales ¥119.40 ＋50% beside all of last Sunday" in text


def test_less_than_a_week_before_has_its_sign(clock: Turn) -> None:
    desk = make_desk()
    make_order(desk.sale, packs=3)
    make_order(desk.sale, now=later(WEEK))
    clock(later(WEEK + 60))
    assert "－67% beside all of last Sunday" in words(desk.get())


def test_what_is_not_known_is_not_shown_as_nothing() -> None:
    text = words(make_desk().get())
    assert "Farmers' share — nothing settled in 30 days" in text
    assert "Sent in time —" in text
    assert "Refunded after sale —" in text
    assert "Today's sales ¥0.00" in text


def test_the_tiles_say_the_day_in_five_figures(clock: Turn) -> None:
    desk = make_desk()
    settle(desk.sale, orders=1, packs=2)
    make_order(desk.sale, until="reserved")
    clock(later(7200))
    text = words(desk.get())
    assert "Today's sales ¥79.60" in text
    assert re.search(r"Farmers' share \d+(\.\d)?% of what was settled in 30 days", text)
    assert "Refunded after sale 0% ¥0.00 of ¥79.60 in 30 days" in text
    assert "Orders paid today 1 order of 2 placed" in text


def test_every_tile_opens_its_figure() -> None:
    desk = make_desk()
    page = desk.get().content.decode()
    found = re.findall(r'<a class="card stat" href="([^"]+)"', page)
    assert len(found) == 5
    for address in found:
        assert "How it is worked out" in words(desk.client.get(address))


def test_a_live_session_is_shown_with_its_sales_and_what_comes_next() -> None:
    from tests.factories.trade import make_session

    desk = make_desk()
    make_order(desk.sale)
    text = words(desk.get())
    assert "Live now 1" in text
    assert "果农秀兰" not in text
    assert "¥39.80" in text
    assert "Next on air" not in text
    end(desk.sale)
    make_session(desk.sale.stall, open_=False)
    text = words(desk.get())
    assert "Nobody is live right now." in text
    assert "Next on air" in text


def test_stock_and_parcels_stand_by_kind_and_by_where_they_are() -> None:
    desk = make_desk()
    make_order(desk.sale, packs=2)
    text = words(desk.get())
    assert "Fruit jin 1 1,000 990 0 10 0" in text
    assert "Paid, to be packed 1" in text
    assert 'href="/county/orders/?state=paid"' in desk.get().content.decode()


def test_outside_sales_stand_beside_and_are_never_added() -> None:
    desk = make_desk()
    make_order(desk.sale)
    before = words(desk.get())
    assert "No file from another platform has been brought in." in before
    _bring_in(desk)
    text = words(desk.get())
    assert "Another place 1 ¥100.00" in text
    assert "Today's sales ¥39.80" in text


def test_households_are_shown_masked_with_the_most_and_the_least() -> None:
    desk = make_desk(language=CHINESE)
    text = words(desk.get())
    assert "王**" in text
    assert "王秀兰家" not in text


def test_households_of_a_village_can_be_chosen() -> None:
    desk = make_desk()
    village = desk.sale.stall.lot.plot.village
    assert f'<option value="{village}"' not in desk.get().content.decode()  # a household has no village yet
    from fieldcast.accounts.models import Organisation, Village

    home = Village.objects.get(name=village)
    Organisation.objects.filter(id=desk.sale.stall.lot.plot.household_id).update(village=home)
    assert f'<option value="{village}" selected' in desk.get(village=village).content.decode()
    assert "1 household earned ¥0.00" in words(desk.get(village=village))
    assert "1 household earned ¥0.00" in words(desk.get(village="nowhere"))


def test_the_dashboard_takes_as_many_statements_however_much_happens() -> None:
    desk = make_desk()
    counts = []
    for _number in range(3):
        make_order(desk.sale)
        stick(desk.sale)
        desk.get()
        with CaptureQueriesContext(connection) as asked:
            desk.get()
        counts.append(len(asked))
    assert counts[0] == counts[-1] <= 40


def test_one_more_live_session_takes_no_more_statements() -> None:
    desk = make_desk()
    with CaptureQueriesContext(connection) as one:
        desk.get()
    second = make_sale()
    from fieldcast.live.models import Session

    Session.objects.filter(id=second.session.id).update(county_id=desk.county_id)
    with CaptureQueriesContext(connection) as two:
        desk.get()
    assert "Live now 2" in words(desk.get())
    assert len(one) == len(two)


def _bring_in(desk: Desk) -> None:
    """A file of one order sold elsewhere."""
    head = "number,amount,paid,refund,created,paid_at"
    row = "X1,100.00,100.00,0,2026-11-20 10:00:00,2026-11-20 10:01:00"
    import_orders(
        data=f"{head}\n{row}\n".encode(),
        file_name="orders.csv",
        format_code="generic",
        county_id=desk.county_id,
        organisation_id=desk.sale.stall.cooperative.id,
        by=desk.sale.stall.chief,
        now=NOW,
    )
