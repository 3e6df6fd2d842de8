"""A lot's public page: whether its records hold, what they say, what its plot bore, where it is on sale."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fieldcast.accounts.types import OrganisationKind
from fieldcast.catalog.operations import set_lot_state
from fieldcast.catalog.types import LotState, LotView
from fieldcast.trace import queries as trace
from fieldcast.trace.types import EventKind
from fieldcast.trade import operations as trade_operations
from tests.factories.accounts import NOW, make_county, make_organisation
from tests.factories.catalog import make_lot
from tests.factories.market import make_stall
from tests.factories.trace import make_event, make_old_event
from tests.factories.trade import Sale, make_offer, make_order, make_sale, make_session
from tests.web.shared.clock import Turn
from tests.web.shared.desk import ENGLISH
from tests.web.shared.reading import english_in, text_of


@pytest.fixture
def lot(db: None, clock: Turn) -> LotView:
    cooperative = make_organisation(county_id=make_county(), kind=OrganisationKind.COOPERATIVE)
    return make_lot(cooperative=cooperative, quantity=820)


def page_of(lot_id: int, **headers: str) -> str:
    answer = Client().get(f"/lots/{lot_id}/", headers=headers)
    assert answer.status_code == 200
    page: str = answer.content.decode()
    return page


def record(lot: LotView, kind: EventKind, at: datetime = NOW, **facts: Any) -> None:
    """Written before records were checked, which stay as they are."""
    make_old_event(lot, kind, facts, at=at)


def tamper(sql: str, *values: Any) -> None:
    """Change what was written behind the platform's back, as someone with the database in hand could."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET session_replication_role = origin")


# --- the verdict -----------------------------------------------------------------------------------------------------
def test_anyone_may_see_where_it_came_from_and_that_its_records_hold(lot: LotView) -> None:
    record(lot, EventKind.INSPECTED, result="pass", residue="not detected", report="2026-3381")
    page = text_of(page_of(lot.id))
    for words in ("记录未被改动过", "2 条记录", "抽检合格", "6 号园", "河湾果园", "青山合作社", "820 斤"):
        assert words in page


def test_a_record_that_was_changed_is_told_with_its_number(lot: LotView) -> None:
    record(lot, EventKind.INSPECTED, result="fail", report="2026-3381")
    record(lot, EventKind.STORED, store="township cold store", celsius="2.9")
    tamper(
        'UPDATE trace_lotevent SET facts = facts || \'{"result": "pass"}\' WHERE lot_id = %s AND sequence = 2',
        lot.id,
    )
    page = page_of(lot.id)
    assert "记录对不上" in page
    assert "第 2 条记录" in page
    assert "和封存的指纹对不上 · 青山合作社" in page
    assert "记录未被改动过" not in page
    assert english_in(page) == []


def test_a_record_that_was_taken_away_is_told(lot: LotView) -> None:
    record(lot, EventKind.TREATED, agent="吡虫啉", interval_days=14)
    record(lot, EventKind.STORED, store="township cold store", celsius="2.9")
    tamper("DELETE FROM trace_lotevent WHERE lot_id = %s AND sequence = 2", lot.id)
    assert "记录对不上" in page_of(lot.id)


def test_what_does_not_hold_together_is_not_pressed_on_anyone(db: None, clock: Turn) -> None:
    sale = make_sale()
    assert f'hx-get="/buy/{sale.offer.id}/"' in page_of(sale.offer.lot_id)
    tamper("UPDATE trace_lotevent SET facts = '{}' WHERE lot_id = %s AND sequence = 1", sale.offer.lot_id)
    assert f'hx-get="/buy/{sale.offer.id}/"' not in page_of(sale.offer.lot_id)


def test_how_it_was_checked_shows_the_fingerprint_of_every_record(lot: LotView) -> None:
    record(lot, EventKind.STORED, store="township cold store", celsius="2.9")
    page = page_of(lot.id)
    for event in trace.history(lot_id=lot.id).events:
        assert event.hash[:16] in page


def test_a_failed_test_is_not_called_passed(lot: LotView) -> None:
    record(lot, EventKind.INSPECTED, result="fail", residue="detected", report="2026-3381")
    page = text_of(page_of(lot.id))
    assert "抽检不合格" in page
    assert "抽检合格" not in page


def test_a_grade_is_told_in_the_readers_language(lot: LotView) -> None:
    record(lot, EventKind.GRADED, grade="二级")
    assert "一级" in text_of(page_of(lot.id))
    page = text_of(page_of(lot.id, **ENGLISH))
    assert "First grade" in page
    assert "grade: Second grade" in page
    assert "一级" not in page


def test_a_stopped_lot_says_so(lot: LotView) -> None:
    set_lot_state(lot_id=lot.id, state=LotState.STOPPED)
    page = page_of(lot.id)
    assert "这一批已停售" in page
    assert english_in(page) == []


# --- the story -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "facts", "chinese", "english"),
    [
        (
            EventKind.GRADED,
            {"received": 820, "sorted_out": 24, "unit": "jin", "grade": "一级"},
            "收 820 斤，合格 796 斤，挑出 24 斤",
            "820 jin came in, 796 jin kept, 24 jin sorted out",
        ),
        (
            EventKind.INSPECTED,
            {"result": "pass", "residue": "not detected", "report": "2026-3381"},
            "农残未检出 · 报告 2026-3381",
            "pesticide residue: none found · report 2026-3381",
        ),
        (
            EventKind.STORED,
            {"store": "township cold store", "celsius": "3.2"},
            "镇冷库，3.2 ℃",
            "the township's cold store, 3.2 ℃",
        ),
        (
            EventKind.TREATED,
            {"agent": "吡虫啉", "interval_days": 14},
            "吡虫啉，间隔期 14 天",
            "吡虫啉, to be picked 14 days later at the earliest",
        ),
        (
            EventKind.OFFERED,
            {"session": 7, "title": "黄桃专场", "packs": 100, "pack_units": 5},
            "在「黄桃专场」上架 100 份，每份 5 斤",
            "100 packs of 5 jin in “黄桃专场”",
        ),
        (
            EventKind.SHIPPED,
            {"parcels": 31, "units": 155, "from": "2026-11-22T10:00:00+08:00"},
            "31 件，共 155 斤",
            "31 parcels, 155 jin",
        ),
        (EventKind.WRITTEN_OFF, {"units": 24, "reason": "霜冻"}, "24 斤：霜冻", "24 jin: 霜冻"),
    ],
)
def test_every_event_is_a_sentence(
    lot: LotView, kind: EventKind, facts: dict[str, Any], chinese: str, english: str
) -> None:
    record(lot, kind, **facts)
    page = page_of(lot.id)
    assert f"青山合作社 · {chinese}" in text_of(page)
    assert english_in(page) == []
    assert f"Qingshan · {english}" in text_of(page_of(lot.id, **ENGLISH))


def test_a_fact_without_a_sentence_is_shown_as_it_was_written(lot: LotView) -> None:
    record(lot, EventKind.PLANTED, variety="锦绣", 海拔="620 米")
    page = text_of(page_of(lot.id))
    assert "品种：锦绣 · 海拔：620 米" in page


def test_a_correction_names_the_record_it_corrects(lot: LotView) -> None:
    first = trace.history(lot_id=lot.id).events[0]
    make_event(lot, EventKind.CORRECTED, {"quantity": 800}, corrects=first.id)
    page = text_of(page_of(lot.id))
    assert "更正记录" in page
    assert "更正第 1 条记录" in page
    assert "数量：800" in page


def test_the_latest_event_comes_first_with_its_hour(lot: LotView) -> None:
    record(lot, EventKind.STORED, at=NOW + timedelta(hours=2), store="township cold store", celsius="3.2")
    page = text_of(page_of(lot.id))
    assert page.index("今天 16:00") < page.index("今天 14:00")


def test_parcels_are_told_without_their_buyers(db: None, clock: Turn) -> None:
    sale = make_sale()
    order = make_order(sale, until="shipped", packs=2)
    trade_operations.tell_lots(now=NOW)
    page = text_of(page_of(sale.offer.lot_id))
    assert "1 件，共 10 斤" in page
    assert order.buyer_name not in page
    assert order.number not in page


# --- the figures -----------------------------------------------------------------------------------------------------
def test_what_the_plot_can_bear_is_told_with_its_figures(lot: LotView) -> None:
    page = text_of(page_of(lot.id))  # 10 mu, 4000 jin a mu: 820 of 40,000
    assert "2%" in page
    assert "10 亩一季最多产 40,000 斤" in page
    assert "每亩最多 4,000 斤" in page
    assert "820 斤" in page


def test_where_every_unit_is_adds_up(db: None, clock: Turn) -> None:
    sale = make_sale(quantity=1000)
    make_order(sale, until="paid", packs=2)
    make_order(sale, until="reserved", packs=1)
    trade_operations.write_off(
        by=sale.stall.chief, lot_id=sale.offer.lot_id, units=24, reason="霜冻", now=NOW
    )
    assert "采了 1,000 斤：已售 10 斤，给买家留着 5 斤，还在 961 斤，损耗 24 斤。" in text_of(
        page_of(sale.offer.lot_id)
    )


# --- on sale ---------------------------------------------------------------------------------------------------------
def test_what_is_on_sale_now_can_be_bought_from_here(db: None, clock: Turn) -> None:
    sale = make_sale()
    page = page_of(sale.offer.lot_id)
    assert f'hx-get="/buy/{sale.offer.id}/" hx-target="#buy-body"' in page
    assert 'id="buy"' in page
    assert english_in(page) == []


def test_a_planned_session_is_announced_and_cannot_be_bought_from_yet(db: None, clock: Turn) -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    offer = make_offer(stall, session)
    page = page_of(stall.lot.id)
    assert "将要开卖" in page
    assert f"/live/{session.id}/" in page
    assert f"/buy/{offer.id}/" not in page


def test_what_is_over_is_not_offered(db: None, clock: Turn) -> None:
    sale: Sale = make_sale()
    trade_operations.end_session(by=sale.stall.chief, session_id=sale.session.id, now=NOW)
    page = page_of(sale.offer.lot_id)
    assert "/buy/" not in page
    assert "正在卖" not in page


def test_an_offer_that_was_closed_is_not_offered_though_its_session_is_live(db: None, clock: Turn) -> None:
    sale = make_sale()
    trade_operations.close_offer(by=sale.stall.chief, offer_id=sale.offer.id, now=NOW)
    page = page_of(sale.offer.lot_id)
    assert "正在卖" not in page
    assert "将要开卖" not in page


# --- finding one -----------------------------------------------------------------------------------------------------
@pytest.mark.scene("bare")
def test_a_lot_is_found_by_the_code_on_its_box(lot: LotView) -> None:
    other = make_lot(
        cooperative=make_organisation(county_id=lot.county_id, kind=OrganisationKind.COOPERATIVE)
    )
    page = Client().get(f"/lots/?q={lot.code}").content.decode()
    assert f"/lots/{lot.id}/" in page
    assert f"/lots/{other.id}/" not in page
    assert english_in(page) == []


@pytest.mark.scene("bare")
def test_lots_can_be_narrowed_to_a_kind(lot: LotView) -> None:
    assert f"/lots/{lot.id}/" in Client().get("/lots/?kind=fruit").content.decode()
    page = Client().get("/lots/?kind=tea").content.decode()
    assert f"/lots/{lot.id}/" not in page
    assert "没有找到" in page


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%25_", "kind=nonsense", "page=99999999999999999999", "page=-1"]
)
def test_no_question_is_an_error(lot: LotView, query: str) -> None:
    assert Client().get(f"/lots/?{query}").status_code == 200


@pytest.mark.scene("bare")
def test_before_the_first_harvest_the_list_says_so(db: None) -> None:
    page = Client().get("/lots/").content.decode()
    assert "还没有采收" in page
    assert english_in(page) == []


def test_a_lot_that_is_not_there_is_not_there(db: None) -> None:
    assert Client().get("/lots/999999/").status_code == 404
    assert Client().get(f"/lots/{10**30}/").status_code == 404


def test_a_long_history_takes_no_more_questions_to_the_database(
    lot: LotView, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as short:
        page_of(lot.id)
    for hour in range(12):
        record(
            lot, EventKind.STORED, at=NOW + timedelta(hours=hour), store="township cold store", celsius="3.2"
        )
    with django_assert_num_queries(len(short)):
        page_of(lot.id)
