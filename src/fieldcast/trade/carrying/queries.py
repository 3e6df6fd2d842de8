"""Reads of parcels that are carried: the lists of a carrier's day, one parcel, its steps."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db.models import Count, Prefetch, Q, QuerySet

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationRef
from fieldcast.catalog.types import LotState
from fieldcast.kit.pages import Page, paginate
from fieldcast.trade.carrying.types import (
    SHOWN_DELIVERED,
    Carried,
    CarryingState,
    CarryingStepView,
    ParcelView,
    Round,
)
from fieldcast.trade.models import Carrying, CarryingStep, Order, OrderLine
from fieldcast.trade.orders.numbers import exchanged_as, newest_number, number_of
from fieldcast.trade.orders.queries import line_view
from fieldcast.trade.orders.types import Delivery, OrderState

_ON_THE_WAY: Final = [
    state.value for state in (CarryingState.ON_THE_WAY, CarryingState.UNDELIVERED, CarryingState.GOES_BACK)
]
_OVER: Final = [CarryingState.DELIVERED.value, CarryingState.BROUGHT_BACK.value]
# Where parcels are fetched, where they go, when they came: what a list is grouped by comes first.
_ORDER: Final[Mapping[Round, tuple[str, ...]]] = {
    Round.TO_FETCH: ("order__seller_id", "order__packed_at", "order_id"),
    Round.ON_THE_WAY: ("order__province", "order__shipped_at", "order_id"),
    Round.DELIVERED: ("-changed_at", "-order_id"),
}
_DAY: Final[Mapping[Round, str]] = {
    Round.TO_FETCH: "order__packed_at",
    Round.ON_THE_WAY: "order__shipped_at",
    Round.DELIVERED: "changed_at",
}


def parcels(
    *,
    carrier_id: int,
    which: Round,
    now: datetime,
    seller_id: int | None = None,
    day: tuple[datetime, datetime] | None = None,
    search: str = "",
    page: int = 1,
    per_page: int = 30,
) -> Page[ParcelView]:
    """One list of a carrier, grouped by its order; `search` looks in order and parcel numbers, `day` is [from, until).

    The day is the one a parcel was packed, sent off or delivered, as its list is about.
    """
    rows = Carrying.objects.filter(_in(which, now), carrier_id=carrier_id)
    if seller_id is not None:
        rows = rows.filter(order__seller_id=seller_id)
    if day is not None:
        rows = rows.filter(**{f"{_DAY[which]}__gte": day[0], f"{_DAY[which]}__lt": day[1]})
    words = search.strip().replace("\x00", "")
    if words:
        rows = rows.filter(
            Q(order__number__icontains=words)
            | Q(order__shipment__tracking_number__icontains=words)
            | Q(order__in=Order.objects.filter(exchanged_as(tracking_number__icontains=words)))
        )
    return paginate(_with_all(rows).order_by(*_ORDER[which]), _views, page, per_page)


def parcel_counts(*, carrier_id: int, now: datetime) -> dict[Round, int]:
    """How many parcels each list of a carrier has."""
    counted = {which.value: Count("order_id", filter=_in(which, now)) for which in Round}
    found = Carrying.objects.filter(carrier_id=carrier_id).aggregate(**counted)
    return {which: found[which.value] for which in Round}


def sellers_of_parcels(*, carrier_id: int, which: Round, now: datetime) -> tuple[OrganisationRef, ...]:
    """The cooperatives of which a carrier's list has parcels."""
    rows = Carrying.objects.filter(_in(which, now), carrier_id=carrier_id)
    ids = set(rows.order_by().values_list("order__seller_id", flat=True).distinct())
    return tuple(sorted(accounts.organisations_by_ids(ids=ids).values(), key=lambda one: one.name))


def parcels_by_code(*, code: str) -> tuple[ParcelView, ...]:
    """Parcels that have this order or parcel number; several carriers may use one. For `loaders`."""
    wanted = code.strip().upper()
    rows = Carrying.objects.filter(
        Q(order__number=wanted)
        | Q(order__shipment__tracking_number=wanted)
        | Q(order__in=Order.objects.filter(exchanged_as(tracking_number=wanted)))
    )
    return tuple(_views(list(_with_all(rows).order_by("order_id")[:10])))


def carrying_steps(*, order_id: int) -> tuple[CarryingStepView, ...]:
    """Every step of an order's parcel, in order."""
    return tuple(map(_step, CarryingStep.objects.filter(carrying_id=order_id).order_by("id")))


def carrying_of(*, order_id: int) -> tuple[OrganisationRef, CarryingState] | None:
    """Which carrier an order's parcel is for, and where it is; None before it is packed."""
    row = Carrying.objects.filter(order_id=order_id).first()
    if row is None:
        return None
    return accounts.organisation(organisation_id=row.carrier_id), CarryingState(row.state)


def whole_delivery(*, order_id: int) -> Delivery:
    """Where a parcel goes, whole: for `loaders`, which write the reading down."""
    return Delivery(**Carrying.objects.select_related("order").get(order_id=order_id).order.delivery)


def _in(which: Round, now: datetime) -> Q:
    if which == Round.TO_FETCH:  # what was given back before it was fetched is not fetched
        return Q(state=CarryingState.TO_FETCH.value, order__state=OrderState.PACKED.value)
    if which == Round.ON_THE_WAY:
        return Q(state__in=_ON_THE_WAY)
    return Q(state__in=_OVER, changed_at__gte=now - SHOWN_DELIVERED)


def _with_all(rows: "QuerySet[Carrying]") -> "QuerySet[Carrying]":
    lines = OrderLine.objects.select_related("offer", "lot__product").order_by("id")
    steps = CarryingStep.objects.order_by("id")
    rows = rows.annotate(newest_number=newest_number("order_id"))
    return rows.select_related("order__shipment").prefetch_related(
        Prefetch("order__lines", queryset=lines), Prefetch("steps", queryset=steps)
    )


def _views(rows: Sequence[Carrying]) -> list[ParcelView]:
    sellers = accounts.organisations_by_ids(ids={row.order.seller_id for row in rows})
    return [_view(row, sellers[row.order.seller_id], row.steps.all()) for row in rows]


def _view(row: Carrying, seller: OrganisationRef, steps: Iterable[CarryingStep]) -> ParcelView:
    order = row.order
    lines = list(order.lines.all())
    return ParcelView(
        order_id=order.pk,
        number=order.number,
        tracking_number=number_of(order, read_with=row),
        county_id=order.county_id,
        carrier_id=row.carrier_id,
        seller_id=order.seller_id,
        seller_name=seller.name,
        seller_name_en=seller.name_en,
        seller_village=seller.village,
        seller_village_en=seller.village_en,
        state=CarryingState(row.state),
        order_state=OrderState(order.state),
        changed_at=row.changed_at,
        lines=tuple(map(line_view, lines)),
        delivery=Delivery(**order.delivery).masked,
        packed_at=order.packed_at,
        shipped_at=order.shipped_at,
        held_back=order.state == OrderState.PACKED
        and any(line.lot.state == LotState.STOPPED for line in lines),
        steps=tuple(map(_step, steps)),
    )


def _step(row: CarryingStep) -> CarryingStepView:
    return CarryingStepView(
        step=Carried(row.step),
        by_id=row.by_id,
        carrier_id=row.carrier_id,
        at=row.at,
        noted_at=row.noted_at,
        boxes=row.boxes,
        detail=row.detail,
        words=row.words,
    )
