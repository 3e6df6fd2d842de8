"""Writes of requests for money back: asked by the buyer, answered by the seller, objected to once, then decided;
and one appeal against that. Answers with goods are in `goods`, what nobody answered in `granting`.

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
from fieldcast.trade.aftersales import bearing, kinds, told
from fieldcast.trade.aftersales.asking import check_may_ask, wanted
from fieldcast.trade.aftersales.problems import (
    DecidedBefore,
    NothingSaid,
    NotObjectable,
    RequestAnswered,
    SamePhotoTwice,
    WhoBearsMissing,
    WholeOrNothing,
)
from fieldcast.trade.aftersales.queries import request_view
from fieldcast.trade.aftersales.records import held_for
from fieldcast.trade.aftersales.settings import after_sales_of
from fieldcast.trade.aftersales.steps import step
from fieldcast.trade.aftersales.types import (
    FOR_SELLER,
    MOST_LETTERS,
    MOST_PHOTOS,
    OBJECT_WITHIN,
    TAKEN_BACK,
    BorneBy,
    Remedy,
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
    remedy: Remedy = Remedy.REFUND_ONLY,
    packs: int | None = None,
    amount_fen: int | None = None,
    damaged_units: int | None = None,
    photos: Sequence[DrawnPhoto] = (),
) -> RequestView:
    """The buyer asks for a remedy within the after-sale time; `photos` by `draw_photos`.

    It is about `packs`, or a sum, or with `Remedy.PART` about `damaged_units` of all; goods are exchanged by the pack.

    Raises `NotFound` for anyone else's order, `WrongState`, `AfterSaleOver`, `AlreadyAsked`, `NotPossible`,
    `RemedyNotPossible`, `BadPart`, `PacksOrSum`, `AmountTooLarge`, `NothingSaid`, `TooManyPhotos`, `SamePhotoTwice`.
    """
    plain = plain_words(words)
    order = _order_to_ask(by, order_id, photos)
    check_may_ask(order, wrong=wrong, now=now)
    if len({photo.drawn.sha256 for photo in photos}) < len(photos):
        raise SamePhotoTwice
    with transaction.atomic():
        order = units.lock_order(order_id)
        check_may_ask(order, wrong=wrong, now=now)
        settings = after_sales_of(county_id=order.county_id)
        comes_to = wanted(
            order,
            wrong=wrong,
            remedy=remedy,
            packs=packs,
            amount_fen=amount_fen,
            damaged_units=damaged_units,
        )
        row = RefundRequest.objects.create(
            order=order,
            wrong=wrong.value,
            remedy=remedy.value,
            packs=comes_to.packs,
            damaged_units=comes_to.damaged_units,
            all_units=comes_to.all_units,
            held_for=held_for(order, wrong, settings=settings, now=now).value,
            asked_fen=comes_to.fen,
            asked_at=now,
            answer_until=now + settings.answer_within,
        )
        step(
            row,
            RequestState.ASKED,
            by_id=by.pk,
            now=now,
            amount_fen=row.asked_fen,
            words=plain,
            due_at=row.answer_until,
        )
        files = pictures.keep(photos, by=by, county_id=order.county_id, now=now)
        RefundRequestPhoto.objects.bulk_create(
            RefundRequestPhoto(request=row, file_id=file.id) for file in files
        )
        told.asked(row, order, by=by, now=now)
    return request_view(request_id=row.pk)


def answer_refund(
    *,
    by: SignedIn,
    request_id: int,
    amount_fen: int,
    words: str,
    now: datetime,
    borne_by: BorneBy | None = None,
) -> RequestView:
    """Give `amount_fen` back, or refuse with words where it is 0: the seller first, the county when it may.

    The county always says why, and who bears what goes back. Raises `NotFound` for strangers, `RequestAnswered`,
    `AmountTooLarge`, `WholeOrNothing`, `NothingSaid`, `WhoBearsMissing`, `BearerNotInSale`, `DecidedBefore`.
    """
    with transaction.atomic():
        row, order, locked = locked_request(request_id)
        view = request_view(request_id=row.pk)
        by_county = _answers_for_county(by, view, now)
        plain = plain_words(words) if said(words) or not amount_fen or by_county else ""
        if by_county and amount_fen and borne_by is None:
            raise WhoBearsMissing
        if by_county and borne_by is not None:
            bearing.check_bearer(order, borne_by)
        state = _answer(view, by_county=by_county, gives=amount_fen > 0)
        before = bearing.refunded_before(order)
        refund = give(locked, order, view, amount_fen, by=by, now=now) if amount_fen else None
        if refund and by_county and borne_by and not view.whole:  # what was never sent costs nobody anything
            bearing.note(order, refund, borne_by, before=before)
        step(
            row,
            state,
            by_id=by.pk,
            now=now,
            amount_fen=amount_fen,
            words=plain,
            refund=refund,
            open_until=_open_until(view, state, amount_fen, now),
            borne_by=borne_by if by_county and amount_fen else None,
        )
        told.answered(row, order, given_fen=amount_fen, by=by, by_county=by_county, now=now)
    return request_view(request_id=row.pk)


def object_to_answer(*, by: SignedIn, request_id: int, words: str, now: datetime) -> RequestView:
    """The buyer objects to the seller's answer, or brings what is held for a person before the county; once.

    Raises `NotFound` for anyone else's request, `NotObjectable`, `NothingSaid`.
    """
    plain = plain_words(words)
    with transaction.atomic():
        row, order, _offers = locked_request(request_id)
        view = request_view(request_id=row.pk)
        require(by, "trade.object_refund", view)
        authority = accounts.authority(county_id=order.county_id)
        if authority is None or not view.objectable(now):
            raise NotObjectable
        due_at = now + after_sales_of(county_id=order.county_id).decide_within
        step(row, RequestState.OBJECTED, by_id=by.pk, now=now, words=plain, due_at=due_at)
        told.objected(row, order, authority, by=by, now=now)
    return request_view(request_id=row.pk)


def appeal_decision(*, by: SignedIn, request_id: int, words: str, now: datetime) -> RequestView:
    """The buyer or the seller appeals against what the county decided, once: somebody else decides, and that is final.

    What went back stays with the buyer. Raises `NotFound` for strangers, `NotObjectable`, `NothingSaid`.
    """
    plain = plain_words(words)
    with transaction.atomic():
        row, order, _offers = locked_request(request_id)
        view = request_view(request_id=row.pk)
        require(by, "trade.appeal_refund", view)
        authority = accounts.authority(county_id=order.county_id)
        if authority is None or not view.appealable(now):
            raise NotObjectable
        due_at = now + after_sales_of(county_id=order.county_id).decide_within
        step(row, RequestState.APPEALED, by_id=by.pk, now=now, words=plain, due_at=due_at)
        told.appealed(row, order, authority, by=by, now=now)
    return request_view(request_id=row.pk)


def withdraw_refund(*, by: SignedIn, request_id: int, now: datetime) -> RequestView:
    """The buyer takes back a request that waits for an answer. Raises `NotFound` and `RequestAnswered`."""
    with transaction.atomic():
        row, order, _offers = locked_request(request_id)
        view = request_view(request_id=row.pk)
        require(by, "trade.object_refund", view)
        if view.state not in TAKEN_BACK:
            raise RequestAnswered
        step(row, RequestState.WITHDRAWN, by_id=by.pk, now=now)
        told.end(row, order, by=by, words=kinds.GONE, now=now)
    return request_view(request_id=row.pk)


def locked_request(request_id: int) -> tuple[RefundRequest, Order, units.Locked]:
    """A request and its order, locked. Raises `NotFound`."""
    order_id = RefundRequest.objects.filter(id=request_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotFound("refund request")
    locked = units.lock_orders([order_id])
    return RefundRequest.objects.get(id=request_id), locked.order(order_id), locked


def give(
    locked: units.Locked,
    order: Order,
    view: RequestView,
    amount_fen: int,
    *,
    by: SignedIn | None,
    now: datetime,
) -> Refund:
    """Money of an order goes back, under its locks; `by` None is the platform itself.

    Raises `AmountTooLarge`, `WholeOrNothing`.
    """
    by_id = by.pk if by else None
    if not 0 < amount_fen <= view.left_fen:
        raise AmountTooLarge(wanted_fen=amount_fen, left_fen=view.left_fen)
    if not view.whole:
        return refunds.give_part(order, amount_fen=amount_fen, by_id=by_id, reason="", now=now)
    if amount_fen != view.left_fen:
        raise WholeOrNothing(left_fen=view.left_fen, left=yuan(view.left_fen))
    return refunds.give_back(locked, order, by_id=by_id, reason="", now=now)


def plain_words(words: str) -> str:
    """What was said, on one line. Raises `NothingSaid`."""
    plain = said(words)
    if not plain or len(plain) > MOST_LETTERS:
        raise NothingSaid(most=MOST_LETTERS)
    return plain


def _answers_for_county(by: SignedIn, view: RequestView, now: datetime) -> bool:
    """Does `by` answer as the county? The seller's own people answer as the seller. Raises as `answer_refund`."""
    require_now(by, "trade.view_refund_request", view)
    if allowed(by, "trade.answer_refund", view):
        if view.state not in FOR_SELLER:
            raise RequestAnswered
        return False
    require(by, "trade.decide_refund", view)
    if not view.at_county(now):
        raise RequestAnswered
    if view.state == RequestState.APPEALED and view.decider_id() == by.pk and _others(by, view):
        raise DecidedBefore
    return True


def _others(by: SignedIn, view: RequestView) -> bool:
    """Has the county's authority anybody else?"""
    authority = accounts.authority(county_id=view.county_id)
    people = accounts.people_of(organisation_ids={authority.id}) if authority else {}
    return any(one != by.pk for found in people.values() for one in found)


def _answer(view: RequestView, *, by_county: bool, gives: bool) -> RequestState:
    if view.state == RequestState.APPEALED:
        return RequestState.FINAL
    if by_county:
        return RequestState.UPHELD if gives else RequestState.DISMISSED
    return RequestState.GIVEN if gives else RequestState.REFUSED


def _open_until(view: RequestView, state: RequestState, amount_fen: int, now: datetime) -> datetime | None:
    """Until when what was answered may be objected to, or appealed against."""
    met = state == RequestState.GIVEN and amount_fen >= view.proposed_fen > 0
    return None if met or state == RequestState.FINAL else now + OBJECT_WITHIN


def _order_to_ask(by: SignedIn, order_id: int, photos: Sequence[object]) -> Order:
    pictures.check_number(photos, most=MOST_PHOTOS)
    order = Order.objects.filter(id=order_id).first()
    if order is None:
        raise NotFound("order")
    require(by, "trade.ask_refund", order)
    return order
