"""What each party would earn under an agreement, whether its penalties deter, and the summary it is signed by."""

import pytest

from fieldcast.agreements import differences
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.reading import terms_from_json
from fieldcast.web.coop import earning
from fieldcast.web.coop.earning import Days, Month
from fieldcast.web.shared.words import yuan
from tests.factories.accounts import NOW
from tests.factories.composed import all_models, make_composed_sale
from tests.factories.terms import make_terms
from tests.factories.trade import make_sale
from tests.web.shared.desk import CHINESE, browser
from tests.web.shared.reading import english_in, words

pytestmark = pytest.mark.django_db


def test_the_farmers_worst_month_comes_first_and_a_penalty_says_whether_it_deters() -> None:
    sale, partners = make_composed_sale()
    stall = sale.stall
    page = f"/coop/agreements/{stall.version.id}/what-if/"
    month = {"product": stall.lot.product.code, "packs": "300", "pack": "5", "price": "39.80"}
    promise = {"gain": "1000", "found": "20", "paid": "50"}
    answer = browser(partners.brand_person).get(page, {**month, **promise})
    text = words(answer)
    terms = stall.version.terms
    worst = earning.worst(terms, _month(month), None)
    assert worst.farmer_fen == earning.combinations(terms, _month(month))[0].farmer_fen
    assert f"The farmers' worst month {yuan(worst.farmer_fen)} Price 80%" in text
    assert "The contract does not deter." in text
    assert "Owner of the brand" in text
    refunds = earning.days(stall.version, now=NOW).refunds
    assert f"When the money is there {refunds} day" in text
    assert Days(way=3, refunds=7, fast=True).until_all == 10
    assert Days(way=3, refunds=7, fast=True).until_most == 4
    assert "does not deter" in text
    assert browser(partners.brand_person).get(page, {**month, "price": "x"}).status_code == 200
    assert browser(partners.service_person).get(page).status_code == 404
    read = browser(stall.presenter, language=CHINESE).get(page).content.decode()
    assert [one for one in english_in(read) if "MCN" not in one] == []


def _month(said: dict[str, str]) -> Month:
    return Month(said["product"], int(said["packs"]), int(said["pack"]), 3980)


def test_every_yuan_of_a_case_is_somebodys_under_terms_of_either_kind() -> None:
    sale, _partners = make_composed_sale()
    product = sale.stall.lot.product.code
    month = Month(product, 300, 5, 3980)
    model = make_terms(product_code=product)
    for case in earning.cases(sale.stall.version.terms, month, model):
        assert sum(case.cell.totals.values()) == case.cell.net_fen
        assert case.before_fen is not None
    for cell in earning.combinations(model, month):
        assert sum(cell.totals.values()) == cell.net_fen


def test_the_summary_says_what_came_went_and_changed() -> None:
    sale, _partners = make_composed_sale()
    stall = sale.stall
    terms = all_models(stall.lot.product.code)
    rows = [row for row in terms["clauses"] if row["kind"] != "split"]
    rows[0] = {**rows[0], "rate_bp": 100}
    rows[7] = {**rows[7], "price_fen": {stall.lot.product.code: {"一级": 400, "二级": 250}}}
    new = terms_from_json(
        {
            **terms,
            "clauses": rows,
            "promise_clauses": [*terms["promise_clauses"], {"kind": "recovery", "household_bp": 2000}],
        }
    )
    found = differences.between(stall.version.terms.in_words(), new.in_words())
    assert [(bool(one.before), bool(one.after)) for one in found] == [
        (True, True),
        (True, True),
        (True, False),
        (False, True),
    ]
    assert [(price.grade, was) for price, was in found[1].prices] == [("一级", 380)]
    made = agreements_operations.revise(
        by=stall.chief, agreement_id=stall.version.agreement_id, terms=new, note="涨价", now=NOW
    )
    text = words(browser(stall.presenter).get(f"/coop/agreements/{made.id}/summary/"))
    assert "Changed: Part of sales 1% of sales after refunds: Platform. Before: 1.5% of sales" in text
    assert "Taken out: Profit sharing" in text
    assert "New: What is taken back" in text
    assert "¥4.00/jin (before ¥3.80)" in text


def test_an_agreement_of_a_model_is_worked_out_and_summed_up_as_well() -> None:
    stall = make_sale().stall
    client = browser(stall.driver, language=CHINESE)
    for page in ("what-if", "summary"):
        answer = client.get(f"/coop/agreements/{stall.version.id}/{page}/")
        assert answer.status_code == 200
        assert english_in(answer.content.decode()) == []
