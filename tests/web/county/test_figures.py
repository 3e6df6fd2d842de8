"""A figure opened: the number, the formula, the rows, the time, and the file to take along."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from fieldcast.web.county.figures import FIGURES, TITLES
from tests.factories.trade import later, make_order
from tests.web.county.office import THREE_DAYS, Desk, make_desk
from tests.web.shared.clock import Turn
from tests.web.shared.desk import settle
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db


def sheet(desk: Desk, slug: str) -> list[list[str]]:
    """The rows of a figure's file."""
    response = desk.get(f"figures/{slug}/", format="csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="fieldcast-{slug}-2026-11-' in response["Content-Disposition"]
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_every_figure_has_a_title_a_formula_its_rows_and_the_time() -> None:
    desk = make_desk()
    make_order(desk.sale)
    assert set(FIGURES) == set(TITLES)
    for slug in FIGURES:
        text = words(desk.get(f"figures/{slug}/"))
        assert str(TITLES[slug]) in text
        assert "How it is worked out" in text
        assert "Computed 2026-11-22 14:00" in text


def test_a_figure_that_is_not_kept_is_not_found() -> None:
    assert make_desk().get("figures/happiness/").status_code == 404


def test_sales_list_thirty_days_and_their_sum_is_the_figure() -> None:
    desk = make_desk()
    make_order(desk.sale, packs=2)
    make_order(desk.sale)
    rows = sheet(desk, "sales")
    assert rows[0] == ["Day", "Orders paid", "Buyers", "Packs", "Sales"]
    assert rows[1] == ["2026-11-22", "2", "2", "3", "119.40"]
    assert len(rows) == 31
    assert rows[-1][0] == "2026-10-24"
    assert "¥119.40" in words(desk.get("figures/sales/"))


def test_shares_of_everything_settled_sum_to_the_whole(clock: Turn) -> None:
    desk = make_desk()
    settle(desk.sale, packs=3)
    clock(later(7200))
    rows = sheet(desk, "share")[1:]
    assert {row[0] for row in rows} >= {"Farmer", "Host", "Cooperative", "Platform"}
    assert round(sum(float(row[2]) for row in rows), 2) == 100
    assert round(sum(float(row[1]) for row in rows), 2) == 119.40


def test_without_a_statement_there_is_no_share() -> None:
    text = words(make_desk().get("figures/share/"))
    assert "No statement was issued in the last 30 days." in text
    assert "— How it is worked out" in text


def test_late_parcels_are_listed_with_the_hours_they_have_waited(clock: Turn) -> None:
    desk = make_desk()
    late = make_order(desk.sale)
    make_order(desk.sale, until="shipped")
    clock(later(THREE_DAYS))
    page = desk.get("figures/in-time/")
    assert f'href="/county/orders/{late.number}/"' in page.content.decode()
    assert "50%" in words(page)
    assert sheet(desk, "in-time")[1:] == [[late.number, "Qingshan", "11-22 14:00", "72"]]
    clock(later(60))
    assert "No parcel is late." in words(desk.get("figures/in-time/"))


def test_refunds_count_on_the_day_their_order_was_paid(clock: Turn) -> None:
    from fieldcast.trade import operations as trade_operations

    desk = make_desk()
    order = make_order(desk.sale, until="received", packs=2)
    trade_operations.refund_after_sale(
        by=desk.sale.stall.chief, order_id=order.id, amount_fen=796, reason="坏果", now=later(5)
    )
    clock(later(timedelta(days=1).total_seconds()))
    assert sheet(desk, "refunds")[1:] == [["2026-11-22", "79.60", "7.96", "10.00"]]
    assert "10%" in words(desk.get("figures/refunds/"))


def test_orders_list_those_placed_beside_those_paid() -> None:
    desk = make_desk()
    make_order(desk.sale, packs=2)
    make_order(desk.sale, until="reserved")
    assert sheet(desk, "orders")[1] == ["2026-11-22", "2", "1", "2"]


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "@x"])
def test_no_cell_of_a_file_is_run_by_a_spreadsheet(name: str) -> None:
    from fieldcast.accounts.models import Organisation

    desk = make_desk()
    Organisation.objects.filter(id=desk.sale.stall.lot.plot.household_id).update(name=name, name_en="")
    response: Any = desk.get("households/", format="csv")
    cells = next(
        row for row in csv.reader(io.StringIO(response.content.decode("utf-8-sig"))) if name in row[1]
    )
    assert cells[1] == f"'{name}"
