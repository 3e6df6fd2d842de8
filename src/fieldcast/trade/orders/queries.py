"""Reads of orders. Lists carry no address; one order carries it for those who may see it (see `loaders`)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from fieldcast.accounts import queries as accounts
from fieldcast.catalog.types import LotState
from fieldcast.kit.errors import NotFound
from fieldcast.kit.pages import Page, paginate
from fieldcast.live.types import english_title
from fieldcast.trade.models import Offer, Order, OrderLine, OrderStep
from fieldcast.trade.orders.numbers import exchanged_as, newest_number, number_of
from fieldcast.trade.orders.types import Delivery, LineView, OrderState, OrderStepView, OrderView
from fieldcast.trade.parcels.lateness import late


def order(*, order_id: int) -> OrderView:
    """One order, with its address: for `loaders`, and for rooms that do not show it. Raises `NotFound`."""
    return _one(Order.objects.filter(id=order_id))


def orders_by_numbers(*, numbers: Iterable[str]) -> dict[str, OrderView]:
    """Orders by the numbers people read aloud, in as many statements as one; see `order`."""
    wanted = {number.strip().upper() for number in numbers}
    rows = list(_with_all(Order.objects.filter(number__in=wanted), delivery=True))
    return {
        view.number: replace(view, delivery=Delivery(**row.delivery))
        for row, view in zip(rows, _views(rows), strict=True)
    }


def order_steps(*, order_id: int) -> tuple[OrderStepView, ...]:
    """Every state an order came to, in order."""
    return tuple(
        OrderStepView(
            order_id=row.order_id, state=OrderState(row.state), by_id=row.by_id, at=row.at, why=row.why
        )
        for row in OrderStep.objects.filter(order_id=order_id).order_by("id")
    )


def delivery_of(*, order_id: int) -> Delivery:
    """Where an order goes. Whoever shows this to another than the buyer logs it. Raises `NotFound`."""
    delivery = order(order_id=order_id).delivery
    assert delivery is not None
    return delivery


def orders_of_buyer(
    *, buyer_id: int, state: OrderState | None = None, page: int = 1, per_page: int = 20
) -> Page[OrderView]:
    """What a person ordered, the latest first."""
    return _page(Order.objects.filter(buyer_id=buyer_id), state, "-placed_at", page, per_page)


def orders_of_seller(
    *,
    seller_id: int,
    state: OrderState | None = None,
    session_id: int | None = None,
    search: str = "",
    page: int = 1,
    per_page: int = 50,
) -> Page[OrderView]:
    """A cooperative's orders, the latest first; `search` looks in order and tracking numbers, titles and lot codes."""
    rows = Order.objects.filter(seller_id=seller_id)
    if session_id is not None:
        rows = rows.filter(session_id=session_id)
    rows = _search(rows, search, Offer.objects.filter(session__cooperative_id=seller_id))
    return _page(rows, state, "-placed_at", page, per_page)


def orders_of_county(
    *, county_id: int, state: OrderState | None = None, search: str = "", page: int = 1, per_page: int = 50
) -> Page[OrderView]:
    """The orders of all cooperatives of a county, the latest first; `search` as of one seller's."""
    rows = Order.objects.filter(county_id=county_id)
    rows = _search(rows, search, Offer.objects.filter(county_id=county_id))
    return _page(rows, state, "-placed_at", page, per_page)


def orders_to_pack(*, seller_id: int, page: int = 1, per_page: int = 50) -> Page[OrderView]:
    """Paid orders that wait to be packed, the longest waiting first."""
    return _page(Order.objects.filter(seller_id=seller_id), OrderState.PAID, "paid_at", page, per_page)


def orders_of_carrier(
    *, carrier_id: int, state: OrderState | None = None, page: int = 1, per_page: int = 50
) -> Page[OrderView]:
    """Orders whose parcel a carrier has or had, the latest shipped first."""
    return _page(Order.objects.filter(shipment__carrier_id=carrier_id), state, "-shipped_at", page, per_page)


def late_orders(
    *, county_id: int, now: datetime, seller_id: int | None = None, limit: int = 50
) -> tuple[OrderView, ...]:
    """Orders of a county, or of one seller there, whose parcels are late, the longest wait first."""
    rows = Order.objects.filter(late(now=now), county_id=county_id)
    if seller_id is not None:
        rows = rows.filter(seller_id=seller_id)
    return tuple(_views(list(_with_all(rows).order_by("paid_at", "id")[:limit])))


def _search(rows: "QuerySet[Order]", search: str, offers: "QuerySet[Offer]") -> "QuerySet[Order]":
    """Orders whose number, tracking number, titles or lot codes have the words; `offers` are those looked through.

    Titles and codes are looked for in the offers, which are few, and their lines are found by an index.
    """
    words = search.strip().replace("\x00", "")
    if not words:
        return rows
    named = offers.filter(Q(title__icontains=words) | Q(lot__code__icontains=words))
    lines = OrderLine.objects.filter(offer_id__in=named.values("id"))
    return rows.filter(
        Q(number__icontains=words)
        | Q(shipment__tracking_number__icontains=words)
        | exchanged_as(tracking_number__icontains=words)
        | Q(id__in=lines.values("order_id"))
    )


def _page(
    rows: "QuerySet[Order]", state: OrderState | None, by: str, page: int, per_page: int
) -> Page[OrderView]:
    if state is not None:
        rows = rows.filter(state=state.value)
    return paginate(_with_all(rows).order_by(by, "-id"), _views, page, per_page)


def _one(rows: "QuerySet[Order]") -> OrderView:
    row = _with_all(rows, delivery=True).first()
    if row is None:
        raise NotFound("order")
    view = _views([row])[0]
    return replace(view, delivery=Delivery(**row.delivery))


def _with_all(rows: "QuerySet[Order]", *, delivery: bool = False) -> "QuerySet[Order]":
    lines = OrderLine.objects.select_related("offer", "lot__product").order_by("id")
    rows = rows.select_related("session__host", "shipment").prefetch_related(
        Prefetch("lines", queryset=lines)
    )
    rows = rows.annotate(newest_number=newest_number("pk"))
    return rows if delivery else rows.defer("delivery")


def _views(rows: Sequence[Order]) -> list[OrderView]:
    """Orders with their names, read for all of them at once."""
    carriers = {row.pk: _carrier(row) for row in rows}
    names = accounts.display_names(person_ids={row.buyer_id for row in rows})
    wanted = {row.seller_id for row in rows} | {carrier for carrier in carriers.values() if carrier}
    organisations = accounts.organisations_by_ids(ids=wanted)
    return [
        _view(
            row,
            buyer_name=names[row.buyer_id],
            seller=organisations[row.seller_id],
            carrier=organisations.get(carriers[row.pk] or 0),
        )
        for row in rows
    ]


def _carrier(row: Order) -> int | None:
    return row.shipment.carrier_id if hasattr(row, "shipment") else None


def _view(row: Order, *, buyer_name: str, seller: Any, carrier: Any) -> OrderView:
    lines = tuple(map(line_view, row.lines.all()))
    return OrderView(
        id=row.pk,
        number=row.number,
        county_id=row.county_id,
        session_id=row.session_id,
        session_title=row.session.title,
        session_title_en=english_title(row.session.title, host_name_en=row.session.host.name_en),
        buyer_id=row.buyer_id,
        buyer_name=buyer_name,
        seller_id=row.seller_id,
        seller_name=seller.name,
        seller_name_en=seller.name_en,
        state=OrderState(row.state),
        lines=lines,
        total_fen=row.total_fen,
        refunded_fen=sum(line.refunded_fen for line in lines),
        province=row.province,
        delivery=None,
        placed_at=row.placed_at,
        expires_at=row.expires_at,
        paid_at=row.paid_at,
        packed_at=row.packed_at,
        shipped_at=row.shipped_at,
        received_at=row.received_at,
        closed_at=row.closed_at,
        ended_at=row.ended_at,
        carrier_id=carrier.id if carrier else None,
        carrier_name=carrier.name if carrier else "",
        carrier_name_en=carrier.name_en if carrier else "",
        tracking_number=number_of(row, read_with=row) if carrier else "",
        after_sale_until=row.after_sale_until,
    )


def line_view(line: OrderLine) -> LineView:
    """A line that was read with its offer, lot and product."""
    return LineView(
        id=line.pk,
        offer_id=line.offer_id,
        lot_id=line.lot_id,
        lot_code=line.lot.code,
        title=line.offer.title,
        title_en=line.offer.title_en,
        picture=line.lot.product.picture,
        packs=line.packs,
        pack_units=line.pack_units,
        unit=line.lot.product.unit,
        price_fen=line.price_fen,
        total_fen=line.total_fen,
        refunded_fen=line.refunded_fen,
        agreement_version_id=line.agreement_version_id,
        lot_stopped=line.lot.state == LotState.STOPPED,
    )
