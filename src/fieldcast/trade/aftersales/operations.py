"""Writes of requests for money back: asked by the buyer, answered by the seller, objected to once, then decided.

Every write locks the order (with its offers where its packs may return), looks again and leaves a step. Money moves by
`refunds.operations` alone. An order is not closed, so not settled, while a request of it waits (`steps.held`).
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import allowed, require, require_now
from fieldcast.accounts.types import SignedIn
from fieldcast.files.sent import DrawnPhoto, Photo
from fieldcast.kit.errors import NotFound
from fieldcast.kit.money import yuan
from fieldcast.kit.said import said
from fieldcast.trade import photos as pictures
from fieldcast.trade.aftersales import told
from fieldcast.trade.aftersales.asking import asked_fen, check_may_ask
from fieldcast.trade.aftersales.problems import (
    NothingSaid,
    NotObjectable,
    RequestAnswered,
    WholeOrNothing,
)
from fieldcast.trade.aftersales.queries import request_view
from fieldcast.trade.aftersales.steps import step
from fieldcast.trade.aftersales.types import (
    ANSWER_WITHIN,
    MOST_LETTERS,
    MOST_PHOTOS,
    OBJECT_WITHIN,
    RequestState,
    RequestView,
    Wrong,
)
from fieldcast.trade.models import Order, Refund, RefundRequest, RefundRequestPhoto
from fieldcast.trade.refunds import operations as refunds
from fieldcast.trade.refunds.problems import AmountTooLarge
from fieldcast.trade.stock import units


def draw_photos(*, by: SignedIn, order_id: int, photos: Sequence[Photo]) -> tuple[DrawnPhoto, ...]:
    """Pictures as they will be kept with a request, before any transaction: see `files.operations.draw_sent`.

    Raises `NotFound` for anyone else's order, `TooManyPhotos`, and what that raises.
    """
    _order_to_ask(by, order_id, photos)
    return pictures.draw(photos, by=by)


def ask_refund(
    *,
    by: SignedIn,
    order_id: int,
    wrong: Wrong,
    words: str,
    now: datetime,
    packs: int | None = None,
    amount_fen: int | None = None,
    photos: Sequence[DrawnPhoto] = (),
) -> RequestView:
    """The buyer asks for the price of `packs`, or for a sum, within the after-sale time; `photos` by `draw_photos`.

    Raises `NotFound` for anyone else's order, `WrongState`, `AfterSaleOver`, `AlreadyAsked`, `NotPossible`,
    `PacksOrSum`, `AmountTooLarge`, `NothingSaid`, `TooManyPhotos`.
    """
    plain = _plain(words)
    order = _order_to_ask(by, order_id, photos)
    check_may_ask(order, wrong=wrong, now=now)
    with transaction.atomic():
        order = units.lock_order(order_id)
        check_may_ask(order, wrong=wrong, now=now)
        row = RefundRequest.objects.create(
            order=order,
            wrong=wrong.value,
            packs=packs,
            asked_fen=asked_fen(order, packs=packs, amount_fen=amount_fen),
            asked_at=now,
            answer_until=now + ANSWER_WITHIN,
        )
        step(row, RequestState.ASKED, by_id=by.pk, now=now, amount_fen=row.asked_fen, words=plain)
        files = pictures.keep(photos, by=by, county_id=order.county_id, now=now)
        RefundRequestPhoto.objects.bulk_create(
            RefundRequestPhoto(request=row, file_id=file.id) for file in files
        )
        told.asked(row, order, by=by, now=now)
    return request_view(request_id=row.pk)


def answer_refund(
    *, by: SignedIn, request_id: int, amount_fen: int, words: str, now: datetime
) -> RequestView:
    """Give `amount_fen` back, or refuse with words where it is 0: the seller first, the county when it may.

    Raises `NotFound` for strangers, `RequestAnswered`, `AmountTooLarge`, `WholeOrNothing`, `NothingSaid` for a refusal
    without words.
    """
    plain = _plain(words) if said(words) or not amount_fen else ""
    with transaction.atomic():
        row, order, locked = _locked(request_id)
        view = request_view(request_id=row.pk)
        by_county = _answers_for_county(by, view, now)
        state = _answer(by_county=by_county, gives=amount_fen > 0)
        refund = _give(locked, order, view, amount_fen, by=by, now=now) if amount_fen else None
        met = by_county or amount_fen >= view.proposed_fen > 0
        step(
            row,
            state,
            by_id=by.pk,
            now=now,
            amount_fen=amount_fen,
            words=plain,
            refund=refund,
            open_until=None if met else now + OBJECT_WITHIN,
        )
        told.answered(row, order, given_fen=amount_fen, by=by, by_county=by_county, now=now)
    return request_view(request_id=row.pk)


def object_to_answer(*, by: SignedIn, request_id: int, words: str, now: datetime) -> RequestView:
    """The buyer objects to the seller's answer, once: now the county decides.

    Raises `NotFound` for anyone else's request, `NotObjectable`, `NothingSaid`.
    """
    plain = _plain(words)
    with transaction.atomic():
        row, order, _offers = _locked(request_id)
        view = request_view(request_id=row.pk)
        require(by, "trade.object_refund", view)
        authority = accounts.authority(county_id=order.county_id)
        if authority is None or not view.objectable(now):
            raise NotObjectable
        step(row, RequestState.OBJECTED, by_id=by.pk, now=now, words=plain)
        told.objected(row, order, authority, by=by, now=now)
    return request_view(request_id=row.pk)


def withdraw_refund(*, by: SignedIn, request_id: int, now: datetime) -> RequestView:
    """The buyer takes back a request that waits for an answer. Raises `NotFound` and `RequestAnswered`."""
    with transaction.atomic():
        row, order, _offers = _locked(request_id)
        view = request_view(request_id=row.pk)
        require(by, "trade.object_refund", view)
        if not view.waits:
            raise RequestAnswered
        step(row, RequestState.WITHDRAWN, by_id=by.pk, now=now)
        told.end(row, order, by=by, words=told.GONE, now=now)
    return request_view(request_id=row.pk)


def _locked(request_id: int) -> tuple[RefundRequest, Order, units.Locked]:
    """A request and its order, locked. Raises `NotFound`."""
    order_id = RefundRequest.objects.filter(id=request_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotFound("refund request")
    locked = units.lock_orders([order_id])
    return RefundRequest.objects.get(id=request_id), locked.order(order_id), locked


def _answers_for_county(by: SignedIn, view: RequestView, now: datetime) -> bool:
    """Does `by` answer as the county? The seller's own people answer as the seller. Raises as `answer_refund`."""
    require_now(by, "trade.view_refund_request", view)
    if allowed(by, "trade.answer_refund", view):
        if view.state != RequestState.ASKED:
            raise RequestAnswered
        return False
    require(by, "trade.decide_refund", view)
    if not view.at_county(now):
        raise RequestAnswered
    return True


def _answer(*, by_county: bool, gives: bool) -> RequestState:
    if by_county:
        return RequestState.UPHELD if gives else RequestState.DISMISSED
    return RequestState.GIVEN if gives else RequestState.REFUSED


def _give(
    locked: units.Locked, order: Order, view: RequestView, amount_fen: int, *, by: SignedIn, now: datetime
) -> Refund:
    if not 0 < amount_fen <= view.left_fen:
        raise AmountTooLarge(wanted_fen=amount_fen, left_fen=view.left_fen)
    if not view.whole:
        return refunds.give_part(order, amount_fen=amount_fen, by_id=by.pk, reason="", now=now)
    if amount_fen != view.left_fen:
        raise WholeOrNothing(left_fen=view.left_fen, left=yuan(view.left_fen))
    return refunds.give_back(locked, order, by_id=by.pk, reason="", now=now)


def _order_to_ask(by: SignedIn, order_id: int, photos: Sequence[object]) -> Order:
    pictures.check_number(photos, most=MOST_PHOTOS)
    order = Order.objects.filter(id=order_id).first()
    if order is None:
        raise NotFound("order")
    require(by, "trade.ask_refund", order)
    return order


def _plain(words: str) -> str:
    plain = said(words)
    if not plain or len(plain) > MOST_LETTERS:
        raise NothingSaid(most=MOST_LETTERS)
    return plain
