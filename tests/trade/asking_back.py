"""Asking for money back and answering, in a line of a test."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import transaction

from fieldcast.accounts.models import Person
from fieldcast.desk import queries as desk
from fieldcast.files.sent import Photo
from fieldcast.inbox import queries as inbox
from fieldcast.kit.errors import Problem
from fieldcast.trade import operations
from fieldcast.trade.types import BorneBy, OrderView, RequestView, Wrong
from tests.factories.trade import later

DAYS2 = 48 * 3600


def ask(
    order: OrderView,
    by: Person,
    *,
    wrong: Wrong = Wrong.SPOILT,
    words: str = "两个烂了",
    seconds: float = 9,
    **how: Any,
) -> RequestView:
    if "amount_fen" not in how:
        how.setdefault("packs", 1)
    if "photos" in how:
        how["photos"] = operations.draw_photos(by=by, order_id=order.id, photos=how["photos"])
    return operations.ask_refund(
        by=by, order_id=order.id, wrong=wrong, words=words, now=later(seconds), **how
    )


def answer(
    asked: RequestView, by: Person, amount_fen: int, words: str = "", *, seconds: float = 20
) -> RequestView:
    return operations.answer_refund(
        by=by,
        request_id=asked.id,
        amount_fen=amount_fen,
        words=words,
        borne_by=BorneBy.PACKER,
        now=later(seconds),
    )


def refused(problem: type[Problem], call: Callable[[], Any]) -> Problem:
    with pytest.raises(problem) as raised, transaction.atomic():
        call()
    return raised.value


def photo(content: bytes, name: str = "坏果.jpg") -> Photo:
    return Photo(name=name, size=len(content), stream=io.BytesIO(content))


def waits(person: Person) -> list[str]:
    return [one.kind for one in desk.waiting_for(person_id=person.pk) if one.kind.startswith("refund_")]


def told(person: Person) -> Sequence[str]:
    return [one.kind for one in inbox.messages(person_id=person.pk).items if one.kind.startswith("refund_")]
