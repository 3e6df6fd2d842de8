"""Offers, orders, payment, parcels, refunds."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Status

from fieldcast.accounts.loaders import load_organisation
from fieldcast.api.fields import PageNumber, PathId, Words
from fieldcast.api.once import Key, once
from fieldcast.api.pages import PageOut, page_of
from fieldcast.api.problems import RESPONSES
from fieldcast.api.request import person_of
from fieldcast.api.trade.schemas import (
    OfferIn,
    OfferOut,
    OrderIn,
    OrderOut,
    PackIn,
    PaymentOut,
    PlacedOut,
    PriceIn,
    ReasonIn,
    RefundIn,
    RefundOut,
    ShipIn,
)
from fieldcast.live.loaders import load_session, load_session_to_run
from fieldcast.trade import loaders
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.types import Delivery, OrderState, Wanted

router = Router(tags=["trade"])


@router.get("/sessions/{session_id}/offers", response={200: list[OfferOut], **RESPONSES}, summary="Offers")
def list_offers(request: HttpRequest, session_id: PathId) -> Any:
    """What a session sells."""
    load_session(by=person_of(request), session_id=session_id)
    return [OfferOut.of(offer) for offer in trade.offers_of_session(session_id=session_id)]


@router.post(
    "/sessions/{session_id}/offers", response={201: OfferOut, **RESPONSES}, summary="Offer packs of a lot"
)
@once
def create_offer(request: HttpRequest, session_id: PathId, body: OfferIn) -> Any:
    """Offer packs of a lot; more than its free units, or a price below its deductions, is refused with the figures."""
    person = person_of(request)
    load_session_to_run(by=person, session_id=session_id)
    with transaction.atomic():
        made = trade_operations.offer(by=person, session_id=session_id, **body.dict(), now=timezone.now())
    return Status(201, OfferOut.of(made))


@router.post("/offers/{offer_id}/price", response={200: OfferOut, **RESPONSES}, summary="Change the price")
@once
def change_price(request: HttpRequest, offer_id: PathId, body: PriceIn) -> Any:
    """Change the price for orders placed from now on."""
    person = person_of(request)
    loaders.load_offer_to_run(by=person, offer_id=offer_id)
    with transaction.atomic():
        trade_operations.change_price(by=person, offer_id=offer_id, **body.dict(), now=timezone.now())
    return OfferOut.of(trade.offer(offer_id=offer_id))


@router.post("/offers/{offer_id}/close", response={200: OfferOut, **RESPONSES}, summary="Close an offer")
@once
def close_offer(request: HttpRequest, offer_id: PathId) -> Any:
    """Sell no more of it; its unsold units are free again."""
    person = person_of(request)
    loaders.load_offer_to_run(by=person, offer_id=offer_id)
    with transaction.atomic():
        trade_operations.close_offer(by=person, offer_id=offer_id, now=timezone.now())
    return OfferOut.of(trade.offer(offer_id=offer_id))


@router.post("/orders", response={201: PlacedOut, 200: PlacedOut, **RESPONSES}, summary="Place an order")
def place_order(request: HttpRequest, body: OrderIn, key: Key) -> Any:
    """Hold the packs and place the order; the same `Idempotency-Key` gives the same order again (status 200)."""
    placed = trade_operations.place_order(
        by=person_of(request),
        lines=[Wanted(offer_id=body.offer_id, packs=body.packs, seen_price_fen=body.seen_price_fen)],
        delivery=Delivery(**body.delivery.dict()),
        idempotency_key=key,
        now=timezone.now(),
    )
    return Status(200 if placed.repeated else 201, placed)


@router.get("/orders", response={200: PageOut[OrderOut], **RESPONSES}, summary="My orders")
def list_my_orders(request: HttpRequest, state: OrderState | None = None, page: PageNumber = 1) -> Any:
    """The orders I placed, newest first."""
    return page_of(trade.orders_of_buyer(buyer_id=person_of(request).pk, state=state, page=page))


@router.get(
    "/organisations/{organisation_id}/orders",
    response={200: PageOut[OrderOut], **RESPONSES},
    summary="Our orders",
)
def list_orders_to_us(
    request: HttpRequest,
    organisation_id: PathId,
    state: OrderState | None = None,
    search: Words = "",
    page: PageNumber = 1,
) -> Any:
    """The orders of a cooperative I work in, newest first."""
    load_organisation(by=person_of(request), organisation_id=organisation_id)
    return page_of(trade.orders_of_seller(seller_id=organisation_id, state=state, search=search, page=page))


@router.get("/orders/{number}", response={200: OrderOut, **RESPONSES}, summary="An order")
def get_order(request: HttpRequest, number: Words) -> Any:
    """An order, for its buyer, seller, carrier and the authority; to anyone else it is not there."""
    return loaders.load_order(by=person_of(request), number=number)


@router.post("/orders/{number}/pay", response={200: PaymentOut, **RESPONSES}, summary="Pay")
def pay_order(request: HttpRequest, number: Words) -> Any:
    """Where the buyer pays. That it was paid is told by the provider's notice, never by the browser's return."""
    person = person_of(request)
    found = loaders.load_order(by=person, number=number)
    checkout = trade_operations.start_payment(
        by=person,
        order_id=found.id,
        return_url=f"{settings.PUBLIC_URL}{reverse('order', args=[number])}",
        now=timezone.now(),
    )
    return PaymentOut(checkout_url=checkout.url)


@router.post("/orders/{number}/cancel", response={200: OrderOut, **RESPONSES}, summary="Cancel")
@once
def cancel_order(request: HttpRequest, number: Words) -> Any:
    """Cancel an order before it is packed; packs go back, and money if it was paid."""
    person = person_of(request)
    found = loaders.load_order(by=person, number=number)
    with transaction.atomic():
        trade_operations.cancel_order(by=person, order_id=found.id, now=timezone.now())
    return loaders.load_order(by=person, number=number)


@router.post("/orders/{number}/pack", response={200: OrderOut, **RESPONSES}, summary="Packed")
@once
def pack_order(request: HttpRequest, number: Words, body: PackIn | None = None) -> Any:
    """Say that a paid order is packed. One that is held back, because a lot in it is stopped, needs a `why`."""
    person = person_of(request)
    found = loaders.load_order(by=person, number=number)
    with transaction.atomic():
        trade_operations.pack(by=person, order_id=found.id, why=body.why if body else "", now=timezone.now())
    return loaders.load_order(by=person, number=number)


@router.post("/orders/{number}/ship", response={200: OrderOut, **RESPONSES}, summary="Shipped")
@once
def ship_order(request: HttpRequest, number: Words, body: ShipIn) -> Any:
    """Hand a packed order to a carrier. One that is held back needs a `why`."""
    person = person_of(request)
    found = loaders.load_order(by=person, number=number)
    with transaction.atomic():
        trade_operations.ship(
            by=person,
            order_id=found.id,
            carrier_id=body.carrier_id,
            tracking_number=body.tracking_number,
            why=body.why,
            now=timezone.now(),
        )
    return loaders.load_order(by=person, number=number)


@router.post("/orders/{number}/receive", response={200: OrderOut, **RESPONSES}, summary="Received")
@once
def receive_order(request: HttpRequest, number: Words) -> Any:
    """The buyer has the parcel; the after-sale window begins."""
    person = person_of(request)
    found = loaders.load_order(by=person, number=number)
    with transaction.atomic():
        trade_operations.receive(by=person, order_id=found.id, now=timezone.now())
    return loaders.load_order(by=person, number=number)


@router.post(
    "/orders/{number}/refund", response={200: RefundOut, **RESPONSES}, summary="Refund before shipment"
)
@once
def refund_order(request: HttpRequest, number: Words, body: ReasonIn) -> Any:
    """The seller gives a paid order back in full before it is shipped; its packs go back too."""
    person = person_of(request)
    found = loaders.load_order(by=person, number=number)
    with transaction.atomic():
        return trade_operations.refund_order(
            by=person, order_id=found.id, reason=body.reason, now=timezone.now()
        )


@router.post(
    "/orders/{number}/after-sale-refund",
    response={200: RefundOut, **RESPONSES},
    summary="Refund after the sale",
)
@once
def refund_after_sale(request: HttpRequest, number: Words, body: RefundIn) -> Any:
    """The seller gives part or all of the money back within the after-sale window."""
    person = person_of(request)
    found = loaders.load_order(by=person, number=number)
    with transaction.atomic():
        return trade_operations.refund_after_sale(
            by=person, order_id=found.id, amount_fen=body.amount_fen, reason=body.reason, now=timezone.now()
        )
