"""What the audience of a session did: counts, with nobody's name in them."""

from dataclasses import asdict

import pytest

from fieldcast.kit.errors import NotFound
from fieldcast.live import operations as live_operations
from fieldcast.live.types import MessageKind
from fieldcast.market import queries
from tests.factories.trade import PRICE_FEN, later, make_buyer, make_order, make_sale, sale_with_paid

pytestmark = pytest.mark.django_db


def test_an_empty_room_has_no_rate_rather_than_a_rate_of_nothing() -> None:
    sale, _order = sale_with_paid()
    found = queries.session_signals(session_id=sale.session.id)
    assert (found.visits, found.likes, found.messages) == (0, 0, 0)
    assert found.products[0].packs_per_1000_visits is None


def test_likes_shares_visits_and_questions_are_counted() -> None:
    sale = make_sale()
    asker = make_buyer(sale)
    live_operations.visit(session_id=sale.session.id, count=500)
    live_operations.like(session_id=sale.session.id, count=7)
    live_operations.share(session_id=sale.session.id)
    asked = [
        live_operations.say(
            by=asker, session_id=sale.session.id, text=text, kind=MessageKind.QUESTION, now=later(20 * n)
        )
        for n, text in enumerate(("甜吗", "几天到"))
    ]
    live_operations.say(
        by=sale.stall.presenter,
        session_id=sale.session.id,
        text="甜",
        kind=MessageKind.ANSWER,
        answers=asked[0].id,
        now=later(60),
    )
    found = queries.session_signals(session_id=sale.session.id)
    assert (found.visits, found.likes, found.shares) == (500, 7, 1)
    assert (found.messages, found.questions, found.unanswered) == (3, 2, 1)


def test_products_say_what_they_sold_for_every_thousand_visits() -> None:
    sale = make_sale()
    live_operations.visit(session_id=sale.session.id, count=400)
    buyer = make_buyer(sale)
    make_order(sale, by=buyer, packs=2)
    make_order(sale, until="reserved")
    found = queries.session_signals(session_id=sale.session.id)
    (product,) = found.products
    assert (product.packs, product.amount_fen, product.packs_per_1000_visits) == (2, 2 * PRICE_FEN, 5)
    assert found.buyers == 1


def test_the_signals_name_nobody() -> None:
    sale = make_sale()
    buyer = make_buyer(sale, "不该出现的名字")
    make_order(sale, by=buyer)
    assert buyer.display_name not in str(asdict(queries.session_signals(session_id=sale.session.id)))


def test_a_session_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        queries.session_signals(session_id=999_999)
