"""What can be said of requests together: of one buyer, of one seller, of how soon sellers answer; photos used twice.

A high number never refuses anything: it lets a person look, and that person sees the number.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from fieldcast.files import queries as files
from fieldcast.trade.aftersales.settings import AfterSales
from fieldcast.trade.aftersales.types import (
    BY_SELLER,
    GIVING,
    MANY_WITHIN,
    AnswerTimes,
    ClaimRecord,
    HeldFor,
    RequestState,
    RequestView,
    Reused,
    Wrong,
)
from fieldcast.trade.models import Order, RefundRequest, RefundRequestPhoto, RefundRequestStep

_WITHDRAWN = Q(state=RequestState.WITHDRAWN.value)
_FIRST_ANSWERS = [state.value for state in (*BY_SELLER, RequestState.AGREED)]


def held_for(order: Order, wrong: Wrong, *, settings: AfterSales, now: datetime) -> HeldFor:
    """Why a request that is made now is to be looked at by a person, if it is."""
    received = order.received_at
    if wrong == Wrong.SPOILT and received is not None and now > received + settings.damage_within:
        return HeldFor.LATE
    before = RefundRequest.objects.filter(
        ~_WITHDRAWN,
        order__buyer_id=order.buyer_id,
        order__county_id=order.county_id,
        asked_at__gt=now - MANY_WITHIN,
    )
    return HeldFor.MANY if before.count() >= settings.most_requests else HeldFor.NOTHING


def claims_of_buyer(*, buyer_id: int, county_id: int, now: datetime) -> ClaimRecord:
    """What a buyer asked back in the county of late, beside what they bought."""
    return _record(Q(buyer_id=buyer_id, county_id=county_id), now)


def claims_against(*, seller_id: int, now: datetime) -> ClaimRecord:
    """What was asked back of a seller of late, beside what they sold."""
    return _record(Q(seller_id=seller_id), now)


def answer_times(*, county_id: int, now: datetime) -> AnswerTimes:
    """How soon the county's sellers answered what was asked of late and is answered, or should be."""
    asked = RefundRequest.objects.filter(
        ~_WITHDRAWN, order__county_id=county_id, asked_at__gt=now - MANY_WITHIN
    )
    until = dict(asked.values_list("id", "answer_until"))
    began = dict(asked.values_list("id", "asked_at"))
    steps = RefundRequestStep.objects.filter(request_id__in=until, state__in=_FIRST_ANSWERS, by__isnull=False)
    first: dict[int, datetime] = {}
    for request_id, at in steps.order_by("id").values_list("request_id", "at"):
        first.setdefault(request_id, at)
    taken = sorted(at - began[one] for one, at in first.items())
    silent = sum(1 for one, end in until.items() if one not in first and end <= now)
    return AnswerTimes(
        asked=len(first) + silent,
        in_time=sum(1 for one, at in first.items() if at <= until[one]),
        median=_middle(taken) if taken else None,
    )


def reused_photos(one: RequestView) -> Sequence[Reused]:
    """Photos of a request that look like one of another request in the county, whichever of the two was first."""
    found: list[Reused] = []
    for file_id in one.photos:
        alike = {each.file.id for each in files.alike(county_id=one.county_id, file_id=file_id)}
        rows = RefundRequestPhoto.objects.filter(file_id__in=alike).exclude(request_id=one.id)
        others = rows.order_by("request_id").values_list("request_id", flat=True).distinct()
        found += [Reused(file_id, request_id) for request_id in others]
    return found


def _middle(ordered: Sequence[timedelta]) -> timedelta:
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2


def _record(whose: Q, now: datetime) -> ClaimRecord:
    orders = Order.objects.filter(whose, paid_at__gt=now - MANY_WITHIN)
    ours = RefundRequest.objects.filter(
        ~_WITHDRAWN, order__in=Order.objects.filter(whose), asked_at__gt=now - MANY_WITHIN
    )
    given = _given(ours)
    return ClaimRecord(
        requests=ours.count(),
        given=given["requests"] or 0,
        given_fen=given["fen"] or 0,
        orders=orders.count(),
    )


def _given(rows: "QuerySet[RefundRequest]") -> dict[str, int | None]:
    giving = RefundRequestStep.objects.filter(
        request__in=rows, state__in=[state.value for state in GIVING], amount_fen__gt=0
    )
    return giving.aggregate(requests=Count("request_id", distinct=True), fen=Sum("amount_fen"))
