"""A farmer reads what their money hangs on: the agreement whole, the least that is paid, who agreed and when."""

import pytest

from fieldcast.agreements import queries as agreements
from tests.factories.market import make_stall
from tests.factories.trade import make_sale
from tests.web.shared.desk import CHINESE, browser, make_farmer
from tests.web.shared.reading import english_in, words

pytestmark = pytest.mark.django_db


def test_a_household_reads_the_agreement_its_lot_is_sold_under_word_for_word() -> None:
    sale = make_sale()
    farmer, version = browser(make_farmer(sale.stall)), sale.stall.version
    listed = words(farmer.get("/farm/agreements/"))
    assert version.name in listed
    assert "¥3.80/jin" in listed
    text = words(farmer.get(f"/farm/agreements/{version.id}/"))
    for clause in version.terms.in_words():
        assert clause.text in text
    (first, *_others) = agreements.consents_of(version_id=version.id)
    assert first.person in text
    assert "The least you are paid" in text
    chinese = browser(make_farmer(sale.stall), language=CHINESE).get(f"/farm/agreements/{version.id}/")
    assert "给你的保底价" in words(chinese)
    assert english_in(chinese.content.decode()) == []


def test_nobody_reads_an_agreement_that_they_neither_sign_nor_sold_under() -> None:
    sale, quiet = make_sale(), make_stall()
    farmer = browser(make_farmer(quiet))
    assert farmer.get(f"/farm/agreements/{sale.stall.version.id}/").status_code == 404
    listed = words(farmer.get("/farm/agreements/"))  # nothing was offered yet, but it may sign it before
    assert listed.count(quiet.version.name) == 1
