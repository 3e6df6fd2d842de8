"""Buyers who ask for money back: asked, answered, objected to, taken back. Photos are sent on the pages."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from fieldcast.accounts.loaders import load_organisation
from fieldcast.api.aftersales.schemas import (
    AnswerIn,
    ExchangeIn,
    ObjectionIn,
    RefundRequestIn,
    RefundRequestOut,
)
from fieldcast.api.fields import PageNumber, PathId, Words
from fieldcast.api.once import once
from fieldcast.api.pages import PageOut, page_of
from fieldcast.api.problems import RESPONSES
from fieldcast.api.request import person_of
from fieldcast.trade import loaders
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.types import RequestView, Which

router = Router(tags=["trade"])


@router.get(
    "/orders/{number}/refund-requests",
    response={200: list[RefundRequestOut], **RESPONSES},
    summary="Requests for a refund",
)
def list_refund_requests_of_order(request: HttpRequest, number: Words) -> Any:
    """What the buyer asked back for an order and how it stands, the oldest first."""
    found = loaders.load_order_with_requests(by=person_of(request), number=number)
    return [RefundRequestOut.of(one) for one in trade.refund_requests_of(order_id=found.id)]


@router.post(
    "/orders/{number}/refund-requests",
    response={201: RefundRequestOut, **RESPONSES},
    summary="Ask for a refund",
)
@once
def ask_for_refund(request: HttpRequest, number: Words, body: RefundRequestIn) -> Any:
    """The buyer asks for the price of packs, or for a sum, within the after-sale time; the seller has 48 hours."""
    person = person_of(request)
    found = loaders.load_order_to_ask_refund(by=person, number=number)
    with transaction.atomic():
        asked = trade_operations.ask_refund(by=person, order_id=found.id, **body.dict(), now=timezone.now())
    return Status(201, RefundRequestOut.of(asked))


@router.get(
    "/organisations/{organisation_id}/refund-requests",
    response={200: PageOut[RefundRequestOut], **RESPONSES},
    summary="Requests to us",
)
def list_refund_requests(
    request: HttpRequest, organisation_id: PathId, which: Which | None = None, page: PageNumber = 1
) -> Any:
    """What buyers ask back of a cooperative I work in, the soonest to be answered first."""
    ours = load_organisation(by=person_of(request), organisation_id=organisation_id)
    found = trade.refund_requests(
        county_id=ours.county_id, seller_id=ours.id, which=which, now=timezone.now(), page=page
    )
    return {**page_of(found), "items": [RefundRequestOut.of(one) for one in found.items]}


@router.post(
    "/refund-requests/{request_id}/answer",
    response={200: RefundRequestOut, **RESPONSES},
    summary="Answer a request",
)
@once
def answer_refund_request(request: HttpRequest, request_id: PathId, body: AnswerIn) -> Any:
    """Give money back, or refuse with words: the seller first; the county what is late or objected to."""
    person = person_of(request)
    with transaction.atomic():
        return RefundRequestOut.of(
            trade_operations.answer_refund(
                by=person, request_id=request_id, **body.dict(), now=timezone.now()
            )
        )


@router.post(
    "/refund-requests/{request_id}/object",
    response={200: RefundRequestOut, **RESPONSES},
    summary="Object to the answer",
)
@once
def object_to_answer(request: HttpRequest, request_id: PathId, body: ObjectionIn) -> Any:
    """The buyer objects to the seller's answer, once, within 48 hours: the county decides."""
    return _in_words(request, request_id, body, trade_operations.object_to_answer)


@router.post(
    "/refund-requests/{request_id}/withdraw",
    response={200: RefundRequestOut, **RESPONSES},
    summary="Take a request back",
)
@once
def withdraw_refund_request(request: HttpRequest, request_id: PathId) -> Any:
    """The buyer takes back a request that waits for an answer."""
    with transaction.atomic():
        return RefundRequestOut.of(
            trade_operations.withdraw_refund(by=person_of(request), request_id=request_id, now=timezone.now())
        )


@router.post(
    "/refund-requests/{request_id}/appeal",
    response={200: RefundRequestOut, **RESPONSES},
    summary="Appeal against the decision",
)
@once
def appeal_decision(request: HttpRequest, request_id: PathId, body: ObjectionIn) -> Any:
    """Buyer or seller appeals against what the county decided, once, within 48 hours: somebody else there decides."""
    return _in_words(request, request_id, body, trade_operations.appeal_decision)


@router.post(
    "/refund-requests/{request_id}/return",
    response={200: RefundRequestOut, **RESPONSES},
    summary="Let goods come back",
)
@once
def agree_return(request: HttpRequest, request_id: PathId, body: ObjectionIn) -> Any:
    """The seller lets the goods come back and says where to; the buyer has seven days, and the money follows."""
    return _in_words(request, request_id, body, trade_operations.agree_return)


@router.post(
    "/refund-requests/{request_id}/sent-back",
    response={200: RefundRequestOut, **RESPONSES},
    summary="Say goods are sent back",
)
@once
def send_back(request: HttpRequest, request_id: PathId, body: ObjectionIn) -> Any:
    """The buyer has sent the goods back, with whom and under which number; the seller then gives the money back."""
    return _in_words(request, request_id, body, trade_operations.send_back)


@router.post(
    "/refund-requests/{request_id}/exchange",
    response={200: RefundRequestOut, **RESPONSES},
    summary="Send other goods",
)
@once
def exchange_goods(request: HttpRequest, request_id: PathId, body: ExchangeIn) -> Any:
    """Whoever packs sends other goods of the same lot; nothing more is paid, and the carrier is told."""
    return _in_words(
        request,
        request_id,
        body,
        partial(trade_operations.exchange_goods, tracking_number=body.tracking_number),
    )


def _in_words(
    request: HttpRequest, request_id: int, body: ObjectionIn, operation: Callable[..., RequestView]
) -> Any:
    """Take a step of a request that says something, as who asks."""
    with transaction.atomic():
        return RefundRequestOut.of(
            operation(by=person_of(request), request_id=request_id, words=body.words, now=timezone.now())
        )
