"""Every price and number of packs an offer had is kept, with who and when; nobody can rewrite it."""

import pytest
from django.db import IntegrityError, transaction

from fieldcast.kit.found import Found
from fieldcast.trade import operations, problems, queries
from fieldcast.trade.models import OfferChange
from tests.factories.accounts import NOW
from tests.factories.guards import behind_its_back
from tests.factories.trade import Sale, later, make_sale

pytestmark = pytest.mark.django_db


def history(sale: Sale) -> list[tuple[str, int | None, int | None, int | None, object]]:
    found = queries.offer_changes(offer_id=sale.offer.id)
    return [(one.what.value, one.before, one.after, one.by_id, one.at) for one in found]


def test_an_offer_begins_with_its_price_and_its_packs() -> None:
    sale = make_sale()
    chief = sale.stall.chief.pk
    assert history(sale) == [("price", None, 3980, chief, NOW), ("packs", None, 100, chief, NOW)]


def test_what_was_changed_is_kept_with_who_and_when() -> None:
    sale = make_sale()
    presenter = sale.stall.presenter
    operations.change_price(by=presenter, offer_id=sale.offer.id, price_fen=4280, now=later(10))
    operations.change_packs(by=sale.stall.chief, offer_id=sale.offer.id, packs=90, now=later(20))
    operations.end_session(by=presenter, session_id=sale.session.id, now=later(30))
    assert history(sale)[2:] == [
        ("price", 3980, 4280, presenter.pk, later(10)),
        ("packs", 100, 90, sale.stall.chief.pk, later(20)),
        ("closed", None, None, presenter.pk, later(30)),
    ]


def test_the_same_again_and_closing_twice_are_no_changes() -> None:
    sale = make_sale()
    operations.change_price(by=sale.stall.chief, offer_id=sale.offer.id, price_fen=3980, now=later(10))
    for seconds in (20, 30):
        operations.close_offer(by=sale.stall.chief, offer_id=sale.offer.id, now=later(seconds))
    assert [one[0] for one in history(sale)] == ["price", "packs", "closed"]


def test_a_refused_change_leaves_no_row() -> None:
    sale = make_sale()
    with pytest.raises(problems.BelowDeductions), transaction.atomic():
        operations.change_price(
            by=sale.stall.chief, offer_id=sale.offer.id, price_fen=1, now=later(10), confirms_jump=True
        )
    assert len(history(sale)) == 2


@pytest.mark.parametrize("change", ["update", "delete"])
def test_nobody_rewrites_it(change: str) -> None:
    make_sale()
    rows = OfferChange.objects.filter(what="price")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(after=1) if change == "update" else rows.delete()


CHANGED_BEHIND = {
    "price": "UPDATE trade_offer SET price_fen = 1 WHERE id = %s",
    "packs": "UPDATE trade_offer SET packs = 101 WHERE id = %s",
    "end": "UPDATE trade_offer SET state = 'closed' WHERE id = %s",
    "price, order of changes": "INSERT INTO trade_offerchange (offer_id, what, before, after, at)"
    " VALUES (%s, 'price', 5, 6, now())",
}


@pytest.mark.parametrize("wrong", CHANGED_BEHIND)
def test_an_offer_that_is_not_its_last_change_is_found(wrong: str) -> None:
    sale = make_sale()
    operations.change_price(by=sale.stall.chief, offer_id=sale.offer.id, price_fen=4280, now=later(10))
    assert queries.wrong_offers() == Found()
    behind_its_back(CHANGED_BEHIND[wrong], sale.offer.id)
    assert queries.wrong_offers() == Found(1, (f"offer: {sale.offer.id}: {wrong}",))


def test_a_closed_offer_is_its_history_too() -> None:
    sale = make_sale()
    operations.close_offer(by=sale.stall.chief, offer_id=sale.offer.id, now=later(10))
    assert queries.wrong_offers() == Found()
    behind_its_back("DELETE FROM trade_offerchange WHERE offer_id = %s", sale.offer.id)
    assert queries.wrong_offers() == Found(1, (f"offer: {sale.offer.id}: price, packs, end",))
