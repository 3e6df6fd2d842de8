"""Parcels on their way: a carrier's lists, the steps of one, and what its seller says about it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router

from fieldcast.accounts.loaders import load_organisation
from fieldcast.api.carrying.schemas import AgainIn, CarrierIn, ParcelOut, ParcelStepIn, Taken
from fieldcast.api.fields import PageNumber, PathId, Words
from fieldcast.api.once import once
from fieldcast.api.pages import PageOut, page_of
from fieldcast.api.problems import RESPONSES
from fieldcast.api.request import person_of
from fieldcast.api.trade.schemas import OrderOut
from fieldcast.trade import loaders
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.problems import NotSaid
from fieldcast.trade.types import Hindrance, Round

router = Router(tags=["trade"])
MOST_LETTERS = 200


@router.get(
    "/organisations/{organisation_id}/parcels",
    response={200: PageOut[ParcelOut], **RESPONSES},
    summary="Parcels of a carrier",
)
def list_parcels(
    request: HttpRequest,
    organisation_id: PathId,
    which: Round = Round.TO_FETCH,
    search: Words = "",
    page: PageNumber = 1,
) -> Any:
    """What a carrier I work for has to fetch, on its way, or delivered in the last 14 days."""
    ours = load_organisation(by=person_of(request), organisation_id=organisation_id)
    found = trade.parcels(carrier_id=ours.id, which=which, search=search, page=page, now=timezone.now())
    return page_of(found)


@router.get("/parcels/{number}", response={200: ParcelOut, **RESPONSES}, summary="A parcel")
def get_parcel(request: HttpRequest, number: Words) -> Any:
    """A parcel by its order or parcel number, for its carrier's people."""
    return loaders.load_parcel(by=person_of(request), code=number)


@router.post("/parcels/{number}/steps", response={200: ParcelOut, **RESPONSES}, summary="A step of a parcel")
@once
def take_parcel_step(request: HttpRequest, number: Words, body: ParcelStepIn) -> Any:
    """Fetched, passed on, delivered or not, brought back. The same step again changes nothing."""
    person = person_of(request)
    found = loaders.load_parcel(by=person, code=number)
    with transaction.atomic():
        _steps(body)[body.step](by=person, order_id=found.order_id, at=body.at, now=timezone.now())
    return loaders.load_parcel(by=person, code=found.number)


def _steps(body: ParcelStepIn) -> Mapping[Taken, Callable[..., None]]:
    why = body.why
    if body.step == Taken.UNDELIVERED and why is None:
        raise NotSaid(what=_("why"), most=MOST_LETTERS)
    return {
        Taken.FETCHED: partial(
            trade_operations.fetch,
            boxes=body.boxes,
            words=body.words,
            tracking_number=body.tracking_number,
        ),
        Taken.PASSED: partial(trade_operations.pass_on, place=body.words),
        Taken.DELIVERED: partial(trade_operations.deliver, to=body.to, words=body.words),
        Taken.UNDELIVERED: partial(
            trade_operations.not_delivered, why=why or Hindrance.NOBODY, words=body.words
        ),
        Taken.BROUGHT_BACK: trade_operations.bring_back,
    }


@router.post("/orders/{number}/carrier", response={200: OrderOut, **RESPONSES}, summary="Choose a carrier")
@once
def choose_carrier(request: HttpRequest, number: Words, body: CarrierIn) -> Any:
    """The seller lets another carrier fetch a packed order."""
    person = person_of(request)
    found = loaders.load_order(by=person, number=number)
    with transaction.atomic():
        trade_operations.choose_carrier(
            by=person, order_id=found.id, carrier_id=body.carrier_id, now=timezone.now()
        )
    return loaders.load_order(by=person, number=number)


@router.post("/orders/{number}/send-again", response={200: OrderOut, **RESPONSES}, summary="Try again")
@once
def send_parcel_again(request: HttpRequest, number: Words, body: AgainIn) -> Any:
    """The seller, or the county, lets the carrier try again to deliver and says how.

    Also where its buyer asks for a refund because it never came: that request ends `sent_again`.
    """
    person = person_of(request)
    found = loaders.load_order(by=person, number=number)
    with transaction.atomic():
        trade_operations.send_again(by=person, order_id=found.id, words=body.words, now=timezone.now())
    return loaders.load_order(by=person, number=number)
