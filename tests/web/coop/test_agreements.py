"""Agreements: the list, a version in words and worked out on a box, and agreeing to it."""

import pytest

from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements import queries as agreements
from fieldcast.catalog.models import Product
from tests.factories.accounts import NOW, make_person
from tests.factories.guards import guards_asleep
from tests.factories.market import Stall, make_stall
from tests.factories.terms import make_terms
from tests.factories.trade import make_sale
from tests.web.shared.desk import CHINESE, browser, make_officer, make_packer
from tests.web.shared.reading import error_beside, words

pytestmark = pytest.mark.django_db


def page_of(stall: Stall) -> str:
    """The address of the stall's agreement."""
    return f"/coop/agreements/{stall.version.id}/"


def test_agreements_are_listed_with_their_shares() -> None:
    stall = make_stall()
    text = words(browser(stall.chief).get("/coop/agreements/"))
    assert "Qingshan · Qingshan version 1" in text
    assert "rebate 35% host 8% platform 3%" in text


def test_every_clause_is_said_in_words_with_its_figures() -> None:
    terms = {"host_fixed_fen_per_pack": 590, "handling_fen_per_pack": 449}
    stall = make_stall()
    version = agreements_operations.revise(
        by=stall.chief,
        agreement_id=stall.version.agreement_id,
        terms=make_terms(product_code=stall.lot.product.code, **terms),
        now=NOW,
    )
    text = words(browser(stall.chief).get(f"/coop/agreements/{version.id}/"))
    for sentence in (
        "1 Platform commission The platform takes 3% of sales.",
        "2 Guaranteed purchase Whatever the price in the room, the farmer is paid at least: Yellow peach ¥3.80/jin",
        "3 Host pay The host gets 8% of sales and ¥5.90 for each box.",
        "4 Second rebate Of what is left above the guarantee the farmer gets 35%, the cooperative the rest.",
        "5 Delivery The carrier gets ¥8.60 for each box.",
        "6 Cold-chain share Of the delivery the farmer bears 5% of sales, never more than 8%;",
        "7 Sorting and packing The cooperative gets ¥4.49 for each box.",
        "9 After-sale window A sale is final 1 minute after the parcel was received;",
    ):
        assert sentence in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"public_benefit": True}, "Public benefit: the platform takes nothing."),
        ({"host_bp": 0, "host_fixed_fen_per_pack": 590}, "The host gets ¥5.90 for each box."),
        ({"cold_chain_bp": 0}, "The farmer bears nothing of the delivery."),
        ({"after_sale_seconds": 7 * 86400}, "A sale is final 7 days after"),
        ({"after_sale_seconds": 7200}, "A sale is final 2 hours after"),
        ({"after_sale_seconds": 90}, "A sale is final 2 minutes after"),
    ],
)
def test_terms_that_differ_are_said_otherwise(changes: dict[str, int | bool], sentence: str) -> None:
    stall = make_stall(terms=make_terms(product_code="peach", **changes))
    assert sentence in words(browser(stall.chief).get(page_of(stall)))


def test_a_box_that_was_really_sold_is_worked_out_to_the_fen() -> None:
    sale = make_sale()
    text = words(browser(sale.stall.chief).get(page_of(sale.stall)))
    assert "Yellow peach 5 jin sold for ¥39.80" in text
    # ¥39.80 − 3% (1.19) − 8% (3.18) − delivery 8.60 less 5% (1.99) = 28.82 left; 35% of 28.82 − 19.00 is 3.44
    assert "Farmer ¥20.45" in text
    assert "Guaranteed purchase 1 box × ¥19.00 · clause 2 ＋19.00" in text
    assert "Second rebate (¥28.82 − ¥19.00) × 35% × 1 · clause 4 ＋3.44" in text
    assert "Cold-chain share 5.0% of ¥39.80, capped at 8% · clause 6 －1.99" in text


def test_the_shares_of_the_example_sum_to_its_price() -> None:
    from fieldcast.catalog import queries as catalog
    from fieldcast.web.coop.worked_out import example

    stall = make_stall()
    product = catalog.product(product_id=stall.lot.product.id)
    for price_fen in (1, 999, 3980, 123_457):
        shown = example(stall.version.terms, product=product, pack_units=3, price_fen=price_fen)
        assert sum(total for _role, _lines, total in shown.roles) == price_fen


def test_any_price_can_be_tried() -> None:
    sale = make_sale()
    asked = {"product": sale.stall.lot.product.code, "pack": "5", "price": "20"}
    text = words(browser(sale.stall.chief).get(page_of(sale.stall), asked))
    assert "sold for ¥20.00" in text
    assert "At this price the guarantee is not covered: the cooperative puts money in." in text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"price": "0"}, "price"),
        ({"price": "x"}, "price"),
        ({"pack": "0"}, "pack"),
        ({"product": "gold"}, "product"),
    ],
)
def test_a_price_that_cannot_be_tried_says_why_and_shows_no_sum(changes: dict[str, str], field: str) -> None:
    sale = make_sale()
    asked = {"product": sale.stall.lot.product.code, "pack": "5", "price": "20", **changes}
    response = browser(sale.stall.chief).get(page_of(sale.stall), asked)
    assert response.status_code == 200
    assert f'id="example_{field}_error"' in response.content.decode()
    assert "sold for" not in words(response)


def test_before_anything_was_sold_a_box_is_invented() -> None:
    stall = make_stall()
    assert "Yellow peach 5 jin sold for ¥46.60" in words(browser(stall.chief).get(page_of(stall)))


def test_an_agreement_about_products_that_are_gone_shows_no_example() -> None:
    stall = make_stall()
    with guards_asleep():
        Product.objects.filter(code=stall.lot.product.code).update(code="dragon-fruit")
    response = browser(stall.chief).get(page_of(stall))
    assert response.status_code == 200
    assert f"{stall.lot.product.code} ¥3.80" in words(response)


def test_the_host_agrees_and_it_is_written_down_with_name_and_time() -> None:
    stall = make_stall(agreed=False)
    client = browser(stall.presenter)
    assert "Waiting for consent" in words(client.get(page_of(stall)))
    response = client.post(f"{page_of(stall)}consent/", {"organisation": stall.host.id}, follow=True)
    assert "You have agreed." in words(response)
    assert {one.organisation_id for one in agreements.consents_of(version_id=stall.version.id)} == {
        stall.cooperative.id,
        stall.host.id,
    }
    assert "Host · 秀兰 · 2026-11-22 14:00" in words(response)


def test_agreeing_twice_is_agreeing_once() -> None:
    stall = make_stall(agreed=False)
    client = browser(stall.driver)
    for _time in range(2):
        client.post(f"{page_of(stall)}consent/", {"organisation": stall.carrier.id})
    assert len(agreements.consents_of(version_id=stall.version.id)) == 2


def test_nobody_agrees_for_others() -> None:
    stall = make_stall(agreed=False)
    for person in (stall.chief, make_packer(stall), make_officer(stall.county_id)):
        for organisation in (stall.host.id, "x", ""):
            response = browser(person).post(f"{page_of(stall)}consent/", {"organisation": organisation})
            assert response.status_code == 404
    assert len(agreements.consents_of(version_id=stall.version.id)) == 1


def test_an_organisation_without_a_part_in_it_cannot_agree() -> None:
    stall, other = make_stall(), make_stall()
    from fieldcast.accounts.operations import add_member
    from fieldcast.accounts.types import Role

    add_member(person_id=stall.chief.pk, organisation_id=other.host.id, role=Role.OWNER)
    response = browser(stall.chief).post(
        f"{page_of(stall)}consent/", {"organisation": other.host.id}, follow=True
    )
    assert "is not a party to this agreement" in words(response)


def test_parties_and_the_authority_read_it_and_strangers_do_not() -> None:
    stall = make_stall()
    for person in (stall.presenter, stall.driver, make_packer(stall), make_officer(stall.county_id)):
        assert browser(person).get(page_of(stall)).status_code == 200
    for person in (make_stall().chief, make_person(county_id=stall.county_id)):
        assert browser(person).get(page_of(stall)).status_code == 404


def test_an_old_version_says_that_a_newer_one_is_in_force() -> None:
    stall = make_stall()
    newer = agreements_operations.revise(
        by=stall.chief,
        agreement_id=stall.version.agreement_id,
        terms=make_terms(product_code=stall.lot.product.code, rebate_bp=4000),
        note="返利提高",
        now=NOW,
    )
    old = browser(stall.chief).get(page_of(stall))
    assert "A newer version is in force." in words(old)
    assert f'href="/coop/agreements/{newer.id}/"' in old.content.decode()
    assert "/revise/" not in old.content.decode()


def test_an_agreement_speaks_chinese() -> None:
    sale = make_sale()
    text = words(browser(sale.stall.chief, language=CHINESE).get(page_of(sale.stall)))
    assert "高出保底的部分，农户得 35%，其余归合作社。" in text
    assert "黄桃 5 斤，卖 ¥39.80" in text
    assert error_beside(browser(sale.stall.chief).get(page_of(sale.stall)), "price") == ""
