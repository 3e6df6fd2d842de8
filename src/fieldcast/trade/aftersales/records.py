"""What can be said of requests together: of one buyer, of one seller, of how soon sellers answer; photos used twice.

A high number never refuses anything: it lets a person look, and that person sees the number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from fieldcast.accounts import queries as accounts
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
    SellerTimes,
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
    return _times(_answers(county_id, now), now)


def answer_times_of_sellers(*, county_id: int, now: datetime) -> tuple[SellerTimes, ...]:
    """The same of each seller that was asked, whoever took longest first: a request goes to who packed its lot."""
    by_seller: dict[int, list[_Answer]] = {}
    for one in _answers(county_id, now):
        by_seller.setdefault(one.seller_id, []).append(one)
    names = accounts.organisations_by_ids(ids=set(by_seller))
    found = [
        SellerTimes(
            seller_id=seller_id,
            seller_name=names[seller_id].name,
            seller_name_en=names[seller_id].name_en,
            times=_times(theirs, now),
            worst=max(((one.first or now) - one.asked_at for one in theirs), default=None),
        )
        for seller_id, theirs in by_seller.items()
    ]
    return tuple(sorted(found, key=lambda one: (-(one.worst or timedelta()), one.seller_id)))


@dataclass(frozen=True)
class _Answer:
    """A request's times. `first` None: nobody answered it so far."""

    seller_id: int
    asked_at: datetime
    until: datetime
    first: datetime | None


def _answers(county_id: int, now: datetime) -> list[_Answer]:
    asked = RefundRequest.objects.filter(
        ~_WITHDRAWN, order__county_id=county_id, asked_at__gt=now - MANY_WITHIN
    )
    rows = list(asked.values_list("id", "order__seller_id", "asked_at", "answer_until"))
    steps = RefundRequestStep.objects.filter(
        request_id__in=[row[0] for row in rows], state__in=_FIRST_ANSWERS, by__isnull=False
    )
    first: dict[int, datetime] = {}
    for request_id, at in steps.order_by("id").values_list("request_id", "at"):
        first.setdefault(request_id, at)
    return [_Answer(seller, at, until, first.get(one)) for one, seller, at, until in rows]


def _times(answers: Sequence[_Answer], now: datetime) -> AnswerTimes:
    taken = sorted(one.first - one.asked_at for one in answers if one.first is not None)
    silent = sum(1 for one in answers if one.first is None and one.until <= now)
    return AnswerTimes(
        asked=len(taken) + silent,
        in_time=sum(1 for one in answers if one.first is not None and one.first <= one.until),
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
