"""A statement: the amount, why it is that much, where each yuan went, and who may read it."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from fieldcast.accounts.models import Person
from fieldcast.agreements import operations as agreements_operations
from fieldcast.settlement.models import Statement, StatementLine
from fieldcast.settlement.operations import settle_due
from fieldcast.web.statements import reading
from tests.factories.accounts import NOW, make_person
from tests.factories.market import make_stall
from tests.factories.trade import Sale, later, make_order, make_sale
from tests.web.shared.desk import CHINESE, browser, make_farmer, make_officer, settle, settled_sale
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db


def statement_of(role: str) -> Statement:
    """The statement that was issued to this role."""
    return Statement.objects.get(role=role)


def page(person: Person, role: str, **headers: Any) -> Any:
    """The statement of a role as this person sees it."""
    return browser(person, **headers).get(f"/statements/{statement_of(role).pk}/")


def readers(sale: Sale) -> dict[str, Person]:
    """Who a statement of each role is for."""
    return {
        "farmer": make_farmer(sale.stall),
        "cooperative": sale.stall.chief,
        "host": sale.stall.presenter,
        "carrier": sale.stall.driver,
    }


def test_everyone_reads_their_own_and_the_authority_reads_all() -> None:
    sale = settled_sale()
    people = readers(sale)
    officer = make_officer(sale.stall.county_id)
    for role, person in people.items():
        assert page(person, role).status_code == 200
        assert page(officer, role).status_code == 200
        for other, stranger in people.items():
            if other != role:
                assert page(stranger, role).status_code == 404
    assert page(officer, "platform").status_code == 200


def test_strangers_and_visitors_do_not_read_it() -> None:
    sale = settled_sale()
    address = f"/statements/{statement_of('farmer').pk}/"
    for suffix in ("", "lines.csv"):
        assert browser(make_person(county_id=sale.stall.county_id)).get(address + suffix).status_code == 404
        assert browser(make_officer(make_stall().county_id)).get(address + suffix).status_code == 404
        assert Client().get(address + suffix).status_code == 302
    assert browser(sale.stall.chief).get("/statements/99999999/").status_code == 404


def test_a_farmer_sees_what_the_amount_is_made_of_clause_by_clause() -> None:
    sale = make_sale()
    settle(sale, orders=2, packs=2)
    text = words(page(make_farmer(sale.stall), "farmer"))
    # each order of two boxes at ¥39.80 leaves ¥57.62 after 3%, 8% and ¥13.22 of the delivery: ¥19.62 above the ¥38.00
    # guaranteed, of which 35% are ¥6.87; the farmer bears ¥3.98 of the delivery. Twice 38.00 + 6.87 − 3.98 is:
    assert "¥81.78" in text
    assert "Guaranteed purchase 4 boxes × ¥19.00 · clause 2" in text
    assert "Second rebate (¥28.81 − ¥19.00) × 35% × 4, rounded order by order +0.01 · clause 4" in text
    assert "Cold-chain share 5.0% of ¥159.20, capped at 8% · clause 6" in text
    assert {"＋76.00", "－7.96"} <= set(text.split())
    assert f"Together ¥{statement_of('farmer').total_fen / 100:.2f}" in text


def test_every_clause_that_is_cited_opens_in_place_and_says_its_sentence() -> None:
    from fieldcast.agreements import queries as agreements

    sale = make_sale()
    settle(sale)
    text = words(page(make_farmer(sale.stall), "farmer"))
    said = {
        one.number: one.text for one in agreements.version(version_id=sale.stall.version.id).terms.in_words()
    }
    lines = StatementLine.objects.filter(statement=statement_of("farmer"))
    assert lines
    for line in lines:
        # beside the sum and once more beside the order's own line
        assert text.count(said[line.clause]) == 2, line.clause
    assert "¥3.80/jin" in text, "the guarantee of what was sold"


def test_the_whole_agreement_is_a_link_to_a_page_the_reader_may_open() -> None:
    sale = make_sale()
    settle(sale)
    version = sale.stall.version.id
    farmer = make_farmer(sale.stall)
    assert f'href="/farm/agreements/{version}/"' in page(farmer, "farmer").content.decode()
    assert browser(farmer).get(f"/farm/agreements/{version}/").status_code == 200
    assert f'href="/coop/agreements/{version}/"' in page(sale.stall.presenter, "host").content.decode()


def test_the_sums_on_the_page_add_up_to_the_amount() -> None:
    from fieldcast.settlement import queries as settlement
    from fieldcast.web.statements.reading import group_lines

    sale = make_sale()
    settle(sale, orders=3)
    for statement in Statement.objects.all():
        view = settlement.statement(statement_id=statement.pk)
        assert sum(line["fen"] for line in group_lines(view, {})) == statement.total_fen


def test_with_several_products_each_sum_names_its_own() -> None:
    from fieldcast.trade import operations as trade_operations
    from fieldcast.trade import queries as trade
    from tests.factories.catalog import make_lot, make_product
    from tests.factories.market import everyone_agrees
    from tests.factories.terms import make_terms
    from tests.factories.trade import make_offer, pay, place

    sale = make_sale()
    stall = sale.stall
    plum = make_product(county_id=stall.county_id, code="plum")
    lot = make_lot(cooperative=stall.cooperative, product_id=plum)
    terms = make_terms(product_code=stall.lot.product.code).to_json()
    from fieldcast.agreements.terms import Terms

    version = agreements_operations.revise(
        by=stall.chief,
        agreement_id=stall.version.agreement_id,
        terms=Terms.from_json({**terms, "guarantee_fen": {**terms["guarantee_fen"], "plum": 200}}),
        now=NOW,
    )
    everyone_agrees(stall, version.id)
    offer = make_offer(stall, sale.session, lot_id=lot.id, packs=10, agreement_version_id=version.id)
    placed = place(sale, offer=offer)
    pay(sale, placed)
    trade_operations.pack(by=stall.chief, order_id=placed.order_id, now=NOW)
    trade_operations.ship(by=stall.chief, order_id=placed.order_id, tracking_number="YT1234567890", now=NOW)
    trade_operations.receive(by=None, order_id=placed.order_id, now=NOW)
    make_order(sale, until="received")
    trade_operations.close_due(now=later(120))
    settle_due(now=later(3600))
    assert trade.order(order_id=placed.order_id).state == "closed"
    text = words(page(stall.presenter, "host"))
    assert text.count("Host pay Yellow peach · 8% of ¥39.80 · clause 3") == 2
    assert "agreement version 1" in text
    assert "agreement version 2" in text


def test_where_each_yuan_went_shows_everyone() -> None:
    sale = settled_sale()
    text = words(page(make_farmer(sale.stall), "farmer"))
    assert "Where the ¥39.80 of buyers went" in text
    for role in ("Farmer", "Delivery", "Host", "Cooperative", "Platform"):
        assert f"{role} ¥" in text


def test_every_order_opens_with_its_formulas_and_figures() -> None:
    sale = make_sale()
    settle(sale, orders=2)
    response = page(make_farmer(sale.stall), "farmer")
    text = words(response)
    assert response.content.decode().count('<details class="statement-order"') == 2
    assert "Order by order (2)" in text
    assert "Packs 1 In a pack 5 Guaranteed for one unit ¥3.80" in text
    assert "Rebate 35%" in text


def test_many_orders_come_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ORDERS_A_PAGE", 3)
    sale = make_sale()
    settle(sale, orders=4)
    farmer = make_farmer(sale.stall)
    address = f"/statements/{statement_of('farmer').pk}/"
    assert browser(farmer).get(address).content.decode().count('<details class="statement-order"') == 3
    assert (
        browser(farmer).get(f"{address}?page=2").content.decode().count('<details class="statement-order"')
        == 1
    )
    assert (
        browser(farmer).get(f"{address}?page=99").content.decode().count('<details class="statement-order"')
        == 1
    )


def test_the_card_says_that_it_was_paid_out_and_under_which_version() -> None:
    sale = settled_sale()
    text = words(page(make_farmer(sale.stall), "farmer"))
    assert "paid out" in text
    assert "All three agreed · agreement version 1" in text


def test_a_party_reaches_the_agreement_and_the_farmer_reads_its_name() -> None:
    sale = settled_sale()
    link = f'href="/coop/agreements/{sale.stall.version.id}/"'
    for role, person in readers(sale).items():
        response = page(person, role)
        assert "Qingshan · Qingshan · version 1" in words(response)
        assert (link in response.content.decode()) == (role != "farmer")


def test_a_covered_guarantee_is_said_and_not_paid_out() -> None:
    sale = make_sale(price_fen=2000, deposit_fen=500_000)
    settle(sale)
    text = words(page(sale.stall.chief, "cooperative"))
    assert "Put in by the cooperative" in text
    assert "The sales did not carry the guarantee, so ¥" in text
    assert "Guarantee covered by the cooperative" in text


def test_what_was_kept_against_a_debt_is_said() -> None:
    from fieldcast.live import operations as live_operations
    from fieldcast.trade import operations as trade_operations
    from tests.factories.cover import make_fund
    from tests.factories.trade import make_offer, make_session, place

    stall = make_stall()
    make_fund(stall, cash_fen=500_000)
    session = make_session(stall)
    offer = make_offer(stall, session, price_fen=2000, covers_shortfall=True)
    poor = Sale(stall=stall, session=session, offer=offer)
    settle(poor)

    live_operations.close_session(by=poor.stall.chief, session_id=poor.session.id, now=NOW)
    rich = Sale(stall=poor.stall, session=make_session(poor.stall), offer=poor.offer)
    rich = Sale(
        stall=poor.stall, session=rich.session, offer=make_offer(poor.stall, rich.session, price_fen=9980)
    )
    assert place is not None
    make_order(rich, until="received")
    trade_operations.close_due(now=later(7200))
    settle_due(now=later(7300))
    newest = Statement.objects.filter(role="cooperative").order_by("-id")[0]
    text = words(browser(poor.stall.chief).get(f"/statements/{newest.pk}/"))
    assert "went against what was still owed." in text


def rows_of(response: Any) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_file_holds_every_line_with_formula_and_figures() -> None:
    sale = make_sale()
    settle(sale, orders=2)
    statement = statement_of("farmer")
    response = browser(make_farmer(sale.stall)).get(f"/statements/{statement.pk}/lines.csv")
    assert response["Content-Disposition"] == f'attachment; filename="statement-{statement.number}.csv"'
    heading, *rows = rows_of(response)
    assert len(rows) == StatementLine.objects.filter(statement=statement).count()
    amounts = [row[heading.index("Amount (¥)")] for row in rows]
    assert round(sum(float(one) for one in amounts) * 100) == statement.total_fen
    assert "-1.99" in amounts  # a number, not text behind an apostrophe
    assert rows[0][heading.index("Formula")] == "guarantee"


def test_the_file_names_no_buyer() -> None:
    sale = settled_sale()
    text = (
        browser(sale.stall.chief)
        .get(f"/statements/{statement_of('cooperative').pk}/lines.csv")
        .content.decode()
    )
    for private in ("小满", "13800138000", "浙江"):
        assert private not in text


def test_a_statement_can_be_printed_with_every_order_open() -> None:
    sale = settled_sale()
    text = page(make_farmer(sale.stall), "farmer").content.decode()
    assert "data-print" in text
    assert "pages/statements.js" in text


def test_a_statement_leads_back_to_the_readers_own_list() -> None:
    sale = settled_sale()
    back = {
        "farmer": "/farm/statements/",
        "cooperative": "/coop/statements/",
        "carrier": "/statements/carrier/",
    }
    for role, person in readers(sale).items():
        if role in back:
            assert f'class="back" href="{back[role]}"' in page(person, role).content.decode()


def test_a_statement_speaks_chinese() -> None:
    sale = settled_sale()
    text = words(page(make_farmer(sale.stall), "farmer", language=CHINESE))
    assert "保底收购 1 箱 × ¥19.00 · 第 2 条" in text
    assert "＋19.00" in text.split()
    assert "买家付的 ¥39.80 去了哪" in text


def test_the_page_takes_as_many_queries_for_many_orders_as_for_one(
    django_assert_max_num_queries: Any,
) -> None:
    sale = make_sale()
    settle(sale, orders=10)
    client = browser(sale.stall.chief)
    with django_assert_max_num_queries(21):
        assert client.get(f"/statements/{statement_of('cooperative').pk}/").status_code == 200
