"""Reads of requests for money back."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from fieldcast.accounts import queries as accounts
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.pages import Page, paginate
from fieldcast.trade.aftersales.asking import Asked, check_may_ask, part_of
from fieldcast.trade.aftersales.steps import WAITS
from fieldcast.trade.aftersales.types import (
    FOR_COUNTY,
    BorneBy,
    HeldFor,
    Remedy,
    RequestState,
    RequestStepView,
    RequestView,
    ReturnedView,
    Which,
    Wrong,
)
from fieldcast.trade.carrying.types import CarryingState
from fieldcast.trade.models import (
    Order,
    OrderLine,
    RefundRequest,
    RefundRequestPhoto,
    RefundRequestStep,
    ReturnedGoods,
)
from fieldcast.trade.orders.types import OrderState


def request_view(*, request_id: int) -> RequestView:
    """One request, answered or not. Raises `NotFound`."""
    found = _views(list(_with_all(RefundRequest.objects.filter(id=request_id))))
    if not found:
        raise NotFound("refund request")
    return found[0]


def refund_requests_of(*, order_id: int) -> tuple[RequestView, ...]:
    """An order's requests, the oldest first."""
    return tuple(_views(list(_with_all(RefundRequest.objects.filter(order_id=order_id)).order_by("id"))))


def refund_requests(
    *,
    county_id: int,
    which: Which | None,
    now: datetime,
    seller_id: int | None = None,
    search: str = "",
    page: int = 1,
    per_page: int = 20,
) -> Page[RequestView]:
    """Requests of a county or of one seller there, all or `which`; `search` looks in order numbers.

    Those that wait come first, the soonest due first of all; then those that were answered, the newest first.
    """
    rows = RefundRequest.objects.filter(order__county_id=county_id)
    if seller_id is not None:
        rows = rows.filter(order__seller_id=seller_id)
    if words := search.strip().replace("\x00", ""):
        rows = rows.filter(order__number__icontains=words)
    if which is not None:
        rows = rows.filter({Which.OPEN: WAITS, Which.LATE: _late(now), Which.ANSWERED: ~WAITS}[which])
    due = Case(When(WAITS, then=Coalesce("due_at", "answer_until")))
    return paginate(_with_all(rows).order_by(due.asc(nulls_last=True), "-id"), _views, page, per_page)


def refund_request_counts(*, county_id: int, now: datetime, seller_id: int | None = None) -> dict[Which, int]:
    """How many requests wait, and how many of them the county may answer; those that are answered are not counted."""
    rows = RefundRequest.objects.filter(WAITS, order__county_id=county_id)
    if seller_id is not None:
        rows = rows.filter(order__seller_id=seller_id)
    late = Case(When(_late(now), then=Value(1)), default=Value(0), output_field=IntegerField())
    found = rows.aggregate(late=Sum(late), all=Sum(Value(1), output_field=IntegerField()))
    return {Which.OPEN: found["all"] or 0, Which.LATE: found["late"] or 0}


def may_ask_refund(*, order_id: int, now: datetime) -> bool:
    """May the order's buyer ask for money back now?"""
    order = Order.objects.get(id=order_id)
    try:
        check_may_ask(order, wrong=None, now=now)
    except Problem:
        return False
    return any(line.refunded_fen < line.total_fen for line in OrderLine.objects.filter(order=order))


def part_of_order(*, order_id: int, damaged_units: int | None) -> Asked:
    """What so many bad units of an order come to. Raises `BadPart`, `AmountTooLarge`."""
    return part_of(Order.objects.get(id=order_id), damaged_units=damaged_units)


def request_of_photo(*, file_id: int) -> RequestView:
    """The request that a picture came with. Raises `NotFound`."""
    row = RefundRequestPhoto.objects.filter(file_id=file_id).first()
    if row is None:
        raise NotFound("photo")
    return request_view(request_id=row.request_id)


def _late(now: datetime) -> Q:
    held = ~Q(held_for=HeldFor.NOTHING.value) & Q(state=RequestState.ASKED.value, answer_until__lte=now)
    return Q(state__in=[state.value for state in FOR_COUNTY]) | held


def _with_all(rows: "QuerySet[RefundRequest]") -> "QuerySet[RefundRequest]":
    return rows.select_related("order__carrying", "parcel").prefetch_related(
        Prefetch("returned", queryset=ReturnedGoods.objects.order_by("id")),
        Prefetch("steps", queryset=RefundRequestStep.objects.order_by("id")),
        Prefetch("photos", queryset=RefundRequestPhoto.objects.order_by("id")),
        Prefetch("order__lines", queryset=OrderLine.objects.order_by("id")),
    )


def _views(rows: Sequence[RefundRequest]) -> list[RequestView]:
    """Requests with their names, read for all of them at once."""
    names = accounts.display_names(person_ids={row.order.buyer_id for row in rows})
    sellers = accounts.organisations_by_ids(ids={row.order.seller_id for row in rows})
    return [
        RequestView(
            id=row.pk,
            order_id=row.order_id,
            order_number=row.order.number,
            order_state=OrderState(row.order.state),
            parcel=_parcel(row.order),
            county_id=row.order.county_id,
            buyer_id=row.order.buyer_id,
            buyer_name=names[row.order.buyer_id],
            seller_id=row.order.seller_id,
            seller_name=sellers[row.order.seller_id].name,
            seller_name_en=sellers[row.order.seller_id].name_en,
            received_at=row.order.received_at,
            wrong=Wrong(row.wrong),
            remedy=Remedy(row.remedy),
            packs=row.packs,
            damaged_units=row.damaged_units,
            all_units=row.all_units,
            held_for=HeldFor(row.held_for),
            asked_fen=row.asked_fen,
            left_fen=sum(line.total_fen - line.refunded_fen for line in row.order.lines.all()),
            state=RequestState(row.state),
            asked_at=row.asked_at,
            answer_until=row.answer_until,
            due_at=row.due_at,
            open_until=row.open_until,
            steps=[_step(one) for one in row.steps.all()],
            photos=[one.file_id for one in row.photos.all()],
            new_parcel=row.parcel.tracking_number if hasattr(row, "parcel") else "",
            settled_goods=[_settled(one) for one in row.returned.all()],
        )
        for row in rows
    ]


def _parcel(order: Order) -> CarryingState | None:
    row = getattr(order, "carrying", None)  # none before it is packed
    return CarryingState(row.state) if row else None


def _settled(row: ReturnedGoods) -> ReturnedView:
    return ReturnedView(
        lot_id=row.lot_id,
        put_back=row.put_back,
        written_off=row.written_off,
        why=row.why,
        by_id=row.by_id,
        at=row.at,
    )


def _step(row: RefundRequestStep) -> RequestStepView:
    return RequestStepView(
        state=RequestState(row.state),
        by_id=row.by_id,
        at=row.at,
        amount_fen=row.amount_fen,
        words=row.words,
        borne_by=BorneBy(row.borne_by) if row.borne_by else None,
    )
